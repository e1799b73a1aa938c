"""Runs of many worlds: from one state, over a range of seeds, in this process or on any executor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np

from excomm_game.engine.compiled import Value
from excomm_game.engine.errors import UsageError
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State
from excomm_game.worlds.blocks import BLOCK, play
from excomm_game.worlds.board import Board
from excomm_game.worlds.standing import Played, opening_columns
from excomm_game.worlds.terms import Luck, Plan

FIRST_SEED = 2**52
"""Simulated worlds have seeds of their own, from here on, so that a game's own luck is hardly ever among them."""
MAX_WORLDS = 10_000_000


class Run(NamedTuple):
    """Worlds to play: from a state, by a plan, under a kind of luck. `counted` books war instead of drawing it."""

    scenario: Scenario
    school: str
    values: tuple[Value, ...]
    position: int
    plan: Plan = Plan({})
    luck: Luck = "drawn"
    counted: bool = True


_BOARDS: dict[str, Board] = {}
_MOST_BOARDS = 8


def board(scenario: Scenario) -> Board:
    """Return a scenario made ready for columns: once, however often another process is handed it."""
    made = _BOARDS.get(scenario.sha256)
    if made is None:
        if len(_BOARDS) >= _MOST_BOARDS:
            _BOARDS.clear()
        made = _BOARDS[scenario.sha256] = Board(scenario)
    return made


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


def parts_of(run: Run, count: int, executor: Executor | None = None, parts: int = 0) -> Iterator[Played]:
    """Play worlds in parts, here block by block or on an executor; yield each part in the order of its seeds.

    Whoever stops half-way has what was yielded so far: the first worlds of the same run.
    """
    cuts = cuts_of(count, parts)
    if executor is None:
        yield from (played(run, size, FIRST_SEED + start) for start, size in cuts)
        return
    futures = [executor.submit(played, run, size, FIRST_SEED + start) for start, size in cuts]
    try:
        yield from (future.result() for future in futures)
    finally:
        for future in futures:
            future.cancel()


def cuts_of(count: int, parts: int = 0) -> list[tuple[int, int]]:
    """Cut worlds into parts, at most so many where a number is given: where each begins, and how many it has."""
    size = BLOCK if not parts else -(-count // parts)
    return [(start, min(size, count - start)) for start in range(0, count, size)]


def joined(parts: Sequence[Played]) -> Played:
    """Return parts of one run, in the order of their seeds, as one; what is estimated from it does not show the cut."""
    first = parts[0]
    return first._replace(
        endings=np.concatenate([part.endings for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
        booked=np.concatenate([part.booked for part in parts], axis=1),
    )
