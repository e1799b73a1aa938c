"""A game as its player hands it in: nothing written is lost, changed or read as markup, on a page or in a terminal."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excomm_game.debrief.own import own_choices, replies
from excomm_game.debrief.page import page
from excomm_game.debrief.pages import UNANSWERED, pages
from excomm_game.debrief.shapes import debrief_object
from excomm_game.debrief.whole import Debrief, debrief
from excomm_game.engine.assignment import Assignment
from excomm_game.engine.game import Game
from excomm_game.engine.policy import open_ids
from excomm_game.files import scenarios
from excomm_game.plain.debrief import printed
from tests.debrief.test_page import HOSTILE, Page
from tests.headers import header
from tests.program import SMALL
from tests.strategies import prose

QUESTIONS = ("What would you do again?", f"What did you not know? {HOSTILE}", "Where were you lucky?")
NEVER_ASKED = {"own", "answers"}


class HandedIn(NamedTuple):
    """A game explained, and the page of it."""

    told: Debrief
    written: str


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small crisis, whose western seat chooses every morning and twice at the end."""
    folder = tmp_path_factory.mktemp("own") / "small-crisis"
    folder.mkdir()
    (folder / "scenario.toml").write_bytes(SMALL.read_bytes())
    return scenarios.load(str(folder))


def begun(scenario, **asked) -> Game:
    """A game that is assigned, at its first choice."""
    assignment = Assignment(
        title=f"A lesson {HOSTILE}", scenario="small-crisis", edition=1, seat="west", school="calm",
        questions=QUESTIONS, **asked,
    )  # fmt: skip
    named = {"player": f"Zoë {HOSTILE}", "assignment": assignment.header()}
    game = Game(scenario, header(scenario, 5, {"west": "person"}).model_copy(update=named))
    game.run()
    return game


def play_on(game: Game, reason: str | None = None) -> None:
    """Take the first open option until the end."""
    while (occurrence := game.awaited) is not None:
        game.choose(open_ids(game.scenario, game.state, occurrence)[0], reason and f"{reason} {len(game.choices)}")


@pytest.fixture(scope="module")
def handed_in(small) -> HandedIn:
    """A game with a reason at each choice, one choice taken back, one left to the clock, two of three answers."""
    game = begun(small, reasons="every", seconds=60)
    game.choose("threaten", f"It was the first thought. {HOSTILE}")
    game.back(game.last_own())
    game.choose("wait", f"A day costs little. {HOSTILE}")
    game.let_time_run_out()
    play_on(game, f"As before. {HOSTILE}")
    game.answer(QUESTIONS[1], f"The other fleet.\n\n{HOSTILE}")
    game.answer(QUESTIONS[0], "The waiting.")
    told = debrief(game, 50)
    return HandedIn(told, page(told))


def close(text: str) -> str:
    """Return a text with single spaces, as a reader of a page has it."""
    return " ".join(text.split())


def part(written: str, name: str) -> str:
    """Return what is read in one part of a page, from its heading to the next part."""
    found = re.search(rf'<section id="{name}".*?(?=<section id=|<section class="key"|</main>)', written, re.DOTALL)
    assert found
    return Page(found.group()).text


def test_name_and_lesson_head_the_page(handed_in):
    """Before anything else stand whose it is and what it was asked for, as they were written."""
    text = Page(handed_in.written).text
    lesson, name = close(f"A lesson {HOSTILE}"), close(f"Zoë {HOSTILE}")
    assert text.startswith(lesson)  # the document's own title
    body = Page(handed_in.written[handed_in.written.index("<body>") :]).text
    assert body.startswith(f"{lesson}{name}")


def test_every_choice_has_its_reason_and_its_outcome_beside_it(handed_in):
    """In the order of the days: the scene, what was chosen, what came of it, the reason."""
    text, place = part(handed_in.written, "own"), 0
    own = own_choices(handed_in.told)
    assert [one.turn.told.n for one in own] == [
        choice.n for choice, turn in zip(handed_in.told.game.choices, handed_in.told.turns, strict=True)
        if turn.told.occurrence.seat == "west"
    ]  # fmt: skip
    for one in own:
        told = one.turn.told
        for said in (told.title, told.label, told.outcome, told.reason):
            place = text.index(close(said), place)


def test_questions_and_answers_close_the_page(handed_in):
    """All that was asked stands last, in the order in which it was asked, whatever came first; what is owed says so."""
    text = part(handed_in.written, "answers")
    answers = ["The waiting.", f"The other fleet.\n\n{HOSTILE}", UNANSWERED]
    expected = " ".join(close(f"{question} {answer}") for question, answer in zip(QUESTIONS, answers, strict=True))
    assert text == f"Questions, and your answers {expected}"
    after = handed_in.written[handed_in.written.index('<section id="answers"') :]
    assert after.count("<section") == 1


def test_what_was_taken_back_and_what_the_clock_chose_is_marked(handed_in):
    """Each says so where it was chosen, and the clock's choice counts as nobody's judgement."""
    first, second = own_choices(handed_in.told)[:2]
    assert [one.label for one in first.undone] == ["Threaten"]
    assert (first.seconds, second.seconds) == (None, 60)
    text = part(handed_in.written, "own")
    assert close(f"Taken back: Threaten. You had written: It was the first thought. {HOSTILE}") in text
    assert text.count("within 60 seconds: the odds decided.") == 1
    assert "one choice was taken back" in text
    row = re.search(rf'<tr id="choice-{second.turn.told.n}".*?</tr>', handed_in.written, re.DOTALL)
    assert row
    assert Page(row.group()).text.count("the clock") == 2
    assert second.turn.doing == "theirs"
    assert "the other seats and the clock" in Page(handed_in.written).text


def test_whatever_a_student_writes_is_text(handed_in):
    """Tags, quotes and braces in a name, a reason or an answer make no element and run nowhere."""
    made = Page(handed_in.written)
    assert set(made.tags).isdisjoint({"script", "img"})
    assert not [name for _, attributes in made.elements for name in attributes if name.startswith("on")]
    assert "5929" not in handed_in.written


@settings(max_examples=12)
@given(st.lists(prose.filter(str.strip), min_size=2, max_size=2))
def test_any_reason_and_any_answer_is_read_as_written(small, texts):
    """Whatever the letters, the page gives them back."""
    reason, answer = texts
    game = begun(small, reasons="every")
    while (occurrence := game.awaited) is not None:
        game.choose(open_ids(small, game.state, occurrence)[0], reason)
    game.answer(QUESTIONS[2], answer)
    written = page(debrief(game, 10, short=True))
    assert part(written, "own").count(close(reason)) >= game.yours()
    assert part(written, "answers").endswith(close(f"{QUESTIONS[2]} {answer}"))


def test_a_game_with_none_of_it_has_no_such_parts(told, written):
    """The historical game was asked nothing and took nothing back: its page has the parts it always had."""
    made = Page(written)
    ids = {attributes["id"] for tag, attributes in made.elements if tag == "section" and "id" in attributes}
    assert ids.isdisjoint(NEVER_ASKED)
    assert "lesson" not in {attributes.get("class") for _, attributes in made.elements}
    assert not re.search(r"the clock|Not answered|[Tt]aken back|Your reason", made.text)
    made_object = debrief_object(told)
    assert "answers" not in made_object
    assert not any("reason" in turn for turn in made_object["turns"])


def test_a_reason_that_nobody_asked_for_stands_there_too(small):
    """Without an assignment the reasons a player gave are told beside the choices, and no question is."""
    game = Game(small, header(small, 5, {"west": "person"}))
    game.run()
    play_on(game, "I thought of the children.")
    written = page(debrief(game, 20, short=True))
    assert part(written, "own").count("I thought of the children.") == game.yours()
    assert '<section id="answers"' not in written


def test_a_terminal_tells_them_too(handed_in):
    """The story of the pages of words has every reason, mark, question and answer; the answers are its end."""
    (story,) = (one for one in pages(handed_in.told) if one.id == "story")
    said = [close(text) for one in story.sections for entry in one.entries for text in (entry.text, *entry.notes)]
    for one in own_choices(handed_in.told):
        assert not one.turn.told.reason or close(f"You wrote: {one.turn.told.reason}") in said
    assert close(f"Taken back: Threaten. You had written: It was the first thought. {HOSTILE}") in said
    assert "Nothing was chosen within 60 seconds: the odds decided." in said
    given = replies(handed_in.told.game)
    assert [entry.text for entry in story.sections[-1].entries] == [one.question for one in given] == list(QUESTIONS)
    assert story.sections[-1].entries[1].notes == ("The other fleet.", HOSTILE)
    assert "\n".join(printed(handed_in.told)).count(UNANSWERED) == 1


def test_scripts_read_them_too(handed_in):
    """The object has each reason with its choice, and the answers by question."""
    made = debrief_object(handed_in.told)
    reasons = [choice.reason for choice in handed_in.told.game.choices]
    assert [turn.get("reason") for turn in made["turns"]] == reasons
    assert [one["question"] for one in made["answers"]] == list(QUESTIONS)
    assert made["answers"][0]["text"] == "The waiting."


@settings(max_examples=30)
@given(st.lists(st.integers(0, 5), max_size=14))
def test_no_step_back_is_lost(small, moves):
    """However often one steps back, each step that counts is told under exactly one choice of one's own."""
    game = begun(small)
    for move in moves:
        last, occurrence = game.last_own(), game.awaited
        if (move == 5 or occurrence is None) and last is not None:
            game.back(last)
        elif occurrence is not None:
            options = open_ids(small, game.state, occurrence)
            game.choose(options[move % len(options)])
    play_on(game)
    undone = [one for own in own_choices(debrief(game, 5, short=True)) for one in own.undone]
    assert len(undone) == game.takebacks()
