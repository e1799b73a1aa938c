"""How things read in plain lines: hours, wrapped paragraphs, readings, documents."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import datetime

from excomm_game.engine.dossier import Change, Dossier, Paper, Reading

WIDTH = 78


def wrapped(text: str, indent: str = "", hang: str | None = None) -> str:
    """Wrap each line of `text` to WIDTH; blank lines stand. `hang` indents what follows a paragraph's first line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        start = indent if not lines else (indent if hang is None else hang)
        lines.append(
            textwrap.fill(
                paragraph.strip(),
                WIDTH,
                initial_indent=start,
                subsequent_indent=hang if hang is not None else indent,
                break_on_hyphens=False,
            )
            if paragraph.strip()
            else ""
        )
    return "\n".join(lines)


def hour(moment: datetime) -> str:
    """Return an hour, as 21:15."""
    return f"{moment:%H:%M}"


def date_words(moment: datetime) -> str:
    """Return a date in words, whatever the locale: Friday 26 October 1962."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return f"{days[moment.weekday()]} {short_date(moment)} {moment.year}"


def moment_words(moment: datetime) -> str:
    """Return a date and hour in words: Friday 26 October 1962, 21:15."""
    return f"{date_words(moment)}, {hour(moment)}"


def short_date(moment: datetime) -> str:
    """Return a day and month in words: 26 October."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )  # fmt: skip
    return f"{moment.day} {months[moment.month - 1]}"


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def reading(one: Reading) -> str:
    """Return a reading as a line: a band before its number, a fact's word alone."""
    return f"{one.label}: {f'{one.band} ({one.words} of {one.high:g})' if one.band else one.words}"


def change(one: Change) -> str:
    """Return a change as a line: Tension: grave, up from uneasy (25 to 52)."""
    old, new = one.before, one.after
    if isinstance(new.value, bool) or not (new.band or new.words.lstrip("-").isdigit()):
        return f"{new.label}: {new.words} (was {old.words})"
    way = "up" if new.value > old.value else "down"
    if not new.band:
        return f"{new.label}: {new.words}, {way} from {old.words}"
    was = f" from {old.band}" if old.band != new.band else ""
    return f"{new.label}: {new.band}, {way}{was} ({old.words} to {new.words})"


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
    for label, moment, whose in (
        ("Sent", paper.sent, "the sender's clock"),
        ("Received", paper.received, "the receiver's clock"),
    ):
        if moment:
            lines.append(f"{label}: {short_date(moment)}, {hour(moment)} ({whose})")
    return [*lines, "", wrapped(paper.text)]
