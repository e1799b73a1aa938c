"""The oracle is sound, and many simulated worlds come to what it says, war drawn or counted."""

from __future__ import annotations

import tomllib
from math import fsum

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from excomm_game.engine import rules
from excomm_game.engine.errors import UsageError
from excomm_game.engine.fate import mix
from excomm_game.engine.game import Game
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.engine.text import refused
from excomm_game.worlds.plans import seated
from excomm_game.worlds.standing import Played
from excomm_game.worlds.terms import Luck, Plan
from tests import strategies as some
from tests.headers import header
from tests.program import SMALL
from tests.worlds import LUCKS, Case, cases, taken
from tests.worlds import exact as oracle
from tests.worlds.exact import Exact, exact

WORLDS = 3000


@pytest.fixture(scope="module")
def small_crisis() -> Scenario:
    """Ten days, small enough to be walked whole."""
    return some.scenario_of(tomllib.loads(SMALL.read_text(encoding="utf-8")))


@pytest.fixture(scope="module", autouse=True)
def _short_walks():
    """No test of random scenarios waits for the largest trees."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oracle, "LIMIT", 100_000)
        yield


def walked(case: Case, luck: Luck) -> Exact:
    """Walk a case, or give it up where it is too large."""
    try:
        return exact(case.scenario, case.state, case.plan, luck)
    except UsageError:
        assume(False)
        raise


def is_whole(scenario: Scenario, found: Exact) -> None:
    """Endings sum to one, in file order; the roads to an ending in nuclear war sum to that ending."""
    assert list(found.endings) == [ending.id for ending in scenario.endings]
    assert min(found.endings.values()) >= 0
    assert abs(fsum(found.endings.values()) - 1) <= 1e-9
    for place, ending in enumerate(scenario.endings):
        roads = [share for road, share in found.roads.items() if road.ending == place]
        assert all(share > 0 for share in roads)
        assert abs(fsum(roads) - found.endings[ending.id] * (ending.kind == "nuclear")) <= 1e-9


@pytest.mark.parametrize("school", ["calm", "grim"])
@pytest.mark.parametrize("luck", ["drawn", "spared"])
def test_the_small_crisis_sums_to_one(small_crisis, school, luck):
    """Ten days of three seats are walked whole, under both schools and both kinds of luck."""
    opening = rules.opening(small_crisis, school).state
    is_whole(small_crisis, exact(small_crisis, opening, Plan({}), luck))


def test_spared_luck_does_not_end_the_small_crisis_by_accident(small_crisis):
    """Under spared luck no accident kills while anything else may happen; war by design remains."""
    opening = rules.opening(small_crisis, "grim").state
    drawn, spared = (exact(small_crisis, opening, Plan({}), luck) for luck in ("drawn", "spared"))
    assert drawn.roads.keys() > spared.roads.keys()
    assert {road.pathway for road in spared.roads} == {"deliberate"}


@settings(max_examples=30)
@given(some.scenarios(), some.hands)
def test_a_plan_that_names_everything_leaves_one_ending(scenario, hand):
    """Where every choice is named and open there is no chance left: the ending is the one a game comes to."""
    state = rules.opening(scenario, scenario.default_school()).state
    opening, named = state, {}
    while state.ending is None:
        occurrence = scenario.agenda[state.position]
        is_open = [k for k, offer in enumerate(rules.options(scenario, state)) if offer.is_open]
        k = named[state.position] = is_open[mix(hand ^ occurrence.key) % len(is_open)]
        option = scenario.scene_of(occurrence).option[k].id
        state = rules.advance(scenario, state, rules.Choice(occurrence.full, option)).state
    found = exact(scenario, opening, Plan(named))
    assert {name: share for name, share in found.endings.items() if share} == {state.ending: 1.0}


def test_history_leaves_one_ending_of_thirteen_days(thirteen_days):
    """A plan that names all of 1962 makes even the longest scenario small, save for what no history names."""
    opening = rules.opening(thirteen_days, thirteen_days.default_school()).state
    named = {one.position: 0 for one in thirteen_days.agenda if thirteen_days.scene_of(one).option} | dict(
        seated(thirteen_days, "history", [*thirteen_days.seats, FATE]).named
    )
    found = exact(thirteen_days, opening, Plan(named))
    assert sorted(share for share in found.endings.values() if share) == [1.0]


def test_a_game_that_is_over_keeps_its_ending(small_crisis):
    """Nothing can follow the end."""
    game = Game(small_crisis, header(small_crisis, 1))
    game.run()
    found = exact(small_crisis, game.state, Plan({}))
    assert found.endings[game.state.ending] == 1
    assert sum(found.endings.values()) == 1
    assert found.roads == {}


def test_too_large_a_tree_is_refused_in_words(thirteen_days):
    """The scenario that ships is beyond the oracle, which says so in plain words instead of working for ever."""
    opening = rules.opening(thirteen_days, thirteen_days.default_school()).state
    with pytest.raises(UsageError, match="too many") as raised:
        exact(thirteen_days, opening, Plan({}))
    assert refused(str(raised.value)) is None


# Against many worlds


def shares(case: Case, played: Played) -> dict[object, np.ndarray]:
    """What each world gives to every ending but nuclear war, and to every road to it."""
    given_to: dict[object, np.ndarray] = {
        ending.id: np.where(played.endings == place, played.weights, 0)
        for place, ending in enumerate(case.scenario.endings)
        if ending.kind != "nuclear"
    }
    return given_to | dict(zip(played.roads, played.booked, strict=True))


def worlds_come_to(case: Case, luck: Luck, found: Exact, first: int, *, counted: bool) -> None:
    """Every share lies within four standard errors of the oracle's probability.

    The error is that of drawn worlds, which counting never exceeds; the allowance of five worlds is for the rarest.
    """
    played = case.play(case.start(range(first, first + WORLDS)), luck, counted=counted)
    for name, each in shares(case, played).items():
        chance = found.roads.get(name, 0.0) if name in played.roads else found.endings[name]
        is_sure = min(chance, 1 - chance) <= 1e-12
        error = 1e-9 if is_sure else 4 * np.sqrt(chance * (1 - chance) / WORLDS) + 5 / WORLDS
        assert abs(each.mean() - chance) <= error, name


@settings(max_examples=40)
@given(cases(), st.integers(0, 2**52))
def test_many_worlds_come_to_what_the_oracle_says(case, first):
    """From any moment, war drawn or counted, luck drawn or spared: endings and roads are as likely as in the tree."""
    for luck in LUCKS:
        found = walked(case, luck)
        is_whole(case.scenario, found)
        for counted in (True, False):
            worlds_come_to(case, luck, found, first, counted=counted)


@pytest.mark.parametrize("luck", ["drawn", "spared"])
@pytest.mark.parametrize("how", ["weights", "at random", "recorded"])
def test_worlds_of_the_small_crisis_come_to_what_the_oracle_says(small_crisis, luck, how):
    """By the standard error of the worlds themselves, and war counted is never noisier than war drawn."""
    plan = {
        "weights": Plan({}),
        "at random": Plan({}, ("west",)),
        "recorded": Plan({k: m for k, m in taken(small_crisis, 5).items() if small_crisis.agenda[k].seat != FATE}),
    }[how]
    case = Case(small_crisis, rules.opening(small_crisis, "grim").state, plan, {}, how)
    found = exact(small_crisis, case.state, plan, luck)
    drawn, counted = (
        shares(case, case.play(case.start(range(20_000)), luck, counted=is_counted)) for is_counted in (False, True)
    )
    for name in counted:
        chance = found.roads.get(name, 0.0) if name not in found.endings else found.endings[name]
        for each in (drawn[name], counted[name]):
            if chance * 20_000 > 20:
                assert abs(each.mean() - chance) <= 4 * each.std(ddof=1) / np.sqrt(20_000) + 1e-12, name
            else:
                assert abs(each.mean() - chance) <= 40 / 20_000, name
        assert counted[name].std() <= drawn[name].std() * 1.02 + 1e-12
