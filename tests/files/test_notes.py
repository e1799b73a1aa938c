"""Notes on a save: in a file beside it, back as they were written, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.text import refused
from excomm_game.files import notes
from tests.files.disk import REFUSING, files_no_larger_than, refusing
from tests.strategies import prose, unsafe

numbers = st.integers(0, 999_999_999)


@pytest.fixture(scope="module")
def save(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("noted") / "game.jsonl"


def beside(save: Path) -> Path:
    return save.with_name("game.notes.json")


@given(kept=st.dictionaries(numbers, prose, max_size=5))
def test_written(save, kept):
    """Notes read back as they were written, in order; blank ones are left out, and without any there is no file."""
    assert notes.write(save, kept) == beside(save)
    expected = {n: kept[n] for n in sorted(kept) if kept[n].strip()}
    assert list(notes.read(save).items()) == list(expected.items())
    assert beside(save).exists() == bool(expected)
    assert [one for one in save.parent.iterdir() if one != beside(save)] == []


def test_the_file(save):
    """The file is JSON that says its format, its save and each note by the number of its choice."""
    notes.write(save, {12: "Why so late?", 0: "é漢🚢"})
    content = json.loads(beside(save).read_text(encoding="utf-8"))
    assert content == {"excomm_notes": 1, "save": "game.jsonl", "notes": {"0": "é漢🚢", "12": "Why so late?"}}
    assert list(content["notes"]) == ["0", "12"]


def test_a_save_with_a_name_of_its_own(tmp_path):
    """A save that was kept under another kind of name has its notes beside it too."""
    assert notes.write(tmp_path / "game.of.mine", {1: "x"}).name == "game.of.mine.notes.json"
    assert notes.write(tmp_path / "\udcff.jsonl", {1: "x"}).exists()
    assert notes.read(tmp_path / "game.of.mine") == notes.read(tmp_path / "\udcff.jsonl") == {1: "x"}


def test_none(tmp_path):
    """A save without notes has none, wherever it is said to be."""
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "x.jsonl", tmp_path / "missing" / "x.jsonl", tmp_path / "file" / "x.jsonl"):
        assert notes.read(place) == {}


@given(n=numbers, before=prose, bad=unsafe, after=prose)
def test_unsafe(save, n, before, bad, after):
    """A note that could move a cursor or reorder what is read is refused, and what was kept stays."""
    notes.write(save, {1: "kept"})
    with pytest.raises(ExcommError, match=r"game\.jsonl .*not allowed"):
        notes.write(save, {n: before + bad + after + "."})
    assert notes.read(save) == {1: "kept"}
    content = {"excomm_notes": 1, "save": save.name, "notes": {str(n): before + bad + after}}
    beside(save).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ExcommError, match=r"game\.notes\.json .*not allowed"):
        notes.read(save)
    beside(save).unlink()


@pytest.mark.parametrize("n", [-1, 10**9])
def test_no_number_of_a_choice(save, n):
    """A note on what cannot be a choice is refused."""
    with pytest.raises(ExcommError, match="no number of a choice"):
        notes.write(save, {n: "x"})


written = st.fixed_dictionaries(
    {"excomm_notes": st.just(1) | st.integers() | st.none() | st.booleans(), "save": st.text(max_size=5)},
    optional={
        "notes": st.dictionaries(
            st.text(max_size=3) | numbers.map(str), st.text(st.characters(), max_size=5) | st.none()
        )
        | st.none()
    },
).map(lambda content: json.dumps(content).encode())


@given(data=st.binary(max_size=100) | st.text(max_size=50).map(str.encode) | written)
@example(b"[" * 100_000)
@example(b'{"excomm_notes": 1, "notes": {"01": "x"}}')
@example(b'{"excomm_notes": 1, "notes": {"1": "x", "1": "y"}}')
@example(b'{"excomm_notes": ' + b"9" * 4000 + b"}")
@example('{"excomm_notes": 1, "notes": {}}'.encode("utf-16"))
def test_any_bytes(save, data):
    """Whatever stands in the file, it is safe notes in order, or is refused in words and never written over."""
    beside(save).write_bytes(data)
    try:
        found = notes.read(save)
    except ExcommError:
        with pytest.raises(ExcommError, match=r"game\.notes\.json") as refusal:
            notes.write(save, {1: "x"})
        assert refused(str(refusal.value)) is None
        assert beside(save).read_bytes() == data
    else:
        assert list(found) == sorted(found)
        assert all(n >= 0 and refused(text) is None for n, text in found.items())
    beside(save).unlink()


def test_newer(save):
    """Notes of a later version are refused as such, whatever else has changed in them, and are not written over."""
    beside(save).write_bytes(b'{"excomm_notes": 2, "notes": []}')
    for use in (lambda: notes.read(save), lambda: notes.write(save, {1: "x"})):
        with pytest.raises(NewerFormat, match="newer excomm"):
            use()
    beside(save).unlink()


def test_too_long(save):
    """More than could be read again is not written, nor is it read."""
    with pytest.raises(ExcommError, match="Shorten"):
        notes.write(save, {1: "x" * notes.MAX_NOTES})
    assert not beside(save).exists()
    beside(save).write_bytes(b" " * (notes.MAX_NOTES + 1))
    with pytest.raises(ExcommError, match="larger than"):
        notes.read(save)
    beside(save).unlink()


def test_a_full_disk(save):
    """On a full disk the notes stay as they were, and it is said what to do."""
    notes.write(save, {1: "kept"})
    with files_no_larger_than(10), pytest.raises(ExcommError, match="Copy the save"):
        notes.write(save, {1: "lost"})
    assert notes.read(save) == {1: "kept"}


@refusing
def test_a_place_that_may_only_be_read():
    """Notes on a save that lies where nothing can be written are refused, with what to do instead."""
    with pytest.raises(ExcommError, match=r"/proc/self/game\.notes\.json .*Copy the save"):
        notes.write(REFUSING / "game.jsonl", {1: "x"})
