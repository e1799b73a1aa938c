"""Who stands behind which option: one line, or a few in a window that is tall."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from excomm_game.tui.wrapping import wrapped


class CouncilLine(Widget):
    """Shows the heads of the council; where there is room for more than a line, no name is broken."""

    def __init__(self) -> None:
        super().__init__(id="council-line")
        self._shown = Content("")

    def show(self, shown: Content | None) -> None:
        """Show this, or stand nowhere."""
        self._shown = shown or Content("")
        self.set_class(shown is None, "-none")
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw it for this width."""
        return self._broken(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own
        """Return how many lines it takes."""
        return len(self._broken(width).plain.split("\n"))

    def _broken(self, width: int) -> Content:
        room = self._shown.cell_length if self.styles.text_wrap == "nowrap" else width
        return Content("\n").join(wrapped([self._shown], room))
