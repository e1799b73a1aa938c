"""Games to play and games that were played, for every test of the full screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.game import Game
from excomm_game.engine.lines import Decoded
from excomm_game.engine.record import ChoiceLine
from excomm_game.files import saves
from excomm_game.tui.app import ExcommApp, Start
from excomm_game.tui.archive import Archive, Sitting, Wanted
from excomm_game.tui.screens.table import Table
from tests.program import run
from tests.tui.keyboard import Person

SHORT = ("wait", "threaten", "wait", "warm", "settle")
"""What a person takes in the small crisis, with seed 5, to reach its settlement."""


def small(*seats: str, seed: int = 5, luck: str = "drawn") -> Wanted:
    """Return a game of the small crisis: the West's, or that of the seats named."""
    return Wanted("small-crisis", seats or ("west",), "calm", luck, seed, "")


def loud(*seats: str, seed: int = 1) -> Wanted:
    """Return a game of the crisis that has a text in every place."""
    return Wanted("loud", seats or ("west",), "one", "drawn", seed, "")


def thirteen(*seats: str, seed: int = 5) -> Wanted:
    """Return a game of the scenario that ships."""
    return Wanted("thirteen-days", seats or ("washington",), "", "spared", seed, "")


def assigned(wanted: Wanted, **asked: object) -> Wanted:
    """Return a game under an assignment, which asks what is given here and two questions after the end."""
    rules = {
        "title": "A lesson", "scenario": wanted.scenario, "edition": 1, "seat": wanted.seats[0],
        "school": wanted.school, "questions": ["What mattered-most?", "What did you not-know?"], **asked,
    }  # fmt: skip
    return wanted._replace(player="A. Student", assignment=Assignment.model_validate(rules))


def begin(wanted: Wanted) -> Start:
    """Return what opens the program at the table of a new game."""
    return lambda app: app.play(lambda: app.archive.begin(wanted))


def resume(key: str) -> Start:
    """Return what opens the program at the table of a saved game."""
    return lambda app: app.play(lambda: app.archive.resume(key))


def watch(key: str) -> Start:
    """Return what opens the program in the replay of a saved game."""
    return lambda app: app.open_replay(key)


def play_out(archive: Archive, wanted: Wanted, options: Sequence[str]) -> str:
    """Play a game without a screen, leave it, and return its key."""
    sitting = archive.begin(wanted)
    for option in options:
        sitting.keep(sitting.game.choose(option))
    sitting.leave()
    return sitting.key


async def turn_pages(person: Person) -> None:
    """Read and go on by the digit, until there is a question or another screen."""
    while isinstance(table := person.app.screen, Table) and table.page is None:
        await person.press("1")


def sitting_of(app: ExcommApp) -> Sitting:
    """Return the game in play."""
    assert app.sitting is not None
    return app.sitting


def on_disk(key: str) -> Decoded:
    """Read a save, which must be sound."""
    decoded = saves.read(Path(key))
    assert decoded.fault is None
    return decoded


def own(game: Game) -> list[ChoiceLine]:
    """Return the choices that a person made and that stand."""
    return [choice for choice in game.choices if choice.by == "person"]


def verify(*keys: str) -> None:
    """See that saves reproduce, as `excomm verify` has it."""
    said = run("verify", *keys)
    assert said.code == 0, said
