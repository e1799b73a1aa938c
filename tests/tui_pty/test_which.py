"""Whether there is a full screen: only at a terminal on every side, one that can, and nobody asked for plain lines."""

from __future__ import annotations

import subprocess

import pytest

from tests.program import PROGRAM, chosen
from tests.terminal import ENTERED, SHELL, Terminal
from tests.tui_pty.playing import ASKED, ONWARD, TITLE, assert_whole

PLAIN = {
    "TERM unset": {"TERM": None},
    "TERM empty": {"TERM": ""},
    "TERM=dumb": {"TERM": "dumb"},
    "TERM=unknown": {"TERM": "unknown"},
    "ACCESSIBLE=1": {"ACCESSIBLE": "1"},
}


def assert_plain(terminal: Terminal) -> None:
    """See that not one sequence and no control character reached the terminal."""
    assert [c for c in terminal.shown if (c < " " and c not in "\r\n") or "\x7f" <= c <= "\x9f"] == []


@pytest.mark.parametrize("environ", PLAIN.values(), ids=PLAIN)
def test_an_environment_that_asks_for_plain_lines(path, environ):
    """The plain title and the plain game, without one escape sequence."""
    with Terminal(environ=environ) as terminal:
        terminal.read_until("\n> ")
        terminal.type("quit")
        assert terminal.ends() == 0
        assert_plain(terminal)
    with Terminal("play", "small-crisis", "--seed", 5, "--save", path, environ=environ) as terminal:
        terminal.read_until("\n> ")
        terminal.type("2")
        terminal.read_until("\n> ")
        terminal.type("quit")
        assert terminal.ends() == 0
        assert_plain(terminal)
    assert chosen(path) == ["send-fleet"]


@pytest.mark.parametrize("command", [[], ["play", "small-crisis"], ["replay", "saves/history.jsonl"]], ids=str)
def test_the_option_asks_for_plain_lines(command, monkeypatch):
    """--plain draws nothing, whatever the terminal can."""
    monkeypatch.chdir(SHELL.parent.parent)
    with Terminal(*command, "--plain") as terminal:
        if command[:1] != ["replay"]:
            terminal.read_until("\n> ")
            terminal.type("quit")
        assert terminal.ends() == 0
        assert_plain(terminal)


@pytest.mark.parametrize("side", ["<", ">", "2>"])
@pytest.mark.parametrize("command", [[], ["play", "small-crisis"]], ids=str)
def test_a_side_that_is_no_terminal(tmp_path, side, command):
    """Where input, output or messages go elsewhere, the lines are plain, and nothing else stands in them."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("quit\n")
    redirected = ["sh", "-c", f'exec "$@" {side}"$0"', str(elsewhere), *PROGRAM]
    with Terminal(*command, program=redirected) as terminal:
        if side == "2>":
            terminal.read_until("\n> ")
        if side != "<":
            terminal.type("quit")
        assert terminal.ends() == 0
        assert_plain(terminal)
    written = elsewhere.read_text()
    assert "\x1b" not in written
    assert "Traceback" not in terminal.shown + written


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_side_that_is_closed(closed):
    """A side that whoever started the program has closed is no terminal either."""
    with Terminal("play", "small-crisis", program=["sh", "-c", f'exec "$@" {closed}', "sh", *PROGRAM]) as terminal:
        if "<" not in closed:
            terminal.type("quit")
        terminal.ends()
        assert_plain(terminal)
        assert "Traceback" not in terminal.shown


def test_no_terminal_at_all(home):
    """As from a timer: no terminal anywhere, input at its end at once."""
    done = subprocess.run(
        [*PROGRAM, "play", "small-crisis"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
        start_new_session=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr
    (path,) = (home / "saves").iterdir()
    assert_whole(path)


def test_a_terminal_on_every_side_is_drawn_on(path):
    """The counterpart: the same commands draw where nothing stands against it."""
    with Terminal(environ={"ACCESSIBLE": "0"}) as terminal:
        terminal.until(TITLE)
        assert ENTERED in terminal.shown
    with Terminal("play", "small-crisis", "--save", path, environ={"ACCESSIBLE": ""}) as terminal:
        terminal.until(ASKED, *ONWARD)
        assert ENTERED in terminal.shown
