"""Chance over columns: the engine's keyed draws, for every world at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from excomm_game.worlds.columns import LEAST_WEIGHT, Column, either

_GOLDEN, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_30, _27, _31, _11 = (np.uint64(n) for n in (30, 27, 31, 11))


def mixed(bits: Any) -> Any:
    """Return SplitMix64's next output for every element."""
    z = bits + _GOLDEN
    z = (z ^ (z >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    return z ^ (z >> _31)


def uniform(mixed_seeds: NDArray[np.uint64], key: int) -> NDArray[np.float64]:
    """Return u in [0, 1) for every world at one occurrence."""
    drawn: NDArray[np.float64] = (mixed(mixed_seeds ^ np.uint64(key)) >> _11) * 2.0**-53
    return drawn


def total(weights: Sequence[Column]) -> Column:
    """Add weights as a left fold, in file order."""
    folded: Column = 0
    for weight in weights:
        folded = folded + weight
    return folded


def pick(weights: Sequence[Column], mixed_seeds: NDArray[np.uint64], key: int, free: int | None) -> Column:
    """Return in every world the first option with u * total below its cumulative weight, else the last with weight,
    else `free`.

    Without `free` the weights nowhere sum to next to nothing. Then u * total stays below the total, because u is at
    most 1 − 2**-53: the last sum needs no look.
    """
    whole = total(weights)
    x = uniform(mixed_seeds, key) * whole
    if len(weights) == 2:
        taken: Column = x >= weights[0]
    else:
        cumulative: Column = 0
        taken = np.zeros(len(x), np.int8)
        for weight in weights[:-1]:
            cumulative = cumulative + weight
            taken += x >= cumulative
    if free is not None and np.min(whole) < LEAST_WEIGHT:
        last: Column = free
        for k, weight in enumerate(weights):
            last = either(weight > 0, k, last)
        taken = np.where(x >= whole, last, taken)
    return taken
