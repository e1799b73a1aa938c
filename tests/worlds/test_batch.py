"""Many worlds at once are the worlds the engine plays one by one, however they are cut; war counted is war drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excomm_game.engine import expression, fate, rules
from excomm_game.engine import policy as policies
from excomm_game.engine.compiled import EndingTrees, OptionTrees, function, moves
from excomm_game.engine.fate import mix, uniform
from excomm_game.engine.node import Node, Symbol
from excomm_game.engine.rules import Choice
from excomm_game.engine.scenario import FATE
from excomm_game.engine.state import State
from excomm_game.worlds import batch, blocks
from excomm_game.worlds import fate as chance
from excomm_game.worlds.alone import OneByOne
from excomm_game.worlds.board import Board
from excomm_game.worlds.columns import SceneColumns, column, scene_columns
from excomm_game.worlds.printing import column_type
from excomm_game.worlds.standing import Columns, Played
from excomm_game.worlds.terms import Luck, Plan
from tests import strategies as some
from tests import worlds as promises
from tests.engine.test_expression import CHANGEABLE, NAMES, SCOPE, SMALL, laid_out, values
from tests.strategies import written
from tests.worlds import LUCKS, PLANS, Case, cases, many_seeds

few = settings(max_examples=4)  # the scenario that ships is long


def test_draws_are_the_engines():
    """u of a seed and a key is the engine's, at both ends of seeds and keys."""
    seeds = many_seeds(5, 200)
    mixed = chance.mixed(np.array(seeds).astype(np.uint64))
    assert [int(one) for one in mixed] == [mix(seed) for seed in seeds]
    for key in (0, 1, 2**63, 2**64 - 1, mix(3)):
        assert chance.uniform(mixed, np.array([key], np.uint64)).tolist() == [uniform(mix(seed), key) for seed in seeds]


# Law 9


def one_world(case: Case, luck: Luck, seed: int, stop: int) -> State:
    """Play one world in the engine until it is over or awaits a choice at `stop` or later."""
    scenario, state = case.scenario, case.state
    weights = policies.policy(scenario, "weights")
    while state.ending is None and state.position < stop:
        occurrence = scenario.agenda[state.position]
        option = case.sitters.get(occurrence.seat, weights)(scenario, state, seed)
        if option is None:
            spare = luck == "spared" and occurrence.seat == FATE
            option = scenario.scene_of(occurrence).option[rules.draw(scenario, state, seed, spare=spare).option].id
        state = rules.advance(scenario, state, Choice(occurrence.full, option)).state
    return state


def executors_agree(case: Case, luck: Luck, seeds: list[int], stop: int) -> None:
    """Compare the ending of every world, and the values of those that stand at `stop`."""
    scenario, whole = case.scenario, len(case.scenario.agenda)
    played = case.play(case.start(seeds), luck, counted=False)
    alone = [one_world(case, luck, seed, whole) for seed in seeds]
    assert [scenario.endings[place].id for place in played.endings] == [state.ending for state in alone]
    assert not len(played.standing.seeds)
    is_war = np.array([scenario.endings[place].kind == "nuclear" for place in played.endings])
    assert np.array_equal(played.weights, ~is_war)
    assert np.array_equal(played.booked.sum(axis=0), is_war)

    halfway = case.play(case.start(seeds), luck, counted=False, last=stop)
    alone = [one_world(case, luck, seed, stop) for seed in seeds]
    # A game that awaits nothing from `stop` on is over in the engine, at the agenda's end; here it still stands.
    stands = [stop < whole and (state.ending is None or state.position == whole) for state in alone]
    assert halfway.standing.seeds.tolist() == [seed for seed, is_on in zip(seeds, stands, strict=True) if is_on]
    assert (halfway.endings < 0).tolist() == stands
    standing = [state.values[: scenario.width] for state, is_on in zip(alone, stands, strict=True) if is_on]
    for slot, found in enumerate(halfway.standing.values):
        assert found.tolist() == [wanted[slot] for wanted in standing]


@contextmanager
def one_at_a_time(few: int) -> Iterator[None]:
    """Let worlds go one at a time where they are so few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("excomm_game.worlds.alone.FEW", few)
        yield


def stops(case: Case) -> st.SearchStrategy[int]:
    return st.integers(case.state.position, len(case.scenario.agenda))


@settings(max_examples=50)
@given(st.data())
def test_law_9_the_two_executors_agree_bit_for_bit(data):
    """From any moment, under any plan and luck, every seed's world ends as the engine's, by way of the same values."""
    case = data.draw(cases())
    seeds, stop = many_seeds(data.draw(some.seeds), 30), data.draw(stops(case))
    for luck in LUCKS:
        for few in (0, len(seeds)):
            with one_at_a_time(few):
                executors_agree(case, luck, seeds, stop)


class Onlooker:
    """Hears what happens, and keeps how often."""

    def __init__(self) -> None:
        self.heard = dict.fromkeys(("met", "took", "ended"), 0)

    def met(self, *told):
        self.heard["met"] += len(told[1])

    def took(self, *told):
        self.heard["took"] += len(told[2])

    def ended(self, *told):
        self.heard["ended"] += len(told[0])


@settings(max_examples=25)
@given(st.data())
def test_looking_on_changes_nothing(data):
    """Worlds that are watched end as they do alone, and every one of them is heard to end."""
    case = data.draw(cases())
    start, end = case.start(many_seeds(data.draw(some.seeds), 30)), len(case.scenario.agenda)
    alone = case.play(start, "drawn", counted=False)
    block = batch.Block(Board(case.scenario), case.state.school, start, case.plan, "drawn", counted=False)
    onlooker = Onlooker()
    block.play(case.state.position, end, onlooker)
    assert np.array_equal(block.endings, alone.endings)
    assert np.array_equal(block.weights, alone.weights)
    assert np.array_equal(block.booked, alone.booked)
    assert onlooker.heard["ended"] == 30
    assert onlooker.heard["met"] >= onlooker.heard["took"]


EDGES = np.array([0.0, 2.0**-53, 0.1, 0.25, 0.5, 0.75, 1 - 2.0**-52, 1 - 2.0**-53])


@settings(max_examples=40)
@given(st.data())
def test_law_9_at_the_edges_of_weights(data):
    """Where u falls on 0, on a bound between options or just below 1, both executors still take the same option."""
    case = data.draw(cases())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chance, "uniform", lambda bits, key: EDGES[chance.mixed(bits ^ key) % np.uint64(8)])
        for module in (fate, rules, policies, promises):
            patch.setattr(module, "uniform", lambda mixed, key: float(EDGES[mix(mixed ^ key) % 8]))
        for luck in LUCKS:
            executors_agree(case, luck, many_seeds(data.draw(some.seeds), 30), case.state.position)


def crisis(days: int, when: str, *scenes: dict[str, Any]) -> Case:
    """The opening of a crisis of one track and one war, which fate leads through these scenes."""
    document = {
        "scenario": {
            "id": "a-crisis",
            "title": "A Crisis",
            "begins": datetime(1962, 10, 16),  # noqa: DTZ001 - a scenario's hours are on its own clock
            "ends": datetime(1962, 10, 15 + days, 20),  # noqa: DTZ001
            "clock": "UTC",
        },
        "seat": {"west": {"label": "West", "zone": "UTC"}},
        "track": {"tension": {"label": "Tension", "start": 0, "range": [0, 10], "seen_by": ["west"]}},
        "scene": [
            {"id": f"scene-{hour}", "seat": "fate", "at": time(hour), "title": "A scene"}
            | {"option": [{"id": f"{k}", "label": f"{k}"} | option for k, option in enumerate(scene["option"])]}
            for hour, scene in enumerate(scenes, start=9)
        ],
        "ending": [
            {"id": "war", "kind": "nuclear", "title": "War", "when": when},
            {"id": "truce", "kind": "settlement", "title": "A truce"},
            {"id": "over", "kind": "unresolved", "at_close": True, "title": "Over"},
        ],
    }
    scenario = some.scenario_of(document)
    return Case(scenario, rules.opening(scenario, "").state, Plan({}), {}, "weights")


def test_spared_luck_spares_war_that_comes_with_the_day():
    """An option that writes nothing may yet end the world, because the day is looked at too: it is spared as well."""
    options = [{}, {"effects": ["tension += 1"]}, {"ends": "truce"}]
    case = crisis(3, "day == 2 and tension >= 1", {"option": options})
    for luck in LUCKS:
        executors_agree(case, luck, many_seeds(0, 60), 1)
        every_weight_is_kept(case, luck, many_seeds(0, 60), 1)
    assert (case.play(case.start(range(60)), "drawn", counted=False).booked > 0).any()
    assert not case.play(case.start(range(60)), "spared", counted=False).booked.any()


def test_a_world_with_nothing_left_stops_at_its_own_war():
    """Where the last risky option is closed, or no war in this world, the ending is that of the one that is war."""
    rise = {"option": [{}, {"effects": ["tension = 5"]}]}
    leap = {"option": [{"ends": "war"}, {"when": "tension >= 5", "effects": ["tension += 4"]}]}
    case = crisis(1, "tension >= 9", rise, leap)
    every_weight_is_kept(case, "drawn", many_seeds(0, 60), 1)
    assert set(case.play(case.start(range(60)), "drawn", counted=True).endings) == {0}


@pytest.mark.parametrize("kind", PLANS)
def test_law_9_over_thirteen_days(thirteen_days, kind):
    """In the scenario that ships, too, under every kind of plan."""

    @settings(max_examples=2)
    @given(st.data())
    def promise(data):
        case = data.draw(cases(thirteen_days, (kind,)))
        seeds, stop = many_seeds(data.draw(some.seeds), 8), data.draw(stops(case))
        for luck in LUCKS:
            executors_agree(case, luck, seeds, stop)

    promise()


# The cut


def same(one: Played, other: Played) -> None:
    for mine, theirs in zip(arrays(one), arrays(other), strict=True):
        assert np.array_equal(mine, theirs)


def arrays(played: Played) -> list[Any]:
    standing = played.standing
    return [played.endings, played.weights, played.booked, *standing.values, standing.weights, standing.seeds]


def joined(one: Played, other: Played) -> list[Any]:
    return [np.concatenate(pair, axis=-1) for pair in zip(arrays(one), arrays(other), strict=True)]


def the_cut_does_not_matter(case: Case, luck: Luck, seeds: list[int], last: int, *, counted: bool) -> None:
    whole = case.play(case.start(seeds), luck, counted=counted, last=last)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", 7)
        same(whole, case.play(case.start(seeds), luck, counted=counted, last=last))
    late, early = (
        case.play(case.start(part), luck, counted=counted, last=last) for part in (seeds[20:], seeds[:20])
    )  # fmt: skip
    for mine, theirs in zip(arrays(whole), joined(early, late), strict=True):
        assert np.array_equal(mine, theirs)


@settings(max_examples=30)
@given(st.data())
def test_the_cut_does_not_matter(data):
    """In one go, in blocks, or the later seeds first: the same arrays in seed order, bit for bit."""
    case, seeds = data.draw(cases()), many_seeds(data.draw(some.seeds), 45)
    for stop in (data.draw(stops(case)), len(case.scenario.agenda)):
        for counted in (True, False):
            the_cut_does_not_matter(case, data.draw(st.sampled_from(LUCKS)), seeds, stop, counted=counted)


@few
@given(data=st.data())
def test_the_cut_does_not_matter_over_thirteen_days(thirteen_days, data):
    """Nor in the scenario that ships."""
    case, seeds = data.draw(cases(thirteen_days)), many_seeds(data.draw(some.seeds), 45)
    the_cut_does_not_matter(case, "drawn", seeds, data.draw(stops(case)), counted=True)


@settings(max_examples=25)
@given(st.data(), st.sampled_from(LUCKS), st.booleans())
def test_a_pause_does_not_matter(data, luck, counted):
    """Worlds stopped at a position and played on from there end as those played through, with the same weights."""
    case = data.draw(cases())
    seeds, stop = many_seeds(data.draw(some.seeds), 40), data.draw(stops(case))
    through = case.play(case.start(seeds), luck, counted=counted)
    paused = case.play(case.start(seeds), luck, counted=counted, last=stop)
    stood = np.flatnonzero(paused.endings < 0)
    if len(stood):
        on = case.play(paused.standing, luck, counted=counted, first=stop)
        paused.endings[stood], paused.weights[stood] = on.endings, on.weights
        paused.booked[:, stood] += on.booked
        paused = paused._replace(standing=on.standing)
    assert np.allclose(through.booked, paused.booked, rtol=0, atol=1e-15)
    same(through._replace(booked=paused.booked), paused)


def joining_does_not_matter(case: Case, luck: Luck, seeds: list[int], *, counted: bool) -> None:
    """Play worlds from all moments of a game together, and those of each moment alone."""
    parts = [case._replace(state=state) for state in case.moments]
    starts = [part.start(seeds) for part in parts]
    together = Columns(
        [np.concatenate(each) for each in zip(*(start.values for start in starts), strict=True)],
        np.concatenate([start.weights for start in starts]),
        np.concatenate([start.seeds for start in starts]),
        np.repeat([part.state.position for part in parts], len(seeds)),
    )
    first = min(part.state.position for part in parts)
    found = case.play(together, luck, counted=counted, first=first)
    alone = [part.play(start, luck, counted=counted) for part, start in zip(parts, starts, strict=True)]
    assert np.array_equal(found.endings, np.concatenate([one.endings for one in alone]))
    assert np.array_equal(found.weights, np.concatenate([one.weights for one in alone]))
    assert np.array_equal(found.booked, np.concatenate([one.booked for one in alone], axis=1))


@settings(max_examples=25)
@given(st.data(), st.sampled_from(LUCKS), st.booleans())
def test_joining_does_not_matter(data, luck, counted):
    """Worlds that begin at several moments and are played together go as those of each moment alone."""
    joining_does_not_matter(data.draw(cases()), luck, many_seeds(data.draw(some.seeds), 12), counted=counted)


@few
@given(data=st.data())
def test_joining_does_not_matter_over_thirteen_days(thirteen_days, data):
    """Nor in the scenario that ships."""
    case = data.draw(cases(thirteen_days))
    case = case._replace(moments=case.moments[:: len(case.moments) // 5 + 1])
    joining_does_not_matter(case, "drawn", many_seeds(data.draw(some.seeds), 12), counted=True)


@settings(max_examples=10)
@given(cases())
def test_no_worlds_are_no_trouble(case):
    """An empty row of seeds gives empty arrays."""
    played = case.play(case.start([]), "drawn", counted=True)
    assert played.endings.shape == played.weights.shape == (0,)
    assert played.booked.shape == (len(played.roads), 0)


# War counted


def every_weight_is_kept(case: Case, luck: Luck, seeds: list[int], stop: int) -> None:
    """What a world has left and what it lost sum to one, now and at the end; what has none left ended in war."""
    halfway = case.play(case.start(seeds), luck, counted=True, last=stop)
    kept = halfway.weights.copy()
    kept[halfway.endings < 0] = halfway.standing.weights
    assert np.abs(kept + halfway.booked.sum(axis=0) - 1).max() <= 1e-12
    played = case.play(case.start(seeds), luck, counted=True)
    assert np.abs(played.weights + played.booked.sum(axis=0) - 1).max() <= 1e-12
    assert min(played.weights.min(), played.booked.min(initial=0)) >= 0
    assert played.endings.min() >= 0
    nuclear = np.array([ending.kind == "nuclear" for ending in case.scenario.endings])
    assert np.array_equal(played.weights == 0, nuclear[played.endings])


@settings(max_examples=40)
@given(st.data())
def test_counting_war_keeps_every_worlds_weight(data):
    """No world gains or loses: it has what the roads to war have not taken, and ends in war only with nothing left."""
    case = data.draw(cases())
    seeds, stop = many_seeds(data.draw(some.seeds), 60), data.draw(stops(case))
    for luck in LUCKS:
        every_weight_is_kept(case, luck, seeds, stop)


@few
@given(data=st.data())
def test_counting_war_over_thirteen_days(thirteen_days, data):
    """The same for the scenario that ships."""
    case = data.draw(cases(thirteen_days))
    every_weight_is_kept(case, "drawn", many_seeds(data.draw(some.seeds), 200), data.draw(stops(case)))


def test_the_promises_are_put_to_the_test():
    """The cases of these promises hold what they are about: war in part, war that is all there is, and war spared."""
    seen = {"a part": 0, "all": 0, "spared": 0}

    @settings(max_examples=40)
    @given(cases())
    def look(case):
        seeds = many_seeds(0, 20)
        counted = case.play(case.start(seeds), "drawn", counted=True)
        drawn, spared = (case.play(case.start(seeds), luck, counted=False) for luck in LUCKS)
        seen["a part"] += bool(((counted.weights > 0) & (counted.weights < 1)).any())
        seen["all"] += bool((counted.weights == 0).any())
        seen["spared"] += bool((drawn.endings != spared.endings).any())

    look()
    assert min(seen.values()) >= 1, seen


# Columns


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Worlds on one day, under one school."""
    worlds = draw(st.lists(values(), min_size=1, max_size=4))
    fixed = {name: worlds[0][name] for name in ("day", *(one.name for one in NAMES if one.fixed))}
    return [world | fixed for world in worlds]


def as_columns(worlds: list[dict[str, Any]]) -> list[Any]:
    laid = [laid_out(world) for world in worlds]
    return [
        laid[0][slot] if one.fixed else np.array([world[slot] for world in laid], column_type(SCOPE[one.name]))
        for slot, one in enumerate(NAMES)
    ]


def over_worlds(found: Any, count: int) -> list[Any]:
    return np.broadcast_to(np.asarray(found), (count,)).tolist()


def printers_agree(node: Node, worlds: list[dict[str, Any]]) -> None:
    day = worlds[0]["day"]
    found = over_worlds(column(node, SCOPE)(as_columns(worlds), day), len(worlds))
    wanted = [function(node, SCOPE)(laid_out(world), day) for world in worlds]
    assert found == wanted
    assert all(isinstance(one, bool) for one in found) or node.kind == "number"


@given(some.numbers(SMALL, 3), rows())
def test_a_number_is_the_engines_in_every_world(tree, worlds):
    """Every number over columns is the one the engine's own function gives, to the last bit."""
    printers_agree(expression.number(written(tree), SCOPE), worlds)


@given(some.truths(SMALL, 3), rows())
def test_a_condition_is_the_engines_in_every_world(tree, worlds):
    """Every condition over columns holds where the engine says so."""
    printers_agree(expression.condition(written(tree), SCOPE), worlds)


ONE = {"a": Symbol("a", "number", 0, -3, 3)}


@pytest.mark.parametrize(
    ("shape", "joint", "count"),
    [("min({}) > 0", ",", 240), ("max({}) > 0", ",", 240), ("{}", "<", 240), ("{} > 0", "+", 18)],
)
def test_long_rows_of_names_are_the_engines_too(shape, joint, count):
    """What a check lets through computes over columns as well, however many operands it has."""
    node = expression.condition(shape.format(joint.join(["a"] * count)), ONE)
    columns = [np.array([-3, 0, 3], column_type(ONE["a"]))]
    assert over_worlds(column(node, ONE)(columns, 1), 3) == [function(node, ONE)((a,), 1) for a in (-3, 0, 3)]


EDGE = {name: Symbol(name, "number", slot, -32_767, 32_767) for slot, name in enumerate(("rise", "fall"))}


@pytest.mark.parametrize(
    "source",
    ["rise + fall", "rise - fall", "rise * fall", "-rise - 1", "max(rise, 40000)", "abs(fall) + rise", "rise // 2"],
)
def test_what_leaves_sixteen_bits_is_the_engines_too(source):
    """Numbers at the ends of what a narrow column holds are added and multiplied as doubles."""
    ends = [-32_767, -1, 0, 1, 32_767]
    laid = [(rise, fall) for rise in ends for fall in ends]
    columns = [np.array(one, column_type(EDGE[name])) for name, one in zip(EDGE, zip(*laid, strict=True), strict=True)]
    assert {one.dtype.itemsize for one in columns} == {2}
    node = expression.number(source, EDGE)
    found = over_worlds(column(node, EDGE)(columns, 1), len(laid))
    assert found == [function(node, EDGE)(v, 1) for v in laid]


@st.composite
def options(draw: st.DrawFn) -> OptionTrees:
    """An option with up to three effects, open to all or by a condition, and any weight."""
    targets = st.sampled_from([one for one in SMALL if not one.fixed])
    effects = [draw(some.effects(draw(targets), SMALL)) for _ in range(draw(st.integers(0, 3)))]
    return OptionTrees(
        draw(st.none() | some.truths(SMALL, 1).map(lambda tree: expression.condition(written(tree), SCOPE))),
        expression.number(written(draw(some.numbers(SMALL, 2))), SCOPE),
        tuple(expression.effect(effect, SCOPE, CHANGEABLE) for effect in effects),
        draw(st.sampled_from([None, None, None, 0])),
    )


@given(st.lists(options(), min_size=1, max_size=3), st.lists(some.truths(SMALL, 1), max_size=2), rows())
def test_a_scene_is_the_engines_in_every_world(trees, conditions, worlds):
    """Open options, weights, values after effects and the ending they bring: all the same; what is not set stays."""
    endings = [
        EndingTrees(None, at_close=True, nuclear=False),
        *(EndingTrees(expression.condition(written(one), SCOPE), False, nuclear=True) for one in conditions),
    ]
    day, count = worlds[0]["day"], len(worlds)
    alone, together = moves(None, trees, endings, SCOPE), scene_columns(None, trees, endings, SCOPE)
    laid = [laid_out(world) for world in worlds]
    assert together.free == alone.free
    some_of_them = np.arange(0, count, 2)
    for where, asked in ((slice(None), laid), (some_of_them, laid[::2])):
        columns, among = as_columns(worlds), len(asked)
        weights = [over_worlds(weight, among) for weight in together.weights(columns, where, day)]
        assert list(zip(*weights, strict=True)) == [alone.weights(v, day) for v in asked]
        for k in range(len(trees)):
            is_open = over_worlds(together.opens[k](columns, where, day), among)
            assert is_open == [alone.opens[k](v, day) for v in asked]
            wanted = [list(v) for v in asked]
            endings_reached = [alone.do[k](v, day) for v in wanted]
            assert over_worlds(together.look[k](columns, where, day), among) == endings_reached
            assert table(columns, count) == laid
            after = as_columns(worlds)
            assert over_worlds(together.do[k](after, where, day), among) == endings_reached
            assert table([one[where] if isinstance(one, np.ndarray) else one for one in after], among) == wanted
            assert table(after, count)[1::2] == laid[1::2] or among == count
            if where is not some_of_them:
                one_by_one_is_the_same(together, k, worlds, wanted, endings_reached)
            assert k in together.biting or (wanted == asked and set(endings_reached) == {-1})


def one_by_one_is_the_same(
    scene: SceneColumns, k: int, worlds: list[dict[str, Any]], wanted: list[list[Any]], endings: list[int]
) -> None:
    """One world after the other has the weights of all, and takes an option as all do, with plain numbers."""
    columns, day, count = as_columns(worlds), worlds[0]["day"], len(worlds)
    each = OneByOne(columns)
    weights = [over_worlds(weight, count) for weight in scene.weights(columns, slice(None), day)]
    assert [scene.weights_of_one(each, world, day) for world in range(count)] == list(zip(*weights, strict=True))
    assert [scene.do_of_one[k](each, world, day) for world in range(count)] == endings
    assert table(columns, count) == wanted


def table(columns: list[Any], count: int) -> list[list[Any]]:
    """Return the worlds' values, a row each."""
    return [list(row) for row in zip(*(over_worlds(one, count) for one in columns), strict=True)]


@pytest.mark.parametrize(
    "source", ["tension / 2", "trust / 2", "trust / -2", "trust * 0.25", "trust * 3 - 0.5", "-0.5"]
)
def test_halves_round_up_in_every_world(source):
    """A half goes up, also below zero, and stops at the ends of the range, as in the engine."""
    effect = expression.effect(f"trust = {source}", SCOPE, CHANGEABLE)
    trees = [OptionTrees(None, Node("number", (1,), "number"), (effect,), None)]
    start = {one.name: 0 for one in NAMES}
    laid = [[(start | {"tension": k + 50, "trust": k})[one.name] for one in NAMES] for k in range(-50, 51)]
    columns = [
        np.array(each, column_type(SCOPE[one.name])) for one, each in zip(NAMES, zip(*laid, strict=True), strict=True)
    ]
    alone, together = moves(None, trees, [], SCOPE), scene_columns(None, trees, [], SCOPE)
    for v in laid:
        alone.do[0](v, 1)
    together.do[0](columns, slice(None), 1)
    slot = effect.symbol.slot
    assert over_worlds(columns[slot], len(laid)) == [v[slot] for v in laid]
