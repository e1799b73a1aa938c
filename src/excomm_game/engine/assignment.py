"""What a teacher asks of a game: who sits where under which luck, what needs a reason, what is asked afterwards.

An assignment travels as a small file, and its rules travel on in the header of every save made for it, so that a game
goes on under them wherever it is resumed. The hash says which file it was.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from excomm_game.engine.draft import Table
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.fate import MAX_SEED
from excomm_game.engine.fields import Id, Line, Many

MAX_TITLE, MAX_QUESTION, MAX_ANSWER = 200, 500, 10_000
FEWEST_QUESTIONS, MOST_QUESTIONS = 2, 6
Reasons = Literal["every", "marked", "none"]
_LINES = ("title", "scenario", "seat", "school", "luck", "reasons")
_YES = {True: "yes", False: "no"}


class Assignment(Table):
    """`[assignment]`. A `seed` is the whole class's, none is one drawn for each student; `seconds` is the time for a
    choice. `marked` are the scenes whose choices need a reason where `reasons` is "marked".
    """

    title: Annotated[Line, Field(min_length=1, max_length=MAX_TITLE)]
    scenario: Id
    edition: Annotated[int, Field(ge=1, le=10**9)]
    seat: Id
    school: Id
    luck: Literal["drawn", "spared"] = "spared"
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)] | None = None
    takebacks: bool = True
    estimate: bool = True
    reasons: Reasons = "none"
    marked: Many[Id] = ()
    seconds: Annotated[int, Field(ge=10, le=3_600)] | None = None
    questions: Annotated[
        Many[Annotated[Line, Field(min_length=1, max_length=MAX_QUESTION)]],
        Field(min_length=FEWEST_QUESTIONS, max_length=MOST_QUESTIONS),
    ]

    @model_validator(mode="after")
    def _is_of_a_piece(self) -> Self:
        if bool(self.marked) != (self.reasons == "marked"):
            raise ValueError('names scenes in marked exactly where reasons = "marked"')
        if len(set(self.questions)) < len(self.questions):
            raise ValueError("asks the same question twice")
        return self

    @property
    def sha256(self) -> str:
        """The hash of what it asks, the same however its file is laid out."""
        content = json.dumps(self.model_dump(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()

    def needs_reason(self, scene: str) -> bool:
        """Say whether a choice in a scene must be given a reason."""
        return self.reasons == "every" or (self.reasons == "marked" and scene in self.marked)

    def header(self) -> dict[str, str]:
        """Return it as a save's header keeps it: lines of text by name, its hash with them."""
        asked = {f"question {n}": question for n, question in enumerate(self.questions, start=1)}
        return {
            "sha256": self.sha256,
            "title": self.title,
            "scenario": self.scenario,
            "edition": str(self.edition),
            "seat": self.seat,
            "school": self.school,
            "luck": self.luck,
            **({} if self.seed is None else {"seed": str(self.seed)}),
            "takebacks": _YES[self.takebacks],
            "estimate": _YES[self.estimate],
            "reasons": self.reasons,
            **({"marked": " ".join(self.marked)} if self.marked else {}),
            **({} if self.seconds is None else {"seconds": str(self.seconds)}),
            **asked,
        }

    @classmethod
    def of_header(cls, kept: dict[str, str]) -> Assignment:
        """Return what a header keeps. Raises ExcommError where that is no assignment, or not the one its hash names."""
        numbers = {name: int(kept[name]) for name in ("edition", "seed", "seconds") if _is_number(kept.get(name, ""))}
        flags = {name: kept[name] == "yes" for name in ("takebacks", "estimate") if kept.get(name) in _YES.values()}
        lines = {name: kept[name] for name in _LINES if name in kept}
        asked = [kept[key] for n in range(1, MOST_QUESTIONS + 1) if (key := f"question {n}") in kept]
        content: dict[str, object] = {"marked": kept.get("marked", "").split(), "questions": asked}
        content.update(lines)
        content.update(numbers)
        content.update(flags)
        try:
            made = cls.model_validate(content)
        except ValidationError:
            made = None
        if made is None or made.header() != kept:
            raise ExcommError(
                "The save names an assignment that cannot be read, or is not the one its hash names. "
                "Begin again from the assignment's file."
            )
        return made


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 16
