"""The line of keys at the foot of every screen: as many commands as fit, and always the way to all of them."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from excomm_game.tui.commands import Command, commands_of

GAP = "  "


class KeyBar(Widget):
    """Shows the commands that are open on its screen; a click calls one. What is least needed gives way."""

    drawn: Content | None = None

    def look(self) -> None:
        """Draw anew if other commands are open than those that stand here."""
        if self._fitting() != self.drawn:
            self.refresh()

    def render(self) -> Content:
        """Return the commands that fit the width, in the screen's order."""
        self.drawn = self._fitting()
        return self.drawn

    def _fitting(self) -> Content:
        """Return as many commands as fit; asides give way before commands do."""
        room = self.size.width
        shown = [(one, one.WORD) for one in commands_of(self.screen) if one.RANK is not None]
        if _width(shown) > room:
            shown = [(one, word.partition(" (")[0]) for one, word in shown]
        while len(shown) > 1 and _width(shown) > room:
            shown.remove(max(shown, key=lambda pair: (pair[0].RANK or 0, shown.index(pair))))
        return Content(GAP).join(_written(one, word) for one, word in shown)


def _width(shown: list[tuple[type[Command], str]]) -> int:
    return sum(len(f"{one.key()} {word}") for one, word in shown) + len(GAP) * (len(shown) - 1)


def _written(one: type[Command], word: str) -> Content:
    click = Style.from_meta({"@click": f"screen.{one.ACTION}"})
    return Content.assemble((one.key(), "bold"), " ", (word, "$quiet")).stylize(click)
