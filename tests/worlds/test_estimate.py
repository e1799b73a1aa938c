"""Law 8 for the estimate at the table: nothing that a seat cannot see moves it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from excomm_game.engine import policy as policies
from excomm_game.engine.fate import mix
from excomm_game.engine.game import Game
from excomm_game.engine.record import ChoiceLine
from excomm_game.engine.replay import replay
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.files.places import history_save
from excomm_game.files.saves import read
from excomm_game.worlds.estimate import estimate
from excomm_game.worlds.risk import Figure, foresight
from tests import strategies as some
from tests.authoring import OVER, TOO_HOT, crisis, hour, option, scene
from tests.headers import header

WORLDS = 60


def estimates_of(scenario: Scenario, seat: str, in_sight: int, out_of_sight: int) -> list[Figure | None]:
    """Play every seat and fate by two hands, one where `seat` is told, one elsewhere; the estimates at its turns."""
    game = Game(scenario, header(scenario, 1))
    found = []
    while (occurrence := game.awaited) is not None:
        if occurrence.seat == seat:
            found.append(estimate(scenario, game.state, game.choices, seat, WORLDS))
        is_told = seat in scenario.readers(scenario.scene_of(occurrence))
        ids = policies.open_ids(scenario, game.state, occurrence)
        option = ids[mix((in_sight if is_told else out_of_sight) ^ occurrence.key) % len(ids)]
        row = ChoiceLine(n=len(game.steps), at="", scene=occurrence.label, option=option, by="model", state="0" * 16)
        game.apply_row(row)
    return found


@settings(max_examples=40, deadline=None)
@given(some.scenarios(apart=True), some.hands, some.hands, some.hands)
def test_law_8_hidden_choices_do_not_move_the_estimate(scenario, in_sight, one, other):
    """Two games that differ only in what a seat cannot see give it equal estimates at every turn."""
    seat = scenario.seats[0]
    assert estimates_of(scenario, seat, in_sight, one) == estimates_of(scenario, seat, in_sight, other)


@settings(max_examples=40, deadline=None)
@given(some.scenarios(), some.hands, some.hands)
def test_law_8_hidden_values_do_not_move_the_estimate(scenario, hand, hidden):
    """Change every value a seat cannot see: its estimate is the same."""
    seat = scenario.seats[0]
    game = Game(scenario, header(scenario, 1))
    while (occurrence := game.awaited) is not None:
        if occurrence.seat == seat:
            values = list(game.state.values)
            for slot, name in enumerate(scenario.names):
                symbol = scenario.scope[name]
                if not scenario.sees(seat, name):
                    span = int(symbol.high - symbol.low) if symbol.kind == "number" else max(1, len(symbol.words) - 1)
                    drawn = mix(hidden ^ slot) % (span + 1)
                    values[slot] = bool(drawn) if symbol.kind == "truth" else int(symbol.low) + drawn
            other = game.state._replace(values=tuple(values))
            assert estimate(scenario, game.state, game.choices, seat, WORLDS) == estimate(
                scenario, other, game.choices, seat, WORLDS
            )
        ids = policies.open_ids(scenario, game.state, occurrence)
        option = ids[mix(hand ^ occurrence.key) % len(ids)]
        game.apply_row(
            ChoiceLine(n=len(game.steps), at="", scene=occurrence.label, option=option, by="model", state="0" * 16)
        )


def test_news_moves_it(thirteen_days):
    """Along history the estimate is near foresight where nothing is hidden, and moves from day to day."""
    game = replay(thirteen_days, read(history_save()).record).game
    at_start = estimate(thirteen_days, game.steps[0].state, [], "washington", 2_000)
    assert at_start is not None
    assert abs(at_start.p - foresight(thirteen_days, game.steps[0].state, 2_000).nuclear.p) < 0.02
    later = [
        estimate(thirteen_days, game.steps[n].state, game.choices[:n], "washington", 500)
        for n in range(0, len(game.steps) - 1, 12)
    ]
    assert len({one.p for one in later if one}) > 5


def test_a_danger_that_was_survived_is_no_part_of_it():
    """Even odds of war stand before each of two nights: three in four at first, and one in two after the first."""
    odds = option("quiet"), option("storm", ends="too-hot")
    nights = [scene(f"night-{n}", hour(15 + n, 20), *odds, seat=FATE, pathway="storm") for n in (1, 2)]
    scenario = some.scenario_of(crisis(*nights, scene("between", hour(17, 9), option("on")), ending=[TOO_HOT, OVER]))
    game = Game(scenario, header(scenario, 1, {"west": "person"}, "spared"))
    game.run()
    for awaited, chance in (("first", 0.75), ("between", 0.5)):
        assert game.awaited.label == awaited
        told = estimate(scenario, game.state, game.choices, "west", WORLDS)
        assert abs(told.p - chance) < 1e-9
        game.choose(scenario.scene_of(game.awaited).option[0].id)


@settings(max_examples=20, deadline=None)
@given(some.scenarios(), st.sampled_from([1, 5]))
def test_of_too_few_worlds_nothing_is_said(scenario, worlds):
    """Where hardly a world has come this far there is no estimate, rather than a wild one."""
    state = Game(scenario, header(scenario, 1)).state
    assert estimate(scenario, state, [], scenario.seats[0], worlds) is None
