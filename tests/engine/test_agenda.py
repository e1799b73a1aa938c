"""The agenda: occurrences laid on the clock, whatever the clock does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.dossier import clocks
from excomm_game.engine.scenario import Scenario
from tests import strategies as some
from tests.strategies import scenario_of

END = [{"id": "end", "kind": "unresolved", "at_close": True, "title": "End"}]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def scene(name: str, at: datetime | time, seat: str = "washington", **more: Any) -> dict[str, Any]:
    option = [{"id": "go", "label": "Go"}]
    return {"id": name, "seat": seat, "at": at, "title": name, "option": option} | more


def laid(
    *scenes: dict[str, Any], begins: str = "1962-10-26T00:00", ends: str = "1962-10-30T23:00",
    clock: str = "America/New_York", washington: dict[str, Any] | None = None, ending: Sequence[dict[str, Any]] = END,
) -> Scenario:  # fmt: skip
    return scenario_of(
        {
            "scenario": {
                "id": "s",
                "title": "S",
                "begins": local(begins),
                "ends": local(ends),
                "clock": clock,
            },
            "seat": {
                "washington": {"label": "Washington"} | (washington or {}),
                "moscow": {"label": "Moscow", "zone": "Europe/Moscow"},
                "havana": {"label": "Havana", "zone": "America/Havana"},
            },
            "scene": list(scenes),
            "ending": list(ending),
        }
    )


def labels(scenario: Scenario) -> list[str]:
    return [occurrence.label for occurrence in scenario.agenda]


def hours(scenario: Scenario, occurrence: Occurrence) -> dict[str, str]:
    return {clock.label: f"{clock.local:%d %H:%M}" for clock in clocks(scenario, occurrence.local)}


@pytest.mark.parametrize(
    ("at", "moscow"),
    [
        ("1962-10-27T09:00", "27 16:00"),  # daylight time, seven hours
        ("1962-10-28T00:30", "28 07:30"),
        ("1962-10-28T01:30", "28 08:30"),  # stands twice on that clock: the first is meant
        ("1962-10-28T02:00", "28 10:00"),
        ("1962-10-28T09:00", "28 17:00"),  # standard time, eight hours
    ],
)
def test_washington_left_daylight_time_on_28_october_1962(at, moscow):
    """At nine in the morning of the 28th it is five in the afternoon in Moscow; an ambiguous hour is its first."""
    scenario = laid(scene("broadcast", local(at)))
    assert hours(scenario, scenario.agenda[0])["Moscow"] == moscow
    assert hours(scenario, scenario.agenda[0])["Washington"] == f"{local(at):%d %H:%M}"


def test_occurrences_stand_in_the_order_of_instants():
    """Not the numbers on the clock's face but what has passed since decides; the fold of the 28th keeps the order."""
    daily = scene("half-past-one", time(1, 30))
    scenario = laid(scene("two", local("1962-10-28T02:00")), scene("one", local("1962-10-28T01:00")), daily)
    instants = [occurrence.local.astimezone(UTC) for occurrence in scenario.agenda]
    assert instants == sorted(instants)
    assert labels(scenario)[2:6] == ["one", "half-past-one@3", "two", "half-past-one@4"]
    gaps = [later - earlier for earlier, later in pairwise(instants[2:])]
    assert gaps[:2] == [timedelta(minutes=30), timedelta(minutes=90)]


def test_scenes_at_one_instant_stand_in_the_order_of_files():
    """What happens at the same instant happens in the order in which it is written."""
    at = local("1962-10-27T09:00")
    scenario = laid(scene("b", at), scene("daily", time(9)), scene("a", at, "fate"), scene("c", at))
    assert [one for one in labels(scenario) if not one.startswith("daily") or one == "daily@2"] == [
        "b",
        "daily@2",
        "a",
        "c",
    ]


def test_days_are_numbered_from_the_first_whether_they_arise_or_not():
    """`desk@3` is the third day of the desk's own calendar, even where its first two never arise."""
    desk = scene("desk", time(9), **{"from": date(1962, 10, 27), "to": date(1962, 10, 29)}, when="day >= 4")
    scenario = laid(desk, scene("once", local("1962-10-27T10:00")))
    assert [(one.label, one.full, one.number, one.day) for one in scenario.agenda] == [
        ("desk@1", "desk@1", 1, 2),
        ("once", "once@1", 1, 2),
        ("desk@2", "desk@2", 2, 3),
        ("desk@3", "desk@3", 3, 4),
    ]


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"from": date(1962, 10, 29)}, [4, 5]),
        ({"to": date(1962, 10, 27)}, [1, 2]),
        ({"from": date(1962, 10, 28), "to": date(1962, 10, 28)}, [3]),
    ],
)
def test_a_daily_scene_takes_the_calendar_where_no_day_is_named(bounds, days):
    """Both ends count, the calendar's and the scene's own."""
    assert [one.day for one in laid(scene("desk", time(9), **bounds)).agenda] == days


def test_the_ends_of_the_calendar_count():
    """A scene may stand at the very begin and the very end."""
    scenario = laid(scene("last", local("1962-10-30T23:00")), scene("first", local("1962-10-26T00:00")))
    assert [(one.label, one.day) for one in scenario.agenda] == [("first", 1), ("last", 5)]


def test_a_sitting_is_one_seat_at_one_instant():
    """Consecutive occurrences for one seat at the same instant are one page; another seat or hour begins a new one."""
    nine, ten = local("1962-10-27T09:00"), local("1962-10-27T10:00")
    scenario = laid(
        scene("a", nine),
        scene("b", nine),
        scene("c", nine, "moscow"),
        scene("d", nine),
        scene("e", ten),
        scene("f", ten),
    )
    by_sitting: dict[int, list[str]] = {}
    for one in scenario.agenda:
        by_sitting.setdefault(one.sitting, []).append(one.label)
    assert list(by_sitting.values()) == [["a", "b"], ["c"], ["d"], ["e", "f"]]


def test_keys_are_those_of_the_full_name():
    """A bare scene is drawn with the key of `scene@1`: BLAKE2b, eight bytes, big-endian."""
    for one in laid(scene("desk", time(9)), scene("once", local("1962-10-27T10:00"))).agenda:
        assert one.key == int.from_bytes(blake2b(one.full.encode(), digest_size=8).digest(), "big")


@given(some.scenarios())
def test_every_agenda_is_in_order(scenario):
    """Positions count up, instants never go back, equal instants keep the order of files, days match the calendar."""
    begins = scenario.head.begins.date()
    assert [one.position for one in scenario.agenda] == list(range(len(scenario.agenda)))
    order = [(one.local.astimezone(UTC), one.scene, one.number) for one in scenario.agenda]
    assert order == sorted(order)
    for one in scenario.agenda:
        assert begins + timedelta(days=one.day - 1) == one.local.date()
        assert scenario.scenes[one.scene].seat == one.seat
    assert len({one.full for one in scenario.agenda}) == len(scenario.agenda)


def test_the_thirteen_days_have_thirteen_days(thirteen_days):
    """The scenario that ships runs from the 16th to the 28th, and no occurrence stands outside."""
    assert {one.day for one in thirteen_days.agenda} <= set(range(1, 14))
    assert thirteen_days.head.begins.date() == date(1962, 10, 16)
    assert thirteen_days.head.ends.date() == date(1962, 10, 28)
