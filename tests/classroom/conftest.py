"""The classes that are collected here, once for all tests: what was handed in, and what came of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from excomm_game.engine.scenario import Scenario
from excomm_game.files import scenarios
from tests.classroom import lessons
from tests.program import SMALL, Said, run


@pytest.fixture(scope="session")
def lesson(tmp_path_factory) -> lessons.Lesson:
    return lessons.handed_in(tmp_path_factory.mktemp("class"))


@pytest.fixture(scope="session")
def said(lesson) -> Said:
    """What collecting said; the report is in `out` beside the folder."""
    return run(
        "class", "collect", lesson.folder, "--assignment", lesson.assignment, "--roster", lesson.roster, "--out",
        lesson.folder.parent / "out", "--jobs", 1,
    )  # fmt: skip


@pytest.fixture(scope="session")
def out(said, lesson):
    assert said.code == 0, said
    return lesson.folder.parent / "out"


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory) -> Path:
    """A scenario's folder with the small crisis in it."""
    folder = tmp_path_factory.mktemp("scenarios") / "small-crisis"
    folder.mkdir()
    shutil.copy(SMALL, folder / "scenario.toml")
    return folder


@pytest.fixture(scope="session")
def small_crisis(small_folder) -> Scenario:
    return scenarios.load(str(small_folder))
