"""What every screen shares: sizes, the line of keys, help, the palette, saving a text, and a way out by a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from excomm_game.engine.errors import ExcommError
from excomm_game.tui.commands import Command, CommandSearch, PaletteScreen, bindings
from excomm_game.tui.painted import forget
from excomm_game.tui.widgets.keybar import KeyBar
from excomm_game.tui.widgets.menu import Menu
from excomm_game.tui.widgets.pane import Marked, Paged, Pane

if TYPE_CHECKING:
    from excomm_game.tui.program import Program

Result = TypeVar("Result")
WIDTHS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]
HEIGHTS = [(0, "-low"), (24, "-normal"), (40, "-tall")]


class Help(Command):
    """Say what every key here does."""

    KEYS, WORD, ACTION, RANK = "question_mark,f1,h", "help", "help", 0


class Palette(Command):
    """Find any command by its name."""

    KEYS, WORD, ACTION, RANK = "x,ctrl+p,colon", "all commands", "palette", 9


class WriteText(Command):
    """Save this text to a file."""

    KEYS, WORD, ACTION, RANK = "w", "save text", "write_text", 8


class More(Command):
    """Read on: the next page of the text."""

    KEYS, SHOWN, WORD, ACTION, RANK = "space,pagedown,m", "space", "read on", "more", 0


class Less(Command):
    """Read back: the page of the text before."""

    KEYS, SHOWN, WORD, ACTION = "pageup,l", "l", "read back", "less"


class Down(Command):
    """Go to the next line of the list."""

    KEYS, SHOWN, WORD, ACTION, RANK = "j", "↓ j", "next", "down", 3


class Up(Command):
    """Go to the line before."""

    KEYS, SHOWN, WORD, ACTION, RANK = "k", "↑ k", "before", "up", 4


class Close(Command):
    """Go back to where you came from."""

    KEYS, WORD, ACTION, RANK = "q,escape", "back", "close", 0


_DIGITS = [Binding(digit, f"digit('{digit}')", show=False) for digit in "0123456789"]


class _Sized:
    """The sizes at which a screen changes its shape; closed, it leaves nothing behind."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = WIDTHS
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = HEIGHTS

    def on_unmount(self) -> None:
        """Let go of what was painted here."""
        forget()


class GameScreen(_Sized, Screen[None]):
    """A screen with commands. A subclass composes its `body` and lists its ORDERS once, also as its BINDINGS."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Help, Palette), *_DIGITS]
    ABOUT: ClassVar[str] = ""

    @property
    def excomm(self) -> Program:
        """The program this screen belongs to."""
        return cast("Program", self.app)

    @property
    def is_on_top(self) -> bool:
        """Whether this is the screen that keys are meant for; under a dialog it is not."""
        return self.app.screen is self

    def compose(self) -> ComposeResult:
        """Compose the body over the line of keys."""
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """Compose what the screen is for; nothing, where a subclass says nothing."""
        yield from ()

    async def on_mount(self) -> None:
        """Arrive, unless the screen or the program was left again before it was drawn."""
        if self.is_drawn:
            await self.arrive()

    @property
    def is_drawn(self) -> bool:
        """Whether there is something here to show anything in.

        A screen left while it opens is never composed whole, and one that is being left loses its parts first.
        """
        return self.display and bool(self.children) and self.app.return_code is None

    async def arrive(self) -> None:
        """Show what there is to show first."""

    def written(self) -> tuple[str, str] | None:
        """Return a name and the text here, for a file; None where there is nothing to copy."""
        return None

    @on(Marked)
    def refresh_keys(self) -> None:
        """Show the commands that are open now."""
        for bar in self.query(KeyBar):
            bar.look()

    def action_digit(self, digit: str) -> None:
        """Hand a digit to the menu."""
        for menu in self.query(Menu):
            menu.digit(digit)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own
        """Say which commands are open now: reading on where there is more to read, the rest always."""
        if action in ("more", "less"):
            pane = self._pane()
            return pane is not None and (pane.has_more if action == "more" else pane.has_less)
        return True

    def _pane(self) -> Paged | None:
        """Return the pane that is read here, if there is one: the first."""
        return next((one for one in self.query("*") if isinstance(one, Paged)), None)

    def action_more(self) -> None:
        """Read on."""
        if (pane := self._pane()) is not None:
            pane.more()

    def action_less(self) -> None:
        """Read back."""
        if (pane := self._pane()) is not None:
            pane.less()

    def action_down(self) -> None:
        """Mark the next line of the list."""
        for menu in self.query(Menu):
            menu.action_cursor_down()

    def action_up(self) -> None:
        """Mark the line before."""
        for menu in self.query(Menu):
            menu.action_cursor_up()

    def action_help(self) -> None:
        """Say what every key here does."""
        self.excomm.show_help(self)

    def action_palette(self) -> None:
        """Open the palette over this screen's commands."""
        self.app.push_screen(PaletteScreen([CommandSearch], placeholder="Type a few letters of a command"))

    def action_write_text(self) -> None:
        """Save the text here to a file, and say where."""
        written = self.written()
        if written is None:
            self.excomm.say("There is no text here to save.")
            return
        try:
            place = self.excomm.archive.keep_text(*written)
        except ExcommError as error:
            self.excomm.refuse(str(error))
        else:
            self.excomm.say(f"Saved to {place}")

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.app.pop_screen()


class Dialog(_Sized, ModalScreen[Result]):
    """A question over a screen. A subclass composes its `body` in a pane."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,m", "more", "Read on", show=False),
        Binding("pageup,l", "less", "Read back", show=False),
    ]

    @property
    def excomm(self) -> Program:
        """The program this screen belongs to."""
        return cast("Program", self.app)

    def compose(self) -> ComposeResult:
        """Compose the body."""
        yield from self.body()

    def body(self) -> ComposeResult:
        """Compose the question; nothing, where a subclass says nothing."""
        yield from ()

    def action_more(self) -> None:
        """Read on."""
        self.query_one(Pane).more()

    def action_less(self) -> None:
        """Read back."""
        self.query_one(Pane).less()
