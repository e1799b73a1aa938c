"""The historical line: who is told each fact of it and when, who favoured what, and what no text may ever say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from excomm_game.engine.account import account
from excomm_game.engine.dossier import Viewing
from excomm_game.engine.game import Game
from excomm_game.engine.rules import Chose
from excomm_game.engine.scenario import FATE
from excomm_game.files.places import checkout
from excomm_game.files.scenarios import load
from excomm_game.words.ending import belief_and_truth, what_came_after
from tests.headers import header

ROOT = checkout()
assert ROOT is not None
LINE = tomllib.loads((Path(__file__).parent / "history_line.toml").read_text("utf-8"))
NEVER = tomllib.loads((Path(__file__).parent / "never_said.toml").read_text("utf-8"))
FACTS = [f"H{n:02}" for n in range(1, 61)]
FOLDERS = sorted(path for path in (ROOT / "scenarios").iterdir() if path.is_dir())


def plain(text):
    """A text without its marks and line breaks."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`>#]", "", text))


def stands(words, text):
    return re.search(words, plain(text), re.IGNORECASE) is not None


@pytest.fixture(scope="module")
def crisis():
    return load("thirteen-days")


@pytest.fixture(scope="module")
def game(crisis):
    """The game in which everybody and everything does what it did in 1962."""
    played = Game(crisis, header(crisis, 1962, dict.fromkeys(crisis.seats, "policy:history"), "history"))
    played.run()
    return played


@pytest.fixture(scope="module")
def readings(crisis, game):
    """What each seat reads along history, in its order: the hour in Washington, the place, the text."""
    return {seat: list(_read(crisis, game, seat)) for seat in crisis.seats}


def _read(crisis, game, seat):
    view, held, count = Viewing(game, seat), set(), 0
    for n in range(len(game.steps)):
        dossier = view.at(n)
        papers = {paper.id: paper for paper in dossier.papers}
        page = dossier.page
        pages = [
            (item.at, item.scene, (item.title, item.text, item.outcome), item.papers) for item in dossier.told[count:]
        ]
        if page is not None:
            ways = [f"{way.label} {way.text}" for way in page.ways]
            says = [advice.says for advice in page.advice]
            pages.append((page.at, page.scene, (page.title, page.text, *ways, *says), page.papers))
        count = len(dossier.told)
        for at, scene, texts, handed in pages:
            hour = at.local.astimezone(ZoneInfo(game.scenario.head.clock)).strftime("%d %H:%M %Z")
            yield hour, f"scene {scene.partition('@')[0]}", "\n".join(texts)
            for key in handed:
                if key not in held:
                    held.add(key)
                    paper = papers[key]
                    yield hour, f"document {key}", "\n".join((paper.title, paper.channel, paper.text))


def ever_reads(crisis, seat):
    """Everything a seat may read before the end in any world, by its place."""
    documents = set()
    for scene in crisis.scenes:
        if seat not in crisis.readers(scene):
            continue
        texts = [option.outcome for option in scene.option]
        if scene.seat == seat or not scene.option:
            texts += [scene.title, scene.text, *(passage.text for passage in scene.passage)]
            texts += [one.says for one in scene.counsel]
            texts += [text for option in scene.option for text in (option.label, option.text, option.barred or "")]
            documents.update(scene.documents)
        yield f"scene {scene.id}", "\n".join(texts)
    for key in sorted(documents):
        paper = crisis.document(key)
        yield f"document {key}", "\n".join((paper.title, paper.text, *(passage.text for passage in paper.passage)))


@pytest.fixture(scope="module")
def afterwards(crisis, game):
    """What is read after the end of the historical game, by its place."""
    found = {}

    def add(place, text):
        found[place] = found.get(place, "") + "\n" + text

    for n in range(1, len(game.choices) + 1):
        one = account(game, n)
        if one.occurrence.seat == FATE:
            add(f"fate {crisis.scene_of(one.occurrence).id}", f"{one.title} {one.outcome}")
    for section in what_came_after(game):
        for entry in section.entries:
            add(f"epilogue {entry.text[:4]}", entry.text)
    for section in belief_and_truth(game):
        for entry in section.entries:
            add("revelation", " ".join((entry.text, *entry.notes)))
    return found


def test_the_line_is_whole():
    """All sixty facts are there, in their order, and each is told in play, kept for the debrief, or both."""
    assert list(LINE) == FACTS
    for fact in LINE.values():
        assert fact.get("told") or fact.get("debrief")
        assert ("debrief" in fact) == ("hidden" in fact)


TOLD = [(fact, k) for fact, entry in LINE.items() for k in range(len(entry.get("told", ())))]


@pytest.mark.parametrize(("fact", "k"), TOLD, ids=str)
def test_a_fact_is_told_at_its_hour_and_not_before(readings, fact, k):
    """Along history the seat reads the fact at that hour, in that place, and in nothing it reads before."""
    telling = LINE[fact]["told"][k]
    found = next(
        ((at, place, text) for at, place, text in readings[telling["seat"]] if stands(telling["words"], text)), None
    )
    assert found is not None, "it is told nowhere"
    at, place, text = found
    assert (at, place) == (telling["at"], telling["place"])
    assert "without" not in telling or not stands(telling["without"], text)


KEPT = [fact for fact, entry in LINE.items() if "debrief" in entry]


@pytest.mark.parametrize("fact", KEPT)
def test_a_fact_of_the_debrief_stands_there(afterwards, fact):
    """What nobody could know stands in what is read after the end."""
    for telling in LINE[fact]["debrief"]:
        assert telling["place"] in afterwards
        assert stands(telling["words"], afterwards[telling["place"]]), telling


@pytest.mark.parametrize("fact", KEPT)
def test_a_fact_of_the_debrief_is_read_by_nobody_before(crisis, readings, fact):
    """Neither along history nor in any other world does a seat that could not know it read it in play."""
    hidden = LINE[fact]["hidden"]
    assert any(
        stands(hidden, telling["words"]) or stands(hidden, telling["place"]) for telling in LINE[fact]["debrief"]
    )
    for seat in LINE[fact].get("from", crisis.seats):
        assert [place for _, place, text in readings[seat] if stands(hidden, text)] == []
        assert [place for place, text in ever_reads(crisis, seat) if stands(hidden, text)] == []


STRIKE, INVADE, BLOCKADE, TALK, SWAP, WAIT = "air-strike", "invasion", "blockade", "negotiation", "missile-swap", "wait"
MOVED = {
    "robert-kennedy": ((16, 17, {INVADE}), (18, 19, {BLOCKADE}), (20, 21, {BLOCKADE}), (27, 27, {TALK})),
    "mcnamara": (
        (16, 17, {STRIKE, BLOCKADE}),
        (18, 19, {BLOCKADE}),
        (20, 21, {BLOCKADE}),
        (27, 27, {STRIKE, BLOCKADE}),
    ),
    "rusk": ((16, 17, {STRIKE, TALK}), (18, 19, {BLOCKADE, TALK}), (20, 21, {BLOCKADE}), (27, 27, {TALK})),
    "bundy": ((16, 17, {STRIKE}), (18, 18, {WAIT}), (19, 19, {STRIKE}), (20, 21, {STRIKE, BLOCKADE}), (27, 27, {TALK})),
    "ball": (
        (16, 17, {WAIT, TALK, BLOCKADE}),
        (18, 19, {BLOCKADE, TALK}),
        (20, 21, {BLOCKADE}),
        (27, 27, {TALK, SWAP}),
    ),
    "taylor": ((16, 17, {STRIKE}), (18, 19, {STRIKE}), (20, 21, {STRIKE}), (27, 27, {STRIKE, INVADE})),
    "lemay": ((18, 19, {STRIKE, INVADE}), (27, 27, {STRIKE, INVADE})),
    "shoup": ((18, 19, {STRIKE, INVADE}), (27, 27, {STRIKE, INVADE})),
    "mccone": ((16, 17, {STRIKE}), (18, 19, {STRIKE}), (20, 21, {BLOCKADE}), (27, 27, {SWAP})),
    "dillon": ((16, 17, {STRIKE}), (18, 19, {STRIKE}), (20, 21, {BLOCKADE}), (27, 27, {TALK, STRIKE})),
    "thompson": ((18, 19, {BLOCKADE}), (20, 21, {BLOCKADE}), (27, 27, {TALK})),
    "nitze": ((16, 17, {STRIKE}), (18, 19, {STRIKE}), (20, 21, {BLOCKADE}), (27, 27, {TALK, BLOCKADE, STRIKE})),
    "acheson": ((18, 19, {STRIKE}), (20, 21, {STRIKE})),
    "stevenson": ((16, 17, {TALK}), (18, 19, {TALK, SWAP}), (20, 21, {SWAP, TALK}), (27, 27, {TALK, SWAP})),
    "johnson": ((16, 17, {STRIKE}), (20, 21, {STRIKE}), (27, 27, {SWAP})),
}
"""Who favoured what in those days: the table of who moved, in the scenario's courses. What is not listed is free."""
OTHER_WORLDS = {
    "the-first-weekend": "the world has known for days, and the table is of a week that was kept secret",
    "they-are-ready": "nothing was ever said in public, and the missiles are ready",
}


def test_people_favour_what_they_favoured_in_those_days(crisis, game):
    """Counsel along history, and in any scene that can only be met in those days, leans as its speaker leaned."""
    along = {}
    for _, event in game.events():
        if isinstance(event, Chose) and event.occurrence.seat == "washington":
            place, day = event.occurrence.scene, event.occurrence.local.day
            for k, tree in enumerate(crisis.trees.scenes[place].counsel):
                if crisis.function(tree)(event.before, event.occurrence.day):
                    along.setdefault((place, k), set()).add(day)
    met, contradicted = set(), {}
    for place, scene in enumerate(crisis.scenes):
        days = {one.local.day for one in crisis.agenda if one.scene == place}
        for k, counsel in enumerate(scene.counsel if scene.seat == "washington" else ()):
            said = along.get((place, k), set())
            for first, last, allowed in MOVED.get(counsel.by, ()):
                dated = set(range(first, last + 1))
                if counsel.leans and (days <= dated or said & dated):
                    met.add((counsel.by, first))
                    if counsel.leans not in allowed:
                        contradicted.setdefault(scene.id, []).append((counsel.by, counsel.leans))
    assert set(contradicted) == set(OTHER_WORLDS), contradicted
    assert len(met) >= 30


def test_all_twelve_are_watched_for():
    """The list is whole."""
    assert list(NEVER) == [f"N{n}" for n in range(1, 13)]
    assert all(entry["patterns"] and entry["caught"] and entry["passed"] for entry in NEVER.values())


@pytest.mark.parametrize("error", NEVER)
def test_a_pattern_catches_the_error_and_lets_the_truth_pass(error):
    """Each list of patterns finds every wording of its error that is given, each pattern at least one, and no truth."""
    patterns, caught, passed = (NEVER[error][key] for key in ("patterns", "caught", "passed"))
    assert [text for text in caught if not any(stands(one, text) for one in patterns)] == []
    assert [one for one in patterns if not any(stands(one, text) for text in caught)] == []
    assert [text for text in passed if any(stands(one, text) for one in patterns)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("error", NEVER)
def test_no_text_says_what_must_never_be_said(error, folder):
    """Popular errors about these days stand nowhere in a scenario."""
    texts = {path.name: plain(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.toml"))}
    assert texts
    for name, text in texts.items():
        for pattern in NEVER[error]["patterns"]:
            found = re.search(pattern, text, re.IGNORECASE)
            assert found is None, (name, text[max(0, found.start() - 80) : found.end() + 80])
