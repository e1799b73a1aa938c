"""What a screen may ask of the program it belongs to. Screens know this and not the program itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.screen import Screen

    from excomm_game.engine.errors import ExcommError
    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Row
    from excomm_game.tui.archive import Archive, Sitting
    from excomm_game.tui.screens.debrief import Explained
    from excomm_game.tui.settings import Settings


class Program(Protocol):
    """The full screen's program: its archive and settings, what it says, and the ways between its screens."""

    archive: Archive
    settings: Settings
    unsaved: ExcommError | None
    """Why what was done last is not in the save yet, while that is so."""
    explained: Explained | None
    """The debrief that was worked out last."""

    def say(self, text: str) -> None:
        """Say something in passing."""

    def refuse(self, text: str) -> None:
        """Say in a dialog why something cannot be done."""

    def with_errors_told(self, do: Callable[[], object]) -> None:
        """Do something that reads or writes; where it cannot be done, say why."""

    def set_up(self, settings: Settings) -> None:
        """Take new settings and keep them."""

    def keep(self, sitting: Sitting, rows: Sequence[Row], then: Callable[[], object] | None = None) -> None:
        """Append to the save; where that fails, keep asking until it works or the person leaves. `then` follows it."""

    def come_back_to(self, screen: Screen[None], then: Callable[[], Awaitable[object]]) -> None:
        """Close whatever stands over a screen, when all that was typed before is done, and go on there."""

    def show_help(self, screen: Screen[None]) -> None:
        """Say what every key of a screen does."""

    def play(self, open_game: Callable[[], Sitting]) -> None:
        """Open a game and sit down at its table."""

    def show_ending(self, sitting: Sitting) -> None:
        """Show how a game ended."""

    def open_replay(self, key: str) -> None:
        """Open the replay of a save."""

    def open_debrief(self, game: Game) -> None:
        """Show the debrief of a finished game."""

    def open_comparison(self, left: str, right: str) -> None:
        """Set two saves side by side."""

    def go_to_title(self) -> None:
        """Leave whatever is open for the title."""
