"""A record: a header, and what was chosen, answered and taken back, in order."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from excomm_game.engine.draft import EndingKind
from excomm_game.engine.fate import MAX_SEED
from excomm_game.engine.fields import Line, Prose

Luck = Literal["drawn", "spared", "history"]
By = Literal["person", "policy", "model", "fate", "history"]
YOURS: tuple[By, ...] = ("person", "policy")
"""By whom a choice counts as yours: people, and the policies that sit in a chair for them."""
_STRICT = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{16}\z")]


class Parent(BaseModel):
    """Where a branch left: the chain of the last line it shares, and how many choices that is."""

    model_config = _STRICT

    at: Annotated[int, Field(ge=0)]
    line: Hash


class Header(BaseModel):
    """The first line: all that a game is but its choices. `seats` says who sits where: person, model or policy:NAME."""

    model_config = _STRICT

    excomm: Literal[1] = 1
    scenario: Line
    edition: Annotated[int, Field(ge=1)]
    scenario_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}\z")]
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)]
    school: Line
    luck: Luck
    seats: dict[Line, Annotated[Line, Field(pattern=r"^(person|model|policy:[a-z0-9][a-z0-9-]{0,62})\z")]]
    player: Line
    started: Line
    engine: Line
    parent: Parent | None = None
    assignment: dict[Line, Line] | None = None


class ChoiceLine(NamedTuple):
    """A choice: `n` counts all of them from 1, `at` is the scene's own time, `state` the digest after it."""

    n: Annotated[int, Field(ge=1)]
    at: Line
    scene: Line
    option: Line
    by: By
    state: Hash
    reason: Prose | None = None
    took: Annotated[float, Field(ge=0)] | Annotated[int, Field(ge=0)] | None = None
    spared: Annotated[float, Field(ge=0, le=1)] | None = None


class Answer(BaseModel):
    """A question put after the ending, and what was answered."""

    model_config = _STRICT

    question: Prose
    text: Prose


class AnswerLine(NamedTuple):
    """An answer kept in the save."""

    answer: Answer


class BackLine(NamedTuple):
    """The record stands as after choice `back_to`; 0 is the opening."""

    back_to: Annotated[int, Field(ge=0)]


class EndLine(NamedTuple):
    """The game is over; it counts only while no choice or step back follows."""

    ended: Line
    kind: EndingKind
    state: Hash


Row = ChoiceLine | AnswerLine | BackLine | EndLine
ROWS: tuple[tuple[str, TypeAdapter[Row]], ...] = tuple(
    (key, TypeAdapter(kind, config=ConfigDict(strict=True, allow_inf_nan=False)))
    for key, kind in (("n", ChoiceLine), ("back_to", BackLine), ("ended", EndLine), ("answer", AnswerLine))
)
"""How a row of each kind is read, by the key that none of the kinds after it has."""


class Record(NamedTuple):
    """A header and rows in the order in which they were written."""

    header: Header
    rows: tuple[Row, ...] = ()

    def standing(self) -> list[ChoiceLine]:
        """Return the choices that stand: what was taken back is left out."""
        kept: list[ChoiceLine] = []
        for row in self.rows:
            if isinstance(row, ChoiceLine):
                kept.append(row)
            elif isinstance(row, BackLine):
                del kept[row.back_to :]
        return kept
