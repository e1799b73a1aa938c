"""Directed play: what simulated choices lean to, so that what plain play has missed is met if it can be.

Three leanings, mixed round by round: novelty, to options of a scene that were taken least; habits, drawn anew each
round, so that a scene which comes back meets the same answer again and again; aims, to options that write what an
unreached thing waits for. Strengths are ours. Every other round a course goes before them, where it names an option.
"""

from __future__ import annotations

import numpy as np

from excomm_game.authoring.names import Hits, Names
from excomm_game.engine.compiled import OptionTrees
from excomm_game.engine.node import Node
from excomm_game.engine.scenario import Scenario

ROUNDS = 24  # from each seat
NOVELTY = (0.0, 0.25, 0.5, 1.0)  # the power by which an option's hits count against it, round by round
HABIT = 3.0  # how widely the logarithms of habits spread, in every other round
AIM = 50.0  # how many times as much an option counts that writes what is waited for, in every third round


def leanings(scenario: Scenario, hits: Hits, turn: int) -> dict[int, tuple[float, ...]]:
    """Return a preference above 0 for every option, by the position of each choice, for one round of play."""
    names = Names(scenario)
    habits = np.random.default_rng(turn)
    spread, aim = HABIT * (turn % 2), AIM if turn % 3 == 2 else 1.0
    waited_for = wanted(scenario, hits)
    leaning = []
    for place, scene in enumerate(scenario.trees.scenes):
        taken = np.array([hits["options"][names.option(place, k)] for k in range(len(scene.options))], float)
        aims = np.array([aim if waited_for & _written(option) else 1.0 for option in scene.options])
        habit = np.exp(spread * habits.standard_normal(len(scene.options)))
        leaning.append(tuple(map(float, (1 + taken) ** -NOVELTY[turn % len(NOVELTY)] * aims * habit)))
    return {one.position: leaning[one.scene] for one in scenario.agenda if leaning[one.scene]}


def wanted(scenario: Scenario, hits: Hits) -> frozenset[str]:
    """Return the names that what is unreached waits for: those its conditions read, and where an option that writes
    one of them is unreached itself, those that this option waits for.
    """
    missed = _missed_options(scenario, hits)
    found = _read(_missed_conditions(scenario, hits))
    while True:
        behind = {name for written, conditions in missed if written & found for name in _read(conditions)}
        if behind <= found:
            return frozenset(found)
        found |= behind


def _missed_options(scenario: Scenario, hits: Hits) -> list[tuple[set[str], list[Node | None]]]:
    """Return what each unreached option would write, and the conditions it waits for."""
    names = Names(scenario)
    return [
        (_written(option), [scene.when, option.when, option.weight])
        for place, scene in enumerate(scenario.trees.scenes)
        for k, option in enumerate(scene.options)
        if not hits["options"][names.option(place, k)]
    ]


def _missed_conditions(scenario: Scenario, hits: Hits) -> list[Node | None]:
    """Return every condition that something unreached waits for."""
    names, trees = Names(scenario), scenario.trees
    found: list[Node | None] = [tree for _, conditions in _missed_options(scenario, hits) for tree in conditions]
    for place, scene in enumerate(trees.scenes):
        for n, tree in enumerate(scene.passages):
            if not hits["passages"][names.passage(place, n)]:
                found += [scene.when, tree]
        for n, tree in enumerate(scene.counsel):
            if tree is not None and not hits["counsel"][names.counsel(place, n)]:
                found += [scene.when, tree]
        if any(not hits["documents"][key] for key in scenario.scenes[place].documents):
            found.append(scene.when)
    for key, passages in trees.documents.items():
        found += [tree for n, tree in enumerate(passages) if not hits["passages"][names.paper_passage(key, n)]]
    found += [
        one.when for one, ending in zip(trees.endings, scenario.endings, strict=True) if not hits["endings"][ending.id]
    ]
    found += [
        tree for place, tree in enumerate(trees.epilogues) if tree and not hits["epilogues"][names.epilogue(place)]
    ]
    for place, criteria in enumerate(trees.criteria):
        found += [
            tree for n, (tree, _) in enumerate(criteria) if tree and not hits["criteria"][names.criterion(place, n)]
        ]
    return found


def _read(trees: list[Node | None]) -> set[str]:
    return {name for tree in trees if tree is not None for name in tree.names}


def _written(option: OptionTrees) -> set[str]:
    return {effect.symbol.name for effect in option.effects}
