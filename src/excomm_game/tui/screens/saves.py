"""The save picker: every game there is, where it stands, who plays it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from excomm_game.tui.archive import SaveEntry
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.screens.base import Close, Down, GameScreen, Help, Palette, Up
from excomm_game.tui.screens.dialogs import Ask
from excomm_game.tui.widgets.menu import Line, Menu
from excomm_game.words.phrases import hour, short_date


class Open(Command):
    """Go on with the marked game; one that is over shows its end."""

    KEYS, WORD, ACTION, RANK = "enter,o", "go on", "open", 0


class Watch(Command):
    """Watch the marked game again, step by step."""

    KEYS, WORD, ACTION, RANK = "r", "replay", "watch", 0


class Compare(Command):
    """Compare the marked game with another."""

    KEYS, WORD, ACTION, RANK = "c", "compare", "compare", 1


class PutAway(Command):
    """Put the marked game away: it leaves this list for a folder of its own, and is not deleted."""

    KEYS, WORD, ACTION, RANK = "d,delete", "put away", "put_away", 2


class SavesScreen(GameScreen):
    """Lists saves, the newest first."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (Open, Watch, Compare, PutAway, Down, Up, Close, Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)
    ABOUT = "Every game is saved after each choice. The last line is the real thirteen days."
    HEADING = "Saved games"

    def __init__(self, entries: Sequence[SaveEntry]) -> None:
        super().__init__()
        self.entries = {entry.key: entry for entry in entries}

    def body(self) -> ComposeResult:
        """Compose the heading and the list."""
        yield Static(Content.styled(self.HEADING, "bold"), classes="masthead")
        yield Menu(classes="tall")

    async def arrive(self) -> None:
        """Show the saves."""
        self.show()

    def show(self) -> None:
        """Show the saves that are listed now."""
        listed = enumerate(self.entries.values(), start=1)
        seats = max((len(one.seats) for one in self.entries.values()), default=0)
        self.query_one(Menu).show_lines(Line(one.key, _written(one, seats), n) for n, one in listed)

    def _marked(self) -> SaveEntry | None:
        """Return the marked save, or say why it cannot be opened."""
        option = self.query_one(Menu).highlighted_option
        entry = self.entries.get(option.id or "") if option else None
        if entry is not None and entry.fault:
            self.excomm.refuse(entry.fault)
            return None
        return entry

    @on(OptionList.OptionSelected)
    def taken(self, event: OptionList.OptionSelected) -> None:
        """Go on with a save."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Go on with the marked save."""
        entry = self._marked()
        if entry is not None:
            self.excomm.play(lambda: self.excomm.archive.resume(entry.key))

    def action_watch(self) -> None:
        """Watch the marked save."""
        entry = self._marked()
        if entry is not None:
            self.excomm.open_replay(entry.key)

    def action_put_away(self) -> None:
        """Ask, then put the marked save away."""
        option = self.query_one(Menu).highlighted_option
        if option is None or option.id is None:
            return
        key = option.id
        if key == list(self.entries)[-1]:
            self.excomm.refuse("The real thirteen days come with the program and stay in this list.")
            return

        def put_away(is_yes: bool | None) -> None:
            if is_yes:
                self.excomm.with_errors_told(lambda: self._put_away(key))

        question = "Put this game away? It leaves this list, and its file is moved, with your notes, but not deleted."
        self.app.push_screen(Ask(question, "put it away", "keep it here"), put_away)

    def _put_away(self, key: str) -> None:
        place = self.excomm.archive.put_away(key)
        del self.entries[key]
        self.show()
        self.excomm.say(f"Moved to {place}")

    def action_compare(self) -> None:
        """Ask for the other save, and compare."""
        entry = self._marked()
        if entry is not None:
            compare_with_another(self, entry.key, entry.scenario, self.entries.values())


class Choose(Command):
    """Take the marked game."""

    KEYS, WORD, ACTION, RANK = "enter,o", "take this one", "open", 0


class OtherSave(SavesScreen):
    """Asks for a second save to set beside the first."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (Choose, Down, Up, Close, Help, Palette)
    ABOUT = "Choose the game to set beside the first one."
    HEADING = "Compare with which game?"

    def __init__(self, entries: Sequence[SaveEntry], take: Callable[[str], None]) -> None:
        super().__init__(entries)
        self.take = take

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own
        """Leave out what is not asked here."""
        return action not in ("watch", "compare", "put_away")

    def action_open(self) -> None:
        """Take the marked save."""
        entry = self._marked()
        if entry is not None:
            self.app.pop_screen()
            self.take(entry.key)


def compare_with_another(screen: GameScreen, key: str, scenario: str, saves: Iterable[SaveEntry]) -> None:
    """Ask which other game of the same crisis a game is to be compared with; where there is none, say so."""
    others = [one for one in saves if one.scenario == scenario and one.key != key]
    if others:
        screen.app.push_screen(OtherSave(others, lambda other: screen.excomm.open_comparison(key, other)))
    else:
        screen.excomm.refuse("There is no other game of this crisis to compare this one with.")


def _written(entry: SaveEntry, seats: int) -> Content:
    """Return a save as a line: where it stands, who plays (in a column of `seats` cells), when, and of which crisis."""
    state = entry.ending or entry.where
    return Content.assemble(
        (f"{state[:1].upper() + state[1:]:<18}  ", "bold"),
        f"{entry.seats:<{seats}}  ",
        (f"{short_date(entry.written)} {entry.written.year}, {hour(entry.written)}  {entry.title}", "$quiet"),
        ("  cannot be opened" if entry.fault else "", "$danger"),
    )
