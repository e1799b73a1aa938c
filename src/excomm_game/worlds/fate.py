"""Chance over columns: the engine's keyed draws, for every world at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import add

import numpy as np
from numpy.typing import NDArray

from excomm_game.worlds.printing import Column, either

Truths = NDArray[np.bool_]

LEAST_WEIGHT = 1e-300  # where weights sum to less, a product with u may round up to the sum itself
_GOLDEN, _FIRST, _SECOND, _30, _27, _31, _11 = (
    np.array(n, np.uint64) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 30, 27, 31, 11)
)
_UNIT = np.array(2.0**-53)


def mixed(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Turn every element into SplitMix64's next output, in the array itself."""
    z += _GOLDEN
    z ^= z >> _30
    z *= _FIRST
    z ^= z >> _27
    z *= _SECOND
    z ^= z >> _31
    return z


def uniform(mixed_seeds: NDArray[np.uint64], key: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return u in [0, 1) for every world at one occurrence, whose key is an array of one."""
    bits = mixed(mixed_seeds ^ key)
    bits >>= _11
    drawn = bits.astype(np.float64)
    drawn *= _UNIT
    return drawn


Sums = Sequence[Column]
"""Weights made ready to draw by: their running sums, a left fold in file order; the last is the whole."""


def summed(weights: Sequence[Column]) -> Sums:
    """Return the running sums of weights, at least one."""
    return list(accumulate(weights, add))


def fixed_sums(weights: Sequence[float]) -> Sums:
    """Return the running sums of weights that are the same in all worlds, as NumPy takes them quickest."""
    return [np.array(float(one)) for one in accumulate(weights, add)]


def pick(sums: Sums, mixed_seeds: NDArray[np.uint64], key: NDArray[np.uint64]) -> list[Truths]:
    """Say in which worlds u * total is past each running sum but the last, so that a later option is taken.

    The weights nowhere sum to next to nothing. Then u * total stays below the total, because u is at most 1 − 2**-53:
    the last sum needs no look.
    """
    x = uniform(mixed_seeds, key)
    x *= sums[-1]
    return [x >= one for one in sums[:-1]]


def pick_with_care(
    weights: Sequence[Column], mixed_seeds: NDArray[np.uint64], key: NDArray[np.uint64], free: int
) -> list[Truths]:
    """Do as `pick` for weights that may sum to nothing: then the last option with weight is taken, else `free`."""
    sums = summed(weights)
    past = pick(sums, mixed_seeds, key)
    whole = sums[-1]
    if (whole.min() if isinstance(whole, np.ndarray) else whole) >= LEAST_WEIGHT:
        return past
    last: Column = free
    for k, weight in enumerate(weights):
        last = either(weight > 0, k, last)
    is_late = uniform(mixed_seeds, key) * whole >= whole
    return [np.where(is_late, last > k, one) for k, one in enumerate(past)]
