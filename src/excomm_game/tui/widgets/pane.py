"""A pane that scrolls, with a mark on its edge wherever more follows."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

MORE = "▼ more"


def entitle(widget: Widget, title: str) -> None:
    """Set the title on a widget's upper edge; a bare string would be read as markup."""
    widget.border_title = Content(title)


class Marked(Message):
    """What a widget says of more to read above or below has changed."""


def mark_more(widget: Widget) -> None:
    """Say on a widget's lower edge whether more stands above or below what it shows."""
    above, below = widget.scroll_offset.y > 0, widget.scroll_offset.y < widget.max_scroll_y
    more = getattr(widget, "more_mark", MORE)
    marked = " ".join(word for word, is_so in (("▲ above", above), (more, below)) if is_so)
    if marked != widget.border_subtitle:
        widget.border_subtitle = marked
        widget.post_message(Marked())


class Pane(VerticalScroll, can_focus=False):
    """Holds what there is to read. Keys of its screen scroll it; it takes no focus from the choices."""

    more_mark = MORE

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

    @property
    def has_more(self) -> bool:
        """Whether there is more to read below."""
        return self.scroll_offset.y < self.max_scroll_y

    @property
    def has_less(self) -> bool:
        """Whether there is something to read above."""
        return self.scroll_offset.y > 0

    def more(self) -> None:
        """Show the next page of what is here, keeping two lines of this one."""
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)

    def less(self) -> None:
        """Show the page before."""
        self.scroll_relative(y=-max(1, self.size.height - 2), animate=False)
