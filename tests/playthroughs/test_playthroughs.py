"""Games that leave history: each course on each day it can begin goes on coherently to an ending.

Golden playthroughs stand beside this file as a reader would see them. After a change that is meant to alter them, run
with EXCOMM_GOLDEN=write and read what changed.
"""

from __future__ import annotations

import os
from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from excomm_game.engine.dossier import dossier
from excomm_game.engine.rules import Choice, Chose, advance, options
from excomm_game.files.scenarios import load

from .playing import COURSES, begin, sit, transcript

HERE = Path(__file__).parent / "golden"
SEEDS = range(6)
DAYS = {
    "air-strike": (1, 2, 3, *range(5, 14)), "invasion": (3, *range(5, 14)), "blockade": (2, 3, *range(5, 13)),
    "negotiation": (2, 3, *range(5, 14)), "missile-swap": (2, 3, *range(5, 14)), "wait": (2, 3, *range(5, 14)),
}  # fmt: skip
"""The days on which something that Washington is asked begins a course, while it does as in 1962 until then."""

GOLDEN = {
    "air-strike": (1, 2), "air-strike-late": (12, 1), "air-strike-berlin": (1, 8), "invasion": (5, 3),
    "invasion-late": (12, 4), "blockade": (7, 12), "blockade-to-war": (5, 16), "negotiation": (7, 9),
    "negotiation-late": (5, 7), "missile-swap": (11, 4), "missile-swap-early": (5, 1), "wait": (5, 1),
    "wait-late": (9, 4),
}  # fmt: skip
"""Name, whose beginning is the course: the day on which it begins and the seed."""

SEATED = [
    *(("thirteen-days", "washington", "random", seed) for seed in (1, 2, 3, 4)),
    ("thirteen-days", "moscow", "history", 1962),
    *(("thirteen-days", "moscow", "weights", seed) for seed in (11, 21)),
    *(("thirteen-days", "moscow", "random", seed) for seed in (4, 8)),
    ("thirteen-days", "havana", "history", 1962),
    *(("thirteen-days", "havana", "weights", seed) for seed in (13, 22)),
    *(("thirteen-days", "havana", "random", seed) for seed in (5, 9)),
    ("black-saturday", "washington", "history", 3),
    ("black-saturday", "washington", "strike-the-site", 4),
    *(("black-saturday", "washington", "random", seed) for seed in (1, 2, 5)),
    ("black-saturday", "moscow", "weights", 6),
    ("black-saturday", "moscow", "random", 7),
    ("black-saturday", "havana", "weights", 9),
    ("black-saturday", "havana", "random", 8),
]
"""Scenario, seat, the policy that sits in it and the seed: whole games as that seat read them, each read through."""


@pytest.fixture(scope="module")
def crisis():
    return load("thirteen-days")


def games(crisis, course, day):
    """Every game in which the course can begin that day: with 1962's luck, and with drawn luck under several seeds."""
    tried = [begin(crisis, course, day, 1, "history"), *(begin(crisis, course, day, seed) for seed in SEEDS)]
    tried += [begin(crisis, course, day, seed) for seed in range(6, 40) if day >= 12]
    return [game for game in tried if game is not None]


@pytest.mark.parametrize(("course", "day"), [(course, day) for course in COURSES for day in DAYS[course]])
def test_a_course_begun_on_a_day_goes_on_to_a_coherent_end(crisis, course, day):
    """From each day a course can begin, the game ends, and nothing in it contradicts what has happened."""
    played = games(crisis, course, day)
    assert played, "the course cannot begin on this day under any seed tried"
    for game in played:
        assert incoherences(crisis, game) == []


def test_a_quarantine_cannot_be_announced_twice(crisis):
    """While there is one, none is left to announce."""
    slot = crisis.scope["quarantine"].slot
    words = crisis.scope["quarantine"].words
    for seed in range(40):
        game = sit(crisis, "washington", "random", seed)
        for _, event in game.events():
            if isinstance(event, Chose) and event.option == "announce-quarantine":
                assert words[event.before[slot]] in ("none", "lifted")


def incoherences(crisis, game):
    """Say what in a game contradicts its own facts."""
    return [
        *_ending_against_facts(crisis, game),
        *_told_against_clock(crisis, game),
        *_pace(crisis, game),
        *_single_ways(crisis, game),
    ]


def _ending_against_facts(crisis, game):
    def fact(name):
        symbol = crisis.scope[name]
        found = game.state.values[symbol.slot]
        return symbol.words[found] if symbol.kind == "word" else found

    ending, kind = game.state.ending, game.kind
    must = {
        "secret-trade": fact("missiles_out") and fact("jupiters") == "secret",
        "open-trade": fact("missiles_out") and fact("jupiters") == "open",
        "pledge-alone": fact("missiles_out") and fact("jupiters") == "none" and fact("pledge") != "none",
        "moscow-yields": fact("missiles_out") and fact("pledge") == "none" and fact("jupiters") == "none",
        "missiles-stay": not fact("missiles_out") and fact("struck_on") == 0,
        "stand-off": not fact("missiles_out") and fact("struck_on") == 0 and not fact("strike_ordered"),
        "strike-at-dawn": fact("strike_ordered") and fact("struck_on") == 0,
        "war-in-cuba": fact("struck_on") > 0 and not fact("ceasefire"),
        "air-war-halted": fact("struck_on") > 0 and fact("ceasefire"),
    }
    said = [] if must.get(ending, True) else [f"{ending} against its facts"]
    if kind in ("settlement", "retreat", "unresolved") and fact("struck_on") > 0:
        said.append(f"{ending} after bombs on Cuba")
    if fact("landed") and fact("struck_on") == 0:
        said.append("a landing before any strike")
    return said


def _told_against_clock(crisis, game):
    """Letters arrive after they were sent and are told on their own dates; nothing is told before its hour."""
    said = []
    for seat in crisis.seats:
        view = dossier(game, seat)
        hours = [item.at.local for item in view.told]
        if hours != sorted(hours):
            said.append(f"{seat} is told things out of order")
        for item in view.told:
            for key in item.papers:
                paper = crisis.document(key)
                person = crisis.draft.persons.get(paper.receiver or "")
                zone = ZoneInfo(crisis.draft.seats[person.seat].zone if person and person.seat else crisis.head.clock)
                if paper.received and person and person.seat == seat:
                    received = paper.received.replace(tzinfo=zone).astimezone(UTC)
                    if not received <= item.at.local.astimezone(UTC) <= received + timedelta(days=1):
                        said.append(f"{seat} reads {key} at {item.at.local}, received {received}")
    return said


def _pace(crisis, game):
    """While the game runs, Washington is never left more than two days without a choice."""
    asked = [
        event.occurrence.local
        for _, event in game.events()
        if isinstance(event, Chose) and event.occurrence.seat == "washington"
    ]
    last = [event.occurrence.local for _, event in game.events() if isinstance(event, Chose)][-1]
    gaps = [later - earlier for earlier, later in zip(asked, [*asked[1:], last], strict=True)]
    return [f"{gap} without a choice" for gap in gaps if gap > timedelta(days=2)]


def _single_ways(crisis, game):
    """A question put to Washington always has at least two answers, and every open one can be taken."""
    said = []
    for n, step in enumerate(game.steps[:-1]):
        occurrence = crisis.agenda[step.state.position]
        if occurrence.seat != "washington":
            continue
        ways = [offer for offer in options(crisis, step.state) if offer.is_open]
        if len(ways) < 2:
            said.append(f"{occurrence.full} after choice {n} has one way only")
        for way in ways:
            advance(crisis, step.state, Choice(occurrence.label, way.option.id))
    return said


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_playthrough(crisis, name):
    """A whole game off history reads today as it read when somebody last read it through."""
    course = next(course for course in sorted(COURSES, key=len, reverse=True) if name.startswith(course))
    game = begin(crisis, course, *GOLDEN[name])
    assert game is not None
    reads_as_before(name, transcript(game))


@pytest.mark.parametrize(("scenario", "seat", "policy", "seed"), SEATED)
def test_golden_playthrough_from_a_chair(scenario, seat, policy, seed):
    """A whole game from each chair reads today as it read when somebody last read it through."""
    reads_as_before(f"{scenario}-{seat}-{policy}-{seed}", transcript(sit(load(scenario), seat, policy, seed), seat))


def reads_as_before(name, text):
    """Compare a game with what stands in its file, or write that."""
    path = HERE / f"{name}.txt"
    if os.environ.get("EXCOMM_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_every_course_and_every_chair_has_golden_playthroughs():
    """A course without a playthrough that somebody has read is not done, nor a chair without three."""
    assert all(any(name.startswith(course) for name in GOLDEN) for course in COURSES)
    for scenario, seats in (("thirteen-days", ("moscow", "havana")), ("black-saturday", ("washington",))):
        for seat in seats:
            assert sum(one[:2] == (scenario, seat) for one in SEATED) >= 3
    names = {f"{scenario}-{seat}-{policy}-{seed}" for scenario, seat, policy, seed in SEATED}
    assert {path.stem for path in HERE.glob("*.txt")} == set(GOLDEN) | names
