"""Promises of the author's workbench, and the tiny crises they are put to."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

Table = dict[str, Any]


OVER: Table = {"id": "over", "kind": "unresolved", "title": "Over", "at_close": True}
TOO_HOT: Table = {"id": "too-hot", "kind": "nuclear", "title": "Too hot", "when": "heat >= 9"}


def hour(day: int, at: int) -> datetime:
    """An hour of October 1962, on the scenario's own clock."""
    return datetime(1962, 10, day, at)  # noqa: DTZ001 - a scenario's hours are on its own clock


def option(name: str, *effects: str, **more: Any) -> Table:
    """An option."""
    return {"id": name, "label": name, "effects": list(effects), **more}


def scene(name: str, at: datetime | time, *options: Table, **more: Any) -> Table:
    """A scene of the west's, unless it says otherwise."""
    return {"id": name, "seat": "west", "at": at, "title": name, "option": list(options), **more}


def crisis(*scenes: Table, **more: Any) -> Table:
    """A crisis of three days with one seat, about which there is nothing to doubt but what is added to it."""
    first = scene("first", hour(16, 9), option("calm", "heat -= 1"), option("stir", "heat += 1"))
    return {
        "scenario": {"id": "a-crisis", "title": "A Crisis", "begins": hour(16, 8), "ends": hour(18, 20)},
        "seat": {"west": {"label": "West", "zone": "UTC"}},
        "track": {"heat": {"label": "Heat", "start": 5, "range": [0, 10], "seen_by": ["west"]}},
        "scene": [first, *scenes],
        "ending": [OVER],
        **more,
    }
