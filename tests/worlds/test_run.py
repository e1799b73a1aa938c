"""Whoever plays the worlds and however they are cut, what comes of them is the same."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.errors import UsageError
from excomm_game.engine.rules import opening
from excomm_game.worlds.risk import shares
from excomm_game.worlds.run import MAX_WORLDS, Run, cuts_of, joined, parts_of, played, require_worlds, run_from
from excomm_game.worlds.standing import Played

COUNT = 3_000


@pytest.fixture(scope="module")
def run(thirteen_days) -> Run:
    return run_from(thirteen_days, opening(thirteen_days, "kennedy").state)


@pytest.fixture(scope="module")
def whole(run) -> Played:
    return played(run, COUNT)


def same(one: Played, other: Played) -> bool:
    pairs = ((one.endings, other.endings), (one.weights, other.weights), (one.booked, other.booked))
    return all(np.array_equal(left, right) for left, right in pairs)


@given(st.integers(1, 200_000), st.integers(0, 50))
def test_cuts_hold_every_world_once(count, parts):
    """The parts follow each other from the first world to the last."""
    cuts = cuts_of(count, parts)
    assert [start for start, _ in cuts] == list(np.cumsum([0, *(size for _, size in cuts)][:-1]))
    assert sum(size for _, size in cuts) == count
    assert not parts or len(cuts) <= parts


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_the_cut_does_not_show(run, whole, parts, thirteen_days):
    """In any number of parts the same worlds end the same, and every figure is equal to the last bit."""
    cut = joined(list(parts_of(run, COUNT, _Here(), parts)))
    assert same(cut, whole)
    assert shares(thirteen_days, cut) == shares(thirteen_days, whole)


def test_processes_play_the_same_worlds(run, whole):
    """A pool of processes, each with the scenario it was sent, returns what this process would."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert same(joined(list(parts_of(run, COUNT, pool, 4))), whole)


def test_a_run_can_be_sent(run):
    """What a run needs survives being sent to another process; what was compiled here is left behind."""
    sent = pickle.loads(pickle.dumps(run))  # noqa: S301 - our own, sent to ourselves
    assert same(played(sent, 200), played(run, 200))


def test_who_stops_has_what_was_played(run, whole):
    """Stopped half-way, the parts played so far are the first worlds of the whole, and the rest is called off."""
    here = _Here()
    parts = parts_of(run, COUNT, here, 3)
    first = next(parts)
    parts.close()
    assert np.array_equal(first.endings, whole.endings[:1_000])
    assert all(future.cancelled() for future in here.futures[1:])


@pytest.mark.parametrize("count", [0, -1, MAX_WORLDS + 1, 10**30])
def test_absurd_counts(count):
    """A count of worlds that says nothing or never ends is refused in a sentence."""
    with pytest.raises(UsageError, match="must lie between 1 and"):
        require_worlds(count)


class _Here(Executor):
    """Plays a part when its result is first asked for."""

    def __init__(self) -> None:
        self.futures: list[Future] = []

    def submit(self, fn, /, *args):
        future = _Late(fn, args)
        self.futures.append(future)
        return future


class _Late(Future):
    def __init__(self, fn, args) -> None:
        super().__init__()
        self.work = fn, args

    def result(self, timeout=None):
        if not self.done():
            fn, args = self.work
            self.set_result(fn(*args))
        return super().result(timeout)
