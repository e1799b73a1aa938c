"""Whatever comes down the line: sizes, held keys, pastes, bytes that are no text. The game lives, its save is whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from excomm_game.files.places import history_save
from tests.program import chosen
from tests.terminal import Terminal
from tests.tui_pty.playing import ASKED, DIALOG, ONWARD, REST, TITLE, assert_whole, choose, leave, page, seated

SIZES = {
    "narrowest": [(1, 1), (1, 24), (2, 2)],
    "too small": [(10, 3), (80, 1), (3, 100), (59, 19), (200, 2)],
    "tiny": [(5, 2), (7, 3)],
    "large": [(500, 200), (60, 20), (120, 40)],
}
HUGE = 100_000
BYTES = {
    "broken text": [b"\xff\xfe\x80\xc0\xaf", b"\xe2\x80", b"\xed\xa0\x80", b"\xf5\x90\x80\x80"],
    "half sequences": [
        b"\x1b[",
        b"\x1b[<35;1;",
        b"\x1b[48;24;",
        b"\x1b[?2048;",
        b"\x1b]52;c;",
        b"\x1bPz",
        b"\x1b" * 100,
    ],
    "controls": [bytes(n for n in range(32) if n not in (0x11, 0x1B)), b"\x7f\x80"[:1] * 50],
    "mouse": [
        b"\x1b[<0;1;1M\x1b[<0;9999;9999M\x1b[<64;1;1M\x1b[<35;-5;3M\x1b[<0;1;1m\x1b[M   ",
        b"\x1b[<999999999999;999999999999;999999999999M",
    ],
    "reports": [b"\x1b[24;80R\x1b[999999;999999R", b"\x1b[O\x1b[I" * 100, b"\x1b[48;a;b;c;dt", b"\x1b[?9999;9$y"],
    "keys beyond Unicode": [b"\x1b[1114112u", b"\x1b[99999999999u", b"\x1b[97;1;1114112u"],
    "a size without pixels": [b"\x1b[?2048;2$y\x1b[48;24;80;0;0t\x1b[<35;10;10M"],
}
LETTERS = {"views": "cj", "help": "?", "others": "xu"}
THEATRE = {"questions": "bno", "moves": "vf ", "views": "cs", "palette": "x"}


def assert_alive(terminal: Terminal, path: Path) -> None:
    """See that whatever stands there can be left for the table, that a choice can be played there, and the save."""
    back_to_table(terminal)
    choose(terminal, path)
    assert leave(terminal) == 0
    assert terminal.faults() == []
    assert_whole(path)


def back_to_table(terminal: Terminal) -> None:
    """Escape from whatever was opened; where bytes were an Enter too many, go on from what came of it."""
    terminal.until_quiet(REST)
    for _ in range(4):
        seen = terminal.sees()
        if ASKED in seen and DIALOG not in seen:
            return
        terminal.press("enter" if any(f"› 1  {one}" in seen for one in ONWARD) and DIALOG not in seen else "escape")
        terminal.until_quiet(REST)
    terminal.until(ASKED, seconds=1)
    assert DIALOG not in terminal.sees()


def test_a_storm_of_sizes(path):
    """The window is dragged through every size while keys come; at its old size again the page stands there whole."""
    with seated(path) as terminal:
        terminal.press("1")
        before = page(terminal)
        for n, size in enumerate([*(size for sizes in SIZES.values() for size in sizes if 1 not in size)] * 4):
            terminal.resize(*size)
            terminal.press("down" if n % 2 else "up")
            terminal.read(0)
        terminal.resize(100, 30)
        terminal.until(ASKED)
        terminal.until_quiet(REST)
        terminal.resize(80, 24)
        terminal.press("home")
        terminal.until_true(lambda: terminal.sees() == before)
        assert_alive(terminal, path)


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_a_size_that_stays(path, sizes):
    """At any size it comes to rest, and back at its old size it goes on."""
    with seated(path) as terminal:
        before = page(terminal)
        for size in sizes:
            terminal.resize(*size)
            terminal.until_quiet(0.3, seconds=5)
        terminal.resize(80, 24)
        terminal.until_true(lambda: terminal.sees() == before, seconds=5)
        assert_alive(terminal, path)


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (500, 200)], ids=str)
def test_a_size_it_starts_in(path, size):
    """Started in any size, it is there when the window is given a size to play in."""
    with Terminal("play", "small-crisis", "--save", path, size=size) as terminal:
        terminal.until_true(lambda: path.exists() and terminal.shown)
        terminal.until_quiet(0.5, seconds=10)
        terminal.resize(80, 24)
        terminal.until(ASKED, *ONWARD)
        assert leave(terminal) == 0
        assert terminal.faults() == []
    assert_whole(path)


def test_a_key_that_marks_and_is_held(path):
    """Five hundred times the same key in one go mark and scroll, and choose nothing."""
    with seated(path) as terminal:
        for key in ("down", "up", "space", "pageup", "escape", "tab", "home"):
            terminal.press(*[key] * 200)
            terminal.until_quiet(REST)
        assert chosen(path) == []
        assert_alive(terminal, path)


@pytest.mark.parametrize("key", ["1", "2"])
def test_a_digit_that_is_held(path, key):
    """Five hundred times the same digit in one go open one question and no more, and choose nothing."""
    with seated(path) as terminal:
        terminal.press(*[key] * 500)
        terminal.until(DIALOG)
        terminal.until_quiet(REST)
        terminal.press("n")
        terminal.until_gone(DIALOG, seconds=2)
        assert chosen(path) == []
        assert_alive(terminal, path)


def test_enter_that_is_held(path):
    """Five hundred times enter in one go: however far they led, one escape closes what they opened last."""
    with seated(path) as terminal:
        terminal.press(*["enter"] * 500)
        terminal.until_quiet(0.5)
        if DIALOG in terminal.sees():
            terminal.press("escape")
            terminal.until_gone(DIALOG, seconds=2)
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
    assert_whole(path)


def test_enter_twice_is_one_choice_at_most(path):
    """Two enters in one go, as over a slow line, never decide a scene that has not been on the screen yet."""
    with seated(path) as terminal:
        terminal.press("enter", "enter")
        terminal.until_quiet(0.3)
        terminal.press("enter")
        terminal.until_quiet(0.3)
        assert len(chosen(path)) <= 1
        assert DIALOG not in terminal.sees()


@pytest.mark.parametrize("keys", LETTERS.values(), ids=LETTERS)
def test_a_key_that_opens_and_is_held(path, keys):
    """Keys that come in one go open one screen, which one escape closes, or leave the table as it stands."""
    with seated(path) as terminal:
        for key in keys:
            terminal.press(*[key] * 50)
            terminal.until_quiet(0.3)
            if ASKED not in terminal.sees():
                terminal.press("escape")
                terminal.until(ASKED, seconds=2)
            back_to_table(terminal)
        assert chosen(path) == []
        assert_alive(terminal, path)


def test_a_key_that_the_keyboard_repeats(path):
    """A key that opens and closes, held for a second at thirty a second: the table stands there in the end."""
    with seated(path, size=(120, 40)) as terminal:
        for _ in range(30):
            terminal.press("c")
            terminal.read(1 / 30)
        terminal.until_quiet(0.3)
        assert_alive(terminal, path)


@pytest.mark.parametrize("key", ["q", "escape", "c"])
def test_a_key_that_closes_and_comes_twice(path, key):
    """Two keys that come in one go close the council; where the second leaves the table, its save is let go of."""
    with seated(path) as terminal:
        terminal.press("c")
        terminal.until("Counsellor")
        terminal.until_quiet(REST)
        terminal.press(key, key)
        terminal.until_quiet(0.4)
        if TITLE in terminal.sees():
            with Terminal("resume", path) as other:
                other.until(ASKED, *ONWARD)
        else:
            assert_alive(terminal, path)


@pytest.mark.parametrize("keys", THEATRE.values(), ids=THEATRE)
def test_a_key_that_is_held_in_the_theatre(home, keys):
    """Nothing a held key opens is opened twice, and nothing is written."""
    with Terminal("replay", history_save()) as terminal:
        terminal.until("still,")
        terminal.until_quiet(REST)
        for key in keys:
            terminal.press(*[key] * 50)
            terminal.until_quiet(0.3)
        for _ in range(3):
            if TITLE not in terminal.sees():
                terminal.press("escape")
                terminal.until_quiet(REST)
        terminal.until(TITLE, seconds=1)
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
    assert not list(home.rglob("*.jsonl"))


@pytest.mark.parametrize(
    ("text", "size"),
    [("1 2 q x\r\n", HUGE), ("ä€😀\r\n\x00\x07", HUGE), ("\x1b[31mq", 80)],
    ids=["keys", "glyphs", "colours"],
)
def test_a_paste(path, text, size):
    """What is pasted as a terminal pastes it is no keys: nothing is chosen and nothing is left."""
    data = text.encode()
    with seated(path) as terminal:
        terminal.write(b"\x1b[200~" + data * (size // len(data)) + b"\x1b[201~")
        terminal.until_quiet(0.4)
        assert ASKED in terminal.sees()
        assert_alive(terminal, path)


def test_a_paste_into_a_line(path):
    """Pasted where a reason is asked for, it is cut to what a save may hold, and what was chosen is saved with it."""
    with seated(path) as terminal:
        terminal.press("1", "1")
        terminal.until("give a reason")
        terminal.press("r")
        terminal.until("Why?")
        terminal.write(b"\x1b[200~" + b"because " * (HUGE // 8) + b"\x1b[201~")
        terminal.until("because")
        terminal.press("enter")
        terminal.until("Your reason:")
        terminal.press("enter")
        terminal.until_true(lambda: chosen(path))
        terminal.until_quiet(REST)
        assert leave(terminal) == 0
        assert terminal.faults() == []
    assert_whole(path)


@pytest.mark.parametrize("pieces", BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_keys(path, pieces):
    """Broken text and half sequences, as a bad line or a strange terminal sends them, end nothing."""
    with seated(path) as terminal:
        for piece in pieces:
            terminal.write(piece)
            terminal.until_quiet(0.4)  # half a sequence is waited for that long
            back_to_table(terminal)
        assert_alive(terminal, path)


def test_bytes_at_the_very_end(path):
    """Half a character as the last thing typed before leaving is no reason for a traceback."""
    with seated(path) as terminal:
        terminal.write(b"\xe2\x80")
        terminal.until_quiet(REST)
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
    assert_whole(path)


def test_any_bytes_at_all(path):
    """A thousand bytes of noise may lead anywhere, but nothing breaks, and one key leaves."""
    noise = random.Random(1).randbytes(1_000).replace(b"\x11", b"")  # noqa: S311 - noise, and no secret
    with seated(path) as terminal:
        terminal.write(noise)
        terminal.until_quiet(0.5)
        if terminal.code is None:
            terminal.press("ctrl+q")
        assert terminal.ends() == 0
        echoed = "bytes that are no text"  # of the noise that follows a key that leaves, and is the terminal's to echo
        assert [fault for fault in terminal.faults() if fault != echoed] == []
    assert_whole(path)


def test_a_paste_that_never_ends(path):
    """A paste whose end got lost swallows what follows, and a signal still leaves in good order."""
    with seated(path) as terminal:
        terminal.write(b"\x1b[200~1 2 3")
        terminal.press("q", "q", "q")
        terminal.until_quiet(REST)
        terminal.signal(15)
        assert terminal.ends() == 143
        assert terminal.faults() == []
    assert_whole(path)
