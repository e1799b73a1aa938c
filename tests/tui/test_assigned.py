"""A game under an assignment at the full screen: its rules hold, its questions are asked, nothing written is lost."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from excomm_game.engine.assignment import MAX_ANSWER
from excomm_game.engine.record import AnswerLine
from excomm_game.engine.text import refused
from excomm_game.files.drafts import keep, place, read
from excomm_game.tui import countdown
from excomm_game.tui.app import ExcommApp
from excomm_game.tui.archive import Sitting
from excomm_game.tui.screens.reflection import NOTED_SECONDS
from tests.tui.games import SHORT, assigned, begin, on_disk, own, play_out, resume, sitting_of, small, verify
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down
from tests.tui.test_failures import FULL, Refusing
from tests.tui.test_playing import UNSAFE, saved_at_once, table_of, turn_pages

FIRST, SECOND = "What mattered-most?", "What did you not-know?"


def answers(sitting: Sitting) -> dict[str, str]:
    """The answers that the save on the disk holds."""
    rows = on_disk(sitting.key).record.rows
    return {row.answer.question: row.answer.text for row in rows if isinstance(row, AnswerLine)}


async def begun(person: Person) -> None:
    """Read the rules and turn to the first page."""
    assert person.room() == "Notice"
    await person.press("enter")
    await turn_pages(person)


def draft_of(key: str) -> Path:
    """The file of what was begun beside a save."""
    return place(Path(key), on_disk(key).record.header)


@pytest.fixture
def over(disk) -> str:
    """A game that is over but for its two questions."""
    return play_out(disk, assigned(small()), SHORT)


class TestRules:
    """What an assignment asks holds at the table."""

    @at_the_keyboard
    async def test_they_are_said_first(self, make):
        """Before the first page, and again when the game is resumed; each forbids or asks what it says."""
        rules = {"takebacks": False, "estimate": False, "reasons": "every", "seconds": 90}
        app = make(begin(assigned(small(), **rules)))
        async with sat_down(app) as person:
            for words in ("A lesson", "No choice can be taken back", "needs a reason", "No estimate", "1 minute 30"):
                assert words in person.words()
            await begun(person)
            key = sitting_of(app).key
        again = make(resume(key))
        async with sat_down(again) as person:
            assert "No choice can be taken back" in person.words()

    @at_the_keyboard
    async def test_a_reason_that_is_needed(self, make):
        """The commitment opens on the line for the reason, and does not stand without one."""
        app = make(begin(assigned(small(), reasons="marked", marked=["morning"])))
        async with sat_down(app) as person:
            await begun(person)
            await person.press("3", "3")
            assert person.rooms()[-2:] == ["Commit", "WriteLine"]
            await person.press("enter", "enter")
            assert person.rooms()[-2:] == ["Commit", "WriteLine"], "without one it is asked again"
            await person.press("space", "enter", "y")
            assert not own(sitting_of(app).game)
            await person.type("They must hear us.")
            await person.press("enter")
            assert person.room() == "Commit"
            assert "They must hear us." in person.words()
            await person.press("enter")
            (choice,) = own(sitting_of(app).game)
            assert (choice.option, choice.reason) == ("threaten", "They must hear us.")
            saved_at_once(person)

    @at_the_keyboard
    async def test_one_can_go_back_from_a_reason(self, make):
        """Whoever took the wrong option leaves it, with nothing chosen."""
        app = make(begin(assigned(small(), reasons="every")))
        async with sat_down(app) as person:
            await begun(person)
            await person.press("3", "3", "enter", "n")
            assert person.room() == "Table"
            assert not own(sitting_of(app).game)

    @at_the_keyboard
    async def test_a_scene_that_is_not_marked_needs_none(self, make):
        """There the commitment is as ever."""
        app = make(begin(assigned(small(), reasons="marked", marked=["letter-terms"])))
        async with sat_down(app) as person:
            await begun(person)
            await person.press("3", "3")
            assert person.room() == "Commit"
            await person.press("enter")
            assert len(own(sitting_of(app).game)) == 1

    @at_the_keyboard
    async def test_a_takeback_that_is_forbidden(self, make):
        """It is refused in words once the page is left; inside a sitting it stays free."""
        app = make(begin(assigned(small(), takebacks=False)))
        async with sat_down(app) as person:
            await begun(person)
            for option in ("1", "3", "1"):
                await person.press(option, "enter", "enter")
                before = sitting_of(app).game.record
                await person.press("u")
                assert "lets no choice be taken back" in person.words()
                await person.press("enter")
                assert sitting_of(app).game.record == before
                await turn_pages(person)
            await person.press("1", "1", "enter")
            await turn_pages(person)
            assert table_of(person).page.scene.startswith("letter-terms")
            await person.press("u")
            assert own(sitting_of(app).game)[-1].option == "wait"
            saved_at_once(person)

    @pytest.mark.with_estimates
    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_an_estimate_that_is_not_to_be_shown(self, make, size):
        """It is not worked out, does not stand beside the page, and neither key nor palette tells of it."""
        app = make(begin(assigned(small(), estimate=False)))
        async with sat_down(app, size) as person:
            await begun(person)
            assert not [worker for worker in app.workers if worker.group == "estimate"]
            assert "stimate" not in person.words()
            await person.press("e")
            assert person.room() == "Table"
            await person.press("?")
            assert "estimate" not in person.words()

    @at_the_keyboard
    async def test_an_assignment_that_forbids_nothing(self, make):
        """Leaves everything as it is."""
        app = make(begin(assigned(small())))
        async with sat_down(app) as person:
            await begun(person)
            await person.press("e")
            assert "no prophecy" in person.words()
            await person.press("enter", "1", "1", "enter", "u", "y")
            assert not own(sitting_of(app).game)


class TestTime:
    """A limit for each choice."""

    @pytest.fixture
    def clock(self, monkeypatch):
        """The seconds that have passed, to be set."""
        now = [1_000.0]
        monkeypatch.setattr(countdown, "monotonic", lambda: now[0])
        return now

    @at_the_keyboard
    async def test_it_is_shown_and_runs(self, make, clock):
        """Over the choices, from when the page is there; looking at the whole page gains nothing."""
        app = make(begin(assigned(small(), seconds=90)))
        async with sat_down(app) as person:
            clock[0] += 500
            await begun(person)
            assert "1:30 left" in person.sees()
            clock[0] += 25
            table_of(person)._tick()
            await person.settle()
            assert "1:05 left" in person.sees()
            await table_of(person).show_page(whole=True)
            await person.settle()
            assert "1:05 left" in person.sees()

    @pytest.mark.parametrize("over_it", [[], ["c"], ["j"], ["x"], ["?"], ["3", "3"], ["3", "3", "r"], ["o"]])
    @at_the_keyboard
    async def test_when_it_runs_out(self, make, clock, over_it):
        """The odds decide, whatever stands over the table; it is said, saved and verifies, and the game goes on."""
        app = make(begin(assigned(small(), seconds=60)))
        async with sat_down(app) as person:
            await begun(person)
            await person.press(*over_it)
            table = next(screen for screen in app.screen_stack if hasattr(screen, "countdown"))
            clock[0] += 61
            table._tick()
            await person.settle()
            game = sitting_of(app).game
            assert person.rooms() == ["Title", "Table"]
            assert (game.choices[0].by, game.choices[0].took) == ("model", 60)
            assert "Your time ran out. The odds took" in person.words()
            saved_at_once(person)
            await turn_pages(person)
            assert "1:00 left" in person.sees()
            await person.press("1", "1", "enter")
            assert len(own(game)) == 1
        verify(sitting_of(app).key if app.sitting else app.played.key)

    @pytest.mark.parametrize("reasons", ["every", "none"])
    @at_the_keyboard
    async def test_a_reason_that_is_being_written_is_not_lost(self, make, clock, reasons):
        """When the time runs out then, what it was written for is taken, with as much of it as there is."""
        app = make(begin(assigned(small(), seconds=60, reasons=reasons)))
        async with sat_down(app) as person:
            await begun(person)
            await person.press("3", "3", *([] if reasons == "every" else ["r"]))
            await person.type("half a thought")
            table = next(screen for screen in app.screen_stack if hasattr(screen, "countdown"))
            clock[0] += 61
            table._tick()
            await person.settle()
            game = sitting_of(app).game
            assert person.rooms() == ["Title", "Table"]
            (choice,) = own(game)
            assert (choice.by, choice.reason) == ("person", "half a thought")
            assert "Your time ran out, and your reason stands." in person.words()
            saved_at_once(person)
        verify(sitting_of(app).key if app.sitting else app.played.key)

    @at_the_keyboard
    async def test_a_warning_comes_before(self, make, clock):
        """Whoever reads elsewhere is told that little is left."""
        app = make(begin(assigned(small(), seconds=60)))
        async with sat_down(app) as person:
            await begun(person)
            table = table_of(person)
            await person.press("j")
            clock[0] += 50.5
            table._tick()
            await person.settle()
            assert "10 seconds are left" in person.words()

    @at_the_keyboard
    async def test_no_time_runs_while_nothing_is_asked(self, make, clock):
        """Reading what has come of it, or what has reached one, takes as long as it takes."""
        app = make(begin(assigned(small(), seconds=60)))
        async with sat_down(app) as person:
            await begun(person)
            await person.press("1", "1", "enter")
            clock[0] += 1_000
            table_of(person)._tick()
            await person.settle()
            assert len(sitting_of(app).game.choices) == len(on_disk(sitting_of(app).key).record.standing())
            assert all(choice.took != 60 for choice in sitting_of(app).game.choices)

    @at_the_keyboard
    async def test_nor_while_a_choice_cannot_be_saved(self, clock):
        """A full disk costs nobody a choice."""
        app = ExcommApp(Refusing(1), begin(assigned(small(), seconds=60)))
        async with sat_down(app) as person:
            await begun(person)
            table = table_of(person)
            await person.press("1", "1", "enter")
            assert person.room() == "Ask"
            clock[0] += 500
            table._tick()
            await person.settle()
            assert person.room() == "Ask"
            await person.press("y")
            assert len(own(sitting_of(app).game)) == 1
            saved_at_once(person)

    @at_the_keyboard
    async def test_in_a_window_that_is_too_small(self, make, clock):
        """The odds decide behind the notice that covers all, which stays."""
        app = make(begin(assigned(small(), seconds=60)))
        async with sat_down(app) as person:
            await begun(person)
            table = table_of(person)
            await person.resize(40, 10)
            clock[0] += 61
            table._tick()
            await person.settle()
            assert person.room() == "TooSmall"
            await person.resize(80, 24)
            assert person.rooms() == ["Title", "Table"]
            assert sitting_of(app).game.choices[0].by == "model"


class TestQuestions:
    """What is asked after the ending."""

    @at_the_keyboard
    async def test_one_by_one(self, make, over):
        """Each is kept in the save at once, the next follows, then what could not be known, and what to hand in."""
        app = make(resume(over))
        async with sat_down(app, (120, 40)) as person:
            assert person.room() == "EndingScreen"
            assert "2 questions of your assignment are open." in person.words()
            await person.press("d", "r")
            assert person.room() == "EndingScreen", "nothing is explained before they are answered"
            await person.press("enter")
            assert f"Question 1 of 2. {FIRST}" in person.words()
            await person.type("The [b]fleet[/b].")
            await person.press("enter")
            await person.type("q? x1")
            await person.press("ctrl+s")
            assert answers(sitting_of(app)) == {FIRST: "The [b]fleet[/b].\nq? x1"}
            assert f"Question 2 of 2. {SECOND}" in person.words()
            await person.type("Nearly all.")
            await person.press("f2")
            assert answers(sitting_of(app)) == {FIRST: "The [b]fleet[/b].\nq? x1", SECOND: "Nearly all."}
            assert person.rooms() == ["Title", "EndingScreen", "Aftermath"]
            await person.press("q")
            assert "Hand in this file:" in person.words()
            assert "d debrief" in person.rows()[-1]
        verify(over)

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_a_draft_is_not_lost(self, make, over, size):
        """Going back to the questions, to the ending or to the title keeps what was begun, and asks nothing."""
        app = make(resume(over))
        async with sat_down(app, size) as person:
            await person.press("enter")
            await person.type("A draft")
            await person.press("tab")
            assert person.room() == "Reflection"
            assert "A draft" in person.reads()
            await person.press("q")
            assert person.room() == "EndingScreen"
            await person.press("q")
            assert person.rooms() == ["Title"]
        app = make(resume(over))
        async with sat_down(app, size) as person:
            await person.press("enter")
            assert "A draft" in person.words()
            await person.type(" of mine")
            await person.press("tab", "y")
            assert answers(sitting_of(app)) == {FIRST: "A draft of mine"}
            assert not draft_of(over).exists(), "what is kept is no draft any more"

    @at_the_keyboard
    async def test_a_draft_outlives_the_program(self, make, over):
        """What is being written is noted while it is written, and when the program is told to stop."""
        async with sat_down(make(resume(over))) as person:
            await person.press("enter")
            await person.type("Half a thought")
            await asyncio.sleep(2 * NOTED_SECONDS)
            assert "Half a thought" in draft_of(over).read_text(encoding="utf-8")
            await person.type(", and more")
            person.app.stop_by(1)
        async with sat_down(make(resume(over))) as person:
            await person.press("enter")
            assert "Half a thought, and more" in person.words()

    @at_the_keyboard
    async def test_a_draft_of_what_is_answered_elsewhere(self, make, disk, over):
        """The answer that stands is shown, not what was begun before it, and the draft goes."""
        header = on_disk(over).record.header
        for question in (FIRST, SECOND):
            keep(Path(over), header, question, "Half a thought")
        opened = disk.resume(over)
        opened.keep(opened.game.answer(FIRST, "The whole of it."))
        opened.leave()
        async with sat_down(make(resume(over))) as person:
            await person.press("enter", "tab", "k")
            assert "The whole of it." in person.reads()
            assert "Half a thought" not in person.reads()
        assert read(Path(over), header) == {SECOND: "Half a thought"}

    @at_the_keyboard
    async def test_a_draft_that_cannot_be_noted(self, make, over):
        """It is said once, the page stays, and the file that could not be read stays as it was."""
        draft_of(over).write_bytes(b"[]")
        async with sat_down(make(resume(over))) as person:
            await person.press("enter")
            assert "JSON" in person.words(), "why it cannot be read; a word is not broken between lines"
            await person.type("A draft")
            await person.press("tab")
            assert "A draft" in person.reads()
            await person.press("q", "q")
            assert "could not be noted" in person.words()
            draft_of(over).write_text(json.dumps({"excomm_drafts": 1, "drafts": {SECOND: "Mended"}}), encoding="utf-8")
            await person.press("n", "enter", "tab", "y", "tab")
            assert answers(sitting_of(person.app)) == {FIRST: "A draft"}
            await person.press("q", "q")
            assert person.rooms() == ["Title"]
        assert "Mended" in draft_of(over).read_text(encoding="utf-8")

    @at_the_keyboard
    async def test_in_any_order_and_never_twice(self, make, over):
        """A question can be chosen; an answer that stands is not changed."""
        app = make(resume(over))
        async with sat_down(app) as person:
            await person.press("enter", "tab", "j", "enter")
            assert SECOND in person.words()
            await person.type("Second first.")
            await person.press("ctrl+s")
            assert FIRST in person.words()
            await person.press("tab", "j", "enter", "a", "y")
            assert person.room() == "Reflection"
            assert "Second first." in person.reads()
            assert answers(sitting_of(app)) == {SECOND: "Second first."}

    @at_the_keyboard
    async def test_resumed_in_the_middle(self, make, over):
        """Who leaves between two questions is asked only the second when the game is opened again."""
        async with sat_down(make(resume(over))) as person:
            await person.press("enter")
            await person.type("One.")
            await person.press("ctrl+s", "tab", "q", "q")
        again = make(resume(over))
        async with sat_down(again) as person:
            assert "1 question of your assignment is open." in person.words()
            await person.press("enter")
            assert SECOND in person.words()
            await person.type("Two.")
            await person.press("ctrl+s")
            assert answers(sitting_of(again)) == {FIRST: "One.", SECOND: "Two."}
            assert person.room() == "Aftermath"

    @at_the_keyboard
    async def test_an_empty_answer(self, make, over):
        """Is none, and it is said."""
        async with sat_down(make(resume(over))) as person:
            await person.press("enter", "enter", "space", "ctrl+s")
            assert "The answer is empty." in person.words()
            await person.press("enter")
            assert person.room() == "Reflection"

    @at_the_keyboard
    async def test_a_long_one_and_an_unsafe_one(self, make, over):
        """A paste is cut to what an answer holds, and what may not be in a text never reaches screen or save."""
        app = make(resume(over))
        async with sat_down(app) as person:
            await person.press("enter")
            await person.paste("word " * 50_000)
            await person.press("ctrl+s")
            assert len(answers(sitting_of(app))[FIRST]) <= MAX_ANSWER
            for unsafe in UNSAFE.values():
                await person.paste(f"so{unsafe}so")
                assert refused(person.sees()) is None
            await person.press("ctrl+s")
            assert refused(answers(sitting_of(app))[SECOND]) is None
        verify(over)

    @at_the_keyboard
    async def test_one_that_cannot_be_kept_on_the_disk(self, over):
        """It is said in the error's words and tried again; only then the next question follows."""
        refusing = Refusing(0)
        app = ExcommApp(refusing, resume(over))
        async with sat_down(app) as person:
            await person.press("enter")
            await person.type("One.")
            refusing.times = 2
            await person.press("ctrl+s")
            assert person.room() == "Ask"
            assert "The disk is [full]" in person.words()
            await person.press("y", "y")
            assert SECOND in person.words()
            assert answers(sitting_of(app)) == {FIRST: "One."}
            refusing.times = 1
            await person.type("Two.")
            await person.press("ctrl+s", "n")
            assert person.has_left
        assert app.failure is FULL
