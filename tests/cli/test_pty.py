"""At a real terminal: the game is played, killed, resumed and finished, and the record verifies."""

from __future__ import annotations

import re
import signal

import pytest

from excomm_game.files import saves
from tests.program import chosen, run
from tests.terminal import Terminal


@pytest.mark.parametrize("scenario", ["small-crisis", "thirteen-days"])
def test_five_choices_a_kill_a_resume_and_the_end(tmp_path, scenario):
    """What was chosen before the kill stands, what comes after joins it, and the whole reproduces."""
    path = tmp_path / "game.jsonl"
    with Terminal("play", scenario, "--plain", "--seed", 5, "--save", path) as terminal:
        terminal.read_until("\n> ")
        for _ in range(5):
            terminal.type("1")
            assert "YOU CHOSE" in terminal.read_until("\n> ")
        terminal.signal(signal.SIGKILL)
        terminal.ends()
    before = chosen(path)
    assert len(before) == 5

    with Terminal("resume", path, "--plain") as terminal:
        terminal.read_until("\n> ")
        for _ in range(200):
            terminal.type("1")
            if "The game is saved in" in terminal.read_until("\n> ", "The game is saved in"):
                break
        assert terminal.ends() == 0

    assert chosen(path)[:5] == before
    assert len(chosen(path)) > 5
    assert hasattr(saves.read(path).record.rows[-1], "ended")
    assert run("verify", path).code == 0


def test_the_plain_game_never_redraws(tmp_path):
    """Not one escape sequence reaches the terminal: what is printed stays where a screen reader found it."""
    with Terminal("play", "small-crisis", "--plain", "--seed", 5, "--save", tmp_path / "game.jsonl") as terminal:
        terminal.read_until("\n> ")
        for line in ("help", "council", "situation", "1 because [b]x[/b]", "journal"):
            terminal.type(line)
            terminal.read_until("\n> ")
        terminal.type("quit")
        terminal.read_until("Go on with")
        assert terminal.ends() == 0
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]", terminal.shown)


def test_ctrl_c_at_the_prompt_ends_with_130_and_keeps_the_game(tmp_path):
    """The terminal's own interrupt key, while the program waits for a line."""
    path = tmp_path / "game.jsonl"
    with Terminal("play", "small-crisis", "--plain", "--seed", 5, "--save", path) as terminal:
        terminal.read_until("\n> ")
        terminal.type("2")
        terminal.read_until("\n> ")
        terminal.signal(signal.SIGINT)
        assert terminal.ends() == 130
    assert chosen(path) == ["send-fleet"]
    assert run("verify", path).code == 0


def test_the_end_of_input_key_saves_and_leaves(tmp_path):
    """Ctrl-D at an empty prompt is the end of input: the game is saved and left."""
    path = tmp_path / "game.jsonl"
    with Terminal("play", "small-crisis", "--plain", "--seed", 5, "--save", path) as terminal:
        terminal.read_until("\n> ")
        terminal.type("3")
        terminal.read_until("\n> ")
        terminal.write(b"\x04")
        terminal.read_until("Go on with")
        assert terminal.ends() == 0
    assert chosen(path) == ["threaten"]
