"""Assignments: their rules travel in the save, hold at play, and survive the way to a file and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.branch import branch
from excomm_game.engine.errors import ExcommError, IllegalChoice, UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.lines import Decoded, decode, encode
from excomm_game.engine.policy import open_ids
from excomm_game.engine.replay import replay
from excomm_game.files.scenarios import load
from tests.headers import header
from tests.program import SMALL
from tests.strategies import lines

ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
questions = st.lists(lines.filter(str.strip), min_size=2, max_size=6, unique=True)


@st.composite
def assignments(draw):
    """Any assignment a teacher may write."""
    reasons = draw(st.sampled_from(["every", "marked", "none"]))
    return Assignment(
        title=draw(lines.filter(bool)),
        scenario=draw(ids),
        edition=draw(st.integers(1, 99)),
        seat=draw(ids),
        school=draw(ids),
        luck=draw(st.sampled_from(["drawn", "spared"])),
        seed=draw(st.none() | st.integers(0, 2**53 - 1)),
        takebacks=draw(st.booleans()),
        estimate=draw(st.booleans()),
        reasons=reasons,
        marked=tuple(draw(st.lists(ids, min_size=1, max_size=4))) if reasons == "marked" else (),
        seconds=draw(st.none() | st.integers(10, 3600)),
        questions=tuple(draw(questions)),
    )


ASKED = {
    "title": "A lesson", "scenario": "small-crisis", "edition": 1, "seat": "west", "school": "calm",
    "questions": ["Why?", "What did you not know?"],
}  # fmt: skip


def assigned(tmp_path, **asked):
    """A game of the small crisis under an assignment, and the scenario."""
    folder = tmp_path / "small-crisis"
    folder.mkdir(exist_ok=True)
    (folder / "scenario.toml").write_bytes(SMALL.read_bytes())
    scenario = load(str(folder))
    made = Assignment.model_validate(ASKED | asked)
    game = Game(scenario, header(scenario, 5, {"west": "person"}).model_copy(update={"assignment": made.header()}))
    game.run()
    return game


def play_on(game) -> None:
    """Take the first open option until the end."""
    while (occurrence := game.awaited) is not None:
        game.choose(open_ids(game.scenario, game.state, occurrence)[0])


def read_back(game) -> Decoded:
    """What a save of a game says when it is read again."""
    return decode(encode([game.header, *game.rows])[0], "a save")


@given(assignments())
def test_an_assignment_survives_its_header(made):
    """What a header keeps is the same assignment, with the same hash."""
    again = Assignment.of_header(made.header())
    assert again == made
    assert again.sha256 == made.sha256


@given(assignments(), st.data())
def test_a_header_that_was_altered_is_refused(made, data):
    """Changing any line of it, or leaving one out, is noticed."""
    kept = made.header()
    name = data.draw(st.sampled_from(sorted(kept)))
    if data.draw(st.booleans()):
        del kept[name]
    else:
        kept[name] += "x"
    with pytest.raises(ExcommError):
        Assignment.of_header(kept)


@pytest.mark.parametrize(
    "wrong",
    [
        {"questions": ["Only one?"]}, {"questions": [f"{n}?" for n in range(7)]}, {"questions": ["Why?", "Why?"]},
        {"reasons": "marked"}, {"marked": ["morning"]}, {"seconds": 5}, {"seed": -1}, {"luck": "history"},
        {"unknown": 1}, {"takebacks": "yes"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_assignment_is_refused(wrong):
    """Odd rules are refused, each as it stands."""
    with pytest.raises(ValidationError):
        Assignment.model_validate(ASKED | wrong)


def test_a_reason_that_is_asked_for_must_be_given(tmp_path):
    """A choice without its reason changes nothing; with it, it is taken."""
    game = assigned(tmp_path, reasons="marked", marked=["morning"])
    before = game.record
    for reason in (None, "", "  "):
        with pytest.raises(IllegalChoice, match="reason"):
            game.choose("wait", reason)
    assert game.record == before
    game.choose("wait", "It costs nothing.")
    assert game.choices


def test_nothing_is_taken_back_where_that_is_forbidden(tmp_path):
    """A choice stands once its page is left; without the rule it may be taken back."""
    for takebacks in (True, False):
        game = assigned(tmp_path, takebacks=takebacks)
        game.choose("wait")
        if takebacks:
            game.back(0)
        else:
            with pytest.raises(UsageError, match="taken back"):
                game.back(0)


def test_a_free_step_back_opens_no_way_further_back(tmp_path):
    """Where one may think twice about a page, what came before that page stands all the same."""
    game = assigned(tmp_path, takebacks=False)
    while not game.is_free_back():
        occurrence = game.awaited
        game.choose(open_ids(game.scenario, game.state, occurrence)[0])
    last = game.last_own()
    before = game.record
    assert last > 0
    for n in range(last):
        if not game.is_free_back(n):
            with pytest.raises(UsageError, match="taken back"):
                game.back(n)
            assert game.record == before
    assert not game.is_free_back(0)
    game.back(last)


def test_questions_are_answered_once_and_after_the_end(tmp_path):
    """Answers are kept in the save, in any order, each once; a game that is not over owes none."""
    game = assigned(tmp_path)
    assert game.unanswered() == ()
    play_on(game)
    assert game.unanswered() == ("Why?", "What did you not know?")
    for wrong in ("", "  ", "a\x07b", "x" * 10_001):
        with pytest.raises(UsageError):
            game.answer("Why?", wrong)
    game.answer("What did you not know?", "Nearly everything.\nAnd <b>that</b>.")
    with pytest.raises(UsageError):
        game.answer("What did you not know?", "Again.")
    assert game.unanswered() == ("Why?",)
    kept = read_back(game)
    assert kept.record == game.record
    folded = replay(game.scenario, kept.record, redraw=True)
    assert folded.fault is None
    assert folded.game.unanswered() == ("Why?",)


def test_when_time_runs_out_the_odds_decide_and_it_verifies(tmp_path):
    """The choice is the model's, says so, and is drawn again when the save is verified."""
    game = assigned(tmp_path, seconds=60)
    rows = game.let_time_run_out()
    assert (rows[0].by, rows[0].took) == ("model", 60)
    play_on(game)
    assert replay(game.scenario, read_back(game).record, redraw=True).fault is None
    with pytest.raises(UsageError):
        assigned(tmp_path).let_time_run_out()


def test_a_branch_is_nobodys_to_hand_in(tmp_path):
    """A branch of an assigned game goes on without the assignment."""
    game = assigned(tmp_path, takebacks=False)
    game.choose("wait")
    decoded = read_back(game)
    assert branch(game.scenario, decoded.record, 1, decoded.chains).header.assignment is None
