"""A screen that is closed leaves nothing behind."""

from __future__ import annotations

import gc

import pytest
from textual._styles_cache import StylesCache

from tests.tui import rooms
from tests.tui.keyboard import at_the_keyboard, sat_down


def painted() -> int:
    """Count what holds painted lines, but for what nothing holds on to."""
    gc.unfreeze()
    gc.collect()
    return sum(isinstance(one, StylesCache) for one in gc.get_objects())


@pytest.mark.parametrize("name", ["title", "table"])
@at_the_keyboard
async def test_what_was_painted_on_a_closed_screen_is_gone(disk, home, make, name):
    """However often help is looked at, no more is kept than was after the first time."""
    rooms.furnish(home, disk)
    async with sat_down(make()) as person:
        await rooms.go(person, name)
        kept = []
        for _ in range(8):
            await person.press("f1")
            assert person.sees()
            await person.press("escape")
            kept.append(painted())
        assert min(kept[2:]) <= max(kept[:2]), kept  # some may still be on their way out when they are counted
