"""The program as a person meets it: one command line, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from excomm_game import cli
from excomm_game.files import saves

PROGRAM = [sys.executable, "-m", "excomm_game"]
SMALL = Path(__file__).parent / "small_crisis.toml"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Said(NamedTuple):
    """What a command ended with, and what it said."""

    code: int
    out: str
    err: str


class _Typed(io.StringIO):
    def isatty(self) -> bool:
        return False


def run(*args: object, typed: str = "") -> Said:
    """Run a command in this process, as `cli.run` does for the program."""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.stdin = _Typed(typed)
        try:
            code = cli.run([str(arg) for arg in args])
        finally:
            sys.stdin = before
    return Said(code, out.getvalue(), err.getvalue())


def run_apart(
    *args: object, typed: bytes = b"", program: list[str] | None = None, cwd: Path | None = None, **environ: str
) -> Said:
    """Run a command in a process of its own; what it says is decoded strictly as UTF-8."""
    done = subprocess.run(
        [*(program or PROGRAM), *(str(arg) for arg in args)],
        input=typed,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=cwd,
        env=os.environ | environ,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def refusal(said: Said, code: int) -> str:
    """Return what a refused command said, having seen that it is one or two plain sentences and nothing else."""
    assert said.code == code, said
    assert said.out == ""
    assert said.err.startswith("excomm: ")
    assert said.err.count("\n") == 1
    assert said.err.endswith((".\n", "?\n"))
    assert "Traceback" not in said.err
    assert not CONTROL.search(said.err.replace("\n", ""))
    sentences = re.findall(r"[.?!](?=\s|$)", said.err)
    assert 1 <= len(sentences) <= 3, said.err
    return said.err


def named_in(said: str) -> list[str]:
    """Return the arguments of the command that a message or a page names, as a shell would hand them over."""
    (command,) = re.findall(r"`excomm ([^`]+)`|: excomm (.+)", said)
    return shlex.split(command[0] or command[1])


def furnished(folder: Path) -> Path:
    """Make a player's data folder with the small crisis in it as `small-crisis`."""
    (folder / "scenarios" / "small-crisis").mkdir(parents=True)
    shutil.copy(SMALL, folder / "scenarios" / "small-crisis" / "scenario.toml")
    return folder


def chosen(path: Path) -> list[str]:
    """Return the options that people chose and that stand, from a save."""
    return [choice.option for choice in saves.read(path).record.standing() if choice.by == "person"]
