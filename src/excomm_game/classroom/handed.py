"""What was handed in, before anybody has looked at what it says."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from excomm_game.classroom.stored import codec_of
from excomm_game.engine.assignment import Assignment
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.lines import MAX_LINE, decode
from excomm_game.engine.record import Header
from excomm_game.engine.text import MAX_NAME, refused

THE_FILE = "The file"
"""How messages name a file whose own name stands beside them."""
MAX_HANDED_IN = 20_000_000
TOO_LARGE = f"It is larger than {MAX_HANDED_IN:,} bytes, which no save of this game is."
BEGINS = b"{"
"""The first byte of every save."""
_LOOKED_AT = 4_096
_PLAYER = re.compile(rb'"player"\s*:\s*("(?:[^"\\]|\\.)*")')


class HandedIn(NamedTuple):
    """A file: its place below the folder, fit to be shown; its bytes, or why they were not read.

    `remark` is what to know of how it was stored, where that is not how a game stores it.
    """

    name: str
    data: bytes = b""
    fault: str | None = None
    remark: str = ""


def looked_at(name: str, data: bytes) -> HandedIn:
    """Return a file as it is handed on: refused where it is too large, cut where it does not begin like a save.

    One that another program stored anew in its own way is put back into the form in which games are kept.
    """
    if len(data) > MAX_HANDED_IN:
        return HandedIn(name, fault=TOO_LARGE)
    codec = codec_of(data)
    if codec is not None and data[:_LOOKED_AT].decode(codec, "ignore").startswith(BEGINS.decode()):
        how = "with a byte order mark" if codec == "utf-8-sig" else "as UTF-16"
        return HandedIn(name, data.decode(codec, "replace").encode(), None, f"A text editor stored it anew, {how}.")
    return HandedIn(name, data if data.startswith(BEGINS) else data[:_LOOKED_AT])


def mark_of(header: Header) -> str:
    """Return what tells a game from others, also where its save was renamed."""
    return hashlib.sha256(header.model_dump_json().encode()).hexdigest()[:8]


def player_in(data: bytes) -> str:
    """Return who plays, as far as a save's beginning can still be read, however it was edited; else nothing."""
    found = _PLAYER.search(data[:MAX_LINE])
    if found is None:
        return ""
    try:
        text = found.group(1).decode()
    except UnicodeDecodeError:
        text = found.group(1).decode("cp1252", "replace")
    try:
        name = str(json.loads(text))
    except ValueError:
        return ""
    return "" if refused(name) or len(name) > MAX_NAME else name


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
