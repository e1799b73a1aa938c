"""What is handed in is found wherever it lies; what would do harm is refused with its reason, and no file crashes."""

from __future__ import annotations

import codecs
import json
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.classroom.checking import checked
from excomm_game.classroom.handed import HandedIn, looked_at
from excomm_game.classroom.names import parts
from excomm_game.classroom.roster import Roster, Student
from excomm_game.classroom.students import pupils
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.files import zipped
from excomm_game.files.handed_in import MAX_ROSTER, handed_in, roster_of
from tests.classroom import lessons

SAVE = lessons.written(lessons.begun(1))


def member(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def one(folder) -> HandedIn:
    (found,) = handed_in(folder)
    return found


@pytest.mark.parametrize(
    ("name", "mode", "why"),
    [
        ("/etc/save", 0, "absolute"), ("C:/save", 0, "absolute"), ("\\save", 0, "absolute"),
        ("../save", 0, "leads out"), ("a/../../save", 0, "leads out"), ("a\\..\\save", 0, "leads out"),
        ("save", stat.S_IFLNK | 0o777, "link"),
    ],
)  # fmt: skip
def test_an_archive_made_to_hurt_is_refused_whole(tmp_path, name, mode, why):
    """Its good members with it: none of this belongs in what a class hands in."""
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("good.jsonl", SAVE)
        archive.writestr(member(name, mode), SAVE)
    found = one(tmp_path)
    assert found.data == b""
    assert why in found.fault


def test_bombs_are_refused_before_they_go_off(tmp_path):
    """Too many members, too much in all, and what is packed more densely than any save."""
    with zipfile.ZipFile(tmp_path / "many", "w") as archive:
        for n in range(10_001):
            archive.writestr(str(n), b"")
    with zipfile.ZipFile(tmp_path / "much", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(11):
            archive.writestr(str(n), bytes(19_000_000))
    with zipfile.ZipFile(tmp_path / "tight", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(5_000_000))
    with zipfile.ZipFile(tmp_path / "vast", "w") as archive:
        for n in range(70_000):
            archive.writestr(member(str(n)), b"")
    many, much, tight, vast = handed_in(tmp_path)
    assert "10,000" in vast.fault
    assert "10,000" in many.fault
    assert "200,000,000" in much.fault
    assert "200 to one" in tight.fault


def test_a_member_that_lies_about_its_size_is_cut_at_what_it_says(tmp_path):
    """An archive whose list promises a few bytes and holds many gives no more than promised, or is damaged."""
    path = lessons.zipped(tmp_path / "lie.zip", {"x": b"{" + bytes(3_000_000)})
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    found = one(tmp_path)
    assert len(found.data) <= 10
    assert found.fault is None or "damaged" in found.fault


def test_one_bad_member_does_not_keep_the_others_from_being_read(tmp_path):
    """Encrypted, zipped twice or too large: each is told by itself."""
    inner = lessons.zipped(tmp_path / "inner", {"save": SAVE}).read_bytes()
    (tmp_path / "inner").unlink()
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("large", b"{" + bytes(20_000_001))
        archive.writestr("inner.zip", inner)
        archive.writestr("locked", SAVE)
        archive.writestr("save", SAVE)
    data = bytearray((tmp_path / "work.zip").read_bytes())
    data[data.find(b"locked") - 30 + 6] |= 1  # the flag of encryption, before the name in the member and in the list
    data[data.rfind(b"locked") - 46 + 8] |= 1
    (tmp_path / "work.zip").write_bytes(bytes(data))
    large, nested, locked, save = handed_in(tmp_path)
    assert "20,000,000" in large.fault
    assert "inside a zip" in nested.fault
    assert "encrypted" in locked.fault
    assert save == HandedIn("work.zip › save", SAVE)


def test_saves_are_found_under_any_name_and_nothing_else_is_touched(tmp_path):
    """Nested and renamed; links are told and not followed; the program's own files are passed over."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "save (1).jsonl.bin").write_bytes(SAVE)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))
    save, loop = handed_in(tmp_path, [tmp_path / "out"])
    assert (save.name, save.data) == ("a/b/save (1).jsonl.bin", SAVE)
    assert "link" in loop.fault
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(UsageError):
        list(handed_in(tmp_path / "none"))


def stored(how: str) -> bytes:
    """A finished game of Zoë Bell's, as another program left it."""
    whole = lessons.written(lessons.play(lessons.begun(2, who="Zoë Bell"), 2))
    first, _, rest = whole.partition(b"\n")
    again = json.loads(first)
    return {
        "plain": whole,
        "mark": codecs.BOM_UTF8 + whole,
        "utf-16": whole.decode().encode("utf-16"),
        "utf-16, other lines": whole.decode().replace("\n", "\r\n").encode("utf-16-le"),
        "another name": whole.replace("Zoë Bell".encode(), b"Cy Do", 1),
        "another seed": whole.replace(b'"seed": 2', b'"seed": 3', 1),
        "laid out anew": json.dumps(again, indent=2).encode() + b"\n" + rest,
        "cut": first[: first.index(b'"assignment"')],
        "lines joined": whole.replace(b"\n", b" "),
        "latin": whole.decode().encode("latin-1", "replace"),
        "newer": first.replace(b'"excomm": 1', b'"excomm": 2') + b"\n" + rest,
        "utf-16, another seed": whole.decode().replace('"seed": 2', '"seed": 3', 1).encode("utf-16"),
    }[how]


@pytest.mark.parametrize("how", ["mark", "utf-16", "utf-16, other lines"])
def test_a_save_that_an_editor_stored_anew_counts_and_that_is_said(how):
    """What was written in it stands, chain and all."""
    found = checked(lessons.crisis(), lessons.assignment(), looked_at("x", stored(how)))
    assert (found.standing, found.player) == ("finished", "Zoë Bell")
    assert found.game == checked(lessons.crisis(), lessons.assignment(), looked_at("x", stored("plain"))).game
    assert "A text editor stored it anew" in found.reason


@pytest.mark.parametrize(
    ("how", "who", "standing", "why"),
    [
        ("another name", "Cy Do", "forged or edited", "names the player and the game, was changed"),
        ("another seed", "Zoë Bell", "forged or edited", "first line, which"),
        ("utf-16, another seed", "Zoë Bell", "forged or edited", "as UTF-16"),
        ("laid out anew", "Zoë Bell", "damaged", "first line is not as the game wrote it"),
        ("cut", "Zoë Bell", "damaged", "it is cut off"),
        ("lines joined", "Zoë Bell", "damaged", "the lines were joined"),
        ("latin", "Zoë Bell", "damaged", "it is not UTF-8"),
        ("newer", "Zoë Bell", "newer format", "Install a newer excomm"),
    ],
)
def test_whose_a_save_is_can_be_told_though_its_first_line_is_spoilt(how, who, standing, why):
    """The student is not missing, and the teacher knows what to ask for."""
    found = checked(lessons.crisis(), lessons.assignment(), looked_at("x", stored(how)))
    assert (found.standing, found.player, found.game) == (standing, who, None)
    assert why in found.reason
    listed = Roster((Student("Bell, Zoë"),), {parts("Zoë Bell"): (Student("Bell, Zoë"),)}, {})
    everybody, unnamed = pupils([found], listed, "last")
    assert unnamed == []
    assert everybody[0].completion == ("left out" if who == "Zoë Bell" else "missing")


def test_namesakes_whose_saves_are_spoilt_are_two():
    """Of whom nothing else can be told; neither file is lost."""
    twins = Roster((), {parts("Zoë Bell"): (Student("Zoë Bell", "1"), Student("Zoë Bell", "2"))}, {})
    found = [checked(lessons.crisis(), None, looked_at(name, stored("cut"))) for name in ("x", "y")]
    assert [len(one.files) for one in pupils(found, twins, "last")[0]] == [1, 1]


@given(st.binary(max_size=400), st.sampled_from([b"", b"{", SAVE[:-1], SAVE, b"PK\x03\x04"]))
def test_no_bytes_crash_it(data, begins):
    """Any bytes, also after a sound beginning, have a standing; what is no archive says so."""
    found = checked(lessons.crisis(), lessons.assignment(), looked_at("x", begins + data))
    assert found.standing
    assert found.game is not None or found.reason


@given(st.data())
def test_no_change_of_a_byte_makes_another_game_count(data):
    """A save with any one byte changed is left out, or says the same as before."""
    whole = lessons.written(lessons.play(lessons.begun(2), 2, 2))
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    found = checked(lessons.crisis(), lessons.assignment(), HandedIn("x", changed))
    if found.game is not None:
        assert whole.startswith(changed[: changed.rindex(b"\n") + 1])


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(max_size=4))
def test_no_archive_crashes_it(tmp_path_factory, tail, place, patch):
    """Cut, patched or followed by anything, an archive gives files or a reason."""
    folder = tmp_path_factory.mktemp("zip")
    path = lessons.zipped(folder / "x", {"save": SAVE, "a/b": b"c"})
    data = path.read_bytes()
    place %= len(data)
    path.write_bytes(data[:place] + patch + data[place + len(patch) :] + tail)
    for found in handed_in(folder):
        assert found.fault is None or found.fault.endswith(".")
    assert zipped.is_zip(data)


def test_a_roster_is_a_file_of_some_size_that_is_there(tmp_path):
    """One of the largest size is read whole; what is larger, missing or no file is refused with a remedy."""
    path = tmp_path / "roster.csv"
    with pytest.raises(UsageError, match="Name its file"):
        roster_of(path)
    with pytest.raises(UsageError, match="Name its file"):
        roster_of(tmp_path)
    path.write_bytes(bytes(MAX_ROSTER))
    assert roster_of(path) == bytes(MAX_ROSTER)
    path.write_bytes(bytes(MAX_ROSTER + 1))
    with pytest.raises(ExcommError, match="larger than 5,000,000 bytes"):
        roster_of(path)
