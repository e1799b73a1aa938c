"""The situation beside the page: what the seat can see of the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from excomm_game.tui.typeset import wrapped
from excomm_game.tui.widgets.sheet import DrawnPane


class SituationPane(DrawnPane):
    """A column of bars and facts; what it has no room for stands in the full view, which s opens."""

    COLUMNS: ClassVar[int] = 37
    more_mark = "▼ more (s)"

    def __init__(self) -> None:
        super().__init__(id="situation")
        self.entitle("Situation")

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        self.show_drawn(lambda width: wrapped(lines, width))
