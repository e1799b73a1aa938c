"""Installed from its wheel into an empty environment, far from the checkout, the program is whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.program import Said, run_apart

ROOT = Path(__file__).parent.parent


@pytest.fixture
def installed(installed_python, tmp_path):
    """Run a command of the installed program, from a folder that is not the checkout."""
    away = tmp_path / "away"
    away.mkdir()

    def call(*args: object, typed: bytes = b"", module: bool = False) -> Said:
        script = installed_python.parent / ("excomm.exe" if os.name == "nt" else "excomm")
        program = [str(installed_python), "-m", "excomm_game"] if module else [str(script)]
        return run_apart(
            *args, typed=typed, program=program, cwd=away, EXCOMM_HOME=str(tmp_path / "home"), PYTHONPATH=""
        )

    return call


def test_the_scenario_comes_from_inside_the_package(installed, installed_python):
    """`scenario list` finds thirteen-days where the wheel put it."""
    said = installed("scenario", "list", "--json")
    assert (said.code, said.err) == (0, "")
    (listed,) = (one for one in json.loads(said.out)["scenarios"] if one["id"] == "thirteen-days")
    folder = Path(listed["folder"])
    assert folder.resolve().is_relative_to(installed_python.parent.parent.resolve())
    assert folder.parts[-3:] == ("excomm_game", "scenarios", "thirteen-days")
    assert "thirteen-days: " in installed("scenario", "list").out


def test_every_file_of_the_scenario_was_packed(installed, installed_python):
    """What is checked in is what is installed, file by file."""
    listed = json.loads(installed("scenario", "list", "--json").out)["scenarios"]
    folder = next(Path(one["folder"]) for one in listed if one["id"] == "thirteen-days")
    here = ROOT / "scenarios" / "thirteen-days"
    names = sorted(path.relative_to(here).as_posix() for path in here.rglob("*.toml"))
    assert names == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.toml"))
    assert len(names) > 3


def test_a_plain_game_of_two_choices_is_saved_in_the_players_folder(installed, tmp_path):
    """And the save verifies and can be gone on with."""
    said = installed("play", "thirteen-days", "--plain", "--seed", "7", typed=b"1\n2\n")
    assert (said.code, said.err) == (0, "")
    (path,) = (tmp_path / "home" / "saves").iterdir()
    assert f"excomm resume {path}" in said.out
    assert installed("verify", path).code == 0
    assert installed("resume", typed=b"1\n").code == 0
    assert list((tmp_path / "away").iterdir()) == []


def test_a_policy_plays_a_whole_game(installed):
    """The same as from the checkout, to the last bit of its digest."""
    said = installed("auto", "--policy", "weights", "--seed", "3", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.out == run_apart("auto", "--policy", "weights", "--seed", "3", "--json").out
    assert json.loads(said.out)["ending"]


def test_the_guide_prints(installed):
    """Guides are part of the package."""
    said = installed("guide", "player")
    assert (said.code, said.err) == (0, "")
    assert len(said.out) > 500


def test_it_runs_as_a_module_and_says_what_is_wrong_in_words(installed):
    """`python -m excomm_game` is the same program, and a wrong option is no traceback."""
    assert installed("--help", module=True).out == installed("--help").out
    said = installed("play", "--no-such-option")
    assert said.code == 2
    assert "Traceback" not in said.err
