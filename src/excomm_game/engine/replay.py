"""Replay and verification: a record folded into a game again, and what does not fit."""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.errors import ExcommError, IllegalChoice
from excomm_game.engine.game import Game, Move
from excomm_game.engine.policy import historical
from excomm_game.engine.record import BackLine, ChoiceLine, EndLine, Record
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import digest
from excomm_game.engine.text import printable


class Replay(NamedTuple):
    """A game as far as its record applies; why it does not reproduce, if so; and the rows that no longer apply."""

    game: Game
    fault: str | None
    left: tuple[ChoiceLine, ...]
    changed: bool


def replay(scenario: Scenario, record: Record, *, redraw: bool = False) -> Replay:
    """Fold a record into a game; `redraw` draws fate's and the models' choices again and compares (verification).

    When the scenario is another than the one recorded, states may differ: replay goes on while each choice applies.
    Raises ExcommError when the header does not fit the scenario at all.
    """
    header = record.header
    if header.scenario != scenario.head.id:
        raise ExcommError(f"The save is of the scenario '{header.scenario}', not of '{scenario.head.id}'.")
    changed = header.scenario_sha256 != scenario.sha256
    game = Game(scenario, header)
    choices = [row for row in record.rows if isinstance(row, ChoiceLine)]
    if redraw and set(header.seats) != set(scenario.seats):
        return Replay(game, "its header does not say who sits in every seat.", tuple(choices), changed)
    if redraw and header.parent is not None and header.parent.at > len(choices):
        return Replay(game, "its header claims more inherited choices than it has.", tuple(choices), changed)
    for place, row in enumerate(record.rows):
        if isinstance(row, ChoiceLine):
            fault = _apply(game, row, redraw=redraw, strict=redraw or not changed)
        elif isinstance(row, BackLine):
            game.apply_back(row)
            fault = None
        else:
            fault = _ending(game, row, strict=redraw or not changed) if isinstance(row, EndLine) else None
            if fault is None:
                game.rows.append(row)
        if fault is not None:
            left = tuple(one for one in record.rows[place:] if isinstance(one, ChoiceLine))
            return Replay(game, fault, left, changed)
    return Replay(game, None, (), changed)


def _apply(game: Game, row: ChoiceLine, *, redraw: bool, strict: bool) -> str | None:
    occurrence = game.awaited
    if redraw and occurrence is not None and (fault := _drawn_otherwise(game, occurrence, row)) is not None:
        return f"choice {row.n}: {fault}"
    try:
        game.apply_row(row)
    except IllegalChoice as error:
        return f"choice {row.n} does not apply: {error}"
    if strict and digest(game.scenario, game.state) != row.state:
        game.apply_back(BackLine(back_to=row.n - 1))
        del game.rows[-2:]
        return f"choice {row.n}: its state is not what the choices before it lead to."
    return None


def _drawn_otherwise(game: Game, occurrence: Occurrence, row: ChoiceLine) -> str | None:
    """Say why nobody of that seat could have made this choice, or drawn it with this seed."""
    header, is_persons = game.header, occurrence.seat in game.people
    if is_persons and header.parent is not None and row.n <= header.parent.at:
        expected = _inherited(game, occurrence, row)
    elif is_persons:
        ran_out = row.by == "model" and game.assignment is not None and game.assignment.seconds is not None
        expected = game.drawn(occurrence) if ran_out else Move(row.option, "person")
    else:
        expected = game.move(occurrence)
    if row.at != occurrence.at:
        return f"'{occurrence.label}' stands at {occurrence.at}, not at '{printable(row.at)}'."
    if row.by != expected.by:
        return f"'{row.by}' cannot choose at '{occurrence.label}'."
    if row.option == expected.option and row.spared != (expected.spared or None):
        return f"at '{occurrence.label}' war was spared with probability {expected.spared}, not {row.spared}."
    if row.option != expected.option:
        way = "drawn" if row.by in ("fate", "model") else "taken"
        return f"with seed {header.seed} '{expected.option}' is {way} at '{occurrence.label}', not '{row.option}'."
    return None


def _inherited(game: Game, occurrence: Occurrence, row: ChoiceLine) -> Move:
    """Say what a branch may hold where a person sits now: a person's or policy's choice, what was drawn, or history."""
    if row.by == "model":
        return game.drawn(occurrence)
    if row.by == "history":
        return Move(historical(game.scenario, occurrence) or "", "history")
    return Move(row.option, row.by if row.by == "policy" else "person")


def _ending(game: Game, row: EndLine, *, strict: bool) -> str | None:
    if game.state.ending is None:
        return f"it says the game ended in '{row.ended}', but a choice is still awaited."
    if game.is_closed():
        return f"it says a second time that the game ended in '{row.ended}'."
    if strict and (row.ended, row.kind, row.state) != (game.state.ending, game.kind, digest(game.scenario, game.state)):
        return f"it says the game ended in '{row.ended}', but it ended in '{game.state.ending}'."
    return None
