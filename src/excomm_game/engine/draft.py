"""What an author writes: a scenario's tables as strict, frozen models, read one by one so that every fault shows."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from excomm_game.engine.fields import Line, Prose
from excomm_game.engine.text import printable

MAX_NUMBER = 1e9
FIRST_YEAR, LAST_YEAR = 1900, 2100
EndingKind = Literal["settlement", "retreat", "unresolved", "war", "nuclear"]
ENDING_KINDS: tuple[EndingKind, ...] = ("settlement", "retreat", "unresolved", "war", "nuclear")
DocumentForm = Literal[
    "letter", "cable", "broadcast", "memorandum", "estimate", "photograph", "newspaper", "minutes"
]  # fmt: skip

T = TypeVar("T")
_UNASKED: frozenset[str] = frozenset()


def _in_years(moment: datetime | date) -> datetime | date:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return moment


def _plain_date(moment: object) -> object:
    if isinstance(moment, datetime):
        raise ValueError("must be a date without a time")  # noqa: TRY004 - pydantic collects ValueErrors
    return moment


def _local_time(moment: object) -> object:
    if isinstance(moment, date) and not isinstance(moment, datetime):
        raise ValueError("must have a time of day")  # noqa: TRY004 - pydantic gathers ValueErrors alone
    if isinstance(moment, datetime | time) and moment.tzinfo is not None:
        raise ValueError("must be a local time, without an offset")
    return moment


def _steps(table: object) -> object:
    """Turn `{ "0" = "calm" }` into ((0, "calm"), …), rising."""
    if not isinstance(table, dict):
        return table
    steps = []
    for key, word in table.items():
        if not re.fullmatch(r"[+-]?[0-9]{1,10}(\.[0-9]{1,9})?", key):
            raise ValueError(f"has the key '{printable(key)}', which is not a number")
        steps.append((float(key) if "." in key else int(key), word))
    return tuple(sorted(steps, key=lambda step: step[0]))


def _by_date(table: object) -> object:
    if not isinstance(table, dict):
        return table
    try:
        return tuple((date.fromisoformat(key), option) for key, option in sorted(table.items()))
    except ValueError:
        raise ValueError("must name days as 1962-10-24") from None


def _pairs(table: object) -> object:
    return tuple(table.items()) if isinstance(table, dict) else table


Id = Annotated[Line, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\z")]
Name = Annotated[Line, Field(pattern=r"^[a-z][a-z0-9_]{0,62}\z")]
Number = Annotated[int | float, Field(ge=-MAX_NUMBER, le=MAX_NUMBER)]
Whole = Annotated[int, Field(ge=-MAX_NUMBER, le=MAX_NUMBER)]
Many = Annotated[tuple[T, ...], Strict(False)]
Steps = Annotated[tuple[tuple[Number, Line], ...], BeforeValidator(_steps)]
Moment = Annotated[datetime, BeforeValidator(_local_time), AfterValidator(_in_years)]
Day = Annotated[date, BeforeValidator(_plain_date), AfterValidator(_in_years)]
Pairs = Annotated[tuple[tuple[Line, T], ...], BeforeValidator(_pairs)]


class Table(BaseModel):
    """A TOML table: strict, frozen, no unknown keys, no coercion, no NaN."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=False)

    def model_post_init(self, _: object) -> None:
        """Forget which keys were written: nobody asks, and a set for each of thousands of tables is large."""
        object.__setattr__(self, "__pydantic_fields_set__", _UNASKED)


class Head(Table):
    """`[scenario]`. Times are local time of `clock`; both ends of the calendar count."""

    id: Id
    title: Line
    edition: Annotated[int, Field(ge=1, le=10**9)] = 1
    begins: Moment
    ends: Moment
    clock: Line = "UTC"
    minutes: Annotated[int, Field(ge=1, le=10**6)] | None = None
    summary: Prose = ""


class Seat(Table):
    """A decision-maker's chair."""

    label: Line
    office: Line = ""
    zone: Line | None = None


class Track(Table):
    """A whole number with a range; `bands` gives it words from a threshold up."""

    label: Line
    start: Whole
    range: Annotated[tuple[Whole, Whole], Strict(False)]
    seen_by: Many[Id] = ()
    bands: Steps = ()


class Fact(Table):
    """A value from a short list; a start of true or false needs no list."""

    label: Line
    start: bool | Line
    values: Many[Line] = ()
    words: Pairs[Line] = ()
    seen_by: Many[Id] = ()


class Parameter(Table):
    """A number that a school sets; constant during a game."""

    label: Line
    start: Number


class School(Table):
    """A set of assumptions, and the share of war it should come to along the first seat's historical choices."""

    label: Line
    set: Pairs[Number] = ()
    band: Annotated[tuple[Number, Number], Strict(False)]
    band_of: Many[EndingKind]
    sources: Many[Id] = ()


class Course(Table):
    """A partial policy: scene or scene@occurrence = option; elsewhere the weights decide."""

    id: Id
    label: Line
    choose: Pairs[Id] = ()


class Rung(Table):
    """A step of the escalation ladder."""

    number: Annotated[int, Field(ge=0, le=1000)]
    label: Line
    when: Line | None = None


class Person(Table):
    """Somebody who speaks, writes or advises."""

    name: Line
    office: Line = ""
    seat: Id | None = None
    zone: Line | None = None
    about: Prose = ""
    sources: Many[Id] = ()


class Source(Table):
    """Where a statement comes from."""

    title: Line
    note: Prose = ""


class Passage(Table):
    """Text that stands when `when` holds."""

    when: Line | None = None
    text: Prose = ""


class Document(Table):
    """Something written. `sent` is local time of the sender's zone, `received` of the receiver's."""

    form: DocumentForm = "memorandum"
    title: Line
    sender: Annotated[Id | None, Field(alias="from")] = None
    receiver: Annotated[Id | None, Field(alias="to")] = None
    channel: Line = ""
    sent: Moment | None = None
    received: Moment | None = None
    sources: Many[Id] = ()
    text: Prose = ""
    passage: Many[Passage] = ()


class Counsel(Table):
    """What an adviser says, which option they back and which course they lean to."""

    by: Id
    backs: Id | None = None
    leans: Id | None = None
    tags: Many[Line] = ()
    when: Line | None = None
    says: Prose = ""


class Option(Table):
    """Something a seat may choose."""

    id: Id
    label: Line
    text: Prose = ""
    when: Line | None = None
    barred: Prose = ""
    weight: Number | Line = 1
    effects: Many[Line] = ()
    outcome: Prose = ""
    ends: Id | None = None
    pathway: Id | None = None


class Scene(Table):
    """One dated moment, or the same moment every day `from` … `to`; without options it is news."""

    id: Id
    seat: Id
    told: Many[Id] | None = None
    at: Annotated[datetime | time, BeforeValidator(_local_time)]
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    title: Line
    when: Line | None = None
    text: Prose = ""
    documents: Many[Id] = ()
    history: Id | Annotated[tuple[tuple[Day, Id], ...], BeforeValidator(_by_date)] | None = None
    sources: Many[Id] = ()
    pathway: Id | None = None
    passage: Many[Passage] = ()
    counsel: Many[Counsel] = ()
    option: Many[Option] = ()


class Ending(Table):
    """How it can end. `at_close`: considered only when the agenda has run out."""

    id: Id
    kind: EndingKind
    when: Line | None = None
    at_close: bool = False
    title: Line
    text: Prose = ""


class Criterion(Table):
    """What a judge counts."""

    points: Line | Number
    says: Prose
    when: Line | None = None


class Judge(Table):
    """A point of view that grades an ending from what it could see."""

    id: Id
    label: Line
    blind_to: Many[Name] = ()
    grades: Steps
    sources: Many[Id] = ()
    criterion: Many[Criterion] = ()


class Revelation(Table):
    """Belief beside truth, for the debrief."""

    question: Line = ""
    believed: Prose = ""
    truth: Prose = ""
    sources: Many[Id] = ()


class Epilogue(Table):
    """What came after."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    when: Line | None = None
    documents: Many[Id] = ()
    text: Prose = ""


class Draft(NamedTuple):
    """All that was well-formed; `broken` has the ids of what was not, so that references to it are no second fault."""

    head: Head | None
    seats: dict[str, Seat]
    tracks: dict[str, Track]
    facts: dict[str, Fact]
    parameters: dict[str, Parameter]
    schools: dict[str, School]
    persons: dict[str, Person]
    sources: dict[str, Source]
    documents: dict[str, Document]
    courses: list[Course]
    rungs: list[Rung]
    scenes: list[Scene]
    endings: list[Ending]
    judges: list[Judge]
    revelations: list[Revelation]
    epilogues: list[Epilogue]
    broken: dict[str, set[str]]
    places: dict[tuple[str, str | int], str]
