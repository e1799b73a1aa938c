"""Judges: each counts what it could see, by the author's criteria, and gives the letter that its points have earned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from excomm_game.engine.outcome import Grade, grades
from tests.strategies import scenario_of

BEGINS = datetime.fromisoformat("1962-10-27T08:00")
ENDS = datetime.fromisoformat("1962-10-27T20:00")


def graded(risk: int, *, hidden: bool = False, **judge: Any) -> Grade:
    """The grade of one judge where tension stands at `risk` in the end."""
    crisis = scenario_of(
        {
            "scenario": {"id": "s", "title": "S", "begins": BEGINS, "ends": ENDS, "clock": "America/New_York"},
            "seat": {"west": {"label": "West"}},
            "track": {"tension": {"label": "Tension", "start": 20, "range": [0, 100]}},
            "fact": {"hidden": {"label": "Hidden", "start": False}},
            "scene": [{"id": "wait", "seat": "west", "at": ENDS, "title": "Wait", "option": [{"id": "on", "label": "On",
                       "effects": ["tension += 1", "hidden = True"]}]}],
            "ending": [{"id": "over", "kind": "unresolved", "at_close": True, "title": "Over"}],
            "judge": [{"id": "one", "label": "One"} | judge],
        }
    )  # fmt: skip
    values = [0] * crisis.width
    values[crisis.scope["tension"].slot], values[crisis.scope["hidden"].slot] = risk, hidden
    (grade,) = grades(crisis, values)
    return grade


@pytest.mark.parametrize(
    ("points", "letter"), [(-21, "F"), (-20, "D"), (-19, "D"), (-0.5, "D"), (0, "C"), (9, "C"), (10, "A"), (11, "A")]
)
def test_a_letter_is_that_of_the_highest_threshold_that_was_reached(points, letter):
    """To reach it is enough; below the lowest of them it is an F, in whatever order the author wrote them."""
    steps = {"10": "A", "0": "C", "-20": "D"}
    assert graded(0, grades=steps, criterion=[{"points": points, "says": "So."}]).letter == letter
    backwards = dict(reversed(steps.items()))
    assert graded(0, grades=backwards, criterion=[{"points": points, "says": "So."}]).letter == letter


def test_points_are_those_of_the_criteria_that_hold():
    """Fixed ones and reckoned ones add up; what does not hold is neither counted nor said."""
    criteria = [
        {"points": 5, "says": "Always."},
        {"points": "tension / 2", "says": "At {tension}."},
        {"points": 100, "says": "Never.", "when": "tension > 50"},
        {"points": -30, "says": "Grave.", "when": "tension >= 40"},
    ]
    grade = graded(40, grades={"0": "B"}, criterion=criteria)
    assert (grade.points, grade.letter) == (5 + 20 - 30, "F")
    assert grade.says == ((5, "Always."), (20, "At 40."), (-30, "Grave."))


@pytest.mark.parametrize(
    ("blind_to", "points"), [([], 11), (["tension"], 1), (["hidden"], 10), (["tension", "hidden"], 0)]
)
def test_what_a_judge_is_blind_to_stands_for_it_as_it_stood_at_the_opening(blind_to, points):
    """Neither what it counts nor what it says lets the truth through."""
    criteria = [
        {"points": 10, "says": "At {tension}.", "when": "tension != 20"},
        {"points": 1, "says": "Hidden.", "when": "hidden"},
    ]
    grade = graded(40, hidden=True, blind_to=blind_to, grades={"0": "B"}, criterion=criteria)
    assert grade.points == points
