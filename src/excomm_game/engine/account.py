"""The account of one choice, whoever made it: what was done, why, what came of it, and what was done in 1962."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import Values
from excomm_game.engine.game import Game
from excomm_game.engine.hour import Clock, by_scenario
from excomm_game.engine.policy import historical
from excomm_game.engine.record import By, ChoiceLine
from excomm_game.engine.rules import Chose


class Account(NamedTuple):
    """Choice n of a game, by the scenario's clock. `seat` is its label, empty for fate; `in_1962` is the label of what
    history took, if known.

    `before` and `after` are the values around the choice itself; `spared` is the probability of war not drawn.
    """

    n: int
    occurrence: Occurrence
    hour: Clock
    seat: str
    title: str
    option: str
    label: str
    by: By
    reason: str
    outcome: str
    spared: float
    in_1962: str
    was_history: bool
    before: Values
    after: Values


def account(game: Game, n: int) -> Account:
    """Return the account of choice n, from 1."""
    scenario, choice = game.scenario, game.choices[n - 1]
    event = next(event for event in game.steps[n].events if isinstance(event, Chose))
    occurrence = event.occurrence
    scene = scenario.scene_of(occurrence)
    labels = {option.id: option.label for option in scene.option}
    place = scenario.option(occurrence, event.option)
    assert place is not None
    seat = scenario.draft.seats.get(occurrence.seat)
    named = historical(scenario, occurrence)
    return Account(
        n, occurrence, by_scenario(scenario, occurrence.local), seat.label if seat else "", scene.title, event.option,
        labels[event.option], choice.by, choice.reason or "",
        scenario.print(scene.option[place].outcome, event.after, occurrence.day), choice.spared or 0.0,
        labels.get(named or "", ""), named == event.option, event.before, event.after,
    )  # fmt: skip


def shared(left: Sequence[ChoiceLine], right: Sequence[ChoiceLine]) -> int:
    """Count the first choices that two lists share: the same option at the same occurrence, whoever took it."""
    pairs = zip(left, right, strict=False)
    differs = (n for n, (one, other) in enumerate(pairs) if (one.scene, one.option) != (other.scene, other.option))
    return next(differs, min(len(left), len(right)))
