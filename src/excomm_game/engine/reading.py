"""From a merged TOML document to a Draft: every table read on its own, every fault of form in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from excomm_game.engine.draft import (
    Course,
    Document,
    Draft,
    Ending,
    Epilogue,
    Fact,
    Head,
    Judge,
    Parameter,
    Person,
    Revelation,
    Rung,
    Scene,
    School,
    Seat,
    Source,
    Table,
    Track,
)  # fmt: skip
from excomm_game.engine.text import printable


class Fault(NamedTuple):
    """Something wrong in a scenario: the file, the place in it (`scene x › option y › when`), and what, in words."""

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} › {self.where}: {self.message}" if self.where else f"{self.file}: {self.message}"


KEYED: dict[str, type[Table]] = {
    "seat": Seat, "track": Track, "fact": Fact, "parameter": Parameter, "school": School, "person": Person,
    "source": Source, "document": Document,
}  # fmt: skip
LISTED: dict[str, type[Table]] = {
    "course": Course, "rung": Rung, "scene": Scene, "ending": Ending, "judge": Judge, "revelation": Revelation,
    "epilogue": Epilogue,
}  # fmt: skip
NAMED = ("track", "fact", "parameter")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")

Places = Mapping[tuple[str, str | int], str]
"""Which file holds a table: (section, key) or (section, place in its array)."""


def read(document: Mapping[str, Any], places: Places, root: str) -> tuple[Draft, list[Fault]]:
    """Read a merged TOML document into a Draft, with every fault of form. `root` names it where no file can."""
    reading = _Reading(places, root)
    for section, content in document.items():
        if section == "scenario":
            reading.head(content)
        elif section in KEYED:
            reading.keyed(section, content)
        elif section in LISTED:
            reading.listed(section, content)
        else:
            reading.fault(section, section, printable(section), "is not a table the format has")
    if "scenario" not in document:
        reading.fault("scenario", "scenario", "scenario", "is missing")
    return reading.draft(), reading.faults


class _Reading:
    """A document as far as it has been read."""

    def __init__(self, places: Places, root: str) -> None:
        self.places = places
        self.root = root
        self.faults: list[Fault] = []
        self.parts: dict[str, Any] = {section: {} for section in KEYED} | {section: [] for section in LISTED}
        self.kept: dict[tuple[str, str | int], str] = {}
        self.broken: dict[str, set[str]] = {}
        self.first: Head | None = None

    def fault(self, section: str, key: str | int, where: str, message: str) -> None:
        self.faults.append(Fault(self._file(section, key), where, message))

    def head(self, content: object) -> None:
        read_head = self._take("scenario", "scenario", "scenario", Head, content)
        assert read_head is None or isinstance(read_head, Head)
        self.first = read_head
        self.kept["scenario", "scenario"] = self._file("scenario", "scenario")

    def keyed(self, section: str, content: object) -> None:
        if not isinstance(content, dict):
            self.fault(section, section, section, f"must be written [{section}.ID]")
            return
        pattern = _NAME if section in NAMED else _ID
        for key, raw in content.items():
            label = f"{section} {printable(key)}"
            if not pattern.fullmatch(key):
                self.fault(section, key, label, f"is not a well-formed id ({pattern.pattern})")
            elif (table := self._take(section, key, label, KEYED[section], raw)) is not None:
                self.parts[section][key] = table
                self.kept[section, key] = self._file(section, key)

    def listed(self, section: str, content: object) -> None:
        if not isinstance(content, list):
            self.fault(section, section, section, f"must be written [[{section}]]")
            return
        for place, raw in enumerate(content):
            label = f"{section} {_label(raw, place)}"
            if (table := self._take(section, place, label, LISTED[section], raw)) is not None:
                self.kept[section, len(self.parts[section])] = self._file(section, place)
                self.parts[section].append(table)

    def draft(self) -> Draft:
        parts = {f"{section}s": found for section, found in self.parts.items()}
        return Draft(head=self.first, broken=self.broken, places=self.kept, **parts)

    def _file(self, section: str, key: str | int) -> str:
        return self.places.get((section, key), self.root)

    def _take(self, section: str, key: str | int, label: str, kind: type[Table], raw: object) -> Table | None:
        if not isinstance(raw, dict):
            self.fault(section, key, label, "must be a table")
            return None
        try:
            return kind.model_validate(raw)
        except ValidationError as error:
            for one in error.errors():
                self.fault(section, key, _where(label, raw, one), in_words(one))
            self.broken.setdefault(section, set()).add(str(raw.get("id", key)))
            return None


def _label(raw: object, key: str | int) -> str:
    if isinstance(raw, dict):
        for field in ("id", "number", "year"):
            if isinstance(raw.get(field), str | int):
                return printable(str(raw[field]))
    return printable(key) if isinstance(key, str) else f"no. {key + 1}"


def _where(label: str, raw: object, error: ErrorDetails) -> str:
    parts, inner = [label], raw
    for step in error["loc"]:
        inner = _step(inner, step)
        if isinstance(step, int):
            parts[-1] = f"{parts[-1]} {_label(inner, step)}"
        elif isinstance(inner, _Absent) and error["type"] != "missing":
            continue  # pydantic names the member of a union it tried, which is no key of the file
        else:
            parts.append(printable(str(step)))
    return " › ".join(parts)


class _Absent:
    pass


def _step(inner: object, step: int | str) -> object:
    if isinstance(inner, dict) and step in inner:
        return inner[step]
    if isinstance(inner, list) and isinstance(step, int) and step < len(inner):
        return inner[step]
    return _Absent()


def _parts(error: ErrorDetails) -> str:
    return "characters" if isinstance(error["input"], str) else "entries"


_PLAIN: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not a key the format has",
    "string_pattern_mismatch": lambda e: f"'{printable(str(e['input']))}' is not a well-formed id",
    "string_type": lambda _: "must be a string",
    "int_type": lambda _: "must be a whole number",
    "float_type": lambda _: "must be a number",
    "bool_type": lambda _: "must be true or false",
    "tuple_type": lambda _: "must be a list",
    "finite_number": lambda _: "must be a finite number",
    "literal_error": lambda e: f"must be one of {e.get('ctx', {}).get('expected', '')}",
    "datetime_type": lambda _: "must be a local date and time, as 1962-10-16T08:45:00",
    "time_type": lambda _: "must be a local time, as 17:00:00",
    "date_type": lambda _: "must be a date, as 1962-10-24",
    "model_type": lambda _: "must be a table",
    "greater_than_equal": lambda e: f"must not be below {e.get('ctx', {}).get('ge')}",
    "less_than_equal": lambda e: f"must not be above {e.get('ctx', {}).get('le')}",
    "too_short": lambda e: f"must have {e.get('ctx', {}).get('min_length')} {_parts(e)} or more",
    "too_long": lambda e: f"must have {e.get('ctx', {}).get('max_length')} {_parts(e)} at the most",
    "value_error": lambda e: str(e.get("ctx", {}).get("error")),
}


def in_words(error: ErrorDetails) -> str:
    """Say what is wrong with a value, to stand after the name of its key."""
    plain = _PLAIN.get(error["type"])
    return plain(error) if plain else printable(error["msg"], 200)
