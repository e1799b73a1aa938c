"""Texts that print values: `{name}` prints a track or fact, `{{` and `}}` print a brace."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(\{\{|\}\}|\{[a-z][a-z0-9_]{0,62}\}|[{}])")


class Piece(NamedTuple):
    """A run of text, or the name whose value stands there."""

    text: str
    is_name: bool


class TemplateFault(ValueError):
    """A lone brace."""


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut `text` into runs and names. Raises TemplateFault on a lone brace."""
    return _cut(text) if "{" in text or "}" in text else (Piece(text, is_name=False),)


@lru_cache(maxsize=1024)
def _cut(text: str) -> tuple[Piece, ...]:
    cut = []
    for token in _TOKEN.split(text):
        if token in ("{", "}"):
            raise TemplateFault("has a lone brace: write {{ or }} to print one")
        if token in ("{{", "}}"):
            cut.append(Piece(token[0], is_name=False))
        elif token.startswith("{"):
            cut.append(Piece(token[1:-1], is_name=True))
        elif token:
            cut.append(Piece(token, is_name=False))
    return tuple(cut)
