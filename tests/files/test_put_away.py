"""Saves that are put away: whole, with what lies beside them, out of the list, and never over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from excomm_game.engine.errors import ExcommError, InUse
from excomm_game.files import notes, places, saves
from excomm_game.files.put_away import put_away


@pytest.fixture
def save(play) -> Path:
    path = places.save_folder() / "game.jsonl"
    path.parent.mkdir()
    play(path, ["wait", "threaten"])
    return path


def test_it_moves_whole_with_what_lies_beside_it(save):
    """The save and the notes on it are found as they were where they were moved; the list has neither any more."""
    before = save.read_bytes()
    notes.write(save, {1: "why?"})
    draft = save.with_name(f"{save.stem}.0123abcd.drafts.json")
    draft.write_text("{}", encoding="utf-8")
    another = save.with_name(f"{save.stem}.and-more.jsonl")
    another.write_bytes(before)
    moved = put_away(save)
    assert moved.parent == places.put_away_folder()
    assert moved.read_bytes() == before
    assert notes.read(moved) == {1: "why?"}
    assert sorted(one.name for one in moved.parent.iterdir()) == sorted(
        [moved.name, f"{moved.stem}.notes.json", draft.name]
    )
    assert places.player_saves() == [another]


def test_nothing_that_was_put_away_is_written_over(save):
    """A second save of the same name gets a name of its own there, and so do the notes on it."""
    before = save.read_bytes()
    notes.write(save, {1: "first"})
    first = put_away(save)
    save.write_bytes(before + b"\n")
    notes.write(save, {1: "second"})
    second = put_away(save)
    assert (first.read_bytes(), second.read_bytes()) == (before, before + b"\n")
    assert (notes.read(first), notes.read(second)) == ({1: "first"}, {1: "second"})


def test_not_while_it_is_played(save):
    """A save that is open for play stays where it is."""
    with saves.Writer(save), pytest.raises(InUse, match="being played"):
        put_away(save)
    assert places.player_saves() == [save]


def test_one_that_is_no_save(save):
    """What cannot be opened as a save can be put away too."""
    save.write_bytes(b"{}\n")
    assert put_away(save).read_bytes() == b"{}\n"


def test_a_folder_that_cannot_be_made(save):
    """Where there is no room for it, that is said, and the save stays."""
    places.put_away_folder().write_text("a file", encoding="utf-8")
    with pytest.raises(ExcommError, match="cannot be moved"):
        put_away(save)
    assert places.player_saves() == [save]
