"""Panes that draw their own lines: what changes in them is painted once, and nothing else on the screen is laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from excomm_game.tui.sheets import Sheet
from excomm_game.tui.typeset import typeset
from excomm_game.tui.widgets.pane import Paged

Draw = Callable[[int], Sequence[Content]]


class DrawnPane(Paged, ScrollView, can_focus=False):
    """Shows lines that are drawn for its width. Its height is its screen's to say, whatever it shows."""

    lines: Sequence[Content] = ()
    _draw: Draw | None = None
    _drawn_for = 0

    def show_drawn(self, draw: Draw) -> None:
        """Show other lines, from the top."""
        self._draw = draw
        self._lay()
        self.scroll_to(y=0, animate=False)

    def on_resize(self) -> None:
        """Draw anew where the width has changed."""
        if self.scrollable_content_region.width != self._drawn_for:
            self._lay()
        self.mark_more()

    def _lay(self) -> None:
        self._drawn_for = width = self.scrollable_content_region.width
        self.lines = self._draw(width) if self._draw else ()
        # set so that it lays out nothing: that is for a change of size
        self.set_reactive(DrawnPane.virtual_size, Size(width, len(self.lines)))
        self.vertical_scrollbar.window_virtual_size = len(self.lines)
        self.refresh()
        self.mark_more()

    def render_line(self, y: int) -> Strip:
        """Draw a line, with what is selected of it by the mouse."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        line = self.lines[row] if row < len(self.lines) else Content("")
        span = self.text_selection.get_span(row) if self.text_selection is not None else None
        if span is not None:
            start, end = span
            style = self.screen.get_visual_style("screen--selection")
            line = line.stylize(style, start, len(line) if end == -1 else end)
        base = self.visual_style
        strip = Strip(line.render_segments(base), line.cell_length)
        return strip.adjust_cell_length(max(1, width), base.rich_style).apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what is selected."""
        return selection.extract("\n".join(line.plain for line in self.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's own
        """Show what is selected now."""
        self.refresh()


class SheetPane(DrawnPane):
    """Shows a sheet."""

    sheet: Sheet = ()

    def show(self, sheet: Sheet) -> None:
        """Show another sheet in place of this one."""
        self.sheet = sheet
        self.show_drawn(lambda width: typeset(sheet, width))
