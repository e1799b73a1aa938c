"""Nothing is cut without a mark that more follows, in every window from sixty by twenty on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.visual import visualize
from textual.widget import Widget
from textual.widgets import OptionList, Static

from excomm_game.cli.archive import Disk
from excomm_game.engine.dossier import Viewing
from excomm_game.files import places
from excomm_game.tui.widgets.council import CouncilLine
from excomm_game.tui.widgets.keybar import KeyBar
from excomm_game.tui.widgets.masthead import Masthead
from excomm_game.tui.widgets.situation import InBrief
from tests.tui import rooms
from tests.tui.games import begin, thirteen, turn_pages
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down

MORE, ABOVE, CUT = "▼ more", "▲ above", "…"
LONG = "long enough to need more than one line of any window there is, and said at length"
MAIN = [name for name in rooms.EVERYWHERE if name not in ("palette", "other save", "question", "settings", "situation")]


def scrolls(widget: Widget) -> bool:
    return isinstance(widget, VerticalScroll | OptionList)


def shown(person: Person, region: Region) -> str:
    """Return what stands in a part of the screen."""
    rows = person.cells()[region.y : region.bottom]
    return "\n".join("".join(cell.glyph for cell in row[region.x : region.right]) for row in rows)


def cut(person: Person) -> Iterator[str]:
    """Tell every place where something is cut and nothing says so."""
    screen = person.app.screen
    places_of = screen._compositor.full_map
    for widget in [screen, *screen.walk_children()]:
        if not widget.display or widget not in places_of or not all(one.display for one in widget.ancestors):
            continue
        region, clip = places_of[widget].region, places_of[widget].clip
        name = f"{type(widget).__name__} {widget.id or ' '.join(sorted(widget.classes))}".strip()
        if scrolls(widget):
            edge = shown(person, region.intersection(clip))
            if widget.max_scroll_y > 0 and widget.scroll_offset.y < widget.max_scroll_y and MORE not in edge:
                yield f"{name} does not say that more follows"
            if widget.scroll_offset.y > 0 and ABOVE not in edge:
                yield f"{name} does not say that more stands above"
        if any(scrolls(one) for one in widget.ancestors):
            continue
        if region.intersection(clip) != region and not isinstance(widget, KeyBar):
            yield f"{name} sticks out of its place: {region} in {clip}"
        if isinstance(widget, Static | Masthead | KeyBar | CouncilLine):
            width, height = widget.content_size
            content = visualize(widget, widget.render(), markup=False)
            needed = content.get_height(widget.styles, width) if width else 0
            if needed > height and CUT not in shown(person, region):
                yield f"{name} needs {needed} lines and has {height}"


@pytest.mark.parametrize("size", SIZES)
class TestLongTexts:
    """A scenario that says everything at length."""

    @at_the_keyboard
    async def test_nothing_is_cut_unmarked(self, home, disk, make, size):
        """Where every title, label, name and text is long, whatever does not fit its place ends in a mark: more
        follows, or three dots.
        """
        rooms.furnish(home, disk, lambda place: f"{place} {LONG}", lambda place: f"{place} {' '.join([LONG] * 6)}")
        wrong = await everywhere_cut(make(), size, MAIN)
        assert not wrong, "\n".join(wrong)

    @at_the_keyboard
    async def test_every_text_can_be_read_to_its_end(self, home, disk, make, size):
        """Reading on shows the last word of whatever a pane holds, and reading back the first."""
        rooms.furnish(home, disk, prose=lambda place: f"{place} begins {'and so on ' * 90} here-ends-{place}")
        unread = []
        async with sat_down(make(), size) as person:
            for name in ("table", "documents", "theatre"):
                await rooms.go(person, name)
                texts = [person.reads()]
                pane = person.pane()
                for _ in range(200):
                    if pane.scroll_offset.y >= pane.max_scroll_y:
                        break
                    await person.press("m")
                    texts.append(person.reads())
                assert "begins" in texts[0] or len(texts) > 1
                seen = "".join("".join(texts).split())
                if "here-ends-" not in seen:
                    unread.append(f"{name}: {texts[-1][-60:]}")
                if "begins" in texts[0] and len(texts) > 1 and "here-ends-" not in "".join(texts[-1].split()):
                    unread.append(f"{name} ends in {texts[-1][-60:]}")
        assert not unread, "\n".join(unread)


async def everywhere_cut(app, size: tuple[int, int], names: list[str]) -> list[str]:
    """Go through the screens; return what is cut on them."""
    wrong = []
    async with sat_down(app, size) as person:
        for name in names:
            await rooms.go(person, name)
            wrong += [f"{name}: {one}" for one in cut(person)]
            if person.pane() is not None and name not in ("table", "theatre"):
                await person.press("m")
                wrong += [f"{name}, read on: {one}" for one in cut(person)]
    return wrong


@cache
def moments() -> list[int]:
    """Return where in history a page of the first seat is hardest to show: most options, longest texts, most advice."""
    game = Disk().recording(str(places.history_save())).game
    seat = game.scenario.seats[0]
    viewing = Viewing(game, seat)
    pages = {}
    for n, step in enumerate(game.steps[:-1]):
        occurrence = game.scenario.agenda[step.state.position]
        if occurrence.seat == seat and (page := viewing.at(n).page) is not None:
            pages[n] = page
    hardest = [
        max(pages, key=lambda n: sum(len(way.label) for way in pages[n].ways)),
        max(pages, key=lambda n: len(pages[n].advice)),
        max(pages, key=lambda n: max(len(way.barred) for way in pages[n].ways)),
        max(pages, key=lambda n: len(pages[n].text)),
    ]
    return sorted(dict.fromkeys(hardest))


@pytest.mark.parametrize("size", SIZES)
class TestThirteenDays:
    """The scenario that ships, where it is hardest to show."""

    @at_the_keyboard
    async def test_the_table(self, make, size):
        """Every option stands on the table, or the list says that more follow; nothing is cut unmarked; help and the
        way out are in the line of keys.
        """
        wrong = []
        app = make()
        async with sat_down(app, size) as person:
            for n in moments():
                app.play(lambda n=n: app.archive.branch(str(places.history_save()), n))
                await person.settle()
                while person.app.screen.page is None:
                    await person.press("1")
                wrong += [f"choice {n + 1}: {one}" for one in cut(person)]
                page = person.app.screen.page
                menu = shown(person, person.menu.region)
                options = [way for way in page.ways if way.number is not None]
                hidden = [way.label for way in options if way.label.split()[0] not in menu]
                if hidden and MORE not in menu:
                    wrong.append(f"choice {n + 1} hides {hidden}")
                if len(options) <= 4 and hidden:
                    wrong.append(f"choice {n + 1} has room for {hidden}")
                if "›" in menu or "enter" in person.rows()[-1]:
                    wrong.append(f"choice {n + 1} marks an option that nobody marked")
                await person.press("down")
                if not all(word in person.rows()[-1] for word in ("? help", "q leave", "enter take it")):
                    wrong.append(f"choice {n + 1}: {person.rows()[-1]}")
                for _ in options:
                    marked = shown(person, person.menu.region)
                    if "›" not in marked:
                        wrong.append(f"choice {n + 1}: the marked option is out of sight")
                    await person.press("down")
        assert not wrong, "\n".join(wrong)

    @at_the_keyboard
    async def test_what_can_be_looked_at(self, make, size):
        """Council, documents, situation, journal and ladder are not cut unmarked late in the game either."""
        wrong = []
        app = make()
        async with sat_down(app, size) as person:
            app.play(lambda: app.archive.branch(str(places.history_save()), max(moments())))
            await person.settle()
            while person.app.screen.page is None:
                await person.press("1")
            for key in "cdsjk":
                below = person.app.screen
                await person.press(key)
                if person.app.screen is not below:
                    wrong += [f"{key}: {one}" for one in cut(person)]
                    await person.press("q")
        assert not wrong, "\n".join(wrong)

    @at_the_keyboard
    async def test_the_theatre(self, make, size):
        """Nor is any frame of history."""
        wrong = []
        async with sat_down(make(), size) as person:
            await person.press("r")
            screen = person.app.screen
            for place in range(0, len(screen.steps), 6):
                await screen.go(place)
                await person.settle()
                wrong += [f"step {place}: {one}" for one in cut(person)]
                if not all(word in person.rows()[-1] for word in ("? help", "q leave")):
                    wrong.append(person.rows()[-1])
            await person.press("v", "v", "v")
            wrong += [f"everything: {one}" for one in cut(person)]
        assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES)
@at_the_keyboard
async def test_the_date_and_the_situation_stand_in_every_window(make, size):
    """In the smallest window too the table says what day it is and how things stand."""
    async with sat_down(make(begin(thirteen())), size) as person:
        for _ in range(2):
            assert re.search(r"Havana 10:50 +(Tuesday )?16 Oct", person.sees())
            assert re.search("Tension (█*░* )?calm", person.words())
            await turn_pages(person)


@at_the_keyboard
async def test_growing_and_shrinking(home, disk, make):
    """A screen that was opened in one window looks in another as if it had been opened there."""
    rooms.furnish(home, disk)
    for name in ("table", "journal", "theatre"):
        seen = []
        for sizes in (SIZES, reversed(SIZES)):
            async with sat_down(make(), SIZES[1]) as person:
                await rooms.go(person, name)
                for size in sizes:
                    await person.resize(*size)
                await person.resize(*SIZES[1])
                seen.append(person.rows())
        assert seen[0] == seen[1], name


@pytest.mark.parametrize("width", range(20, 120, 7))
def test_the_line_of_the_situation_is_whole_at_any_width(width):
    """The estimate, the rung and how much more there is stand at any width; of the bands those that fit, uncut."""
    bands = [Content(band) for band in ("Tension grave", "The alliance firm", "Standing at home steady")]
    line = InBrief([Content("Estimate 5%")], bands, [Content("Rung 9")], 7).line(width).plain
    shown = line.split(" · ")
    assert (shown[0], shown[-2]) == ("Estimate 5%", "Rung 9")
    kept = shown[1:-2]
    assert kept == [band.plain for band in bands[: len(kept)]]
    assert shown[-1] == f"{7 + len(bands) - len(kept)} more (s)"
    assert len(line) <= width or not kept
    assert len(kept) == len(bands) or len(" · ".join([*line.split(" · "), bands[len(kept)].plain])) > width - 1
