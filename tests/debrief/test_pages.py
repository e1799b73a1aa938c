"""The debrief in words: what it names first, whose lines are marked, and the day on which something first was so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from excomm_game.debrief.judgement import LUCKIEST, NOISE, Turn, luckiest
from excomm_game.debrief.page import page
from excomm_game.debrief.pages import pages
from excomm_game.debrief.whole import Debrief, debrief
from excomm_game.engine.game import Game
from excomm_game.words.ending import Section, closing
from excomm_game.words.figures import percent, points
from excomm_game.words.phrases import date_words, moment_words, road_words
from excomm_game.worlds.risk import Figure
from tests.engine.test_agenda import END, laid, local, scene
from tests.headers import header


def section(told: Debrief, heading: str) -> Section:
    """The section under a heading, on whatever page."""
    return next(one for made in pages(told) for one in made.sections if one.heading == heading)


@pytest.fixture(scope="module")
def invaded(thirteen_days) -> Debrief:
    """A game that leaves 1962 for an invasion."""
    game = Game(thirteen_days, header(thirteen_days, 3, {"washington": "policy:invasion"}))
    game.run()
    return debrief(game, 100)


def test_the_road_on_which_most_died_is_named_first(told):
    """Each with its own share, the strongest first."""
    shares = {road_words(name): one.p for name, one in told.ran.pathways.items()}
    assert len(shares) > 3
    entries = [entry.text for entry in section(told, "By which road nuclear war came").entries]
    strongest = sorted(shares, key=lambda name: -shares[name])
    assert entries == [f"{name}: {percent(shares[name])} of all worlds" for name in strongest]


def test_where_a_game_first_left_1962_is_named(invaded, told):
    """Its first choice, whoever's, that history is known to have made otherwise; history never leaves itself."""
    left = next(turn.told for turn in invaded.turns if turn.told.in_1962 and not turn.told.was_history)
    notes = [note for entry in section(invaded, "Beside 1962").entries for note in entry.notes]
    assert len(notes) == 1
    assert notes[0].endswith(f"{moment_words(left.hour)}, {left.title}: {left.label}.")
    assert not [note for entry in section(told, "Beside 1962").entries for note in entry.notes]


@pytest.mark.parametrize("name", ["invaded", "told"])
def test_the_ladder_names_the_day_on_which_its_top_was_first_reached(name, request):
    """A game stays on its highest rung for days; the first of them is the day."""
    told = request.getfixturevalue(name)
    climb = [step.number if step else 0 for step in told.climb]
    first = climb.index(max(climb))
    assert climb.count(max(climb)) > 1, "so the first can be told from the last"
    said = section(told, "The ladder").entries[0].text
    assert f" {max(climb)}, " in said
    assert said.endswith(f" on {date_words(told.turns[first].told.occurrence.local)}.")


def test_the_games_own_assumptions_are_marked_and_no_others(told):
    """Whoever reads the list knows which line is this game's."""
    lines = [entry.text for entry in section(told, "By other assumptions").entries]
    marked = [line for line in lines if " (this game)" in line]
    assert len(lines) == 1 + len(told.schools) > 3
    assert len(marked) == 1
    assert marked[0].startswith(next(one.label for one in told.schools if one.school == told.game.header.school))


def moved_by(turn: Turn, moved: float, doing: Any) -> Turn:
    """The same choice as if it had moved the risk so far from the half, by whoever did it."""
    return turn._replace(doing=doing, before=Figure(0.5, 0.5, 0.5), after=Figure(0.5 + moved, 0.5, 0.5))


def test_where_luck_had_the_most_to_say(told):
    """The strongest strokes of luck, up or down, in the order in which they fell; no other seat's, and no noise."""
    moves = [0.01, -0.2, 0.3, -0.02, 0.1, NOISE / 2, -0.4, 0.03]
    made = [moved_by(turn, moved, "luck") for turn, moved in zip(told.turns, moves, strict=False)]
    made.append(moved_by(told.turns[len(moves)], 0.49, "theirs"))
    assert LUCKIEST == 5
    assert [round(turn.moved, 3) for turn in luckiest(made)] == [-0.2, 0.3, 0.1, -0.4, 0.03]
    assert luckiest(made[5:6]) == []


def test_a_move_within_the_noise_is_none(told):
    """On the page it is neither a rise nor a fall, and its row steps back; a larger one stands with its sign."""
    first, second, *rest = told.turns
    changed = told._replace(turns=(moved_by(first, -0.0003, "luck"), moved_by(second, -0.03, "luck"), *rest))
    rows = re.findall(r'<tr id="choice-\d+".*?</tr>', page(changed), re.DOTALL)
    still, moving = (re.search(r'class="figure moved">(.*?)<', row) for row in rows[:2])
    assert still is not None
    assert moving is not None
    assert (still[1], 'class="still"' in rows[0]) == ("0.0", True)
    assert (moving[1], 'class="still"' in rows[1]) == (points(-0.03).split()[0], False)


@pytest.mark.parametrize(("weight", "said"), [(3, "25 worlds of 100"), (999, "10 worlds of 10,000")])
def test_what_luck_spared_is_told_as_worlds_that_would_have_died(weight, said):
    """One in four and one in a thousand: of a hundred, or of ten thousand where of a hundred it would be none.

    It is told of a crisis without judges too.
    """
    cut, whole = {"id": "cut", "label": "Cut", "ends": "gone"}, {"id": "whole", "label": "Whole", "weight": str(weight)}
    wire = scene("wire", local("1962-10-27T12:00"), "fate", pathway="wire", option=[cut, whole])
    gone = {"id": "gone", "kind": "nuclear", "title": "Gone"}
    crisis = laid(wire, ending=[gone, *END])
    game = Game(crisis, header(crisis, 1, luck="spared"))
    game.run()
    told = debrief(game, 20)
    assert not told.judges
    assert f"Here you would have died in {said}." in section(told, "Where luck spared you").entries[0].text
    assert "to 0% at the end" in page(told)


def test_the_story_begins_with_the_end(told, thirteen_days):
    """With the ending's title, text, hour and kind; of a game that is not over, with that."""
    end = closing(told.game)
    first = pages(told)[0].sections[0]
    assert (first.heading, first.entries[0].text) == (end.title, end.text)
    assert first.entries[0].notes == (end.moment, f"{end.kind.capitalize()}.")
    game = Game(thirteen_days, header(thirteen_days, 3, {"washington": "person"}))
    game.run()
    first = pages(debrief(game, 20, short=True, reveal=True))[0].sections[0]
    assert f"The game is not over, after {len(game.choices)} choices." in first.entries[0].text
