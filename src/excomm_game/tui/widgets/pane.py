"""A pane that scrolls, with a mark on its edge wherever more follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

MORE = "▼ more"


class Marked(Message):
    """What a widget says of more to read above or below has changed."""


if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object  # a second widget among the bases would hide the styles of the first


class Edged(_Base):
    """Has a heading on its upper edge, and says on the lower one, else beside the heading, where more follows."""

    heading = ""
    more_mark = MORE
    marked = ""

    def entitle(self, heading: str) -> None:
        """Set the heading; the library would read a bare string as markup."""
        self.heading = heading
        self._write_edges()

    def mark_more(self) -> None:
        """Say whether more stands above or below what is shown."""
        above, below = self.scroll_offset.y > 0, self.scroll_offset.y < self.max_scroll_y
        marked = " ".join(word for word, is_so in (("▲ above", above), (self.more_mark, below)) if is_so)
        if marked != self.marked:
            self.marked = marked
            self._write_edges()
            self.post_message(Marked())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scroll, and move the mark."""
        super().watch_scroll_y(old_value, new_value)
        self.mark_more()

    def watch_virtual_size(self) -> None:
        """Move the mark when the content grows or shrinks."""
        self.call_after_refresh(self.mark_more)

    def on_resize(self) -> None:
        """Move the mark when the pane grows or shrinks."""
        self.call_after_refresh(self.mark_more)

    def _write_edges(self) -> None:
        if self.styles.border_bottom[0]:
            self.border_title, self.border_subtitle = Content(self.heading), Content(self.marked)
        else:
            self.border_title = Content("   ".join(part for part in (self.heading, self.marked) if part))


class Paged(Edged):
    """Is read by the page. Keys of its screen turn it; it takes no focus from the choices."""

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


class Pane(Paged, VerticalScroll, can_focus=False):
    """Holds what there is to read."""
