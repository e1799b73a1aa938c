"""Checked trees made into functions over columns: the second printer of the one typed tree, equal to the first in bits.

`v` is a list: an array of float64 for each track and fact, a number for each parameter; `day` is a number. A result is
an array, or a plain number or truth where nothing it reads varies between worlds. Nothing is written in place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from excomm_game.engine.compiled import EndingTrees, OptionTrees, must_look_again
from excomm_game.engine.node import DAY_SLOT, Effect, Node, Symbol

Column = Any  # an array of float64 or bool over worlds, or a plain number or truth that holds in all of them
LEAST_WEIGHT = 1e-300  # where weights sum to less, a product with u may round up to the sum itself
Function = Callable[[list[Column], int], Column]


class SceneColumns(NamedTuple):
    """A scene's functions over columns.

    `weights` returns one column an option, 0 where closed; `do[k]` sets option k's columns in the list it is handed
    and returns the place of the ending it brings, or -1. `reads` are the slots of conditions and weights, `needs[k]`
    what option k reads before it has set it, `sets[k]` those it sets. `is_inert[k]` says that option k changes
    nothing, `has_weight` that the weights never sum to next to nothing.
    """

    when: Function | None
    opens: tuple[Function, ...]
    weights: Callable[[list[Column], int], tuple[Column, ...]]
    do: tuple[Function, ...]
    free: int
    has_weight: bool
    reads: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    sets: tuple[tuple[int, ...], ...]
    is_inert: tuple[bool, ...]


def either(test: Column, one: Column, other: Column) -> Column:
    """Return `one` where a test holds, else `other`; a test that is the same in all worlds takes one of them whole."""
    if isinstance(test, np.ndarray):
        return np.where(test, one, other)
    return one if test else other


_NAMES: dict[str, Any] = {
    "__builtins__": {"abs": abs},
    "either": either,
    "floor": np.floor,
    "largest": np.maximum,
    "least": np.minimum,
    "negate": np.logical_not,
}


_CALLS = {"not": "negate", "abs": "abs", "min": "least", "max": "largest", "if": "either"}
_SIGNS = {"and": " & ", "or": " | "}


def print_columns(node: Node, slots: Mapping[str, Symbol]) -> str:
    """Return the source of a checked tree over columns."""
    if node.op in ("name", "word", "number", "truth"):
        return _leaf(node, slots)
    args = [print_columns(arg, slots) for arg in node.nodes]
    if node.op in _CALLS:
        return f"{_CALLS[node.op]}({', '.join(args)})"
    if node.op == "neg":
        return f"(-{args[0]})"
    return "(" + _SIGNS.get(node.op, f" {node.op} ").join(args) + ")"


def _leaf(node: Node, slots: Mapping[str, Symbol]) -> str:
    if node.op == "word":
        assert node.words is not None
        return str(node.words.index(str(node.args[0])))
    if node.op != "name":
        return repr(node.args[0])
    symbol = slots[str(node.args[0])]
    if symbol.slot == DAY_SLOT:
        return "day"
    return f"(v[{symbol.slot}] != 0)" if symbol.kind == "truth" else f"v[{symbol.slot}]"


def _effect_source(effect: Effect, slots: Mapping[str, Symbol]) -> str:
    symbol, value = effect
    source = print_columns(value, slots)
    if symbol.kind == "number":
        if not value.whole:
            source = f"floor({source} + 0.5)"
        if value.high > symbol.high - (0 if value.whole else 1):
            source = f"least({source}, {symbol.high})"
        if value.low < symbol.low + (0 if value.whole else 1):
            source = f"largest({source}, {symbol.low})"
    return f"v[{symbol.slot}] = {source}"


def _do_lines(option: OptionTrees, k: int, endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]) -> list[str]:
    lines = [_effect_source(effect, slots) for effect in option.effects]
    if option.ends is not None:
        lines.append(f"return {option.ends}")
    else:
        ending = "-1"
        for place, trees in reversed(list(_looked_at(option, endings))):
            assert trees.when is not None
            ending = f"either({print_columns(trees.when, slots)}, {place}, {ending})"
        lines.append(f"return {ending}")
    return [f"def do_{k}(v, day):", *(f"    {line}" for line in lines)]


def _looked_at(option: OptionTrees, endings: Sequence[EndingTrees]) -> list[tuple[int, EndingTrees]]:
    """Return the endings that an option may bring by what it changes."""
    return [
        (place, ending)
        for place, ending in enumerate(endings)
        if ending.when is not None and not ending.at_close and must_look_again(ending, option)
    ]


def _weight_source(option: OptionTrees, slots: Mapping[str, Symbol]) -> str:
    source = print_columns(option.weight, slots)
    if option.weight.low < 0:
        source = f"largest({source}, 0)"
    return source if option.when is None else f"either({print_columns(option.when, slots)}, {source}, 0)"


def scene_columns(
    when: Node | None, options: Sequence[OptionTrees], endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]
) -> SceneColumns:
    """Compile a scene over columns."""
    lines = ["def when(v, day):", f"    return {print_columns(when, slots) if when else True}"]
    weights = ", ".join(_weight_source(option, slots) for option in options)
    lines += ["def weights(v, day):", f"    return ({weights}{',' if options else ''})"]
    for k, option in enumerate(options):
        opens = print_columns(option.when, slots) if option.when else "True"
        lines += [f"def open_{k}(v, day):", f"    return {opens}", *_do_lines(option, k, endings, slots)]
    names = _run(lines)
    read = [tree for option in options for tree in (option.when, option.weight)]
    sets = tuple(tuple(sorted({effect.symbol.slot for effect in option.effects})) for option in options)
    return SceneColumns(
        names["when"] if when is not None else None,
        tuple(names[f"open_{k}"] for k in range(len(options))),
        names["weights"],
        tuple(names[f"do_{k}"] for k in range(len(options))),
        next((k for k, option in enumerate(options) if option.when is None), -1),
        any(option.when is None and option.weight.low >= LEAST_WEIGHT for option in options),
        _slots(read, slots),
        tuple(_needed(option, endings, slots) for option in options),
        sets,
        tuple(not option.effects and option.ends is None and not _looked_at(option, endings) for option in options),
    )


def _needed(option: OptionTrees, endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]) -> tuple[int, ...]:
    """Return the slots that an option reads before it has set them itself."""
    needed: set[int] = set()
    has_set: set[int] = set()
    for effect in option.effects:
        needed |= set(_slots([effect.value], slots)) - has_set
        has_set.add(effect.symbol.slot)
    if option.ends is None:
        needed |= set(_slots([ending.when for _, ending in _looked_at(option, endings)], slots)) - has_set
    return tuple(sorted(needed))


def _slots(trees: Sequence[Node | None], slots: Mapping[str, Symbol]) -> tuple[int, ...]:
    """Return the slots of the columns that trees read; parameters and the day are no columns."""
    names = {name for tree in trees if tree is not None for name in tree.names if name != "day"}
    return tuple(sorted(slots[name].slot for name in names))


def column(node: Node, slots: Mapping[str, Symbol]) -> Function:
    """Compile one condition over columns."""
    function: Function = _run(["def f(v, day):", f"    return {print_columns(node, slots)}"])["f"]
    return function


def _run(lines: Sequence[str]) -> dict[str, Any]:
    names = dict(_NAMES)
    exec(compile("\n".join(lines), "<columns>", "exec"), names)  # noqa: S102 - printed from checked trees alone
    return names
