"""The full screen's program: themes, settings, and the ways between its screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from excomm_game.engine.errors import ExcommError
from excomm_game.tui.archive import Archive
from excomm_game.tui.keystrokes import Keystrokes
from excomm_game.tui.screens.title import Title
from excomm_game.tui.screens.too_small import TooSmall, is_too_small
from excomm_game.tui.settings import Settings
from excomm_game.tui.themes import THEMES
from excomm_game.tui.tidying import Tidying

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.screen import Screen

    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Row
    from excomm_game.tui.archive import Recording, Sitting
    from excomm_game.tui.screens.debrief import Explained

Start = Callable[["ExcommApp"], None]


HANGUP = 1
LOOK_SECONDS = 1.0
SHARED = (
    "Several people play this game, and it is not over. Nobody can watch it without seeing the others' side: "
    "play it to its end first."
)


def is_shared(recording: Recording) -> bool:
    """Say whether several people still have something to hide from each other in a game."""
    return recording.game.state.ending is None and len(recording.game.people) > 1


class ExcommApp(App[None]):
    """The program at a terminal. `start` opens another screen than the title; `is_there` says if it has a terminal.

    `driver` reads and draws on the terminal; without one the library chooses.
    """

    CSS_PATH = "excomm.tcss"
    TITLE = "excomm"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", show=False, priority=True)]

    def __init__(
        self,
        archive: Archive,
        start: Start | None = None,
        is_there: Callable[[], bool] | None = None,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver)
        self.is_there = is_there
        self.archive = archive
        self.settings = Settings.of(archive.settings())
        self.start = start
        self.sitting: Sitting | None = None
        self.played: Sitting | None = None
        self.failure: ExcommError | None = None
        self.unsaved: ExcommError | None = None
        self.explained: Explained | None = None
        self.stopped_by: int | None = None
        self.tidying = Tidying()
        self.keystrokes = Keystrokes(self, self.tidying.soon)
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed, clicked or pasted happen when its turn comes; everything else at once."""
        is_typed = isinstance(event, events.InputEvent | events.Paste) and not isinstance(event, events.MouseMove)
        if is_typed and not event.is_forwarded:
            self.tidying.later()
            await self.keystrokes.take(partial(super().on_event, event))
        else:
            await super().on_event(event)

    def on_resize(self) -> None:
        """Cover the screens while the window is too small for them, as soon as the library has noted its size."""
        self.call_later(self.keystrokes.take, self._fit)

    async def _fit(self) -> None:
        is_covered = isinstance(self.screen, TooSmall)
        if is_too_small(self.size) and not is_covered:
            await self.push_screen(TooSmall())
        elif is_covered and not is_too_small(self.size):
            await self.pop_screen()

    def get_default_screen(self) -> Title:
        """Open on the title."""
        return Title()

    def on_mount(self) -> None:
        """Open what was asked for, and look now and then whether the terminal is still there."""
        if self.is_there is not None:
            self.set_interval(LOOK_SECONDS, self._look)
        if self.start is not None:
            self.start(self)
        self.keystrokes.watch()
        self.on_resize()

    def _look(self) -> None:
        """Leave when the terminal was closed and nobody said so."""
        if self.is_there is not None and not self.is_there():
            self.stop_by(HANGUP)

    def stop_by(self, number: int) -> None:
        """Leave because of a signal: the terminal is put back, the save is whole already."""
        self.stopped_by = number
        self.exit()

    # -- saving

    def keep(self, sitting: Sitting, rows: Sequence[Row], then: Callable[[], object] | None = None) -> None:
        """Append to the save; where that fails, keep asking until it works or the person leaves. `then` follows it."""
        try:
            sitting.keep(rows)
        except ExcommError as refusal:
            self.unsaved = error = refusal
        else:
            self.unsaved = None
            if then is not None:
                then()
            return
        from excomm_game.tui.screens.dialogs import Ask

        def again(is_yes: bool | None) -> None:
            if is_yes:
                self.keep(sitting, rows, then)
            else:
                self.failure = error
                self.exit()

        self.push_screen(Ask(str(error), "try again", "leave the game"), again)

    # -- saying

    def say(self, text: str) -> None:
        """Say something in passing, in place of what was said before."""
        self.clear_notifications()
        self.notify(text, markup=False, timeout=6)

    def refuse(self, text: str) -> None:
        """Say in a dialog why something cannot be done."""
        from excomm_game.tui.screens.dialogs import Notice

        self.push_screen(Notice(text))

    def with_errors_told(self, do: Callable[[], object]) -> None:
        """Do something that reads or writes; where it cannot be done, say why."""
        try:
            do()
        except ExcommError as error:
            self.refuse(str(error))

    def show_help(self, screen: Screen[None]) -> None:
        """Say what every key of a screen does; of help itself in its own place."""
        from excomm_game.tui.screens.help import HelpScreen

        show = self.switch_screen if isinstance(screen, HelpScreen) else self.push_screen
        show(HelpScreen(screen))

    def set_up(self, settings: Settings) -> None:
        """Take new settings and keep them."""
        self.settings = settings
        self.theme = settings.theme
        self.with_errors_told(lambda: self.archive.keep_settings(settings.kept()))

    # -- the ways between screens

    def come_back_to(self, screen: Screen[None], then: Callable[[], Awaitable[object]]) -> None:
        """Close whatever stands over a screen, when all that was typed before is done, and go on there."""

        async def come() -> None:
            if screen not in self.screen_stack:
                return
            while self.screen is not screen:
                await self.pop_screen()
            await then()
            await self._fit()

        self.call_later(self.keystrokes.take, come)

    def go_to_title(self) -> None:
        """Leave whatever is open for the title."""
        self.tidying.leave()
        self.leave_game()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def play(self, open_game: Callable[[], Sitting]) -> None:
        """Open a game and sit down at its table."""

        def sit() -> None:
            from excomm_game.tui.screens.table import Table

            self.go_to_title()
            self.played = self.sitting = sitting = open_game()
            self.tidying.enter()
            self.push_screen(Table(sitting))

        self.with_errors_told(sit)

    def leave_game(self) -> None:
        """Let go of the save of the game in play."""
        if self.sitting is not None:
            self.sitting.leave()
            self.sitting = None

    def show_ending(self, sitting: Sitting) -> None:
        """Show how a game ended."""
        from excomm_game.tui.screens.ending import EndingScreen

        self.switch_screen(EndingScreen(sitting))

    def open_replay(self, key: str) -> None:
        """Open the replay of a save; the game in play lets go of its own first, as some systems keep readers out."""
        if self.sitting is not None and self.sitting.key == key:
            self.leave_game()
        self.with_errors_told(lambda: self.show_recording(self.archive.recording(key)))

    def show_recording(self, recording: Recording, within: range | None = None, *, reveal: bool = False) -> None:
        """Show a recording, or of its choices those `within` a range; `reveal` shows all of an unfinished one."""
        if not reveal and is_shared(recording):
            self.refuse(SHARED)
            return
        from excomm_game.tui.screens.theatre import Theatre

        self.go_to_title()
        self.tidying.enter()
        self.push_screen(Theatre(recording, self.settings.pace, within, reveal=reveal))

    def open_debrief(self, game: Game) -> None:
        """Show the debrief of a finished game."""
        from excomm_game.tui.screens.debrief import DebriefScreen

        self.push_screen(DebriefScreen(game))

    def open_comparison(self, left: str, right: str) -> None:
        """Set two saves side by side."""

        def show() -> None:
            from excomm_game.tui.screens.compare import comparison

            recordings = [self.archive.recording(key) for key in (left, right)]
            if any(is_shared(one) for one in recordings):
                self.refuse(SHARED)
            else:
                self.push_screen(comparison(*recordings))

        self.with_errors_told(show)


if TYPE_CHECKING:
    from excomm_game.tui.program import Program

    _: type[Program] = ExcommApp  # where the program falls short of what screens ask, the type checker says so
