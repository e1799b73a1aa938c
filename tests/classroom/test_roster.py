"""Class lists as schools export them: columns guessed, any common encoding, a sentence where nothing can be read."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.classroom.names import COMMON, HIDDEN, parts, without, words_of
from excomm_game.classroom.roster import Student, roster
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import refused

ZOE = Student("Zoë Bell", "17", "zoe@school.test")
cells = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_common_form_is_read(encoding, separator):
    """Whatever program wrote it."""
    text = "\r\n".join(separator.join(row) for row in [("Email", "NAME", "Student ID"), (ZOE.email, ZOE.name, "17")])
    assert roster(text.encode(encoding)).students == (ZOE,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First name,Last name,ID number,Email address\nZoë,Bell,17,zoe@school.test", ZOE),
        ("Surname;Vorname;Matriculation Number\nBell;Zoë;17", Student("Zoë Bell", "17")),
        ("Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n\"Bell, Zoë\",5,17,zb,A",
         Student("Bell, Zoë", "17")),
        ("Zoë Bell,17,zoe@school.test", ZOE),
        ("17;Zoë;Bell", Student("Zoë Bell", "17")),
        ("sep=;\nname\nZoë Bell", Student("Zoë Bell")),
        ("\n\nZoë Bell\n\n", Student("Zoë Bell")),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings_or_guessed(text, expected):
    """In any order, of any platform, or without headings at all."""
    assert roster(text.encode()).students == (expected,)


@pytest.mark.parametrize("name", ["zoe bell", "BELL, Zoë", " Zoe\u0308  Bell ", "17", "zoe@school.test", "Bell Zoe 17"])
def test_a_name_is_found_however_it_is_written(name):
    """Without regard to case, accents, spaces and order; by identifier and address too."""
    assert roster(b"name,id,email\nZo\xc3\xab Bell,17,zoe@school.test\nAl Bo,18,").find(name) == (ZOE,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë said wait", "[name] said wait"),
        ("ZOE'S idea, and zoe\u0308's", "[name]'S idea, and [name]'s"),
        ("I, Bell (Zoë), would", "I, [name] ([name]), would"),
        ("çelik_zoe@school.example", "[name]_[name]@school.example"),
        ("bells ring for Zoéline", "bells ring for Zoéline"),
        ("Segun and Ṣẹ́gun", "[name] and [name]"),
        ("O’Brien, OBrien", "O’[name], [name]"),
        ("anne-marie, AnneMarie", "[name]-[name], [name]"),
        ("Oyvind or øyvind", "[name] or [name]"),
        ("the blockade may work, it will. Will said", "the blockade may work, it will. [name] said"),
        ("the school of Saturday", "the school of Saturday"),
        ("प्रिया रुको, प्रय", "[name] रुको, प्रय"),
        ("李明 and 王小明说要等", "[name] and [name]说要等"),
        ("민수가 말했다", "[name]가 말했다"),
        ("An answer? So do I. An", "[name] answer? So do I. [name]"),
        ("an hour before s14 and 27", "an hour before [name] and 27"),
        ("A. may wait", "A. may wait"),
        ("no names at all", "no names at all"),
    ],
)
def test_a_name_is_hidden_wherever_it_is_a_word(text, expected):
    """Whole words in any case, accents and script; common words with a capital; no initial, number or school."""
    names = words_of([
        "Zoë Bell", "Çelik, A.", "An 27", "s14", "", "Ṣẹ́gun", "O'Brien", "Anne-Marie", "Øyvind", "Will May", "Thế",
        "zoe@saturday.school", "प्रिया", "李明", "王小明", "민수",
    ])  # fmt: skip
    assert without(names, text) == expected
    assert without(names, expected) == expected


@given(st.text(), st.lists(st.text(max_size=12), max_size=3))
def test_hidden_is_hidden(text, called):
    """Whatever is written, no word of a name is left of it, if it has three letters or more and is no common one."""
    names = words_of(called)
    left = {parts(word) for word in without(names, text).replace(HIDDEN, " ").replace("_", " ").split()}
    assert not left & {(word,) for word in names.words if len(word) > 2 and word not in COMMON}


def test_two_of_one_name_need_their_identifier():
    """By the name alone both may be meant; with the identifier in the name it is one."""
    listed = roster(b"name,id\nAl Bo,1\nBo Al,2\nCy Do,3")
    assert listed.shared == 1
    assert len(listed.find("Al Bo")) == 2
    assert listed.find("al bo (2)") == (Student("Bo Al", "2"),)
    assert listed.find("Somebody") == ()
    assert listed.find("") == ()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"id,email\n1,a@b", b"name\n", b"1,2,3", b'name\n"' + b"x" * 200_000])
def test_an_odd_roster_gives_a_sentence(data):
    """Empty, without names, or no table."""
    with pytest.raises(ExcommError, match=r"^The roster .*\.$"):
        roster(data)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_crash_it(data):
    """Whatever is in the file, names are found in it or a sentence says why not; none holds what could do harm."""
    with contextlib.suppress(ExcommError):
        listed = roster(data)
        for one in listed.students:
            assert one.name
            assert not any(map(refused, one))
            assert one in listed.find(one.name) or listed.find(one.name)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8, unique_by=lambda one: parts(" ".join(one))))
def test_everybody_on_it_is_found_by_their_name(people):
    """Once each, whatever letters the name has."""
    lines = [f"{first} {last}" for first, last in people]
    listed = roster("\n".join(["full name", *lines]).encode())
    for line in lines:
        assert [one.name for one in listed.find(line)] == [line]
