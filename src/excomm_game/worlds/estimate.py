"""The estimate at the table: the danger as a seat could judge it, from nothing that the seat cannot know.

Worlds are played from the opening with the seat's own choices up to this moment. Those that have ended are dropped; in
the rest, all that the seat can see is set to what it does see, and what it cannot see stays as that world has it. So
news moves the estimate, and hidden truth cannot leak into it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from excomm_game.engine.record import ChoiceLine
from excomm_game.engine.rules import opening
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State
from excomm_game.worlds.blocks import play
from excomm_game.worlds.plans import recorded
from excomm_game.worlds.risk import Figure, figure
from excomm_game.worlds.run import FIRST_SEED, board
from excomm_game.worlds.standing import opening_columns
from excomm_game.worlds.terms import Plan

TABLE_WORLDS = 1_500  # for a figure beside the page: within a point or so
FEWEST = 20  # worlds that still stand; of fewer no share can be taken


def estimate(
    scenario: Scenario, state: State, choices: Iterable[ChoiceLine], seat: str, worlds: int
) -> Figure | None:  # fmt: skip
    """Return the share of nuclear war as a seat could judge it now, or None where hardly a world has come this far.

    `choices` may be all of the game's: only the seat's own are read, and of `state` only what the seat sees and which
    occurrence awaits it.
    """
    if state.ending is not None:
        return None
    ready, end = board(scenario), len(scenario.agenda)
    begun = opening(scenario, state.school)
    seeds = np.arange(FIRST_SEED, FIRST_SEED + worlds, dtype=np.int64)
    start = opening_columns(scenario, begun.state.values, seeds)
    own = recorded(scenario, choices, (seat,))
    here = play(ready, state.school, start, own, (begun.state.position, state.position)).standing
    if len(here.seeds) < FEWEST:
        return None
    for slot, name in enumerate(scenario.names):
        if scenario.sees(seat, name):
            here.values[slot][:] = state.values[slot]
    ended = play(ready, state.school, here, Plan({}), (state.position, end))
    masses = np.zeros(len(here.seeds))
    for row in ended.booked:
        masses = masses + row
    return figure(masses, here.weights)
