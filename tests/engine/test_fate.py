"""Chance: published vectors, an independent implementation, and the edges of a draw."""

from __future__ import annotations

import inspect
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine import fate
from excomm_game.engine.agenda import key_of
from excomm_game.engine.fate import MAX_SEED, mix, pick, total, uniform
from tests.strategies import seeds

WORD = 2**64 - 1
VECTORS = {
    (0, "submarine-hunt@1"): "0x1.a498baa27018fp-1",
    (7, "submarine-hunt@1"): "0x1.0e9ddba24f0f2p-2",
    (7, "submarine-hunt@2"): "0x1.2228d3f28f003p-1",
    (9007199254740991, "first-meeting@1"): "0x1.f59d0d634e96ep-1",
    (1962, "course-of-action@1"): "0x1.8a205cf019890p-3",
    (27101962, "a@1"): "0x1.9e78965d263c6p-1",
    (1, "desk@13"): "0x1.aea0138b3d6dep-2",
    (4503599627370496, "0@9999"): "0x1.1f58658ee5299p-1",
}
weights = st.lists(st.sampled_from([0, 0.0, 1, 0.1, 2.5, 1e-9, 1e9]) | st.floats(0, 100), min_size=1, max_size=6)
units = st.integers(0, 2**53 - 1).map(lambda bits: bits * 2.0**-53)


def splitmix64(state: int) -> int:
    """One output of SplitMix64, by Vigna's public-domain description."""
    z = (state + 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
    return z ^ z >> 31


BLAKE_START = [
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
]  # fmt: skip
BLAKE_ORDER = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
]  # fmt: skip
BLAKE_MIX = [
    (0, 4, 8, 12),
    (1, 5, 9, 13),
    (2, 6, 10, 14),
    (3, 7, 11, 15),
    (0, 5, 10, 15),
    (1, 6, 11, 12),
    (2, 7, 8, 13),
    (3, 4, 9, 14),
]


def blake2b_of_one_block(text: bytes, size: int) -> bytes:
    """BLAKE2b of at most 128 bytes, unkeyed, by RFC 7693."""
    assert len(text) <= 128
    m = [int.from_bytes(text.ljust(128, b"\0")[k : k + 8], "little") for k in range(0, 128, 8)]
    h = [BLAKE_START[0] ^ 0x01010000 ^ size, *BLAKE_START[1:]]
    v = h + BLAKE_START
    v[12] ^= len(text)
    v[14] ^= WORD
    for turn in range(12):
        order = BLAKE_ORDER[turn % 10]
        for k, (a, b, c, d) in enumerate(BLAKE_MIX):
            for word, one, other in ((m[order[2 * k]], 32, 24), (m[order[2 * k + 1]], 16, 63)):
                v[a] = (v[a] + v[b] + word) & WORD
                v[d] = turned(v[d] ^ v[a], one)
                v[c] = (v[c] + v[d]) & WORD
                v[b] = turned(v[b] ^ v[c], other)
    return b"".join((h[k] ^ v[k] ^ v[k + 8]).to_bytes(8, "little") for k in range(8))[:size]


def turned(word: int, by: int) -> int:
    return (word >> by | word << 64 - by) & WORD


def expected(seed: int, occurrence: str) -> float:
    key = int.from_bytes(blake2b_of_one_block(occurrence.encode(), 8), "big")
    return float(Fraction(splitmix64(splitmix64(seed) ^ key) >> 11, 2**53))


def test_the_measure_is_sound():
    """The implementations of this test give the published outputs of BLAKE2b and SplitMix64."""
    assert blake2b_of_one_block(b"abc", 64).hex().startswith("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b7")
    assert [splitmix64(k * 0x9E3779B97F4A7C15 % 2**64) for k in range(2)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]


@pytest.mark.parametrize(("seed", "occurrence"), VECTORS)
def test_vectors(seed, occurrence):
    """Anybody can recompute a draw from its seed and occurrence: these are the exact values."""
    u = uniform(mix(seed), key_of(occurrence))
    assert u.hex() == VECTORS[seed, occurrence]
    assert u == expected(seed, occurrence)


def test_the_vectors_in_the_module_are_right():
    """What the module's own text publishes is what it does."""
    published = re.findall(r'seed (\d+), "(\S+)"\s+u = (\S+)', inspect.getdoc(fate) or "")
    assert len(published) >= 3
    for seed, occurrence, value in published:
        assert value == expected(int(seed), occurrence).hex()


@given(seeds, st.from_regex(r"[a-z0-9][a-z0-9-]{0,62}@[1-9][0-9]{0,3}", fullmatch=True))
def test_draws_follow_the_published_formula(seed, occurrence):
    """For every seed and occurrence the draw is the formula's, exactly, and lies in [0, 1)."""
    u = uniform(mix(seed), key_of(occurrence))
    assert u == expected(seed, occurrence)
    assert 0 <= u < 1


@pytest.mark.parametrize(
    "vary", [lambda k: (k, "submarine-hunt@1"), lambda k: (7, f"submarine-hunt@{k}")], ids=["seeds", "days"]
)
def test_draws_are_uniform(vary):
    """Ten thousand draws fall evenly into twenty bins, over seeds and over occurrences alike."""
    bins = [0] * 20
    for k in range(10_000):
        seed, occurrence = vary(k)
        bins[int(uniform(mix(seed), key_of(occurrence)) * 20)] += 1
    assert sum((count - 500) ** 2 / 500 for count in bins) < 43.8  # chi-square, 19 degrees of freedom, 1 in 1000


def test_neighbouring_seeds_have_nothing_in_common():
    """Seed k at one occurrence says nothing of seed k + 1, nor of the next occurrence."""
    pairs = [(uniform(mix(k), key_of("a@1")), uniform(mix(k + 1), key_of("a@1"))) for k in range(10_000)]
    pairs_of_days = [(one, uniform(mix(k), key_of("a@2"))) for k, (one, _) in enumerate(pairs)]
    for some in (pairs, pairs_of_days):
        assert abs(sum((a - 0.5) * (b - 0.5) for a, b in some) / len(some) * 12) < 0.04  # four standard errors


@given(weights, units, st.integers(0, 5))
def test_pick_takes_the_first_whose_cumulative_weight_passes(weights, u, free):
    """With x = u * total the first option with x below its cumulative weight is taken, else the last with weight."""
    x, cumulative, taken = u * total(weights), 0.0, None
    for k, weight in enumerate(weights):
        cumulative = cumulative + weight
        if taken is None and weight > 0 and x < cumulative:
            taken = k
    with_weight = [k for k, weight in enumerate(weights) if weight > 0]
    assert pick(weights, u, free) == (taken if taken is not None else with_weight[-1] if with_weight else free)


@pytest.mark.parametrize(
    ("weights", "u", "taken"),
    [
        ((0, 0, 0), 0.5, 1),
        ((0,), 0.0, 1),
        ((0, 3, 0), 0.0, 1),
        ((0, 3, 0), 1 - 2**-53, 1),
        ((1, 1), 0.5, 1),
        ((1, 1), 0.5 - 2**-53, 0),
        ((1, 0, 1), 0.5, 2),
        ((0, 0, 5e-324, 0), 1 - 2**-53, 2),
        ((0.1,) * 10 + (0,), 1 - 2**-53, 9),
        ((1e9, 1e-9), 1 - 2**-53, 0),
    ],
)
def test_pick_at_the_edges(weights, u, taken):
    """All weights zero take the free option (here 1); a boundary takes the next; rounding the last with weight."""
    assert pick(weights, u, free=1) == taken


def test_totals_are_left_folds():
    """Weights add from the left, never in another order or with compensation."""
    assert total([0.1] * 10) == 0.9999999999999999
    assert total([1e16, 1.0, -1e16]) == 0.0
    assert total([]) == 0


def test_the_largest_seed():
    """Seeds reach to 2**53 - 1, which every JSON reader holds exactly."""
    assert MAX_SEED == 2**53 - 1
    assert float(MAX_SEED) == MAX_SEED
