"""Sitting down to a game: begun, resumed or branched, with its save open to one writer. Every front end comes here."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from excomm_game import __version__
from excomm_game.cli.assigned import require_fit
from excomm_game.cli.common import folded, replayed, whole
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import MAX_NAME, refused

if TYPE_CHECKING:
    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Header, Record
    from excomm_game.engine.scenario import Scenario
    from excomm_game.files.saves import Writer
    from excomm_game.tui.archive import Wanted


class Opened(NamedTuple):
    """A game open for play; whoever asked for it closes the writer. `doubts` is what its player should know first."""

    game: Game
    writer: Writer
    path: Path
    doubts: tuple[str, ...] = ()


def begun(wanted: Wanted, save: Path | None = None) -> Opened:
    """Begin a game and its save, in the player's folder unless another place is named.

    No seat is the scenario's first, no school its default. Raises ExcommError, having written nothing, when there is
    no such game or no save can be written.
    """
    from excomm_game.engine.game import MODEL, PERSON, Game
    from excomm_game.files import saves, scenarios

    loaded = scenarios.load(wanted.scenario)
    if wanted.assignment is not None:
        require_fit(wanted.assignment, loaded, wanted.scenario)
    people = {seat_of(loaded, one) for one in wanted.seats} or {seat_of(loaded)}
    game = Game(loaded, header_of(loaded, wanted, {one: PERSON if one in people else MODEL for one in loaded.seats}))
    game.run()
    path = _kept(game.record, save)
    return Opened(game, saves.Writer(path, scenarios.elsewhere(wanted.scenario, loaded.head.id)), path)


def resumed(path: Path, named: str | None) -> Opened:
    """Open a save to go on with it. Raises ExcommError, with the remedy, where it cannot go on or nobody sits in it."""
    from excomm_game.files import saves

    _refuse_where_nobody_sits(path, named)
    with ExitStack() as until_it_can_go_on:
        writer = until_it_can_go_on.enter_context(saves.Writer(path, named))
        replay = folded(path, writer.decoded, named)
        game = whole(path, writer.decoded, replay, named)
        doubts = _doubts_of_a_change(path, game, named) if replay.changed else ()
        rows = game.run()
        if rows:
            writer.append(rows)
        until_it_can_go_on.pop_all()
    return Opened(game, writer, path, doubts)


def _refuse_where_nobody_sits(path: Path, named: str | None) -> None:
    """Raise UsageError for a game without people that is not over, before its save is opened to be written to."""
    from excomm_game.engine.game import PERSON
    from excomm_game.files import saves

    if PERSON in saves.header(path).seats.values():
        return
    game = whole(path, *replayed(path, named), named)
    if game.state.ending is None:
        raise UsageError(f"Nobody sits in any seat of {path}, to go on with it. {how_to_go_on(path, game, named)}")


def how_to_go_on(path: Path, game: Game, named: str | None) -> str:
    """Say which command goes on with a save as far as it is sound: where nobody sits in it, only a branch can."""
    from excomm_game.engine.game import PERSON
    from excomm_game.files import saves

    typed = saves.to_type(path, named)
    if PERSON in game.header.seats.values() or game.state.ending is not None:
        return f"`excomm resume {typed}` goes on from the line before."
    return f"`excomm branch {typed} --at {len(game.choices)}` makes a save to play."


def branched(save: Path, at: int, named: str | None, to: Path | None = None) -> Path:
    """Make a save that shares the first choices of another; return its path, in the player's folder unless named.

    Raises UsageError when there are fewer choices, ExcommError when a save cannot be read or written.
    """
    from excomm_game.engine.branch import branch

    decoded, replay = replayed(save, named)
    if at > len(replay.game.choices):
        raise UsageError(f"There is no choice {at} to branch after: {save} has {len(replay.game.choices)} that stand.")
    record = branch(replay.game.scenario, decoded.record, at, decoded.chains)
    return _kept(record, to)


def seat_of(scenario: Scenario, seat: str | None = None) -> str:
    """Return the seat that is named, or the first. Raises UsageError for one the scenario does not have."""
    from excomm_game.engine.state import require_seat

    if seat is not None:
        require_seat(scenario, seat)
    return seat or scenario.seats[0]


def header_of(scenario: Scenario, wanted: Wanted, seats: dict[str, str]) -> Header:
    """Return the header of a new game, with a seed drawn if none is wanted; `seats` says who sits in each.

    Raises UsageError for a school or seed that is not there and a name that cannot be kept.
    """
    import secrets

    from excomm_game.engine.fate import MAX_SEED
    from excomm_game.engine.record import Header

    refuse_name(wanted.player)
    if wanted.seed is not None and not 0 <= wanted.seed <= MAX_SEED:
        raise UsageError(f"There is no seed {wanted.seed}. Give a whole number from 0 to {MAX_SEED}.")
    school = wanted.school or scenario.default_school()
    scenario.school_values(school)
    content = {
        "scenario": scenario.head.id,
        "edition": scenario.head.edition,
        "scenario_sha256": scenario.sha256,
        "seed": secrets.randbelow(MAX_SEED + 1) if wanted.seed is None else wanted.seed,
        "school": school,
        "luck": wanted.luck,
        "seats": seats,
        "player": wanted.player,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": __version__,
        "assignment": None if wanted.assignment is None else wanted.assignment.header(),
    }
    return Header.model_validate(content)


def refuse_name(player: str) -> None:
    """Raise UsageError for a name that cannot be kept in a save."""
    if len(player) > MAX_NAME:
        raise UsageError(f"The name is longer than {MAX_NAME} characters. Give a shorter one with --name.")
    character = refused(player) or next((f"U+{ord(c):04X}" for c in player if c in "\n\t"), None)
    if character:
        raise UsageError(
            f"The name holds {character}, a character that is not allowed. Give --name on one line of plain text."
        )


def _kept(record: Record, place: Path | None) -> Path:
    """Write a new save to its place, in the player's folder unless one is named; return its path."""
    from excomm_game.files import saves

    if place is None:
        return saves.keep_new(record, datetime.now())  # noqa: DTZ005 - a name in the player's own hours
    saves.write_new(place, record)
    return place


def _doubts_of_a_change(path: Path, game: Game, named: str | None) -> tuple[str, ...]:
    """Say that a save's scenario has changed since. Raises ExcommError where that leads to other states."""
    from excomm_game.files import saves

    if not game.states_stand():
        raise ExcommError(
            f"{path} was recorded with another scenario than today's and would not verify if it went on. "
            f"`excomm branch {saves.to_type(path, named)} --at {len(game.choices)}` makes a save under the new one."
        )
    return (f"{path} was recorded with another text of the scenario; its choices still lead where they led.",)
