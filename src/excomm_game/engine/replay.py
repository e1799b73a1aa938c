"""Replay and verification: a record folded into a game again, and what does not fit."""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.errors import ExcommError, IllegalChoice
from excomm_game.engine.game import MODEL, PERSON, Game
from excomm_game.engine.policy import historical
from excomm_game.engine.record import BackLine, ChoiceLine, EndLine, Record
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.engine.state import digest


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
    if row.by not in _may_choose(game, occurrence, row):
        return f"'{row.by}' cannot choose at '{occurrence.label}'."
    if row.by in ("fate", "model"):
        move = game.drawn(occurrence)
        if (move.option, move.by, move.spared or None) != (row.option, row.by, row.spared):
            seed = game.header.seed
            return f"with seed {seed} '{move.option}' is drawn at '{occurrence.label}', not '{row.option}'."
    return None


def _may_choose(game: Game, occurrence: Occurrence, row: ChoiceLine) -> list[str]:
    """Return who could have chosen for a seat; a branch may inherit a policy's choices where a person sits now."""
    header = game.header
    sits = header.seats.get(occurrence.seat, MODEL)
    inherited = header.parent is not None and row.n <= header.parent.at
    may: list[str]
    if occurrence.seat == FATE:
        may = ["fate"]
    elif sits == MODEL or (sits == PERSON and not inherited):
        may = [sits]
    else:
        may = [PERSON, "policy", MODEL] if inherited else ["policy", MODEL]
    is_history = header.luck == "history" and historical(game.scenario, occurrence) == row.option
    return [*may, "history"] if is_history and PERSON not in may else may


def _ending(game: Game, row: EndLine, *, strict: bool) -> str | None:
    if game.state.ending is None:
        return f"it says the game ended in '{row.ended}', but a choice is still awaited."
    if strict and (row.ended, row.kind, row.state) != (game.state.ending, game.kind, digest(game.scenario, game.state)):
        return f"it says the game ended in '{row.ended}', but it ended in '{game.state.ending}'."
    return None
