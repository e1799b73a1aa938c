"""Checked trees made into functions over columns: what a scene asks, weighs and does in every world at once.

`v` is a list: a column for each track and fact, a number for each parameter. `w` are the places of the worlds in
question, at least one, or a slice that is all of them; `day` is a number. A result is an array over those worlds, or a
plain number or truth where nothing it reads varies between them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from excomm_game.engine.compiled import EndingTrees, OptionTrees, looked_at
from excomm_game.engine.node import Node, Symbol
from excomm_game.worlds.fate import LEAST_WEIGHT, Sums, fixed_sums
from excomm_game.worlds.printing import Body, Column, Source, of_one

Function = Callable[[list[Column], int], Column]
Gathering = Callable[[list[Column], Any, int], Column]
OfOne = Callable[[Mapping[int, Any], int, int], Any]


class SceneColumns(NamedTuple):
    """A scene's functions over columns.

    `when` is asked of all worlds, the others of some. `weights` returns one column an option, 0 where closed; `do[k]`
    writes option k's columns and returns the place of the ending it brings, or -1, and `look[k]` returns the same and
    writes nothing. `biting` are the options that change something, `has_weight` says that the weights never sum to next
    to nothing; `sums` of the weights are given where they are the same in all worlds. What is `of_one` is asked of a
    single world.
    """

    when: Function | None
    opens: tuple[Gathering, ...]
    weights: Callable[[list[Column], Any, int], tuple[Column, ...]]
    do: tuple[Gathering, ...]
    look: tuple[Gathering, ...]
    free: int
    has_weight: bool
    sums: Sums | None
    biting: tuple[int, ...]
    weights_of_one: OfOne
    do_of_one: tuple[OfOne, ...]


ASKED_OF_ALL = ("v", "day")
ASKED_OF_SOME = ("v", "w", "day")


def _do(source: Source, name: str, option: OptionTrees, endings: Sequence[EndingTrees], *, writes: bool) -> None:
    body = Body(source)
    for effect in option.effects:
        body.effect(effect, writes=writes)
    if option.ends is not None:
        source.add(name, ASKED_OF_SOME, body, str(option.ends))
        return
    body.add("reached = -1")
    for guard, guarded in reversed(_guarded(looked_at(option, endings))):
        body.add(f"if anywhere({body.tree(guard)}):")
        for place, when in reversed(guarded):
            body.add(f"    reached = either({body.tree(when)}, {place}, reached)")
    source.add(name, ASKED_OF_SOME, body, "reached")


def _guarded(endings: Sequence[tuple[int, Node]]) -> list[tuple[Node, list[tuple[int, Node]]]]:
    """Group endings that begin with the same condition: where it holds in no world, none of them needs a look."""
    return [(guard, list(group)) for guard, group in groupby(endings, key=lambda one: _first(one[1]))]


def _first(node: Node) -> Node:
    """Return what a chain of `and` asks first."""
    return _first(node.nodes[0]) if node.op == "and" else node


def _weight(body: Body, option: OptionTrees) -> str:
    weight = body.tree(option.weight, wide=True)
    if option.weight.low < 0:
        weight = f"largest({weight}, nothing)"
    return weight if option.when is None else f"({body.tree(option.when)} * {weight})"


def _weights(source: Source, options: Sequence[OptionTrees]) -> None:
    body = Body(source, [tree for one in options for tree in (one.when, one.weight) if tree is not None])
    source.add("weights", ASKED_OF_SOME, body, "(" + "".join(f"{_weight(body, option)}, " for option in options) + ")")


def _test(source: Source, name: str, node: Node, *, of_all: bool) -> None:
    body = Body(source, gathers=not of_all)
    source.add(name, ASKED_OF_ALL if of_all else ASKED_OF_SOME, body, body.tree(node))


def scene_columns(
    when: Node | None, options: Sequence[OptionTrees], endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]
) -> SceneColumns:
    """Compile a scene over columns."""
    source = Source(slots)
    if when is not None:
        _test(source, "when", when, of_all=True)
    _weights(source, options)
    for k, option in enumerate(options):
        if option.when is not None:
            _test(source, f"open_{k}", option.when, of_all=False)
        if _bites(option, endings):
            _do(source, f"do_{k}", option, endings, writes=True)
        if _may_end(option, endings):
            _do(source, f"look_{k}", option, endings, writes=False)
    names = source.compiled()
    places = range(len(options))
    return SceneColumns(
        names.get("when"),
        tuple(names.get(f"open_{k}", _always) for k in places),
        names["weights"],
        tuple(names.get(f"do_{k}", _nowhere) for k in places),
        tuple(names.get(f"look_{k}", _nowhere) for k in places),
        next((k for k in places if options[k].when is None), -1),
        any(map(is_sure, options)),
        _sums(options),
        tuple(k for k, option in enumerate(options) if _bites(option, endings)),
        of_one(names["weights"]),
        tuple(of_one(names[f"do_{k}"]) if f"do_{k}" in names else _nowhere for k in places),
    )


def is_sure(option: OptionTrees) -> bool:
    """Say whether an option has weight in every world."""
    return option.when is None and option.weight.low >= LEAST_WEIGHT


def _bites(option: OptionTrees, endings: Sequence[EndingTrees]) -> bool:
    return bool(option.effects) or _may_end(option, endings)


def _may_end(option: OptionTrees, endings: Sequence[EndingTrees]) -> bool:
    return option.ends is not None or bool(looked_at(option, endings))


def _always(_v: list[Column], _w: Any, _day: int) -> Column:
    return True


def _nowhere(_v: Any, _w: Any, _day: int) -> Column:
    return -1


def _sums(options: Sequence[OptionTrees]) -> Sums | None:
    """Return the sums of the weights of options that are open everywhere with a weight that no world changes."""
    fixed = [option.weight for option in options if option.when is None and option.weight.op == "number"]
    return fixed_sums([one.low for one in fixed]) if len(fixed) == len(options) > 0 else None


def column(node: Node, slots: Mapping[str, Symbol]) -> Function:
    """Compile one condition over columns."""
    source = Source(slots)
    _test(source, "test", node, of_all=True)
    return source.compiled()["test"]
