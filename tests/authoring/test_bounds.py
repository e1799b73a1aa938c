"""Bounds err on one side only: what is so lies within them, and where a condition holds nothing that is so is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from excomm_game.authoring.bounds import Known, May, Span, joined, value, written
from excomm_game.authoring.bounds import given as where
from excomm_game.engine import expression
from excomm_game.engine.compiled import OptionTrees, function, moves
from tests import strategies as some
from tests.engine.test_expression import CHANGEABLE, NAMES, SCOPE, SMALL, laid_out, values

NOTHING = expression.number("0", SCOPE)


def known_of(world: dict[str, Any]) -> Known:
    """What is known where everything is."""
    return {name: Span(one, one) if SCOPE[name].kind == "number" else frozenset({one}) for name, one in world.items()}


def lies_in(one: Any, may: May) -> bool:
    return may.low <= one <= may.high if isinstance(may, Span) else one in may


def fits(world: dict[str, Any], known: Known | None) -> bool:
    return known is not None and all(lies_in(one, known[name]) for name, one in world.items())


@given(some.numbers(SMALL, 3), st.lists(values(), min_size=1, max_size=3))
def test_a_number_lies_within_its_bounds(tree, worlds):
    """In every world that the bounds were made of."""
    node = expression.number(some.written(tree), SCOPE)
    may = value(node, joined(map(known_of, worlds)))
    for world in worlds:
        assert lies_in(function(node, SCOPE)(laid_out(world), world["day"]), may)


@given(some.truths(SMALL, 3), st.lists(values(), min_size=1, max_size=3))
def test_no_world_is_lost_where_a_condition_holds(tree, worlds):
    """Nor where it does not; and a world known whole is judged as the engine judges it, or left open."""
    node = expression.condition(some.written(tree), SCOPE)
    known = joined(map(known_of, worlds))
    for world in worlds:
        holds = function(node, SCOPE)(laid_out(world), world["day"])
        assert fits(world, where(node, known, holds))
        assert fits(world, where(node, known_of(world), holds))


@given(st.data(), values())
def test_an_effect_leaves_a_value_within_its_bounds(data, world):
    """Rounded and kept in its range as the engine does it."""
    target = data.draw(st.sampled_from([one for one in SMALL if not one.fixed]))
    effect = expression.effect(data.draw(some.effects(target, SMALL)), SCOPE, CHANGEABLE)
    after = laid_out(world)
    moves(None, [OptionTrees(None, NOTHING, (effect,), None)], [], SCOPE).do[0](after, world["day"])
    known = written([effect], known_of(world))
    for one, found in zip(NAMES, after, strict=True):
        assert lies_in(one.words[found] if one.kind == "word" else found, known[one.name])


def test_nothing_is_known_of_no_world():
    """What joins nothing is nothing."""
    assert joined([None, None]) is None
