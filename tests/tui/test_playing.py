"""Whole games at the keyboard: every choice is in the save at once, and the save reproduces."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable

import pytest

from excomm_game.engine.dossier import Viewing
from excomm_game.engine.game import MAX_REASON
from excomm_game.engine.record import BackLine
from excomm_game.engine.text import refused
from excomm_game.tui.screens.table import Table
from tests.program import SMALL
from tests.tui.crisis import crisis, write
from tests.tui.games import begin, loud, on_disk, own, resume, sitting_of, small, thirteen, turn_pages, verify
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down
from tests.tui.test_looks import late_on

UNSAFE = {
    "a terminal's command": "\x1b[31mred\x1b]52;c;aGk=\x07",
    "text that turns round": "\u202eback\u2066to\u2069front\u200f",
    "nothing": "\x00",
    "one byte of control": "\x9b31m",
    "half a character": "\ud800",
}


def table_of(person: Person) -> Table:
    screen = person.app.screen
    assert isinstance(screen, Table), person.rooms()
    return screen


def saved_at_once(person: Person) -> None:
    """See that the save holds exactly what was played."""
    sitting = sitting_of(person.app)
    assert on_disk(sitting.key).record == sitting.game.record


async def take(person: Person, number: int, *commit: str) -> None:
    """Take an option by its number and see that the save holds it."""
    game = sitting_of(person.app).game
    before = len(game.choices)
    way = next(way for way in table_of(person).page.ways if way.number == number)
    await person.type(str(number))
    assert person.marked == way.id
    await person.press(*commit)
    assert game.choices[before].option == way.id
    assert game.choices[before].by == "person"
    saved_at_once(person)


async def play_to_the_end(person: Person, pick: Callable[[int], int], *commit: str) -> str:
    """Play by numbers until the ending, verify the save and return its key."""
    key = sitting_of(person.app).key
    await turn_pages(person)
    while person.room() == "Table":
        ways = [way for way in table_of(person).page.ways if way.number is not None]
        number = pick(len(ways))
        await take(person, number, *(one if one != "again" else str(number) for one in commit))
        await turn_pages(person)
    assert person.room() == "EndingScreen"
    assert on_disk(key).record.rows[-1].ended
    verify(key)
    return key


class TestWholeGames:
    """From the first page to the last."""

    @at_the_keyboard
    async def test_by_digits_and_enter(self, make):
        """Digits and enter are enough to play the small crisis to its end; every choice is saved as it is made."""
        chance = random.Random(1)  # noqa: S311 - anybody's choices
        async with sat_down(make(begin(small())), (120, 40)) as person:
            await play_to_the_end(person, lambda count: chance.randint(1, count), "enter", "enter")

    @at_the_keyboard
    async def test_by_digits_and_letters(self, make):
        """So are digits and letters: the same digit again takes an option, and y lets it stand."""
        chance = random.Random(2)  # noqa: S311 - anybody's choices
        async with sat_down(make(begin(small(seed=7)))) as person:
            await play_to_the_end(person, lambda count: chance.randint(1, count), "again", "y")

    @pytest.mark.parametrize(("size", "commit"), [((80, 24), ("enter", "enter")), ((60, 20), ("again", "y"))])
    @at_the_keyboard
    async def test_thirteen_days(self, make, size, commit):
        """The scenario that ships can be played to its end the same ways, in the smallest window too."""
        chance = random.Random(3)  # noqa: S311 - anybody's choices
        async with sat_down(make(begin(thirteen())), size) as person:
            await play_to_the_end(person, lambda count: chance.randint(1, count), *commit)

    @at_the_keyboard
    async def test_from_the_title_with_nothing_but_digits(self, make):
        """A stranger who types 1 and nothing else is asked before anything is chosen, and gets somewhere."""
        async with sat_down(make()) as person:
            await person.press("1", "1")
            assert person.room() == "Table"
            await turn_pages(person)
            await person.press("1", "1")
            assert person.room() == "Commit"
            assert not own(sitting_of(person.app).game)

    @at_the_keyboard
    async def test_two_digits_at_once(self, make, home):
        """Where there are more than nine options each is taken by typing its number and enter."""
        async with sat_down(make(begin(many(home, 23)))) as person:
            for number in (1, 9, 10, 12, 23):
                await turn_pages(person)
                await take(person, number, "enter", "enter")
                assert own(sitting_of(person.app).game)[-1].option == f"way-{number}"

    @at_the_keyboard
    async def test_a_closed_option(self, make):
        """What is closed has no number, says why, and cannot be taken by any key."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await take(person, 2, "enter", "enter")
            await turn_pages(person)
            assert "–  Send the fleet   The fleet is at sea." in " ".join(person.sees().split("\n"))
            before = sitting_of(person.app).game.record
            await person.press("2", "2")
            assert "Threaten" in person.sees()
            await person.press("n", "up", "up", "up", "enter", "n", "down", "enter", "n")
            assert sitting_of(person.app).game.record == before

    @at_the_keyboard
    async def test_thinking_twice(self, make):
        """Not this: nothing is chosen, and the option is still marked."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            before = on_disk(sitting_of(person.app).key)
            await person.press("3")
            for key in ("n", "q", "escape"):
                await person.press("enter", key)
                assert person.room() == "Table"
                assert person.marked == "threaten"
            assert on_disk(sitting_of(person.app).key) == before

    @at_the_keyboard
    async def test_by_the_mouse(self, make):
        """A click on an option is as good as its number."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            top = person.menu.region.y
            line = next(y for y, row in enumerate(person.rows()) if "Threaten" in row and y > top)
            await person.pilot.click(offset=(8, line))
            await person.settle()
            assert person.room() == "Commit"
            await person.press("enter")
            assert own(sitting_of(person.app).game)[-1].option == "threaten"

    @at_the_keyboard
    async def test_leaving_and_coming_back(self, make):
        """Whoever leaves and goes on stands before the same question, and finds the same save."""
        app = make(begin(small()))
        async with sat_down(app) as person:
            await turn_pages(person)
            await take(person, 1, "enter", "enter")
            await turn_pages(person)
            page, key = table_of(person).page, sitting_of(app).key
            before = on_disk(key)
            await person.press("q", "g")
            assert sitting_of(app).key == key
            await turn_pages(person)
            assert table_of(person).page == page
            assert on_disk(key) == before

    @at_the_keyboard
    async def test_a_game_that_is_over(self, make, finished):
        """Going on with a game that is over shows its end; what was written stays as it was."""
        before = on_disk(finished)
        async with sat_down(make(resume(finished))) as person:
            assert person.room() == "EndingScreen"
            assert "A letter is answered" in person.sees()
            await person.press("enter")
            assert person.room() == "Aftermath"
            assert "harbour master" in person.words() or "judged" in person.words()
        assert on_disk(finished) == before

    @at_the_keyboard
    async def test_one_at_a_time(self, make, disk, unfinished):
        """A save that another program holds open is not opened; the refusal says so, and the title is still there."""
        other = disk.resume(unfinished)
        app = make(resume(unfinished))
        async with sat_down(app) as person:
            assert person.rooms() == ["Title", "Notice"]
            assert "another" in person.words() or "in use" in person.words()
            await person.press("enter")
            assert person.rooms() == ["Title"]
        other.leave()


class TestReadingBeforeGoingOn:
    """Nobody who presses enter passes over a text unread."""

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("key", ["enter", "1"])
    @at_the_keyboard
    async def test_one_key_reads_to_the_end_before_it_goes_on(self, make, size, key):
        """What has reached the chair is read page by page; the line under it says whether the key reads or goes on."""
        async with sat_down(make(begin(thirteen())), size) as person:
            pane, read = person.pane(), person.reads()
            assert pane.has_more
            while pane.has_more:
                assert "1  Read on" in person.sees()
                before = pane.scroll_offset.y
                await person.press(key)
                assert table_of(person).page is None, "the rest was never shown"
                assert before < pane.scroll_offset.y <= before + pane.size.height, "lines were passed over"
                read += person.reads()
            assert "Before the day begins" in read
            assert "1  Go on" in person.sees()
            await person.press("l")
            assert "1  Read on" in person.sees()
            await person.press(key, key)
            assert table_of(person).page is not None

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_nothing_is_marked_before_it_is_read(self, make, size):
        """On a page that asks for a choice enter reads to its end, then marks, and only then asks whether it stands."""
        async with sat_down(make(begin(thirteen())), size) as person:
            await turn_pages(person)
            pane = person.pane()
            while pane.has_more:
                assert person.marked is None
                assert "enter" not in person.rows()[-1]
                before = pane.scroll_offset.y
                await person.press("enter")
                assert before < pane.scroll_offset.y <= before + pane.size.height, "lines were passed over"
            await person.press("enter")
            assert person.marked == table_of(person).page.ways[0].id
            assert "enter take it" in person.rows()[-1]
            assert person.room() == "Table"
            await person.press("enter")
            assert person.room() == "Commit"

    @at_the_keyboard
    async def test_so_it_is_wherever_the_focus_is(self, make):
        """After a click into the text enter still reads on, marks, and takes."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            person.app.screen.set_focus(person.pane())
            await person.press("enter")
            assert person.marked == table_of(person).page.ways[0].id
            await person.press("enter")
            assert person.room() == "Commit"

    @at_the_keyboard
    async def test_what_came_of_the_last_choice_is_read_too(self, make, home):
        """So it is with what came of a choice after which another's turn comes, or the end."""
        write(home, crisis(lambda place: place, lambda place: f"{place} {'and so on ' * 90}"))
        async with sat_down(make(begin(loud("west", "east"))), (60, 20)) as person:
            await person.press("y")
            await turn_pages(person)
            await take(person, 1, "enter", "enter")
            pane = person.pane()
            assert pane.has_more
            while pane.has_more:
                assert person.room() == "Table"
                await person.press("enter")
            await person.press("enter")
            assert person.room() == "HandOver"


@at_the_keyboard
async def test_no_name_in_the_council_is_broken(make, disk):
    """In a tall window, where the council takes more than a line, each name stands on one."""
    async with sat_down(make(resume(late_on(disk, 5))), (120, 40)) as person:
        await turn_pages(person)
        names = [advice.name.split(" ") for advice in table_of(person).page.advice]
        assert len(names) > 8
        for width in range(120, 141, 2):
            await person.resize(width, 40)
            shown = person.sees()
            assert [name for name in names if f"{name[0][0]}. {name[-1]}" not in shown] == []


class TestReasons:
    """Why, in a person's own words."""

    @at_the_keyboard
    async def test_kept_in_the_record(self, make):
        """A reason that is typed stands in the record, in the save and in the journal."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r")
            await person.type("They must not think us weak; [we] are {not}.")
            await person.press("enter")
            assert "They must not think us weak" in person.words()
            await person.press("y")
            (choice,) = own(sitting_of(person.app).game)
            assert choice.reason == "They must not think us weak; [we] are {not}."
            saved_at_once(person)
            await turn_pages(person)
            await person.press("j")
            for _ in range(person.menu.option_count - 1):
                if "Your reason: They must" not in person.reads():
                    await person.press("k")
            assert "Your reason: They must not think us weak; [we] are {not}." in person.reads()

    @at_the_keyboard
    async def test_seen_while_it_is_typed(self, make):
        """What is typed stands on the screen, and so does what stood there before, in a window of any size."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r")
            await person.type("because")
            for size in SIZES:
                await person.resize(*size)
                assert "because" in person.sees()
            await person.press("enter", "r")
            assert "because" in person.sees()

    @at_the_keyboard
    async def test_changed_and_left_out(self, make):
        """A reason can be changed before the choice stands, and an empty one is none; what was left is not lost."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r")
            await person.type("first")
            await person.press("enter", "r")
            assert person.line.value == "first"
            await person.type(" and second")
            await person.press("escape")
            assert "Your reason: first\n" in re.sub(r"[ │]*\n", "\n", person.sees())
            await person.press("r")
            assert person.line.value == "first and second"
            await person.press(*["backspace"] * 16, "enter", "y")
            (choice,) = own(sitting_of(person.app).game)
            assert choice.reason is None

    @at_the_keyboard
    async def test_letters_are_letters_there(self, make):
        """While a reason is typed no letter, digit or sign is a command."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r", *"qnyr1?x c")
            assert person.room() == "WriteLine"
            assert person.line.value == "qnyr1?x c"

    @at_the_keyboard
    async def test_the_longest(self, make):
        """A reason of as many characters as the record takes is kept whole; one more cannot be typed."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r")
            await person.paste("x" * (MAX_REASON - 1))
            await person.type("yz")
            await person.press("enter", "y")
            (choice,) = own(sitting_of(person.app).game)
            assert choice.reason == "x" * (MAX_REASON - 1) + "y"
            saved_at_once(person)

    @at_the_keyboard
    async def test_a_paste_that_is_too_long_keeps_what_fits(self, make):
        """Whoever pastes more than fits finds the beginning of it, not an empty line."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r")
            await person.paste("because " * 300)
            assert person.line.value == ("because " * 300)[:MAX_REASON]

    @at_the_keyboard
    async def test_unsafe_ones_do_no_harm(self, make):
        """What may not be in a text never reaches the screen or the save as it was pasted; the game goes on."""
        async with sat_down(make(begin(small()))) as person:
            for name, unsafe in UNSAFE.items():
                await turn_pages(person)
                await person.press("1", "1", "r")
                await person.paste(f"so{unsafe}so")
                assert "so" in person.line.value, name
                assert refused(person.sees()) is None, f"{name} is shown raw while it is typed"
                await person.press("enter")
                assert refused(person.sees()) is None, name
                await person.press("y")
                assert refused(own(sitting_of(person.app).game)[-1].reason or "") is None, name
                saved_at_once(person)
            verify(sitting_of(person.app).key)

    @at_the_keyboard
    async def test_one_that_is_too_long_once_it_is_safe(self, make):
        """Where making a reason safe makes it too long, it is said, nothing is chosen, and one can choose again."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await person.press("1", "1", "r")
            await person.paste("\x01" * 1_000)
            await person.press("enter", "y")
            game = sitting_of(person.app).game
            if not own(game):
                assert person.room() == "Notice"
                await person.press("enter", "1", "1", "y")
            assert len(own(game)) == 1
            saved_at_once(person)


class TestTakingBack:
    """As the design has it: free inside a sitting, asked for outside, and always in the record."""

    @at_the_keyboard
    async def test_free_inside_a_sitting(self, make):
        """Between two questions of one letter the last answer is taken back at once, kept, and not counted."""
        async with sat_down(make(begin(small()))) as person:
            await to_the_letter(person)
            await take(person, 1, "enter", "enter")
            await turn_pages(person)
            game = sitting_of(person.app).game
            assert game.is_free_back()
            assert "✓" in person.sees()
            assert table_of(person).page.scene == "letter-terms"
            n = len(game.choices)
            await person.press("u")
            assert table_of(person).page.scene == "letter-tone"
            assert game.rows[-1] == BackLine(back_to=n - 1)
            assert game.takebacks() == 0
            saved_at_once(person)
            await take(person, 2, "enter", "enter")
            verify(sitting_of(person.app).key)

    @at_the_keyboard
    async def test_asked_for_outside(self, make):
        """Elsewhere one is asked first; no leaves all as it is, yes keeps the step back in the save and counts it."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            await take(person, 3, "enter", "enter")
            await turn_pages(person)
            game = sitting_of(person.app).game
            before = game.record
            for key in ("n", "q", "escape"):
                await person.press("u")
                assert person.room() == "Ask"
                await person.press(key)
                assert game.record == before
            await person.press("u", "y")
            assert not game.choices
            assert game.rows[: len(before.rows)] == list(before.rows)
            assert game.rows[-1] == BackLine(back_to=0)
            assert game.takebacks() == 1
            saved_at_once(person)
            await turn_pages(person)
            await take(person, 1, "enter", "enter")
            verify(sitting_of(person.app).key)

    @at_the_keyboard
    async def test_before_the_first_choice(self, make):
        """Where there is nothing to take back the key does nothing and is not offered."""
        async with sat_down(make(begin(small()))) as person:
            await turn_pages(person)
            before, shown = on_disk(sitting_of(person.app).key), person.sees()
            await person.press("u")
            assert person.rooms() == ["Title", "Table"]
            assert on_disk(sitting_of(person.app).key) == before
            assert person.sees() == shown
            assert "take back" not in shown

    @at_the_keyboard
    async def test_refused_with_several_people(self, make):
        """Nobody takes back what another has already seen."""
        async with sat_down(make(begin(small("west", "east")))) as person:
            await person.press("y")
            await turn_pages(person)
            await take(person, 1, "enter", "enter")
            game = sitting_of(person.app).game
            before = game.record
            await person.press("u")
            assert person.room() == "Table"
            await person.press("1", "y")
            await turn_pages(person)
            assert table_of(person).seat == "east"
            await person.press("u")
            assert person.room() == "Table"
            assert game.record == before

    @at_the_keyboard
    async def test_free_inside_a_sitting_with_several_people(self, make):
        """Within one's own sitting, which nobody else has seen, it is still free."""
        async with sat_down(make(begin(small("west", "east")))) as person:
            await person.press("y")
            await turn_pages(person)
            game = sitting_of(person.app).game
            while table_of(person).page.scene != "letter-tone":
                await take(person, 1, "enter", "enter")
                await turn_pages_and_chairs(person)
            await take(person, 1, "enter", "enter")
            await turn_pages(person)
            await person.press("u")
            assert table_of(person).page.scene == "letter-tone"
            assert game.takebacks() == 0
            saved_at_once(person)

    @at_the_keyboard
    async def test_the_last_choice_of_a_game(self, make):
        """A game that has just ended can still be taken back from the page that tells what came of it."""
        async with sat_down(make(begin(small()))) as person:
            await to_the_letter(person)
            await take(person, 1, "enter", "enter")
            await turn_pages(person)
            await take(person, 2, "enter", "enter")
            game = sitting_of(person.app).game
            assert game.state.ending == "settled"
            await person.press("u")
            if person.room() == "Ask":
                await person.press("y")
            assert game.state.ending is None
            saved_at_once(person)
            await turn_pages(person)
            await take(person, 1, "enter", "enter")
            verify(sitting_of(person.app).key)


@at_the_keyboard
async def test_the_end_is_not_given_away_before_it_is_told(make):
    """What stands round the page that tells of the last choice is what was so when it was made."""
    async with sat_down(make(begin(small()))) as person:
        game = sitting_of(person.app).game
        while game.state.ending is None:
            await turn_pages(person)
            await take(person, 1, "enter", "enter")
        table = table_of(person)
        last = max(choice.n for choice in game.choices if choice.by == "person")
        assert last < len(game.choices), "others went on after it"
        assert table.view == Viewing(game, table.seat).at(last)
        assert not table.view.over


async def to_the_letter(person: Person) -> None:
    """Wait, until the letter is to be written."""
    await turn_pages(person)
    while table_of(person).page.scene != "letter-tone":
        await take(person, 1, "enter", "enter")
        await turn_pages(person)


async def turn_pages_and_chairs(person: Person) -> None:
    """Go on, also through the hand-over."""
    await turn_pages(person)
    while person.room() == "HandOver":
        await person.press("y")
        await turn_pages(person)


def many(home, count: int):
    """Return a game whose one daily question has so many options."""
    content = tomllib.loads(SMALL.read_text(encoding="utf-8"))
    content["scenario"]["id"] = "many"
    content["course"] = []
    (morning,) = [scene for scene in content["scene"] if scene["id"] == "morning"]
    morning["option"] = [{"id": f"way-{n}", "label": f"The way number {n}"} for n in range(1, count + 1)]
    morning["counsel"], morning["history"] = [], "way-1"
    content["scene"] = [morning]
    write(home, content)
    return small()._replace(scenario="many")


@pytest.mark.parametrize("name", ["go-on", "turn-over"])
@at_the_keyboard
async def test_an_option_may_have_any_name(home, make, name):
    """What a scenario calls an option is never taken for a command of the table's own."""
    file = home / "scenarios" / "small-crisis" / "scenario.toml"
    written = file.read_text(encoding="utf-8").replace('"wait"', f'"{name}"')
    file.write_text(written, encoding="utf-8")
    app = make(begin(small()))
    async with sat_down(app) as person:
        await turn_pages(person)
        await person.press("1", "enter", "enter")
        assert own(sitting_of(app).game)[-1].option == name
        saved_at_once(person)
