"""What comes down the line from a terminal: read so that no byte, however broken, ends the program."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE = 1_000_000  # characters; what follows in the same paste is left out
LOOK_SECONDS = 0.1
_UNREADABLE = (ArithmeticError, LookupError, ValueError)


class TerminalDriver(LinuxDriver):
    """The library's own, but what cannot be read is passed over: broken UTF-8, keys beyond Unicode, empty reports.

    A paste is taken whole, whatever is in it: the library reads escape sequences in it as keys.
    """

    def run_input_thread(self) -> None:
        """Read the terminal until the program is left."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        line = _Line()
        with selectors.SelectSelector() as selector:  # as the library has it: kqueue refuses some terminals on macOS
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = ""
                if selector.select(LOOK_SECONDS):
                    try:
                        heard = os.read(self.fileno, 4096)
                    except OSError:
                        return
                    if not heard:  # the terminal is gone, which the program finds out for itself
                        return
                    text = decode(heard)
                for message in line.read(text):
                    self.process_message(message)


class _Line:
    """Makes keys, clicks and pastes of what was read."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._pasted: str | None = None

    def read(self, text: str) -> Iterator[Message]:
        """Yield what a piece of text says; an empty one asks what time itself has settled, as an Escape alone."""
        while text:
            if self._pasted is None:
                typed, start, text = text.partition(PASTE)
                yield from self._typed(typed)
                self._pasted = "" if start else None
            else:
                pasted, end, text = (self._pasted + text).partition(PASTED)
                self._pasted = None if end else pasted[:LONGEST_PASTE] + pasted[LONGEST_PASTE:][-len(PASTED) :]
                if end:
                    yield events.Paste(pasted[:LONGEST_PASTE].replace("\x00", ""))
        yield from self._parser.tick()

    def _typed(self, text: str) -> Iterator[Message]:
        """Yield what was typed. What cannot be read is lost with the piece it came in, and nothing else."""
        if not text:  # which would be the end of the line
            return
        try:
            yield from self._parser.feed(text)
        except _UNREADABLE:
            broken, self._parser = self._parser, XTermParser()
            self._parser.mouse_pixels = broken.mouse_pixels
