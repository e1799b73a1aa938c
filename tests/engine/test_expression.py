"""The little language: what it refuses, and that nothing it accepts can fail at play."""

from __future__ import annotations

import ast
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from excomm_game.engine import expression
from excomm_game.engine.compiled import EndingTrees, OptionTrees, Value, function, moves
from excomm_game.engine.node import DAY_SLOT, Effect, ExpressionFault, Node, Symbol, Undeclared
from excomm_game.engine.text import refused
from tests import strategies as some
from tests.strategies import Declared, Tree, written

NAMES = (
    Declared("tension", "number", 20, 0, 100),
    Declared("trust", "number", 0, -50, 50),
    Declared("gold", "number", 0, 0, 10**9),
    Declared("at_sea", "truth", start=False),
    Declared("settled", "truth", start=False),
    Declared("fleet", "word", "home", words=("home", "at sea", "o'clock")),
    Declared("navy", "word", "home", words=("home", "at sea", "o'clock")),
    Declared("course", "word", "none", words=("none", "blockade")),
    Declared("backwards", "word", "none", words=("blockade", "none")),
    Declared("accident", "number", 1, 0.25, 2.5, fixed=True),
)
SCOPE = {
    one.name: Symbol(one.name, one.kind, slot, one.low, one.high, whole=not one.fixed, words=one.words, fixed=one.fixed)
    for slot, one in enumerate(NAMES)
} | {"day": Symbol("day", "number", DAY_SLOT, 1, 366 * 201)}
CHANGEABLE = frozenset(one.name for one in NAMES if not one.fixed)
SMALL = [one for one in NAMES if one.name not in ("gold", "backwards")]

Values = dict[str, Any]


@st.composite
def values(draw: st.DrawFn) -> Values:
    """A world: every name has a value of its kind, inside its range; a word is given as its word."""
    found: Values = {"day": draw(st.integers(1, 366 * 201))}
    for one in NAMES:
        if one.fixed:
            found[one.name] = draw(st.floats(one.low, one.high))
        elif one.kind == "number":
            found[one.name] = draw(st.sampled_from([one.low, one.high]) | st.integers(int(one.low), int(one.high)))
        else:
            found[one.name] = draw(st.booleans() if one.kind == "truth" else st.sampled_from(one.words))
    return found


def laid_out(world: Values) -> list[Value]:
    """The values in slots, words as their places."""
    return [one.words.index(world[one.name]) if one.kind == "word" else world[one.name] for one in NAMES]


def value(tree: Tree, world: Values) -> Any:  # noqa: C901 - one case an operation
    """Evaluate a tree by the format's own words: every number a double, `//` and `%` exact."""
    op, *args = tree
    match op:
        case "number":
            return float(args[0])
        case "truth" | "word":
            return args[0]
        case "name":
            found = world[args[0]]
            return float(found) if isinstance(found, int) and not isinstance(found, bool) else found
        case "if":
            return value(args[1], world) if value(args[0], world) else value(args[2], world)
        case "chain":
            first, sign, second, other_sign, third = args
            return compared(value(first, world), sign, value(second, world)) and compared(
                value(second, world), other_sign, value(third, world)
            )
    operands = [value(arg, world) for arg in args]
    match op:
        case "and" | "or":
            return all(operands) if op == "and" else any(operands)
        case "not":
            return not operands[0]
        case "neg":
            return -operands[0]
        case "abs":
            return max(operands[0], -operands[0])
        case "min" | "max":
            return sorted(operands)[0 if op == "min" else -1]
        case "in" | "not in":
            return any(operands[0] == one for one in operands[1:]) == (op == "in")
        case "+" | "-" | "*" | "/" | "//" | "%":
            return calculated(op, *operands)
    return compared(operands[0], op, operands[1])


def compared(one: Any, sign: str, other: Any) -> bool:
    less, same = (one < other, one == other) if sign[0] in "<>" else (False, one == other)
    return {"==": same, "!=": not same, "<": less, "<=": less or same, ">": not (less or same), ">=": not less}[sign]


def calculated(op: str, one: float, other: float) -> float:
    a, b = Fraction(one), Fraction(other)
    results = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}
    if op in results:
        return float(results[op]())
    return float(floor(a / b) if op == "//" else a - b * floor(a / b))


@given(some.numbers(SMALL, 3), values())
def test_a_number_never_fails_and_stays_inside_its_bounds(tree, world):
    """Every accepted number computes, is what arithmetic says, and lies between the bounds shown at load."""
    node = expression.number(written(tree), SCOPE)
    found = function(node, SCOPE)(laid_out(world), world["day"])
    assert found == value(tree, world)
    assert node.low <= found <= node.high
    assert abs(found) <= 1e15
    assert not node.whole or found == floor(found)


@given(some.truths(SMALL, 3), values())
def test_a_condition_never_fails(tree, world):
    """Every accepted condition is true or false, as logic says."""
    found = function(expression.condition(written(tree), SCOPE), SCOPE)(laid_out(world), world["day"])
    assert found is value(tree, world)


def done(source: str, world: Values) -> Value:
    """What a name holds after an effect."""
    made = expression.effect(source, SCOPE, CHANGEABLE)
    return applied(made, world)[made.symbol.slot]


def applied(made: Effect, world: Values) -> list[Value]:
    option = OptionTrees(None, Node("number", (1,), "number"), (made,), None)
    v = laid_out(world)
    assert moves(None, [option], [EndingTrees(None, at_close=True, nuclear=False)], SCOPE).do[0](v, world["day"]) == -1
    return v


@given(st.data(), values(), st.sampled_from(["=", "+=", "-="]))
def test_an_effect_is_rounded_clamped_and_alone(data, world, sign):
    """A track takes floor(x + 0.5), clamped to its range, as a whole number; no other name changes."""
    target = data.draw(st.sampled_from([one for one in SMALL if one.kind == "number" and not one.fixed]))
    tree = data.draw(some.numbers(SMALL, 2))
    made = expression.effect(f"{target.name} {sign} {written(tree)}", SCOPE, CHANGEABLE)
    before, x = float(world[target.name]), value(tree, world)
    x = {"=": x, "+=": before + x, "-=": before - x}[sign]
    found = applied(made, world)
    want = min(max(floor(x + 0.5), int(target.low)), int(target.high))
    assert found[made.symbol.slot] == want
    assert type(found[made.symbol.slot]) is int
    untouched = laid_out(world)
    untouched[made.symbol.slot] = want
    assert found == untouched


@given(st.data(), values())
def test_an_effect_on_a_fact_sets_one_of_its_values(data, world):
    """A fact takes a word of its own list, or true or false, and nothing else."""
    target = data.draw(st.sampled_from([one for one in SMALL if one.kind != "number"]))
    tree = data.draw(some.truths(SMALL, 1) if target.kind == "truth" else some.words_of(target, SMALL))
    found, want = done(f"{target.name} = {written(tree)}", world), value(tree, world)
    assert found == (target.words.index(want) if target.kind == "word" else want)
    assert type(found) is (int if target.kind == "word" else bool)


WORLD: Values = {
    "day": 3, "tension": 20, "trust": -7, "gold": 10**9, "at_sea": True, "settled": False, "fleet": "at sea",
    "navy": "o'clock", "course": "none", "backwards": "none", "accident": 0.25,
}  # fmt: skip


@pytest.mark.parametrize(
    ("effect", "after"),
    [
        ("trust = 0.5", 1), ("trust = -0.5", 0), ("trust = 1.5", 2), ("trust = -1.5", -1), ("trust = 2.4999", 2),
        ("trust = 1000", 50), ("trust -= 1000", -50), ("tension += 80.4", 100), ("tension += 79.4", 99),
        ("tension -= 20.5", 0), ("gold += gold", 10**9), ("gold = gold / 3", 333_333_333), ("trust = -7 // 2", -4),
        ("trust = 7 // -2", -4), ("trust = -7 % 3", 2), ("trust = 7 % -3", -2), ("trust = -7.5 % 2", 1),
        ("trust = trust // 2", -4), ("trust = trust % 4", 1), ("trust = trust % -4", -3), ("trust = -(7 // 2)", -3),
        ("trust = day", 3), ("trust = accident", 0), ("trust = 2 * accident", 1), ("trust = abs(trust)", 7),
        ("trust = min(tension, 3, trust)", -7), ("trust = max(trust, -9.5)", -7),
        ("fleet = navy", 2), ("fleet = 'home' if settled else navy", 2), ("fleet = 'home'", 0), ("at_sea = 1 < 2 < 2",
        False),
        ("at_sea = not (tension in (1, 20))", False), ("settled = fleet not in ('home', \"o'clock\")", True),
        ("settled = (fleet if at_sea else 'home') == 'at sea'", True),
        ("settled = ('home' if at_sea else 'at sea') == fleet", False),
        ("settled = at_sea == settled", False), ("settled = course in ('none',)", True),
    ],
)  # fmt: skip
def test_what_effects_come_to(effect, after):
    """Halves go up, also below zero; ranges hold; `//` and `%` go by the floor; words keep their places."""
    assert done(effect, WORLD) == after


CONDITIONS = {
    "name": ["nobody > 0", "Tension > 0", "tension.real > 0", "__import__ == 1", "True_ and at_sea", "v[0] > 1",
    "print"],
    "kind": [
        "tension", "fleet", "'home'", "1", "not tension", "tension and at_sea", "at_sea > 0", "at_sea == 1",
        "fleet == 1",
        "fleet == True", "fleet < 'home'", "at_sea < settled", "-at_sea > 0", "at_sea + 1 > 0", "fleet + 'x' == 'x'",
        "abs(at_sea) > 0", "min(at_sea, 1) > 0", "(1 if at_sea else settled) == 1", "at_sea if tension else settled",
        "True == 1", "+fleet == 'home'", "tension in ('home',)", "1 if at_sea else 2",
    ],
    "word": [
        "fleet == 'nowhere'", "fleet in ('home', 'nowhere')", "'home' == 'home'", "'a' in ('a', 'b')",
        "fleet == course",
        "course == backwards", "fleet == ('home' if at_sea else 'nowhere')", "('a' if at_sea else 'b') == 'a'",
        "fleet == 'Home'", "fleet == ''", "(fleet if at_sea else course) == 'none'", "'home' if at_sea else 'at sea'",
    ],
    "divisor": [
        "tension / 0 > 1", "tension // 0 > 1", "tension % 0 > 1", "tension / 0.0 > 1", "tension / -0 > 1",
        "tension / trust > 1", "tension // day > 1", "tension % accident > 1", "tension / (1 - 1) > 1",
        "1 / 1e-400 > 1",
        "tension / 1e-300 > 1",
    ],
    "range": [
        "gold * gold * gold > 0", "gold * gold > 0", "gold * 1000001 > 0", "gold / 1e-7 > 0", "gold // 1e-7 > 0",
        "tension > 1000000001", "tension > 1e10", "tension > 1e999", "tension > -1e999", "tension > inf",
        "tension > nan",
        "tension > " + "9" * 300, "tension > " + "9" * 400, "tension > 0x" + "f" * 300, "tension > 1e309 - 1e309",
    ],
    "length": ["at_sea" + " " * 500 + "and settled", " or ".join(["at_sea"] * 60)],
    "depth": ["not " * 20 + "at_sea", "-" * 20 + "1 > 0", "1" + "+1" * 20 + " > 0",
    "(" * 60 + "0" + ")+1" * 60 + " > 0"],
    "side door": [
        "tension.__class__", "().__class__", "tension()", "print('x')", "exec('1')", "open('x')", "min", "min()",
        "min(1) > 0",
        "min(1, key=abs) > 0", "max(*[1, 2]) > 0", "max(**{}) > 0", "abs() > 0", "abs(1, 2) > 0", "round(1.5) > 0",
        "sum((1, 2)) > 0",
        "+tension > 0", "tension in [1]",
        "f'{tension}' == 'x'", "fleet == f'home'", "lambda: True", "(x := 1) > 0", "[x for x in (1, 2)]",
        "any(x for x in (1,))",
        "{1: 2}", "{1, 2}", "(1, 2)", "[1][0] > 0", "at_sea[0]", "at_sea is True", "at_sea is not True",
        "at_sea is None",
        "None", "... == 1", "b'home' == fleet", "fleet == b'home'", "1j == 1", "2 ** 3 > 0", "1 << 3 > 0", "1 | 2 > 0",
        "1 & 2 > 0", "1 ^ 2 > 0", "~1 > 0", "1 @ 2 > 0", "at_sea & settled", "await at_sea", "yield", "(yield at_sea)",
        "*at_sea",
        "at_sea,", "tension in 5", "tension in ()", "fleet in 'home'", "tension in trust", "tension in {1, 2}",
        "1 < tension in (2, 3)", "tension in (*(1, 2), 3)", "min(1, 2)(3)", "abs.real", "(min)(1, 2).real > 0",
        "at_sea; settled",
    ],
    "form": [
        "", " ", "tension >", "tension = 1", "> 1", "at_sea and", "(at_sea", "at_sea)", "import os", "at_sea\nsettled",
        "a b",
        "at_sea\0", "\ud800", "if at_sea: pass", "fleet == 'home", "1 if at_sea", "0777 > 1", "1__0 > 0",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "source"), [(fault, source) for fault, all_of in CONDITIONS.items() for source in all_of]
)
def test_what_a_condition_may_not_hold(fault, source):
    """Names, kinds, words, divisors, ranges, length, depth and every side door are refused in words."""
    with pytest.raises(ExpressionFault) as raised:
        expression.condition(source, SCOPE)
    assert refused(str(raised.value)) is None
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "source",
    [
        "day = 3", "accident = 1", "accident += 1", "nobody = 1", "tension = nobody", "tension = 'home'",
        "tension = at_sea",
        "fleet = 1", "fleet = 'nowhere'", "fleet = course", "course = backwards", "fleet += 'home'", "at_sea = 1",
        "at_sea += True",
        "at_sea = tension", "fleet = 'home' if at_sea else 'nowhere'", "fleet = 'home' if at_sea else course",
        "tension *= 2", "tension /= 2", "tension //= 2", "tension **= 2", "tension", "tension == 1",
        "tension = trust = 1",
        "tension, trust = 1, 2", "tension: int = 1", "tension = 1; trust = 2", "tension = 1\ntrust = 2",
        "tension.real = 1",
        "v[0] = 1", "(tension := 1)", "del tension", "pass", "import os", "", "tension = ", "tension = gold * gold",
        "tension = 1 if at_sea else 'home'", "tension = print(1)", "tension += 1e999", "min = 3", "True = 1",
        "tension = " + "1" * 500, "tension = " + "-" * 20 + "1", "[tension] = [1]", "*tension, = 1", "global tension",
        "return 1",
        "class tension: pass", "def tension(): pass", "async def f(): pass", "tension = yield",
        "with at_sea as tension: pass",
    ],
)  # fmt: skip
def test_what_an_effect_may_not_be(source):
    """An effect is one assignment, `=`, `+=` or `-=`, of the right kind, to a track or fact; nothing else."""
    with pytest.raises(ExpressionFault) as raised:
        expression.effect(source, SCOPE, CHANGEABLE)
    assert refused(str(raised.value)) is None


@pytest.mark.parametrize("source", ["at_sea", "fleet == 'home'", "'home'"])
def test_what_a_number_may_not_be(source):
    """Weights and points are numbers."""
    with pytest.raises(ExpressionFault):
        expression.number(source, SCOPE)


def test_an_undeclared_name_is_named():
    """The fault names what is not declared, so that a broken declaration is not reported twice."""
    with pytest.raises(Undeclared) as raised:
        expression.condition("nobody > 0", SCOPE)
    assert raised.value.name == "nobody"
    assert "'nobody'" in str(raised.value)


@pytest.mark.parametrize("escape", [r"\x1b[31m", r"\ud800", r"\x9b", r"\u202e", r"\r"])
def test_an_escape_in_a_word_is_never_printed_raw(escape):
    """A word can spell a character that text may not hold; the fault about it does not hold that character."""
    for refuse in (
        lambda: expression.condition(f"fleet == '{escape}'", SCOPE),
        lambda: expression.effect(f"fleet = '{escape}'", SCOPE, CHANGEABLE),
    ):
        with pytest.raises(ExpressionFault) as raised:
            refuse()
        assert refused(str(raised.value)) is None


@pytest.mark.parametrize(
    "source",
    [
        "at_sea" + " " * 484 + "or settled", " or ".join(["at_sea"] * 50), "not " * 19 + "at_sea",
        "1" + "+1" * 18 + " > 0",
        "(" * 100 + "at_sea" + ")" * 100, "gold * 1000000 > 0", "tension > 1000000000", "tension > 1e9",
        "tension % -3 > 0",
        "tension / -0.5 > 0", "tension // 1e9 > 0", "0 <= tension <= 100 <= gold", "tension in (1,)", "fleet == navy",
        "fleet in ('home', navy)", "tension<" * 50 + "tension", "min(1, 2, 3, tension) > 0", "  at_sea  ", "True",
        "not False",
    ],
)  # fmt: skip
def test_what_just_fits(source):
    """500 characters, 20 levels, 1e9 in the file and 1e15 in a result are allowed, and compute."""
    assert len(source) <= 500
    assert function(expression.condition(source, SCOPE), SCOPE)(laid_out(WORLD), 3) in (True, False)


@pytest.mark.parametrize("shape", ["min({}) > 0", "max({}) > 0", "tension in ({},)", "{} > 0"])
@pytest.mark.parametrize("joint", [",", "<", "!=", "+"])
@pytest.mark.parametrize("count", [2, 19, 20, 60, 150, 230])
def test_whatever_is_accepted_computes(shape, joint, count):
    """Long rows of operands are refused at load or compute at play: nothing in between."""
    source = shape.format(joint.join(["1"] * count))
    try:
        node = expression.condition(source, SCOPE)
    except ExpressionFault:
        assert count > 2 or "(" in shape or joint == ","
        return
    assert function(node, SCOPE)(laid_out(WORLD), 3) in (True, False)


@given(st.text(st.sampled_from("()[]{}<>=!+-*/%,.:;'\"\\ \n19aef_jxbltgd@~^|&") | st.characters(), max_size=40))
def test_any_text_is_refused_or_computes(source):
    """No text whatever makes the reading of a condition or an effect fail in another way."""
    try:
        node = expression.condition(source, SCOPE)
    except ExpressionFault as fault:
        said = str(fault)
    else:
        said = ""
        assert function(node, SCOPE)(laid_out(WORLD), 3) in (True, False)
    try:
        expression.effect(source, SCOPE, CHANGEABLE)
    except ExpressionFault as fault:
        said += str(fault)
    assert refused(said) is None


@given(some.truths(SMALL, 3), some.numbers(SMALL, 3))
def test_a_tree_says_what_it_reads(condition, number):
    """The names a tree lists are those its source reads, sorted, each once."""
    for tree, node in (
        (condition, expression.condition(written(condition), SCOPE)),
        (number, expression.number(written(number), SCOPE)),
    ):
        read = {one.id for one in ast.walk(ast.parse(written(tree))) if isinstance(one, ast.Name)}
        assert node.names == tuple(sorted(read - {"min", "max", "abs"}))


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["+", "-", "*", "/", "//", "%"]))
def test_no_constant_leads_past_the_bounds(constant, op):
    """Whatever constant meets the widest track, the result is refused at load or stays within 1e15."""
    assume(constant != 0)
    source = f"gold {op} {constant!r}"
    try:
        node = expression.number(source, SCOPE)
    except ExpressionFault:
        return
    for gold in (0, 1, 7, 10**9):
        found = function(node, SCOPE)(laid_out(WORLD | {"gold": gold}), 3)
        assert node.low <= found <= node.high
        assert abs(found) <= 1e15
        assert found == calculated(op, float(gold), constant)
