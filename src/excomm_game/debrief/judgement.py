"""Judgement and luck told apart: how much each choice moved the risk of nuclear war, and who made it.

The risk is foresight from the true state, simulated before and after every choice with the same worlds' seeds, so that
what the choices did sums exactly to the ending minus the opening. This is the error and luck analysis of GNU
Backgammon, applied to a crisis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from excomm_game.engine.account import Account, account
from excomm_game.engine.game import Game
from excomm_game.engine.policy import open_ids
from excomm_game.engine.record import YOURS
from excomm_game.engine.rules import Choice, advance, pending
from excomm_game.engine.scenario import FATE
from excomm_game.worlds.risk import Figure, foresights

Doing = Literal["judgement", "theirs", "luck"]
LUCKIEST = 5
NOISE = 0.0005
MOST = 3  # choices that mattered most


class Turn(NamedTuple):
    """Choice n: whose doing it was, and the risk of nuclear war before and after it, from 0 to 1."""

    told: Account
    doing: Doing
    before: Figure
    after: Figure

    @property
    def moved(self) -> float:
        """How much it moved the risk, from −1 to 1."""
        return self.after.p - self.before.p


class Alternative(NamedTuple):
    """An option that was open: its label, and the risk of nuclear war after it."""

    option: str
    label: str
    after: Figure


class Decisive(NamedTuple):
    """A choice that mattered, and what else was open then, the least dangerous first."""

    turn: Turn
    others: tuple[Alternative, ...]

    @property
    def best(self) -> Alternative | None:
        """The least dangerous of what else was open, if anything was."""
        return self.others[0] if self.others else None


def turns(game: Game, worlds: int, progress: Callable[[int, int], None] | None = None) -> list[Turn]:
    """Return every choice of a game with the risk around it, from so many worlds at each step."""
    risks = foresights(game.scenario, [step.state for step in game.steps], worlds, progress)
    told = [account(game, n) for n in range(1, len(game.steps))]
    return [Turn(one, _doing(one), risks[one.n - 1], risks[one.n]) for one in told]


def _doing(told: Account) -> Doing:
    if told.by in YOURS:
        return "judgement"
    return "luck" if told.occurrence.seat == FATE else "theirs"


def decisive(game: Game, made: list[Turn], worlds: int) -> list[Decisive]:
    """Return your choices that moved the risk most, the strongest first, each with what else was open."""
    own = sorted((turn for turn in made if turn.doing == "judgement"), key=lambda turn: -abs(turn.moved))[:MOST]
    scenario = game.scenario
    tried = []
    for turn in own:
        state = game.steps[turn.told.n - 1].state
        occurrence = pending(scenario, state)
        assert occurrence is not None
        others = (option for option in open_ids(scenario, state, occurrence) if option != turn.told.option)
        tried += [(turn, option, advance(scenario, state, Choice(occurrence.full, option)).state) for option in others]
    risks = foresights(scenario, [state for _, _, state in tried], worlds)
    found: dict[int, list[Alternative]] = {turn.told.n: [] for turn in own}
    for (turn, option, _), risk in zip(tried, risks, strict=True):
        scene = scenario.scene_of(turn.told.occurrence)
        label = next(one.label for one in scene.option if one.id == option)
        found[turn.told.n].append(Alternative(option, label, risk))
    return [Decisive(turn, tuple(sorted(found[turn.told.n], key=lambda one: one.after.p))) for turn in own]


def luckiest(made: Sequence[Turn]) -> list[Turn]:
    """Return where luck moved the risk most, in the order in which it did; a move within the noise is left out."""
    moved = [turn for turn in made if turn.doing == "luck" and abs(turn.moved) >= NOISE]
    return sorted(sorted(moved, key=lambda turn: -abs(turn.moved))[:LUCKIEST], key=lambda turn: turn.told.n)


def summed(made: list[Turn], doing: Doing) -> float:
    """Return how much all choices of one kind moved the risk together."""
    folded = 0.0
    for turn in made:
        if turn.doing == doing:
            folded += turn.moved
    return folded
