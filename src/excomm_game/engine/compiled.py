"""Checked trees made into Python functions: one small printer, used for conditions, weights and effects alike.

Every function takes `v`, the list or tuple of values (tracks and facts sorted by name, then parameters), and `day`.
Code is compiled only from checked trees, so nothing an author writes reaches the compiler as text: constants print as
numbers, words as their place in their fact's list, names as `v[slot]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import floor
from typing import Any, NamedTuple

from excomm_game.engine.node import DAY_SLOT, Effect, Node, Symbol

Value = int | float | bool
Values = Sequence[Value]
Test = Callable[[Values, int], bool]


class OptionTrees(NamedTuple):
    """An option's checked parts; `ends` is the place of its ending among the scenario's, or None."""

    when: Node | None
    weight: Node
    effects: tuple[Effect, ...]
    ends: int | None


class EndingTrees(NamedTuple):
    """An ending as it is looked for after a choice or at the close."""

    when: Node | None
    at_close: bool
    nuclear: bool


class Moves(NamedTuple):
    """A scene's functions.

    `when(v, day)` says whether the scene arises; `opens[k](v, day)` whether option k is open; `weights(v, day)` gives
    the options' weights, 0 where closed; `do[k](v, day)` applies option k to the list `v` in place and returns the
    place of the ending it brings, or -1. `free` is the first option without a condition.
    """

    when: Test
    opens: tuple[Test, ...]
    weights: Callable[[Values, int], tuple[float, ...]]
    do: tuple[Callable[[list[Value], int], int], ...]
    free: int


def print_node(node: Node, slots: Mapping[str, Symbol]) -> str:
    """Return the Python source of a checked tree."""
    if node.op == "name":
        slot = slots[str(node.args[0])].slot
        return "day" if slot == DAY_SLOT else f"v[{slot}]"
    if node.op == "word":
        assert node.words is not None
        return str(node.words.index(str(node.args[0])))
    if node.op in ("number", "truth"):
        return repr(node.args[0])
    operands = _flat(node) if node.op in ("min", "max") else node.nodes
    args = [print_node(arg, slots) for arg in operands]
    match node.op:
        case "and" | "or":
            return "(" + f" {node.op} ".join(args) + ")"
        case "not":
            return f"(not {args[0]})"
        case "neg":
            return f"(-{args[0]})"
        case "abs" | "min" | "max":
            return f"{node.op}({', '.join(args)})"
        case "if":
            return f"({args[1]} if {args[0]} else {args[2]})"
        case _:
            return f"({args[0]} {node.op} {args[1]})"


def _flat(node: Node) -> tuple[Node, ...]:
    """Return the operands of a nested min or max as one list: Python takes as many as there are."""
    return tuple(one for arg in node.nodes for one in (_flat(arg) if arg.op == node.op else (arg,)))


def _effect_lines(effect: Effect, slots: Mapping[str, Symbol]) -> list[str]:
    symbol, value = effect
    target, source = f"v[{symbol.slot}]", print_node(value, slots)
    if symbol.kind != "number":
        return [f"{target} = {source}"]
    if not value.whole:
        source = f"floor({source} + 0.5)"
    low = f"{symbol.low} if x < {symbol.low} else " if value.low < symbol.low + (0 if value.whole else 1) else ""
    high = f"{symbol.high} if x > {symbol.high} else " if value.high > symbol.high - (0 if value.whole else 1) else ""
    return [f"x = {source}", f"{target} = {low}{high}x"] if low or high else [f"{target} = {source}"]


def looked_at(option: OptionTrees, endings: Sequence[EndingTrees]) -> list[tuple[int, Node]]:
    """Return the endings that an option may bring by what it changes, by their places, each with its condition.

    An ending is looked at again where a name that it reads was written, and always where it reads the day.
    """
    changed = {"day", *(effect.symbol.name for effect in option.effects)}
    return [
        (place, ending.when)
        for place, ending in enumerate(endings)
        if ending.when is not None and not ending.at_close and not changed.isdisjoint(ending.when.names)
    ]


def _do_lines(option: OptionTrees, k: int, endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]) -> list[str]:
    lines = [line for effect in option.effects for line in _effect_lines(effect, slots)]
    if option.ends is not None:
        lines.append(f"return {option.ends}")
    else:
        lines += [f"if {print_node(when, slots)}: return {place}" for place, when in looked_at(option, endings)]
        lines.append("return -1")
    return [f"def do_{k}(v, day):", *(f"    {line}" for line in lines)]


def _weight_source(option: OptionTrees, slots: Mapping[str, Symbol]) -> str:
    source = print_node(option.weight, slots)
    if option.weight.low < 0:
        source = f"positive({source})"
    return source if option.when is None else f"({source} if {print_node(option.when, slots)} else 0)"


def _positive(weight: float) -> float:
    return max(0, weight)


def _always(v: Values, day: int) -> bool:  # noqa: ARG001 - called as every condition is
    return True


_BUILTINS = {"min": min, "max": max, "abs": abs}


def _run(lines: Sequence[str]) -> dict[str, Any]:
    names: dict[str, Any] = {"__builtins__": _BUILTINS, "floor": floor, "positive": _positive}
    exec(compile("\n".join(lines), "<scenario>", "exec"), names)  # noqa: S102 - printed from checked trees alone
    return names


def moves(
    when: Node | None, options: Sequence[OptionTrees], endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]
) -> Moves:  # fmt: skip
    """Compile a scene."""
    lines = _test_lines("when", when, slots)
    weights = ", ".join(_weight_source(option, slots) for option in options)
    lines += ["def weights(v, day):", f"    return ({weights}{',' if options else ''})"]
    for k, option in enumerate(options):
        lines += _test_lines(f"open_{k}", option.when, slots)
        lines += _do_lines(option, k, endings, slots)
    names = _run(lines)
    free = next((k for k, option in enumerate(options) if option.when is None), -1)
    opens = tuple(names.get(f"open_{k}", _always) for k in range(len(options)))
    do = tuple(names[f"do_{k}"] for k in range(len(options)))
    return Moves(names.get("when", _always), opens, names["weights"], do, free)


def _test_lines(name: str, test: Node | None, slots: Mapping[str, Symbol]) -> list[str]:
    """Return the source of a condition; nothing for one that always holds."""
    return [f"def {name}(v, day):", f"    return {print_node(test, slots)}"] if test else []


def function(node: Node | None, slots: Mapping[str, Symbol]) -> Callable[[Values, int], Any]:
    """Compile one tree; None is a condition that always holds."""
    compiled: Callable[[Values, int], Any] = _run(_test_lines("f", node, slots)).get("f", _always)
    return compiled
