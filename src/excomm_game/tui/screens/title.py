"""The title: what there is to do."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from excomm_game import DEFAULT_SCENARIO
from excomm_game.engine.errors import ExcommError
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.screens.base import GameScreen, Help, Palette
from excomm_game.tui.widgets.menu import Line, Menu

NAME = "E X C O M M"
TAGLINE = (
    "October 1962. Photographs show Soviet missiles in Cuba, and nobody outside a few rooms knows it. "
    "Take a leader's chair, read what that leader could read, and decide. What you do not know is not told to you."
)


class NewGame(Command):
    """Begin a new game: choose the chair, the luck and the assumptions."""

    KEYS, WORD, ACTION = "n", "new game", "new_game"


class GoOn(Command):
    """Go on with the game you played last."""

    KEYS, WORD, ACTION = "g", "go on with the last game", "go_on"


class Saves(Command):
    """Choose a saved game: go on with it, watch it, or compare it with another."""

    KEYS, WORD, ACTION = "s", "saved games", "saves"


class History(Command):
    """Watch the real thirteen days, step by step."""

    KEYS, WORD, ACTION = "r", "watch the real thirteen days", "history"


class Courses(Command):
    """Set the courses that were open side by side: how each ends in many simulated worlds. It tells what may come."""

    KEYS, WORD, ACTION = "c", "courses side by side", "courses"


class Guide(Command):
    """Read how to play."""

    KEYS, WORD, ACTION = "p", "the player's guide", "guide"


class SetUp(Command):
    """Set the colours, the speed of replays and your name."""

    KEYS, WORD, ACTION = "t", "settings", "set_up"


class Quit(Command):
    """Leave the program."""

    KEYS, WORD, ACTION, RANK = "q", "quit", "quit", 0


LISTED = (NewGame, GoOn, Saves, History, Courses, Guide, SetUp, Quit)


class Title(GameScreen):
    """Offers what there is to do; a digit, a letter or a click does it."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (*LISTED, Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)
    ABOUT = "Type the number or the letter of what you want, or move with the arrows and press enter."

    def body(self) -> ComposeResult:
        """Compose the name, what this is, and the list."""
        with Vertical(classes="title-page"):
            yield Static(Content.styled(NAME, "bold"), classes="name")
            yield Static(Content(TAGLINE), classes="tagline")
            yield Menu(at_once=True)

    async def arrive(self) -> None:
        """Show the list."""
        self.show()

    def on_screen_resume(self) -> None:
        """Show the list anew: there may be a game to go on with now."""
        if self.is_drawn:
            self.show()

    def show(self) -> None:
        """Show what can be done now."""
        open_now = [command for command in LISTED if self.check_action(command.ACTION, ())]
        lines = [
            Line(one.ACTION, Content.assemble(one.WORD[:1].upper() + one.WORD[1:], (f"  {one.key()}", "$quiet")), n)
            for n, one in enumerate(open_now, start=1)
        ]
        self.query_one(Menu).show_lines(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own
        """Say whether there is a game to go on with."""
        return action != "go_on" or self._has_played()

    def _has_played(self) -> bool:
        """Say whether there is a game; where that cannot be told, taking it tells why."""
        try:
            return self.excomm.archive.newest() is not None
        except ExcommError:
            return True

    @on(OptionList.OptionSelected)
    async def taken(self, event: OptionList.OptionSelected) -> None:
        """Do what was taken."""
        await self.run_action(event.option_id or "")

    def action_new_game(self) -> None:
        """Open the form of a new game."""
        from excomm_game.tui.screens.new_game import NewGameScreen

        self.excomm.with_errors_told(
            lambda: self.app.push_screen(NewGameScreen(self.excomm.archive, self.excomm.settings))
        )

    def action_go_on(self) -> None:
        """Go on with the newest save."""
        archive = self.excomm.archive

        def open_newest() -> None:
            key = archive.newest()
            if key is not None:
                self.excomm.play(lambda: archive.resume(key))

        self.excomm.with_errors_told(open_newest)

    def action_saves(self) -> None:
        """Open the picker."""
        from excomm_game.tui.screens.saves import SavesScreen

        self.excomm.with_errors_told(lambda: self.app.push_screen(SavesScreen(self.excomm.archive.saves())))

    def action_history(self) -> None:
        """Watch the real thirteen days: the last of the saves."""
        self.excomm.with_errors_told(lambda: self.excomm.open_replay(self.excomm.archive.saves()[-1].key))

    def action_courses(self) -> None:
        """Set the courses of the crisis side by side."""
        from excomm_game.tui.screens.courses import CoursesScreen

        archive = self.excomm.archive
        self.excomm.with_errors_told(lambda: self.app.push_screen(CoursesScreen(archive.scenario(DEFAULT_SCENARIO))))

    def action_guide(self) -> None:
        """Open the guide."""
        from excomm_game.tui.screens.guide import guide

        self.excomm.with_errors_told(lambda: self.app.push_screen(guide(self.excomm.archive.guide())))

    def action_set_up(self) -> None:
        """Open the settings."""
        from excomm_game.tui.screens.set_up import SetUpScreen

        self.app.push_screen(SetUpScreen(self.excomm.settings))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
