"""The class as xAPI 1.0.3 statements, one JSON object a line, for whoever keeps a learning record store.

Who, did, what: a student experienced the scenario, answered each scene and each question, and completed it. The same
games make the same statements, ids included, so that a store which is sent them twice keeps them once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from excomm_game.classroom.lesson import Lesson
from excomm_game.classroom.played import Made, Played, Reflection
from excomm_game.classroom.students import Pupil

HOME = "https://example.invalid/excomm"
"""Whose accounts the names are: nobody's, on a domain that can never exist (RFC 2606)."""
_VERBS = "http://adlnet.gov/expapi/verbs"
_INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
_SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
_LANGUAGE = "en"
Statement = dict[str, Any]


def statements_lines(told: Lesson) -> str:
    """Return the statements of all games that count, student by student, as JSON Lines."""
    made = (one for who, game in told.played for one in statements(told, who, game))
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in made)


def statements(told: Lesson, who: Pupil, game: Played) -> Iterator[Statement]:
    """Yield one game's statements in the order in which they came about.

    A choice's hour is the game's beginning and the time its choices took until then; without a beginning that can be
    read, no statement has one.
    """
    activity = _activity(told)
    clock = 0.0
    yield _statement(told, who, game, "experienced", activity, None, clock)
    for made in game.choices:
        clock += made.seconds or 0.0
        yield _statement(told, who, game, "answered", _scene(told, made), _chosen(made), clock)
    for n, one in enumerate(game.reflections, start=1):
        yield _statement(told, who, game, "answered", _question(told, one, n), {"response": one.text}, clock)
    if game.is_over:
        result = {"completion": True, **_lasted(game.seconds), "response": game.ending}
        yield _statement(told, who, game, "completed", activity, result, clock)


def _statement(
    told: Lesson, who: Pupil, game: Played, verb: str, activity: Statement, result: Statement | None, clock: float
) -> Statement:  # fmt: skip
    session = uuid5(NAMESPACE_URL, f"{HOME}/{game.chain}")
    moment = _later(game.started, clock)
    return {
        "id": str(uuid5(session, f"{who.identifier or who.name} {verb} {activity['id']}")),
        "actor": {
            "objectType": "Agent", "name": who.name, "account": {"homePage": HOME, "name": who.identifier or who.name},
        },
        "verb": {"id": f"{_VERBS}/{verb}", "display": {_LANGUAGE: verb}},
        "object": activity,
        **({} if result is None else {"result": result}),
        "context": {
            "registration": str(session),
            "platform": "excomm",
            "language": _LANGUAGE,
            **({} if verb != "answered" else {"contextActivities": {"parent": [_activity(told)]}}),
        },
        **({} if moment is None else {"timestamp": moment.isoformat()}),
    }  # fmt: skip


def _activity(told: Lesson) -> Statement:
    return _named(_urn(told), _SIMULATION, told.title)


def _scene(told: Lesson, made: Made) -> Statement:
    scene = told.scenario.scene_of(told.scenario.agenda[made.position])
    activity = _named(_urn(told, "scene", made.scene), _INTERACTION, made.title)
    options = [{"id": option.id, "description": {_LANGUAGE: option.label}} for option in scene.option]
    activity["definition"] |= {"interactionType": "choice", "choices": options}
    return activity


def _question(told: Lesson, one: Reflection, n: int) -> Statement:
    """Return a question under its number in the assignment, which is the same for all; else as the n-th answered."""
    asked = told.assignment.questions if told.assignment is not None else ()
    number = asked.index(one.question) + 1 if one.question in asked else n
    activity = _named(_urn(told, "question", str(number)), _INTERACTION, one.question)
    activity["definition"]["interactionType"] = "long-fill-in"
    return activity


def _named(urn: str, kind: str, name: str) -> Statement:
    return {"objectType": "Activity", "id": urn, "definition": {"type": kind, "name": {_LANGUAGE: name}}}


def _urn(told: Lesson, *parts: str) -> str:
    """Return the name of the scenario's edition, or of something in it; an assignment's by its hash."""
    head = told.scenario.head
    lesson = (told.assignment.sha256[:16],) if told.assignment is not None else ()
    return ":".join(["urn:excomm", head.id, str(head.edition), *lesson, *(quote(one, safe="@") for one in parts)])


def _chosen(made: Made) -> Statement:
    said: dict[str, str] = {"urn:excomm:by": made.by, "urn:excomm:in-1962": made.in_1962}
    if made.reason:
        said["urn:excomm:reason"] = made.reason
    return {"response": made.option, **_lasted(made.seconds), "extensions": said}


def _lasted(seconds: float | None) -> dict[str, str]:
    """Return a time as ISO 8601 has it, to the hundredth of a second; nothing where none was kept."""
    return {} if seconds is None else {"duration": f"PT{seconds:.2f}S"}


def _later(started: datetime | None, seconds: float) -> datetime | None:
    try:
        return started and started + timedelta(seconds=seconds)
    except OverflowError:
        return None
