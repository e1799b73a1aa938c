"""What the fields of a model from outside may hold: safe text, names, numbers, hours, and tables turned to tuples."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, Strict

from excomm_game.engine.text import printable, refused

MAX_NUMBER = 1e9
FIRST_YEAR, LAST_YEAR = 1900, 2100
T = TypeVar("T")


def _safe(text: str) -> str:
    character = refused(text)
    if character:
        raise ValueError(f"holds {character}, a character that is not allowed in text")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("must be one line without tabs")
    return text


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


Prose = Annotated[str, AfterValidator(_safe)]
"""Safe text of any number of lines."""

Line = Annotated[str, AfterValidator(_safe), AfterValidator(_one_line)]
"""Safe text on one line."""

Id = Annotated[Line, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\z")]
Name = Annotated[Line, Field(pattern=r"^[a-z][a-z0-9_]{0,62}\z")]
Number = Annotated[int | float, Field(ge=-MAX_NUMBER, le=MAX_NUMBER)]
Whole = Annotated[int, Field(ge=-MAX_NUMBER, le=MAX_NUMBER)]
Many = Annotated[tuple[T, ...], Strict(False)]
Steps = Annotated[tuple[tuple[Number, Line], ...], BeforeValidator(_steps)]
MomentOrTime = Annotated[datetime | time, BeforeValidator(_local_time)]
Moment = Annotated[datetime, BeforeValidator(_local_time), AfterValidator(_in_years)]
Day = Annotated[date, BeforeValidator(_plain_date), AfterValidator(_in_years)]
ByDate = Annotated[tuple[tuple[Day, Id], ...], BeforeValidator(_by_date)]
Pairs = Annotated[tuple[tuple[Line, T], ...], BeforeValidator(_pairs)]
