"""The report on a class as one page of HTML that holds all it needs, for the projector, the staff room and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from excomm_game.classroom import charts
from excomm_game.classroom.checking import Checked
from excomm_game.classroom.lesson import Lesson
from excomm_game.classroom.students import ATTEMPTS, Pupil, headcount
from excomm_game.debrief.sheet import environment
from excomm_game.debrief.whole import SHORT, WORLDS
from excomm_game.words.figures import percent, points, tenths
from excomm_game.words.phrases import BY, brief_date, hour

UNKNOWN = "–"
BY_WHOM = {**BY, "model": " (the time ran out)"}
"""Who made a choice in a student's chair, as it stands after the choice."""


class Filed(NamedTuple):
    """A line of the list of who handed in what: a student without a file, or a file without a student, has a gap."""

    name: str
    standing: str
    file: str
    reason: str
    sound: tuple[str, ...]


class Answered(NamedTuple):
    """A question and everybody's answer to it, as (who, what)."""

    question: str
    answers: tuple[tuple[str, str], ...]


def report(told: Lesson) -> str:
    """Return the report as a whole HTML page, the same for the same class."""
    laid = environment("excomm_game.classroom")
    laid.filters |= {
        "minutes": minutes, "mean_share": lambda mean: mean.told(percent, UNKNOWN),
        "mean_points": lambda mean: mean.told(points, UNKNOWN), "mean_tenths": lambda mean: mean.told(tenths, UNKNOWN),
        "mean_number": lambda mean: mean.told("{:.1f}".format, UNKNOWN),
        "brief": lambda clock: f"{brief_date(clock.local)} {hour(clock.local)}", "by": BY_WHOM.__getitem__,
    }  # fmt: skip
    laid.filters["painted"] = charts.painted
    return laid.get_template("report.html").render(
        told=told,
        head=told.scenario.head,
        title=told.title,
        school=_school(told),
        headcount=headcount(told.pupils),
        counts=_counts(told.pupils),
        filed=list(_filed(told)),
        other=[one for one in told.unnamed if one.standing == "no save"],
        answered=_answered(told),
        attempt=ATTEMPTS[told.attempt],
        worlds=SHORT,
        own_worlds=WORLDS,
        unknown=UNKNOWN,
        splits=charts.splits_charts(told),
        drawn={
            name: draw(told) if told.over else ""
            for name, draw in (("endings", charts.endings_chart), ("risk", charts.risk_chart),
                               ("doings", charts.doings_chart))
        },
    )  # fmt: skip


def minutes(seconds: float | None) -> str:
    """Return a time in minutes; a dash where none was kept."""
    return UNKNOWN if seconds is None else f"{seconds / 60:.1f}"


def _school(told: Lesson) -> str:
    """Return the assumptions the games were played by, where they are the same for all."""
    school = told.scenario.draft.schools.get(told.assignment.school) if told.assignment is not None else None
    return school.label if school is not None else "each game's own school"


def _counts(everybody: Iterable[Pupil]) -> dict[str, int]:
    """Count the students by how far they came."""
    counted = dict.fromkeys(("finished", "unfinished", "left out", "missing"), 0)
    for one in everybody:
        counted[one.completion] += 1
    return counted


def _filed(told: Lesson) -> Iterator[Filed]:
    """Yield who handed in what, student by student, then the files of nobody that can be told."""
    for who in told.pupils:
        for one in who.files:
            yield _line(who.name, one, who.remark)
        if not who.files:
            yield Filed(who.name, "missing", "", who.remark, ())
    for one in told.unnamed:
        if one.standing != "no save":
            yield _line("", one, "")


def _line(name: str, one: Checked, remark: str) -> Filed:
    return Filed(name, one.standing, one.file, " ".join(said for said in (one.reason, remark) if said), one.sound)


def _answered(told: Lesson) -> list[Answered]:
    """Return every question that was answered, those of the assignment first."""
    asked = list(told.assignment.questions) if told.assignment is not None else []
    asked += [one.question for _, game in told.played for one in game.reflections]
    answers = {
        question: tuple(
            (who.name, one.text) for who, game in told.played for one in game.reflections if one.question == question
        )
        for question in asked
    }
    return [Answered(question, given) for question, given in answers.items()]
