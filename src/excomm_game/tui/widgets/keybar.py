"""The line of keys at the foot of every screen: as many commands as fit, and always the way to all of them."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from excomm_game.tui.commands import Command, commands_of

GAP = "  "


class KeyBar(Widget):
    """Shows the commands that are open on its screen; a click calls one. What is least needed gives way."""

    def render(self) -> Content:
        """Return the commands that fit the width, in the screen's order."""
        shown = [command for command in commands_of(self.screen) if command.RANK is not None]
        while len(shown) > 1 and _width(shown) > self.size.width - 2:
            shown.remove(max(shown, key=lambda one: (one.RANK or 0, shown.index(one))))
        return Content(GAP).join(_written(command) for command in shown)


def _width(commands: list[type[Command]]) -> int:
    return sum(len(f"{one.key()} {one.WORD}") for one in commands) + len(GAP) * (len(commands) - 1)


def _written(command: type[Command]) -> Content:
    click = Style.from_meta({"@click": f"screen.{command.ACTION}"})
    return Content.assemble((command.key(), "bold"), " ", (command.WORD, "$quiet")).stylize(click)
