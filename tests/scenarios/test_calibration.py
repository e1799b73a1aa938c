"""Which way the danger goes: what historians agree makes nuclear war likelier does so here, by more than the noise."""

from __future__ import annotations

import pytest

from excomm_game.engine.game import Game
from excomm_game.engine.rules import opening, pending
from excomm_game.files.scenarios import load
from excomm_game.worlds.plans import seated
from excomm_game.worlds.risk import foresight
from excomm_game.worlds.terms import Plan
from tests.headers import header

WORLDS = 20_000
SCHOOL = "kennedy"


@pytest.fixture(scope="module")
def crisis():
    return load("thirteen-days")


@pytest.fixture(scope="module")
def beginning(crisis):
    return opening(crisis, SCHOOL).state


@pytest.fixture(scope="module")
def line(crisis):
    """The game in which everybody and everything does what it did in 1962."""
    game = Game(crisis, header(crisis, 1962, dict.fromkeys(crisis.seats, "policy:history"), "history", SCHOOL))
    game.run()
    return game


@pytest.fixture(scope="module")
def courses(crisis, beginning):
    """How the worlds of each course end."""
    return {
        course.id: foresight(crisis, beginning, WORLDS, seated(crisis, course.id, ("washington",)))
        for course in crisis.draft.courses
    }


def awaiting(line, scene):
    """The state of the historical game that awaits a choice in this scene."""
    for step in line.steps:
        occurrence = pending(line.scenario, step.state)
        if occurrence is not None and scene in (occurrence.full, line.scenario.scene_of(occurrence).id):
            return step.state
    raise AssertionError(f"history never comes to {scene}")


def forced(crisis, choices, plan=Plan({})):  # noqa: B008 - frozen
    """A plan that takes these options of these scenes, and else goes by another plan."""
    named = dict(plan.named)
    for occurrence in crisis.agenda:
        chosen = choices.get(crisis.scene_of(occurrence).id)
        if chosen is not None:
            place = crisis.option(occurrence, chosen)
            assert place is not None, (occurrence.full, chosen)
            named[occurrence.position] = place
    return Plan(named)


def ends(crisis, line, scene, option, **also):
    """How the worlds end in which history comes to a scene and this option is taken there."""
    choices = {scene: option, **{key.replace("_", "-"): value for key, value in also.items()}}
    return foresight(crisis, awaiting(line, scene), WORLDS, forced(crisis, choices))


def stand_apart(worse, better):
    """Whether one share is above another by more than both 95% intervals."""
    return worse.low > better.high


@pytest.mark.parametrize(
    ("worse", "better"), [("invasion", "air-strike"), ("air-strike", "blockade"), ("blockade", "missile-swap")]
)
def test_force_is_worse_than_pressure_and_pressure_than_a_trade(courses, worse, better):
    """From the opening the courses stand apart in the share of nuclear war, in this order."""
    assert stand_apart(courses[worse].nuclear, courses[better].nuclear)


def test_a_trade_is_no_worse_than_silence(courses):
    """From the opening the swap brings nuclear war in fewer worlds than saying nothing, even within these days."""
    assert stand_apart(courses["wait"].nuclear, courses["missile-swap"].nuclear)


@pytest.mark.parametrize("name", ["thirteen-days", "black-saturday"])
def test_nothing_is_certain(name):
    """Whatever the course, some worlds end in nuclear war and some in an agreed bargain, and never all of them."""
    scenario = load(name)
    state = opening(scenario, SCHOOL).state
    for course in scenario.draft.courses:
        ended = foresight(scenario, state, WORLDS, seated(scenario, course.id, (scenario.seats[0],)))
        assert 0 < ended.nuclear.p < 1, course.id
        assert 0 < ended.kinds["settlement"].p < 1, course.id
        assert all(share.p < 1 for share in ended.kinds.values()), course.id


def test_a_war_that_was_stopped_can_end_in_a_bargain(courses):
    """After bombs a bargain is rare, but a few worlds in a thousand come to it."""
    for course in ("air-strike", "invasion"):
        assert 0.002 < courses[course].kinds["settlement"].p < 0.03


@pytest.mark.parametrize("late", [("anderson", "strike-at-dawn"), ("saturday-night", "order-the-strike")])
def test_a_late_strike_is_worse_than_an_early_one(crisis, beginning, line, late):
    """A strike of 28 October meets launchers that can fire, one of the 17th hardly any; a day of it is the worse."""
    orders = {
        "first-meeting": "strike-tomorrow",
        "evening-meeting": "decide-nothing-yet",
        "before-dawn": "let-it-stand",
    }
    early = foresight(crisis, beginning, WORLDS, forced(crisis, orders))
    struck = ends(crisis, line, *late, before_dawn="let-it-stand")
    assert stand_apart(struck.pathways["cuba-launch"], early.pathways["cuba-launch"])
    assert stand_apart(struck.nuclear, early.nuclear)


@pytest.mark.parametrize("refusal", ["refuse", "counter"])
def test_a_refused_trade_is_worse_than_an_accepted_one(crisis, line, refusal):
    """Where Moscow takes the terms of 27 October there are more settlements and fewer wars of either kind."""
    accepted = ends(crisis, line, "answer-to-terms", "accept")
    refused = ends(crisis, line, "answer-to-terms", refusal)
    assert stand_apart(accepted.kinds["settlement"], refused.kinds["settlement"])
    assert stand_apart(refused.kinds["war"], accepted.kinds["war"])
    assert stand_apart(refused.nuclear, accepted.nuclear)


def test_the_harder_a_submarine_is_held_the_worse(crisis, line):
    """Charges over a submarine that cannot breathe are worse than staying above her, and that than drawing off."""
    charges, staying, leaving = (
        ends(crisis, line, "submarine-found", option).nuclear
        for option in ("keep-her-down", "stay-above-her", "draw-off")
    )
    assert stand_apart(charges, staying)
    assert stand_apart(staying, leaving)


def test_hunting_submarines_is_worse_than_leaving_them(crisis, beginning):
    """As a standing order, signalling the submarines up is worse than following them, and that than leaving them."""
    history = seated(crisis, "history", ("washington",))
    signal, shadow, leave = (
        foresight(
            crisis, beginning, WORLDS, forced(crisis, {"sam-rule": "ask-first", "submarines-near": option}, history)
        ).nuclear
        for option in ("signal", "shadow", "leave")
    )
    assert stand_apart(signal, shadow)
    assert stand_apart(shadow, leave)


def test_hitting_the_site_is_worse_than_holding_fire(crisis, line):
    """To answer the loss of the U-2 at the site that fired is worse than to hold fire."""
    hit, held = (ends(crisis, line, "anderson", option).nuclear for option in ("hit-the-site", "hold-fire"))
    assert stand_apart(hit, held)
