"""Chance, keyed and not streamed: what is drawn depends on the seed and on which occurrence it is, on nothing else.

So everybody with the same seed meets the same luck whatever they chose before, a branch keeps its luck, and a world can
be recomputed from its seed alone. The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).

Test vectors: the draw `u` of seed and occurrence, exact in binary; `tests/engine/test_fate.py` holds more.

    seed 0, "submarine-hunt@1"  u = 0x1.a498baa27018fp-1
    seed 7, "submarine-hunt@1"  u = 0x1.0e9ddba24f0f2p-2
    seed 7, "submarine-hunt@2"  u = 0x1.2228d3f28f003p-1
    seed 9007199254740991, "first-meeting@1"  u = 0x1.f59d0d634e96ep-1
"""

from __future__ import annotations

from collections.abc import Sequence

MAX_SEED = 2**53 - 1
_MASK = 2**64 - 1


def mix(bits: int) -> int:
    """Return SplitMix64's next output from the state `bits` (64 bits in, 64 bits out)."""
    z = (bits + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def uniform(mixed_seed: int, key: int) -> float:
    """Return u in [0, 1) for `mix(seed)` and an occurrence's key."""
    return (mix(mixed_seed ^ key) >> 11) * 2.0**-53


def total(weights: Sequence[float]) -> float:
    """Add weights as a left fold, in file order: `sum` differs between Python versions."""
    folded: float = 0
    for weight in weights:
        folded += weight
    return folded


def pick(weights: Sequence[float], u: float, free: int) -> int:
    """Return the first option with u * total below its cumulative weight, else the last with weight, else `free`."""
    x = u * total(weights)
    cumulative: float = 0
    last = free
    for k, weight in enumerate(weights):
        if weight > 0:
            cumulative += weight
            if x < cumulative:
                return k
            last = k
    return last
