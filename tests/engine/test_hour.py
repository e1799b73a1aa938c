"""Whose clock an hour stands by."""

from __future__ import annotations

from datetime import datetime

import pytest

from excomm_game.engine.dossier import dossier
from excomm_game.engine.game import Game
from excomm_game.engine.hour import by_person, by_scenario, by_seat
from excomm_game.files.scenarios import load
from tests.engine.test_agenda import laid, scene
from tests.headers import header

NOON = datetime.fromisoformat("1962-10-27T12:00")


@pytest.fixture(scope="module")
def crisis():
    return load("thirteen-days")


def test_an_hour_of_the_scenario_is_that_of_the_seat_that_lives_by_its_clock(crisis):
    """Also where it names no zone, and so has that one: the seat's own hours and the debrief's are one clock's."""
    zoneless = laid(scene("noon", NOON))
    assert by_scenario(crisis, NOON) == by_scenario(zoneless, NOON) == ("Washington", NOON)
    assert by_seat(zoneless, "washington", zoneless.agenda[0].local).label == "Washington"


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "GMT-5"),
        ("Etc/GMT-3", "GMT+3"),
    ],
)
def test_an_hour_that_no_seat_lives_by_is_that_of_the_zones_city(zone, place):
    """At sea that of Greenwich and what is to be added to it, with the sign that is read, not the one POSIX writes."""
    afloat = laid(scene("noon", NOON), clock=zone, washington={"zone": "Asia/Tokyo"})
    assert by_scenario(afloat, NOON) == (place, NOON)


def test_what_a_seat_is_told_stands_in_its_own_hours(crisis):
    """As its documents do, and as its scenes speak of morning and evening."""
    game = Game(crisis, header(crisis, 1962, {"moscow": "policy:history"}))
    game.run()
    told = {seat: {item.scene: item.at for item in dossier(game, seat).told} for seat in crisis.seats}
    assert told["moscow"]["anadyr-briefing"].label == "Moscow"
    assert f"{told['moscow']['anadyr-briefing'].local:%d %H:%M}" == "16 16:15"
    for occurrence in crisis.agenda:
        for seat, items in told.items():
            if occurrence.label in items:
                assert items[occurrence.label] == by_seat(crisis, seat, occurrence.local)
                assert items[occurrence.label].local == occurrence.local, "the same instant"


@pytest.mark.parametrize(
    ("person", "place"), [("khrushchev", "Moscow"), ("kennedy", "Washington"), (None, "Washington")]
)
def test_an_hour_in_a_document_is_that_of_who_wrote_it(crisis, person, place):
    """A paper that nobody signs keeps the scenario's clock; one without an hour has none."""
    assert by_person(crisis, person, NOON) == (place, NOON)
    assert by_person(crisis, person, None) is None
