"""A list to choose from by arrows, digits or the mouse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from excomm_game.tui.widgets.pane import Edged
from excomm_game.tui.wrapping import broken


class Line(NamedTuple):
    """A line of a menu. One without a number cannot be taken; `id` is what its being taken reports."""

    id: str
    text: Content
    number: int | None = None
    is_open: bool = True


MARK = "›"


class Menu(Edged, OptionList, inherit_bindings=False):
    """Options with numbers. A digit marks the option, and takes it where `at_once`, else when it is typed again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "Up", show=False),
        Binding("down", "cursor_down", "Down", show=False),
        Binding("enter", "select", "Take", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
    ]

    def __init__(self, *, at_once: bool = False, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self.at_once = at_once
        self._shown: tuple[Line, ...] = ()
        self._laid = 0
        self._tops: list[int] = []
        self._places: dict[int, int] = {}
        self._typed = self._before = ""

    class Unmarked(Message):
        """Somebody would take a line, and none is marked."""

    def show_lines(self, lines: Iterable[Line], marked: str | None = None, *, is_marked: bool = True) -> None:
        """Show these lines, the one called `marked` under the cursor, else the first that can be taken.

        Unless one `is_marked`, the cursor is on none until somebody moves it.
        """
        self._shown = tuple(lines)
        self._places = {line.number: place for place, line in enumerate(self._shown) if line.number is not None}
        self._typed = self._before = ""
        places = [place for place, line in enumerate(self._shown) if line.id == marked and line.is_open]
        first = next((n for n, line in enumerate(self._shown) if line.is_open), None)
        self._lay(places[0] if places else first if is_marked else None)

    def on_resize(self) -> None:
        """Break the lines anew where the width has changed."""
        if self.scrollable_content_region.width != self._laid:
            self._lay(self.highlighted)

    def _lay(self, highlighted: int | None) -> None:
        """Lay the lines for this width; what a line breaks into stands under its first word."""
        self._laid = self.scrollable_content_region.width
        texts = self._broken(self._laid)
        heights = [_height(text) for text in texts]
        self._tops = [sum(heights[:place]) for place in range(len(heights))]
        self.set_options(Option(text, line.id, not line.is_open) for text, line in zip(texts, self._shown, strict=True))
        self.highlighted = highlighted
        self.call_after_refresh(self.mark_more)

    def _broken(self, width: int) -> list[Content]:
        """Return every line broken to a width."""
        digits = len(str(max(self._places))) if self._places else 0
        return [_hung(_head(line, digits), line.text, width) for line in self._shown]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own
        """Return how many rows the lines take; the library's own count fails in a window a cell wide."""
        return sum(map(_height, self._broken(width)))

    def digit(self, digit: str) -> None:
        """Take one digit of a number. A move of the mark ends a number begun; the number before it is remembered."""
        stands = self._places.get(int(self._typed or 0)) == self.highlighted
        begun = self._typed if stands and int(self._typed + digit) in self._places else ""
        if not begun:
            self._before = self._typed if stands else ""
        self._typed = begun + digit
        place = self._places.get(int(self._typed))
        if place is None:
            self._typed = self._before = ""
            return
        self.highlighted = place
        if self._typed == self._before or (self.at_once and max(self._places) < 10 * int(self._typed)):
            self.action_select()

    def action_select(self) -> None:
        """Take the marked line; where none is, say so to the screen."""
        if self.highlighted is None:
            self.post_message(self.Unmarked())
        else:
            super().action_select()

    def render_line(self, y: int) -> Strip:
        """Draw a line; the marked one has a sign before it, so that it is not marked by colour alone."""
        strip = super().render_line(y)
        marked = self.highlighted
        if marked is None or marked >= len(self._tops) or self._tops[marked] != y + self.scroll_offset.y:
            return strip
        first = next(iter(strip), None)
        return Strip.join([Strip([Segment(MARK, first.style if first else None)]), strip.crop(1)])


def _head(line: Line, digits: int) -> str:
    """Return what stands before a line: room for the mark, and its number, or a dash where it cannot be taken."""
    if not digits:
        return "  "
    return f"  {line.number if line.number is not None else '–':>{digits}}  "


def _height(text: Content) -> int:
    return text.plain.count("\n") + 1


def _hung(head: str, text: Content, width: int) -> Content:
    """Break a text to the width left beside its head."""
    room = width - len(head)
    lines = broken(text, room) if room > 0 else [text]
    return Content(head) + Content("\n" + " " * len(head)).join(line.rstrip() for line in lines)
