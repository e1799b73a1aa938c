"""Coverage finds what can be reached, says what cannot, and what a game asks of a seat is what a player meets."""

from __future__ import annotations

import json
from datetime import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excomm_game.authoring.coverage import coverage
from excomm_game.authoring.names import Names, no_hits
from excomm_game.authoring.shapes import coverage_object
from excomm_game.authoring.tally import Conditions, Tally
from excomm_game.engine.dossier import Viewing
from excomm_game.engine.errors import UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.rules import Chose
from excomm_game.engine.scenario import FATE
from excomm_game.worlds.batch import Block
from excomm_game.worlds.board import Board
from excomm_game.worlds.plans import seated
from excomm_game.worlds.standing import opening_columns
from tests import strategies as some
from tests.authoring import OVER, TOO_HOT, Table, crisis, hour, option, scene
from tests.headers import header
from tests.strategies import scenario_of

WORLDS = 200


def gaps(document: Table, seat: str | None = None) -> dict[str, list[str]]:
    """What is unreached, by kind, where anything is."""
    return {kind: names for kind, names in coverage(scenario_of(document), WORLDS, seat).unreached.items() if names}


ADVISER = {"adviser": {"name": "An Adviser", "seat": "west"}}
BLOCKED = crisis(
    scene("later", hour(17, 9), option("wait"), option("act", when="heat > 8"))
    | {
        "passage": [{"text": "Warm.", "when": "heat > 5"}, {"text": "Hot.", "when": "heat > 8"}],
        "counsel": [{"by": "adviser"}, {"by": "adviser", "when": "heat > 8"}],
        "documents": ["note"],
    },
    scene("never", hour(17, 10), option("nothing"), when="heat > 8") | {"documents": ["lost"]},
    person=ADVISER,
    document={
        "note": {"title": "A note", "passage": [{"when": "heat < 5"}, {"when": "heat > 8"}]},
        "lost": {"title": "Lost", "passage": [{"text": "Never."}]},
    },
    ending=[TOO_HOT, OVER],
    epilogue=[{"year": 1963, "when": "heat > 8"}, {"year": 1963, "when": "heat < 5"}],
    judge=[{"id": "j", "label": "J", "grades": {"0": "A"}, "blind_to": ["heat"], "criterion": [
        {"points": 1, "says": "Cold.", "when": "heat < 5"}, {"points": 1, "says": "As ever.", "when": "heat == 5"},
    ]}],
)  # fmt: skip


def test_what_nothing_reaches_is_said_by_name_and_nothing_else_is():
    """An option, passages of a scene and a document, a document, an ending and what is told afterwards."""
    assert gaps(BLOCKED) == {
        "options": ["later/act", "never/nothing"],
        "passages": ["later/passage 2", "note/passage 2", "lost/passage 1"],
        "documents": ["lost"],
        "endings": ["too-hot"],
        "counsel": ["later/counsel 2 by adviser"],
        "criteria": ["j/criterion 1"],
        "epilogues": ["epilogue 1 of 1963"],
    }


def test_a_document_told_to_nobody_is_unreached():
    """Fate reads no letters; news that is told to a seat is read."""
    papers = {"document": {"note": {"title": "A note"}}}
    noise = scene("noise", hour(17, 9), option("loud"), option("soft")) | {"seat": FATE, "documents": ["note"]}
    news = scene("news", hour(17, 9)) | {"documents": ["note"]}
    assert gaps(crisis(noise, **papers)) == {"documents": ["note"]}
    assert gaps(crisis(news, **papers)) == {}


def test_a_seat_is_asked_for_alone():
    """Only a person takes an option without weight: from another seat it is out of reach, and from all it is not."""
    document = crisis(scene("theirs", hour(17, 9), option("mild"), option("wild", weight=0), seat="east"))
    document["seat"]["east"] = {"label": "East", "zone": "UTC"}
    assert gaps(document) == gaps(document, "east") == {}
    assert gaps(document, "west") == {"options": ["theirs/wild"]}


def test_a_course_of_another_seat_than_that_asked_for_reaches_nothing_for_it():
    """It is played to tell its pace; what only a person in that seat would take stays out of reach."""
    course = {"id": "wildly", "label": "Wildly", "choose": {"theirs": "wild"}}
    document = crisis(
        scene("theirs", hour(17, 9), option("mild"), option("wild", weight=0), seat="east"), course=[course]
    )
    document["seat"]["east"] = {"label": "East", "zone": "UTC"}
    assert gaps(document) == gaps(document, "east") == {}
    assert gaps(document, "west") == {"options": ["theirs/wild"]}
    assert "wildly" in coverage(scenario_of(document), WORLDS, "west").pacing


def test_chance_never_takes_what_has_no_weight():
    """An accident of weight 0 is no part of any game, however hard it is looked for."""
    fate = scene("accident", hour(17, 9), option("none"), option("impossible", weight=0), seat=FATE)
    assert gaps(crisis(fate)) == {"options": ["accident/impossible"]}


def test_a_long_streak_of_the_same_answer_is_found():
    """One way in half a million is too rare for plain play; it is marked as rare, and not as out of reach."""
    days = scene("daily", time(10), option("a"), option("b", "count += 1"), option("c"))
    document = crisis(days, ending=[{**TOO_HOT, "when": "count >= 12"}, OVER])
    document["scenario"] |= {"ends": hour(27, 20)}
    document["track"]["count"] = {"label": "Count", "start": 0, "range": [0, 12], "seen_by": ["west"]}
    told = coverage(scenario_of(document), WORLDS)
    assert not any(told.unreached.values())
    assert told.rare["endings"] == ["too-hot"]


def test_what_lies_off_the_end_of_a_course_is_found():
    """Free choices hardly ever keep to a road of twelve right answers; a course that does can be left at its end."""
    ways = "abcdef"
    right = {f"day-{n}": ways[n * 5 % 6] for n in range(12)}
    road = [
        scene(
            day,
            hour(17 + n // 6, 9 + n % 6),
            *(option(way, "count += 1" if way == good else "count = 0") for way in ways),
        )
        for n, (day, good) in enumerate(right.items())
    ]
    last = scene("last", hour(18, 18), option("stay"), option("leave"), when="count >= 12")
    document = crisis(*road, last, course=[{"id": "firm", "label": "Firm", "choose": {**right, "last": "stay"}}])
    document["track"]["count"] = {"label": "Count", "start": 0, "range": [0, 12], "seen_by": ["west"]}
    told = coverage(scenario_of(document), WORLDS)
    assert not any(told.unreached.values())
    assert told.rare["options"] == ["last/leave"]
    del document["course"]
    assert gaps(document) == {"options": ["last/stay", "last/leave"]}


def test_the_same_question_has_the_same_answer():
    """Nothing hangs on the clock or on what was asked before."""
    one, other = (coverage(scenario_of(BLOCKED), WORLDS) for _ in range(2))
    assert one == other


def test_pacing_is_what_the_seat_meets():
    """Where there is one way to play, every figure is known: choices, words of texts and outcomes, days between."""
    course = {"id": "still", "label": "Still", "choose": {"first": "calm", "later": "wait"}}
    later = scene("later", hour(18, 15), option("wait", outcome="Four words of outcome"), text="Two words")
    daily = scene("daily", time(8), text="Read but once.")
    told = coverage(scenario_of(crisis(later, daily, course=[course])), WORLDS)
    assert list(told.pacing) == ["still", "history", "weights", "random"]
    for pacing in told.pacing.values():
        assert pacing == ((2, 2, 2), (2 + 4 + 3, 2 + 4 + 3, 2 + 4 + 3), 2.25)


def test_the_pace_is_that_of_the_seat_asked_for():
    """A seat that is never asked makes no choice."""
    document = crisis(scene("theirs", hour(17, 9), option("mild"), seat="east"))
    document["seat"] |= {"east": {"label": "East"}, "south": {"label": "South"}}
    asked = {seat: coverage(scenario_of(document), 5, seat).pacing["random"].choices for seat in document["seat"]}
    assert asked == {"west": (1, 1, 1), "east": (1, 1, 1), "south": (0, 0, 0)}


def test_the_json_has_the_keys_scripts_rely_on():
    """Hits by name, what is unreached as those names, three figures a course; all of it JSON."""
    told = json.loads(json.dumps(coverage_object(coverage(scenario_of(BLOCKED), WORLDS))))
    assert list(told)[:7] == ["worlds", "options", "passages", "documents", "endings", "unreached", "pacing"]
    assert told["worlds"] == WORLDS
    kinds = ("options", "passages", "documents", "endings", "counsel", "criteria", "epilogues")
    assert sorted(told["unreached"]) == sorted(name for kind in kinds for name, hits in told[kind].items() if not hits)
    for pacing in told["pacing"].values():
        assert list(pacing) == ["choices", "words", "longest_gap_days"]
        assert pacing["choices"] == sorted(pacing["choices"])
        assert len(pacing["choices"]) == len(pacing["words"]) == 3


def test_a_document_that_shares_a_scenes_id_is_told_apart():
    """Two things under one name would hide one another."""
    document = crisis(
        scene("note", hour(17, 9), option("wait")) | {"documents": ["note"], "passage": [{"text": "A scene's."}]},
        document={"note": {"title": "A note", "passage": [{"text": "A paper's."}]}},
    )
    names = list(no_hits(scenario_of(document))["passages"])
    assert names == ["note/passage 1", "document note/passage 1"]


def test_progress_is_told_and_nonsense_refused():
    """What is being played, in order; a seat there is none of and no worlds at all are errors."""
    said: list[tuple[str, int, int]] = []
    coverage(scenario_of(BLOCKED), 5, None, lambda *one: said.append(one))
    assert list(dict.fromkeys(doing for doing, _, _ in said)) == ["plain play", "directed play", "done"]
    assert all(0 <= done <= of for _, done, of in said)
    for worlds, seat in ((0, None), (5, "nobody")):
        with pytest.raises(UsageError):
            coverage(scenario_of(BLOCKED), worlds, seat)


@settings(max_examples=15)
@given(st.data())
def test_what_is_hit_in_a_game_is_never_reported_unreached(data):
    """Every option that a seat's person takes in the engine, and every ending, coverage reaches too."""
    scenario = data.draw(some.scenarios())
    seat = data.draw(st.sampled_from(scenario.seats))
    told = coverage(scenario, WORLDS, seat)
    for seed in range(40):
        game = Game(scenario, header(scenario, seed, {seat: "policy:random"}))
        game.run()
        assert game.state.ending not in told.unreached["endings"]
        for choice in game.choices:
            assert f"{choice.scene.partition('@')[0]}/{choice.option}" not in told.unreached["options"]


@settings(max_examples=25)
@given(st.data())
def test_a_tally_counts_what_the_engine_plays(data):
    """For the same seeds: the same options, documents and endings, and for a seat the same choices."""
    scenario = data.draw(some.scenarios())
    seat = data.draw(st.sampled_from(scenario.seats))
    count, hits, names = 12, no_hits(scenario), Names(scenario)
    tally = Tally(scenario, Conditions(scenario), hits, count, seat)
    start = opening_columns(scenario, scenario.opening, np.arange(count))
    block = Block(
        Board(scenario), scenario.default_school(), start, seated(scenario, "random", (seat,)), "drawn", counted=False
    )
    block.play(0, len(scenario.agenda), tally)
    tally.tell_after()
    wanted = no_hits(scenario)
    for seed in range(count):
        game = Game(scenario, header(scenario, seed, {seat: "policy:random"}))
        game.run()
        wanted["endings"][game.state.ending] += 1
        taken_here = [event for _, event in game.events() if isinstance(event, Chose)]
        for event in taken_here:
            k = scenario.option(event.occurrence, event.option)
            wanted["options"][names.option(event.occurrence.scene, k)] += 1
        assert tally.pace.choices[seed] == sum(event.occurrence.seat == seat for event in taken_here)
        for key in scenario.draft.documents:
            wanted["documents"][key] += any(
                paper.id == key for paper in Viewing(game, seat).at(len(game.choices)).papers
            )
    assert (hits["endings"], hits["options"]) == (wanted["endings"], wanted["options"])
    for key, hit in hits["documents"].items():
        assert hit >= wanted["documents"][key]
