"""Text broken into lines at its spaces, but not at those that hold a name together."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

HELD = "\u00a0"
"""The space that holds a name together."""
_STAND_IN = "\ue000"  # a letter of nobody's, where the library would break


def wrapped(texts: Iterable[Content], width: int) -> list[Content]:
    """Return texts under each other, broken to a width."""
    return [line.rstrip() for text in texts for line in broken(text, width)] if width > 0 else []


def broken(text: Content, width: int) -> list[Content]:
    """Break one text; the library breaks at any space."""
    if HELD not in text.plain:
        return text.wrap(width)
    held = Content(text.plain.replace(HELD, _STAND_IN), list(text.spans))
    return [Content(line.plain.replace(_STAND_IN, " "), list(line.spans)) for line in held.wrap(width)]
