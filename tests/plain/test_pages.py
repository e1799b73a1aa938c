"""What a table of plain lines says: the hours of all capitals, the situation, and a replay beside 1962."""

from __future__ import annotations

import re

import pytest

from excomm_game.engine.account import account
from excomm_game.engine.dossier import dossier
from excomm_game.engine.game import Game
from excomm_game.plain.page import situation
from excomm_game.plain.replay import as_told, replayed
from excomm_game.words.phrases import heading
from tests.engine.test_agenda import END, laid, local, scene
from tests.headers import header


@pytest.mark.parametrize(
    ("at", "clocks"),
    [
        ("1962-10-26T09:00", "Washington 09:00, Moscow 16:00, Havana 08:00"),
        ("1962-10-26T20:00", "Washington 20:00, Moscow 03:00 (27 October), Havana 19:00"),
    ],
)
def test_a_clock_that_is_on_another_day_says_so(at, clocks):
    """In the evening of Washington it is tomorrow in Moscow; Cuba keeps no daylight time this year."""
    crisis = laid(scene("dinner", local(at)))
    game = Game(crisis, header(crisis, 1, {"washington": "person"}))
    game.run()
    assert heading(dossier(game, "washington"))[-1] == f"Clocks: {clocks}."


def test_the_situation_leaves_out_what_stands_as_it_always_did(thirteen_days):
    """Tracks with a word for where they stand are always shown, facts once they have changed."""
    game = Game(thirteen_days, header(thirteen_days, 4, {"washington": "person"}))
    game.run()
    shown = set()
    while game.awaited is not None and len(game.choices) < 60:
        view = dossier(game, "washington")
        said = "\n".join(situation(view))
        for one in view.readings:
            is_shown = bool(re.search(rf"(?m)^  {re.escape(one.label)}: ", said))
            assert is_shown == bool(one.band or not one.is_start), one.label
            shown.add((bool(one.band), one.is_start))
        game.choose(next(way.id for way in view.page.ways if way.number))
    assert {(True, True), (False, True), (False, False)} <= shown


def test_a_replay_names_1962_where_it_chose_otherwise_and_nowhere_else(thirteen_days):
    """Each choice that left history has under it what history did; one that did not has nothing."""
    game = Game(thirteen_days, header(thirteen_days, 3, {"washington": "policy:invasion"}))
    game.run()
    last = len(game.choices)
    parts = re.split(r"(?m)^(?=\d+\. )", "\n".join(replayed(game, 1, last)))
    said = {int(part.split(".")[0]): " ".join(part.split()) for part in parts if part[:1].isdigit()}
    told = [account(game, n) for n in range(1, last + 1)]
    assert {one.was_history for one in told if one.in_1962} == {True, False}
    for one in told:
        assert ("In 1962: " in said[one.n]) == bool(one.in_1962 and not one.was_history)
        if one.in_1962 and not one.was_history:
            assert f"In 1962: {' '.join(one.in_1962.split())}" in said[one.n]


def test_what_a_seat_was_told_is_told_again_in_full(thirteen_days):
    """Of a game that goes on, a replay for its seat has all that reached it: titles, texts, outcomes, its choices."""
    game = Game(thirteen_days, header(thirteen_days, 4, {"washington": "person"}))
    game.run()
    for _ in range(6):
        game.choose(next(way.id for way in dossier(game, "washington").page.ways if way.number))
    said = " ".join(" ".join(as_told(game, "washington", 0, len(game.choices))).split())
    items = dossier(game, "washington").told
    assert {bool(item.text) for item in items} == {bool(item.outcome) for item in items} == {True, False}
    for item in items:
        for text in (item.title, item.text, item.outcome, item.label if item.own else ""):
            assert " ".join(text.split()) in said


def test_a_replay_says_where_luck_was_spared():
    """With how often war was drawn there, and nowhere else."""
    cut, whole = {"id": "cut", "label": "Cut", "ends": "gone"}, {"id": "whole", "label": "Whole", "weight": "3"}
    wire = scene("wire", local("1962-10-27T12:00"), "fate", pathway="wire", option=[cut, whole])
    coin = scene("coin", local("1962-10-27T13:00"), "fate")
    crisis = laid(wire, coin, ending=[{"id": "gone", "kind": "nuclear", "title": "Gone"}, *END])
    game = Game(crisis, header(crisis, 1, luck="spared"))
    game.run()
    said = "\n".join(replayed(game, 1, 2))
    assert said.count("Luck was spared here") == 1
    assert "Luck was spared here: nuclear war in 25.0% of draws." in said[: said.index("2. ")]
