"""Named strategies: expressions, well-formed scenarios as TOML would give them, legal games over them, and records.

A seat's own texts, passages, counsel and option conditions read only names the seat may see, so that a dossier that
tells two hidden worlds apart is a leak and never an author's doubt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from excomm_game.engine.check import Report, check
from excomm_game.engine.draft import ENDING_KINDS
from excomm_game.engine.fate import MAX_SEED, mix
from excomm_game.engine.game import Game
from excomm_game.engine.policy import open_ids, policy_names
from excomm_game.engine.reading import read
from excomm_game.engine.record import Answer, AnswerLine, BackLine, ChoiceLine, EndLine, Header, Parent, Record, Row
from excomm_game.engine.scenario import Scenario

SEATS = ("washington", "moscow", "havana")
WORDS = (("none", "announced", "lifted"), ("calm", "grave"))
FIRST_DAY = date(1962, 10, 26)  # three days on, the clocks of some zones go back
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

seeds = st.integers(0, MAX_SEED)
hands = st.integers(0, 2**64 - 1)
"""What a person at the table goes by: one option for every occurrence, whatever else happens."""

prose = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=BIDI) | st.sampled_from("\n\t"))
lines = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=BIDI), max_size=30)
unsafe = st.sampled_from(["\x00", "\x07", "\x1b[2J", "\r", "\x7f", "\x85", "\x9b31m", "\ud800", "\u202e", "\u2066"])


# Expressions: a tree is (op, operand, …), and `written` gives its source


class Declared(NamedTuple):
    """A name of a scenario: number, truth or word; its start, range or words; the seats that see it."""

    name: str
    kind: str
    start: Any
    low: float = 0
    high: float = 0
    words: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    fixed: bool = False


Tree = tuple[Any, ...]
_DAY = Declared("day", "number", 1, 1, 366 * 201, seen_by=SEATS, fixed=True)
_CONSTANTS = st.integers(-9, 9) | st.sampled_from([0.5, -0.25, 1.75, 0.1, 2.0, 12.3])
_DIVISORS = st.sampled_from([1, 2, 3, 7, -2, -3, 0.5, -0.75, 2.5])


def written(tree: Tree) -> str:
    """Return a tree's source in the little language."""
    op, *args = tree
    match op:
        case "number" | "truth":
            return f"({args[0]!r})" if op == "number" and args[0] < 0 else repr(args[0])
        case "word":
            return repr(args[0])
        case "name":
            return str(args[0])
        case "min" | "max" | "abs":
            return f"{op}({', '.join(map(written, args))})"
        case "not" | "neg":
            return f"({'not ' if op == 'not' else '-'}{written(args[0])})"
        case "if":
            return f"({written(args[1])} if {written(args[0])} else {written(args[2])})"
        case "in" | "not in":
            return f"({written(args[0])} {op} ({', '.join(map(written, args[1:]))},))"
        case "chain":  # operand, comparison, operand, comparison, operand
            return f"({' '.join(part if isinstance(part, str) else written(part) for part in args)})"
    return f"({f' {op} '.join(map(written, args))})"


def _of_kind(names: Iterable[Declared], kind: str) -> list[Declared]:
    return [one for one in names if one.kind == kind]


@st.composite
def numbers(draw: st.DrawFn, names: Sequence[Declared], depth: int = 2) -> Tree:
    """Return a tree whose value is a number, small enough to stay far below 1e15."""
    pool = [*_of_kind(names, "number"), _DAY]
    shape = draw(
        st.sampled_from(["name", "name", "number"] + ["+", "-", "/", "//", "%", "call", "if", "neg"] * (depth > 0))
    )
    if shape == "number":
        return ("number", draw(_CONSTANTS))
    if shape == "name":
        one = ("name", draw(st.sampled_from(pool)).name)
        return one if depth or draw(st.booleans()) else ("*", one, ("number", draw(_CONSTANTS)))
    inner = numbers(names, depth - 1)
    if shape == "neg":
        return ("neg", draw(inner))
    if shape in ("/", "//", "%"):
        return (shape, draw(inner), ("number", draw(_DIVISORS)))
    if shape == "if":
        return ("if", draw(truths(names, depth - 1)), draw(inner), draw(inner))
    if shape == "call":
        call = draw(st.sampled_from(["min", "max", "abs"]))
        return (call, *(draw(inner) for _ in range(1 if call == "abs" else draw(st.integers(2, 3)))))
    return (shape, draw(inner), draw(inner))


@st.composite
def truths(draw: st.DrawFn, names: Sequence[Declared], depth: int = 2) -> Tree:  # noqa: C901 - one case a shape
    """Return a tree whose value is true or false."""
    shapes = ["compare", "compare", "truth"]
    if _of_kind(names, "truth"):
        shapes.append("name")
    if _of_kind(names, "word"):
        shapes += ["is", "among"]
    if depth > 0:
        shapes += ["and", "or", "not", "chain", "one of", "same"]
    shape = draw(st.sampled_from(shapes))
    number, truth = numbers(names, max(0, depth - 1)), truths(names, max(0, depth - 1))
    match shape:
        case "truth":
            return ("truth", draw(st.booleans()))
        case "name":
            return ("name", draw(st.sampled_from(_of_kind(names, "truth"))).name)
        case "compare":
            return (draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="])), draw(number), draw(number))
        case "chain":
            signs = st.sampled_from(["<", "<=", "!=", ">="])
            return ("chain", draw(number), draw(signs), draw(number), draw(signs), draw(number))
        case "one of":
            return (draw(st.sampled_from(["in", "not in"])), draw(number), draw(number), draw(number))
        case "same":
            return (draw(st.sampled_from(["==", "!="])), draw(truth), draw(truth))
        case "is" | "among":
            fact = draw(st.sampled_from(_of_kind(names, "word")))
            words = [("word", draw(st.sampled_from(fact.words))) for _ in range(1 if shape == "is" else 2)]
            sign = draw(st.sampled_from(["==", "!="] if shape == "is" else ["in", "not in"]))
            return (sign, ("name", fact.name), *words)
        case "not":
            return ("not", draw(truth))
    return (shape, *(draw(truth) for _ in range(draw(st.integers(2, 3)))))


@st.composite
def words_of(draw: st.DrawFn, fact: Declared, names: Sequence[Declared], depth: int = 1) -> Tree:
    """Return a tree whose value is one of a fact's words."""
    alike = [one.name for one in names if one.kind == "word" and one.words == fact.words]
    shape = draw(st.sampled_from(["word"] + ["name"] * bool(alike) + ["if"] * (depth > 0)))
    if shape == "name":
        return ("name", draw(st.sampled_from(alike)))
    if shape == "if":
        return ("if", draw(truths(names, 0)), draw(words_of(fact, names, 0)), draw(words_of(fact, names, 0)))
    return ("word", draw(st.sampled_from(fact.words)))


@st.composite
def effects(draw: st.DrawFn, target: Declared, names: Sequence[Declared]) -> str:
    """Return an effect on one name that reads only `names`."""
    if target.kind == "number":
        sign = draw(st.sampled_from(["=", "+=", "-="]))
        return f"{target.name} {sign} {written(draw(numbers(names, 1)))}"
    value = draw(truths(names, 1) if target.kind == "truth" else words_of(target, names))
    return f"{target.name} = {written(value)}"


# Scenarios


class World(NamedTuple):
    """What a scenario declares, for the scenes that are laid in it; `apart` is the seat nothing hidden may reach."""

    seats: tuple[str, ...]
    names: tuple[Declared, ...]
    endings: tuple[str, ...]
    courses: tuple[str, ...]
    documents: tuple[str, ...]
    days: int
    apart: str | None

    def seen(self, readers: Iterable[str]) -> list[Declared]:
        """Return the names that every reader may see."""
        return [one for one in self.names if set(readers) <= set(one.seen_by)]

    def hidden(self, seat: str) -> list[Declared]:
        """Return the names a seat may not see."""
        return [one for one in self.names if seat not in one.seen_by]


@st.composite
def _declared(draw: st.DrawFn, seats: tuple[str, ...], apart: str | None) -> tuple[Declared, ...]:
    some_seats = st.lists(st.sampled_from(seats), unique=True, max_size=len(seats)).map(tuple)
    names = []
    for k in range(draw(st.integers(1, 3))):
        low = draw(st.sampled_from([-50, 0, 0, 3]))
        high = low + draw(st.sampled_from([1, 10, 100]))
        start = draw(st.integers(low, high - 1))
        names.append(Declared(f"track_{k}", "number", start, low, high, seen_by=draw(some_seats)))
    for k in range(draw(st.integers(0, 2))):
        start = draw(st.booleans())
        names.append(Declared(f"truth_{k}", "truth", start, seen_by=draw(some_seats)))
    for k in range(draw(st.integers(0, 2))):
        words = draw(st.sampled_from(WORDS))
        names.append(Declared(f"word_{k}", "word", draw(st.sampled_from(words)), words=words, seen_by=draw(some_seats)))
    if apart is not None:
        names[0] = names[0]._replace(seen_by=seats)
        names.append(Declared("secret", "truth", start=False, seen_by=tuple(s for s in seats if s != apart)))
    for k in range(draw(st.integers(0, 2))):
        start = draw(st.sampled_from([0, 1, 1.5, -2, 0.25]))
        names.append(Declared(f"parameter_{k}", "number", start, start, start, fixed=True))
    return tuple(names)


@st.composite
def _text(draw: st.DrawFn, names: Sequence[Declared]) -> str:
    printed = [f"{{{one.name}}}" for one in names if not one.fixed]
    return " ".join(draw(st.lists(st.sampled_from(["Word.", "{{day}}", "Day {day}.", *printed]), max_size=2)))


@st.composite
def _passages(draw: st.DrawFn, names: Sequence[Declared]) -> list[dict[str, Any]]:
    count = draw(st.integers(0, 1))
    return [{"when": written(draw(truths(names, 1))), "text": draw(_text(names))} for _ in range(count)]


def _some(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, "", [], ())}


@st.composite
def _option(draw: st.DrawFn, world: World, seat: str, told: Sequence[str], k: int) -> dict[str, Any]:
    low = world.apart is None or world.apart in (seat, *told)
    outside = world.names if world.apart is None or not low else world.seen([world.apart])
    own = world.seen([seat]) if seat in world.seats else list(world.names)
    own = [one for one in own if one in outside]
    when = written(draw(truths(own, 1))) if k and draw(st.booleans()) else None
    changes = [] if low else [f"secret = {k % 2 == 1}"]
    for _ in range(draw(st.integers(0, 2))):
        targets = [one for one in world.names if not one.fixed]
        if world.apart is not None and not low:
            targets = [one for one in targets if world.apart not in one.seen_by]
        if targets:
            target = draw(st.sampled_from(targets))
            secret = world.apart is not None and world.apart not in target.seen_by
            changes.append(draw(effects(target, world.names if secret else outside)))
    weight = draw(st.sampled_from([None, 0, 1, 3, 0.5, -1, "tree", "tree"]))
    readers = {seat, *told} & set(world.seats)
    return (
        {"id": f"option-{k}", "label": f"Option {k}"}
        | _some(
            {
                "text": draw(_text(world.seen([seat]) if seat in world.seats else [])),
                "when": when,
                "barred": draw(_text(own)) if when and seat in world.seats else "",
                "effects": changes,
                "outcome": draw(_text(world.seen(readers))),
                "ends": draw(st.sampled_from([*[None] * 6, *world.endings])) if low else None,
                "pathway": draw(st.sampled_from([None, "submarine"])),
            }
        )
        | ({} if weight is None else {"weight": written(draw(numbers(world.names, 1))) if weight == "tree" else weight})
    )


@st.composite
def _scene(draw: st.DrawFn, world: World, number: int) -> dict[str, Any]:
    aside = [one for one in world.seats if one != world.apart] if world.apart and number % 3 else world.seats
    seat = draw(st.sampled_from(["fate", *aside, *aside]))
    is_news = draw(st.sampled_from([False, False, False, False, True]))
    told = draw(st.none() | st.lists(st.sampled_from(aside), unique=True, max_size=2))
    readers = [one for one in (told if told is not None else [seat]) if one in world.seats]
    if not is_news:
        own = [seat] if seat in world.seats else []
        low = world.apart is None or world.apart in (*own, *readers)
    else:
        own, low = readers, world.apart is None or world.apart in readers
    moment, extent = time(draw(st.integers(0, 22)), 30), {}
    at: datetime | time = moment
    if draw(st.sampled_from([False, False, True])):
        at = datetime.combine(FIRST_DAY + timedelta(days=draw(st.integers(0, world.days - 1))), moment)
    elif draw(st.booleans()):
        first = draw(st.integers(0, world.days - 1))
        last = draw(st.integers(first, world.days - 1))
        extent = {"from": FIRST_DAY + timedelta(days=first), "to": FIRST_DAY + timedelta(days=last)}
    reads = world.names if world.apart is None or not low else world.seen([world.apart])
    scene: dict[str, Any] = {"id": f"scene-{number}", "seat": seat, "at": at, "title": f"Scene {number}"} | extent
    if told is not None:
        scene["told"] = told
    if not low and draw(st.booleans()):
        scene["when"] = draw(st.sampled_from(["secret", "not secret"]))
    elif draw(st.integers(0, 2)) == 0:
        scene["when"] = written(draw(truths(reads, 1)))
    own_names = [one for one in world.seen(own) if own and one in reads] if own else []
    scene |= _some(
        {
            "text": draw(_text(world.seen(own) if own else [])),
            "passage": draw(_passages(own_names)),
            "documents": draw(st.lists(st.sampled_from(world.documents), unique=True, max_size=1)),
        }
    )
    if is_news:
        return scene
    count = draw(st.integers(1, 3))
    scene["option"] = [draw(_option(world, seat, told or (), k)) for k in range(count)]
    ids = [f"option-{k}" for k in range(count)]
    if draw(st.booleans()):
        whole = draw(st.booleans()) or isinstance(at, time)
        scene["history"] = draw(st.sampled_from(ids)) if whole else {at.date().isoformat(): draw(st.sampled_from(ids))}
    if seat in world.seats and draw(st.booleans()):
        counsel = {"by": "adviser", "says": draw(_text(own_names)), "when": written(draw(truths(own_names, 0)))}
        leans = draw(st.sampled_from([None, *world.courses]))
        scene["counsel"] = [counsel | _some({"backs": draw(st.sampled_from([None, *ids])), "leans": leans})]
    return scene


@st.composite
def _endings(draw: st.DrawFn, names: Sequence[Declared], reads: Sequence[Declared]) -> list[dict[str, Any]]:
    """Some that only `ends` reaches, some that hold after a choice (never at the opening), some at the close."""
    endings: list[dict[str, Any]] = []
    for k in range(draw(st.integers(1, 4))):
        ending = {"id": f"ending-{k}", "kind": draw(st.sampled_from(ENDING_KINDS)), "title": f"Ending {k}"}
        sort = draw(st.sampled_from(["ends", "when", "close"]))
        target = draw(st.sampled_from([one for one in reads if not one.fixed]))
        if sort == "when":
            ending["when"] = written(draw(_not_yet(target, reads)))
        elif sort == "close":
            ending |= {"at_close": True, "when": written(draw(truths(reads, 1)))}
        endings.append(ending | _some({"text": draw(_text(names))}))
    bare = {"id": "at-last", "kind": draw(st.sampled_from(ENDING_KINDS)), "at_close": True, "title": "At last"}
    endings.insert(draw(st.integers(0, len(endings))), bare)
    return endings


@st.composite
def _not_yet(draw: st.DrawFn, target: Declared, reads: Sequence[Declared]) -> Tree:
    name = ("name", target.name)
    match target.kind:
        case "number":
            sure: Tree = (">=", name, ("number", draw(st.integers(int(target.start) + 1, int(target.high)))))
        case "truth":
            sure = ("not", name) if target.start else name
        case _:
            sure = ("==", name, ("word", next(word for word in target.words if word != target.start)))
    return ("and", sure, draw(truths(reads, 1))) if draw(st.booleans()) else sure


def _declarations(names: Iterable[Declared]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {"track": {}, "fact": {}, "parameter": {}}
    for one in names:
        table: dict[str, Any] = {"label": one.name.title(), "start": one.start}
        if one.fixed:
            tables["parameter"][one.name] = table
            continue
        table["seen_by"] = list(one.seen_by)
        if one.kind == "number":
            tables["track"][one.name] = table | {
                "range": [one.low, one.high],
                "bands": {str(one.low): "calm", "8": "hot"},
            }
        elif one.kind == "truth":
            tables["fact"][one.name] = table
        else:
            tables["fact"][one.name] = table | {"values": list(one.words), "words": {one.words[0]: "in words"}}
    return {section: table for section, table in tables.items() if table}


@st.composite
def _schools(draw: st.DrawFn, names: Sequence[Declared]) -> dict[str, dict[str, Any]]:
    schools = {}
    for k in range(draw(st.integers(0, 2))):
        chosen = {one.name: draw(st.sampled_from([0, 1, 2.5, -1])) for one in names if draw(st.booleans())}
        schools[f"school-{k}"] = {"label": f"School {k}", "set": chosen, "band": [0.0, 1.0], "band_of": ["nuclear"]}
    return schools


@st.composite
def documents_of_scenarios(draw: st.DrawFn, *, apart: bool = False) -> dict[str, Any]:
    """Return a small well-formed scenario, as `tomllib` would give it.

    With `apart`, nothing the first seat cannot see ever reaches what it can: scenes it is told of, the names it sees
    and the endings read only its own names, and all other scenes change only hidden ones.
    """
    seats = SEATS[: draw(st.integers(1 + apart, 3))]
    lone = seats[0] if apart else None
    names = draw(_declared(seats, lone))
    reads = names if lone is None else tuple(one for one in names if lone in one.seen_by)
    endings = draw(_endings(names, reads))
    days = draw(st.integers(1, 4))
    courses = tuple(f"course-{k}" for k in range(draw(st.integers(0, 2))))
    world = World(seats, names, tuple(one["id"] for one in endings), courses, ("a-letter",), days, lone)
    common = [one for one in world.seen(seats) if not one.fixed]
    scenes = [draw(_scene(world, number)) for number in range(draw(st.integers(2, 5)))]
    zones = st.sampled_from(["America/New_York", "Europe/Moscow", "UTC"])
    begins = datetime.combine(FIRST_DAY, time(0))
    choosing = [scene for scene in scenes if "option" in scene]
    document: dict[str, Any] = {
        "scenario": {
            "id": "a-crisis",
            "title": "A Crisis",
            "begins": begins,
            "ends": begins + timedelta(days=days, hours=-1),
            "clock": draw(zones),
        },
        "seat": {seat: {"label": seat.title(), "zone": draw(zones)} for seat in seats},
        **_declarations(names),
        "school": draw(_schools([one for one in names if one.fixed])),
        "person": {"adviser": {"name": "An Adviser", "seat": seats[0]}},
        "document": {
            "a-letter": {
                "form": "letter",
                "title": "A letter",
                "text": draw(_text(common)),
                "passage": draw(_passages(common)),
            }
        },
        "course": [
            {
                "id": course,
                "label": course.title(),
                "choose": {scene["id"]: draw(st.sampled_from(scene["option"]))["id"] for scene in choosing},
            }
            for course in courses
        ],
        "rung": [
            {"number": number, "label": f"Rung {number}", "when": written(draw(truths(names, 1)))}
            for number in range(draw(st.integers(0, 2)))
        ],
        "scene": scenes,
        "ending": endings,
        "judge": [
            {
                "id": "pentagon",
                "label": "The Pentagon",
                "blind_to": [one.name for one in names if not one.fixed][:1],
                "grades": {"10": "A", "0": "C"},
                "criterion": [{"points": written(draw(numbers(names, 1))), "says": draw(_text(names))}],
            }
        ],
        "revelation": [{"question": "How many?", "believed": draw(_text(names)), "truth": "All."}],
        "epilogue": [{"year": 1963, "when": written(draw(truths(names, 1))), "text": draw(_text(names))}],
    }
    return {section: content for section, content in document.items() if content}


def report_of(document: dict[str, Any]) -> Report:
    """Check a scenario's document."""
    sha256 = hashlib.sha256(repr(document).encode()).hexdigest()
    draft, faults = read(document, {}, "a-crisis")
    return check(draft, faults, sha256, "a-crisis")


def scenario_of(document: dict[str, Any]) -> Scenario:
    """Return a document's scenario; the strategies promise no fault, and no doubt about what a seat sees."""
    report = report_of(document)
    assert report.scenario is not None, [str(fault) for fault in report.faults]
    assert not [doubt for doubt in report.doubts if "may not see" in doubt.message]
    return report.scenario


def scenarios(*, apart: bool = False) -> st.SearchStrategy[Scenario]:
    """Return random scenarios, checked and ready to play."""
    return documents_of_scenarios(apart=apart).map(scenario_of)


def as_toml(document: dict[str, Any]) -> str:
    """Write a document as TOML, one top-level key a line."""
    return "".join(f"{json.dumps(key)} = {_inline(content)}\n" for key, content in document.items())


def _inline(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {_inline(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_inline, value)) + "]"
        case date() | time():
            return value.isoformat()
        case str() | bool():
            return json.dumps(value, ensure_ascii=False)
    return repr(value)


# Games


def header_of(
    scenario: Scenario, *, seed: int = 1, luck: str = "drawn", school: str | None = None, seats: dict[str,
    str] | None = None
) -> Header:  # fmt: skip
    """Return the header of a new game; nobody named in `seats` is a model."""
    return Header(
        scenario=scenario.head.id,
        edition=scenario.head.edition,
        scenario_sha256=scenario.sha256,
        seed=seed,
        school=scenario.default_school() if school is None else school,
        luck=luck,
        seats=dict.fromkeys(scenario.seats, "model") | (seats or {}),
        player="",
        started="2026-01-01T00:00:00Z",
        engine="0",
    )


@st.composite
def headers(
    draw: st.DrawFn,
    scenario: Scenario,
    *,
    sitters: Sequence[str] = ("person", "model"),
    lucks: Sequence[str] = ("drawn", "spared", "history"),
) -> Header:
    """Return the header of a game with any seed, school and luck, and any of `sitters` in each seat."""
    return header_of(
        scenario,
        seed=draw(seeds),
        luck=draw(st.sampled_from(lucks)),
        school=draw(st.sampled_from(list(scenario.schools))),
        seats={seat: draw(st.sampled_from(sitters)) for seat in scenario.seats},
    )


def everybody(scenario: Scenario) -> tuple[str, ...]:
    """Return all that can sit in a seat: a person, the model, every policy."""
    return ("person", "model", *(f"policy:{name}" for name in policy_names(scenario)))


def play_on(game: Game, hand: int, stop: int | None = None) -> Game:
    """Play as `hand` would, until the game is over or, at the latest, a person faces choice `stop` + 1."""
    game.run()
    while (awaited := game.awaited) is not None and (stop is None or len(game.choices) < stop):
        ids = open_ids(game.scenario, game.state, awaited)
        game.choose(ids[mix(hand ^ awaited.key) % len(ids)])
    return game


@st.composite
def games(
    draw: st.DrawFn,
    scenario: Scenario,
    *,
    sitters: Sequence[str] = ("person", "model"),
    lucks: Sequence[str] = ("drawn", "spared", "history"),
    takebacks: bool = True,
) -> Game:
    """Return a legal game, finished or not, with choices taken back now and then."""
    game = Game(scenario, draw(headers(scenario, sitters=sitters, lucks=lucks)))
    stops = draw(st.lists(st.integers(0, len(scenario.agenda)), max_size=2)) if takebacks else []
    for stop in stops:
        play_on(game, draw(hands), stop)
        game.back(draw(st.integers(0, len(game.choices))))
    return play_on(game, draw(hands), draw(st.none() | st.integers(0, len(scenario.agenda))))


# Records


_hashes = st.text("0123456789abcdef", min_size=16, max_size=16)


@st.composite
def _header_of_any_record(draw: st.DrawFn) -> Header:
    sitters = st.sampled_from(["person", "model", "policy:weights", "policy:air-strike"])
    parent = st.builds(Parent, at=st.integers(0, 99), line=_hashes)
    return Header(
        scenario=draw(lines),
        edition=draw(st.integers(1, 9)),
        scenario_sha256=draw(_hashes) * 4,
        seed=draw(seeds),
        school=draw(lines),
        luck=draw(st.sampled_from(["drawn", "spared", "history"])),
        seats=draw(st.dictionaries(lines, sitters, max_size=3)),
        player=draw(lines),
        started=draw(lines),
        engine=draw(lines),
        parent=draw(st.none() | parent),
        assignment=draw(st.none() | st.dictionaries(lines, lines, max_size=2)),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Return a record in good order, of no scenario in particular."""
    rows: list[Row] = []
    n = 0
    for sort in draw(st.lists(st.sampled_from(["choice", "choice", "answer", "back", "ended"]), max_size=8)):
        if sort == "choice":
            n += 1
            by = draw(st.sampled_from(["person", "policy", "model", "fate", "history"]))
            took = draw(st.none() | st.integers(0, 10**6) | st.floats(0, 1e6))
            spared = draw(st.none() | st.floats(0, 1))
            reason = draw(st.none() | prose)
            named = {key: draw(lines) for key in ("at", "scene", "option")}
            rows.append(ChoiceLine(n=n, by=by, reason=reason, took=took, spared=spared, state=draw(_hashes), **named))
        elif sort == "answer":
            rows.append(AnswerLine(answer=Answer(question=draw(prose), text=draw(prose))))
        elif sort == "back":
            n = draw(st.integers(0, n))
            rows.append(BackLine(back_to=n))
        else:
            rows.append(EndLine(ended=draw(lines), kind=draw(st.sampled_from(ENDING_KINDS)), state=draw(_hashes)))
    return Record(draw(_header_of_any_record()), tuple(rows))
