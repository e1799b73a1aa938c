"""The report on a class as one page of HTML that holds all it needs, for the projector, the staff room and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from excomm_game.classroom import charts
from excomm_game.classroom.checking import Checked
from excomm_game.classroom.lesson import Lesson, Mean
from excomm_game.classroom.students import ATTEMPTS, Pupil
from excomm_game.debrief.whole import SHORT
from excomm_game.words.ending import kind_words
from excomm_game.words.figures import interval, percent, points
from excomm_game.words.phrases import moment_words

UNKNOWN = "–"


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
    """Return the report as a whole HTML page, the same for the same class.

    Whatever comes from a scenario, a save, a roster or a file's name is escaped; only the charts, drawn here, are
    markup.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - loaded when a page is made
    from markupsafe import Markup  # noqa: PLC0415

    laid = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        loader=PackageLoader("excomm_game.classroom"),
    )  # fmt: skip
    laid.filters |= {
        "percent": percent, "interval": lambda figure: interval(*figure), "points": points, "moment": moment_words,
        "kind": kind_words, "minutes": minutes, "mean_share": lambda mean: _mean(mean, percent),
        "mean_points": lambda mean: _mean(mean, points),
        "mean_number": lambda mean: _mean(mean, "{:.1f}".format),
    }  # fmt: skip
    written = laid.get_template("report.html").render(
        told=told,
        head=told.scenario.head,
        title=told.assignment.title if told.assignment is not None else told.scenario.head.title,
        school=_school(told),
        counts=_counts(told.pupils),
        filed=list(_filed(told)),
        other=[one for one in told.unnamed if one.standing == "no save"],
        answered=_answered(told),
        attempt=ATTEMPTS[told.attempt],
        worlds=SHORT,
        unknown=UNKNOWN,
        splits=[Markup(one) for one in charts.splits_charts(told)],  # noqa: S704 - drawn here, its words escaped as XML
        drawn={
            name: Markup(draw(told)) if told.over else ""  # noqa: S704 - as above
            for name, draw in (("endings", charts.endings_chart), ("risk", charts.risk_chart),
                               ("doings", charts.doings_chart))
        },
    )  # fmt: skip
    return f"{written}\n"


def minutes(seconds: float | None) -> str:
    """Return a time in minutes; a dash where none was kept."""
    return UNKNOWN if seconds is None else f"{seconds / 60:.1f}"


def _mean(mean: Mean, words: Callable[[float], str]) -> str:
    return UNKNOWN if mean.value is None else words(mean.value)


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
