"""Probabilities as a person reads them: never quite nothing, never more exact than they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.words.figures import interval, one_in, percent, points, tenths

chances = st.floats(0, 1)


@given(chances)
def test_percent_is_near_and_short(p):
    """It is what it says to within half a point, a twentieth of one below ten."""
    said = percent(p)
    number = re.search(r"[0-9.]+", said)
    assert number is not None
    if said.startswith(("less", "more")):
        assert 0 < p < 0.0005 or 0.9995 < p < 1
    else:
        assert abs(float(number.group()) / 100 - p) <= (0.005 if p >= 0.0995 else 0.0005) + 1e-12
        assert len(number.group().replace(".", "").lstrip("0")) <= 3


@pytest.mark.parametrize(
    ("p", "said"),
    [(0, "0%"), (1, "100%"), (0.0996, "10%"), (0.0994, "9.9%"), (0.05, "5.0%"), (1e-9, "less than 0.1%"),
     (1 - 1e-9, "more than 99.9%"), (0.5, "50%")],
)  # fmt: skip
def test_percent_at_its_edges(p, said):
    """Only what is certain is 0% or 100%."""
    assert percent(p) == said


@given(st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_one_in_says_the_larger_risk_no_smaller(one, other):
    """What is said of a larger risk is never a smaller one."""

    def least(p: float) -> float:
        said = one_in(p).replace(",", "")
        if said.endswith("in 10"):
            return int(re.findall(r"\d+", said)[0]) / 10
        return 1 / int(re.findall(r"\d+", said)[-1])

    low, high = sorted((one, other))
    assert least(low) <= least(high) + 1e-12


@pytest.mark.parametrize(
    ("p", "said"),
    [(0, "not seen"), (1 / 9, "about 1 in 9"), (0.01, "about 1 in 100"), (1 / 101, "less than 1 in 100"),
     (0.005, "less than 1 in 100"), (1 / 201, "less than 1 in 200"), (1e-4, "less than 1 in 9,900"),
     (0.5, "about 1 in 2"), (0.6, "about 6 in 10"), (1, "about 10 in 10")],
)  # fmt: skip
def test_one_in_so_many(p, said):
    """Few enough are told, of more it is told what it stays below."""
    assert one_in(p) == said


@given(st.floats(1e-9, 1))
def test_what_is_said_to_be_less_is_less(p):
    """Never so much, and not far from it."""
    if (said := one_in(p)).startswith("less than 1 in "):
        count = int(said.removeprefix("less than 1 in ").replace(",", ""))
        assert p < 1 / count
        assert p * (count + 100) >= 1 - 1e-9


@given(st.floats(-1, 1))
def test_points_have_a_sign(moved):
    """A move says which way it went."""
    assert points(moved)[0] in "+−"
    assert points(moved) == f"{tenths(moved)} points"


def test_an_interval_has_its_ends():
    """Both ends stand behind the figure."""
    assert interval(0.098, 0.094, 0.1) == "9.8% (9.4% to 10%)"
