"""What holds for every scenario in the project."""

from __future__ import annotations

import tomllib

import pytest

from excomm_game.authoring.coverage import coverage
from excomm_game.authoring.doubts import doubts
from excomm_game.engine.game import Game
from excomm_game.engine.rules import opening
from excomm_game.files.places import checkout
from excomm_game.files.scenarios import check_folder, load
from excomm_game.worlds.plans import seated
from excomm_game.worlds.risk import foresight
from tests.headers import header

ROOT = checkout()
assert ROOT is not None
FOLDERS = sorted(path for path in (ROOT / "scenarios").iterdir() if path.is_dir())
SEATS = [
    (folder, seat)
    for folder in FOLDERS
    for seat in tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))["seat"]
]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_checks_without_faults_or_doubts(folder):
    """A scenario that ships has neither faults nor doubts, and its folder has its id."""
    report = check_folder(folder)
    assert [str(fault) for fault in report.faults] == []
    assert [str(doubt) for doubt in report.doubts] == []
    assert report.scenario is not None
    assert [str(doubt) for doubt in doubts(report.scenario)] == []
    assert report.scenario.head.id == folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_everything_is_reached(folder):
    """From each seat every option, passage, document and ending can be met, and nobody waits for more than two days."""
    found = coverage(load(str(folder)), 500)
    assert not any(found.unreached.values()), found.unreached
    assert all(pacing.longest_gap_days <= 2 for pacing in found.pacing.values())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_texts_answer_to_what_was_done(folder):
    """At least a third of what scenes and documents say is said only in some worlds."""
    draft = load(str(folder)).draft
    texts = [scene.text for scene in draft.scenes] + [document.text for document in draft.documents.values()]
    passages = [one for part in (*draft.scenes, *draft.documents.values()) for one in part.passage]
    assert sum(one.when is not None for one in passages) * 3 >= sum(map(bool, texts)) + len(passages)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_everything_that_is_told_has_a_source(folder):
    """Every scene, person and document names a source."""
    draft = load(str(folder)).draft
    unsourced = [scene.id for scene in draft.scenes if not scene.sources]
    unsourced += [key for key, person in draft.persons.items() if not person.sources]
    unsourced += [key for key, document in draft.documents.items() if not document.sources]
    assert unsourced == []


@pytest.mark.parametrize(("folder", "seat"), SEATS, ids=lambda one: getattr(one, "name", one))
def test_random_play_from_any_chair_always_ends(folder, seat):
    """A game of random choices ends without an error, from each seat a scenario has."""
    scenario = load(str(folder))
    for seed in range(2000 if seat == scenario.seats[0] else 300):
        game = Game(scenario, header(scenario, seed, {seat: "policy:random"}))
        game.run()
        assert game.state.ending is not None


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_law_12_each_schools_band_holds(folder):
    """Along the first seat's historical choices, the share of endings a school counts lies in the band it states."""
    scenario = load(str(folder))
    seat = scenario.seats[0]
    for name, school in scenario.draft.schools.items():
        ended = foresight(scenario, opening(scenario, name).state, 50_000, seated(scenario, "history", (seat,)))
        share = sum(ended.kinds[kind].p for kind in school.band_of)
        assert school.band[0] <= share <= school.band[1], (name, share)
