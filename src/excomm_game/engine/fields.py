"""The strings a model from outside may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from excomm_game.engine.text import refused


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
