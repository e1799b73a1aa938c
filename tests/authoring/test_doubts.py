"""Every doubt is raised where it should be, and a twin that differs in what matters raises none."""

from __future__ import annotations

from datetime import time
from itertools import compress, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.authoring import bounds, lengths
from excomm_game.authoring.doubts import doubts
from excomm_game.authoring.lengths import COUNSEL_WORDS, LABEL_WORDS, OUTCOME_WORDS, SCENE_WORDS, words
from excomm_game.authoring.possible import possible
from excomm_game.engine.rules import Chose, Ended, Told
from tests import strategies as some
from tests.authoring import OVER, TOO_HOT, Table, crisis, hour, option, scene
from tests.strategies import scenario_of

ADVISER = {"person": {"adviser": {"name": "An Adviser", "seat": "west"}}}
NEWS: dict[str, Any] = {"told": ["west"]}


def told(document: Table) -> list[str]:
    """What is doubted: the place and the message."""
    return [f"{doubt.where}: {doubt.message}" for doubt in doubts(scenario_of(document))]


def of_words(count: int) -> str:
    return "word " * count


def either(*, when: str = "heat > 5", **more: Any) -> Table:
    """A scene with an option that waits for something."""
    return scene("later", hour(17, 9), option("wait", "heat -= 1"), option("act", "heat += 2", when=when, **more))


def advised(**counsel: Any) -> Table:
    return either() | {"counsel": [{"by": "adviser", **counsel}]}


def letter(*passages: str, **more: Any) -> dict[str, Any]:
    return {"document": {"note": {"title": "A note", "passage": [{"when": one} for one in passages], **more}}}


FLEET = {"fleet": {"label": "Fleet", "start": "home", "values": ["home", "sea", "lost"], "seen_by": ["west"]}}
SAILS = scene("sailing", hour(16, 12), option("stay"), option("sail", "fleet = 'sea'"))


def with_fleet(when: str) -> Table:
    return crisis(SAILS, either(when=when), fact=FLEET)


def with_track(*scenes: Table, **track: Any) -> Table:
    """A crisis with a second track that nobody sees, unless it says otherwise."""
    return crisis(*scenes) | {
        "track": crisis()["track"] | {"depth": {"label": "Depth", "start": 3, "range": [0, 9]} | track}
    }


def forked(one: str, other: str) -> Table:
    """A scene with two options that end in war, each on a road of its name."""
    ways = (option(name, ends="too-hot", pathway=road) for name, road in (("one", one), ("other", other)))
    return scene("words", hour(17, 9), option("none"), *ways)


DIG = scene("digging", hour(17, 9), option("dig", "depth += 1"), option("wait"))
WATCH = scene("watching", hour(18, 9), option("look", "heat -= 1"), option("shout", "heat += 1", weight="depth"))
STOKED = scene("stoking", time(10), option("more", "heat += 2"), option("less", "heat -= 2"))
CITED = {"source": {"book": {"title": "A book"}}}

PAIRS: dict[str, tuple[Table, Table, str]] = {
    "a scene that never stands": (
        crisis(either() | {"when": "heat > 7"}), crisis(either() | {"when": "heat > 5"}),
        "scene later › when: can never hold: when it is asked heat is 4 to 6",
    ),
    "an option that is never open": (
        crisis(either(when="heat > 7")), crisis(either(when="heat > 5")), "option act › when: can never hold",
    ),
    "a word that is never written": (
        with_fleet("fleet == 'lost'"), with_fleet("fleet == 'sea'"),
        "scene later › option act › when: can never hold: when it is asked fleet is 'home' or 'sea'",
    ),
    "a day that is another": (
        crisis(either(when="day == 3")), crisis(either(when="day == 2")), "option act › when: can never hold",
    ),
    "two conditions that exclude each other": (
        with_fleet("heat > 5 and not (heat > 4 or fleet == 'sea')"),
        with_fleet("heat > 5 and not (heat > 6 or fleet == 'sea')"),
        "option act › when: can never hold",
    ),
    "a passage that is never read": (
        crisis(either() | {"passage": [{"when": "heat < 4"}]}), crisis(either() | {"passage": [{"when": "heat < 5"}]}),
        "scene later › passage no. 1 › when: can never hold",
    ),
    "counsel that is never given": (
        crisis(advised(when="heat < 4"), **ADVISER), crisis(advised(when="heat < 5"), **ADVISER),
        "counsel no. 1 by adviser › when: can never hold",
    ),
    "a document's passage that is never read": (
        crisis(either() | {"documents": ["note"]}, **letter("heat > 7")),
        crisis(either() | {"documents": ["note"]}, **letter("heat > 5")),
        "document note › passage no. 1 › when: can never hold",
    ),
    "a scene after every game is over": (
        crisis(scene("last", hour(17, 9), option("end", ends="over")), either()),
        crisis(scene("last", hour(17, 9), option("end", ends="over"), option("go")), either()),
        "scene later: can never stand",
    ),
    "an ending that never comes": (
        crisis(ending=[TOO_HOT, OVER]), crisis(STOKED, ending=[TOO_HOT, OVER]),
        "ending too-hot: can never come",
    ),
    "an epilogue that is never told": (
        crisis(epilogue=[{"year": 1963, "when": "heat > 8"}]), crisis(epilogue=[{"year": 1963, "when": "heat > 5"}]),
        "epilogue 1963 › when: can never hold",
    ),
    "an epilogue by the day on which the game was over, not told of": (
        crisis(epilogue=[{"year": 1963, "when": "day == 2"}]),
        crisis(scene("last", hour(17, 9), option("end", ends="over")), epilogue=[{"year": 1963, "when": "day == 3"}]),
        "epilogue 1963 › when: can never hold: when it is asked day is 3",
    ),
    "a criterion that never counts": (
        crisis(judge=[{"id": "j", "label": "J", "grades": {"0": "A"}, "blind_to": ["heat"],
                       "criterion": [{"points": 1, "says": "Hot.", "when": "heat > 5"}]}]),
        crisis(judge=[{"id": "j", "label": "J", "grades": {"0": "A"},
                       "criterion": [{"points": 1, "says": "Hot.", "when": "heat > 5"}]}]),
        "judge j › criterion no. 1 › when: can never hold",
    ),
    "a value that only goes into itself": (
        with_track(DIG), with_track(DIG, WATCH), "track depth: is read by nothing and seen by nobody",
    ),
    "a value read by nothing, which a seat sees": (
        with_track(DIG), with_track(DIG, seen_by=["west"]), "track depth: is read by nothing and seen by nobody",
    ),
    "a value that only a text prints": (
        with_track(DIG), with_track(DIG) | {
            "revelation": [{"question": "How deep?", "believed": "Shallow.", "truth": "{depth} deep."}]
        }, "track depth: is read by nothing and seen by nobody",
    ),
    "a value that nothing writes": (
        with_track(WATCH, start=4), with_track(DIG, WATCH, start=4), "track depth: is written by nothing: it stays 4",
    ),
    "a parameter that nothing reads": (
        crisis(either(), parameter={"nerves": {"label": "Nerves", "start": 1}}),
        crisis(either(weight="nerves"), parameter={"nerves": {"label": "Nerves", "start": 1}}),
        "parameter nerves: is read by nothing",
    ),
    "a source nobody cites": (
        crisis(either(), **CITED), crisis(either() | {"sources": ["book"]}, **CITED),
        "source book: is cited by nothing",
    ),
    "a person nobody meets": (
        crisis(either(), **ADVISER), crisis(advised(), **ADVISER), "person adviser: is met by nobody",
    ),
    "a person who only receives a letter": (
        crisis(either() | {"documents": ["note"]}, **ADVISER, **letter()),
        crisis(either() | {"documents": ["note"]}, **ADVISER, **letter(to="adviser")),
        "person adviser: is met by nobody",
    ),
    "options alike in what they do": (
        crisis(scene("words", hour(17, 9), option("mild", "heat += 1"), option("sharp", "heat = heat + 1", weight=3))),
        crisis(scene("words", hour(17, 9), option("mild", "heat += 1"), option("sharp", "heat += 2", weight=3))),
        "scene words › options mild, sharp: all do the same",
    ),
    "options that end alike on one road to war, and not on two": (
        crisis(forked("storm", "storm"), ending=[TOO_HOT, OVER]),
        crisis(forked("storm", "slip"), ending=[TOO_HOT, OVER]),
        "scene words › options one, other: all do the same",
    ),
    "options that do nothing": (
        crisis(scene("words", hour(17, 9), option("mild"), option("sharp", "heat = heat"), option("out", "heat = 0"))),
        crisis(scene("words", hour(17, 9), option("mild"), option("out", "heat = 0"))),
        "scene words › options mild, sharp: all do nothing",
    ),
    "options alike that are never open together": (
        crisis(scene("words", hour(17, 9), option("mild"), option("out", "heat += 1", when="heat > 4"),
                     option("again", "heat += 1", when="heat < 6"))),
        crisis(scene("words", hour(17, 9), option("mild"), option("out", "heat += 1", when="heat > 5"),
                     option("again", "heat += 1", when="heat < 6"))),
        "scene words › options out, again: all do the same",
    ),
    "a scene over its budget": (
        crisis(either() | {"text": of_words(SCENE_WORDS + 1)}), crisis(either() | {"text": of_words(SCENE_WORDS)}),
        f"scene later › text: is {SCENE_WORDS + 1} words long",
    ),
    "passages over their budget, of those that stand together": (
        crisis(either() | {"passage": [{"text": of_words(150), "when": "heat > 4"}, {"text": of_words(150)}]}),
        crisis(either() | {"passage": [{"text": of_words(150), "when": "heat > 5"},
                                       {"text": of_words(150), "when": "heat <= 5"}]}),
        "scene later › text: with its passages is 300 words long",
    ),
    "passages over their budget, of those that hang on a sum": (
        crisis(either() | {"passage": [{"text": of_words(150), "when": "heat == day + 2"},
                                       {"text": of_words(150), "when": "heat - 3 <= day"}]}),
        crisis(either() | {"passage": [{"text": of_words(150), "when": "heat == day + 2"},
                                       {"text": of_words(150), "when": "heat - 3 >= day"}]}),
        "scene later › text: with its passages is 300 words long",
    ),
    "an outcome over its budget": (
        crisis(either(outcome=of_words(OUTCOME_WORDS + 1))), crisis(either(outcome=of_words(OUTCOME_WORDS))),
        "option act › outcome: is",
    ),
    "counsel over its budget": (
        crisis(advised(says=of_words(COUNSEL_WORDS + 1)), **ADVISER),
        crisis(advised(says=of_words(COUNSEL_WORDS)), **ADVISER), "counsel adviser › says: is",
    ),
    "a label over its budget": (
        crisis(either(label=of_words(LABEL_WORDS + 1))), crisis(either(label=of_words(LABEL_WORDS))),
        "option act › label: is",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_doubted_is_doubted_once_and_its_twin_is_not(name):
    """One doubt at the place where it arises; the twin, which differs in that alone, has none there."""
    doubted, twin, says = PAIRS[name]
    found = [one for one in told(doubted) if says in one]
    assert len(found) == 1, told(doubted)
    assert not [one for one in told(twin) if says.partition(": ")[0] in one], told(twin)


def test_a_letter_told_before_it_arrives_is_doubted_on_the_readers_clock():
    """It is told at noon on the reader's clock, which is four in the afternoon on the scenario's."""
    far = {"person": {"adviser": {"name": "An Adviser", "seat": "west", "zone": "America/New_York"}}}
    scenes = (either() | {"documents": ["note"], "at": hour(17, 16)},)
    for at, doubted in ((13, True), (12, False)):
        document = crisis(*scenes, **far, **letter(to="adviser", received=hour(17, at)))
        found = [doubt for doubt in some.report_of(document).doubts if doubt.where == "document note › received"]
        assert bool(found) is doubted
        assert all("Tell it in a later scene" in doubt.message for doubt in found)


def test_every_doubt_names_its_place_and_a_remedy():
    """A second sentence, at least, says what to do."""
    for doubted, _, _ in PAIRS.values():
        for doubt in doubts(scenario_of(doubted)):
            assert doubt.file == "a-crisis"
            assert doubt.where
            assert doubt.message.count(". ") >= 1
            assert doubt.message.endswith(".")


def test_words_are_counted_as_a_reader_counts_them():
    """A dash or a bullet is no word, a printed value is one."""
    assert words("- One — two\n\n{heat}, **three**.") == 4


@given(st.data())
def test_what_happens_in_a_game_was_possible(data):
    """Bounds err on one side only: no scene that arises, option that is taken or ending that comes was ruled out."""
    scenario = data.draw(some.scenarios())
    game = data.draw(some.games(scenario, takebacks=False))
    can, places = possible(scenario), {ending.id: place for place, ending in enumerate(scenario.endings)}
    doubted = {doubt.where for doubt in doubts(scenario) if "can never" in doubt.message}
    for _, event in game.events():
        if isinstance(event, Ended):
            assert places[event.ending] in can.endings
            continue
        scene_id = scenario.scene_of(event.occurrence).id
        values = event.before if isinstance(event, Chose) else event.values
        assert can.within[event.occurrence.scene]
        assert f"scene {scene_id} › when" not in doubted
        assert any(holds(scenario, known, values, event.occurrence.day) for known in can.within[event.occurrence.scene])
        if isinstance(event, Chose):
            assert f"scene {scene_id} › option {event.option} › when" not in doubted
        else:
            assert isinstance(event, Told)


def holds(scenario, known, values, day):
    """Whether these values lie within what is known."""
    for name, may in known.items():
        symbol = scenario.scope[name]
        value = day if name == "day" else values[symbol.slot]
        if symbol.kind == "number":
            if not may.low <= value <= may.high:
                return False
        elif (symbol.words[int(value)] if symbol.kind == "word" else bool(value)) not in may:
            return False
    return True


def flipping(*facts: str, passages: list[Table]) -> Table:
    """A scene with passages, after one in which each fact may be turned round."""
    flips = [option(f"turn-{name}", f"{name} = not {name}") for name in facts]
    turned = scene("turned", hour(16, 10), *flips, option("stir", "heat += 1"), option("none"))
    declared = {name: {"label": name, "start": False, "seen_by": ["west"]} for name in facts}
    return crisis(turned, either() | {"passage": passages}, fact=declared)


def test_passages_that_go_together_in_very_many_ways():
    """Of a few pairs every way is weighed; of many the weighing ends, and the longest found till then is told."""
    says = "scene later › text: with its passages is"
    for pairs, how_long in ((11, f"{11 * 21} words long"), (40, f"at least {40 * 21} words long")):
        facts = [f"fact{n}" for n in range(pairs)]
        either_way = [({"text": of_words(21), "when": f}, {"text": of_words(20), "when": f"not {f}"}) for f in facts]
        document = flipping(*facts, passages=[passage for pair in either_way for passage in pair])
        assert [one.partition(";")[0] for one in told(document) if one.startswith(says)] == [f"{says} {how_long}"]


def test_passages_in_their_thousands():
    """However many passages a scene has, they are weighed."""
    document = flipping(passages=[{"text": of_words(1)}] * 2_000)
    assert any(one.startswith("scene later › text: with its passages is 2000 words long") for one in told(document))


CONDITIONS = st.sampled_from([None, "a", "not a", "a and b", "a or b", "not b", "a == b", "heat > 5", "heat <= 5"])


@given(st.lists(st.tuples(st.integers(0, 9), CONDITIONS), max_size=6))
def test_no_passages_that_can_stand_together_are_longer(drawn):
    """What is weighed is the longest of all sets, as one finds it who tries each of them."""
    drawn = sorted(drawn, key=lambda one: -one[0])
    passages = [{"text": f"Some {of_words(count)}", **({"when": when} if when else {})} for count, when in drawn]
    scenario = scenario_of(flipping("a", "b", passages=passages))
    place = [scene.id for scene in scenario.scenes].index("later")
    trees, worlds = scenario.trees.scenes[place].passages, possible(scenario).within[place]
    counts = set()
    for known, taken in product(worlds, product([False, True], repeat=len(drawn))):
        left = known
        for tree in compress(trees, taken):
            left = None if left is None else bounds.given(tree, left)
        if left is not None:
            counts.add(sum(1 + count for count, _ in compress(drawn, taken)))
    assert lengths.longest(scenario.scenes[place].passage, trees, worlds) == (max(counts), True)


def test_the_budgets_are_those_the_guide_names():
    """Somebody who writes to a budget must not find it moved."""
    assert (lengths.SCENE_WORDS, lengths.OUTCOME_WORDS, lengths.COUNSEL_WORDS, lengths.LABEL_WORDS) == (220, 90, 110, 8)
