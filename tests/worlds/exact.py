"""The oracle: a small crisis walked whole, every way it can go with its probability, in plain Python.

It shares the engine's rules and none of the columns, so it can tell when many simulated worlds are wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import Value
from excomm_game.engine.errors import UsageError
from excomm_game.engine.fate import total
from excomm_game.engine.rules import close
from excomm_game.engine.scenario import DELIBERATE, FATE, Scenario
from excomm_game.engine.state import State
from excomm_game.worlds.terms import Luck, Plan, Road

LIMIT = 200_000
"""How many positions, each with its values, are visited before a tree counts as too large."""


class Exact(NamedTuple):
    """How a game can end: the probability of every ending by its id, in file order, and of nuclear war by its road."""

    endings: dict[str, float]
    roads: dict[Road, float]


def exact(scenario: Scenario, state: State, plan: Plan, luck: Luck = "drawn") -> Exact:
    """Return the probabilities of all that can follow a state, where luck falls as the weights have it.

    Ways that meet in the same values go on as one. The endings sum to one; a game that is over keeps its ending, and
    how it came there its state does not say. Raises UsageError when the tree is larger than LIMIT.
    """
    found = Exact({ending.id: 0.0 for ending in scenario.endings}, {})
    if state.ending is not None:
        found.endings[state.ending] = 1.0
        return found
    standing = {state.values: 1.0}
    visited = 0
    for occurrence in scenario.agenda[state.position :]:
        if scenario.moves(occurrence.scene).opens:
            visited += len(standing)
            if visited > LIMIT:
                raise UsageError(
                    f"From here {scenario.head.id} can go more than {LIMIT:,} ways, too many to walk them all. "
                    "Simulate worlds instead, or name more choices."
                )
            standing = _met(scenario, occurrence, standing, plan, luck, found)
    for values, share in standing.items():
        _end(scenario, DELIBERATE, close(scenario, values), share, found)
    return found


def _met(
    scenario: Scenario, occurrence: Occurrence, standing: dict[tuple[Value, ...], float], plan: Plan, luck: Luck,
    found: Exact,
) -> dict[tuple[Value, ...], float]:  # fmt: skip
    """Return the values that stand after an occurrence, each with its probability; count what ends."""
    moves, day = scenario.moves(occurrence.scene), occurrence.day
    after: dict[tuple[Value, ...], float] = {}
    for values, share in standing.items():
        if not moves.when(values, day):
            after[values] = after.get(values, 0.0) + share
            continue
        for k, chance in enumerate(_chances(scenario, occurrence, values, plan, luck)):
            if chance > 0:
                v = list(values)
                ending = moves.do[k](v, day)
                if ending >= 0:
                    _end(scenario, scenario.pathway(occurrence, k), ending, share * chance, found)
                else:
                    after[tuple(v)] = after.get(tuple(v), 0.0) + share * chance
    return after


def _chances(
    scenario: Scenario, occurrence: Occurrence, values: tuple[Value, ...], plan: Plan, luck: Luck
) -> list[float]:
    """Return the probability with which each option is taken."""
    moves, day = scenario.moves(occurrence.scene), occurrence.day
    named = plan.named.get(occurrence.position)
    weights: Sequence[float]
    if occurrence.seat == FATE and len(moves.opens) == 1:
        return [1.0]
    if named is not None and moves.opens[named](values, day):
        return [float(k == named) for k in range(len(moves.opens))]
    leaning = plan.leaning.get(occurrence.position, (1.0,) * len(moves.opens))
    if occurrence.seat in plan.at_random:
        weights = [lean * opens(values, day) for lean, opens in zip(leaning, moves.opens, strict=True)]
    elif occurrence.position in plan.leaning:
        drawn = moves.weights(values, day)
        weights = [lean * (weight > 0) for lean, weight in zip(leaning, drawn, strict=True)]
    else:
        weights = moves.weights(values, day)
        if luck == "spared" and occurrence.seat == FATE:
            endings = [do(list(values), day) for do in moves.do]
            rest = [
                0 if ending >= 0 and scenario.endings[ending].kind == "nuclear" else weight
                for weight, ending in zip(weights, endings, strict=True)
            ]
            weights = rest if total(rest) > 0 else weights
    whole = total(weights)
    if whole <= 0:
        return [float(k == moves.free) for k in range(len(weights))]
    return [weight / whole for weight in weights]


def _end(scenario: Scenario, pathway: str, ending: int, share: float, found: Exact) -> None:
    name, kind = scenario.endings[ending].id, scenario.endings[ending].kind
    found.endings[name] += share
    if kind == "nuclear":
        road = Road(pathway, ending)
        found.roads[road] = found.roads.get(road, 0.0) + share
