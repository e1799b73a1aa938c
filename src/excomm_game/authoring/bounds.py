"""What a checked expression can come to where each name is known within bounds: interval and word-set analysis.

Bounds err on one side only: what they rule out cannot be, and what they allow may yet be impossible, because they hold
each name apart from the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, floor
from typing import NamedTuple

from excomm_game.engine.node import Effect, Node


class Span(NamedTuple):
    """Every number from `low` to `high`, both included."""

    low: float
    high: float


May = Span | frozenset[bool | str]
"""What a name or an expression may be: a span of numbers, or some truths or words."""

Known = Mapping[str, May]
"""What every name may be at one moment."""

EITHER: frozenset[bool | str] = frozenset({False, True})
_CONVERSE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def given(node: Node | None, known: Known, holds: bool = True) -> Known | None:
    """Return what is known where a condition holds (or does not); None where that cannot be."""
    if node is None:
        return known if holds else None
    match node.op:
        case "truth":
            return known if node.args[0] is holds else None
        case "name":
            return _among(known, node, frozenset({holds}))
        case "not":
            return given(node.nodes[0], known, not holds)
        case "and" | "or":
            return _all(node, known, holds) if (node.op == "and") is holds else _some(node, known, holds)
        case "if":
            return _branches(node, known, holds)
    op = node.op if holds else _CONTRARY[node.op]
    left, right = node.nodes
    if left.kind == "number":
        return _ordered(op, left, right, known)
    return _alike(left, right, known, is_same=op == "==")


def joined(worlds: Iterable[Known | None]) -> Known | None:
    """Return what is known where any one of these may be the case; None where none is left."""
    some = [world for world in worlds if world is not None]
    if len(some) < 2:
        return some[0] if some else None
    first, *others = some
    whole = dict(first)
    for world in others:
        for name, one in world.items():
            if one is not first[name] and one is not whole[name]:  # most are: what did not change is the same object
                whole[name] = _union(whole[name], one)
    return whole


def value(node: Node, known: Known) -> May:
    """Return what an expression may come to."""
    if node.kind == "number":
        return _number(node, known)
    if node.op == "name":
        return known[str(node.args[0])]
    if node.kind == "truth":
        return frozenset(holds for holds in (False, True) if given(node, known, holds) is not None)
    if node.op == "if":
        return _chosen(node, known)
    return frozenset({str(node.args[0])})


def written(effects: Iterable[Effect], known: Known) -> Known:
    """Return what is known after effects, in their order; numbers are rounded and kept in their range."""
    for effect in effects:
        after = value(effect.value, known)
        if isinstance(after, Span):
            low, high = (floor(end + 0.5) if not effect.value.whole else end for end in after)
            least, most = effect.symbol.low, effect.symbol.high
            after = Span(min(most, max(least, low)), min(most, max(least, high)))
        known = {**known, effect.symbol.name: after}
    return known


def _all(node: Node, known: Known, holds: bool) -> Known | None:
    left: Known | None = known
    for one in node.nodes:
        left = None if left is None else given(one, left, holds)
    return left


def _some(node: Node, known: Known, holds: bool) -> Known | None:
    return joined(given(one, known, holds) for one in node.nodes)


def _branches(node: Node, known: Known, holds: bool) -> Known | None:
    test, one, other = node.nodes
    taken, left = given(test, known, True), given(test, known, False)
    return joined([taken and given(one, taken, holds), left and given(other, left, holds)])


def _union(one: May, other: May) -> May:
    if one == other:
        return one
    if isinstance(one, Span) and isinstance(other, Span):
        return Span(min(one.low, other.low), max(one.high, other.high))
    assert not isinstance(one, Span)
    assert not isinstance(other, Span)
    return one | other


def _among(known: Known, node: Node, allowed: frozenset[bool | str]) -> Known | None:
    """Narrow what a name may be to some truths or words; of another expression only see whether it can be."""
    may = value(node, known)
    assert not isinstance(may, Span)
    left = may & allowed
    if not left:
        return None
    return known if node.op != "name" or left == may else {**known, str(node.args[0]): left}


def _alike(left: Node, right: Node, known: Known, *, is_same: bool) -> Known | None:
    """Let two truths or words be the same, or not."""
    one, other = value(left, known), value(right, known)
    assert not isinstance(one, Span)
    assert not isinstance(other, Span)
    if is_same:
        narrowed = _among(known, left, other)
        return narrowed and _among(narrowed, right, one)
    narrowed = known if len(other) > 1 else _among(known, left, one - other)
    return narrowed if narrowed is None or len(one) > 1 else _among(narrowed, right, other - one)


def _ordered(op: str, left: Node, right: Node, known: Known) -> Known | None:
    """Let one number stand to another as `op` says."""
    narrowed = _beside(op, left, _number(right, known), known)
    return narrowed and _beside(_CONVERSE[op], right, _number(left, known), narrowed)


def _beside(op: str, node: Node, other: Span, known: Known) -> Known | None:
    """Narrow a number to what stands to some number of `other` as `op` says."""
    low, high = _number(node, known)
    step = 1 if node.whole else 0
    if op in ("<", "<=", "=="):
        high = min(high, _below(other.high, step, is_strict=op == "<"))
    if op in (">", ">=", "=="):
        low = max(low, -_below(-other.low, step, is_strict=op == ">"))
    if op == "!=" and other.low == other.high:
        low, high = low + step * (low == other.low), high - step * (high == other.low)
        if not step and low == high == other.low:
            return None
    is_beside_itself = not step and op in ("<", ">") and (low >= other.high if op == "<" else high <= other.low)
    if low > high or is_beside_itself:
        return None
    return _narrowed(node, Span(low, high), known)


def _narrowed(node: Node, span: Span, known: Known) -> Known | None:
    """Let a number lie within a span: a name, or a whole one from which something certain was added or taken."""
    if node.op == "name":
        name = str(node.args[0])
        return known if known[name] == span else {**known, name: span}
    if node.op not in ("+", "-") or not all(one.whole for one in node.nodes):
        return known
    left, right = node.nodes
    one, other = _number(left, known), _number(right, known)
    if other.low == other.high:
        shift = other.low if node.op == "+" else -other.low
        return _within(left, Span(span.low - shift, span.high - shift), known)
    if one.low == one.high and node.op == "+":
        return _within(right, Span(span.low - one.low, span.high - one.low), known)
    if one.low == one.high:
        return _within(right, Span(one.low - span.high, one.low - span.low), known)
    return known


def _within(node: Node, span: Span, known: Known) -> Known | None:
    """Narrow a number to what of it lies in a span; None where nothing does."""
    may = _number(node, known)
    low, high = max(may.low, span.low), min(may.high, span.high)
    return None if low > high else _narrowed(node, Span(low, high), known)


def _below(bound: float, step: int, *, is_strict: bool) -> float:
    """Return the highest number up to a bound, a whole one where `step` is 1."""
    if not step:
        return bound
    return ceil(bound) - 1 if is_strict else floor(bound)


def _chosen(node: Node, known: Known) -> May:
    test, one, other = node.nodes
    taken, left = given(test, known, True), given(test, known, False)
    if taken is None:
        return value(other, left if left is not None else known)
    return value(one, taken) if left is None else _union(value(one, taken), value(other, left))


def _number(node: Node, known: Known) -> Span:
    if node.op == "number":
        return Span(node.low, node.low)
    if node.op in ("name", "if"):
        span = known[str(node.args[0])] if node.op == "name" else _chosen(node, known)
        assert isinstance(span, Span)
        return span
    ends = [_number(arg, known) for arg in node.nodes]
    return _worked(node, ends[0], ends[-1])


def _worked(node: Node, one: Span, other: Span) -> Span:
    """Return what an operation makes of its operands; of one operand `other` is the same."""
    match node.op:
        case "neg":
            return Span(-one.high, -one.low)
        case "abs":
            return Span(max(0, one.low, -one.high), max(abs(one.low), abs(one.high)))
        case "+":
            return Span(one.low + other.low, one.high + other.high)
        case "-":
            return Span(one.low - other.high, one.high - other.low)
        case "min":
            return Span(min(one.low, other.low), min(one.high, other.high))
        case "max":
            return Span(max(one.low, other.low), max(one.high, other.high))
        case "*":
            products = [a * b for a in one for b in other]
            return Span(min(products), max(products))
        case "/":
            return Span(*sorted(end / other.low for end in one))
        case "//":  # one more on either side: a quotient of fractions may round across a whole number
            low, high = sorted(end / other.low for end in one)
            return Span(low - 1, high + 1)
        case _:
            return _remainder(one, other.low, whole=node.whole)


def _remainder(one: Span, divisor: float, *, whole: bool) -> Span:
    if whole and one.low // divisor == one.high // divisor:
        return Span(*sorted(end % divisor for end in one))
    return Span(min(0.0, divisor), max(0.0, divisor))
