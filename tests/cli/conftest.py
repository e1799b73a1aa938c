"""Shared here: a home of its own for every test, the small crisis in it, and a finished and an unfinished game."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program import furnished, run


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """The player's data folder, with the small crisis in it as `small-crisis`."""
    folder = furnished(tmp_path / "home")
    monkeypatch.setenv("EXCOMM_HOME", str(folder))
    for name in ("TERM", "NO_COLOR", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def unfinished(tmp_path) -> Path:
    path = tmp_path / "unfinished.jsonl"
    said = run("play", "small-crisis", "--seed", 5, "--save", path, typed="1\n3 because we must\n")
    assert said.code == 0
    return path


@pytest.fixture
def finished(tmp_path) -> Path:
    path = tmp_path / "finished.jsonl"
    said = run("play", "small-crisis", "--seed", 5, "--save", path, typed="1\n3\n1\nwarm\nsettle\n")
    assert said.code == 0
    assert "THE END" in said.out
    return path
