"""What was a player's own in a game: the choices with their reasons, what was taken back, the answers after it."""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.debrief.judgement import Turn
from excomm_game.debrief.whole import Debrief
from excomm_game.engine.game import Game
from excomm_game.engine.record import YOURS, AnswerLine, ChoiceLine


class Undone(NamedTuple):
    """What was chosen and taken back, and the reason given then; `title` is its scene's where that is another one."""

    title: str
    label: str
    reason: str


class Own(NamedTuple):
    """A choice that was the player's to make: after how many seconds the clock made it, None where the player did; and
    what was taken back there, the oldest first.
    """

    turn: Turn
    seconds: int | None
    undone: tuple[Undone, ...]


class Reply(NamedTuple):
    """A question that is put after the ending, and the answer; empty where there is none."""

    question: str
    text: str


def own_choices(told: Debrief) -> tuple[Own, ...]:
    """Return every standing choice that was the player's to make, in order."""
    turns = [turn for turn in told.turns if turn.told.by in YOURS or _was_left(told.game, turn)]
    undone: dict[int, list[ChoiceLine]] = {}
    for choice in told.game.taken_back() if turns else ():
        before = [turn.told.n for turn in turns if turn.told.n <= choice.n]
        undone.setdefault(before[-1] if before else turns[0].told.n, []).append(choice)
    return tuple(
        Own(
            turn,
            _seconds(told.game) if _was_left(told.game, turn) else None,
            tuple(_undone(told.game, choice, turn) for choice in undone.get(turn.told.n, ())),
        )
        for turn in turns
    )


def replies(game: Game) -> tuple[Reply, ...]:
    """Return the answers in the order of the assignment's questions, and what a finished game has left unanswered."""
    given = [row.answer for row in game.rows if isinstance(row, AnswerLine)]
    asked = game.assignment.questions if game.assignment is not None else ()
    owed = game.unanswered()
    order = {question: place for place, question in enumerate(asked)}
    found = [Reply(one.question, one.text) for one in given] + [Reply(question, "") for question in owed]
    return tuple(sorted(found, key=lambda one: order.get(one.question, len(order))))


def _was_left(game: Game, turn: Turn) -> bool:
    """Say whether a choice was left to the clock: the odds made it in a person's seat, under an assignment's time."""
    return _seconds(game) is not None and turn.told.by == "model" and turn.told.occurrence.seat in game.people


def _seconds(game: Game) -> int | None:
    return game.assignment.seconds if game.assignment is not None else None


def _undone(game: Game, choice: ChoiceLine, under: Turn) -> Undone:
    occurrence = next(one for one in game.scenario.agenda if one.label == choice.scene)
    scene = game.scenario.scene_of(occurrence)
    label = next(option.label for option in scene.option if option.id == choice.option)
    return Undone("" if occurrence == under.told.occurrence else scene.title, label, choice.reason or "")
