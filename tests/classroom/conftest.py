"""The class that is collected here, once for all tests: what was handed in, and what came of it."""

from __future__ import annotations

import pytest

from tests.classroom import lessons
from tests.program import Said, run


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
