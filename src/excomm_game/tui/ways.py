"""How an option stands among the choices: its line, and what it means in brief."""

from __future__ import annotations

from textual.content import Content

from excomm_game.engine.reader import Way
from excomm_game.tui.widgets.menu import Line
from excomm_game.tui.wrapping import broken

BRIEF = 2


def line(way: Way) -> Line:
    """Return the line of an option; a closed one says why."""
    if way.number is None:
        return Line(
            way.id, Content.assemble((way.label, "$quiet"), (f"   {way.barred}", "italic $quiet")), is_open=False
        )
    return Line(way.id, Content(way.label), way.number)


def in_brief(text: Content, width: int) -> Content:
    """Return as much of a text as two lines hold, with a mark where it goes on; the whole stands where it is taken."""
    lines = broken(text, width) if width > 0 else []
    if len(lines) <= BRIEF:
        return text
    return Content("\n").join([*lines[: BRIEF - 1], lines[BRIEF - 1].rstrip().truncate(width - 2) + Content(" …")])
