"""The class list: read from whatever table a school's system exports, and searched for the name in a save.

The columns are known by their headings, in any order and case; a table without headings is read by what its cells
look like. Two students of one name are told apart by an identifier or e-mail address written with the name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from excomm_game.classroom.names import Parts, folded, parts
from excomm_game.classroom.stored import codec_of
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import harmless

MAX_STUDENTS = 10_000
MAX_CELL = 200
_SEPARATORS = ",;\t"
_TOTALS = {"points possible", "student test", "test student"}
"""Rows of a Canvas gradebook that are nobody."""
_FIRST = ("first name", "given name", "forename", "firstname", "vorname", "prenom", "nombre")
_LAST = ("last name", "surname", "family name", "lastname", "nachname", "nom", "apellido", "apellidos")
_WHOLE = ("name", "full name", "student name", "student", "display name", "pupil", "learner", "fullname", "participant")
_MAIL = ("email", "email address", "e mail", "mail", "e mail address")
_IDENTIFIER = (
    "identifier", "sis user id", "id number", "student id", "student number", "matriculation number", "idnumber", "id",
    "number", "sis login id", "username", "user name", "login", "user id",
)  # fmt: skip


class Student(NamedTuple):
    """Somebody on the class list."""

    name: str
    identifier: str = ""
    email: str = ""


class Roster(NamedTuple):
    """The class list; `named` and `marked` say whom a name means, by itself or with what tells a student apart."""

    students: tuple[Student, ...]
    named: Mapping[Parts, tuple[Student, ...]]
    marked: Mapping[Parts, tuple[Student, ...]]

    @property
    def shared(self) -> int:
        """How many names stand for several students."""
        return sum(len(students) > 1 for students in self.named.values())

    def find(self, name: str) -> tuple[Student, ...]:
        """Return whom a name in a save may mean: nobody, one student, or several it does not tell apart."""
        given = parts(name)
        return self.marked.get(given) or self.named.get(given, ())


def _indexed(students: Iterable[Student]) -> Roster:
    listed = tuple(dict.fromkeys(students))
    named: dict[Parts, tuple[Student, ...]] = {}
    marked: dict[Parts, tuple[Student, ...]] = {}
    for one in listed:
        own = parts(one.name)
        named[own] = (*named.get(own, ()), one)
        for mark in (one.identifier, one.email):
            for key in dict.fromkeys((parts(mark), parts(f"{one.name} {mark}"))) if mark else ():
                marked[key] = (*marked.get(key, ()), one)
    return Roster(listed, named, marked)


def roster(data: bytes) -> Roster:
    """Read a class list. Raises ExcommError, in a sentence, where no names can be found in it."""
    rows = _rows(_text(data))
    if not rows:
        raise ExcommError("The roster is empty. Export it again as CSV, with a line for each student.")
    columns, first = _columns(rows)
    everybody = (_student(row, columns) for row in rows[first:])
    listed = _indexed(one for one in everybody if one.name and folded(one.name) not in _TOTALS)
    if not listed.students:
        raise ExcommError("The roster names nobody. Give it a column headed `name` with a student in each line.")
    return listed


class _Columns(NamedTuple):
    name: tuple[int, ...]
    identifier: int | None
    email: int | None


def _text(data: bytes) -> str:
    """Decode a table, whatever program wrote it: UTF-16 by its mark or its zeros, UTF-8, else Windows' Latin."""
    if (codec := codec_of(data)) is not None:
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str) -> list[list[str]]:
    """Cut a table into cells, at the separator its first line has most of; empty lines are none."""
    lines = text.lstrip("\r\n").splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep="):  # a spreadsheet's own note to itself
        lines = lines[1:]
    if not lines:
        return []
    separator = max(_SEPARATORS, key=lines[0].count)
    rows = []
    try:
        for row in csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator):
            cells = [harmless(" ".join(cell.split()))[:MAX_CELL] for cell in row]
            if any(cells):
                rows.append(cells)
            if len(rows) > MAX_STUDENTS + 1:
                raise ExcommError(f"The roster has more than {MAX_STUDENTS:,} lines. Export one class alone.")
    except csv.Error as error:
        raise ExcommError(f"The roster is no table ({error}). Export it again as CSV.") from None
    return rows


def _columns(rows: Sequence[Sequence[str]]) -> tuple[_Columns, int]:
    """Say which columns hold what, and with which row the students begin."""
    heads = [folded(cell) for cell in rows[0]]
    whole, first, last = _place(heads, _WHOLE), _place(heads, _FIRST), _place(heads, _LAST)
    name = tuple(place for place in ((first, last) if whole is None else (whole,)) if place is not None)
    if name:
        return _Columns(name, _place(heads, _IDENTIFIER), _place(heads, _MAIL)), 1
    if _place(heads, _IDENTIFIER) is not None or _place(heads, _MAIL) is not None:
        raise ExcommError(
            "The roster has no column of names that is known by its heading. Head it `name`, or `first name` and "
            "`last name`."
        )
    return _guessed(rows[0]), 0


def _place(heads: Sequence[str], words: Sequence[str]) -> int | None:
    """Return the column that has one of these headings; the words are in the order in which they are preferred."""
    return next((heads.index(word) for word in words if word in heads), None)


def _guessed(row: Sequence[str]) -> _Columns:
    """Tell columns apart by the cells of a student's row: an @ is an address, digits an identifier, letters a name."""
    places = range(len(row))
    email = next((n for n in places if "@" in row[n]), None)
    identifier = next((n for n in places if n != email and any(one.isdigit() for one in row[n])), None)
    names = tuple(n for n in places if n not in (email, identifier) and any(one.isalpha() for one in row[n]))
    return _Columns(names[:2], identifier, email)


def _student(row: Sequence[str], columns: _Columns) -> Student:
    def cell(place: int | None) -> str:
        return row[place] if place is not None and place < len(row) else ""

    name = " ".join(one for place in columns.name if (one := cell(place)))
    return Student(name, cell(columns.identifier), cell(columns.email))
