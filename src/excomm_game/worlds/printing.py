"""The second printer of the one typed tree: source over columns, equal to the engine's in bits.

A column is as narrow as what it holds: truths are bool, words int8, numbers int16 where their range lets them be. So a
sum or a product stays narrow only where the interval of its result does; elsewhere what is narrow is widened first, to
the double that every number is in the engine. Constants under an operation are arrays of no dimensions, made once:
NumPy takes half the time over them that it takes over a Python number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

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


_ARRAYS: dict[tuple[float, ColumnType], NDArray[Any]] = {}
"""The arrays without dimensions that hold one number; there is one of each."""


def _array(value: float, kind: ColumnType) -> NDArray[Any]:
    return _ARRAYS.setdefault((value, kind), np.array(value, kind))


_FUNCTIONS: dict[str, Any] = {
    "__builtins__": {"abs": abs},
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
_CALLS = {"not": "negate", "abs": "abs", "min": "least", "max": "largest"}
_SIGNS = {"and": " & ", "or": " | "}


class Source:
    """The source of functions that are compiled together, with the constants they name."""

    def __init__(self, slots: Mapping[str, Symbol]) -> None:
        self.slots = slots
        self._lines: list[str] = []
        self._constants: dict[int, tuple[str, Any]] = {}

    def constant(self, value: float, kind: ColumnType) -> str:
        """Return the name of an array that holds one number, of the type of the columns it meets."""
        array = _array(value, kind)
        return self._constants.setdefault(id(array), (f"c{len(self._constants)}", array))[0]

    def add(self, head: str, lines: Iterable[str]) -> None:
        """Add a function: its head and the lines of its body."""
        self._lines += [f"def {head}:", *(f"    {line}" for line in lines)]

    def compiled(self) -> dict[str, Callable[..., Any]]:
        """Return the functions by name."""
        names = _FUNCTIONS | dict(self._constants.values())
        exec(compile("\n".join(self._lines), "<columns>", "exec"), names)  # noqa: S102 - printed from checked trees alone
        return names


class Body:
    """The body of one function: `v` holds the columns, and each that it reads is gathered once for the worlds `w`.

    Without `gathers` the columns in `v` are those of the worlds that are asked about.
    """

    def __init__(self, source: Source, *, gathers: bool = True) -> None:
        self._source = source
        self._gathers = gathers
        self._held: set[int] = set()
        self._gathered: list[str] = []
        self.lines: list[str] = []

    def ended(self, result: str) -> list[str]:
        """Return all lines, the last of which returns a result."""
        return [*self._gathered, *self.lines, f"return {result}"]

    def tree(self, node: Node, *, wide: bool = False) -> str:
        """Return the source of a checked tree; if `wide`, a number's result is of doubles."""
        if node.op == "name":
            name = self._name(node)
            return f"widened({name})" if wide and is_narrow(node) else name
        if node.op in ("word", "truth"):
            return repr(_constant_of(node))
        if node.op == "number":
            return self._source.constant(node.low, _number_type(node.low, wide=wide))
        if node.op == "if":
            return self._either(*node.nodes, wide=wide or not is_narrow(node))
        args = [self._operand(arg, wide=_are_wide(node, wide)) for arg in node.nodes]
        if node.op in _CALLS:
            return f"{_CALLS[node.op]}({', '.join(args)})"
        if node.op == "neg":
            return f"(-{args[0]})"
        return "(" + _SIGNS.get(node.op, f" {node.op} ").join(args) + ")"

    def _either(self, test: Node, one: Node, other: Node, *, wide: bool) -> str:
        """Return the source of an `if`; a truth times a number is quicker than picking, where the bits are the same."""
        asked, first = self.tree(test), self.tree(one, wide=wide)
        if other.op == "number" and other.low == 0 and one.kind == "number" and one.low >= 0:
            return f"({asked} * {first})"
        step = one.low - other.low
        if wide and one.op == other.op == "number" and step + other.low == one.low:
            return f"({asked} * {self._source.constant(step, np.float64)} + {self.tree(other, wide=True)})"
        return f"either({asked}, {first}, {self.tree(other, wide=wide)})"

    def effect(self, effect: Effect, *, writes: bool) -> None:
        """Add an effect, which is written into its column too if `writes`."""
        symbol, value = effect
        source = self.tree(value)
        if symbol.kind == "number":
            source = self._kept(symbol, value, source)
        if value.op in ("name", "if"):
            source = f"own({source})"
        self.lines.append(f"r{symbol.slot} = {source}")
        if writes:
            written = self._operand(value, wide=False) if value.op in ("word", "truth") else f"r{symbol.slot}"
            self.lines.append(f"v[{symbol.slot}][w] = {written}")
        self._held.add(symbol.slot)

    def _kept(self, symbol: Symbol, value: Node, source: str) -> str:
        """Return a number rounded where it may have a fraction, and kept to the range it may leave."""
        wide = not is_narrow(value)
        if not value.whole:
            source = f"floor({source} + {self._source.constant(0.5, np.float64)})"
        if value.high > symbol.high - (0 if value.whole else 1):
            source = f"least({source}, {self._source.constant(symbol.high, _number_type(symbol.high, wide=wide))})"
        if value.low < symbol.low + (0 if value.whole else 1):
            source = f"largest({source}, {self._source.constant(symbol.low, _number_type(symbol.low, wide=wide))})"
        return source

    def _operand(self, node: Node, *, wide: bool) -> str:
        if node.op == "word":
            return self._source.constant(_constant_of(node), _word_type(node.words or ()))
        if node.op == "truth":
            return self._source.constant(_constant_of(node), np.bool_)
        return self.tree(node, wide=wide and node.kind == "number")

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
