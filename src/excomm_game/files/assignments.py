"""Assignments on disk: a small TOML file that a teacher writes by a command, changes by hand and gives to a class."""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from excomm_game.engine.assignment import FEWEST_QUESTIONS, MAX_QUESTION, MAX_TITLE, MOST_QUESTIONS, Assignment
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.fate import MAX_SEED
from excomm_game.engine.reading import in_words
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.text import printable
from excomm_game.files import whole

MAX_ASSIGNMENT = 100_000
TABLE = "assignment"
MEND = "Mend it in a text editor, or write it anew with `excomm class assign`."
_WIDTH = 100


class Key(NamedTuple):
    """A key of the file: what it does, which values it takes, and what stands for it, as a remark, where it is not."""

    does: str
    values: str
    unset: str = ""


KEYS: Mapping[str, Key] = {
    "title": Key(
        "What the lesson is called, on the report and on what is handed in.",
        f"one line of at most {MAX_TITLE} characters",
    ),
    "scenario": Key("The crisis that is played.", "the id of a scenario, as `excomm scenario list` shows it"),
    "edition": Key(
        "The edition of that crisis. Whoever has another edition is told so: its choices may differ.",
        "a whole number from 1",
    ),
    "seat": Key("Whose chair a student takes.", "the id of one of the scenario's seats"),
    "school": Key("Whose assumptions about the danger set the odds.", "the id of one of the scenario's schools"),
    "luck": Key(
        "What chance may do: with drawn anything; with spared it does not end the game in nuclear war where that can "
        "be helped, so that no lesson is over at minute ten.",
        '"spared" or "drawn"',
    ),
    "seed": Key(
        "The luck that is met. With a number the whole class meets the same; without the line each student's is drawn.",
        f"a whole number from 0 to {MAX_SEED}, or no such line",
        "1962",
    ),
    "takebacks": Key("Whether a choice may be taken back once its page is left.", "true or false"),
    "estimate": Key("Whether the model's estimate of the risk is shown during the game.", "true or false"),
    "reasons": Key(
        "Which choices need a written reason: every one, those in the scenes listed as marked, or none.",
        '"every", "marked" or "none"',
    ),
    "marked": Key(
        "The scenes whose choices need a reason. `excomm class assign SCENARIO --scenes` lists those there are.",
        'a list of ids of scenes in which the seat chooses, exactly where reasons = "marked"',
        '["first-scene", "second-scene"]',
    ),
    "seconds": Key(
        "The time for a choice. When it runs out the odds decide. Without the line there is no limit.",
        "a whole number of seconds from 10 to 3600, or no such line",
        "120",
    ),
    "questions": Key(
        "What is asked after the ending, one question at a time, before the game tells what nobody could know.",
        f"a list of {FEWEST_QUESTIONS} to {MOST_QUESTIONS} different questions, "
        f"each one line of at most {MAX_QUESTION} characters",
    ),
}
"""Every key in the order of the file."""


def read(path: Path) -> Assignment:
    """Read an assignment.

    Raises UsageError when it is not there, ExcommError when it cannot be read or holds none, naming every key at fault
    with what it takes.
    """
    shown = printable(str(path), 200)
    try:
        content = tomllib.loads(whole.read(path, MAX_ASSIGNMENT).decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"There is no assignment at {shown}. Name the file that your teacher gave you.") from None
    except OSError as error:
        raise ExcommError(f"{shown} cannot be read ({error.strerror}). See to its permissions.") from None
    except UnicodeDecodeError:
        raise ExcommError(f"{shown} is no assignment: it is not UTF-8. {MEND}") from None
    except tomllib.TOMLDecodeError as error:
        said = printable(str(error), 160)
        raise ExcommError(f"{shown} is no assignment: it is not well-formed TOML ({said}). {MEND}") from None
    except (ValueError, RecursionError) as error:
        said = printable(str(error), 160) if isinstance(error, ValueError) else "it is nested too deeply"
        raise ExcommError(f"{shown} is no assignment: {said}. Name the file that your teacher gave you.") from None
    return made(_table(content, shown), shown)


def made(content: Mapping[str, object], place: str, remedy: str = MEND) -> Assignment:
    """Return an assignment made of these values. Raises ExcommError, naming place, keys at fault and remedy."""
    try:
        return Assignment.model_validate(dict(content))
    except ValidationError as error:
        faults = dict.fromkeys(_in_words(one) for one in error.errors())
        raise ExcommError(f"{place} › {'; '.join(faults)}. {remedy}") from None


def write_new(path: Path, assigned: Assignment, scenario: Scenario) -> None:
    """Write an assignment of a scenario to a file that is not there yet. Raises ExcommError, leaving nothing new."""
    shown = printable(str(path), 200)
    try:
        whole.create(path, written(assigned, scenario).encode())
    except FileExistsError:
        raise UsageError(
            f"{shown} is there already, and an assignment is never written over. Name another file with --out."
        ) from None
    except FileNotFoundError:
        raise UsageError(
            f"There is no folder {printable(str(path.parent), 200)}. Make it, or name another place with --out."
        ) from None
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"{shown} cannot be written ({whole.reason(error)}). Free space, or name another place with --out."
        ) from None


def written(assigned: Assignment, scenario: Scenario) -> str:
    """Return an assignment as its file: each key under what it does and which values it takes in this scenario."""
    lines = [
        "# An assignment for excomm. A line that begins with # is a remark.",
        "# Change what you like before you give it out. Afterwards it would be another assignment.",
        "",
        f"[{TABLE}]",
    ]
    here = {"seat": scenario.seats, "school": tuple(scenario.draft.schools)}
    for name, key in KEYS.items():
        lines += ["", *_remark(key.does), *_remark(f"It takes {key.values}.")]
        lines += _remark(f"In this scenario: {', '.join(here[name])}.") if here.get(name) else []
        value = getattr(assigned, name)
        lines.append(f"# {name} = {key.unset}" if key.unset and value in (None, ()) else f"{name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _table(content: Mapping[str, object], shown: str) -> Mapping[str, object]:
    """Return the file's one table. Raises ExcommError where it is another file."""
    table = content.get(TABLE)
    if not isinstance(table, dict):
        raise ExcommError(f"{shown} is no assignment: it has no table [{TABLE}]. Name the file your teacher gave you.")
    for other in content:
        if other != TABLE:
            raise ExcommError(f"{shown} › {printable(other)} is no key an assignment has. Put all under [{TABLE}].")
    return table


def _in_words(error: ErrorDetails) -> str:
    """Name a key at fault, what is wrong with it, and what it takes."""
    if not error["loc"]:  # what keys say together
        is_twice = "twice" in error["msg"]
        name, says = ("questions", "asks the same twice") if is_twice else ("marked", "does not go with reasons")
        return f"{name} {says} ({KEYS[name].values})"
    name = printable(str(error["loc"][0]))
    place = f" no. {int(error['loc'][1]) + 1}" if len(error["loc"]) > 1 else ""
    hint = f" ({KEYS[name].values})" if name in KEYS else f" (there are: {', '.join(KEYS)})"
    return f"{name}{place} {in_words(error)}{hint}"


def _remark(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _toml(value: object) -> str:
    """Return a value as TOML; a list of texts takes a line for each."""
    if isinstance(value, tuple):
        return _list(value)
    return json.dumps(value, ensure_ascii=False)


def _list(values: Sequence[str] | Iterable[str]) -> str:
    return "[\n" + "".join(f"  {json.dumps(value, ensure_ascii=False)},\n" for value in values) + "]"
