"""How six screens look at three sizes, glyph for glyph. Run with EXCOMM_GOLDEN=write and read what changed.

Glyphs alone, because they can be read in a difference and outlast a change of the library's pictures; colours have
their own tests.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from excomm_game.engine.policy import historical, open_ids
from excomm_game.files.places import history_save
from tests.tui import rooms
from tests.tui.games import begin, resume, thirteen, watch
from tests.tui.keyboard import SIZES, at_the_keyboard, sat_down

HERE = Path(__file__).parent / "golden"
LOOKS = ("title", "table", "council", "document", "theatre", "ending")


def late_on(disk, day: int) -> str:
    """Return the key of a game that follows 1962 up to a day, or to its end."""
    sitting = disk.begin(thirteen(seed=1962))
    game = sitting.game
    while (awaited := game.awaited) is not None and awaited.day < day:
        named, are_open = historical(game.scenario, awaited), open_ids(game.scenario, game.state, awaited)
        sitting.keep(game.choose(named if named in are_open else are_open[0]))
    sitting.leave()
    return sitting.key


def way_to(disk, look: str):
    """Return what the program opens on, and the keys that lead to the screen."""
    if look == "title":
        return None, ()
    if look == "ending":
        return resume(late_on(disk, 14)), ()
    if look == "theatre":
        return watch(str(history_save())), ("f",) * 24
    if look == "document":
        return resume(late_on(disk, 12)), ("d", "j")
    return begin(thirteen(seed=1962)), (rooms.ON, "c") if look == "council" else (rooms.ON,)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", LOOKS)
@at_the_keyboard
async def test_it_looks_as_it_did(disk, make, look, size):
    """Nothing moves on these screens unless somebody meant it to and has looked."""
    start, keys = way_to(disk, look)
    async with sat_down(make(start), size) as person:
        await rooms.follow(person, *keys)
        shown = "\n".join(row.rstrip() for row in person.rows()) + "\n"
    path = HERE / f"{look}-{size[0]}x{size[1]}.txt"
    if os.environ.get("EXCOMM_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown
