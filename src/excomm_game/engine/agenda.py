"""The agenda: every occurrence of every scene, in the order in which the clock reaches them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from excomm_game.engine.draft import Head, Scene

MAX_OCCURRENCES = 10_000


class Occurrence(NamedTuple):
    """One scene on one day.

    `position` is its place on the agenda, `scene` the place of its scene in the scenario, `number` counts the days of
    a repeated scene from 1. `label` is how saves and courses name it (`desk@3`, or the bare id of a scene that stands
    once), `full` always has the number. `local` is the hour on the scenario's clock, `at` the same in ISO 8601, `day`
    counts days from 1, `key` is what fate is drawn with, and occurrences that share a `sitting` are one page.
    """

    position: int
    scene: int
    seat: str
    number: int
    label: str
    full: str
    local: datetime
    day: int
    key: int
    sitting: int
    at: str


def days_of(scene: Scene, head: Head) -> tuple[date, date]:
    """First and last day of a repeated scene; the calendar's own where the author names none."""
    return scene.first or head.begins.date(), scene.last or head.ends.date()


def count(scene: Scene, head: Head) -> int:
    """How many occurrences a scene has, without laying them out."""
    if isinstance(scene.at, datetime):
        return 1
    first, last = days_of(scene, head)
    return max(0, (last - first).days + 1)


def moments(scene: Scene, head: Head) -> list[datetime]:
    """Return the scene's hours on the scenario's clock, without a zone."""
    if isinstance(scene.at, datetime):
        return [scene.at]
    first, _ = days_of(scene, head)
    return [datetime.combine(first + timedelta(days=n), scene.at) for n in range(count(scene, head))]


def key_of(full: str) -> int:
    """Return the 64-bit key of an occurrence: BLAKE2b of `scene-id@occurrence`, read big-endian."""
    return int.from_bytes(blake2b(full.encode(), digest_size=8).digest(), "big")


def lay(scenes: list[Scene], head: Head) -> tuple[Occurrence, ...]:
    """Lay scenes, given in the order of files, on the clock. An ambiguous hour is its first."""
    zone = ZoneInfo(head.clock)
    laid = [
        (local.replace(tzinfo=zone, fold=0), place, number)
        for place, scene in enumerate(scenes)
        for number, local in enumerate(moments(scene, head), start=1)
    ]
    laid.sort(key=lambda one: (one[0].astimezone(UTC), one[1], one[2]))
    agenda: list[Occurrence] = []
    for position, (local, place, number) in enumerate(laid):
        scene = scenes[place]
        full = f"{scene.id}@{number}"
        label = full if isinstance(scene.at, time) else scene.id
        day = (local.date() - head.begins.date()).days + 1
        sitting = 0
        if agenda:
            before = agenda[-1]
            together = before.seat == scene.seat and before.local.astimezone(UTC) == local.astimezone(UTC)
            sitting = before.sitting if together else before.sitting + 1
        agenda.append(
            Occurrence(
                position, place, scene.seat, number, label, full, local, day, key_of(full), sitting, local.isoformat()
            )
        )
    return tuple(agenda)
