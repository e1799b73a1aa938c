"""Law 10 and what rests on it: judgement, theirs and luck are told apart and sum to the whole way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excomm_game.debrief.judgement import decisive, summed, turns
from excomm_game.debrief.whole import debrief
from excomm_game.engine.errors import UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.record import YOURS
from excomm_game.engine.replay import replay
from excomm_game.files.places import history_save
from excomm_game.files.saves import read
from excomm_game.worlds.risk import foresight
from tests import strategies as some
from tests.headers import header

DOINGS = ("judgement", "theirs", "luck")


@pytest.fixture(scope="module")
def history(thirteen_days) -> Game:
    return replay(thirteen_days, read(history_save()).record).game


def adds_up(game: Game, worlds: int) -> None:
    made = turns(game, worlds)
    if not made:
        return
    end = 1.0 if game.kind == "nuclear" else 0.0
    start = foresight(game.scenario, game.steps[0].state, worlds).nuclear.p
    whole = sum(summed(made, doing) for doing in DOINGS)
    assert whole == pytest.approx(end - start, abs=1e-9)
    for turn in made:
        seat = turn.told.occurrence.seat
        assert (turn.doing == "luck") == (seat == "fate" and turn.told.by not in YOURS)
        assert (turn.doing == "judgement") == (turn.told.by in YOURS)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_law_10_the_three_sum_to_the_whole(data):
    """Judgement, theirs and luck sum to ending minus opening, whatever was played."""
    scenario = data.draw(some.scenarios())
    game = Game(scenario, header(scenario, data.draw(some.seeds), {scenario.seats[0]: "policy:random"}))
    game.run()
    adds_up(game, 25)


def test_law_10_over_thirteen_days(history, thirteen_days):
    """So they do along history, and in a game that ended badly."""
    adds_up(history, 60)
    for seed in range(40):
        game = Game(thirteen_days, header(thirteen_days, seed, {"washington": "policy:invasion"}))
        game.run()
        if game.kind == "nuclear":
            adds_up(game, 60)
            return
    raise AssertionError("no invasion of forty ended in nuclear war")


def test_the_choices_that_mattered(history):
    """Three of your own, the strongest first, each beside all that was open then, the least dangerous first."""
    made = turns(history, 200)
    mattered = decisive(history, made, 200)
    assert [one.turn.doing for one in mattered] == ["judgement"] * 3
    moves = [abs(one.turn.moved) for one in mattered]
    assert moves == sorted(moves, reverse=True)
    own = [abs(turn.moved) for turn in made if turn.doing == "judgement"]
    assert moves == sorted(own, reverse=True)[:3]
    for one in mattered:
        risks = [other.after.p for other in one.others]
        assert risks == sorted(risks)
        assert one.turn.told.option not in [other.option for other in one.others]


def test_a_game_that_is_not_over_keeps_its_secrets(thirteen_days):
    """Before the end there is no debrief, unless all may be revealed."""
    game = Game(thirteen_days, header(thirteen_days, 1, {"washington": "person"}))
    game.run()
    with pytest.raises(UsageError, match="not over"):
        debrief(game, 50)
    told = debrief(game, 50, reveal=True)
    assert told.judges == ()
    assert told.game is game


def test_beside_history(history, thirteen_days):
    """The real line is history's in every choice; another first departs where its first other choice stands."""
    told = debrief(history, 50, short=True)
    assert told.versus.same == told.versus.of > 20
    assert told.versus.first_divergence is None
    other = Game(thirteen_days, header(thirteen_days, 3, {"washington": "policy:invasion"}))
    other.run()
    departs = debrief(other, 50, short=True).versus.first_divergence
    assert departs is not None
    assert all(turn.told.was_history or not turn.told.in_1962 for turn in turns(other, 10)[: departs - 1])


def test_by_other_assumptions(history, thirteen_days):
    """Every school looks at the same choices; the game's own is marked, and Bundy sees least, Dixit most."""
    told = debrief(history, 400)
    risks = {one.school: one.ran.nuclear.p for one in told.schools}
    assert list(risks) == list(thirteen_days.schools)
    assert [one.school for one in told.schools if one.is_own] == ["kennedy"]
    assert risks["bundy"] < risks["kennedy"] < risks["ellsberg"] < risks["dixit"]
    assert told.survived == round(400 * (1 - told.ran.nuclear.p))
