"""The debrief as one page of HTML that holds all it needs: it opens offline, loads nothing, and prints."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from excomm_game.debrief import charts
from excomm_game.debrief.judgement import Doing, Turn, luckiest
from excomm_game.debrief.own import Own, own_choices, replies
from excomm_game.debrief.pages import (
    ASSUMED,
    OPEN,
    UNANSWERED,
    clock_words,
    doings,
    sources,
    spared,
    truth,
    undone_words,
)
from excomm_game.debrief.sheet import environment
from excomm_game.debrief.whole import Debrief
from excomm_game.engine.hour import by_scenario
from excomm_game.engine.outcome import Grade
from excomm_game.words.ending import closing, last_step, peak_words
from excomm_game.words.figures import LEAST, signed, tenths
from excomm_game.words.phrases import BY, date_words, listed, paper_lines, road_words

MOVERS: dict[Doing, str] = {"judgement": "your choice", "theirs": "another seat", "luck": "luck"}


class Day(NamedTuple):
    """A day of the game and every choice made on it, whoever made it."""

    name: str
    turns: tuple[Turn, ...]


class OwnDay(NamedTuple):
    """A day of the game and what was the player's to choose on it."""

    name: str
    choices: tuple[Own, ...]


class Masked(NamedTuple):
    """A judge's verdict, and what is under the mask: who it is, and what it could not see."""

    place: int
    grade: Grade
    says: tuple[str, ...]
    unseen: str


def page(told: Debrief) -> str:
    """Return the debrief as a whole HTML page, the same for the same debrief."""
    laid = environment()
    laid.filters |= {
        "moved": _moved, "clock": clock_words, "undone": undone_words, "road": road_words,
        "listed": listed, "paper": lambda paper: "\n".join(paper_lines(paper)),
        "plain": lambda number: signed(number, "g"),
    }  # fmt: skip
    return laid.get_template("debrief.html").render(
        told=told,
        game=told.game,
        head=told.game.scenario.head,
        school=told.game.scenario.assumptions(told.game.header.school),
        title=" · ".join(_title(told)),
        end=closing(told.game) if told.is_over else None,
        last_step=last_step(told.game),
        chairs=[told.game.scenario.draft.seats[seat].label for seat in _chairs(told)],
        place=by_scenario(told.game.scenario, told.game.scenario.head.begins).label,
        last=told.turns[-1].after if told.turns else told.opening,
        line=charts.risk_line(told),
        roads=charts.roads(told.ran) if told.ran.pathways else "",
        marks=charts.MARKS,
        doings=doings(told),
        movers=MOVERS,
        by=BY,
        days=_days(told),
        own=_own_days(told),
        clocked={one.turn.told.n for one in own_choices(told) if one.seconds is not None},
        replies=replies(told.game),
        unanswered=UNANSWERED,
        divergence=told.turns[first - 1] if (first := told.versus.first_divergence) is not None else None,
        peak=peak_words(told.game),
        luckiest=luckiest(told.turns),
        explained={"open": OPEN, "assumed": ASSUMED},
        judges=[_masked(told, place, grade) for place, grade in enumerate(told.judges, 1)],
        spared=spared(told),
        truth=truth(told),
        sources=sources(told),
    )


def _title(told: Debrief) -> list[str]:
    """Return the assignment if there is one, the scenario, the player if the save names one, and the ending."""
    game = told.game
    lesson = game.assignment.title if game.assignment is not None else ""
    end = closing(game).title if told.is_over else "not over"
    return [part for part in (lesson, game.scenario.head.title, game.header.player, end) if part]


def _chairs(told: Debrief) -> list[str]:
    """Return the seats whose choices are yours: those that people and policies hold."""
    seats = told.game.header.seats
    return [seat for seat in told.game.scenario.seats if seats.get(seat, "model") != "model"]


def _days(told: Debrief) -> list[Day]:
    by_day = groupby(told.turns, key=lambda turn: turn.told.occurrence.local.date())
    groups = [tuple(group) for _, group in by_day]
    return [Day(date_words(group[0].told.occurrence.local), group) for group in groups]


def _own_days(told: Debrief) -> list[OwnDay]:
    """Return the player's own choices by day, where they are an assignment's, have reasons or were taken back."""
    own = own_choices(told)
    if told.game.assignment is None and not any(one.undone or one.turn.told.reason for one in own):
        return []
    by_day = groupby(own, key=lambda one: one.turn.told.occurrence.local.date())
    groups = [tuple(group) for _, group in by_day]
    return [OwnDay(date_words(group[0].turn.told.occurrence.local), group) for group in groups]


def _masked(told: Debrief, place: int, grade: Grade) -> Masked:
    draft = told.game.scenario.draft
    unseen = [(draft.tracks.get(name) or draft.facts[name]).label for name in grade.judge.blind_to]
    return Masked(place, grade, tuple(signed(gained, "+g") for gained, _ in grade.says), listed(unseen))


def _moved(turn: Turn) -> str:
    """Return how many points a choice moved the risk; what is within the noise is none."""
    return tenths(turn.moved) if abs(turn.moved) >= LEAST else "0.0"
