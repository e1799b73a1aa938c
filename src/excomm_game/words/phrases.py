"""How things read: hours, paragraphs, readings, documents as lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from datetime import datetime

from excomm_game.engine.dossier import Change, Dossier, Reading
from excomm_game.engine.hour import Clock
from excomm_game.engine.reader import Paper

_MARKS = re.compile(
    r"\*+(?=\w)|(?<=[\w.,:;!?])\*+|(?m:^#+ +)"
)  # Markdown's stress and headings, which read aloud would disturb
BY = {"person": "", "policy": " (by policy)", "model": " (simulated)", "fate": " (chance)", "history": " (as in 1962)"}
"""Who made a choice, as it stands after the choice."""
_HANG = re.compile(r" *(?:[0-9]+\. +|[+-][0-9.]+ +)?")


def indented(text: str, indent: str) -> str:
    """Set each paragraph of `text` in by `indent`."""
    return "\n".join(indent + line.strip() if line.strip() else "" for line in text.split("\n"))


def fold(text: str, width: int) -> str:
    """Break lines at spaces to fit `width` columns; what follows a break stands under its line's first word."""
    folded = []
    for line in text.split("\n"):
        hang = _HANG.match(line)
        indent = " " * len(hang.group()) if hang else ""
        folded.append(
            textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True) or ""
        )
    return "\n".join(folded)


def hour(moment: datetime) -> str:
    """Return an hour, as 21:15."""
    return f"{moment:%H:%M}"


def date_words(moment: datetime) -> str:
    """Return a date in words, whatever the locale: Friday 26 October 1962."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return f"{days[moment.weekday()]} {short_date(moment)} {moment.year}"


def moment_words(clock: Clock) -> str:
    """Return a date and hour in words, and whose: Friday 26 October 1962, 21:15 (Washington)."""
    return f"{date_words(clock.local)}, {hour(clock.local)} ({clock.label})"


def stamp(clock: Clock) -> str:
    """Return a date and hour as they stand at the head of an entry, and whose: 26 October, 21:15 (Washington)."""
    return f"{short_date(clock.local)}, {hour(clock.local)} ({clock.label})"


def short_date(moment: datetime) -> str:
    """Return a day and month in words: 26 October."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )  # fmt: skip
    return f"{moment.day} {months[moment.month - 1]}"


def brief_date(moment: datetime) -> str:
    """Return a day and month in as few letters as a chart has room for: 26 Oct."""
    day, _, month = short_date(moment).partition(" ")
    return f"{day} {month[:3]}"


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sound(n: int) -> str:
    """Say how many of a save's choices are as they were made, from the first on."""
    return f"Its first {n} choices are sound" if n > 1 else "Its first choice is sound" if n else "No choice is sound"


def reading(one: Reading) -> str:
    """Return a reading as a line: a band before its number, a fact's word alone."""
    return f"{one.label}: {f'{one.band} ({one.words} of {one.high:g})' if one.band else one.words}"


def change(one: Change) -> str:
    """Return a change as a line: Tension: grave, up from uneasy (25 to 52). What was never shown has no before.

    Of a number without words for its heights it is not said whether it rose: a lower DEFCON is a higher alert.
    """
    old, new = one.before, one.after
    if new.band:
        was = f" from {old.band}" if old.band != new.band else ""
        return f"{new.label}: {new.band}, {_way(old, new)}{was} ({old.words} to {new.words})"
    if old.is_start:
        return f"{new.label}: {new.words}"
    return f"{new.label}: {new.words} (was: {old.words})"


def _way(old: Reading, new: Reading) -> str:
    return "up" if new.value > old.value else "down"


def heading(dossier: Dossier) -> list[str]:
    """Return the lines that say which game, which chair and what hour it is."""
    first = dossier.clocks[0].local
    clocks = []
    for clock in dossier.clocks:
        other_day = "" if clock.local.date() == first.date() else f" ({short_date(clock.local)})"
        clocks.append(f"{clock.label} {hour(clock.local)}{other_day}")
    return [
        f"{dossier.title.upper()} - {dossier.office or dossier.label}",
        f"Day {dossier.day} of {dossier.days}. {date_words(first)}.",
        f"Clocks: {', '.join(clocks)}.",
    ]


def paper_lines(paper: Paper) -> list[str]:
    """Return a document with its routing lines."""
    lines = [f"{paper.form.upper()}: {paper.title}"]
    for label, value in (("From", paper.sender), ("To", paper.receiver), ("By", paper.channel)):
        if value:
            lines.append(f"{label}: {value}")
    for label, moment in (("Sent", paper.sent), ("Received", paper.received)):
        if moment:
            lines.append(f"{label}: {stamp(moment)}")
    return [*lines, "", _MARKS.sub("", paper.text)]


def road_words(pathway: str) -> str:
    """Return a pathway to war as it reads."""
    return pathway.replace("-", " ").capitalize()
