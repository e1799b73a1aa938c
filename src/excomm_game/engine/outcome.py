"""Where a game stands and how it ended: the ladder's rung, and what judges make of an ending."""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import Value, Values
from excomm_game.engine.draft import Judge, Rung
from excomm_game.engine.game import Game
from excomm_game.engine.node import Node
from excomm_game.engine.rules import Chose, last_day
from excomm_game.engine.scenario import Scenario


class Grade(NamedTuple):
    """A judge's verdict: a letter, the points behind it (a left fold), and what was counted, each with its points."""

    judge: Judge
    letter: str
    points: float
    says: tuple[tuple[float, str], ...]


def rung(scenario: Scenario, values: Values, day: int, seat: str | None = None) -> Rung | None:
    """Return the highest rung whose condition holds; for a seat, of those it can judge by what it sees."""
    reached: Rung | None = None
    for step, tree in zip(scenario.draft.rungs, scenario.trees.rungs, strict=True):
        if reached is not None and step.number <= reached.number:
            continue
        asked = [tree] if seat is None or tree is None else _judged(scenario, tree, seat)
        if any(scenario.function(one)(values, day) for one in asked):
            reached = step
    return reached


def _judged(scenario: Scenario, tree: Node, seat: str) -> list[Node]:
    """Return what a seat can judge of a condition: of several of which one is enough, those it sees all names of."""
    enough = tree.nodes if tree.op == "or" else (tree,)
    return [one for one in enough if all(scenario.sees(seat, name) for name in one.names)]


def peak(game: Game) -> tuple[Rung, Occurrence] | None:
    """Return the highest rung a game reached, whoever saw it, and when it first did; None when it was never on one."""
    highest: tuple[Rung, Occurrence] | None = None
    for _, event in game.events():
        if isinstance(event, Chose):
            step = rung(game.scenario, event.after, event.occurrence.day)
            if step is not None and (highest is None or step.number > highest[0].number):
                highest = (step, event.occurrence)
    return highest


def grades(scenario: Scenario, values: Values) -> tuple[Grade, ...]:
    """Return every judge's grade of the values at an ending; what a judge is blind to reads as its start value."""
    day = last_day(scenario)
    graded = []
    for judge, criteria in zip(scenario.draft.judges, scenario.trees.criteria, strict=True):
        seen: list[Value] = list(values)
        for name in judge.blind_to:
            slot = scenario.scope[name].slot
            seen[slot] = scenario.opening[slot]
        points: float = 0
        says = []
        for criterion, (when, worth) in zip(judge.criterion, criteria, strict=True):
            if scenario.function(when)(seen, day):
                gained = scenario.function(worth)(seen, day)
                points += gained
                says.append((gained, scenario.print(criterion.says, seen, day)))
        letter = "F"
        for threshold, grade in judge.grades:
            if points >= threshold:
                letter = grade
        graded.append(Grade(judge, letter, points, tuple(says)))
    return tuple(graded)
