"""Doubts about options that are no choice: alike in all that they do, so that nothing hangs on which is taken."""

from __future__ import annotations

from itertools import combinations

from excomm_game.authoring.bounds import Known, given
from excomm_game.authoring.possible import Possible
from excomm_game.engine.check.ledger import Ledger
from excomm_game.engine.compiled import OptionTrees
from excomm_game.engine.node import Effect
from excomm_game.engine.scenario import Scenario

Deed = tuple[tuple[Effect, ...], int | None, str | None]
"""What an option does: its effects, its ending and the road to war it lies on."""


def options(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt every group of options of a scene that do the same and can be open together."""
    for place, scene in enumerate(scenario.scenes):
        trees = scenario.trees.scenes[place].options
        groups: dict[Deed, list[int]] = {}
        for k, option in enumerate(scene.option):
            groups.setdefault((effects_of(trees[k]), trees[k].ends, option.pathway), []).append(k)
        for (effects, ends, _), group in groups.items():
            ids = [scene.option[k].id for k in _open_together(trees, group, can.within[place])]
            if len(ids) > 1:
                does = "the same" if effects or ends is not None else "nothing"
                ledger.spot("scene", place, scene.id).at(f"options {', '.join(ids)}").doubt(
                    f"all do {does}: they differ in words and weight alone, and nothing later knows which was taken. "
                    "Let each change something of its own, or make them one."
                )


def effects_of(option: OptionTrees) -> tuple[Effect, ...]:
    """Return an option's effects without those that leave a value as it is, in order of name where order is free."""
    effects = [one for one in option.effects if (one.value.op, one.value.args) != ("name", (one.symbol.name,))]
    targets = [effect.symbol.name for effect in effects]
    reads = {name for effect in effects for name in effect.value.names if name != effect.symbol.name}
    is_free = len(set(targets)) == len(targets) and reads.isdisjoint(targets)
    return tuple(sorted(effects, key=lambda effect: effect.symbol.name) if is_free else effects)


def _open_together(trees: tuple[OptionTrees, ...], group: list[int], within: list[Known]) -> list[int]:
    """Return those of a group that can be open beside another of it."""
    beside: set[int] = set()
    for one, other in combinations(group, 2):
        if not {one, other} <= beside and any(_are_open(trees[one], trees[other], known) for known in within):
            beside |= {one, other}
    return sorted(beside)


def _are_open(one: OptionTrees, other: OptionTrees, known: Known) -> bool:
    opened = given(one.when, known)
    return opened is not None and given(other.when, opened) is not None
