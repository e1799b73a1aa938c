"""Whose clock an hour stands by: the scenario's, a seat's own, or that of who wrote a document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from excomm_game.engine.draft import Draft
from excomm_game.engine.scenario import Scenario

_SIGNS = str.maketrans("+-", "-+")


class Clock(NamedTuple):
    """A date and hour as a clock shows them; `label` says where it hangs."""

    label: str
    local: datetime


def by_scenario(scenario: Scenario, local: datetime) -> Clock:
    """Return an hour of the scenario's own clock."""
    return Clock(_place(scenario, scenario.head.clock), local)


def by_seat(scenario: Scenario, seat: str, local: datetime) -> Clock:
    """Return what a seat's clock shows at an hour of the scenario's."""
    one = scenario.draft.seats[seat]
    return Clock(one.label, local.astimezone(UTC).astimezone(ZoneInfo(one.zone or scenario.head.clock)))


def by_person(scenario: Scenario, person: str | None, local: datetime | None) -> Clock | None:
    """Return an hour that stands in a document, by the clock of who sent or received it, if one does."""
    zone = zone_of(scenario.draft, person)
    return Clock(_place(scenario, zone), local) if local is not None and zone is not None else None


def zone_of(draft: Draft, key: str | None) -> str | None:
    """Return the zone a person writes in: their own, else their seat's, else (with a seat) the scenario's clock."""
    clock = draft.head.clock if draft.head else None
    person = draft.persons.get(key or "")
    if person is None:
        return clock
    seat = draft.seats.get(person.seat or "")
    return person.zone or (seat.zone if seat else None) or (clock if seat else None)


def _place(scenario: Scenario, zone: str) -> str:
    """Return where a zone's clock hangs: with the first seat that lives by it, else in the city it is named for."""
    seats = (seat.label for seat in scenario.draft.seats.values() if (seat.zone or scenario.head.clock) == zone)
    return next(seats, _city(zone))


def _city(zone: str) -> str:
    """Return the last part of a zone's name; one at sea is five hours behind Greenwich where POSIX says Etc/GMT+5."""
    name = zone.rpartition("/")[2].replace("_", " ")
    return name.translate(_SIGNS) if zone.startswith("Etc/") else name
