"""The end of a game in words."""

from __future__ import annotations

import pytest

from excomm_game.engine.game import Game
from excomm_game.files.scenarios import load
from excomm_game.words.ending import aftermath
from tests.headers import header


@pytest.mark.parametrize("scenario", ["thirteen-days", "black-saturday"])
def test_what_came_after_is_told_year_by_year(scenario):
    """However an author's files are cut, no year is told after a later one."""
    crisis = load(scenario)
    for seed in range(12):
        game = Game(crisis, header(crisis, seed, {crisis.seats[0]: "policy:random"}))
        game.run()
        after = next((part for part in aftermath(game) if part.heading == "What came after"), None)
        years = [int(entry.text[:4]) for entry in after.entries] if after else []
        assert years == sorted(years)
