"""Expressions are checked once however often they are written, and what is equal is kept once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from excomm_game.engine import expression
from excomm_game.engine.check.written import Written
from excomm_game.engine.compiled import print_node
from excomm_game.engine.node import ExpressionFault, Node
from tests import strategies as some
from tests.engine.test_expression import CHANGEABLE, NAMES, SCOPE
from tests.strategies import written


@given(some.truths(NAMES), some.numbers(NAMES))
def test_a_kept_tree_is_the_tree_that_is_checked(truth, number):
    """What is printed from either is the same, down to the type of every constant."""
    trees = Written()
    for _ in range(2):
        for source, kept, checked in (
            (written(truth), trees.condition, expression.condition),
            (written(number), trees.number, expression.number),
        ):
            try:
                wanted = checked(source, SCOPE)
            except ExpressionFault as fault:
                with pytest.raises(ExpressionFault, match=re.escape(str(fault))):
                    kept(source, SCOPE)
            else:
                tree = kept(source, SCOPE)
                assert tree == wanted
                assert print_node(tree, SCOPE) == print_node(wanted, SCOPE)


def test_equal_parts_are_one():
    trees = Written()
    one = trees.condition("tension > 10 and at_sea", SCOPE)
    other = trees.condition("at_sea or tension > 10", SCOPE)
    assert one.args[0] is other.args[1]
    assert one.args[1] is other.args[0]
    assert trees.condition("tension > 10 and at_sea", SCOPE) is one


def test_a_truth_and_a_one_stay_apart():
    """Python holds them to be equal; the little language does not."""
    trees = Written()
    truth, one = trees.condition("at_sea == True", SCOPE), trees.condition("tension == 1", SCOPE)
    assert isinstance(truth.args[1], Node)
    assert isinstance(one.args[1], Node)
    assert truth.args[1].args[0] is True
    assert one.args[1].args[0] == 1
    assert one.args[1].args[0] is not True


def test_an_effect_is_kept_too():
    trees = Written()
    effect = trees.effect("tension += 2", SCOPE, CHANGEABLE)
    assert effect == expression.effect("tension += 2", SCOPE, CHANGEABLE)
    assert trees.effect("tension += 2", SCOPE, CHANGEABLE) is effect
