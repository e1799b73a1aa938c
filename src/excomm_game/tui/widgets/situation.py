"""The situation beside the page: what the seat can see of the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from excomm_game.tui.widgets.pane import Pane


class SituationPane(Pane):
    """A column of bars and facts; what it has no room for stands in the full view, which s opens."""

    COLUMNS: ClassVar[int] = 37
    more_mark = "▼ more (s)"

    def __init__(self) -> None:
        super().__init__(Static(), id="situation")
        self.entitle("Situation")

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        self.query_one(Static).update(Content("\n").join(lines))
