"""Laws of what is drawn in one line, of prose, of settings, of sheets in a file, and of typing a number."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content

from excomm_game.engine.dossier import Change, Reading
from excomm_game.engine.hour import Clock
from excomm_game.engine.reader import Paper
from excomm_game.engine.text import MAX_NAME
from excomm_game.tui import marks, sheets
from excomm_game.tui.prose import prose
from excomm_game.tui.settings import PACES, THEMES, Settings
from excomm_game.tui.widgets.menu import Line, Menu
from excomm_game.words.phrases import change
from tests.strategies import prose as any_prose
from tests.tui.keyboard import at_the_keyboard, key_event

FIRST = datetime(1962, 10, 16, 9, tzinfo=UTC)
WORD = re.compile(r"[^\W\d_]+")
PIECES = [*"*_#>-+[]()!|\\<=:", "\n", "\n\n", "    ", "alpha", "beta", "gamma", " ", "**", "1. ", "`", "---\n"]


def reading(value: float, low: float = 0, high: float = 100, label: str = "Tension", band: str = "grave") -> Reading:
    return Reading("tension", label, str(value), band, value, low, high, False)


class TestBars:
    """A bar is as wide as asked for, whatever it shows."""

    @given(st.floats(0, 1), st.integers(-100, 100), st.integers(0, 200), st.integers(1, 80))
    @example(1.0, 0, 0, 4)
    def test_width(self, share, low, span, width):
        """It never grows or shrinks, is empty at the low end only, and full at the high end."""
        value, high = low + share * span, low + span
        drawn = marks.bar(value, low, high, width)
        assert drawn.cell_length == width
        filled = drawn.plain.count(marks.FULL)
        assert filled + drawn.plain.count(marks.EMPTY) == width
        assert (filled > 0) == (value > low)
        assert filled == width or value < high or span == 0

    @given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 80))
    def test_order(self, one, other, width):
        """What is more is never drawn as less."""
        low, high = sorted((one, other))
        drawn = [marks.bar(value, 0, 1, width).plain.count(marks.FULL) for value in (low, high)]
        assert drawn == sorted(drawn)

    @given(st.text(st.characters(categories=("L", "Zs")), max_size=40), st.integers(4, 24), st.integers(1, 20))
    def test_gauges_stand_under_each_other(self, label, room, width):
        """Bars begin in the same cell, whatever the labels before them."""
        *_, drawn = marks.gauge(reading(30, label=label), room, width).plain.split("\n")
        assert drawn.index(marks.FULL) == room + 1
        assert drawn.endswith(" grave")

    @pytest.mark.parametrize("label", ["A label of more than twenty-four letters", "Missile sites in the west of Cuba"])
    def test_a_label_that_is_cut_says_so(self, label):
        """A label that does not fit ends in three dots."""
        drawn = marks.gauge(reading(30, label=label), 24, 10).plain
        assert label in drawn or "…" in drawn


@given(st.integers(1, 400), st.data(), st.integers(8, 400))
def test_the_strip_of_days(count, data, width):
    """It fits the width, always holds today in brackets, and says by dots on which side days are left out."""
    day = data.draw(st.integers(1, count))
    today = FIRST + timedelta(days=day - 1)
    drawn = marks.days(SimpleNamespace(day=day, days=count, clocks=[Clock("W", today)]), width).plain
    assert len(drawn) <= width
    assert f"[{today.day:2d}]" in drawn
    numbers = re.findall(r"\d+", drawn)
    here = numbers.index(str(today.day)) if len(numbers) <= 27 else None
    assert len(numbers) <= count
    if len(numbers) == count:
        assert "…" not in drawn
    elif here is not None and count < 27:
        assert drawn.startswith("…") == (here < day - 1)
        assert drawn.endswith("…") == (len(numbers) - here - 1 < count - day)


@given(st.lists(st.integers(-30, 30), min_size=1, max_size=4), st.booleans())
def test_the_clocks(hours, short):
    """Each says its hour, and how many days it is ahead of the first or behind it."""
    shown = [Clock(f"Place{n}", FIRST + timedelta(hours=hour)) for n, hour in enumerate(hours)]
    drawn = marks.clocks(shown, short=short).plain
    for clock in shown:
        assert f"{clock.local:%H:%M}" in drawn
        ahead = (clock.local.date() - shown[0].local.date()).days
        assert (f"{clock.local:%H:%M} {ahead:+d}" in drawn) or ahead == 0


def test_arrows():
    """Up is up, down is down, and a word or a bare number that has changed is neither: a lower one may be worse."""
    assert marks.moved(Change(reading(3), reading(4))) == "▲"
    assert marks.moved(Change(reading(4), reading(3))) == "▼"
    assert marks.moved(Change(reading(0, high=0, band=""), reading(1, high=0, band=""))) == "·"
    alert = [reading(n, label="Alert", band="") for n in (5, 3)]
    assert marks.moved(Change(*alert)) == "·"
    assert change(Change(*alert)) == "Alert: 3 (was: 5)"


class TestProse:
    """The little Markdown of scenarios."""

    @given(any_prose)
    def test_never_raises(self, text):
        """Whatever is safe text can be shown."""
        assert isinstance(prose(text), Content)

    @given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join).filter(lambda text: "]:" not in text))
    def test_keeps_every_word(self, text):
        """However it is marked up, no word is left out and none is doubled."""
        assert WORD.findall(prose(text).plain) == WORD.findall(text)

    @pytest.mark.parametrize("text", ["[Rusk]: No.", "[a]:\n<b>", "```secret\nopen\n```", "~~~ secret\nopen"])
    def test_keeps_words_that_markdown_hides(self, text):
        """What Markdown takes for the address of a link or the language of a listing is a word like others."""
        assert WORD.findall(prose(text).plain) == WORD.findall(text)

    @pytest.mark.parametrize(
        "text",
        ["[red]x[/red]", "[@click=app.quit]x[/]", "<b>bold</b>", "![alt](pic.png)",
         "[word](http://example.org)", "<http://example.org>", "a \\ b", "$danger", "&unknown; 5 < 6"],
    )  # fmt: skip
    def test_shows_what_is_no_markdown_of_ours(self, text):
        """Brackets, tags and links are letters like others."""
        assert prose(text).plain == text

    def test_what_it_knows(self):
        """Stress, headings, lists and lines are drawn; their marks are not."""
        shown = prose("# Head\n\nOne *two* **three**.\n\n- first\n- second\n\n3. third\n\n---\n\nlast")
        assert shown.plain == "Head\n\nOne two three.\n\n- first\n- second\n3. third\n\n* * *\n\nlast"
        styles = {shown.plain[span.start : span.end]: span.style for span in shown.spans}
        assert styles == {"Head": "bold", "two": "italic", "three": "bold", "* * *": "$quiet"}

    @given(any_prose)
    def test_nothing_can_be_clicked(self, text):
        """No text holds an action."""
        assert not any("@" in str(span.style) for span in prose(text).spans)


class TestSettings:
    """What a person can set."""

    kept = st.dictionaries(
        st.sampled_from(["theme", "pace", "player", "more"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*THEMES, *PACES])
        | st.lists(st.text(), max_size=2) | st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
    )  # fmt: skip

    @given(kept)
    def test_whatever_was_kept(self, kept):
        """Anything can be read; what comes of it can be set, and is read again as it is."""
        read = Settings.of(kept)
        assert read.theme in THEMES
        assert read.pace in PACES
        assert len(read.player) <= MAX_NAME
        assert read.player.isprintable()
        assert Settings.of(read.kept()) == read

    @given(
        st.sampled_from(THEMES),
        st.sampled_from(PACES),
        st.text(st.characters(categories=("L", "N", "Zs")), max_size=MAX_NAME),
    )
    def test_round_trip(self, theme, pace, player):
        """What was set is what is read."""
        one = Settings(theme, pace, player)
        assert Settings.of(one.kept()) == (one if player.isprintable() else Settings(theme, pace))


class TestSheets:
    """A sheet as a text in a file."""

    @given(st.lists(st.sampled_from(["alpha", "beta gamma", "[red]", "x y"]), min_size=1, max_size=6))
    def test_every_block_is_written(self, words):
        """Whatever stands in a sheet stands in its text, in order."""
        sheet = [
            block for word in words for block in (sheets.Heading(word, "aside"), sheets.Text(word), sheets.Note(word))
        ]
        text = sheets.plain(sheet)
        assert text.endswith("\n")
        assert not text.startswith("\n")
        place = 0
        for word in words:
            for said in (word.upper(), "aside", word, word):
                place = text.index(said, place) + len(said)

    def test_changes_rows_and_documents(self):
        """Changes have their arrows, drawn lines their words, documents their routing and their text without marks."""
        sent = Clock("Here", FIRST)
        paper = Paper("p", "letter", "A letter", "Nikita", "John", "by cable", sent, None, "Dear *friend*,\n\n**no**.")
        text = sheets.plain(
            [
                sheets.Moves("What changed", (Change(reading(10), reading(20)),)),
                sheets.Lines((Content.assemble(("one", "bold"), " two"),)),
                sheets.Rows((("x", "does it"),)),
                sheets.Document(paper),
            ]
        )
        for said in ("What changed:", "▲ Tension", "one two", "x  does it", "LETTER: A letter", "From: Nikita",
                     "To: John", "Dear friend,", "no."):  # fmt: skip
            assert said in text
        assert "*" not in text

    def test_no_markdown_in_a_file(self):
        """Stress is for the screen: a text in a file has no stars, as it has none in a document."""
        assert sheets.plain([sheets.Text("He said *no* and **meant** it.")]) == "He said no and meant it.\n"

    def test_nothing(self):
        """An empty sheet is an empty line."""
        assert sheets.plain([]) == "\n"


class OneMenu(App[None]):
    """A menu and nothing else; digits come to it as from any screen."""

    def __init__(self, lines: list[Line], *, at_once: bool) -> None:
        super().__init__()
        self.lines, self.at_once = lines, at_once
        self.taken: list[str] = []

    def compose(self) -> ComposeResult:
        yield Menu(at_once=self.at_once)

    def on_mount(self) -> None:
        self.query_one(Menu).show_lines(self.lines)

    def on_option_list_option_selected(self, event: Menu.OptionSelected) -> None:
        self.taken.append(event.option_id or "")


async def typed(lines: list[Line], numbers: list[int], *, at_once: bool) -> list[tuple[str | None, list[str]]]:
    """Type numbers, a move of the mark between them; return what was marked and taken after each."""
    app = OneMenu(lines, at_once=at_once)
    seen = []
    async with app.run_test() as pilot:
        menu = app.query_one(Menu)
        for number in numbers:
            app.taken.clear()
            for digit in str(number):
                menu.digit(digit)
            await pilot.pause(0)
            option = menu.highlighted_option
            seen.append((option.id if option else None, list(app.taken)))
            menu.action_first()
            menu.action_last()
    return seen


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 12, 23, 30])
@at_the_keyboard
async def test_every_option_can_be_reached_by_its_number(count, at_once):
    """Whatever was typed before, typing a number marks its option, or takes it where that is enough."""
    lines = [Line(f"way-{n}", Content(f"Way {n}"), n) for n in range(1, count + 1)]
    numbers = [*range(1, count + 1), *range(count, 0, -1)]
    for number, (marked, taken) in zip(numbers, await typed(lines, numbers, at_once=at_once), strict=True):
        assert marked == f"way-{number}"
        assert taken in ([], [f"way-{number}"])
        if at_once and count < 10:
            assert taken == [f"way-{number}"]


@pytest.mark.parametrize("number", ["5", "12", "2"])
@at_the_keyboard
async def test_a_number_again_takes_it(number):
    """Where a number only marks, the same number again takes it, as the table's help has it: also one of two digits."""
    lines = [Line(f"way-{n}", Content(f"Way {n}"), n) for n in range(1, 13)]
    app = OneMenu(lines, at_once=False)
    async with app.run_test() as pilot:
        for digit in number * 2:
            app.query_one(Menu).digit(digit)
        await pilot.pause(0)
        assert app.taken == [f"way-{number}"]


@at_the_keyboard
async def test_closed_lines_have_no_number():
    """Numbers count what is open: a closed line in between is skipped, and no digit marks it."""
    lines = [Line("a", Content("A"), 1), Line("b", Content("B"), None, False), Line("c", Content("C"), 2)]
    seen = await typed(lines, [2, 1, 3, 0, 2], at_once=False)
    assert [marked for marked, _ in seen] == ["c", "a", "c", "c", "c"]


def test_digits_are_keys():
    """What these tests type is what a keyboard sends."""
    assert [key_event(digit).character for digit in "0123456789"] == list("0123456789")
