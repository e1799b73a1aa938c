"""Anybody's hands on the keys: nothing raises, and the saves stay sound."""

from __future__ import annotations

import random

import pytest

from excomm_game.files import places
from excomm_game.tui.screens.too_small import TOO_SMALL
from tests.tui import rooms
from tests.tui.games import (
    SHORT,
    assigned,
    begin,
    on_disk,
    play_out,
    resume,
    sitting_of,
    small,
    thirteen,
    verify,
    watch,
)  # fmt: skip
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down
from tests.tui.test_commands import commands, keys

TINY = [(59, 20), (60, 19), (20, 80), (200, 3), (7, 2)]
PLAYING = ["1", "2", "3", "1", "1", "enter", "enter", "y", "down", "space", "q"]
KNOWN = sorted({key for command in commands() for key in keys(command)})
OTHERS = [
    *"abcdefghijklmnopqrstuvwxyz0123456789 .,;:-_+*/\\|!\"'()[]{}<>=?@#$%&~^`ÄßżЖ漢😀",
    *["tab", "shift+tab", "backspace", "delete", "insert", "pageup", "pagedown", "home", "end", "up", "down", "left"],
    *["right", "f2", "f10", "escape", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x"],
]
STORMS = [(size, name) for size in SIZES for name in ("one", "two", "thirteen", "watch", "assigned", "asked")]
KEYS_A_STORM = 420  # in all a little more than 5,000
PASTES = {
    "100 kB": "why " * 25_000,
    "control": "".join(map(chr, range(32))) + "\x7f\x9b\u202e",
    "lines": "1\n1\ny\n" * 50,
}
SOLID = [name for name in rooms.EVERYWHERE if name not in rooms.ALIKE]
TAKING_PASTES = ["title", "new game", "table", "documents", "theatre", "commitment", "line", "hand-over", "palette"]
TAKING_PASTES += ["reflection", "answer"]


async def storm(person: Person, chance: random.Random, count: int) -> int:
    """Press random keys in bursts, now and then in another window; return how many were pressed."""
    pressed = 0
    while pressed < count and not person.has_left:
        if chance.random() < 0.06:
            await person.resize(*chance.choice([*SIZES, *TINY]))
        for _ in range(chance.randint(1, 12)):
            person.strike(chance.choice(chance.choice([PLAYING, PLAYING, PLAYING, KNOWN, OTHERS, OTHERS])))
            pressed += 1
        await person.settle()
    return pressed


@pytest.mark.parametrize(("size", "name"), STORMS)
@at_the_keyboard
async def test_a_storm_of_keys(make, disk, finished, size, name):
    """Hundreds of random keys, typed faster than the screen can follow, raise nothing; every save still reproduces."""
    seed = STORMS.index((size, name))
    chance = random.Random(seed)  # noqa: S311 - anybody's hands
    start = {
        "one": begin(small(seed=seed)),
        "two": begin(small("west", "east", seed=seed)),
        "thirteen": begin(thirteen(seed=seed)),
        "watch": watch(finished),
        "assigned": begin(assigned(small(seed=seed), reasons="every", takebacks=False, estimate=False, seconds=10)),
        "asked": resume(play_out(disk, assigned(small()), SHORT)),
    }[name]
    pressed = 0
    while pressed < KEYS_A_STORM:
        app = make(start)
        async with sat_down(app, size) as person:
            pressed += await storm(person, chance, KEYS_A_STORM - pressed)
            person.sees()
            if app.sitting is not None:
                assert on_disk(app.sitting.key).record == app.sitting.game.record
        assert app.failure is None
        start = None
    verify(*(str(path) for path in places.save_folder().glob("*.jsonl")))


@pytest.mark.parametrize("ahead", ["enter enter", "q q", "x", "?", "1", "t t", "c", "f f"])
@at_the_keyboard
async def test_a_key_typed_ahead_of_a_screen(home, disk, make, ahead):
    """Keys that arrive together with the one that opens a screen, before that is drawn, raise nothing."""
    rooms.furnish(home, disk)
    async with sat_down(make()) as person:
        for name in (
            "new game",
            "saves",
            "table",
            "documents",
            "ladder",
            "theatre",
            "ending",
            "aftermath",
            "commitment",
        ):
            *way, last = rooms.EVERYWHERE[name].keys.split()
            person.app.go_to_title()
            await person.settle()
            await person.press(*way)
            for key in (last, *ahead.split()):
                person.strike(key)
            await person.settle()
            assert person.app._exception is None, name


@pytest.mark.parametrize("then", ["escape", "enter", "x", "pagedown", "down"])
@at_the_keyboard
async def test_the_palette_used_at_once(make, then):
    """Opening the palette and doing something with it in the same breath raises nothing."""
    async with sat_down(make()) as person:
        for _ in range(3):
            person.strike("x")
            person.strike(then)
            await person.settle()
            person.app.go_to_title()
            await person.pilot.pause(0.05)
        assert person.app._exception is None


async def chosen(app, typed: list[str], *, is_fast: bool) -> list[tuple[str, str]]:
    """Return what stands chosen after keys typed in one breath or one by one."""
    async with sat_down(app) as person:
        for key in typed:
            person.strike(key)
            if not is_fast:
                await person.settle()
        await person.settle()
        game = sitting_of(person.app).game
        assert on_disk(sitting_of(person.app).key).record == game.record
        return [(choice.option, choice.reason or "") for choice in game.choices]


@pytest.mark.parametrize(
    "typed", ["1 3 3 y 1 1 2 2 y", "1 1 enter r w h y enter y 1 x", "1 2 2 enter 1 c q d j q 1 enter y 1 u"]
)
@at_the_keyboard
async def test_fast_is_as_slow(make, typed):
    """What is typed faster than the screens can follow does what it does typed slowly: no key is lost or misplaced."""
    fast = await chosen(make(begin(small(seed=1))), typed.split(), is_fast=True)
    assert fast == await chosen(make(begin(small(seed=1))), typed.split(), is_fast=False)
    assert fast


@pytest.mark.parametrize(
    "held",
    [("help", "???"), ("journal", "qqqq"), ("documents", "ddd"), ("theatre", "qqq"), ("commitment", "nnn"),
     ("question", "nnnn"), ("notice", "qqqq"), ("table", "uuyy"), ("saves", "rrr"), ("hand-over", "qqq"),
     ("title", "nnn"), ("title", "1111"), ("aftermath", "qqqq"), ("line", ["enter"] * 3), ("line", ["escape"] * 3),
     ("palette", ["enter"] * 3), ("answer", ["tab"] * 3), ("answer", ["ctrl+s"] * 3), ("reflection", "yyyy")],
    ids=lambda held: f"{held[0]}-{held[1][0]}",
)  # fmt: skip
@at_the_keyboard
async def test_a_key_held_down(home, disk, make, held):
    """A key that repeats faster than the screen can follow raises nothing."""
    rooms.furnish(home, disk)
    name, repeated = held
    async with sat_down(make()) as person:
        await rooms.go(person, name)
        for key in repeated:
            person.strike(key)
        await person.settle()
        assert person.app._exception is None


@at_the_keyboard
async def test_a_form_changed_faster_than_it_is_explained(make):
    """Moving through the form of a new game and changing its crisis in the same breath raises nothing."""
    async with sat_down(make()) as person:
        await person.press("n")
        for key in ("end", "up", "2", "down", "down", "2", "home", "2", "end", "2"):
            person.strike(key)
        await person.settle()
        assert person.app._exception is None


@at_the_keyboard
async def test_a_window_that_is_too_small(home, disk, make):
    """Below sixty by twenty every screen says so and nothing else; grown again, it is as it was."""
    rooms.furnish(home, disk)
    wrong = []
    async with sat_down(make()) as person:
        for name in SOLID:
            await rooms.go(person, name)
            before, screen = front(person), person.app.screen
            for width, height in TINY:
                await person.resize(width, height)
                if width >= 20 and height >= 5 and person.words() != TOO_SMALL:
                    wrong.append(f"{name} at {width}x{height} shows {person.words()}")
            await person.resize(80, 24)
            if person.app.screen is not screen or front(person) != before:
                wrong.append(f"{name} is another than before\n{before}\n{front(person)}")
    assert not wrong, "\n".join(wrong)


def front(person: Person) -> list[str]:
    """Return the screen, or of a dialog what stands in its box."""
    box = next(iter(person.app.screen.query(".dialog, #--input")), person.app.screen).region
    return [row[box.x : box.right] for row in person.rows()[box.y : box.bottom]]


@at_the_keyboard
async def test_a_window_of_one_cell(home, disk, make):
    """Not even a window of a single cell breaks a screen."""
    rooms.furnish(home, disk)
    async with sat_down(make()) as person:
        for name in SOLID:
            await rooms.go(person, name)
            before = front(person)
            await person.resize(1, 1)
            person.sees()
            await person.resize(80, 24)
            assert person.app._exception is None, name
            assert front(person) == before, name


@pytest.mark.parametrize("size", [(7, 2), (40, 10)])
@at_the_keyboard
async def test_keys_where_nothing_can_be_seen(home, disk, make, size):
    """In a window that is too small no key raises anything."""
    rooms.furnish(home, disk)
    async with sat_down(make()) as person:
        for name in ("journal", "saves", "line", "theatre", "palette"):
            await rooms.go(person, name)
            await person.resize(*size)
            await person.press("down", "pagedown", "pageup", "end", "home", "1", "space", "m", "tab", "up")
            await person.resize(80, 24)
            await person.press("pagedown", "pageup")
            assert person.app._exception is None, name


@at_the_keyboard
async def test_nothing_is_chosen_blindly(make):
    """While a window is too small to show what is asked, no key answers it."""
    async with sat_down(make(begin(small()))) as person:
        await person.press("1")
        before = sitting_of(person.app).game.record
        await person.resize(40, 10)
        await person.press("3", "3", "y", "1", "enter", "enter")
        assert sitting_of(person.app).game.record == before


@pytest.mark.parametrize("pasted", PASTES)
@at_the_keyboard
async def test_a_paste(home, disk, make, pasted):
    """Whatever is pasted, wherever: nothing raises, no screen is left, no command is called, no save is changed."""
    rooms.furnish(home, disk)
    saves = {path: path.read_bytes() for path in places.save_folder().glob("*.jsonl")}
    async with sat_down(make()) as person:
        for name in TAKING_PASTES:
            await rooms.go(person, name)
            before = person.rooms()
            await person.paste(PASTES[pasted])
            assert person.rooms() == before
            person.sees()
    assert {path: path.read_bytes() for path in places.save_folder().glob("*.jsonl")} == saves


@pytest.mark.parametrize("pasted", PASTES)
@pytest.mark.usefixtures("finished")
@at_the_keyboard
async def test_a_paste_into_every_line(make, pasted):
    """A seed, a name and a note take what fits of a paste, or refuse it in words; afterwards all goes on."""
    app = make()
    async with sat_down(app) as person:
        for way in ("n 9", "t 3"):
            await person.press(*way.split())
            assert person.room() == "WriteLine"
            await person.paste(PASTES[pasted])
            await person.press("enter")
            if person.room() == "Notice":
                await person.press("enter")
            await person.press("q")
            assert person.rooms() == ["Title"]
        await person.press("s", "r", "f", "n")
        await person.paste(PASTES[pasted])
        await person.press("enter")
        assert person.rooms() == ["Title", "Theatre"]
        await person.press("q", "n", "1")
        assert person.rooms() == ["Title", "Table"], person.words()
        verify(sitting_of(app).key)


@at_the_keyboard
async def test_clicks_anywhere(home, disk, make):
    """Clicks all over a screen raise nothing, whatever they open."""
    rooms.furnish(home, disk)
    chance = random.Random(1)  # noqa: S311 - anybody's hand
    for name in ("title", "saves", "table", "documents", "theatre", "commitment"):
        async with sat_down(make()) as person:
            await rooms.go(person, name)
            for _ in range(4):
                if not person.has_left:
                    await person.click(chance.randrange(80), chance.randrange(24))
            assert person.app._exception is None, name


@at_the_keyboard
async def test_a_click_on_the_line_of_keys(home, disk, make):
    """A click on a command at the foot of the screen calls it."""
    rooms.furnish(home, disk)
    async with sat_down(make()) as person:
        for word, room in (("council", "ReadingScreen"), ("? help", "HelpScreen"), ("q leave", "Title")):
            await rooms.go(person, "table")
            await person.click(person.rows()[-1].index(word) + 1, 23)
            assert person.room() == room


def test_the_storms_know_every_key():
    """Whatever key a command is given, the storms press it."""
    assert set(KNOWN) == {key for command in commands() for key in keys(command)}
    assert len(STORMS) * KEYS_A_STORM > 5_000
