"""Signals and hang-ups at any moment: the program ends, the terminal is as before, the save is whole."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from excomm_game.files.places import history_save
from tests.program import chosen, run
from tests.terminal import ENTERED, LEFT, Terminal
from tests.tui_pty.playing import DIALOG, ONWARD, REST, TITLE, assert_whole, choose, leave, page, seated

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
NAMES = [number.name for number in SIGNALS]
STEPS = 12
SHELLS = "tells", "dies", "lives"
TOLD = "excomm: Interrupted. A game in play is saved up to its last choice; `excomm resume` goes on.\n"


class Moment(NamedTuple):
    """A place to be when it happens, and the choices that the save holds by then."""

    terminal: Terminal
    choices: int = 0


def _at(terminal: Terminal, *words: str) -> Terminal:
    """Wait until any of `words` stands there and the screen is at rest; a terminal that never gets there is closed."""
    try:
        terminal.until(*words)
        terminal.until_quiet(REST)
    except BaseException:
        terminal.__exit__()
        raise
    return terminal


def title(_: Path, **how: str) -> Moment:
    return Moment(_at(Terminal(**how), TITLE))


def form(_: Path, **how: str) -> Moment:
    terminal = _at(Terminal(**how), TITLE)
    terminal.press("n")
    return Moment(_at(terminal, "Begin"))


def table(path: Path, **how: str) -> Moment:
    terminal = seated(path, **how)
    choose(terminal, path)
    return Moment(terminal, 1)


def dialog(path: Path, **how: str) -> Moment:
    terminal = seated(path, **how)
    terminal.press("1", "1")
    return Moment(_at(terminal, DIALOG))


def line(path: Path, **how: str) -> Moment:
    terminal = dialog(path, **how).terminal
    terminal.press("r")
    return Moment(_at(terminal, "Why?"))


def palette(path: Path, **how: str) -> Moment:
    terminal = seated(path, **how)
    terminal.press("x")
    return Moment(_at(terminal, "Type a few letters"))


def theatre(_: Path, **how: str) -> Moment:
    terminal = _at(Terminal("replay", history_save(), **how), "still,")
    terminal.press("space")
    terminal.until("running")
    return Moment(terminal)


MOMENTS: list[Callable[..., Moment]] = [title, table, theatre]
BETWEEN: list[Callable[..., Moment]] = [form, dialog, line, palette]


def each(*moments: Callable[..., Moment]) -> pytest.MarkDecorator:
    """Repeat a test at each of these moments."""
    return pytest.mark.parametrize("moment", moments, ids=lambda moment: moment.__name__)


def assert_left(terminal: Terminal, said: str = "") -> None:
    """See that a terminal is as before, and that nothing but a sentence came after the full screen."""
    assert terminal.faults() == []
    assert ENTERED in terminal.shown
    assert terminal.after() == said


def assert_kept(path: Path, choices: int) -> None:
    """See that the save, if there is one by now, is whole and holds so many choices."""
    if path.exists():
        assert len(chosen(path)) == choices
        assert_whole(path)


@each(*MOMENTS)
@pytest.mark.parametrize("number", SIGNALS, ids=NAMES)
def test_a_signal_puts_the_terminal_back(path, moment, number):
    """Wherever a signal comes, the exit code tells it, the terminal is as before and the save holds what was chosen."""
    terminal, choices = moment(path)
    with terminal:
        terminal.signal(number)
        assert terminal.ends() == 128 + number
        assert_left(terminal, TOLD if number == signal.SIGINT else "")
    assert_kept(path, choices)


@each(*BETWEEN)
def test_a_signal_at_a_question(path, moment):
    """The same where a form, a question, a line or the palette stands over everything else."""
    terminal, choices = moment(path)
    with terminal:
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
        assert_left(terminal)
    assert_kept(path, choices)


@each(*MOMENTS, dialog, line)
def test_ctrl_c_is_a_key_that_says_how_to_leave(path, moment):
    """Typed, it ends nothing: it says which key leaves, and that one leaves with code 0 and the terminal as before."""
    terminal, choices = moment(path)
    with terminal:
        terminal.press("ctrl+c", "ctrl+c", "ctrl+c")
        if moment in MOMENTS:  # under a question it waits for the answer
            terminal.until("to quit")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
    assert_kept(path, choices)


def test_signals_that_come_together(path):
    """Those that follow the first one closely do not keep it from leaving in good order."""
    with table(path).terminal as terminal:
        for number in SIGNALS * 2:
            terminal.signal(number)
        assert terminal.ends() in [128 + number for number in SIGNALS]
        assert terminal.faults() == []
    assert_whole(path)


@pytest.mark.parametrize("number", SIGNALS, ids=NAMES)
def test_a_signal_as_soon_as_the_screen_is_taken(number):
    """The first thing that is drawn is drawn by a program that already knows how to leave."""
    with Terminal() as terminal:
        terminal.read_until(ENTERED)
        terminal.signal(number)
        code = terminal.ends()
        assert terminal.faults() == []
        assert code == 128 + number


def test_stopped_and_gone_on_with(path):
    """Stopped by the shell it gives the terminal back; gone on with, it is where it was."""
    with table(path).terminal as terminal:
        before = page(terminal)
        terminal.signal(signal.SIGTSTP)
        terminal.read_until("\x1b[?1049l")
        terminal.until_quiet(REST)
        terminal.signal(signal.SIGCONT)
        terminal.until_true(lambda: terminal.sees() == before)
        terminal.until_quiet(REST)
        choose(terminal, path)
        assert leave(terminal) == 0
        assert terminal.faults() == []
    assert len(chosen(path)) == 2


@each(*MOMENTS)
@pytest.mark.parametrize("hangup", SHELLS)
def test_a_terminal_that_is_closed(path, moment, hangup):
    """Closing the window ends the program soon, whatever the shell in it does, and the save is whole."""
    terminal, choices = moment(path, hangup=hangup)
    with terminal:
        terminal.hang_up()
        terminal.until_over(seconds=5)
    assert_kept(path, choices)


def test_a_game_let_go_of_by_a_closed_terminal_can_be_gone_on_with(path):
    """Nothing of the closed window holds on to the save."""
    with table(path).terminal as terminal:
        terminal.hang_up()
        terminal.until_over(seconds=5)
    with Terminal("resume", path) as terminal:
        choose(_at(terminal, *ONWARD, "What will you do?"), path)
        assert leave(terminal) == 0
    assert len(chosen(path)) == 2


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.06, 0.12])
def test_a_signal_while_the_first_screens_open(tmp_path, seconds):
    """Whatever was being opened at that moment is left without a traceback, and the terminal is given back."""
    with Terminal("play", "small-crisis", "--save", tmp_path / "game.jsonl") as terminal:
        terminal.read_until(ENTERED)
        time.sleep(seconds)
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
        assert "raceback" not in terminal.shown
        assert terminal.shown.rindex(LEFT) > terminal.shown.rindex(ENTERED)
    assert run("verify", tmp_path / "game.jsonl").code == 0
