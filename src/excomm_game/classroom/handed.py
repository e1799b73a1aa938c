"""What was handed in, before anybody has looked at what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.record import MAX_LINE, Header, decode

THE_FILE = "The file"
"""How messages name a file whose own name stands beside them."""
MAX_HANDED_IN = 20_000_000
TOO_LARGE = f"It is larger than {MAX_HANDED_IN:,} bytes, which no save of this game is."
BEGINS = b"{"
"""The first byte of every save."""
_LOOKED_AT = 4_096


class HandedIn(NamedTuple):
    """A file: its place below the folder, fit to be shown; its bytes, or why they were not read."""

    name: str
    data: bytes = b""
    fault: str | None = None


def looked_at(name: str, data: bytes) -> HandedIn:
    """Return a file as it is handed on: refused where it is too large, cut where it does not begin like a save."""
    if len(data) > MAX_HANDED_IN:
        return HandedIn(name, fault=TOO_LARGE)
    return HandedIn(name, data if data.startswith(BEGINS) else data[:_LOOKED_AT])


def header_of(one: HandedIn) -> Header | None:
    """Return what a file's first line says, or None where it is not a save's."""
    if one.fault is not None:
        return None
    first, newline, _ = one.data[: MAX_LINE + 1].partition(b"\n")
    try:
        return decode(first + newline, THE_FILE).record.header
    except ExcommError:
        return None


def most_named(handed: Sequence[HandedIn]) -> tuple[Assignment | None, str | None]:
    """Return the assignment most saves name, if any names one, and the scenario that most saves are of.

    Of several named equally often it is the one met first.
    """
    headers = [header for one in handed if (header := header_of(one)) is not None]
    assigned = _assigned(headers).most_common(1)
    if assigned:
        return assigned[0][0], assigned[0][0].scenario
    scenarios = Counter(header.scenario for header in headers).most_common(1)
    return None, scenarios[0][0] if scenarios else None


def named_instead(handed: Sequence[HandedIn], asked: Assignment) -> tuple[Assignment, int, int] | None:
    """Return the one other assignment that more than half of the saves name, how many do, and of how many."""
    headers = [header for one in handed if (header := header_of(one)) is not None]
    for other, count in _assigned(headers).most_common(1):
        if other != asked and 2 * count > len(headers):
            return other, count, len(headers)
    return None


def _assigned(headers: Sequence[Header]) -> Counter[Assignment]:
    """Count the assignments that saves name; one that cannot be read is told of its save when that is checked."""
    found: Counter[Assignment] = Counter()
    for header in headers:
        if header.assignment is not None:
            with suppress(ExcommError):
                found[Assignment.of_header(header.assignment)] += 1
    return found


def veiled(handed: Sequence[HandedIn]) -> list[HandedIn]:
    """Return the files under numbers: learning platforms put their students' names into files' names."""
    return [one._replace(name=f"file {n}") for n, one in enumerate(handed, start=1)]
