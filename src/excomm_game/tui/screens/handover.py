"""The hand-over: hides everything until the other person says they are there."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from excomm_game.tui.widgets.answers import Answers, Offer


class HandOver(Screen[bool]):
    """Stands between two people at one keyboard; false when nobody goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "I am here", show=False),
        Binding("q", "answer(False)", "Leave", show=False),
    ]

    def __init__(self, label: str, *, is_first: bool) -> None:
        super().__init__()
        self.label = label
        self.is_first = is_first

    def compose(self) -> ComposeResult:
        """Compose who is asked to sit down."""
        with Vertical(classes="handover"):
            yield Static(Content.styled(self.label, "bold"), classes="heading")
            passes = "" if self.is_first else "The table passes to you. What was on it is hidden.\n\n"
            yield Static(Content(f"{passes}Sit here alone, then say that you are here.\n"))
            yield Answers(Offer("enter", "I am here", "answer(True)"), Offer("q", "leave (saved)", "answer(False)"))

    def action_answer(self, is_there: bool) -> None:
        """Answer."""
        self.dismiss(is_there)
