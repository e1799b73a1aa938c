"""The state of a game: a light, immutable value. No log, no text, no clock."""

from __future__ import annotations

import struct
from hashlib import blake2b
from typing import NamedTuple

from excomm_game.engine.compiled import Value
from excomm_game.engine.errors import UsageError
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.text import printable


class State(NamedTuple):
    """Where a game stands.

    `values` are tracks and facts sorted by name, then the school's parameters; `position` is the index on the agenda
    of the occurrence that awaits a choice (its length when none does); `ending` is the ending's id once it is over.
    """

    values: tuple[Value, ...]
    position: int
    ending: str | None
    people: tuple[str, ...]
    school: str


def require_seat(scenario: Scenario, seat: str) -> None:
    """Raise UsageError for a seat the scenario does not have."""
    if seat not in scenario.seats:
        known = ", ".join(scenario.seats)
        raise UsageError(f"There is no seat '{printable(seat)}' in {scenario.head.id}. It has: {known}.")


def before_opening(scenario: Scenario, school: str, people: tuple[str, ...]) -> State:
    """Return the state before anything has been told. Raises UsageError for an unknown school or seat."""
    for seat in people:
        require_seat(scenario, seat)
    return State((*scenario.opening, *scenario.school_values(school)), 0, None, people, school)


def digest(scenario: Scenario, state: State) -> str:
    """Return the state's BLAKE2b-64 in hex: its int64s in order of name, then `scene@n|ending`.

    Truths count 0 and 1, words their place in their fact's list. `scene@n` is the occurrence that awaits a choice,
    nothing once the game is over.
    """
    values = struct.pack(f"<{scenario.width}q", *state.values[: scenario.width])
    over = state.ending is not None or state.position >= len(scenario.agenda)
    awaited = "" if over else scenario.agenda[state.position].full
    return blake2b(values + f"{awaited}|{state.ending or ''}".encode(), digest_size=8).hexdigest()
