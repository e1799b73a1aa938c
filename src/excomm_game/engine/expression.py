"""The little language of conditions, weights and effects: Python's syntax, checked until none can fail at play.

An expression is parsed with `ast` against a whitelist and becomes a tree of `Node`; nothing else sees `ast`. Checking
settles names, kinds and ranges at load: numbers, truths and words do not mix, a word meets only a fact that has it,
and interval arithmetic shows that no result can pass 1e15. So every expression is total.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from math import isfinite
from typing import Literal

from excomm_game.engine.node import Effect, ExpressionFault, Kind, Node, Scope, Undeclared
from excomm_game.engine.text import printable

MAX_CHARACTERS = 500
MAX_LEVELS = 20
MAX_CONSTANT = 1e9
MAX_RESULT = 1e15
MAX_NODES = 2_000  # of the tree as written out: chained comparisons and `in` repeat an operand

_KIND_IN_WORDS: dict[Kind, str] = {"number": "a number", "truth": "true or false", "word": "a word"}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
}  # fmt: skip


def condition(source: str, scope: Scope) -> Node:
    """Check an expression that must be true or false. Raises ExpressionFault."""
    return _of_kind(_expression(source, scope), "truth")


def number(source: str, scope: Scope) -> Node:
    """Check an expression that must be a number. Raises ExpressionFault."""
    return _of_kind(_expression(source, scope), "number")


def effect(source: str, scope: Scope, changeable: frozenset[str]) -> Effect:
    """Check `name = …`, `name += …` or `name -= …` on a name in `changeable`. Raises ExpressionFault."""
    body = _parse(source, "exec")
    assert isinstance(body, ast.Module)
    statement = body.body[0] if len(body.body) == 1 else None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, sign = statement.targets[0], ""
    elif isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add | ast.Sub):
        target, sign = statement.target, _ARITHMETIC[type(statement.op)]
    else:
        raise ExpressionFault("must be `name = …`, `name += …` or `name -= …`")
    _check_levels(statement.value)
    if not isinstance(target, ast.Name):
        raise ExpressionFault("must change one name")
    name = _name(target, scope)
    if target.id not in changeable:
        raise ExpressionFault(f"'{target.id}' cannot be changed: only tracks and facts can")
    value = _resolve(_check(statement.value, scope), name.words)
    if value.kind != name.kind:
        raise ExpressionFault(f"'{target.id}' is {_KIND_IN_WORDS[name.kind]}, not {_KIND_IN_WORDS[value.kind]}")
    if sign:
        if name.kind != "number":
            raise ExpressionFault(f"'{target.id}' is not a number: write `{target.id} = …`")
        value = _number_node(sign, (name, value))
    return Effect(scope[target.id], _settled(value))


def _expression(source: str, scope: Scope) -> Node:
    body = _parse(source, "eval")
    assert isinstance(body, ast.Expression)
    _check_levels(body.body)
    return _settled(_check(body.body, scope))


def _parse(source: str, mode: Literal["eval", "exec"]) -> ast.AST:
    if len(source) > MAX_CHARACTERS:
        raise ExpressionFault(f"is longer than {MAX_CHARACTERS} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.strip(), mode=mode)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionFault("is not a well-formed expression") from None


def _check_levels(tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_LEVELS:
            raise ExpressionFault(f"is more than {MAX_LEVELS} levels deep")
        level = [child for parent in level for child in ast.iter_child_nodes(parent) if isinstance(child, ast.expr)]


def _check(tree: ast.expr, scope: Scope) -> Node:
    match tree:
        case ast.Constant(value=value):
            return _constant(value)
        case ast.Name():
            return _name(tree, scope)
        case ast.BoolOp(op=op, values=values):
            return _logic("and" if isinstance(op, ast.And) else "or", tuple(_check(v, scope) for v in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _logic("not", (_check(operand, scope),))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _number_node("neg", (_check(operand, scope),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return _number_node(_ARITHMETIC[type(op)], (_check(left, scope), _check(right, scope)))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            return _comparison(left, [_COMPARE.get(type(op), "") for op in ops], comparators, scope)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _choice(_check(test, scope), _check(body, scope), _check(orelse, scope))
        case ast.Call(func=ast.Name(id="min" | "max" | "abs" as function), args=args, keywords=[]):
            return _call(function, tuple(_check(arg, scope) for arg in args))
    raise ExpressionFault("uses something the little language does not have")


def _constant(value: object) -> Node:
    match value:
        case bool():
            return Node("truth", (value,), "truth")
        case int() | float():
            if abs(value) > MAX_CONSTANT or not isfinite(value):
                raise ExpressionFault("holds a number above 1e9")
            whole = float(value).is_integer()
            return Node("number", (int(value) if whole else value,), "number", whole, value, value)
        case str():
            return Node("word", (value,), "word")
    raise ExpressionFault("holds a constant that is neither a number, a word nor True or False")


def _name(tree: ast.Name, scope: Scope) -> Node:
    symbol = scope.get(tree.id)
    if symbol is None:
        raise Undeclared(tree.id)
    return Node(
        "name", (symbol.name,), symbol.kind, symbol.whole, symbol.low, symbol.high, symbol.words or None, (symbol.name,)
    )  # fmt: skip


def _of_kind(node: Node, kind: Kind) -> Node:
    if node.kind != kind:
        raise ExpressionFault(f"is {_KIND_IN_WORDS[node.kind]} where {_KIND_IN_WORDS[kind]} is needed")
    return node


def _node(op: str, args: tuple[Node, ...], kind: Kind, whole: bool = True, low: float = 0, high: float = 0) -> Node:
    names = tuple(sorted({name for arg in args for name in arg.names}))
    size = 1 + sum(arg.size for arg in args)
    if size > MAX_NODES:
        raise ExpressionFault("is too tangled: write it with fewer chained comparisons")
    return Node(op, args, kind, whole, low, high, None, names, size)


def _logic(op: str, args: tuple[Node, ...]) -> Node:
    return _node(op, tuple(_of_kind(arg, "truth") for arg in args), "truth")


def _quotients(low: float, high: float, divisor: float) -> list[float]:
    return [low / divisor, high / divisor]


_BOUNDS: dict[str, Callable[[Node, Node], list[float]]] = {
    "+": lambda a, b: [a.low + b.low, a.high + b.high],
    "-": lambda a, b: [a.low - b.high, a.high - b.low],
    "*": lambda a, b: [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high],
    "/": lambda a, b: _quotients(a.low, a.high, b.low),
    # one more on either side, because a quotient of fractions may round across a whole number
    "//": lambda a, b: [min(_quotients(a.low, a.high, b.low)) - 1, max(_quotients(a.low, a.high, b.low)) + 1],
    "%": lambda _, b: [min(0.0, b.low), max(0.0, b.low)],
    "min": lambda a, b: [min(a.low, b.low), min(a.high, b.high)],
    "max": lambda a, b: [max(a.low, b.low), max(a.high, b.high)],
}


def _number_node(op: str, args: tuple[Node, ...]) -> Node:
    args = tuple(_of_kind(arg, "number") for arg in args)
    if op == "neg":
        return _node(op, args, "number", args[0].whole, -args[0].high, -args[0].low)
    if op == "abs":
        low, high = args[0].low, args[0].high
        return _node(op, args, "number", args[0].whole, max(0.0, low, -high), max(abs(low), abs(high)))
    left, right = args
    if op in ("/", "//", "%"):
        if not _is_constant(right):
            raise ExpressionFault(f"divides by something that can change: `{op}` takes a constant on its right")
        if right.low == 0:
            raise ExpressionFault("divides by zero")
    bounds = _BOUNDS[op](left, right)
    low, high = min(bounds), max(bounds)
    if not (abs(low) <= MAX_RESULT and abs(high) <= MAX_RESULT):
        raise ExpressionFault("can pass 1e15")
    return _node(op, args, "number", op != "/" and left.whole and right.whole, low, high)


def _is_constant(node: Node) -> bool:
    return node.op == "number" or (node.op == "neg" and _is_constant(node.nodes[0]))


def _comparison(left: ast.expr, ops: list[str], comparators: list[ast.expr], scope: Scope) -> Node:
    links: list[Node] = []
    one = _check(left, scope)
    for op, tree in zip(ops, comparators, strict=True):
        if op in ("in", "not in"):
            if len(ops) > 1:
                raise ExpressionFault("chains `in` with another comparison")
            links.append(_membership(op, one, tree, scope))
        elif op:
            other = _check(tree, scope)
            links.append(_link(op, one, other))
            one = other
        else:
            raise ExpressionFault("compares with `is`: write `==`")
    return links[0] if len(links) == 1 else _logic("and", tuple(links))


def _membership(op: str, one: Node, tree: ast.expr, scope: Scope) -> Node:
    if not isinstance(tree, ast.Tuple) or not tree.elts:
        raise ExpressionFault("`in` needs a list in parentheses, as in ('a', 'b')")
    links = tuple(_link("==", one, _check(item, scope)) for item in tree.elts)
    within = links[0] if len(links) == 1 else _logic("or", links)
    return within if op == "in" else _logic("not", (within,))


def _link(op: str, one: Node, other: Node) -> Node:
    if one.kind != other.kind:
        raise ExpressionFault(f"compares {_KIND_IN_WORDS[one.kind]} with {_KIND_IN_WORDS[other.kind]}")
    if one.kind != "number" and op not in ("==", "!="):
        raise ExpressionFault(f"orders {_KIND_IN_WORDS[one.kind]}s with `{op}`: only numbers have an order")
    if one.kind == "word":
        words = one.words or other.words
        if words is None:
            raise ExpressionFault("compares a word with a word: one side must be a fact")
        one, other = _resolve(one, words), _resolve(other, words)
    return _node(op, (one, other), "truth")


def _choice(test: Node, one: Node, other: Node) -> Node:
    test = _of_kind(test, "truth")
    if one.kind != other.kind:
        raise ExpressionFault(f"gives {_KIND_IN_WORDS[one.kind]} or {_KIND_IN_WORDS[other.kind]}")
    words = one.words or other.words
    if words is not None:
        one, other = _resolve(one, words), _resolve(other, words)
    low, high = min(one.low, other.low), max(one.high, other.high)
    return _node("if", (test, one, other), one.kind, one.whole and other.whole, low, high)._replace(words=words)


def _resolve(node: Node, words: tuple[str, ...] | None) -> Node:
    """Tie the words below `node` to the fact they meet."""
    if node.kind != "word" or words is None or node.words == words:
        return node
    if node.words is not None:
        raise ExpressionFault("lets two facts meet that do not have the same words in the same order")
    if node.op == "if":
        test, one, other = node.nodes
        return node._replace(args=(test, _resolve(one, words), _resolve(other, words)), words=words)
    if node.args[0] not in words:
        raise ExpressionFault(f"'{printable(str(node.args[0]))}' is none of this fact's words ({', '.join(words)})")
    return node._replace(words=words)


def _settled(node: Node) -> Node:
    if node.kind == "word" and node.words is None:
        raise ExpressionFault("is a word that meets no fact")
    return node


def _call(function: str, args: tuple[Node, ...]) -> Node:
    if function == "abs":
        if len(args) != 1:
            raise ExpressionFault("abs takes one number")
        return _number_node("abs", args)
    if len(args) < 2:
        raise ExpressionFault(f"{function} takes two numbers or more")
    return _halved(function, args)


def _halved(function: str, args: tuple[Node, ...]) -> Node:
    """Return min or max of two halves, and so on: of however many numbers, the tree stays shallow."""
    if len(args) == 1:
        return args[0]
    middle = len(args) // 2
    return _number_node(function, (_halved(function, args[:middle]), _halved(function, args[middle:])))
