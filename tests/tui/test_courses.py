"""The courses side by side on the screen: played beside it, one school after another, and stopped at will."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from excomm_game.tui.screens.courses import GLYPHS, CoursesScreen
from excomm_game.worlds import run as running
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down

PATIENCE = 30.0


async def played(person: Person) -> CoursesScreen:
    """Wait until the courses are played."""
    screen = person.app.screen
    assert isinstance(screen, CoursesScreen)
    until = time.monotonic() + PATIENCE
    while screen.work is not None and not screen.work.is_finished:
        assert time.monotonic() < until
        await asyncio.sleep(0.01)
    await person.settle()
    return screen


@pytest.mark.parametrize("size", SIZES)
@at_the_keyboard
async def test_every_course_by_every_school(make, thirteen_days, size):
    """Each course stands there with its figure and its bar, by each school in turn."""
    async with sat_down(make(), size) as person:
        await person.press("c")
        screen = await played(person)
        for school in thirteen_days.schools:
            assert screen.school == school
            assert thirteen_days.draft.schools[school].label in person.words()
            assert [row.course for row in screen.rows[school]] == [one.id for one in thirteen_days.draft.courses]
            read = person.words()
            for _ in range(6):
                await person.press("m")
                read += person.words()
            for course in thirteen_days.draft.courses:
                assert course.label in read
            assert any(glyph in read for glyph in GLYPHS.values())
            await person.press("n")
            await played(person)
        assert screen.school == thirteen_days.default_school()
        await person.press("q")
        assert person.room() == "Title"


@at_the_keyboard
async def test_it_can_be_stopped(make, monkeypatch):
    """While courses are played the screen is open to keys: stopping keeps what is there, leaving leaves."""
    gate, entered, real = threading.Event(), threading.Event(), running.played

    def slow(*args):
        if entered.is_set():
            gate.wait(PATIENCE)
        entered.set()
        return real(*args)

    monkeypatch.setattr(running, "played", slow)
    async with sat_down(make()) as person:
        await person.press("c")
        screen = person.app.screen
        while not screen.rows[screen.school]:
            await asyncio.sleep(0.01)
            await person.settle()
        assert "1 of 6 courses" in person.words()
        assert "s stop" in person.words()
        await person.press("s")
        assert "Stopped." in person.words()
        gate.set()
        await played(person)
        assert 1 <= len(screen.rows[screen.school]) < 6
        assert "of 6 courses" not in person.words()
        await person.press("q")
        assert person.room() == "Title"
        assert person.app._exception is None
