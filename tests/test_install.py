"""Installed from its wheel into an empty environment, far from the checkout, the program is whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import Said, run_apart

ROOT = Path(__file__).parent.parent


def _uv() -> list[str] | None:
    """Return how uv is called here: the one that runs these tests, the one on the path, or this interpreter's own."""
    found = os.environ.get("UV") or shutil.which("uv")
    if found:
        return [found]
    own = subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True, check=False)
    return [sys.executable, "-m", "uv"] if own.returncode == 0 else None


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """The interpreter of an empty environment into which the wheel was installed."""
    uv = _uv()
    if uv is None:
        pytest.skip("uv is neither on the path nor a module of this interpreter, so no wheel can be built")
    place = tmp_path_factory.mktemp("installed")
    environ = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT")}

    def call(*args: object) -> None:
        done = subprocess.run(
            [*uv, *(str(arg) for arg in args)],
            capture_output=True, text=True, timeout=120, check=False, cwd=place, env=environ,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    call("build", "-q", "--wheel", "--out-dir", place / "wheels", ROOT)
    (wheel,) = (place / "wheels").glob("*.whl")
    call("venv", "-q", "--python", sys.executable, place / "venv")
    interpreter = place / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    call("pip", "install", "-q", "--python", interpreter, wheel)
    return interpreter


@pytest.fixture
def installed(python, tmp_path):
    """Run a command of the installed program, from a folder that is not the checkout."""
    away = tmp_path / "away"
    away.mkdir()

    def call(*args: object, typed: bytes = b"", module: bool = False) -> Said:
        script = python.parent / ("excomm.exe" if os.name == "nt" else "excomm")
        program = [str(python), "-m", "excomm_game"] if module else [str(script)]
        return run_apart(
            *args, typed=typed, program=program, cwd=away, EXCOMM_HOME=str(tmp_path / "home"), PYTHONPATH=""
        )

    return call


def test_the_scenario_comes_from_inside_the_package(installed, python):
    """`scenario list` finds thirteen-days where the wheel put it."""
    said = installed("scenario", "list", "--json")
    assert (said.code, said.err) == (0, "")
    (listed,) = (one for one in json.loads(said.out)["scenarios"] if one["id"] == "thirteen-days")
    folder = Path(listed["folder"])
    assert folder.resolve().is_relative_to(python.parent.parent.resolve())
    assert folder.parts[-3:] == ("excomm_game", "scenarios", "thirteen-days")
    assert "thirteen-days: " in installed("scenario", "list").out


def test_every_file_of_the_scenario_was_packed(installed, python):
    """What is checked in is what is installed, file by file."""
    folder = Path(json.loads(installed("scenario", "list", "--json").out)["scenarios"][0]["folder"])
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
