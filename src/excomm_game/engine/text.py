"""Safe text: what may never be in a string from outside."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}]")


def refused(text: str) -> str | None:
    """Name the first character that text from outside may not hold, as ``U+XXXX``; None when all are safe.

    Refused are control characters but newline and tab, C1 controls, surrogates and bidi controls: each could move the
    cursor, run a terminal's commands or reorder what a reader sees.
    """
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def printable(text: str, limit: int = 60) -> str:
    """Return `text` fit to be quoted in a message: unsafe characters and line ends escaped, cut at `limit`."""
    shown = _FORBIDDEN.sub(lambda m: m.group().encode("unicode_escape").decode("ascii"), text)
    shown = shown.replace("\n", "\\n").replace("\t", "\\t")
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _safe(text: str) -> str:
    character = refused(text)
    if character:
        raise ValueError(f"holds {character}, a character that is not allowed in text")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("must be one line without tabs")
    return text


Prose = Annotated[str, AfterValidator(_safe)]
"""Safe text of any number of lines."""

Line = Annotated[str, AfterValidator(_safe), AfterValidator(_one_line)]
"""Safe text on one line."""
