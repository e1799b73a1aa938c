"""What the full screen asks of the disk. It is handed an archive and opens no file itself; a key names a save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from excomm_game.engine.assignment import Assignment
    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Header, Row
    from excomm_game.engine.scenario import Scenario


class ScenarioEntry(NamedTuple):
    """A scenario as a list shows it; `minutes` is how long a game takes, if its author says."""

    id: str
    title: str
    minutes: int | None


class SaveEntry(NamedTuple):
    """A save as the picker shows it.

    `scenario` is the id of its crisis, nothing where that is not told, `seats` says who sits in it, `where` the day and
    date it stands at, `ending` an ending's kind in words or nothing, `written` when it was last written to, in the
    person's own hours; `fault` is why it cannot be opened, if so.
    """

    key: str
    scenario: str
    title: str
    seats: str
    where: str
    ending: str
    written: datetime
    fault: str


class Wanted(NamedTuple):
    """A new game as somebody asks for it; no seed: one is drawn. An assignment is what a teacher asks of it."""

    scenario: str
    seats: tuple[str, ...]
    school: str
    luck: str
    seed: int | None
    player: str
    assignment: Assignment | None = None


class Sitting(NamedTuple):
    """A game open for play: `keep` appends rows to its save at once, `leave` lets go of it.

    Raises ExcommError from `keep`, leaving the save as it was before these rows.
    """

    game: Game
    key: str
    keep: Callable[[Sequence[Row]], None]
    leave: Callable[[], None]
    doubts: tuple[str, ...] = ()


class Recording(NamedTuple):
    """A save open for reading: its game as far as it is sound, what a reader should know, and notes by choice."""

    game: Game
    key: str
    doubts: tuple[str, ...]
    notes: Mapping[int, str]


class Archive(Protocol):
    """Everything on disk. Each function raises ExcommError, with file and remedy, when it cannot do what it says."""

    def scenarios(self) -> Sequence[ScenarioEntry]:
        """Return the scenarios that can be played, by name."""

    def scenario(self, scenario_id: str) -> Scenario:
        """Load a scenario."""

    def begin(self, wanted: Wanted) -> Sitting:
        """Begin a game and its save."""

    def resume(self, key: str) -> Sitting:
        """Open a save to go on with it."""

    def saves(self) -> Sequence[SaveEntry]:
        """Return the player's saves, the newest first, then the real thirteen days."""

    def put_away(self, key: str) -> str:
        """Move a save out of the list, with what lies beside it; return where it is."""

    def newest(self) -> str | None:
        """Return the key of the player's newest save, or None when there is none."""

    def recording(self, key: str) -> Recording:
        """Open a save to watch it."""

    def branch(self, key: str, n: int) -> Sitting:
        """Make a new save that shares the first n choices, and open it for play."""

    def keep_notes(self, key: str, notes: Mapping[int, str]) -> str:
        """Write the notes on a save, whole, to a file beside it; return the file's name."""

    def drafts(self, key: str, header: Header) -> Mapping[str, str]:
        """Return the answers that were begun in a game and not kept, by question."""

    def keep_draft(self, key: str, header: Header, question: str, text: str) -> None:
        """Write what was begun on one question to a file beside the save; nothing written is no draft any more."""

    def keep_text(self, name: str, text: str) -> str:
        """Write a text to a new file of the player's; return where it is."""

    def guide(self) -> str:
        """Return the player's guide, in Markdown."""

    def settings(self) -> Mapping[str, object]:
        """Return the player's settings as they were kept; nothing where none were, or where they cannot be read."""

    def keep_settings(self, settings: Mapping[str, object]) -> None:
        """Keep the player's settings."""
