"""The situation beside the page, or in a line above it: what the seat can see of the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget

from excomm_game.tui.widgets.sheet import DrawnPane
from excomm_game.tui.wrapping import wrapped


class InBrief(NamedTuple):
    """The situation for one line: what comes first, the bands, the rung; and how much there is beside them."""

    first: Sequence[Content]
    bands: Sequence[Content]
    rung: Sequence[Content]
    more: int

    def line(self, width: int) -> Content:
        """Return as many of the bands as there is room for, with all the rest, and how much was left out."""
        for kept in range(len(self.bands), -1, -1):
            more = self.more + len(self.bands) - kept
            said = [Content.styled(f"{more} more (s)", "$quiet")] if more else []
            line = Content(" · ").join([*self.first, *self.bands[:kept], *self.rung, *said])
            if line.cell_length <= width:
                break
        return line


class SituationLine(Widget):
    """One line of the situation, where there is no room for the pane."""

    def __init__(self) -> None:
        super().__init__(id="situation-line")
        self._shown = InBrief([], [], [], 0)

    def show(self, shown: InBrief) -> None:
        """Show this."""
        self._shown = shown
        self.refresh()

    def render(self) -> Content:
        """Draw what fits."""
        return self._shown.line(self.content_size.width)


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
