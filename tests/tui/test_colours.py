"""Four themes, no colours, sixteen colours: what is written can be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest
from rich.color import Color, ColorSystem
from textual.screen import ModalScreen

from excomm_game.tui.app import ExcommApp
from excomm_game.tui.settings import THEMES, Settings
from excomm_game.tui.themes import THEMES as ALL
from tests.tui import rooms
from tests.tui.keyboard import RULES, Person, at_the_keyboard, sat_down

READABLE = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size
SEEN = 1.3  # ours, for rules and bars, which say nothing that words do not say
LOOKED_AT = ["title", "saves", "comparison", "table", "council", "documents", "ladder", "theatre", "line", "palette"]
LOOKED_AT += ["reflection", "answer"]
GREY = ["comparison", "table", "commitment"]


@cache
def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, by the formula of WCAG 2.2."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Ink(NamedTuple):
    """A visible glyph, where it stands, its colour and that of its ground."""

    glyph: str
    where: tuple[int, int]
    colour: Color
    ground: Color

    def __str__(self) -> str:
        return f"{self.glyph!r} at {self.where}: {self.colour.name} on {self.ground.name}"


def inks(person: Person) -> Iterator[Ink]:
    """Yield one glyph of each kind and pair of colours on the screen; what a dialog dims behind it is left out."""
    screen = person.app.screen
    fronts = screen.query(".dialog, .handover, #--container, Toast") if isinstance(screen, ModalScreen) else [screen]
    regions = [front.region for front in fronts]
    seen = set()
    for y, row in enumerate(person.cells()):
        for x, (glyph, style) in enumerate(row):
            key = (glyph in RULES, style.color, style.bgcolor, style.reverse)
            if glyph.isspace() or key in seen or not any(region.contains(x, y) for region in regions):
                continue
            seen.add(key)
            if style.color is not None and style.bgcolor is not None:
                pair = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
                yield Ink(glyph, (x, y), *pair)


def faint(person: Person) -> list[str]:
    """Return glyphs that cannot be made out."""
    return [
        f"{ink} ({ratio:.2f})" for ink in inks(person)
        if (ratio := contrast(ink.colour, ink.ground)) < (SEEN if ink.glyph in RULES else READABLE)
    ]  # fmt: skip


def hidden(person: Person, system: ColorSystem) -> list[str]:
    """Return letters that have the colour of their ground where there are only the colours of a system."""
    return [
        str(ink) for ink in inks(person)
        if ink.glyph not in RULES and shown(ink.colour, system) == shown(ink.ground, system)
    ]  # fmt: skip


def shown(colour: Color, system: ColorSystem) -> tuple[int, int, int]:
    return tuple(colour.downgrade(system).get_truecolor())


def coloured(person: Person) -> list[str]:
    """Return glyphs that are not grey."""
    return [str(ink) for ink in inks(person) if any(len(set(one.get_truecolor())) > 1 for one in ink[2:])]


async def in_every_theme(person: Person, names: list[str], look: Callable[[Person], list[str]]) -> list[str]:
    """Go through the screens, each in all themes; return what `look` finds wrong."""
    wrong = []
    for name in names:
        await rooms.go(person, name)
        if name == "table":
            person.app.say("A word in passing.")
        for theme in THEMES:
            person.app.theme = theme
            await person.settle()
            wrong += [f"{name} in {theme}: {one}" for one in look(person)]
    return wrong


class TestContrast:
    """WCAG, glyph by glyph."""

    @at_the_keyboard
    async def test_every_glyph_can_be_read(self, home, disk, make):
        """In each theme, on each screen, a letter has a contrast of 4.5 at least to its own ground, a rule 1.3; and on
        a terminal of sixteen colours no letter has the colour of its ground.
        """
        rooms.furnish(home, disk)
        async with sat_down(make(), (80, 30)) as person:
            wrong = await in_every_theme(
                person, LOOKED_AT, lambda one: [*faint(one), *hidden(one, ColorSystem.STANDARD)]
            )
            assert wrong == []

    @at_the_keyboard
    async def test_no_colour(self, home, disk, make, monkeypatch):
        """With NO_COLOR there are only greys, and no letter has the colour of its ground."""
        monkeypatch.setenv("NO_COLOR", "1")
        rooms.furnish(home, disk)
        async with sat_down(make(), (80, 30)) as person:
            wrong = await in_every_theme(
                person, GREY, lambda one: [*coloured(one), *hidden(one, ColorSystem.TRUECOLOR)]
            )
            assert wrong == []

    @pytest.mark.parametrize("theme", THEMES)
    def test_scrollbars(self, theme):
        """A scrollbar can be told from what it runs in."""
        (one,) = [one for one in ALL if one.name == theme]
        bar, track = (Color.parse(one.variables[name]) for name in ("scrollbar", "scrollbar-background"))
        assert contrast(bar, track) >= SEEN

    @at_the_keyboard
    async def test_the_marked_line_has_a_sign(self, home, disk, make):
        """What is marked is marked by a sign too, not by colour alone."""
        rooms.furnish(home, disk)
        async with sat_down(make()) as person:
            for name in ("title", "new game", "saves", "table", "council", "journal", "ladder"):
                await rooms.go(person, name)
                signs = []
                for _ in range(2):
                    signs.append([y for y, row in enumerate(person.rows()) if "›" in row])
                    await person.press("down")
                assert [len(found) for found in signs] == [1, 1], name
                assert signs[0] != signs[1], name


class TestSettings:
    """What is set is kept, and read again."""

    @at_the_keyboard
    async def test_kept_and_read_again(self, disk):
        """A theme, a pace and a name that were set are there when the program is opened again."""
        async with sat_down(ExcommApp(disk)) as person:
            await person.press("t", "1", "2", "3")
            await person.type("Anna B.")
            await person.press("enter")
        async with sat_down(ExcommApp(disk)) as person:
            assert person.app.settings == Settings("paper", 4.0, "Anna B.")
            assert person.app.theme == "paper"
            await person.press("t")
            assert all(word in person.words() for word in ("paper", "4 seconds", "Anna B."))

    @at_the_keyboard
    async def test_all_themes_by_one_key(self, disk):
        """One key goes through all themes and comes back to the first, each at once on the screen."""
        async with sat_down(ExcommApp(disk)) as person:
            await person.press("t")
            seen = []
            for _ in THEMES:
                seen.append((person.app.theme, person.cells()[0][1].style.bgcolor))
                await person.press("1")
            assert [theme for theme, _ in seen] == list(THEMES)
            assert len({str(ground) for _, ground in seen}) == len(THEMES)
            assert person.app.theme == THEMES[0]

    @pytest.mark.parametrize(
        "kept",
        ["", "[", "[]", "null", "\x00", '{"theme": 3, "pace": "fast", "player": ["x"]}', '{"theme": "neon", "pace": 3}',
         '{"pace": true}', '{"player": "a\\u001bb"}', '{"pace": NaN}', f'{{"player": "{"x" * 500}"}}', '{"theme": {}}',
         '{"pace": []}'],
    )  # fmt: skip
    @at_the_keyboard
    async def test_damaged_ones(self, home, disk, kept):
        """Settings that cannot be read, or hold what cannot be set, fall back to what they are by themselves."""
        (home / "settings.json").write_text(kept, encoding="utf-8")
        async with sat_down(ExcommApp(disk)) as person:
            assert person.app.settings == Settings()
            assert person.room() == "Title"

    @at_the_keyboard
    async def test_one_damaged_value_spares_the_others(self, home, disk):
        """What fits is taken, whatever stands beside it."""
        (home / "settings.json").write_text(json.dumps({"theme": "paper", "pace": 99, "more": 1}), encoding="utf-8")
        async with sat_down(ExcommApp(disk)) as person:
            assert person.app.settings == Settings("paper")

    @at_the_keyboard
    async def test_a_name_that_cannot_be_kept_as_typed(self, disk, make):
        """A name that was pasted with unsafe characters is kept so that it can be read again and games can begin."""
        async with sat_down(make()) as person:
            await person.press("t", "3")
            await person.paste("\x1b" * 60)
            await person.press("enter")
            if person.room() == "Notice":
                await person.press("enter")
            kept = person.app.settings
            await person.press("q", "n", "2", "1")
            assert person.room() == "Table", person.words()
        assert Settings.of(disk.settings()) == kept
