"""Somebody who plays at a real terminal: sits down at the small crisis, chooses by the enter key, leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.program import chosen, run
from tests.terminal import Terminal

ASKED = "What will you do?"
ONWARD = "Read on", "Go on"
"""What stands in place of options under a page that asks nothing."""
ESTIMATE = "Estimate"
TITLE = "Settings"
DIALOG = "enter  do it"
SEED = 5
REST = 0.15
"""Seconds without a byte after which the screen is at rest; a key typed before that only finds its way later."""


def seated(path: Path, **terminal: Any) -> Terminal:
    """Begin the small crisis, and read on to the first page that asks something."""
    begun = Terminal("play", "small-crisis", "--seed", SEED, "--save", path, **terminal)
    try:
        to_page(begun)
    except BaseException:
        begun.__exit__()
        raise
    return begun


def to_page(terminal: Terminal) -> None:
    """Go on until a page asks something, and the screen is at rest."""
    while ASKED not in terminal.until(ASKED, *ONWARD):
        step(terminal)
    terminal.until_quiet(REST)


def page(terminal: Terminal) -> str:
    """Return the page of a window that is wide enough for the estimate, once that stands there too."""
    terminal.until(ESTIMATE)
    terminal.until_quiet(REST)
    return terminal.sees()


def choose(terminal: Terminal, path: Path) -> None:
    """Take what is marked, by the enter key alone, until the save holds one choice more."""
    before = len(chosen(path))
    while len(chosen(path)) == before:
        step(terminal)
    terminal.until_gone(DIALOG)
    terminal.until_quiet(REST)


def step(terminal: Terminal) -> None:
    """Press enter, and wait until another screen stands there and is at rest."""
    before = terminal.sees()
    terminal.press("enter")
    terminal.until_true(lambda: terminal.sees() != before)
    terminal.until_quiet(REST)


def leave(terminal: Terminal) -> int:
    """Leave from the table by two keys; return the exit code."""
    terminal.press("q")
    terminal.until(TITLE)
    terminal.press("q")
    return terminal.ends()


def assert_whole(path: Path) -> None:
    """See that the save reproduces to its last line, which is whole."""
    said = run("verify", path)
    assert said.code == 0, said
