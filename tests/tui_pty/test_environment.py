"""Odd terminals and environments: the game starts, a choice is played, q and q leave with code 0."""

from __future__ import annotations

import re

import pytest

from tests.program import chosen
from tests.tui_pty.playing import assert_whole, choose, leave, seated

ENVIRONMENTS = {
    "LC_ALL=C": {"LC_ALL": "C"},
    "LC_ALL=C, kept": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "8 colours": {"TERM": "xterm"},
    "linux": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "unheard of": {"TERM": "no-such-terminal"},
    "all colours": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "NO_COLOR": {"NO_COLOR": "1"},
    "words for a size": {"COLUMNS": "wide", "LINES": "1e2"},
    "no size": {"COLUMNS": "0", "LINES": "-99"},
    "another size": {"COLUMNS": "70", "LINES": "3"},
    "elsewhere": {"LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent", "TZ": "Nowhere/At_All", "PYTHONWARNINGS": "error"},
}
PALETTES = {"xterm": 7, "linux": 15, "vt100": 7}


@pytest.mark.parametrize("environ", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_an_odd_environment(path, environ):
    """It starts, a choice is played, and it is left by two keys with the terminal as before."""
    with seated(path, environ=environ) as terminal:
        choose(terminal, path)
        assert leave(terminal) == 0
        assert terminal.faults() == []
        numbers = [int(n) for n in re.findall(r"\x1b\[[0-9;]*[34]8;5;(\d+)", terminal.shown)]
        shades = [tuple(map(int, rgb)) for rgb in re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", terminal.shown)]
    assert len(chosen(path)) == 1
    assert_whole(path)
    if most := PALETTES.get(environ.get("TERM", "")):
        assert (shades, [n for n in numbers if n > most]) == ([], []), "the terminal has no such colours"
    if "NO_COLOR" in environ:
        assert [rgb for rgb in shades if max(rgb) - min(rgb) > 3] == []
        assert [n for n in numbers if 16 < n < 231] == [], "these are colours and no shades of grey"
