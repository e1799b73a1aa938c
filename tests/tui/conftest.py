"""Shared here: a home of its own for every test with the small crisis in it, the real archive, and played games."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from excomm_game.cli.archive import Disk
from excomm_game.files import places, scenarios
from excomm_game.tui.app import ExcommApp, Start
from excomm_game.tui.estimates import Estimates
from excomm_game.tui.screens.courses import CoursesScreen
from excomm_game.tui.screens.debrief import DebriefScreen
from tests.program import SMALL
from tests.tui.games import SHORT, play_out, small
from tests.tui.keyboard import paint_when_looked_at


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """The player's data folder, with the small crisis in it as `small-crisis`."""
    folder = tmp_path / "home"
    (folder / "scenarios" / "small-crisis").mkdir(parents=True)
    shutil.copy(SMALL, folder / "scenarios" / "small-crisis" / "scenario.toml")
    monkeypatch.setenv("EXCOMM_HOME", str(folder))
    for name in ("TERM", "NO_COLOR", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    paint_when_looked_at(monkeypatch)
    return folder


@pytest.fixture(autouse=True)
def history_of_its_own(home, monkeypatch) -> None:
    """The real thirteen days are a copy: keys pressed at random may write a note beside them."""
    copy = home / "history.jsonl"
    shutil.copy(places.history_save(), copy)
    monkeypatch.setattr(places, "history_save", lambda: copy)


@pytest.fixture(autouse=True)
def read_once(monkeypatch, thirteen_days) -> None:
    """The scenario that ships is read once for all of these tests; none of them changes it."""
    load = scenarios.load
    monkeypatch.setattr(scenarios, "load", lambda ref: thirteen_days if ref == "thirteen-days" else load(ref))


@pytest.fixture(autouse=True)
def without_estimates(monkeypatch, request) -> None:
    """Nothing is estimated beside the play, unless a test is about that: a figure comes when it comes."""
    if "with_estimates" not in request.keywords:
        monkeypatch.setattr(Estimates, "question", nothing_to_estimate)


@pytest.fixture(autouse=True)
def few_worlds(monkeypatch) -> None:
    """A debrief and the courses are worked out from so few worlds that a test does not wait for them."""
    monkeypatch.setattr(DebriefScreen, "worlds", 20)
    monkeypatch.setattr(CoursesScreen, "worlds", 20)


def nothing_to_estimate(self: Estimates, seat: str) -> Callable[[], Callable[[], None]]:
    return lambda: lambda: None


@pytest.fixture
def disk(home) -> Disk:
    """The archive that the program itself is handed."""
    return Disk()


@pytest.fixture
def make(disk) -> Iterator[Callable[..., ExcommApp]]:
    """Makes the program over the real archive, opening on the title unless told otherwise."""

    def made(start: Start | None = None) -> ExcommApp:
        return ExcommApp(disk, start)

    yield made
    gc.unfreeze()  # what an open game keeps from the collector


@pytest.fixture
def finished(disk) -> str:
    """The key of a game of the small crisis that was played to its settlement."""
    return play_out(disk, small(), SHORT)


@pytest.fixture
def unfinished(disk) -> str:
    """The key of a game of the small crisis left after three choices of its player."""
    return play_out(disk, small(), SHORT[:3])
