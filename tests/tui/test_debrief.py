"""The debrief on the screen: every way to it, every page of it, and the time while it is worked out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import excomm_game.debrief.whole as work
from excomm_game.cli.archive import Disk
from excomm_game.debrief.pages import masks, pages
from excomm_game.debrief.whole import Debrief, debrief
from excomm_game.engine.errors import UsageError
from excomm_game.files import places
from excomm_game.tui.commands import commands_of
from excomm_game.tui.riskline import SIGNS, has_sign, risk_line
from excomm_game.tui.screens.debrief import DebriefScreen
from tests.tui import rooms
from tests.tui.games import resume, watch
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down
from tests.tui.test_layout import LONG, cut

WAYS = {"ending": "d", "aftermath": "enter d", "theatre": "r g"}
PAGES = ["story", "risk", "choices", "judges", "truth", "sources"]
PATIENCE = 20  # seconds that a thread is waited for


class Held:
    """A debrief that waits at its first report of progress until it is let go."""

    def __init__(self) -> None:
        self.has_begun, self.may_go_on, self.has_ended = threading.Event(), threading.Event(), threading.Event()
        self.count = 0
        self.raised: BaseException | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Debrief:
        self.count += 1
        progress = kwargs["progress"]

        def held(*told: Any) -> None:
            self.has_begun.set()
            assert self.may_go_on.wait(PATIENCE)
            progress(*told)

        try:
            progress("the risk you ran", 1, 4)
            return debrief(*args, **{**kwargs, "progress": held})
        except BaseException as error:
            self.raised = error
            raise
        finally:
            self.has_ended.set()


@pytest.fixture
def held(monkeypatch) -> Iterator[Held]:
    made = Held()
    monkeypatch.setattr(work, "debrief", made)
    yield made
    made.may_go_on.set()


async def happens(event: threading.Event) -> None:
    """Wait for a thread to come so far."""
    assert await asyncio.to_thread(event.wait, PATIENCE)


def screen_of(person: Person) -> DebriefScreen:
    screen = person.app.screen
    assert isinstance(screen, DebriefScreen)
    return screen


def close(text: str) -> str:
    """Return a text without its spaces, which a break of a line may change."""
    return "".join(text.split())


def shown(person: Person) -> str:
    """Return all that the pane holds, also where it is scrolled out of sight."""
    return close("".join(line.plain for line in person.pane().lines))


async def opened(person: Person, keys: str = "d") -> DebriefScreen:
    """Open the debrief and wait for it."""
    await person.press(*keys.split())
    await person.wait_for_work()
    return screen_of(person)


class TestWaysIn:
    """A finished game is explained wherever it is met."""

    @pytest.mark.parametrize("way", WAYS)
    @at_the_keyboard
    async def test_it_opens(self, make, finished, way):
        """From the ending, what follows it, and the replay, one key shows the debrief, and q leads back."""
        async with sat_down(make(resume(finished))) as person:
            await person.press(*WAYS[way].split()[:-1])
            before = person.rooms()
            await opened(person, WAYS[way].split()[-1])
            assert person.rooms() == [*before, "DebriefScreen"]
            assert "1 Story" in person.words()
            await person.press("q")
            assert person.rooms() == before

    @at_the_keyboard
    async def test_a_game_that_goes_on_has_none(self, make, unfinished):
        """In the replay of an unfinished game the key does nothing, and is neither shown nor explained."""
        async with sat_down(make(watch(unfinished)), (160, 40)) as person:
            await person.press("g")
            assert person.rooms() == ["Title", "Theatre"]
            assert "debrief" not in person.rows()[-1]
            assert "debrief" not in {command.ACTION for command in commands_of(person.app.screen)}

    @at_the_keyboard
    async def test_a_second_time_it_is_there_at_once(self, make, finished, held):
        """Opened again for the same game, from wherever, it is not worked out again; for another game it is."""
        held.may_go_on.set()
        async with sat_down(make(resume(finished))) as person:
            await opened(person)
            await person.press("q", "r", "g")
            assert screen_of(person).explained is not None
            assert held.count == 1
            person.app.open_debrief(person.app.archive.recording(str(places.history_save())).game)
            await person.settle()
            await person.wait_for_work()
            assert held.count == 2


class TestPages:
    """What the pages show."""

    @at_the_keyboard
    async def test_each_page_shows_its_words(self, make, finished):
        """A digit goes to a page, and every heading, entry and note of that page stands on it; so do j and k."""
        async with sat_down(make(resume(finished)), (120, 40)) as person:
            screen = await opened(person)
            told = screen.explained.pages
            assert [page.id for page in told] == [one for one in PAGES if one in {page.id for page in told}]
            assert {"story", "risk", "choices", "judges"} <= {page.id for page in told}
            for number, page in enumerate(told, start=1):
                await person.press(str(number))
                for section in page.sections:
                    if section in masks(screen.explained.told.judges):
                        continue
                    for text in (
                        section.heading,
                        *(text for one in section.entries for text in (one.text, *one.notes)),
                    ):
                        assert close(text) in shown(person), (page.name, text)
            await person.press("1", "j", "j", "k")
            assert screen.page is told[1]

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_the_open_page_is_marked(self, make, finished, size):
        """In the list at the side, or in the narrow window's line, a sign tells which page is open."""
        async with sat_down(make(resume(finished)), size) as person:
            await opened(person)
            await person.press("3")
            assert ("[3 Choices]" if size[0] < 80 else "› 3 Choices") in person.words()
            await person.press("down")
            assert ("[4 Judges]" if size[0] < 80 else "› 4 Judges") in person.words()
            await person.press("up", "up", "home" if size[0] >= 80 else "1")
            assert ("[" if size[0] < 80 else "› ") + "2 Risk" not in person.words()

    @at_the_keyboard
    async def test_a_click_opens_a_page(self, make, finished):
        """In the narrow window a word of the line of pages can be clicked."""
        async with sat_down(make(resume(finished)), (60, 20)) as person:
            await opened(person)
            y = next(y for y, row in enumerate(person.rows()) if "2 Risk" in row)
            await person.click(person.rows()[y].index("2 Risk") + 2, y)
            assert screen_of(person).page.id == "risk"

    @at_the_keyboard
    async def test_masks_stay_on_until_asked(self, make, finished):
        """Neither the screen nor a saved text says who a judge is before u; after it both do, until it is left."""
        async with sat_down(make(resume(finished)), (120, 60)) as person:
            screen = await opened(person)
            names = [close(entry.text) for one in masks(screen.explained.told.judges) for entry in one.entries]
            assert names
            await person.press("u")
            for number in range(1, len(screen.explained.pages) + 1):
                await person.press(str(number))
                assert not [name for name in names if name in shown(person) or name in close(screen.written()[1])]
            await person.press("4", "u")
            assert all(name in shown(person) and name in close(screen.written()[1]) for name in names)
            await person.press("q")
            await opened(person)
            await person.press("4")
            assert not [name for name in names if name in shown(person)]

    @at_the_keyboard
    async def test_the_text_saved_is_the_pages(self, make, finished):
        """The file that w writes holds what the open page says, to its last note, and its chart."""
        async with sat_down(make(resume(finished)), (120, 40)) as person:
            screen = await opened(person)
            for number, page in enumerate(screen.explained.pages, start=1):
                await person.press(str(number))
                before = set(places.text_folder().glob("*"))
                await person.press("w")
                (made,) = set(places.text_folder().glob("*")) - before
                text = made.read_text(encoding="utf-8")
                told = [one for one in page.sections if one not in masks(screen.explained.told.judges)]
                for one in (entry for section in told for entry in section.entries):
                    assert close(one.text) in close(text)
                    assert all(close(note) in close(text) for note in one.notes)
                assert page.id != "risk" or "0% ┤" in text

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_nothing_is_cut_unmarked(self, home, disk, make, size):
        """On no page, wherever it is scrolled to, with texts of any length."""
        rooms.furnish(home, disk, lambda place: f"{place} {LONG}", lambda place: f"{place} {' '.join([LONG] * 6)}")
        wrong = []
        async with sat_down(make(), size) as person:
            await rooms.go(person, "debrief")
            for number in range(1, len(screen_of(person).explained.pages) + 1):
                await person.press(str(number))
                wrong += [f"page {number}: {one}" for one in cut(person)]
                while person.pane().has_more:
                    await person.press("m")
                    wrong += [f"page {number}, read on: {one}" for one in cut(person)]
                await person.without_toasts()
        assert not wrong, "\n".join(wrong)

    @at_the_keyboard
    async def test_growing_and_shrinking(self, make, finished):
        """A page that was opened in one window looks in another as if it had been opened there."""
        seen = []
        for sizes in ([SIZES[1]], [SIZES[0], SIZES[2], SIZES[1]]):
            async with sat_down(make(resume(finished)), sizes[0]) as person:
                await opened(person)
                await person.press("2")
                for size in sizes[1:]:
                    await person.resize(*size)
                seen.append(person.rows())
        assert seen[0] == seen[1]


class TestTheWait:
    """While it is worked out the screen answers, and can be left."""

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_it_says_how_far_it_is(self, make, finished, held, size):
        """What is being worked out, a bar and the percent stand there, and the way out; nothing is cut."""
        async with sat_down(make(resume(finished)), size) as person:
            await person.press("d")
            await happens(held.has_begun)
            await person.settle()
            assert "the risk you ran" in person.words()
            assert "█" * 6 + "░" in person.sees()
            assert "25%" in person.words()
            assert "q back" in person.rows()[-1]
            assert "begins anew" in person.words()
            assert not list(cut(person))
            held.may_go_on.set()

    @at_the_keyboard
    async def test_a_key_is_answered_meanwhile(self, make, finished, held):
        """Help opens over it, nothing is written, and the pages come up under the help."""
        async with sat_down(make(resume(finished))) as person:
            await person.press("d")
            await happens(held.has_begun)
            await person.press("1", "u", "j", "w", "?")
            assert person.room() == "HelpScreen"
            assert not held.has_ended.is_set()
            assert not list(places.text_folder().glob("*.txt"))
            held.may_go_on.set()
            await person.wait_for_work()
            assert person.room() == "HelpScreen"
            await person.press("q", "2")
            assert screen_of(person).page.id == "risk"

    @at_the_keyboard
    async def test_leaving_stops_the_work(self, make, finished, held):
        """Left half-way it ends at its next word, raises nothing, and is worked out anew when it is asked for again."""
        async with sat_down(make(resume(finished))) as person:
            await person.press("d")
            await happens(held.has_begun)
            await person.press("q")
            assert person.room() == "EndingScreen"
            held.may_go_on.set()
            await happens(held.has_ended)
            assert held.raised is not None
            assert person.app._exception is None
            assert person.app.explained is None
            await opened(person)
            assert held.count == 2
            assert screen_of(person).page.id == "story"

    @pytest.mark.parametrize("way", ["ctrl+q", "q q"])
    @at_the_keyboard
    async def test_leaving_the_program_stops_it_too(self, make, finished, held, way):
        """Nothing goes on for a program that is left, and nothing is raised on the way out."""
        app = make(resume(finished))
        async with sat_down(app) as person:
            await person.press("d")
            await happens(held.has_begun)
            await person.press(*way.split())
            assert way == "q q" or person.has_left
        held.may_go_on.set()
        await happens(held.has_ended)
        assert held.raised is not None
        assert app._exception is None

    @pytest.mark.parametrize("ahead", ["q", "q q", "q d q d", "2 u 4 u", "? q q", "x escape q", "w w", "r g q g"])
    @at_the_keyboard
    async def test_keys_typed_ahead(self, make, finished, ahead):
        """Keys that come in one breath with the one that opens it raise nothing."""
        app = make(resume(finished))
        async with sat_down(app) as person:
            for key in ("d", *ahead.split()):
                person.strike(key)
            await person.settle()
            await person.wait_for_work()
            assert app._exception is None

    @at_the_keyboard
    async def test_what_cannot_be_explained_is_said(self, make, finished, monkeypatch):
        """An error a person can put right stands where the pages would."""

        def refused(*args: Any, **kwargs: Any) -> Debrief:
            raise UsageError("These worlds cannot be played.")

        monkeypatch.setattr(work, "debrief", refused)
        async with sat_down(make(resume(finished))) as person:
            await opened(person)
            assert "These worlds cannot be played." in person.words()
            await person.press("q")
            assert person.room() == "EndingScreen"


@pytest.fixture(scope="module")
def explained(thirteen_days) -> Debrief:
    """The real thirteen days, explained by few worlds."""
    game = Disk().recording(str(places.history_save())).game
    return debrief(game, 60, short=True)


class TestRiskLine:
    """The chart on the page of risk."""

    @pytest.mark.parametrize("width", [16, 20, 33, 40, 58, 60, 76, 120])
    def test_it_fits_its_width(self, explained, width):
        """No line is wider than the pane, also where that leaves a day less than a column."""
        assert max(line.cell_length for line in risk_line(explained, width)) <= width

    def test_every_sign_is_explained(self, explained):
        """A sign in the chart has its line below, with its hour, what it was, and how far it moved the risk; and every
        move of a point or more has one.
        """
        lines = [line.plain for line in risk_line(explained, 76)]
        foot = next(place for place, line in enumerate(lines) if line.lstrip().startswith("└"))
        told = close("".join(lines[foot:]))
        moved = [turn for turn in explained.turns if has_sign(turn)]
        assert moved
        for turn in moved:
            assert close(f"{turn.told.title}: {turn.told.label}") in told
        for sign, _, who in SIGNS.values():
            assert f"{sign} {who}" in "\n".join(lines)
            drawn = sum(line.count(sign) for line in lines[:foot])
            assert drawn <= sum(SIGNS[turn.doing][0] == sign for turn in moved)
        assert sum(line.count(sign) for sign, _, _ in SIGNS.values() for line in lines[:foot]) > 0

    def test_it_shows_the_worst_hour(self, explained):
        """However briefly the danger was that high, and however short the crisis."""
        for raised in range(len(explained.turns) - 1):
            turns = list(explained.turns)
            turns[raised] = turns[raised]._replace(after=turns[raised].after._replace(p=0.9))
            chart = [line.plain for line in risk_line(explained._replace(turns=tuple(turns)), 76)]
            assert any(sign in "".join(chart[:2]) for sign in "╭╮─●▲○"), turns[raised].told.title

    def test_it_ends_as_the_game_did(self, explained):
        """The line ends on the lowest row where nuclear war did not come, and says so in words."""
        lines = [line.plain.rstrip() for line in risk_line(explained, 76)]
        lowest = next(line for line in lines if line.lstrip().startswith("0%"))
        assert lowest.endswith(("─", "○", "●", "▲", "╰"))
        assert "The line ends at 0: it did not happen." in lines

    def test_a_war_leaves_the_chart_at_the_top(self, explained):
        """Where the game ended in nuclear war the line rises to the top row, and the words say that it goes on."""
        last = explained.turns[-1]
        war = last._replace(after=last.after._replace(p=1.0))
        lines = [line.plain for line in risk_line(explained._replace(turns=(*explained.turns[:-1], war)), 76)]
        assert lines[0].rstrip().endswith(tuple("○●▲"))
        assert "The line ends at 100%: it happened" in " ".join(lines)

    def test_nothing_chosen_nothing_drawn(self, explained):
        """A game that ended before anything was chosen has no line."""
        assert risk_line(explained._replace(turns=()), 76) == []

    def test_the_pages_of_history(self, explained):
        """The real thirteen days have something to tell on every page."""
        assert [page.id for page in pages(explained)] == PAGES
