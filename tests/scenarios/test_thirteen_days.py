"""What holds for Thirteen Days: its shape, its clock, its history, and what its texts must never say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from excomm_game.authoring.names import no_hits
from excomm_game.authoring.tally import Conditions, Tally
from excomm_game.engine.game import Game
from excomm_game.engine.replay import replay
from excomm_game.engine.rules import draw, options
from excomm_game.engine.scenario import FATE
from excomm_game.files import saves
from excomm_game.files.places import history_save
from excomm_game.files.scenarios import load
from excomm_game.worlds.batch import Block
from excomm_game.worlds.plans import seated
from excomm_game.worlds.run import board
from excomm_game.worlds.standing import opening_columns
from tests.headers import header

DESKS = ("desk", "early-desk", "evening-desk", "late-desk")
COURSES = ("air-strike", "invasion", "blockade", "negotiation", "missile-swap", "wait")


@pytest.fixture(scope="module")
def crisis():
    return load("thirteen-days")


def value(crisis, game, name):
    """A track's number, or a fact's word."""
    symbol = crisis.scope[name]
    found = game.state.values[symbol.slot]
    return symbol.words[found] if symbol.kind == "word" else found


def test_it_has_the_shape_it_promises(crisis):
    """Scenes, accidents, advisers, endings, judges and revelations are there in the promised numbers."""
    scenes = Counter(scene.seat for scene in crisis.scenes if len(scene.option) > 1)
    assert scenes["washington"] >= 60
    assert scenes["moscow"] >= 25
    assert scenes["havana"] >= 12
    assert scenes[FATE] >= 45
    pathways = {
        pathway
        for scene in crisis.scenes
        for pathway in (scene.pathway, *(option.pathway for option in scene.option))
        if pathway
    }
    assert {
        "submarine", "air-defence", "tactical", "cuba-launch", "berlin", "turkey", "delegated-authority", "mongoose",
        "alaska", "false-alarm", "quarantine-line",
    } <= pathways  # fmt: skip
    assert len(crisis.draft.persons) >= 25
    assert all(person.about for person in crisis.draft.persons.values())
    advisers = {counsel.by for scene in crisis.scenes for counsel in scene.counsel}
    assert len(advisers) >= 25
    forms = {document.form for document in crisis.draft.documents.values()}
    assert {"letter", "cable", "broadcast", "memorandum", "estimate", "photograph", "newspaper", "minutes"} <= forms
    assert len(crisis.endings) >= 20
    assert {ending.kind for ending in crisis.endings} == {"settlement", "retreat", "unresolved", "war", "nuclear"}
    assert len(crisis.draft.judges) >= 8
    assert len(crisis.draft.revelations) >= 8
    assert {course.id for course in crisis.draft.courses} == set(COURSES)


def test_the_real_line_fits_a_lesson(crisis):
    """Along 1962 Washington is asked 22 to 32 choices, and has at most 6,500 words to read."""
    plan = seated(crisis, "history", (*crisis.seats, FATE))
    seeds = np.array([1962])
    block = Block(board(crisis), crisis.default_school(), opening_columns(crisis, crisis.opening, seeds), plan, "drawn",
                  counted=False)  # fmt: skip
    tally = Tally(crisis, Conditions(crisis), no_hits(crisis), 1, "washington")
    block.play(0, len(crisis.agenda), tally)
    assert 22 <= tally.pace.choices[0] <= 32
    assert tally.pace.words[0] <= 6_500


def test_the_president_may_act_unasked_on_most_days_of_1962(crisis):
    """Along history a desk arises on nine days at least; each offers force and an end of it, and never overmuch."""
    seats = dict.fromkeys(crisis.seats, "policy:history")
    game = Game(crisis, header(crisis, 1962, seats, "history"))
    game.run()
    days = set()
    for step in game.steps[:-1]:
        occurrence = crisis.agenda[step.state.position]
        if crisis.scene_of(occurrence).id in DESKS:
            are_open = {offer.option.id for offer in options(crisis, step.state) if offer.is_open}
            assert "strike-tomorrow" in are_open, occurrence.full
            assert are_open & {"private-talks", "offer-the-swap", "lower-the-alert"}, occurrence.full
            assert len(are_open) <= 9, occurrence.full
            days.add(occurrence.day)
    assert len(days) >= 9


@pytest.mark.parametrize(("scene", "least"), [("chairman", 4), ("prime-minister", 5)])
def test_moscow_and_havana_may_act_unasked_too(crisis, scene, least):
    """Along history their own hour comes on several days, with something to do in it besides leaving it alone."""
    game = Game(crisis, header(crisis, 1962, dict.fromkeys(crisis.seats, "policy:history"), "history"))
    game.run()
    days = set()
    for step in game.steps[:-1]:
        occurrence = crisis.agenda[step.state.position]
        if crisis.scene_of(occurrence).id == scene:
            assert sum(offer.is_open for offer in options(crisis, step.state)) >= 2, occurrence.full
            days.add(occurrence.day)
    assert len(days) >= least


def test_after_a_strike_on_the_17th_there_is_a_game(crisis):
    """Bombs at the first dawn leave Washington at least twelve more choices, unless nuclear war ends it."""
    slot = crisis.scope["struck_on"].slot
    seen = 0
    for seed in range(80):
        game = Game(crisis, header(crisis, seed, {"washington": "person"}))
        game.run()
        while (occurrence := game.awaited) is not None:
            drawn = crisis.scene_of(occurrence).option[draw(crisis, game.state, seed).option].id
            game.choose("strike-tomorrow" if occurrence.label == "first-meeting" else drawn)
        if game.kind != "nuclear" and game.state.values[slot] == 2:
            later = [line for line in game.choices if line.by == "person" and line.at >= "1962-10-17T06"]
            assert len(later) >= 12, (seed, game.state.ending)
            seen += 1
    assert seen > 40


def test_every_day_has_a_choice_for_washington(crisis):
    """The calendar runs from 16 to 28 October, and Washington may act on each day."""
    days = {one.day for one in crisis.agenda if one.seat == "washington" and crisis.scene_of(one).option}
    assert days == set(range(1, 14))
    assert crisis.head.begins.date().isoformat() == "1962-10-16"
    assert crisis.head.ends.date().isoformat() == "1962-10-28"


def test_what_was_believed_and_what_was_so_are_kept_apart(crisis):
    """Washington sees estimates and not the tracks that hold the truth."""
    for belief, truth in (
        ("troops_estimate", "troops"),
        ("sites_estimate", "launchers_ready"),
        ("left_estimate", "launchers_left"),
    ):
        assert crisis.sees("washington", belief)
        assert not crisis.sees("washington", truth)
    for hidden in ("release", "boat", "beach", "resolve", "aim", "ships", "castro_letter"):
        assert not crisis.sees("washington", hidden)


@pytest.mark.parametrize(
    ("document", "sent", "received"),
    [
        ("kennedy-22-october", None, "1962-10-22T22:00Z"),
        ("khrushchev-23-october", "1962-10-23T14:00Z", "1962-10-23T15:05Z"),
        ("kennedy-23-october", "1962-10-23T22:51Z", None),
        ("khrushchev-24-october", None, "1962-10-25T01:24Z"),
        ("kennedy-25-october", "1962-10-25T05:45Z", None),
        ("khrushchev-26-october", "1962-10-26T13:43Z", "1962-10-27T01:15Z"),
        ("khrushchev-27-october", "1962-10-27T14:00Z", None),
        ("khrushchev-28-october", "1962-10-28T14:00Z", None),
    ],
)
def test_letters_carry_their_historical_hours(crisis, document, sent, received):
    """The letters were sent and received at the hours the sources give, each on its writer's clock."""
    paper = crisis.document(document)
    persons, seats = crisis.draft.persons, crisis.draft.seats

    def instant(moment, person):
        zone = persons[person].zone or seats[persons[person].seat].zone
        return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")

    if sent:
        assert instant(paper.sent, paper.sender) == sent
    if received:
        assert instant(paper.received, paper.receiver) == received


@pytest.mark.parametrize(
    ("scene", "moment"),
    [
        ("first-meeting", "1962-10-16T11:50"), ("gromyko", "1962-10-18T17:00"), ("joint-chiefs", "1962-10-19T09:45"),
        ("course-of-action", "1962-10-20T14:30"), ("the-broadcast", "1962-10-22T19:00"),
        ("letter-of-the-26th", "1962-10-26T21:15"), ("anderson", "1962-10-27T16:00"),
        ("u2-over-banes", "1962-10-27T11:19"), ("saturday-night", "1962-10-27T21:00"),
        ("radio-moscow", "1962-10-28T09:00"),
    ],
)  # fmt: skip
def test_scenes_stand_at_their_historical_hours(crisis, scene, moment):
    """The dated scenes stand at the hours the sources give."""
    found = next(one for one in crisis.scenes if one.id == scene)
    assert found.at == datetime.fromisoformat(moment)


def test_washington_is_told_nothing_it_could_not_know(crisis):
    """No text that Washington reads in play names the weapons and ships it did not know of."""
    weapons = r"nuclear torpedo|tactical nuclear|Luna rocket|FKR|158 warheads"
    unknown = re.compile(rf"{weapons}|42,?000|\bB-59\b|Arkhipov", re.IGNORECASE)
    for scene in crisis.scenes:
        texts = [option.outcome for option in scene.option] if "washington" in crisis.readers(scene) else []
        if scene.seat == "washington" or (not scene.option and "washington" in crisis.readers(scene)):
            texts += [scene.text, *(passage.text for passage in scene.passage), *(one.says for one in scene.counsel)]
            texts += [option.text + option.label for option in scene.option]
            for key in scene.documents:
                paper = crisis.document(key)
                texts += [paper.text, *(passage.text for passage in paper.passage)]
        for text in texts:
            assert not unknown.search(text), (scene.id, unknown.search(text))


def test_law_12_history_ends_as_it_did_in_1962(crisis):
    """Law 12, the history half: the shipped save verifies and reaches the historical ending with all its terms."""
    decoded = saves.read(history_save())
    folded = replay(crisis, decoded.record, redraw=True)
    assert (decoded.fault, decoded.torn, folded.fault, folded.changed) == (None, False, None, False)
    game = folded.game
    assert game.state.ending == "secret-trade"
    assert game.kind == "settlement"
    assert value(crisis, game, "missiles_out") is True
    assert value(crisis, game, "pledge") == "public"
    assert value(crisis, game, "jupiters") == "secret"
    assert value(crisis, game, "struck_on") == 0
    assert {choice.by for choice in game.choices} <= {"policy", "history", "fate", "model"}


@pytest.mark.parametrize("seed", range(12))
def test_the_real_line_does_not_hang_on_the_seed(crisis, seed):
    """With every seat and fate doing what they did in 1962, every seed reaches the historical ending."""
    game = Game(crisis, header(crisis, seed, {"washington": "policy:history"}, "history"))
    game.run()
    assert game.state.ending == "secret-trade"


def test_each_course_leads_somewhere_of_its_own(crisis):
    """The six courses differ in how they end, pair by pair, by more than the noise of 200 games."""
    spread = {}
    for course in COURSES:
        ended = Counter()
        for seed in range(200):
            game = Game(crisis, header(crisis, seed, {"washington": f"policy:{course}"}))
            game.run()
            ended[game.state.ending] += 1
        spread[course] = ended
    for one, other in combinations(COURSES, 2):
        endings = set(spread[one]) | set(spread[other])
        distance = sum(abs(spread[one][ending] - spread[other][ending]) for ending in endings) / 400
        assert distance > 0.1, (one, other, distance)
