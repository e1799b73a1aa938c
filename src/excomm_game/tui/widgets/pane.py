"""A pane that scrolls, with a mark on its edge wherever more follows."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget


def mark_more(widget: Widget) -> None:
    """Say on a widget's lower edge whether more stands above or below what it shows."""
    above, below = widget.scroll_offset.y > 0, widget.scroll_offset.y < widget.max_scroll_y
    widget.border_subtitle = " ".join(word for word, is_so in (("▲ above", above), ("▼ more", below)) if is_so)


class Pane(VerticalScroll, can_focus=False):
    """Holds what there is to read. Keys of its screen scroll it; it takes no focus from the choices."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scroll, and move the mark."""
        super().watch_scroll_y(old_value, new_value)
        mark_more(self)

    def watch_virtual_size(self) -> None:
        """Move the mark when the content grows or shrinks."""
        self.call_after_refresh(mark_more, self)

    def on_resize(self) -> None:
        """Move the mark when the pane grows or shrinks."""
        self.call_after_refresh(mark_more, self)

    def more(self) -> None:
        """Show the next page of what is here, keeping two lines of this one."""
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)

    def less(self) -> None:
        """Show the page before."""
        self.scroll_relative(y=-max(1, self.size.height - 2), animate=False)
