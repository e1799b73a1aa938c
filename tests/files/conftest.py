"""Shared here: a home of its own for every test, a small crisis on disk, and saves played on it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from excomm_game.engine.game import Game
from excomm_game.engine.record import Header
from excomm_game.engine.replay import replay
from excomm_game.engine.scenario import Scenario
from excomm_game.files import saves, scenarios
from tests.program import SMALL


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("EXCOMM_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """The small crisis as a folder. Session-wide: tests that change it take `own_folder`."""
    place = tmp_path_factory.mktemp("crises") / "small-crisis"
    place.mkdir()
    shutil.copy(SMALL, place / "scenario.toml")
    return place


@pytest.fixture
def own_folder(tmp_path) -> Path:
    place = tmp_path / "small-crisis"
    place.mkdir()
    shutil.copy(SMALL, place / "scenario.toml")
    return place


@pytest.fixture(scope="session")
def crisis(folder) -> Scenario:
    return scenarios.load(str(folder))


def header_of(scenario: Scenario, **changes: object) -> Header:
    content: dict[str, object] = {
        "scenario": scenario.head.id,
        "edition": scenario.head.edition,
        "scenario_sha256": scenario.sha256,
        "seed": 5,
        "school": scenario.default_school(),
        "luck": "drawn",
        "seats": {"west": "person", "east": "model"},
        "player": "",
        "started": "1962-10-16T12:00:00+00:00",
        "engine": "0.1.0",
    }
    return Header.model_validate(content | changes)


@pytest.fixture(scope="session")
def header(crisis):
    """Make the header of a small game, with changes."""
    return lambda **changes: header_of(crisis, **changes)


class Played(NamedTuple):
    """A save written append by append, and the file's bytes after each: `after[0]` before any choice."""

    path: Path
    after: list[bytes]


@pytest.fixture(scope="session")
def play(crisis):
    """Play options by a person into a new save, each choice one append, and keep the bytes after every append."""

    def played(path: Path, options: list[str], reason: str | None = None, **changes: object) -> Played:
        game = Game(crisis, header_of(crisis, **changes))
        game.run()
        saves.write_new(path, game.record)
        after = [path.read_bytes()]
        with saves.Writer(path) as writer:
            for option in options:
                writer.append(game.choose(option, reason, 0.5))
                after.append(path.read_bytes())
        return Played(path, after)

    return played


@pytest.fixture(scope="session")
def go_on(crisis):
    """Open a save as its one writer, fold it, let everybody but people move, and append what that brings: a resume."""

    def resumed(path: Path, options: tuple[str, ...] = ()) -> Game:
        with saves.Writer(path) as writer:
            folded = replay(crisis, writer.decoded.record)
            assert folded.fault is None
            rows = folded.game.run()
            if rows:
                writer.append(rows)
            for option in options:
                writer.append(folded.game.choose(option, None, 0.5))
            return folded.game

    return resumed
