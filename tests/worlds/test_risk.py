"""Figures: what adds up, what an interval holds, and courses as historians would rank them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.errors import UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.record import ChoiceLine
from excomm_game.engine.replay import replay
from excomm_game.engine.rules import opening
from excomm_game.files.places import history_save
from excomm_game.files.saves import read
from excomm_game.worlds.courses import runs
from excomm_game.worlds.plans import recorded, seated
from excomm_game.worlds.risk import figure, foresight, foresights, shares
from excomm_game.worlds.run import played
from tests.authoring import OVER, TOO_HOT, crisis, hour, option, scene
from tests.headers import header
from tests.strategies import scenario_of

masses = st.lists(st.floats(0, 1), min_size=1, max_size=60).map(np.array)


@given(masses)
def test_a_figure_lies_in_its_interval(one):
    """A probability is no more than 1, and its interval is around it and inside 0 to 1."""
    p, low, high = figure(one)
    assert 0 <= low <= p <= high <= 1


@given(st.integers(1, 10_000))
def test_what_was_not_seen_is_not_impossible(count):
    """Nothing in n worlds still leaves about three in n."""
    assert figure(np.zeros(count)).high == pytest.approx(min(1, 3 / count))
    assert figure(np.ones(count)).low == pytest.approx(max(0, 1 - 3 / count))


def test_intervals_hold_what_they_claim(thirteen_days):
    """Of 60 samples of 300 worlds, the 95% interval misses the share of 40,000 in no more than nine."""
    state = opening(thirteen_days, "kennedy").state
    from excomm_game.worlds.run import run_from  # noqa: PLC0415
    from excomm_game.worlds.terms import Plan  # noqa: PLC0415 - the one place here

    run = run_from(thirteen_days, state, Plan({}))
    true = shares(thirteen_days, played(run, 40_000)).nuclear.p
    samples = [shares(thirteen_days, played(run, 300, first)).nuclear for first in range(0, 60 * 300, 300)]
    assert sum(not one.low <= true <= one.high for one in samples) <= 9


@pytest.mark.parametrize("school", ["kennedy", "dixit"])
def test_the_roads_add_up(thirteen_days, school):
    """Pathways sum to the share of nuclear war, kinds and endings to one."""
    told = foresight(thirteen_days, opening(thirteen_days, school).state, 3_000)
    assert sum(one.p for one in told.pathways.values()) == pytest.approx(told.nuclear.p)
    assert sum(one.p for one in told.kinds.values()) == pytest.approx(1)
    assert sum(one.p for one in told.endings.values()) == pytest.approx(1)
    assert told.kinds["nuclear"] == told.nuclear


def test_states_together_are_as_states_alone(thirteen_days):
    """Foresight from many moments in one pass is, bit for bit, foresight from each."""
    game = replay(thirteen_days, read(history_save()).record).game
    states = [step.state for step in game.steps][::9]
    together = foresights(thirteen_days, states, 150)
    assert together == [foresight(thirteen_days, state, 150).nuclear for state in states]


def test_courses_stand_apart_as_they_should(thirteen_days):
    """By Kennedy's assumptions invasion is worst, then the air strike, the blockade, the swap least, apart by more than
    their intervals.
    """
    told = {
        course: shares(thirteen_days, played(run, 6_000)).nuclear
        for course, _, run in runs(thirteen_days, "washington", ["kennedy"])
    }
    ranked = ["invasion", "air-strike", "blockade", "missile-swap"]
    for worse, better in pairwise(ranked):
        assert told[worse].low > told[better].high, (worse, better)


def test_a_course_is_taken_by_the_seat_that_is_asked_about():
    """What no odds ever bring comes about in every world in which that seat keeps to the course, and in no other."""
    course = {"id": "wildly", "label": "Wildly", "choose": {"theirs": "wild"}}
    theirs = scene("theirs", hour(17, 9), option("mild"), option("wild", weight=0, ends="too-hot"), seat="east")
    document = crisis(theirs, ending=[TOO_HOT, OVER], course=[course])
    document["seat"]["east"] = {"label": "East", "zone": "UTC"}
    scenario = scenario_of(document)
    for seat, risk in (("east", 1.0), ("west", 0.0)):
        ((_, _, run),) = runs(scenario, seat, [scenario.default_school()])
        assert shares(scenario, played(run, 50)).nuclear.p == risk


@settings(max_examples=10)
@given(st.sampled_from(["weights", "history", "random", "invasion"]))
def test_the_seats_of_a_plan(thirteen_days, name):
    """A plan names choices of the seats it sits in, and of nobody else."""
    plan = seated(thirteen_days, name, ["moscow"])
    assert {thirteen_days.agenda[position].seat for position in plan.named} <= {"moscow"}


def test_an_unknown_policy(thirteen_days):
    """There is a sentence for a policy nobody has written."""
    with pytest.raises(UsageError, match="no policy 'peace'"):
        seated(thirteen_days, "peace", ["washington"])


def test_a_recorded_plan_names_your_choices_alone(thirteen_days):
    """What others took, and chance, is drawn anew; of a seat that is asked about, its own choices are named."""
    game = Game(thirteen_days, header(thirteen_days, 3, {"washington": "policy:invasion"}))
    game.run()
    agenda = {occurrence.label: occurrence for occurrence in thirteen_days.agenda}
    made = [(agenda[choice.scene], choice) for choice in game.choices]
    assert {choice.by for _, choice in made} >= {"policy", "model", "fate"}

    def named(is_meant: Callable[[Occurrence, ChoiceLine], bool]) -> dict[int, int | None]:
        return {one.position: thirteen_days.option(one, choice.option) for one, choice in made if is_meant(one, choice)}

    yours = recorded(thirteen_days, game.choices).named
    assert yours == named(lambda _, choice: choice.by == "policy")
    for seat in thirteen_days.seats:
        assert recorded(thirteen_days, game.choices, (seat,)).named == named(lambda one, _, seat=seat: one.seat == seat)
