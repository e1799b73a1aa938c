"""Checked trees made into functions over columns: what a scene asks, weighs and does in every world at once.

`v` is a list: a column for each track and fact, a number for each parameter. `w` are the places of the worlds in
question, at least one, or a slice that is all of them; `day` is a number. A result is an array over those worlds, or a
plain number or truth where nothing it reads varies between them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from excomm_game.engine.compiled import EndingTrees, OptionTrees, must_look_again
from excomm_game.engine.node import Node, Symbol
from excomm_game.worlds.fate import LEAST_WEIGHT, Sums, fixed_sums
from excomm_game.worlds.printing import Body, Column, Source

Function = Callable[[list[Column], int], Column]
Gathering = Callable[[list[Column], Any, int], Column]


class SceneColumns(NamedTuple):
    """A scene's functions over columns.

    `when` is asked of all worlds, the others of some. `weights` returns one column an option, 0 where closed; `do[k]`
    writes option k's columns and returns the place of the ending it brings, or -1, and `look[k]` returns the same and
    writes nothing. `biting` are the options that change something, `has_weight` says that the weights never sum to next
    to nothing; `sums` of the weights are given where they are the same in all worlds.
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


def _do(source: Source, option: OptionTrees, endings: Sequence[EndingTrees], *, writes: bool) -> list[str]:
    body = Body(source)
    for effect in option.effects:
        body.effect(effect, writes=writes)
    if option.ends is not None:
        return body.ended(str(option.ends))
    body.lines.append("reached = -1")
    for guard, guarded in reversed(_guarded(_looked_at(option, endings))):
        body.lines.append(f"if anywhere({body.tree(guard)}):")
        for place, when in reversed(guarded):
            body.lines.append(f"    reached = either({body.tree(when)}, {place}, reached)")
    return body.ended("reached")


def _guarded(endings: Sequence[tuple[int, Node]]) -> list[tuple[Node, list[tuple[int, Node]]]]:
    """Group endings that begin with the same condition: where it holds in no world, none of them needs a look."""
    return [(guard, list(group)) for guard, group in groupby(endings, key=lambda one: _first(one[1]))]


def _first(node: Node) -> Node:
    """Return what a chain of `and` asks first."""
    return _first(node.nodes[0]) if node.op == "and" else node


def _looked_at(option: OptionTrees, endings: Sequence[EndingTrees]) -> list[tuple[int, Node]]:
    """Return the endings that an option may bring by what it changes, each with its condition."""
    return [
        (place, ending.when)
        for place, ending in enumerate(endings)
        if ending.when is not None and not ending.at_close and must_look_again(ending, option)
    ]


def _weight(body: Body, option: OptionTrees) -> str:
    weight = body.tree(option.weight, wide=True)
    if option.weight.low < 0:
        weight = f"largest({weight}, nothing)"
    return weight if option.when is None else f"({body.tree(option.when)} * {weight})"


def _weights(source: Source, options: Sequence[OptionTrees]) -> list[str]:
    body = Body(source)
    return body.ended("(" + "".join(f"{_weight(body, option)}, " for option in options) + ")")


def _test(source: Source, node: Node | None, *, gathers: bool) -> list[str]:
    body = Body(source, gathers=gathers)
    return body.ended(body.tree(node) if node is not None else "True")


def scene_columns(
    when: Node | None, options: Sequence[OptionTrees], endings: Sequence[EndingTrees], slots: Mapping[str, Symbol]
) -> SceneColumns:
    """Compile a scene over columns."""
    source = Source(slots)
    source.add("when(v, day)", _test(source, when, gathers=False))
    source.add("weights(v, w, day)", _weights(source, options))
    for k, option in enumerate(options):
        if option.when is not None:
            source.add(f"open_{k}(v, w, day)", _test(source, option.when, gathers=True))
        if _bites(option, endings):
            source.add(f"do_{k}(v, w, day)", _do(source, option, endings, writes=True))
        if _may_end(option, endings):
            source.add(f"look_{k}(v, w, day)", _do(source, option, endings, writes=False))
    names = source.compiled()
    places = range(len(options))
    return SceneColumns(
        names["when"] if when is not None else None,
        tuple(names.get(f"open_{k}", _always) for k in places),
        names["weights"],
        tuple(names.get(f"do_{k}", _nowhere) for k in places),
        tuple(names.get(f"look_{k}", _nowhere) for k in places),
        next((k for k in places if options[k].when is None), -1),
        any(map(is_sure, options)),
        _sums(options),
        tuple(k for k, option in enumerate(options) if _bites(option, endings)),
    )


def is_sure(option: OptionTrees) -> bool:
    """Say whether an option has weight in every world."""
    return option.when is None and option.weight.low >= LEAST_WEIGHT


def _bites(option: OptionTrees, endings: Sequence[EndingTrees]) -> bool:
    return bool(option.effects) or _may_end(option, endings)


def _may_end(option: OptionTrees, endings: Sequence[EndingTrees]) -> bool:
    return option.ends is not None or bool(_looked_at(option, endings))


def _always(_v: list[Column], _w: Any, _day: int) -> Column:
    return True


def _nowhere(_v: list[Column], _w: Any, _day: int) -> Column:
    return -1


def _sums(options: Sequence[OptionTrees]) -> Sums | None:
    """Return the sums of the weights of options that are open everywhere with a weight that no world changes."""
    fixed = [option.weight for option in options if option.when is None and option.weight.op == "number"]
    return fixed_sums([one.low for one in fixed]) if len(fixed) == len(options) > 0 else None


def column(node: Node, slots: Mapping[str, Symbol]) -> Function:
    """Compile one condition over columns."""
    source = Source(slots)
    source.add("f(v, day)", _test(source, node, gathers=False))
    return source.compiled()["f"]
