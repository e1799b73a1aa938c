"""No hour is read without whose it is: Washington's noon is Moscow's evening."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from excomm_game.debrief.page import page
from excomm_game.debrief.pages import pages
from excomm_game.debrief.whole import debrief
from excomm_game.engine.dossier import dossier
from excomm_game.engine.game import Game
from excomm_game.engine.hour import by_person, zone_of
from excomm_game.files.scenarios import load
from excomm_game.plain import ending, replay
from excomm_game.plain import page as plain
from excomm_game.tui import sheets
from tests.headers import header

DATED = re.compile(r"October(?: 1962)?, [0-2][0-9]:[0-5][0-9](.{0,13})")
PLACED = re.compile(r" \((Washington|Moscow|Havana)\)")


@pytest.fixture(scope="module", params=[("moscow", "history"), ("washington", "random")])
def game(request) -> Game:
    """A game as it was in 1962, and one that was not."""
    crisis, (seat, policy) = load("thirteen-days"), request.param
    made = Game(crisis, header(crisis, 1962, {seat: f"policy:{policy}"}, luck="history"))
    made.run()
    return made


def test_every_dated_hour_names_its_place(game):
    """At the table, in journal and documents, in replays, at the end and in the debrief, in words and as a page."""
    told, last = debrief(game, 20, short=True), len(game.choices)
    view = dossier(game, next(seat for seat, sits in game.header.seats.items() if sits != "model"))
    lines = [*replay.replayed(game, 1, last), *replay.as_told(game, view.seat, 0, last)]
    lines += [*plain.told(view, view.told), *plain.journal(view), *ending.ending(game), *ending.aftermath(game)]
    lines += [line for n in range(1, len(view.papers) + 1) for line in plain.read(view, str(n))]
    lines.append(sheets.plain(sheets.news(view, view.told)))
    for one in pages(told):
        for section in one.sections:
            lines += [section.heading, *(line for entry in section.entries for line in (entry.text, *entry.notes))]
    lines.append(unescape(page(told)))
    found = [after for line in lines for after in DATED.findall(line.replace("\n", " "))]
    assert len(found) > 200
    assert [after for after in found if not PLACED.match(after)] == []


@pytest.mark.parametrize(
    ("scenario", "document", "place", "since"),
    [
        ("thirteen-days", "pliyev-27-october", "Havana", "1962-10-27T10:22-05:00"),
        ("black-saturday", "pliyev-report", "Havana", "1962-10-27T10:22-05:00"),
        ("black-saturday", "alekseev-warning", "Havana", "1962-10-27T05:00-05:00"),
        ("black-saturday", "dobrynin-report", "Washington", "1962-10-27T19:45-04:00"),
    ],
)
def test_who_serves_abroad_writes_by_the_clock_there(scenario, document, place, since):
    """By Moscow's clock they would tell of the aircraft, the night in Havana and the talk before these came about."""
    crisis = load(scenario)
    one = crisis.draft.documents[document]
    sent = by_person(crisis, one.sender, one.sent)
    assert sent.label == place
    zone = ZoneInfo(zone_of(crisis.draft, one.sender))
    assert sent.local.replace(tzinfo=zone) > datetime.fromisoformat(since)


def test_an_hour_alone_stands_under_a_line_that_says_whose(game):
    """In the tables of the page, where the day stands above."""
    made = page(debrief(game, 20, short=True))
    assert "Hours are those of Washington." in made
