"""The end of a game in words."""

from __future__ import annotations

from datetime import datetime
from html import unescape

import pytest

from excomm_game.debrief.page import page
from excomm_game.debrief.pages import pages
from excomm_game.debrief.whole import debrief
from excomm_game.engine.account import account
from excomm_game.engine.dossier import dossier
from excomm_game.engine.game import Game
from excomm_game.files.scenarios import load
from excomm_game.plain import ending as plain
from excomm_game.words.ending import closing, last_step, what_came_after
from tests.engine.test_agenda import laid, scene
from tests.headers import header


def ended(scenario, seed: int, policy: str = "random") -> Game:
    """A game to the end, by a policy in the first seat."""
    crisis = load(scenario)
    game = Game(crisis, header(crisis, seed, {crisis.seats[0]: f"policy:{policy}"}, school=[*crisis.draft.schools][-1]))
    game.run()
    return game


def is_untold(game: Game) -> bool:
    """Whether chance began a nuclear war where nobody could see it."""
    last = account(game, len(game.choices)).occurrence
    return game.kind == "nuclear" and last.seat == "fate" and not game.scenario.readers(game.scenario.scene_of(last))


@pytest.fixture(scope="module")
def untold() -> Game:
    """A war whose beginning no seat was told of."""
    return next(game for game in (ended("thirteen-days", seed) for seed in range(400)) if is_untold(game))


def test_a_war_that_nobody_saw_begin_is_told_afterwards(untold):
    """The ending says no more than its seat could know; what is told after it, and the debrief, say what began it."""
    last = account(untold, len(untold.choices))
    assert last.title not in "".join(item.title for item in dossier(untold, "washington").told)
    assert last.outcome not in closing(untold).text
    told = debrief(untold, 20, short=True)
    story = next(one for one in pages(told) if one.id == "story")
    means = [
        "\n".join(plain.aftermath(untold)),
        "\n".join(entry.text for section in story.sections for entry in section.entries),
        unescape(page(told)),
    ]
    for words in means:
        assert last.title in words
        assert last.label in words
        assert last.outcome in words
        assert "The road to nuclear war: " in words


@pytest.mark.parametrize("scenario", ["thirteen-days", "black-saturday"])
def test_the_last_step_is_told_where_a_choice_ended_it(scenario):
    """Whoever's it was; where the calendar ran out nothing is said to have ended it, and before the end nothing is."""
    for seed in range(12):
        game = ended(scenario, seed)
        one = next(ending for ending in game.scenario.endings if ending.id == game.state.ending)
        last = account(game, len(game.choices))
        sections = last_step(game)
        assert bool(sections) == (not one.at_close)
        for section in sections:
            assert f"{last.title}: {last.label}" in section.entries[0].text
            assert any("nuclear war" in entry.text for entry in section.entries[-1:]) == (one.kind == "nuclear")
    game = Game(game.scenario, header(game.scenario, 1, {game.scenario.seats[0]: "person"}))
    game.run()
    assert not last_step(game)


@pytest.mark.parametrize(("ends", "day", "is_told"), [("end", "27", True), (None, "30", False)])
def test_what_a_choice_ended_did_not_run_out(ends, day, is_told):
    """Where an author has an option end a game as the end of the calendar does, its hour and step are the choice's."""
    option = {"id": "go", "label": "Go", **({"ends": ends} if ends else {})}
    crisis = laid(scene("noon", datetime.fromisoformat("1962-10-27T12:00"), option=[option]))
    game = Game(crisis, header(crisis, 1))
    game.run()
    assert f" {day} October 1962" in closing(game).moment
    assert bool(last_step(game)) == is_told


@pytest.mark.parametrize("scenario", ["thirteen-days", "black-saturday"])
def test_what_came_after_is_told_year_by_year(scenario):
    """However an author's files are cut, no year is told after a later one."""
    crisis = load(scenario)
    for seed in range(12):
        game = Game(crisis, header(crisis, seed, {crisis.seats[0]: "policy:random"}))
        game.run()
        years = [int(entry.text[:4]) for after in what_came_after(game) for entry in after.entries]
        assert years == sorted(years)
