"""The dossier: exactly what one seat may know, in the order and the words in which it was told."""

from __future__ import annotations

import copy
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.dossier import Dossier, Viewing, changes, dossier
from excomm_game.engine.game import Game
from excomm_game.engine.outcome import rung
from excomm_game.engine.policy import open_ids
from tests import strategies as some
from tests.strategies import everybody, games, header_of, play_on, scenario_of


def at(day: int, hour: int) -> datetime:
    return datetime(1962, 10, day, hour)  # noqa: DTZ001 - local time of the scenario's clock


def a_crisis() -> dict[str, Any]:
    """Four days at three tables: a decision on the 26th, two desks in Moscow, news for some, a secret of Moscow's."""
    return {
        "scenario": {"id": "s", "title": "Crisis", "begins": at(26, 0), "ends": at(29, 23),
        "clock": "America/New_York"},
        "seat": {
            "washington": {"label": "Washington", "office": "President"},
            "moscow": {"label": "Moscow", "zone": "Europe/Moscow"},
            "havana": {"label": "Havana"},
        },
        "track": {
            "tension": {
                "label": "Tension", "start": 60, "range": [0, 100], "seen_by": ["washington", "moscow"],
                "bands": {"0": "calm", "25": "uneasy", "50": "grave"},
            },
            "warheads": {"label": "Warheads", "start": 98, "range": [0, 200], "seen_by": ["moscow"]},
        },
        "fact": {
            "fleet": {
                "label": "Fleet", "start": "in-port", "values": ["in-port", "at-sea"], "words": {"at-sea": "at sea"},
                "seen_by": ["washington"],
            },
            "talks": {"label": "Talks", "start": False, "seen_by": ["washington", "moscow", "havana"]},
        },
        "person": {"bundy": {"name": "McGeorge Bundy", "office": "Adviser", "seat": "washington"}},
        "document": {
            "letter": {
                "title": "A letter", "form": "letter", "text": "At {tension}.", "passage": [{"when": "tension >= 50",
                "text": "Grave."}],
            },
        },
        "course": [{"id": "firm", "label": "Firm"}, {"id": "soft", "label": "Soft"}],
        "rung": [
            {"number": 4, "label": "Hardening", "when": "tension >= 50"},
            {"number": 2, "label": "Gestures"},
            {"number": 20, "label": "Warheads ready", "when": "warheads > 90 and tension > 0"},
        ],
        "scene": [
            {
                "id": "decide", "seat": "washington", "at": at(26, 9), "told": ["washington", "moscow"],
                "title": "Decide",
                "text": "Day {day}; the fleet is {fleet}; {{so}}.", "documents": ["letter"],
                "passage": [{"when": "tension >= 50", "text": "Grave."}, {"when": "talks",
                "text": "They talk: {talks}."}],
                "counsel": [
                    {"by": "bundy", "leans": "firm", "backs": "ships", "tags": ["exit"], "when": "tension > 50",
                    "says": "At {tension}."},
                    {"by": "bundy", "leans": "soft", "when": "tension <= 50", "says": "Wait."},
                ],
                "option": [
                    {"id": "talk", "label": "Talk", "when": "talks", "barred": "Nobody talks: {talks}.",
                    "text": "Talk."},
                    {"id": "ships", "label": "Ships", "effects": ["fleet = 'at-sea'", "tension = 10"],
                    "outcome": "Now {tension}."},
                    {"id": "strike", "label": "Strike", "when": "tension > 70"},
                    {"id": "wait", "label": "Wait", "text": "Waiting."},
                ],
            },
            {"id": "radio", "seat": "fate", "at": at(26, 12), "told": ["havana"], "title": "Radio",
            "text": "Talks: {talks}."},
            {
                "id": "desk", "seat": "moscow", "at": time(10), "from": at(27, 0).date(), "to": at(28, 0).date(),
                "title": "Desk",
                "documents": ["letter"], "text": "{warheads} warheads.",
                "option": [{"id": "more", "label": "More", "effects": ["warheads += 7"], "outcome": "{warheads}."}],
            },
            {
                "id": "again", "seat": "washington", "at": at(28, 16), "title": "Again", "documents": ["letter"],
                "counsel": [
                    {"by": "bundy", "leans": "soft", "when": "tension <= 50", "says": "Now soft."},
                    {"by": "bundy", "leans": "firm", "when": "tension > 50", "says": "Still firm."},
                ],
                "option": [{"id": "end", "label": "End"}],
            },
        ],
        "ending": [{"id": "over", "kind": "settlement", "at_close": True, "title": "Over"}],
    }  # fmt: skip


ALL_PEOPLE = {"washington": "person", "moscow": "person", "havana": "person"}


def played(*choices: str) -> Game:
    scenario = scenario_of(a_crisis())
    game = Game(scenario, header_of(scenario, seats=ALL_PEOPLE))
    game.run()
    for option in choices:
        game.choose(option)
    return game


def test_the_page_shows_what_is_open_and_why_the_rest_is_not():
    """Numbers count the open options; one barred with a reason has none, one without a reason is not shown."""
    page = dossier(played(), "washington").page
    assert page is not None
    assert [(way.number, way.id, way.text, way.barred) for way in page.ways] == [
        (None, "talk", "", "Nobody talks: no."),
        (1, "ships", "", ""),
        (2, "wait", "Waiting.", ""),
    ]
    assert (page.scene, page.title, page.papers) == ("decide", "Decide", ("letter",))
    assert page.text == "Day 1; the fleet is in-port; {so}.\n\nGrave."


def test_only_the_seat_whose_turn_it_is_has_a_page():
    """The others see no page, and nobody does when it is over."""
    assert [dossier(played(), seat).page is None for seat in ALL_PEOPLE] == [False, True, True]
    assert [dossier(played("wait"), seat).page is None for seat in ALL_PEOPLE] == [True, False, True]
    game = played("wait", "more", "more", "end")
    assert [dossier(game, seat).page for seat in ALL_PEOPLE] == [None] * 3
    assert all(dossier(game, seat).over for seat in ALL_PEOPLE)
    assert not dossier(played("wait"), "havana").over


def test_readings_are_what_the_seat_sees():
    """Tracks before facts in the author's order, in words; a track with its band; hidden ones not at all."""
    game = played("ships")
    readings = {seat: [(one.name, one.words, one.band) for one in dossier(game, seat).readings] for seat in ALL_PEOPLE}
    assert readings == {
        "washington": [("tension", "10", "calm"), ("fleet", "at sea", ""), ("talks", "no", "")],
        "moscow": [("tension", "10", "calm"), ("warheads", "98", ""), ("talks", "no", "")],
        "havana": [("talks", "no", "")],
    }


def test_a_band_begins_at_its_threshold():
    """The word of the highest threshold at or below the value."""
    scenario = played().scenario
    words = [scenario.band("tension", value) for value in (0, 24, 25, 49, 50, 100)]
    assert words == ["calm", "calm", "uneasy", "uneasy", "grave", "grave"]


def test_changes_are_those_the_seat_sees():
    """What moved out of sight did not move."""
    game = played("ships")
    before, after = (step.state.values for step in game.steps)
    moved = {seat: [change.after.name for change in changes(game.scenario, seat, before, after)] for seat in ALL_PEOPLE}
    assert moved == {"washington": ["tension", "fleet"], "moscow": ["tension"], "havana": []}


def test_the_seat_that_chose_remembers_all_and_the_told_only_title_and_outcome():
    """Moscow learns what came of it, not what was weighed; Havana, not told, learns nothing."""
    game = played("ships")
    own = dossier(game, "washington").told[0]
    assert (own.title, own.option, own.label, own.outcome, own.own) == ("Decide", "ships", "Ships", "Now 10.", True)
    assert own.text.startswith("Day 1; the fleet is in-port")
    theirs = dossier(game, "moscow").told[0]
    assert (theirs.title, theirs.outcome) == ("Decide", "Now 10.")
    assert (theirs.text, theirs.option, theirs.label, theirs.papers, theirs.own) == ("", "", "", (), False)
    assert dossier(game, "moscow").papers == dossier(played("ships"), "moscow").papers
    assert [item.scene for item in dossier(game, "havana").told] == ["radio"]
    assert [item.scene for item in dossier(game, "washington").told] == ["decide"]


def test_news_reaches_those_who_are_told():
    """Title and text, with the values of that hour."""
    item = dossier(played("wait"), "havana").told[0]
    assert (item.title, item.text, item.outcome, item.own) == ("Radio", "Talks: no.", "", False)


def test_a_document_stays_as_it_read_when_it_was_first_told():
    """Tension falls before the letter comes round again; what was read on the first day does not change."""
    first, later = dossier(played(), "washington"), dossier(played("ships", "more", "more"), "washington")
    assert first.paper("letter").text == "At 60.\n\nGrave."
    assert later.paper("letter") == first.paper("letter")
    assert later.page is not None
    assert later.page.papers == ("letter",)
    assert dossier(played("ships"), "havana").papers == ()


def test_advice_shows_whom_an_adviser_favours_and_favoured_before():
    """A lean is a course; the one before is what this adviser last said to this seat."""
    page = dossier(played(), "washington").page
    assert page is not None
    assert [(one.name, one.backs, one.leans, one.before, one.tags, one.says) for one in page.advice] == [
        ("McGeorge Bundy", "ships", "Firm", "", ("exit",), "At 60.")
    ]
    page = dossier(played("ships", "more", "more"), "washington").page
    assert page is not None
    assert [(one.leans, one.before, one.says) for one in page.advice] == [("Soft", "Firm", "Now soft.")]


def test_the_ladder_is_judged_by_what_the_seat_sees():
    """Washington does not see the warheads and so not that rung; Havana sees neither."""
    game = played()
    steps = {seat: dossier(game, seat).ladder.now for seat in ALL_PEOPLE}
    assert steps == {"washington": (4, "Hardening"), "moscow": (20, "Warheads ready"), "havana": (2, "Gestures")}


def test_of_several_conditions_one_that_is_seen_is_enough():
    """Moscow's warheads put nobody else on a rung that Washington can tell by the tension alone."""
    tables = a_crisis()
    tables["rung"] = [{"number": 9, "label": "Open", "when": "warheads > 90 or (talks and tension > 0)"}]
    scenario = scenario_of(tables)
    slots = [scenario.scope[name].slot for name in ("warheads", "talks", "tension")]

    def stands(*told: int | bool) -> list[bool]:
        values = list(scenario.opening)
        for slot, one in zip(slots, told, strict=True):
            values[slot] = one
        return [rung(scenario, tuple(values), 1, seat) is not None for seat in ALL_PEOPLE]

    assert stands(98, False, 60) == [False, True, False]
    assert stands(98, True, 60) == [True, True, False]
    assert stands(10, True, 60) == [True, True, False]
    assert stands(10, False, 60) == [False, False, False]


def test_the_peak_is_the_highest_rung_so_far():
    """Climbing down does not make unknown how high one stood."""
    before, after = dossier(played(), "washington"), dossier(played("ships"), "washington")
    assert before.ladder.peak == (4, "Hardening")
    assert after.ladder.now == (2, "Gestures")
    assert after.ladder.peak == (4, "Hardening")


@pytest.mark.parametrize(
    ("choices", "seat", "day", "hours"),
    [
        ((), "washington", 1, ["26 09:00", "26 16:00", "26 09:00"]),
        (("wait",), "moscow", 2, ["27 10:00", "27 17:00", "27 10:00"]),
        (("wait", "more"), "moscow", 3, ["28 10:00", "28 18:00", "28 10:00"]),  # daylight time has ended
        (("wait", "more"), "washington", 1, ["26 09:00", "26 16:00", "26 09:00"]),  # it was last told on the first day
        ((), "havana", 1, ["26 00:00", "26 07:00", "26 00:00"]),  # it was told nothing yet
    ],
)
def test_the_clock_stands_where_the_seat_last_learned_something(choices, seat, day, hours):
    """A seat's own page or its latest news sets every clock; what happens elsewhere moves none."""
    found = dossier(played(*choices), seat)
    assert found.day == day
    assert [f"{clock.local:%d %H:%M}" for clock in found.clocks] == hours
    assert found.days == 4


def known(found: Dossier) -> tuple[list[tuple[Any, ...]], list[Any]]:
    return [item[1:] for item in found.told], list(found.papers)


@given(st.data())
def test_what_was_told_stays_told(data):
    """As a game goes on, a story only grows, and a whole game opened at a moment is the game that stopped there."""
    scenario = data.draw(some.scenarios())
    game = data.draw(games(scenario, sitters=everybody(scenario), takebacks=False))
    for seat in scenario.seats:
        told: list[Any] = []
        papers: list[Any] = []
        peak = -1
        whole = Viewing(game, seat)
        for n in range(len(game.steps)):
            earlier = copy.copy(game)
            earlier.steps, earlier.choices = game.steps[: n + 1], game.choices[:n]
            found = dossier(earlier, seat)
            assert whole.at(n) == found
            now_told, now_papers = known(found)
            assert now_told[: len(told)] == told
            assert now_papers[: len(papers)] == papers
            if found.page is not None:
                now_peak = found.ladder.peak[0] if found.ladder.peak else -1
                assert now_peak >= peak
                peak = now_peak
            told, papers = now_told, now_papers


@given(st.data())
def test_a_page_is_what_the_rules_offer(data):
    """Every open option is on the page, numbered from 1 in file order; nothing else has a number."""
    scenario = data.draw(some.scenarios())
    game = data.draw(games(scenario, sitters=("person",)))
    awaited = game.awaited
    for seat in scenario.seats:
        page = dossier(game, seat).page
        assert (page is not None) == (awaited is not None and awaited.seat == seat)
        if page is not None:
            ways = [way for way in page.ways if way.number is not None]
            assert [way.number for way in ways] == list(range(1, len(ways) + 1))
            for way in ways:
                again = play_on(Game(scenario, game.header), 0, 0)
                for row in game.choices:
                    if len(again.choices) < row.n:
                        again.apply_row(row)
                assert again.choose(way.id)


def test_the_thirteen_days_open_on_the_first_seat(thirteen_days):
    """Washington can begin: its dossier has a page with an open option, and no other's has."""
    game = Game(thirteen_days, header_of(thirteen_days, seats={"washington": "person"}))
    game.run()
    awaited = game.awaited
    assert awaited is not None
    assert awaited.seat == thirteen_days.seats[0]
    page = dossier(game, awaited.seat).page
    assert page is not None
    assert page.ways[0].number == 1
    for seat in thirteen_days.seats[1:]:
        assert dossier(game, seat).page is None


def test_dates_are_kept_for_conditions_and_listed_nowhere(thirteen_days):
    """A track that only ever keeps a day is no reading of anybody's, nor a change; one that counts is."""
    assert {"struck_on", "announced_on", "offered_on"} <= thirteen_days.dates
    assert not {"tension", "defcon", "launchers_ready", "aircraft_lost"} & thirteen_days.dates
    game = Game(thirteen_days, header_of(thirteen_days, seats={"washington": "person"}))
    game.run()
    game.choose("strike-tomorrow")
    while game.state.values[thirteen_days.scope["struck_on"].slot] == 0:
        awaited = game.awaited
        assert awaited is not None
        game.choose(open_ids(thirteen_days, game.state, awaited)[0])
    for seat in thirteen_days.seats:
        assert not thirteen_days.dates & {one.name for one in dossier(game, seat).readings}
