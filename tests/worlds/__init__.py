"""Promises of the worlds, and the cases they are put to: moments of a game, a plan, and who follows it seat by seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any, NamedTuple

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from excomm_game.engine.fate import MAX_SEED, mix, pick, uniform
from excomm_game.engine.policy import Policy, open_ids, policy
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.engine.state import State
from excomm_game.worlds.blocks import play
from excomm_game.worlds.board import Board
from excomm_game.worlds.plans import seated
from excomm_game.worlds.standing import Columns, Played, opening_columns
from excomm_game.worlds.terms import Luck, Plan
from tests import strategies as some

LUCKS: tuple[Luck, ...] = ("drawn", "spared")
PLANS = ("weights", "course", "history", "random", "recorded", "recorded, else random", "leaning")


class Case(NamedTuple):
    """A moment of a game and how it goes on: `plan` for the batch, the same as `sitters` for the engine.

    `moments` are all that the game has in which a choice is awaited.
    """

    scenario: Scenario
    state: State
    plan: Plan
    sitters: Mapping[str, Policy]
    kind: str
    moments: tuple[State, ...] = ()

    def start(self, seeds: Any) -> Columns:
        """Worlds that all stand at this moment."""
        return opening_columns(self.scenario, self.state.values, np.array(seeds, np.int64))

    def play(
        self, start: Columns, luck: Luck, *, counted: bool, first: int | None = None, last: int | None = None
    ) -> Played:
        """Play worlds on by the plan: from this moment, or a position that is given, to the close or a position."""
        positions = (
            self.state.position if first is None else first,
            len(self.scenario.agenda) if last is None else last,
        )
        return play(Board(self.scenario), self.state.school, start, self.plan, positions, luck, counted=counted)


def many_seeds(base: int, count: int) -> list[int]:
    """The first and the last seed there are, and others from anywhere between."""
    return [0, MAX_SEED, *(mix(base + k) >> 11 for k in range(count - 2))]


@st.composite
def warlike(draw: st.DrawFn) -> Scenario:
    """Return a scenario with many roads to nuclear war: by accident, by what is written, by the day, at the close."""
    document = draw(some.documents_of_scenarios())
    name, track = next(iter(document["track"].items()))
    for ending in document["ending"]:
        if ending["id"] != "at-last" and draw(st.booleans()):
            ending["kind"] = "nuclear"
    written = f"{name} > {track['start']} and day >= {draw(st.integers(1, 3))}"
    late = {"id": "late-war", "kind": "nuclear", "title": "A late war", "when": written}
    document["ending"].insert(draw(st.integers(0, len(document["ending"]))), late)
    wars = [ending["id"] for ending in document["ending"] if ending["kind"] == "nuclear"]
    weights = st.sampled_from([1, 0.5, 0, 3, 30, -1, "day - 1", f"abs({name}) / 10", f"{name} - {track['start']}"])
    for k in range(draw(st.integers(1, 2))):
        options: list[dict[str, Any]] = [
            {"id": "quiet"},
            {"id": "launch", "ends": draw(st.sampled_from(wars)), "pathway": "rocket"},
            {"id": "step", "effects": [f"{name} += 1"]},
            {"id": "leap", "effects": [f"{name} += 3"], "when": f"{name} > {track['start']}"},
            {"id": "calm", "effects": [f"{name} = {track['start']}"]},
        ]
        for option in options:
            often = st.sampled_from([30, 3, 1, 0]) if option["id"] == "quiet" else weights
            option |= {"label": option["id"], "weight": draw(often)}
        kept = options[: draw(st.sampled_from([5, 4, 3, 2, 1]))]
        document["scene"].append(
            {
                "id": f"accident-{k}",
                "seat": FATE,
                "at": time(draw(st.integers(0, 22)), 45),
                "title": "An accident",
                "pathway": "chance",
                "history": draw(st.sampled_from(kept))["id"],
                "option": kept,
            }
        )
    return some.scenario_of(document)


@st.composite
def cases(draw: st.DrawFn, scenario: Scenario | None = None, kinds: tuple[str, ...] = PLANS) -> Case:
    """Return any moment of any game that is not over, with any plan."""
    if scenario is None:
        scenario = draw(st.one_of(some.scenarios(), warlike(), warlike()))
    game = draw(some.games(scenario, takebacks=False))
    moments = tuple(step.state for step in game.steps if step.state.ending is None)
    assume(moments)
    kind = draw(st.sampled_from(kinds))
    plan, sitters = draw(plans(scenario, kind))
    return Case(scenario, draw(st.sampled_from(moments)), plan, sitters, kind, moments)


@st.composite
def plans(draw: st.DrawFn, scenario: Scenario, kind: str) -> tuple[Plan, dict[str, Policy]]:
    """Return a plan, and the policies that do the same one world at a time."""
    seats = tuple(draw(st.lists(st.sampled_from(scenario.seats), min_size=1, unique=True)))
    if kind.startswith("recorded"):
        plan = Plan(taken(scenario, draw(some.hands)), seats if kind != "recorded" else ())
        return plan, {seat: _follows(scenario, plan, seat) for seat in (*scenario.seats, FATE)}
    if kind == "leaning":
        plan = Plan({}, seats, leanings(scenario, draw(some.hands)))
        return plan, {seat: _leans(plan) for seat in (*scenario.seats, FATE)}
    name = kind
    if kind == "course":
        courses = [course.id for course in scenario.draft.courses]
        name = draw(st.sampled_from(courses)) if courses else "weights"
    if kind == "history":
        seats = (*scenario.seats, FATE)
    return seated(scenario, name, seats), dict.fromkeys(seats, policy(scenario, name))


def taken(scenario: Scenario, hand: int) -> dict[int, int]:
    """Return an option, open or not, for about three choices of four."""
    return {
        one.position: mix(hand ^ one.key) % len(scenario.scene_of(one).option)
        for one in scenario.agenda
        if scenario.scene_of(one).option and mix(hand ^ mix(one.key)) % 4
    }


def leanings(scenario: Scenario, hand: int) -> dict[int, tuple[float, ...]]:
    """Return a preference for each option of every choice."""
    return {
        one.position: tuple(1 + mix(hand ^ one.key ^ k) % 100 for k in range(len(scenario.scene_of(one).option)))
        for one in scenario.agenda
        if scenario.scene_of(one).option
    }


def _leans(plan: Plan) -> Policy:
    """Return the policy that leans as a plan does: among open options, or among those with weight."""

    def named(scenario: Scenario, state: State, seed: int) -> str:
        occurrence = scenario.agenda[state.position]
        moves = scenario.moves(occurrence.scene)
        if occurrence.seat in plan.at_random:
            allowed = [is_open(state.values, occurrence.day) for is_open in moves.opens]
        else:
            allowed = [weight > 0 for weight in moves.weights(state.values, occurrence.day)]
        weights = [lean * is_in for lean, is_in in zip(plan.leaning[state.position], allowed, strict=True)]
        taken = pick(weights, uniform(mix(seed), occurrence.key), moves.free)
        return scenario.scene_of(occurrence).option[taken].id

    return named


def _follows(scenario: Scenario, plan: Plan, seat: str) -> Policy:
    """Return the policy of one seat under a plan."""
    otherwise = policy(scenario, "random" if seat in plan.at_random else "weights")

    def named(scenario: Scenario, state: State, seed: int) -> str | None:
        occurrence = scenario.agenda[state.position]
        k = plan.named.get(state.position)
        option = None if k is None else scenario.scene_of(occurrence).option[k].id
        is_open = option in open_ids(scenario, state, occurrence)
        return option if is_open else otherwise(scenario, state, seed)

    return named
