"""What an author writes: a scenario's tables as strict, frozen models, read one by one so that every fault shows."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, Strict

from excomm_game.engine.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    ByDate,
    Day,
    Id,
    Line,
    Many,
    Moment,
    MomentOrTime,
    Name,
    Number,
    Pairs,
    Prose,
    Steps,
    Whole,
)

EndingKind = Literal["settlement", "retreat", "unresolved", "war", "nuclear"]
ENDING_KINDS: tuple[EndingKind, ...] = ("settlement", "retreat", "unresolved", "war", "nuclear")
DocumentForm = Literal[
    "letter", "cable", "broadcast", "memorandum", "estimate", "photograph", "newspaper", "minutes"
]  # fmt: skip

_UNASKED: frozenset[str] = frozenset()


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
    at: MomentOrTime
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    title: Line
    when: Line | None = None
    text: Prose = ""
    documents: Many[Id] = ()
    history: Id | ByDate | None = None
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
