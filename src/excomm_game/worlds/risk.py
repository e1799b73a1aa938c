"""Risk as figures: the share of worlds that end so, with its interval, and roads to war that add up to the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

from excomm_game.engine.draft import ENDING_KINDS
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State
from excomm_game.worlds.blocks import BLOCK, play
from excomm_game.worlds.run import FIRST_SEED, board, joined, parts_of, run_from
from excomm_game.worlds.standing import Columns, Floats, Played, column_types
from excomm_game.worlds.terms import Luck, Plan

NUCLEAR = "nuclear"
STANDARD_ERRORS = 1.96  # of either side of a 95% interval
RULE_OF_THREE = 3.0
"""Nothing in n worlds: at 95% no more than 3 in n (Hanley and Lippman-Hand, JAMA 1983)."""


class Figure(NamedTuple):
    """A probability between 0 and 1, and the ends of its 95% interval."""

    p: float
    low: float
    high: float


class Shares(NamedTuple):
    """How so many worlds ended: the share of nuclear war, of each kind and ending, and of each pathway to nuclear war.

    The pathways sum to the share of nuclear war, the kinds and the endings each to one.
    """

    worlds: int
    nuclear: Figure
    kinds: dict[str, Figure]
    endings: dict[str, Figure]
    pathways: dict[str, Figure]


def figure(masses: Floats, weights: Floats | None = None) -> Figure:
    """Return the mean of what each world ended with, by its weight; the interval from the weighted standard error."""
    if weights is None:
        weights = np.ones(len(masses))
    whole = float(weights.sum())
    p = min(1.0, max(0.0, float(masses.sum()) / whole))
    residuals = masses - p * weights
    error = STANDARD_ERRORS * sqrt(float((residuals * residuals).sum())) / whole
    least = RULE_OF_THREE / len(masses)
    low, high = max(0.0, p - error), min(1.0, p + error)
    if error < least and p in (0.0, 1.0):
        low, high = (0.0, min(1.0, least)) if p == 0 else (max(0.0, 1 - least), 1.0)
    return Figure(p, low, high)


def shares(scenario: Scenario, run: Played) -> Shares:
    """Return the shares of worlds that have all ended."""
    at_war = _folded(run.booked, len(run.weights))
    kinds = {kind: np.zeros(len(run.weights)) for kind in ENDING_KINDS}
    endings = {}
    for place, ending in enumerate(scenario.endings):
        if ending.kind == NUCLEAR:
            rows = [row for road, row in zip(run.roads, run.booked, strict=True) if road.ending == place]
            masses = _folded(np.array(rows), len(run.weights)) if rows else np.zeros(len(run.weights))
        else:
            masses = np.where(run.endings == place, run.weights, 0)
        kinds[ending.kind] = kinds[ending.kind] + masses
        endings[ending.id] = masses
    pathways: dict[str, Floats] = {}
    for road, row in zip(run.roads, run.booked, strict=True):
        pathways[road.pathway] = pathways[road.pathway] + row if road.pathway in pathways else row
    nuclear = figure(at_war)
    return Shares(
        len(run.weights),
        nuclear,
        {kind: nuclear if kind == NUCLEAR else figure(masses) for kind, masses in kinds.items()},
        {ending: figure(masses) for ending, masses in endings.items() if masses.any()},
        {pathway: figure(masses) for pathway, masses in pathways.items() if masses.any()},
    )


def _folded(rows: Floats, width: int) -> Floats:
    """Add rows as a left fold."""
    folded = np.zeros(width)
    for row in rows:
        folded = folded + row
    return folded


def foresight(
    scenario: Scenario, state: State, worlds: int, plan: Plan = Plan({}), luck: Luck = "drawn"  # noqa: B008 - frozen
) -> Shares:  # fmt: skip
    """Return the spread of endings from the true state, by a plan and the weights; of an ended game its own ending."""
    if state.ending is None:
        return shares(scenario, joined(list(parts_of(run_from(scenario, state, plan, luck), worlds))))
    kind = next(ending.kind for ending in scenario.endings if ending.id == state.ending)
    sure, never = Figure(1, 1, 1), Figure(0, 0, 0)
    kinds: dict[str, Figure] = {one: sure if one == kind else never for one in ENDING_KINDS}
    return Shares(worlds, _ended(scenario, state), kinds, {state.ending: sure}, {})


def foresights(
    scenario: Scenario, states: Sequence[State], worlds: int, progress: Callable[[int, int], None] | None = None
) -> list[Figure]:
    """Return the share of nuclear war from each of several states of one school, all under the same worlds' seeds.

    The states are played together, each from its own moment on, which costs little more than the longest of them.
    """
    figures: dict[int, Figure] = {}
    places = sorted(
        (place for place, state in enumerate(states) if state.ending is None), key=lambda n: states[n].position
    )
    together = max(1, BLOCK // worlds)
    for first in range(0, len(places), together):
        group = places[first : first + together]
        masses = _at_war(scenario, [states[place] for place in group], worlds)
        figures |= {place: figure(row) for place, row in zip(group, masses, strict=True)}
        if progress is not None:
            progress(min(len(places), first + together), len(places))
    return [figures[n] if n in figures else _ended(scenario, state) for n, state in enumerate(states)]


def _at_war(scenario: Scenario, states: Sequence[State], worlds: int) -> Floats:
    """Return what each world of each state loses to nuclear war, a row a state."""
    each = [worlds] * len(states)
    seeds = np.tile(np.arange(FIRST_SEED, FIRST_SEED + worlds, dtype=np.int64), len(states))
    values = [
        np.repeat(np.array([state.values[slot] for state in states], kind), each)
        for slot, kind in enumerate(column_types(scenario))
    ]
    joins = np.repeat(np.array([state.position for state in states]), each)
    start = Columns(values, np.ones(len(seeds)), seeds, joins)
    span = (min(state.position for state in states), len(scenario.agenda))
    ended = play(board(scenario), states[0].school, start, Plan({}), span)
    masses: Floats = _folded(ended.booked, len(seeds)).reshape(len(states), worlds)
    return masses


def _ended(scenario: Scenario, state: State) -> Figure:
    """Return what is certain of a game that is over."""
    is_war = any(ending.id == state.ending and ending.kind == NUCLEAR for ending in scenario.endings)
    return Figure(1, 1, 1) if is_war else Figure(0, 0, 0)
