"""Who plays the worlds: this process, a pool of processes, or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import NamedTuple

from excomm_game.engine.errors import ExcommError, UsageError

MOST_JOBS = 256
PATIENCE = "10s"


class Crew(NamedTuple):
    """An executor, and into how many parts work is best cut for it; without one, this process does it."""

    executor: Executor | None = None
    parts: int = 0


@contextmanager
def crew(jobs: int | None, dask: str | None) -> Iterator[Crew]:
    """Provide whoever was asked for.

    Raises UsageError for a number of jobs that makes no sense, ExcommError for a cluster that cannot be reached.
    """
    if jobs is not None and dask is not None:
        raise UsageError("--jobs and --dask exclude each other: name one.")
    if jobs is not None and not 1 <= jobs <= MOST_JOBS:
        raise UsageError(f"--jobs takes a number from 1 to {MOST_JOBS}.")
    if dask is not None:
        with _cluster(dask) as found:
            yield found
    elif jobs is not None and jobs > 1:
        with _pool(jobs) as found:
            yield found
    else:
        yield Crew()


@contextmanager
def _pool(jobs: int) -> Iterator[Crew]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as executor:
        yield Crew(executor, jobs)


@contextmanager
def _cluster(address: str) -> Iterator[Crew]:
    try:
        from dask.distributed import Client
    except ImportError:
        raise UsageError("--dask needs the extra `cluster`: install excomm-game[cluster].") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ExcommError(
            f"No scheduler answers at {address} ({type(error).__name__}). Start one there, or name another address."
        ) from None
    with client:
        yield Crew(client.get_executor(), 2 * max(1, sum(client.nthreads().values())))
