"""Probabilities as a person reads them."""

from __future__ import annotations

from math import ceil

from excomm_game.engine.hour import by_scenario
from excomm_game.engine.scenario import Scenario
from excomm_game.words.phrases import moment_words

_ABOUT = (
    "How likely nuclear war is from here, as far as anybody in this chair could tell. The model plays {worlds:,} "
    "worlds from the opening with the choices made in this chair, sets in each what this chair can see to what it sees "
    "now, and lets all go on by the odds of the assumptions: {school}. They go on to {ends}, where this crisis closes: "
    "a war after that hour is not counted.\n\n"
    "It is no prophecy. It knows nothing that this chair does not know, it takes every later choice to be drawn by "
    "odds, also yours, and other historians' assumptions would make it several times higher or lower."
)
LEAST = 0.0005  # smaller than this is told as less than a tenth of a percent


def percent(p: float) -> str:
    """Return a probability in percent: whole ones, tenths below ten, and never quite nothing."""
    if 0 < p < LEAST:
        return "less than 0.1%"
    if 1 - LEAST < p < 1:
        return "more than 99.9%"
    return f"{p:.0%}" if p >= 0.0995 or p == 0 else f"{p:.1%}"


def one_in(p: float) -> str:
    """Return a probability as one in so many."""
    if p <= 0:
        return "not seen"
    if p > 0.5:
        return f"about {p * 10:.0f} in 10"
    count = 1 / p
    return f"about 1 in {count:.0f}" if count <= 100 else f"less than 1 in {(ceil(count / 100) - 1) * 100:,}"


def interval(p: float, low: float, high: float) -> str:
    """Return a probability with the ends of its 95% interval."""
    return f"{percent(p)} ({percent(low)} to {percent(high)})"


def points(moved: float) -> str:
    """Return a move of a probability in points of a percent, with its sign."""
    return f"{tenths(moved)} points"


def tenths(moved: float) -> str:
    """Return a move of a probability as `points` has it, where what stands over the figure names the unit."""
    return signed(moved * 100, "+.1f")


def signed(number: float, form: str) -> str:
    """Return a number in a form of Python's, with a minus that is as wide as a plus."""
    return f"{number:{form}}".replace("-", "−")


def estimated(p: float) -> str:
    """Return the estimate at the table in words and digits."""
    return f"nuclear war {one_in(p)} ({percent(p)})"


def about_estimate(worlds: int, scenario: Scenario, school: str) -> str:
    """Say what the estimate at the table is, how far it looks, and what it is not."""
    ends = moment_words(by_scenario(scenario, scenario.head.ends))
    return _ABOUT.format(worlds=worlds, school=scenario.assumptions(school), ends=ends)
