"""Small drawings of one line: a bar, the strip of days, clocks, arrows. A word or glyph says what colour says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from textual.content import Content

from excomm_game.engine.dossier import Change, Dossier, Reading
from excomm_game.engine.hour import Clock
from excomm_game.words.phrases import hour

FULL, EMPTY = "█", "░"


def bar(value: float, low: float, high: float, width: int) -> Content:
    """Return a bar of `width` cells; a value above the low end fills at least one."""
    filled = round((value - low) / (high - low) * width) if high > low else 0
    filled = max(1, filled) if value > low else 0
    return Content.assemble(FULL * filled, (EMPTY * (width - filled), "$quiet"))


def gauge(one: Reading, label: int, width: int) -> Content:
    """Return a reading with a band: label, bar, the band in words; a label too long for its column has its own line."""
    head = f"{one.label:<{label}} " if len(one.label) <= label else f"{one.label}\n{'':<{label}} "
    return Content.assemble(head, bar(one.value, one.low, one.high, width), f" {one.band}")


def fact(one: Reading) -> Content:
    """Return a reading in words: its label quiet, its value plain."""
    return Content.assemble((f"{one.label}: ", "$quiet"), one.words)


def moved(one: Change) -> str:
    """Return an arrow where what has changed has words for its heights, else a dot."""
    if not one.after.band:
        return "·"
    return "▲" if one.after.value > one.before.value else "▼"


def clocks(shown: Sequence[Clock], *, short: bool) -> Content:
    """Return every seat's hour; `+1` where it is another day than at the first."""
    first = shown[0].local.date()
    parts = []
    for clock in shown:
        days = (clock.local.date() - first).days
        label = clock.label[:3] if short else clock.label
        parts.append(Content.assemble((f"{label} ", "$quiet"), hour(clock.local), f" {days:+d}" if days else ""))
    return Content.assemble((" · ", "$quiet")).join(parts)


def days(dossier: Dossier, width: int) -> Content:
    """Return the strip of days with today in brackets; a few around today where the room is short."""
    today = dossier.clocks[0].local
    numbers = [_day(today, n - dossier.day) for n in range(1, dossier.days + 1)]
    here = dossier.day - 1
    first, last = 0, len(numbers)
    while last - first > 1 and 3 * (last - first) + 1 + 2 * (first > 0 or last < len(numbers)) > width:
        if here - first > last - 1 - here:
            first += 1
        else:
            last -= 1
    parts: list[str | tuple[str, str]] = ["…" if first else ""]
    for place in range(first, last):
        if place == here:
            parts.append((f"[{numbers[place]}]", "bold $new"))
        else:
            gap = "" if place == here + 1 else " "
            parts.append((f"{gap}{numbers[place]}", "$quiet" if place < here else "$foreground"))
    return Content.assemble(*parts, "…" if last < len(numbers) else "")


def _day(today: datetime, away: int) -> str:
    return f"{(today.date() + timedelta(days=away)).day:2d}"


def rung(step: tuple[int, str] | None) -> str:
    """Return a rung as number and label."""
    return f"{step[0]}  {step[1]}" if step else "not on the ladder"
