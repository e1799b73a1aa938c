"""The second printer of the one typed tree: source over columns, equal to the engine's in bits.

A column is as narrow as what it holds: truths are bool, words int8, numbers int16 where their range lets them be. So a
sum or a product stays narrow only where the interval of its result does; elsewhere what is narrow is widened first, to
the double that every number is in the engine. Constants under an operation are arrays of no dimensions, made once:
NumPy takes half the time over them that it takes over a Python number.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from types import FunctionType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from excomm_game.engine.compiled import print_node
from excomm_game.engine.node import DAY_SLOT, Effect, Node, Symbol

Column = Any  # an array of bool, int8, int16 or float64 over worlds, or a plain number or truth that holds in all
NARROW = 32_767
"""The largest number, of either sign, of a column or a result that is held in 16 bits."""
ColumnType = type[np.generic]
MOST_WORDS = 128  # words that a column of int8 can tell apart


def column_type(symbol: Symbol) -> ColumnType:
    """Return the type of the column of a track or fact."""
    if symbol.kind == "truth":
        return np.bool_
    if symbol.kind == "word":
        return _word_type(symbol.words)
    return np.int16 if symbol.whole and _fits(symbol.low, symbol.high) else np.float64


def _word_type(words: Sequence[str]) -> ColumnType:
    return np.int8 if len(words) <= MOST_WORDS else np.int16


def _number_type(value: float, *, wide: bool) -> ColumnType:
    return np.float64 if wide or not float(value).is_integer() or not _fits(value, value) else np.int16


def either(test: Column, one: Column, other: Column) -> Column:
    """Return `one` where a test holds, else `other`; a test that is the same in all worlds takes one of them whole."""
    if isinstance(test, np.ndarray):
        return np.where(test, one, other)
    return one if test else other


def anywhere(test: Column) -> bool:
    """Say whether a test holds in any world."""
    return bool(test.any()) if isinstance(test, np.ndarray) else bool(test)


def _own(column: Column) -> Column:
    """Return a column that changes with no other: what is read of all worlds is no copy."""
    return column.copy() if isinstance(column, np.ndarray) else column


def _widened(column: Column) -> Column:
    return column.astype(np.float64) if isinstance(column, np.ndarray) else float(column)


def _itself(number: float) -> float:
    return number


_FUNCTIONS: dict[str, Any] = {
    "__builtins__": {"abs": abs, "max": max, "min": min},
    "anywhere": anywhere,
    "either": either,
    "floor": np.floor,
    "largest": np.maximum,
    "least": np.minimum,
    "negate": np.logical_not,
    "nothing": np.array(0.0),
    "own": _own,
    "widened": _widened,
}
"""What compiled functions call."""
_FUNCTIONS_OF_ONE: dict[str, Any] = {
    "__builtins__": {"abs": abs, "max": max, "min": min},
    "anywhere": bool,
    "either": lambda test, one, other: one if test else other,
    "floor": math.floor,
    "largest": max,
    "least": min,
    "negate": operator.not_,
    "nothing": 0,
    "own": _itself,
    "widened": _itself,
}
"""The same where a function is asked of one world and meets plain numbers."""
_CALLS = {"not": "negate", "abs": "abs", "min": "least", "max": "largest"}
_SIGNS = {"and": " & ", "or": " | "}


_ARRAYS: dict[tuple[float, ColumnType], NDArray[Any]] = {}
"""The arrays without dimensions that hold one number; there is one of each."""


def _array(value: float, kind: ColumnType) -> NDArray[Any]:
    return _ARRAYS.setdefault((value, kind), np.array(value, kind))


def plain(value: float) -> float:
    """Return a whole number as an int: a column of 16 bits takes no other, and to reckon with it is the same."""
    return int(value) if type(value) is float and value.is_integer() else value


def of_one(function: FunctionType) -> FunctionType:
    """Return a compiled function for one world: its `w` is a place, and `v` holds what gives plain numbers there.

    Over a handful of worlds, one at a time is quicker than NumPy.
    """
    constants = tuple(plain(array.item()) for array in function.__defaults__ or ())
    return FunctionType(function.__code__, _FUNCTIONS_OF_ONE, function.__name__, constants)


class Source:
    """The source of functions that are compiled together; the constants of each are what it has by default."""

    def __init__(self, slots: Mapping[str, Symbol]) -> None:
        self.slots = slots
        self._lines: list[str] = []
        self._constants: dict[str, tuple[NDArray[Any], ...]] = {}

    def add(self, name: str, asked: Sequence[str], body: Body, result: str) -> None:
        """Add a function: its name, what it is asked with, its body and what it returns."""
        self._lines.append(f"def {name}({', '.join([*asked, *body.constants.values()])}):")
        self._lines += [f"    {line}" for line in (*body.lines(), f"return {result}")]
        self._constants[name] = tuple(_array(*one) for one in body.constants)

    def compiled(self) -> dict[str, FunctionType]:
        """Return the functions by name."""
        made: dict[str, FunctionType] = {}
        exec(compile("\n".join(self._lines), "<columns>", "exec"), _FUNCTIONS, made)  # noqa: S102 - printed from checked trees alone
        for name, constants in self._constants.items():
            made[name].__defaults__ = constants
        return made


class Body:
    """The body of one function: `v` holds the columns, and each that it reads is gathered once for the worlds `w`.

    Without `gathers` the columns in `v` are those of the worlds that are asked about.
    """

    def __init__(self, source: Source, trees: Iterable[Node] = (), *, gathers: bool = True) -> None:
        """Begin a body; what `trees` have in common, all of a function that has no effects, is reckoned once."""
        self._source = source
        self._repeated = _repeated(trees)
        self._gathers = gathers
        self._held: set[int] = set()
        self._named: set[str] = set()
        self._gathered: list[str] = []
        self._lines: list[str] = []
        self.constants: dict[tuple[float, ColumnType], str] = {}
        """The names of the numbers that operations meet, by value and by the type of the columns they meet."""

    def lines(self) -> list[str]:
        """Return all lines but the one that returns."""
        return [*self._gathered, *self._lines]

    def add(self, line: str) -> None:
        """Add a line."""
        self._lines.append(line)

    def tree(self, node: Node, *, wide: bool = False) -> str:
        """Return the source of a checked tree; if `wide`, a number's result is of doubles."""
        if id(node) not in self._repeated:
            return self._printed(node, wide=wide)
        name = f"{'wide' if wide else 't'}{self._repeated[id(node)]}"
        if name not in self._named:
            self._named.add(name)
            self.add(f"{name} = {self._printed(node, wide=wide)}")
        return name

    def _printed(self, node: Node, *, wide: bool) -> str:
        if node.op == "name":
            name = self._name(node)
            return f"widened({name})" if wide and is_narrow(node) else name
        if node.op in ("word", "truth"):
            return repr(_constant_of(node))
        if node.op == "number":
            return self._constant(node.low, _number_type(node.low, wide=wide))
        if self._is_same_everywhere(node):
            source = print_node(node, self._source.slots)
            return f"widened({source})" if wide and node.kind == "number" else source
        if node.op == "if":
            return self._either(*node.nodes, wide=wide or not is_narrow(node))
        if node.op in _SIGNS:
            return self._joined(node)
        args = [self._operand(arg, wide=_are_wide(node, wide)) for arg in node.nodes]
        if node.op in _CALLS:
            return f"{_CALLS[node.op]}({', '.join(args)})"
        if node.op == "neg":
            return f"(-{args[0]})"
        return "(" + f" {node.op} ".join(args) + ")"

    def _is_same_everywhere(self, node: Node) -> bool:
        """Say whether a tree has one value for all worlds: it reads the day and parameters at the most."""
        symbols = (self._source.slots[name] for name in node.names)
        return all(symbol.fixed or symbol.slot == DAY_SLOT for symbol in symbols)

    def _joined(self, node: Node) -> str:
        """Return the source of an `and` or `or`; its columns are left alone where the rest decides it."""
        plain = [one for one in node.nodes if self._is_same_everywhere(one)]
        columns = [self._operand(one, wide=False) for one in node.nodes if not self._is_same_everywhere(one)]
        source = "(" + _SIGNS[node.op].join(columns) + ")"
        if not plain:
            return source
        asked = f" {node.op} ".join(print_node(one, self._source.slots) for one in plain)
        return f"({source} if {asked} else False)" if node.op == "and" else f"(True if {asked} else {source})"

    def _either(self, test: Node, one: Node, other: Node, *, wide: bool) -> str:
        """Return the source of an `if`; a truth times a number is quicker than picking, where the bits are the same."""
        asked, first = self.tree(test), self.tree(one, wide=wide)
        if other.op == "number" and other.low == 0 and one.kind == "number" and one.low >= 0:
            return f"({asked} * {first})"
        step = one.low - other.low
        if wide and one.op == other.op == "number" and step + other.low == one.low:
            return f"({asked} * {self._constant(step, np.float64)} + {self.tree(other, wide=True)})"
        return f"either({asked}, {first}, {self.tree(other, wide=wide)})"

    def effect(self, effect: Effect, *, writes: bool) -> None:
        """Add an effect, which is written into its column too if `writes`."""
        symbol, value = effect
        source = self.tree(value)
        if symbol.kind == "number":
            source = self._kept(symbol, value, source)
        if value.op in ("name", "if"):
            source = f"own({source})"
        self.add(f"r{symbol.slot} = {source}")
        if writes:
            written = self._operand(value, wide=False) if value.op in ("word", "truth") else f"r{symbol.slot}"
            self.add(f"v[{symbol.slot}][w] = {written}")
        self._held.add(symbol.slot)

    def _kept(self, symbol: Symbol, value: Node, source: str) -> str:
        """Return a number rounded where it may have a fraction, and kept to the range it may leave."""
        wide = not is_narrow(value)
        if not value.whole:
            source = f"floor({source} + {self._constant(0.5, np.float64)})"
        if value.high > symbol.high - (0 if value.whole else 1):
            source = f"least({source}, {self._constant(symbol.high, _number_type(symbol.high, wide=wide))})"
        if value.low < symbol.low + (0 if value.whole else 1):
            source = f"largest({source}, {self._constant(symbol.low, _number_type(symbol.low, wide=wide))})"
        return source

    def _operand(self, node: Node, *, wide: bool) -> str:
        if node.op == "word":
            return self._constant(_constant_of(node), _word_type(node.words or ()))
        if node.op == "truth":
            return self._constant(_constant_of(node), np.bool_)
        return self.tree(node, wide=wide and node.kind == "number")

    def _constant(self, value: float, kind: ColumnType) -> str:
        """Return the name of an array that holds one number, of the type of the columns it meets."""
        return self.constants.setdefault((value, kind), f"c{len(self.constants)}")

    def _name(self, node: Node) -> str:
        symbol = self._source.slots[str(node.args[0])]
        if symbol.slot == DAY_SLOT:
            return "day"
        if symbol.fixed or not self._gathers:
            return f"v[{symbol.slot}]"
        if symbol.slot not in self._held:
            self._held.add(symbol.slot)
            self._gathered.append(f"r{symbol.slot} = v[{symbol.slot}][w]")
        return f"r{symbol.slot}"


def _repeated(trees: Iterable[Node]) -> dict[int, int]:
    """Return the operations that occur in trees more than once, by identity, each with a number of its own."""
    once: set[int] = set()
    again: dict[int, int] = {}
    ahead = list(trees)
    while ahead:
        node = ahead.pop()
        if id(node) in once:
            again.setdefault(id(node), len(again))
        elif node.nodes:
            once.add(id(node))
            ahead.extend(node.nodes)
    return again


def _are_wide(node: Node, wide: bool) -> bool:
    """Say whether an operation needs doubles: for what it gives, or for what it is given."""
    if node.kind == "truth":
        return not all(map(is_narrow, node.nodes))
    return wide or not is_narrow(node) or not all(map(is_narrow, node.nodes))


def _constant_of(node: Node) -> int | bool:
    """Return a word's place among its fact's words, or a truth."""
    if node.op == "truth":
        return bool(node.args[0])
    assert node.words is not None
    return node.words.index(str(node.args[0]))


def is_narrow(node: Node) -> bool:
    """Say whether a tree's result is held in 16 bits at the most."""
    return node.kind != "number" or (node.whole and _fits(node.low, node.high))


def _fits(low: float, high: float) -> bool:
    return low >= -NARROW and high <= NARROW
