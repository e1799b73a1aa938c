"""Worlds as columns: those that still stand at a moment, and how those ended that were played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from excomm_game.engine.compiled import Value
from excomm_game.engine.scenario import Scenario
from excomm_game.worlds.printing import column_type
from excomm_game.worlds.terms import Road

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Columns(NamedTuple):
    """Worlds that still go on: a column each track and fact, and the weight each world has left, in order of seeds.

    `joins`, where given, is the position from which on each world plays; before that it stands as it is.
    """

    values: list[Floats]
    weights: Floats
    seeds: Ints
    joins: Ints | None = None


class Played(NamedTuple):
    """How worlds ended, in the order of their seeds.

    `endings` are places in the scenario's list, −1 while a world goes on; `weights` what is left of each; `booked[r]`
    what each lost to road r. A world's weight and what it lost sum to what it began with.
    """

    roads: tuple[Road, ...]
    endings: Ints
    weights: Floats
    booked: Floats
    standing: Columns


def opening_columns(scenario: Scenario, values: Sequence[Value], seeds: Ints) -> Columns:
    """Return worlds that all stand at the same values; each column is one number, seen from everywhere."""
    columns = [
        np.ndarray(seeds.shape, kind, np.array(value, kind), strides=(0,))
        for value, kind in zip(values, column_types(scenario), strict=False)
    ]
    return Columns(columns, np.ones(len(seeds)), seeds)


def column_types(scenario: Scenario) -> list[type[np.generic]]:
    """Return the type of each track's and fact's column, by slot."""
    return [column_type(scenario.scope[name]) for name in scenario.names]
