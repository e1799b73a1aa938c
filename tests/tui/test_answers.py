"""Whoever has a mouse can answer every question with it."""

from __future__ import annotations

import pytest

from excomm_game.cli.archive import Disk
from excomm_game.tui.app import ExcommApp
from excomm_game.tui.widgets.answers import Answers
from tests.tui import rooms
from tests.tui.keyboard import Person, at_the_keyboard, sat_down

KEYS = {
    "notice": {"close": "enter"},
    "question": {"take it back": "y", "let it stand": "n"},
    "line": {"keep it": "enter", "leave": "escape"},
    "commitment": {"do it": "enter", "give a reason": "r", "not this": "n"},
    "hand-over": {"I am here": "enter", "leave (saved)": "q"},
    "answer": {"keep it": "ctrl+s", "back, to do it later": "tab"},
}


async def click(person: Person, words: str) -> None:
    """Click on an answer."""
    region = person.app.screen.query_one(Answers).region
    place = person.rows()[region.y].index(words, region.x)
    await person.click(place + len(words) // 2, region.y)


@pytest.mark.parametrize("name", [name for name in rooms.DIALOGS if name != "palette"])
@at_the_keyboard
async def test_a_click_is_as_good_as_a_key(tmp_path, monkeypatch, name):
    """A click on each answer of a question leads to where its key leads, with the same on the screen."""
    for words, key in KEYS[name].items():
        seen = []
        for by in ("key", "click"):
            home = tmp_path / f"{by} {key}"
            monkeypatch.setenv("EXCOMM_HOME", str(home))
            rooms.furnish(home, Disk())
            async with sat_down(ExcommApp(Disk())) as person:
                await rooms.go(person, name)
                before = person.sees()
                await (person.press(key) if by == "key" else click(person, words))
                assert person.sees() != before
                seen.append((person.rooms(), person.sees()))
        assert seen[0] == seen[1], words
