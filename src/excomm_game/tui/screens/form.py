"""A form in lines: each line is a setting; taking it goes to its next value, and what it means stands below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.screens.base import Close, Down, GameScreen, Help, Palette, Up
from excomm_game.tui.widgets.menu import Line, Menu


class Field(NamedTuple):
    """A line of the form: its value in words, and what it means in a sentence or two. No value: it does something."""

    id: str
    label: str
    value: str
    meaning: str


class Change(Command):
    """Change the marked line to its next value, or do what it says."""

    KEYS, WORD, ACTION, RANK = "enter,c,right", "change", "change", 0


class FormScreen(GameScreen):
    """Shows fields. A subclass gives them, and `changed` answers a field that was taken."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (Change, Down, Up, Close, Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)
    HEADING = ""

    def body(self) -> ComposeResult:
        """Compose the heading, the lines and the meaning of the marked one."""
        yield Static(Content.styled(self.HEADING, "bold"), classes="masthead")
        yield Menu(at_once=True, classes="form")
        yield Static(id="meaning", classes="form")

    async def arrive(self) -> None:
        """Show the fields."""
        self.show()

    def fields(self) -> Sequence[Field]:
        """Return the fields as they stand."""
        return ()

    def changed(self, field: str) -> None:
        """Answer a field that was taken."""

    def show(self) -> None:
        """Show the fields as they stand, with the mark where it was."""
        menu = self.query_one(Menu)
        marked = menu.highlighted_option
        fields = self.fields()
        width = max(len(field.label) for field in fields)
        lines = [Line(one.id, _written(one, width), n) for n, one in enumerate(fields, start=1)]
        menu.show_lines(lines, marked=marked.id if marked else None)

    @on(OptionList.OptionHighlighted)
    def mean(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the marked field means."""
        meaning = next(field.meaning for field in self.fields() if field.id == event.option_id)
        self.query_one("#meaning", Static).update(Content(meaning))

    @on(OptionList.OptionSelected)
    def taken(self, event: OptionList.OptionSelected) -> None:
        """Answer the field."""
        self.changed(event.option_id or "")

    def action_change(self) -> None:
        """Take the marked field."""
        self.query_one(Menu).action_select()


def _written(field: Field, width: int) -> Content:
    if not field.value:
        return Content.styled(field.label, "bold")
    return Content.assemble((f"{field.label:<{width}}   ", "$quiet"), field.value)


def after(value: str, values: Sequence[str]) -> str:
    """Return the value that follows another, the first after the last."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]
