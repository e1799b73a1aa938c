"""What is loaded when: the engine stands alone, and a question for help pays for nothing it does not use."""

from __future__ import annotations

import pkgutil
import shutil
import subprocess
import sys

import pytest

import excomm_game.engine
from tests.program import SMALL

HEAVY = ("textual", "numpy", "rich", "typer", "platformdirs")
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(excomm_game.engine.__path__, prefix="excomm_game.engine.")
)


def loaded(program: str) -> set[str]:
    """Run a program in an interpreter of its own; return the top names of all that it loaded."""
    said = "import sys; print('', *sorted({m.partition('.')[0] for m in sys.modules}), sep=' ', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{said}"], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def test_the_engine_has_modules_to_look_at():
    """The next promise would be empty without them."""
    assert {"excomm_game.engine.rules", "excomm_game.engine.game", "excomm_game.engine.record"} <= set(MODULES)


def test_no_module_of_the_engine_loads_a_screen_arrays_a_command_line_or_the_users_folders():
    """All at once is the strongest form: nothing any of them imports brings one in."""
    names = loaded("\n".join(f"import {module}" for module in MODULES))
    assert names.isdisjoint(HEAVY), sorted(names & set(HEAVY))


@pytest.mark.parametrize("module", ["rules", "record", "game", "replay"])
def test_neither_does_any_that_others_build_on_alone(module):
    """Nor when it is the first to be imported."""
    names = loaded(f"import excomm_game.engine.{module}")
    assert names.isdisjoint(HEAVY), sorted(names & set(HEAVY))


def test_help_loads_no_models_screen_or_arrays():
    """A person who asks how to begin should not wait for what a game needs."""
    names = loaded("from excomm_game.cli import run\nassert run(['--help']) == 0")
    assert names.isdisjoint({"pydantic", "textual", "numpy"}), sorted(names & {"pydantic", "textual", "numpy"})


@pytest.mark.parametrize("args", [["--version"], ["play", "--help"], ["scenario", "check"], ["guide"]])
def test_no_small_command_loads_a_screen_or_arrays(args):
    """Nor should one who asks anything else that a few lines answer."""
    names = loaded(f"from excomm_game.cli import run\nassert run({args!r}) in (0, 1, 3)")
    assert names.isdisjoint({"textual", "numpy"}), sorted(names & {"textual", "numpy"})


def test_what_the_title_asks_of_the_disk_loads_no_models(tmp_path):
    """The first screen is drawn with the player's settings and newest save, before anything a game needs."""
    (tmp_path / "saves").mkdir()
    (tmp_path / "saves" / "game.jsonl").write_bytes(b"")
    program = (
        f"import os\nos.environ['EXCOMM_HOME'] = {str(tmp_path)!r}\nfrom excomm_game.cli.archive import Disk\n"
        "disk = Disk()\nassert disk.settings() == {}\nassert disk.newest()\nassert disk.guide()"
    )
    names = loaded(program)
    assert names.isdisjoint({"pydantic", "textual", "numpy"}), sorted(names & {"pydantic", "textual", "numpy"})


def test_a_plain_game_loads_no_screen_and_no_arrays(tmp_path):
    """The plain front end starts without what it never shows."""
    (tmp_path / "crisis").mkdir()
    shutil.copy(SMALL, tmp_path / "crisis" / "scenario.toml")
    program = (
        f"import io, os, sys\nos.environ['EXCOMM_HOME'] = {str(tmp_path)!r}\nsys.stdin = io.StringIO('1\\n')\n"
        f"from excomm_game.cli import run\nassert run(['play', {str(tmp_path / 'crisis')!r}, '--seed', '7']) == 0"
    )
    names = loaded(program)
    assert names.isdisjoint({"textual", "numpy"}), sorted(names & {"textual", "numpy"})


def test_the_title_waits_for_no_command_line_and_no_models():
    """Whoever opens the program to play should see the title before anything else is loaded."""
    program = (
        "import asyncio\nfrom excomm_game import cli\nfrom excomm_game.cli.archive import Disk\n"
        "from excomm_game.tui.app import ExcommApp\n"
        "async def seen():\n    async with ExcommApp(Disk()).run_test() as pilot:\n        await pilot.pause()\n"
        "asyncio.run(seen())"
    )
    names = loaded(program)
    assert names.isdisjoint({"typer", "pydantic", "numpy"}), sorted(names & {"typer", "pydantic", "numpy"})


def test_the_screens_load_no_arrays_or_plotting():
    """Worlds are for whoever asks for them: the title and the table come up without what plays and draws them."""
    screens = "title, table, theatre, ending, courses, debrief"
    names = loaded(f"import excomm_game.tui.app\nfrom excomm_game.tui.screens import {screens}")
    assert names.isdisjoint({"numpy", "matplotlib", "jinja2"}), sorted(names & {"numpy", "matplotlib", "jinja2"})
