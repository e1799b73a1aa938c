"""Expressions as they are written: each checked once however often it stands in a scenario, equal parts kept as one."""

from __future__ import annotations

from collections.abc import Callable

from excomm_game.engine import expression
from excomm_game.engine.node import Effect, Node, Scope


class Written:
    """The checked expressions of one scenario. Authors write the same conditions in many places."""

    def __init__(self) -> None:
        self._conditions: dict[str, Node] = {}
        self._numbers: dict[str, Node] = {}
        self._effects: dict[str, Effect] = {}
        self._nodes: dict[Node, Node] = {}

    def condition(self, source: str, scope: Scope) -> Node:
        """Check an expression that must be true or false. Raises ExpressionFault."""
        return self._tree(self._conditions, source, lambda: expression.condition(source, scope))

    def number(self, source: str, scope: Scope) -> Node:
        """Check an expression that must be a number. Raises ExpressionFault."""
        return self._tree(self._numbers, source, lambda: expression.number(source, scope))

    def effect(self, source: str, scope: Scope, changeable: frozenset[str]) -> Effect:
        """Check an effect. Raises ExpressionFault."""
        made = self._effects.get(source)
        if made is None:
            made = expression.effect(source, scope, changeable)
            made = self._effects[source] = made._replace(value=self._one(made.value))
        return made

    def _tree(self, known: dict[str, Node], source: str, check: Callable[[], Node]) -> Node:
        made = known.get(source)
        if made is None:
            made = known[source] = self._one(check())
        return made

    def _one(self, node: Node) -> Node:
        """Return the one node of all that are equal; the parts come first, so that equal parts are the same already."""
        args = tuple(self._one(arg) if isinstance(arg, Node) else arg for arg in node.args)
        made = node._replace(args=args)
        return self._nodes.setdefault(made, made)
