"""Several people at one keyboard: between them stands a screen that shows nothing of either."""

from __future__ import annotations

import re

import pytest

from excomm_game.tui.screens.table import Table
from excomm_game.tui.widgets.menu import Menu
from tests.tui import crisis
from tests.tui.games import begin, loud, on_disk, resume, sitting_of, turn_pages, verify
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down

WESTS = re.compile(r"\bwest-[a-z-]+")
EASTS = re.compile(r"\beast-[a-z-]+")
LOOKS = "cdsjk?oa"
KEYS = [
    *"cdsjkoaxwlmut1234567890nfgr?h",
    "space",
    "up",
    "down",
    "left",
    "right",
    "tab",
    "f1",
    "ctrl+p",
    "escape",
    "end",
]


@pytest.fixture(autouse=True)
def told(home) -> None:
    """The crisis whose every text says where it stands, and for whose eyes it is."""
    crisis.write(home, crisis.crisis(lambda place: place))


async def look_round(person: Person) -> str:
    """Open all there is to look at, and every line of it; return everything that was seen."""
    seen = [person.sees()]
    for key in LOOKS:
        below = person.app.screen
        await person.press(key)
        seen.append(person.sees())
        if person.app.screen is below:
            continue
        for _ in range(person.menu.option_count - 1 if person.app.screen.query(Menu) else 0):
            await person.press("down")
            seen.append(person.sees())
        await person.press("q")
        assert person.app.screen is below
    return "\n".join(seen)


class TestBetweenTwoPeople:
    """Nobody reads what is another's."""

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_the_hand_over_shows_nothing_of_either(self, make, size):
        """It names the chair that is asked to sit down; no text, option, reading or document stands on it."""
        async with sat_down(make(begin(loud("west", "east"))), size) as person:
            assert person.room() == "HandOver"
            assert "seat-of-west" in person.sees()
            assert not WESTS.findall(person.sees()) + EASTS.findall(person.sees())
            await person.press("y")
            await turn_pages(person)
            await person.press("2", "enter", "enter")
            assert WESTS.findall(person.sees())
            await person.press("1")
            assert person.room() == "HandOver"
            assert "seat-of-east" in person.sees()
            assert not WESTS.findall(person.sees()) + EASTS.findall(person.sees())

    @at_the_keyboard
    async def test_no_key_looks_behind_it(self, make):
        """Only enter, y and q mean anything on it; whatever else is pressed, nothing is shown and nothing chosen."""
        async with sat_down(make(begin(loud("west", "east")))) as person:
            await person.press("y")
            await turn_pages(person)
            await person.press("2", "enter", "enter", "1")
            game = sitting_of(person.app).game
            before, shown = game.record, person.sees()
            for key in KEYS:
                await person.press(key)
                assert person.rooms() == ["Title", "Table", "HandOver"], key
                assert person.sees() == shown, key
            assert game.record == before

    @at_the_keyboard
    async def test_each_sees_their_own(self, make):
        """Wherever the second person looks, nothing of the first's is to be seen; and the other way round."""
        async with sat_down(make(begin(loud("west", "east"))), (120, 40)) as person:
            await person.press("y")
            await turn_pages(person)
            assert WESTS.findall(await look_round(person))
            await person.press("2", "enter", "enter", "1", "y")
            await person.without_toasts()
            assert not WESTS.findall(person.sees())
            seen = await look_round(person)
            await turn_pages(person)
            seen += await look_round(person)
            assert EASTS.findall(seen)
            assert not WESTS.findall(seen)
            await person.press("1", "enter", "enter")
            assert not WESTS.findall(await look_round(person))
            await person.press("1")
            assert person.room() == "HandOver"
            assert not EASTS.findall(person.sees())
            await person.press("y")
            await turn_pages(person)
            assert not EASTS.findall(await look_round(person))

    @at_the_keyboard
    async def test_what_was_said_in_passing(self, make):
        """A message to one person that is still on the screen does not go to the other."""
        async with sat_down(make(begin(loud("west", "east")))) as person:
            await person.press("y")
            await turn_pages(person)
            await person.press("w", "2", "enter", "enter", "1")
            assert person.room() == "HandOver"
            assert not WESTS.findall(person.sees())

    @at_the_keyboard
    async def test_a_reason_is_ones_own(self, make):
        """The other person never reads why."""
        async with sat_down(make(begin(loud("west", "east"))), (120, 40)) as person:
            await person.press("y")
            await turn_pages(person)
            await person.press("2", "enter", "r")
            await person.type("west-reason")
            await person.press("enter", "enter", "1")
            assert "west-reason" not in person.sees()
            await person.press("y")
            assert "west-reason" not in await look_round(person)

    @at_the_keyboard
    async def test_q_leaves(self, make):
        """Whoever is asked to sit down can leave instead: the game is saved, and asks the same person again."""
        app = make(begin(loud("west", "east")))
        async with sat_down(app) as person:
            await person.press("y")
            await turn_pages(person)
            await person.press("2", "enter", "enter", "1")
            key = sitting_of(app).key
            before = on_disk(key)
            await person.press("q")
            assert person.rooms() == ["Title"]
            assert app.sitting is None
            await person.press("g")
            assert person.room() == "HandOver"
            assert "seat-of-east" in person.sees()
            assert on_disk(key) == before
            await person.press("y")
            assert isinstance(person.app.screen, Table)
            assert person.app.screen.seat == "east"
        verify(key)

    @at_the_keyboard
    async def test_leaving_and_coming_back_asks_who_is_there(self, make):
        """Whoever goes on with a game of several people is asked first who sits there, also in the middle of a turn."""
        app = make(begin(loud("west", "east")))
        async with sat_down(app) as person:
            await person.press("y")
            await turn_pages(person)
            await person.press("q", "g")
            assert person.room() == "HandOver"
            assert not WESTS.findall(person.sees())

    @at_the_keyboard
    async def test_a_whole_game(self, make):
        """Two people play to the end, and the save reproduces; at the end both read the same."""
        app = make(begin(loud("west", "east")))
        turns = []
        async with sat_down(app) as person:
            key = sitting_of(app).key
            while person.room() != "EndingScreen":
                if person.room() == "HandOver":
                    await person.press("enter")
                    turns.append(person.app.screen.seat)
                await turn_pages(person)
                if person.room() == "Table":
                    await person.press("1", "enter", "enter")
            assert turns[:4] == ["west", "east", "west", "east"]
            assert on_disk(key).record.rows[-1].ended
        verify(key)

    @at_the_keyboard
    async def test_one_person_is_never_asked(self, make):
        """Where only one person plays nothing stands in between."""
        async with sat_down(make(begin(loud()))) as person:
            assert person.room() == "Table"
            await turn_pages(person)
            await person.press("2", "enter", "enter", "1")
            assert person.room() == "Table"

    @at_the_keyboard
    async def test_resuming_by_hand(self, make, disk):
        """A game that was begun elsewhere opens on the hand-over too."""
        sitting = disk.begin(loud("west", "east"))
        sitting.leave()
        async with sat_down(make(resume(sitting.key))) as person:
            assert person.room() == "HandOver"


class TestANewGame:
    """Who sits where, before anything begins."""

    @at_the_keyboard
    async def test_one_person_takes_one_chair(self, make):
        """To choose a chair is to sit down in it, however often another was chosen before."""
        async with sat_down(make()) as person:
            await person.press("n", "4")
            assert person.app.screen.people == {"moscow"}
            assert "You play Moscow." in person.app.screen.fields()[0].meaning
            await person.press("5", "5")
            assert person.app.screen.people == {"havana"}

    @at_the_keyboard
    async def test_several_are_asked_for(self, make):
        """Only then does a chair join those that people hold; there is always one, and alone one stays where one is."""
        async with sat_down(make()) as person:
            await person.press("n", "4", "6", "3")
            assert person.app.screen.people == {"washington", "moscow"}
            await person.press("4", "3")
            assert person.app.screen.people == {"washington"}
            assert "Somebody has to play" in person.sees()
            await person.press("5", "6")
            assert person.app.screen.people == {"washington"}
