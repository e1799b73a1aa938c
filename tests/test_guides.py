"""The guides say what is so: the scenario in the author's guide is checked, played and covered as it stands there."""

from __future__ import annotations

import re

import pytest

from excomm_game.engine.game import Game
from excomm_game.files import places
from excomm_game.files.scenarios import check_folder, load
from tests.headers import header
from tests.program import run

FENCE = re.compile(r"^`([a-z]+\.toml)`[^\n]*\n\n```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def two_ships(tmp_path):
    """The folder that a reader of the author's guide has made."""
    folder = tmp_path / "two-ships"
    folder.mkdir()
    files = FENCE.findall(places.guide("author"))
    assert [name for name, _ in files] == ["scenario.toml", "days.toml", "endings.toml"]
    for name, text in files:
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_authors_scenario_checks(two_ships):
    """It has neither faults nor doubts."""
    report = check_folder(two_ships)
    assert [str(one) for one in (*report.faults, *report.doubts)] == []


def test_the_authors_scenario_plays(two_ships):
    """From its two chairs games end, and in each of its ways."""
    scenario = load(str(two_ships))
    endings = set()
    for seat in scenario.seats:
        for seed in range(60):
            game = Game(scenario, header(scenario, seed, {seat: "policy:random"}))
            game.run()
            endings.add(game.state.ending)
    assert len(endings) == 3


def test_every_guide_is_named_where_guides_are_asked_for():
    """An unknown guide is answered with those there are; each of them prints."""
    said = run("guide", "cook")
    assert said.code == 2
    for name in places.guides():
        assert name in said.err
        assert run("guide", name).code == 0
