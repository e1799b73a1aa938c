"""Garbage is looked for while nobody types, and what a game is made of only when it is left."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from excomm_game.tui.tidying import MOMENT, Tidying
from tests.tui import rooms
from tests.tui.keyboard import at_the_keyboard, sat_down

NEVER = 1_000_000


@pytest.fixture(autouse=True)
def unasked():
    """Keep the interpreter from looking everything through unasked."""
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], NEVER)
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Ring:
    """Something that only a search for garbage finds."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_left_is_found_a_moment_after_the_last_key():
    """A key that comes before puts it off."""

    async def sit() -> None:
        tidying = Tidying()
        tidying.soon()
        await asyncio.sleep(3 * MOMENT)
        assert gc.get_freeze_count()
        ring = weakref.ref(one := Ring())
        gc.collect(1)  # as old as what only the longest search looks at
        gc.collect(1)
        del one
        tidying.soon()
        tidying.later()
        await asyncio.sleep(3 * MOMENT)
        assert ring() is not None
        tidying.soon()
        assert ring() is not None
        await asyncio.sleep(3 * MOMENT)
        assert ring() is None

    asyncio.run(sit())


def test_a_game_is_looked_through_when_it_is_left():
    """What stood when it was opened is left alone until then."""

    async def sit() -> None:
        tidying = Tidying()
        ring = weakref.ref(one := Ring())
        tidying.enter()
        tidying.soon()
        await asyncio.sleep(3 * MOMENT)
        del one
        gc.collect()
        assert ring() is not None
        tidying.leave()
        tidying.soon()
        await asyncio.sleep(3 * MOMENT)
        assert ring() is None

    asyncio.run(sit())


@at_the_keyboard
async def test_closed_screens_are_gone_while_the_person_reads(disk, home, make):
    """Of help looked at again and again not half is kept: the search waits until there may be something to find."""
    rooms.furnish(home, disk)
    async with sat_down(make()) as person:
        await rooms.go(person, "table")
        screens = []
        for _ in range(12):
            await person.press("f1")
            screens.append(weakref.ref(person.app.screen))
            await person.press("escape")
            await asyncio.sleep(3 * MOMENT)
        assert sum(screen() is not None for screen in screens) < 6
