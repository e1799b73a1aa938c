"""Safe text: what may never be in a string from outside."""

from __future__ import annotations

import re

MAX_NAME = 200
"""Characters of a player's name, in whatever way it comes in; one that a save holds already may be longer."""
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}]")


def refused(text: str) -> str | None:
    """Name the first character that text from outside may not hold, as ``U+XXXX``; None when all are safe.

    Refused are control characters but newline and tab, C1 controls, surrogates and bidi controls: each could move the
    cursor, run a terminal's commands or reorder what a reader sees.
    """
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def harmless(text: str) -> str:
    """Return `text` with every unsafe character written as an escape."""
    return _FORBIDDEN.sub(lambda m: m.group().encode("unicode_escape").decode("ascii"), text)


def printable(text: str, limit: int = 60) -> str:
    """Return `text` fit to be quoted in a message: on one line, unsafe characters escaped, cut at `limit`."""
    shown = harmless(text).replace("\n", "\\n").replace("\t", "\\t")
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
