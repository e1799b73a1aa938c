"""Shared here: a home of its own for every test, and a terminal's environment without what ours happens to hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.program import PROGRAM, furnished

STRAY = (
    "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM_PROGRAM", "ACCESSIBLE", "COLUMNS", "LINES", "LANG", "LC_ALL",
    "PYTHONIOENCODING", "PYTHONUTF8",
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """The player's data folder, with the small crisis in it as `small-crisis`."""
    folder = furnished(tmp_path / "home")
    monkeypatch.setenv("EXCOMM_HOME", str(folder))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in [*STRAY, *(name for name in os.environ if name.startswith("TEXTUAL"))]:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def path(tmp_path) -> Path:
    """Where the game of a test is kept."""
    return tmp_path / "game.jsonl"


@pytest.fixture(params=["module", "installed"])
def program(request) -> list[str]:
    """The program as the checkout's module, and as the script that its wheel installs."""
    if request.param == "module":
        return PROGRAM
    python = request.getfixturevalue("installed_python")
    return [str(python.parent / "excomm")]
