"""A list of saves: what each one's first and last lines tell is what the whole of it says."""

from __future__ import annotations

import errno
import os
import re
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.lines import Glance, decode, encode, glance
from excomm_game.engine.record import BackLine, ChoiceLine, EndLine, Record
from excomm_game.engine.text import refused
from excomm_game.files import places, saves
from tests.program import refusal, run
from tests.strategies import games, records

OPTIONS = ["wait", "send-fleet", "threaten", "warm", "settle"]


def in_full(record: Record) -> Glance:
    """How a record stands, by all of its rows."""
    standing = record.standing()
    since = takewhile(lambda row: not isinstance(row, ChoiceLine | BackLine), reversed(record.rows))
    kinds = [row.kind for row in since if isinstance(row, EndLine)]
    return Glance(len(standing), standing[-1].at if standing else None, kinds[0] if kinds else None)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("listed") / "game.jsonl"


@given(data=st.data())
def test_a_game(crisis, place, data):
    """A game listed stands where its whole record says, whatever was taken back, and whether it is over or not."""
    game = data.draw(games(crisis, sitters=("person", "model", "policy:random")))
    place.unlink(missing_ok=True)
    saves.write_new(place, game.record)
    listed = saves.listing(place)
    assert (listed.header, listed.stands, listed.fault) == (game.header, in_full(game.record), None)
    assert listed.stands.ended == game.kind


@given(record=records(), torn=st.binary(max_size=30).filter(lambda end: b"\n" not in end))
def test_any_record(place, record, torn):
    """So does any record in good order, also after answers, and when an append to it was cut off."""
    place.write_bytes(encode([record.header, *record.rows])[0] + torn)
    assert saves.listing(place).stands == in_full(record)
    assert saves.listing(place).fault is None


@given(record=records(), start=st.integers(1))
def test_its_end_alone(record, start):
    """What the end of a save tells without its beginning is so, or it is left open."""
    data = encode([record.header, *record.rows])[0]
    told = glance(data[start % len(data) :], "here", is_whole=start % len(data) == 0)
    assert all(one in (None, known) for one, known in zip(told, in_full(record), strict=True))


def test_the_end_of_a_long_save(place, play, monkeypatch):
    """Of a save longer than what is read of its end, the last choice is still told."""
    place.unlink(missing_ok=True)
    whole = play(place, OPTIONS)
    monkeypatch.setattr(saves, "TAIL", len(whole.after[-1]) // 2)
    assert saves.listing(place).stands == in_full(saves.read(place).record)


@given(data=st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode()), whole=st.booleans())
def test_any_bytes(place, data, whole):
    """A file that is no save gets a fault that names it, in safe words."""
    place.write_bytes(data + b"\n" * whole)
    listed = saves.listing(place)
    assert listed.header is None
    assert listed.fault is not None
    assert "game.jsonl" in listed.fault
    assert refused(listed.fault) is None


@given(record=records(), at=st.integers(0), put=st.binary(max_size=12), length=st.integers(0, 30))
def test_damage(place, record, at, put, length):
    """A damaged save is listed as its whole reading would have it, or with a fault; it is never an exception."""
    data = encode([record.header, *record.rows])[0]
    at %= len(data)
    data = data[:at] + put + data[at + length :]
    place.write_bytes(data)
    listed = saves.listing(place)
    try:
        decoded = decode(data, "here")
    except ExcommError:
        assert listed.fault is not None
        return
    if decoded.fault is None:
        assert (listed.stands, listed.fault) == (in_full(decoded.record), None)


def test_damage_to_the_last_line(place, play):
    """A last choice that was changed afterwards is told from a sound one, and what the save is of is still listed."""
    place.unlink(missing_ok=True)
    whole = play(place, OPTIONS[:2])
    lines = whole.after[-1].splitlines(keepends=True)
    place.write_bytes(b"".join([*lines[:-1], lines[-1].replace(b'"by"', b'"By"')]))
    listed = saves.listing(place)
    assert listed.header is not None
    assert listed.stands == Glance()
    assert "damaged near its end" in str(listed.fault)


def test_newer(place, play):
    """A save of a later version is listed as such."""
    place.unlink(missing_ok=True)
    data = play(place, []).after[0]
    place.write_bytes(data.replace(b'"excomm": 1', b'"excomm": 2'))
    assert "newer excomm" in str(saves.listing(place).fault)


def test_what_is_no_file(tmp_path):
    """A folder, and a save that is gone by now, are faults too."""
    for path in (tmp_path, tmp_path / "gone.jsonl", tmp_path / "\udcff.jsonl", Path("nul\0.jsonl")):
        assert saves.listing(path).fault is not None


def test_too_large(place):
    """A file larger than any save is a fault, unread."""
    with place.open("wb") as file:
        file.truncate(saves.MAX_SAVE + 1)
    assert "larger than" in str(saves.listing(place).fault)


def test_the_players_folder(home, play):
    """The player's saves are listed newest first, without what is no save of theirs."""
    folder = home / "saves"
    assert saves.listings() == []
    folder.mkdir()
    for name, moment in (("a", 100), ("b", 300), ("c", 200)):
        path = play(folder / f"{name}.jsonl", OPTIONS[:1]).path
        os.utime(path, (moment, moment))
    (folder / "history.jsonl").write_bytes(b"")
    (folder / "a.notes.json").write_bytes(b"{}")
    (folder / "texts").mkdir()
    found = saves.listings()
    assert [one.path.name for one in found] == ["b.jsonl", "c.jsonl", "a.jsonl"]
    assert [one.written for one in found] == [datetime.fromtimestamp(n, UTC) for n in (300, 200, 100)]
    assert saves.newest() == places.player_saves()[0] == found[0].path


def test_a_folder_that_is_not_there_or_holds_no_saves(home):
    """Before the first game there is no folder; in it, only what is called a save and is a file is one."""
    assert places.player_saves() == []
    (home / "saves").mkdir()
    for name in ("notes.txt", "history.jsonl"):
        (home / "saves" / name).write_bytes(b"")
    (home / "saves" / "folder.jsonl").mkdir()
    (home / "saves" / "nowhere.jsonl").symlink_to(home / "nowhere")
    (home / "saves" / "round.jsonl").symlink_to(home / "saves" / "round.jsonl")
    assert places.player_saves() == []


def forbidden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that its reader has no right to."""
    folder.mkdir(mode=0)
    if os.access(folder, os.R_OK):
        pytest.skip("this user may read every folder")


def refusing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for whoever may read every folder."""
    scandir = os.scandir

    def refuse(place: Path | str = ".") -> object:
        if place == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return scandir(place)

    folder.mkdir()
    monkeypatch.setattr(os, "scandir", refuse)


def a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the folder should be."""
    folder.write_bytes(b"")


@pytest.mark.parametrize("make", [forbidden, refusing, a_file])
def test_a_folder_that_cannot_be_read(home, monkeypatch, make):
    """It is said, with a remedy, and never taken for a folder without saves; a game can be begun from the title."""
    make(home / "saves", monkeypatch)
    for ask in (places.player_saves, saves.listings, saves.newest):
        with pytest.raises(ExcommError, match=r"saves cannot be read \(.*\)\. Name the save itself\."):
            ask()
    assert "cannot be read" in refusal(run("resume"), 3)
    offered = run("--plain")
    assert (offered.code, offered.err) == (0, "")
    assert "New game" in offered.out
    number = re.search(r"(\d+)\. Go on with the newest save", offered.out)
    assert number is not None
    assert run("--plain", typed=f"{number[1]}\n").code == 3


def test_an_hour_no_calendar_has(place, play):
    """A file said to be from before 1970 or from long after us is listed all the same."""
    place.unlink(missing_ok=True)
    play(place, [])
    for moment in (-(10**9), 2**40):
        os.utime(place, (moment, moment))
        assert 1970 <= saves.listing(place).written.astimezone(UTC).year <= 3000
