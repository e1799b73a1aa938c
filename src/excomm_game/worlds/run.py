"""Runs of many worlds: from one state, over a range of seeds, in this process or on any executor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from excomm_game.engine.compiled import Value
from excomm_game.engine.errors import UsageError
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State
from excomm_game.worlds.batch import BLOCK, Board, Luck, Plan, Played, opening_columns, play

FIRST_SEED = 2**52
"""Simulated worlds have seeds of their own, from here on, so that a game's own luck is hardly ever among them."""
MAX_WORLDS = 10_000_000
Progress = Callable[[int, int], None]
"""Told how many worlds are done, of how many."""


class Run(NamedTuple):
    """Worlds to play: from a state, by a plan, under a kind of luck. `counted` books war instead of drawing it."""

    scenario: Scenario
    school: str
    values: tuple[Value, ...]
    position: int
    plan: Plan = Plan({})
    luck: Luck = "drawn"
    counted: bool = True


@lru_cache(maxsize=8)
def board(scenario: Scenario) -> Board:
    """Return a scenario made ready for columns, once."""
    return Board(scenario)


def run_from(scenario: Scenario, state: State, plan: Plan = Plan({}), luck: Luck = "drawn") -> Run:  # noqa: B008 - frozen
    """Return the run of worlds that begin at a state."""
    return Run(scenario, state.school, state.values, state.position, plan, luck)


def require_worlds(count: int) -> None:
    """Raise UsageError for a count of worlds that nothing can be learnt from, or that would never end."""
    if not 1 <= count <= MAX_WORLDS:
        raise UsageError(f"The number of worlds must lie between 1 and {MAX_WORLDS:,}, and not be {count:,}.")


def played(run: Run, count: int, first: int = FIRST_SEED) -> Played:
    """Play `count` worlds from seed `first` on, in this process."""
    seeds = np.arange(first, first + count, dtype=np.int64)
    start = opening_columns(run.scenario, run.values, seeds)
    positions = (run.position, len(run.scenario.agenda))
    return play(board(run.scenario), run.school, start, run.plan, positions, run.luck, counted=run.counted)


def played_on(
    executor: Executor, run: Run, count: int, *, parts: int, progress: Progress | None = None
) -> Iterator[Played]:
    """Play worlds in parts on an executor; yield each part in the order of its seeds, as soon as all before it are in.

    Whatever stops the walk half-way has what was yielded so far: the first worlds of the same run.
    """
    cuts = cuts_of(count, parts)
    futures = [executor.submit(played, run, size, FIRST_SEED + start) for start, size in cuts]
    places = {future: place for place, future in enumerate(futures)}
    done = 0
    try:
        if progress is not None:
            for future in as_completed(futures):
                done += cuts[places[future]][1]
                progress(done, count)
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def cuts_of(count: int, parts: int) -> list[tuple[int, int]]:
    """Cut worlds into at most so many parts of whole blocks: where each begins, and how many it has."""
    blocks = -(-count // BLOCK)
    size = -(-blocks // max(1, parts)) * BLOCK
    return [(start, min(size, count - start)) for start in range(0, count, size)]


def joined(parts: Sequence[Played]) -> Played:
    """Return parts of one run, in the order of their seeds, as one; what is estimated from it does not show the cut."""
    first = parts[0]
    return first._replace(
        endings=np.concatenate([part.endings for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
        booked=np.concatenate([part.booked for part in parts], axis=1),
    )
