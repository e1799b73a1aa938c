"""A terminal for tests: a program runs in it under a shell; keys are typed, and what stands on its screen is read."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.program import PROGRAM

fcntl = pytest.importorskip("fcntl", reason="this system has no pseudo-terminals")
termios = pytest.importorskip("termios", reason="this system has no pseudo-terminals")

SHELL = Path(__file__).with_name("shell.py")
KEYS = {
    "enter": "\r", "escape": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "ctrl+c": "\x03", "ctrl+q": "\x11",
    "space": " ", "tab": "\t",
}  # fmt: skip
SEQUENCE = re.compile(
    r"\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-OQ-WYZ`-~])"
)
ENTERED, LEFT = "\x1b[?1049h", "\x1b[?1049l"
RAISED = ("?1049", "?1000", "?1003", "?1015", "?1006", "?1004", "?2004", "?2048")
"""Modes that are off at a shell: the other screen, four kinds of mouse reports, focus, pastes and sizes in brackets."""


class Screen:
    """The glyphs a terminal shows, by what it was sent: the cursor and erasures are followed, colours are not."""

    def __init__(self, width: int, height: int) -> None:
        self.resize(width, height)
        self._rest = ""

    def resize(self, width: int, height: int) -> None:
        """Begin empty at a size; a program draws anew when it hears of it."""
        self.width, self.height = width, height
        self.x = self.y = 0
        self._rows = [[" "] * width for _ in range(height)]

    def feed(self, text: str) -> None:
        """Show what was sent; a sequence that is cut off waits for its end."""
        text, at = self._rest + text, 0
        self._rest = ""
        while at < len(text):
            begins = text.find("\x1b", at)
            self._print(text[at : begins if begins >= 0 else len(text)])
            if begins < 0:
                return
            found = SEQUENCE.match(text, begins)
            if found is None:
                self._rest = text[begins:]
                return
            self._obey(found[1] or "", found[2])
            at = found.end()

    def text(self) -> str:
        """Return the lines."""
        return "\n".join("".join(row).rstrip() for row in self._rows)

    def _print(self, text: str) -> None:
        for glyph in text:
            if glyph == "\r":
                self.x = 0
            elif glyph == "\n":
                self._break()
            elif glyph >= " " and self.height and (width := cell_len(glyph)):
                if self.x + width <= self.width:
                    self._rows[self.y][self.x : self.x + width] = [glyph, *[""] * (width - 1)]
                self.x += width

    def _break(self) -> None:
        if self.y + 1 < self.height:
            self.y += 1
        else:
            self._rows = [*self._rows[1:], [" "] * self.width]

    def _obey(self, numbers: str, kind: str | None) -> None:
        if kind in ("H", "f"):
            row, _, column = numbers.partition(";")
            self.y = min(max(int(row or 1) - 1, 0), max(self.height - 1, 0))
            self.x = max(int(column or 1) - 1, 0)
        elif (kind == "J" and numbers in ("2", "3")) or (kind in ("h", "l") and numbers == "?1049"):
            self.resize(self.width, self.height)


class Terminal:
    """A program at a terminal. Its keys are written at once; whatever is waited for has a deadline.

    `environ` changes the environment, None takes a name out of it. `hangup` is what the shell does when the terminal
    is hung up, in the words of `shell.py`.
    """

    def __init__(
        self, *args: object, program: list[str] | None = None, size: tuple[int, int] = (80, 24),
        cwd: Path | None = None, environ: Mapping[str, str | None] | None = None, hangup: str = "dies",
    ) -> None:  # fmt: skip
        self.side, far = os.openpty()
        self._far = far
        self._size(*size)
        self.attributes_before = termios.tcgetattr(far)
        named = {**os.environ, **(environ or {})}
        tells, told_by_shell = os.pipe()
        hears, self._ends_shell = os.pipe()
        self._told = os.fdopen(tells, "rb")
        self._shell = subprocess.Popen(
            [sys.executable, "-I", "-S", str(SHELL), str(told_by_shell), str(hears), hangup,
             *(program or PROGRAM), *(str(arg) for arg in args)],
            stdin=far, stdout=far, stderr=far, start_new_session=True, pass_fds=(told_by_shell, hears), cwd=cwd,
            env={name: value for name, value in named.items() if value is not None},
        )  # fmt: skip
        os.close(told_by_shell)
        os.close(hears)
        self.pid = int(self._told.readline())
        self.began = time.monotonic()
        self.code: int | None = None
        self.shown = ""
        self.screen = Screen(*size)
        self.latest = self.began
        self._read_upto = 0
        self._decode = getincrementaldecoder("utf-8")("replace").decode

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.signal(signal.SIGKILL)
        self._shell.kill()
        self._shell.wait()
        self._told.close()
        for one in (self.side, self._far, self._ends_shell):
            if one >= 0:
                os.close(one)

    # -- the person's side

    def type(self, line: str) -> None:
        """Type a line and the enter key, as plain programs read it."""
        self.write(f"{line}\n".encode())

    def press(self, *keys: str) -> None:
        """Press keys, one right after the other."""
        self.write("".join(KEYS.get(key, key) for key in keys).encode())

    def write(self, data: bytes, seconds: float = 20) -> None:
        """Send bytes as a terminal does, reading on meanwhile so that neither side waits for the other."""
        until = time.monotonic() + seconds
        while data:
            assert time.monotonic() < until, f"the program stopped reading; {len(data)} bytes are left"
            _, writable, _ = select.select([], [self.side], [], 0.01)
            if writable:
                data = data[os.write(self.side, data[:512]) :]
            self.read(0)

    def resize(self, width: int, height: int) -> None:
        """Give the terminal another size; the system tells the program in the foreground."""
        self.screen.resize(width, height)
        self._size(width, height)

    def _size(self, width: int, height: int) -> None:
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def signal(self, number: int) -> None:
        """Send the program a signal, unless it has ended."""
        if self.code is None and not self._has_ended():
            with contextlib.suppress(ProcessLookupError):  # it ended a moment ago
                os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as somebody who closes its window."""
        os.close(self.side)
        self.side = -1

    # -- seeing

    def read(self, seconds: float) -> bool:
        """Read what comes within so many seconds, at once where there is something; say whether there was."""
        data = self.take(seconds)
        self.show(data)
        return bool(data)

    def take(self, seconds: float) -> bytes:
        """Read like `read`, and leave it to `show` what to do with it: the clock is not held up by drawing."""
        ready, _, _ = select.select([self.side], [], [], seconds)
        data = os.read(self.side, 65536) if ready else b""
        self.latest = time.monotonic() if data else self.latest
        return data

    def show(self, data: bytes) -> None:
        """Show what was taken."""
        text = self._decode(data)
        self.shown += text
        self.screen.feed(text)

    def read_until(self, *words: str, seconds: float = 20) -> str:
        """Read until any of `words` was sent; return what was sent since the last call, whatever it drew over."""
        begin = self._read_upto
        self._wait(lambda: any(word in self.shown[begin:] for word in words), seconds, f"none of {words} was sent")
        self._read_upto = len(self.shown)
        return self.shown[begin:]

    def sees(self) -> str:
        """Return what stands on the screen, as far as it was read."""
        return self.screen.text()

    def until(self, *words: str, seconds: float = 20) -> str:
        """Read until any of `words` stands on the screen; return the screen."""
        self._wait(lambda: any(word in self.sees() for word in words), seconds, f"none of {words} stood there")
        return self.sees()

    def until_gone(self, *words: str, seconds: float = 20) -> str:
        """Read until none of `words` stands on the screen; return the screen."""
        self._wait(lambda: all(word not in self.sees() for word in words), seconds, f"one of {words} stayed there")
        return self.sees()

    def until_true(self, is_so: Callable[[], Any], seconds: float = 20) -> None:
        """Read until something is so, whatever it hangs on."""
        self._wait(lambda: bool(is_so()), seconds, f"{is_so} never was")

    def until_quiet(self, quiet: float, seconds: float = 20) -> None:
        """Read until nothing has come for so many seconds."""
        until = time.monotonic() + seconds
        while self.read(quiet):
            assert time.monotonic() < until, "the screen never came to rest"

    def _wait(self, is_so: Callable[[], bool], seconds: float, otherwise: str) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            if not self.read(0.05):
                gone = self._has_ended()
                assert is_so() or not (gone or time.monotonic() > until), (
                    f"{otherwise}; {f'it ended with {self.code}' if gone else 'it runs'}, and this was there:\n"
                    f"{self.sees()}\nThe last it sent: {self.shown[-800:]!r}"
                )

    # -- the end

    def ends(self, seconds: float = 20) -> int:
        """Read until the program ends; return its exit code, or the signal that ended it as a negative number."""
        until = time.monotonic() + seconds
        while not self._has_ended():
            assert time.monotonic() < until, f"it still runs, and this is there:\n{self.sees()}"
            if self.side >= 0:
                self.read(0.02)
            else:
                select.select([self._told], [], [], 0.02)
        while self.side >= 0 and self.read(0.02):
            pass
        assert self.code is not None
        return self.code

    def _has_ended(self) -> bool:
        if self.code is None and select.select([self._told], [], [], 0)[0]:
            line = self._told.readline()
            self.code = int(line) if line else -signal.SIGHUP  # a shell that died of a hang-up tells nothing
        return self.code is not None

    def faults(self) -> list[str]:
        """Return what a program that has ended left otherwise than it found it: the terminal's modes and attributes."""
        said = self.shown
        on = [mode for mode in RAISED if said.rfind(f"\x1b[{mode}h") > said.rfind(f"\x1b[{mode}l")]
        off = [mode for mode in ("?25", "?7") if said.rfind(f"\x1b[{mode}l") > said.rfind(f"\x1b[{mode}h")]
        keys = len(re.findall(r"\x1b\[>\d+u", said)) - said.count("\x1b[<u")
        return [
            *(f"mode {mode} is still on" for mode in on),
            *(f"mode {mode} is still off" for mode in off),
            *(["the keyboard is still in another protocol"] if keys > 0 else []),
            *(["attributes differ"] if termios.tcgetattr(self._far) != self.attributes_before else []),
            *(["there is a traceback"] if "Traceback" in "".join(SEQUENCE.sub("", said).split()) else []),
            *(["bytes that are no text"] if "\ufffd" in said else []),
        ]

    def after(self) -> str:
        """Return what was said after the full screen was left, in lines; what only a terminal reads is left out."""
        return SEQUENCE.sub("", self.shown[self.shown.rfind(LEFT) :]).replace("\r\n", "\n")

    def until_over(self, seconds: float = 20) -> None:
        """Wait until a program whose terminal was closed is gone: nobody is left to tell its code."""
        until = time.monotonic() + seconds
        while _lives(self.pid):
            assert time.monotonic() < until, "it still runs, at a terminal that is closed"
            select.select([], [], [], 0.01)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
