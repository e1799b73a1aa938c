"""A screen with a list on one side and what is read of its lines on the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static

from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.screens.base import Close, Down, GameScreen, Help, Less, More, Palette, Up, WriteText
from excomm_game.tui.sheets import Sheet, plain
from excomm_game.tui.widgets.menu import Line, Menu
from excomm_game.tui.widgets.sheet import SheetPane


class Leaf(NamedTuple):
    """A line of the list and the sheet that is read of it."""

    line: Content
    sheet: Sheet
    name: str = ""


class ReadingScreen(GameScreen):
    """Shows leaves: the marked one's sheet stands beside the list. The key that opened it closes it."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (Down, Up, More, Less, WriteText, Close, Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Down, Up, More, Less, WriteText, Close, Help, Palette)

    def __init__(
        self, heading: str, leaves: Sequence[Leaf], *, first: int = 0, above: Content | None = None, key: str = ""
    ) -> None:
        super().__init__()
        self.key = key
        self.heading = heading
        self.leaves = leaves
        self.first = first
        self.above = above

    def body(self) -> ComposeResult:
        """Compose the heading, the list and the pane."""
        yield Static(Content.styled(self.heading, "bold"), classes="masthead")
        if self.above is not None:
            yield Static(self.above, classes="above")
        with Container(classes="reading" if len(self.leaves) > 1 else "reading -single"):
            yield Menu()
            yield SheetPane()

    async def arrive(self) -> None:
        """Show the leaves."""
        self.show_leaves()

    def show_leaves(self) -> None:
        """Show the leaves, the first that is asked for marked."""
        lines = [Line(str(place), leaf.line) for place, leaf in enumerate(self.leaves)]
        self.query_one(Menu).show_lines(lines, marked=str(self.first))

    def on_key(self, event: events.Key) -> None:
        """Close at the key that opened this."""
        if event.key == self.key:
            event.stop()
            self.action_close()

    @on(OptionList.OptionHighlighted)
    def turn(self, event: OptionList.OptionHighlighted) -> None:
        """Show the sheet of the marked line."""
        event.stop()
        self.query_one(SheetPane).show(self.leaves[event.option_index].sheet)

    def written(self) -> tuple[str, str] | None:
        """Return the sheet that is open."""
        place = self.query_one(Menu).highlighted
        if place is None:
            return None
        leaf = self.leaves[place]
        return leaf.name or leaf.line.plain, plain(leaf.sheet)
