"""At a real terminal: the game is played, killed, resumed and finished, and the record verifies."""

from __future__ import annotations

import contextlib
import os
import re
import select
import subprocess
import time

import pytest

from excomm_game.files import saves
from tests.program import PROGRAM, run

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


class Terminal:
    """A program at a terminal: types lines into it and reads what the screen was sent."""

    def __init__(self, *args: object) -> None:
        self.side, far = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *(str(arg) for arg in args)], stdin=far, stdout=far, stderr=far, start_new_session=True
        )
        os.close(far)
        self.shown = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.side)

    def read_until(self, *words: str, seconds: float = 20) -> str:
        """Read until any of `words` is shown; return what was shown since the last call."""
        until, found = time.monotonic() + seconds, ""
        while not any(word in found for word in words):
            ready, _, _ = select.select([self.side], [], [], max(0, until - time.monotonic()))
            data = b""
            with contextlib.suppress(OSError):  # what a terminal says when its program has gone
                data = os.read(self.side, 65536) if ready else b""
            assert data, f"none of {words} was shown; this was: {found[-800:]}"
            found += data.decode(errors="replace")
        self.shown += found
        return found

    def type(self, line: str) -> None:
        os.write(self.side, f"{line}\n".encode())


def chosen(path) -> list[str]:
    return [choice.option for choice in saves.read(path).record.standing() if choice.by == "person"]


@pytest.mark.parametrize("scenario", ["small-crisis", "thirteen-days"])
def test_five_choices_a_kill_a_resume_and_the_end(tmp_path, scenario):
    """What was chosen before the kill stands, what comes after joins it, and the whole reproduces."""
    path = tmp_path / "game.jsonl"
    with Terminal("play", scenario, "--plain", "--seed", 5, "--save", path) as terminal:
        terminal.read_until("\n> ")
        for _ in range(5):
            terminal.type("1")
            assert "YOU CHOSE" in terminal.read_until("\n> ")
        terminal.process.kill()
        terminal.process.wait()
    before = chosen(path)
    assert len(before) == 5

    with Terminal("resume", path, "--plain") as terminal:
        terminal.read_until("\n> ")
        for _ in range(200):
            terminal.type("1")
            if "The game is saved in" in terminal.read_until("\n> ", "The game is saved in"):
                break
        assert terminal.process.wait(timeout=20) == 0

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
        assert terminal.process.wait(timeout=20) == 0
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]", terminal.shown)


def test_ctrl_c_at_the_prompt_ends_with_130_and_keeps_the_game(tmp_path):
    """The terminal's own interrupt key, while the program waits for a line."""
    path = tmp_path / "game.jsonl"
    with Terminal("play", "small-crisis", "--plain", "--seed", 5, "--save", path) as terminal:
        terminal.read_until("\n> ")
        terminal.type("2")
        terminal.read_until("\n> ")
        terminal.process.send_signal(2)
        assert terminal.process.wait(timeout=20) == 130
    assert chosen(path) == ["send-fleet"]
    assert run("verify", path).code == 0


def test_the_end_of_input_key_saves_and_leaves(tmp_path):
    """Ctrl-D at an empty prompt is the end of input: the game is saved and left."""
    path = tmp_path / "game.jsonl"
    with Terminal("play", "small-crisis", "--plain", "--seed", 5, "--save", path) as terminal:
        terminal.read_until("\n> ")
        terminal.type("3")
        terminal.read_until("\n> ")
        os.write(terminal.side, b"\x04")
        terminal.read_until("Go on with")
        assert terminal.process.wait(timeout=20) == 0
    assert chosen(path) == ["threaten"]
