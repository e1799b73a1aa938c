"""The full screen at a real terminal: played by keys, killed, gone on with, and left."""

from __future__ import annotations

import signal

import pytest

from excomm_game.files import saves
from tests.program import chosen
from tests.terminal import Terminal
from tests.tui_pty.playing import TITLE, assert_whole, choose, leave, seated, step, to_page


def test_five_choices_a_kill_and_the_sixth(home, program, tmp_path):
    """The save of a program that was killed holds the five choices made, whole, and `resume` goes on at the sixth."""
    with Terminal(program=program, cwd=tmp_path) as terminal:
        terminal.until(TITLE)
        terminal.press("n")
        terminal.until("Begin")
        terminal.press("1")
        to_page(terminal)
        (path,) = (home / "saves").iterdir()
        for _ in range(5):
            choose(terminal, path)
        terminal.signal(signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
    assert_whole(path)
    five = chosen(path)
    assert len(five) == 5

    with Terminal("resume", program=program, cwd=tmp_path) as terminal:
        to_page(terminal)
        assert chosen(path) == five
        choose(terminal, path)
        assert leave(terminal) == 0
    assert chosen(path)[:5] == five
    assert len(chosen(path)) == 6
    assert_whole(path)


def test_a_digit_marks_and_the_same_digit_takes(path):
    """An option is chosen by its number: once to mark it, once to take it, enter to let it stand."""
    with seated(path) as terminal:
        terminal.press("2")
        terminal.until("› 2  Send the fleet")
        terminal.press("2")
        terminal.until("enter  do it")
        terminal.press("enter")
        terminal.until("The ships leave.")
        assert leave(terminal) == 0
    assert chosen(path) == ["send-fleet"]


def test_a_game_is_played_to_its_end(path):
    """Enter alone leads through the small crisis to its ending, q and q back to the shell, and the whole reproduces."""
    with seated(path) as terminal:
        while "r replay" not in terminal.sees():
            step(terminal)
        assert leave(terminal) == 0
        assert terminal.faults() == []
    assert hasattr(saves.read(path).record.rows[-1], "ended")
    assert_whole(path)


@pytest.mark.parametrize("choices", [0, 1])
def test_leaving_never_asks(path, choices):
    """q leaves the table, q leaves the title, with code 0; the terminal is as before and is told where the save is."""
    with seated(path) as terminal:
        for _ in range(choices):
            choose(terminal, path)
        assert leave(terminal) == 0
        assert terminal.faults() == []
        said = terminal.after()
    assert said == (
        f"The game is saved in {path}\n"
        f"Go on, or see its end: excomm resume {path}\n"
        f"See it again: excomm replay {path}\n"
    )
    assert len(chosen(path)) == choices
    assert_whole(path)


def test_leaving_the_title_says_nothing():
    """Somebody who played nothing is told of no save."""
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
        assert terminal.after() == ""


def test_control_q_leaves_from_anywhere(path):
    """One key leaves at once, wherever it is pressed, also where a line is typed."""
    with seated(path) as terminal:
        terminal.press("1", "1")
        terminal.until("give a reason")
        terminal.press("r")
        terminal.until("Why?")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
        assert f"The game is saved in {path}\n" in terminal.after()
    assert chosen(path) == []
