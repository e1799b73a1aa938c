"""A checked expression: one class of node, the names it may read, and an effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["number", "truth", "word"]


class ExpressionFault(ValueError):
    """What is wrong with an expression, in words for its author."""


class Undeclared(ExpressionFault):
    """A name that nothing declares."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' is not declared")
        self.name = name


class Symbol(NamedTuple):
    """A declared name: its kind, its range (numbers), its words in order (word facts) and its slot among the values.

    What is `fixed`, a parameter, is the same in every world and all through a game.
    """

    name: str
    kind: Kind
    slot: int
    low: float = 0
    high: float = 0
    whole: bool = True
    words: tuple[str, ...] = ()
    fixed: bool = False


Scope = Mapping[str, Symbol]
DAY_SLOT = -1


class Node(NamedTuple):
    """One operation of a checked expression.

    `args` holds nodes, or at a leaf the constant, the word or the name. `low` and `high` bound every result a number
    can have; `whole` says that it has no fraction; `words` are the words of a word's fact, in order; `names` are those
    it reads, sorted; `size` counts the nodes as written out.
    """

    op: str
    args: tuple[Node | float | bool | str, ...]
    kind: Kind
    whole: bool = True
    low: float = 0
    high: float = 0
    words: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()
    size: int = 1

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The operands, for every op that is not a leaf."""
        return tuple(arg for arg in self.args if isinstance(arg, Node))


class Effect(NamedTuple):
    """`symbol = value`: what an option does to one track or fact (`+=` and `-=` are written out)."""

    symbol: Symbol
    value: Node
