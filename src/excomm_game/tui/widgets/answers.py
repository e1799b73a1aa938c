"""The answers under a question."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

GAP = "    "


class Offer(NamedTuple):
    """An answer: its key, what it says, and the action of its screen."""

    key: str
    words: str
    action: str


class Answers(Static):
    """Shows on one line what can be answered, and a `hint` after it; a click on an answer is as good as its key."""

    def __init__(self, *offers: Offer, hint: str = "") -> None:
        written = [Content(f"{one.key}  {one.words}").stylize(_click(one.action)) for one in offers]
        super().__init__(Content(GAP).join([*written, Content(hint)] if hint else written))


def _click(action: str) -> Style:
    return Style.from_meta({"@click": f"screen.{action}"})
