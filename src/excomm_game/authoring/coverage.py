"""Coverage: what of a scenario play reaches, from each seat, and how much each way of playing asks of a person.

A scenario is played many times with a person sitting in each seat in turn, everybody else going by the weights: at
random, by every course of that seat, as it was done in history. What those games miss is looked for by directed play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from excomm_game.authoring.directed import ROUNDS, leanings
from excomm_game.authoring.names import Hits, no_hits
from excomm_game.authoring.tally import Conditions, Pace, Tally
from excomm_game.engine.policy import course_options
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.engine.state import require_seat
from excomm_game.worlds.batch import Block
from excomm_game.worlds.plans import seated
from excomm_game.worlds.run import FIRST_SEED, board, cuts_of, require_worlds
from excomm_game.worlds.standing import opening_columns
from excomm_game.worlds.terms import Plan

ROUND_WORLDS = 1_000
Progress = Callable[[str, int, int], None]
"""Told what is being played, how far it is, and of how much."""


class Spread(NamedTuple):
    """The least, the middle and the most of something among many games."""

    least: float
    median: float
    most: float


class Pacing(NamedTuple):
    """What a way of playing asks of one seat: choices and words of required reading a game, and the longest time
    between two choices of any game, in days.
    """

    choices: Spread
    words: Spread
    longest_gap_days: float


class Coverage(NamedTuple):
    """What was reached. `worlds` were played each way, `played` in all; `rare` is what directed play alone reached,
    `unreached` what nothing did, by kind.
    """

    worlds: int
    played: int
    hits: Hits
    rare: dict[str, list[str]]
    unreached: dict[str, list[str]]
    pacing: dict[str, Pacing]


class Way(NamedTuple):
    """A way to play: the `policy` it is paced by (empty where it is not), its plan, whether what it reaches counts."""

    policy: str
    plan: Plan
    counts: bool


def _silent(doing: str, done: int, of: int) -> None:
    """Say nothing."""


def coverage(
    scenario: Scenario, worlds: int, seat: str | None = None, progress: Progress | None = None
) -> Coverage:  # fmt: skip
    """Play so many worlds each way with a person in each seat in turn, or in one alone; pace the one, else the first.

    The worlds' seeds are fixed, so the same question has the same answer.

    Raises UsageError for a seat there is none of, and for a number of worlds nothing can be learnt from.
    """
    require_worlds(worlds)
    if seat is not None:
        require_seat(scenario, seat)
    seats = scenario.seats if seat is None else (seat,)
    player = _Player(scenario, seats[0])
    listed = list(ways(scenario, seats))
    pacing = {}
    say = progress or _silent
    for n, way in enumerate(listed):
        say("plain play", n, len(listed))
        pace = player.play(way.plan, scenario.default_school(), worlds, counts=way.counts)
        if way.policy:
            pacing[way.policy] = _pacing(pace)
    plain = _without(player.hits)
    _direct(scenario, seats, player, say)
    say("done", 1, 1)
    unreached = _without(player.hits)
    rare = {kind: [name for name in names if name not in unreached[kind]] for kind, names in plain.items()}
    order = [course.id for course in scenario.draft.courses]
    pacing = {name: pacing[name] for name in (*order, "history", "weights", "random")}
    return Coverage(worlds, player.played, player.hits, rare, unreached, pacing)


def ways(scenario: Scenario, seats: Sequence[str]) -> Iterator[Way]:
    """Yield the ways of plain play; the first seat is the one that is paced.

    A course sits in turn in each seat whose scenes it names. Where that is none of those asked for, it is played for
    its pace alone.
    """
    yield Way("weights", seated(scenario, "weights", ()), counts=True)
    for seat in seats:
        for policy in ("random", "history"):
            yield Way(policy if seat == seats[0] else "", seated(scenario, policy, (seat,)), counts=True)
    yield Way("", seated(scenario, "history", (*scenario.seats, FATE)), counts=True)
    of_scene = {scene.id: scene.seat for scene in scenario.scenes}
    for course in scenario.draft.courses:
        named = {of_scene[scene.split("@")[0]] for scene in course_options(scenario, course.id)}
        own = [seat for seat in scenario.seats if seat in named] or [seats[0]]
        paced = seats[0] if seats[0] in own else own[0]
        for seat in own:
            if seat == paced or seat in seats:
                policy = course.id if seat == paced else ""
                yield Way(policy, seated(scenario, course.id, (seat,)), counts=seat in seats)


class _Player:
    """Plays a scenario on and on, under seeds that never come again, and counts what is reached."""

    def __init__(self, scenario: Scenario, seat: str) -> None:
        self._scenario = scenario
        self._seat = seat
        self._conditions = Conditions(scenario)
        self.hits = no_hits(scenario)
        self.played = 0

    def play(self, plan: Plan, school: str, worlds: int, *, counts: bool = True) -> Pace:
        """Play worlds from before the first news on; return what they asked of the seat, in the order of seeds."""
        hits = self.hits if counts else no_hits(self._scenario)
        paces = []
        for start, size in cuts_of(worlds):
            first = FIRST_SEED + self.played + start
            seeds = np.arange(first, first + size, dtype=np.int64)
            columns = opening_columns(self._scenario, self._scenario.opening, seeds)
            block = Block(board(self._scenario), school, columns, plan, "drawn", counted=False)
            tally = Tally(self._scenario, self._conditions, hits, size, self._seat)
            block.play(0, len(self._scenario.agenda), tally)
            tally.tell_after()
            paces.append(tally.pace)
        self.played += worlds
        return Pace(*(np.concatenate(parts) for parts in zip(*paces, strict=True)))


def _direct(scenario: Scenario, seats: Sequence[str], player: _Player, say: Progress) -> None:
    """Look for what plain play has missed, a person in each seat in turn, by each school, until nothing is missing.

    Every other round keeps to a course of the seat, one after another, and leaves it where something was missed: some
    things lie at the end of a long road, such as days of silence, that free choices hardly ever keep to.
    """
    schools = list(scenario.schools)
    for n in range(ROUNDS * len(seats)):
        if not any(_without(player.hits).values()):
            break
        say("directed play", n, ROUNDS * len(seats))
        seat, turn = seats[n % len(seats)], n // len(seats)
        kept = _kept(scenario, player.hits, seat, turn // 2) if turn % 2 else {}
        plan = Plan(kept, (seat,), leanings(scenario, player.hits, turn))
        player.play(plan, schools[turn % len(schools)], ROUND_WORLDS)


def _kept(scenario: Scenario, hits: Hits, seat: str, turn: int) -> dict[int, int]:
    """Return what a seat takes along the course whose turn it is, without the scenes that have an unreached option."""
    courses = scenario.draft.courses
    if not courses:
        return {}
    missed = {name.split("/")[0] for name in _without(hits)["options"]}
    named = seated(scenario, courses[turn % len(courses)].id, (seat,)).named
    return {place: k for place, k in named.items() if scenario.scene_of(scenario.agenda[place]).id not in missed}


def _without(hits: Hits) -> dict[str, list[str]]:
    """Return the names that nothing has reached, by kind."""
    return {kind: [name for name, count in names.items() if not count] for kind, names in hits.items()}


def _pacing(pace: Pace) -> Pacing:
    return Pacing(_spread(pace.choices), _spread(pace.words), round(float(pace.gaps.max()), 2))


def _spread(counts: NDArray[np.int64]) -> Spread:
    return Spread(int(counts.min()), float(np.median(counts)), int(counts.max()))
