"""The debrief: everything that is told of one game when it is over, worked out once for every way of showing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from excomm_game.debrief.judgement import Decisive, Doing, Turn, decisive, summed, turns
from excomm_game.engine.draft import Rung
from excomm_game.engine.errors import UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.outcome import Grade, grades, rung
from excomm_game.engine.record import YOURS
from excomm_game.engine.rules import Chose, opening
from excomm_game.engine.scenario import Scenario
from excomm_game.worlds.plans import recorded
from excomm_game.worlds.risk import Figure, Shares, shares
from excomm_game.worlds.run import played, require_worlds, run_from
from excomm_game.worlds.terms import Plan

WORLDS = 2_000
SHORT = 200
Progress = Callable[[str, int, int], None]
"""Told what is being worked out, how far it is, and of how much."""


class Versus(NamedTuple):
    """The game beside 1962: how many of your choices were history's, of how many where history named one; and the
    first choice of anybody's that was another (its number), None where there is none.
    """

    same: int
    of: int
    first_divergence: int | None


class SchoolRisk(NamedTuple):
    """The same choices under one school's assumptions."""

    school: str
    label: str
    ran: Shares
    is_own: bool


class Debrief(NamedTuple):
    """One game explained.

    `ran` is the risk your choices ran: how they end under other seeds; `schools` the same by every school. `opening` is
    the risk as the game began, by the weights alone; `climb` is the rung after each choice, None where it is on none;
    `judges` are empty while the game is not over, and where the scenario has none.
    """

    game: Game
    worlds: int
    opening: Figure
    ran: Shares
    schools: tuple[SchoolRisk, ...]
    turns: tuple[Turn, ...]
    decisive: tuple[Decisive, ...]
    versus: Versus
    climb: tuple[Rung | None, ...]
    judges: tuple[Grade, ...]

    def summed(self, doing: Doing) -> float:
        """Return how much judgement, the others or luck moved the risk in all."""
        return summed(list(self.turns), doing)

    @property
    def is_over(self) -> bool:
        """Whether the game has ended, so that all may be told."""
        return self.game.state.ending is not None

    @property
    def survived(self) -> int:
        """In how many of the worlds nuclear war did not come."""
        return round(self.worlds * (1 - self.ran.nuclear.p))


def debrief(
    game: Game, worlds: int = WORLDS, *, short: bool = False, reveal: bool = False, progress: Progress | None = None
) -> Debrief:  # fmt: skip
    """Explain a game by so many simulated worlds; a `short` one leaves out other schools and what else was open.

    Raises UsageError for a game that is not over, unless all of it may be revealed.
    """
    require_worlds(worlds)
    if game.state.ending is None and not reveal:
        raise UsageError("The game is not over, and a debrief tells what was hidden. Play on, or add `--reveal`.")
    scenario = game.scenario
    say = progress or _silent
    say("the risk you ran", 0, 1)
    yours = recorded(scenario, game.choices)
    ran = _ran(scenario, game, game.header.school, yours, worlds)
    made = turns(game, worlds, lambda done, of: say("every choice", done, of))
    say("what else was open", 0, 1)
    mattered = [] if short else decisive(game, made, worlds)
    schools = [] if short else _schools(scenario, game, yours, ran, worlds, say)
    say("done", 1, 1)
    return Debrief(
        game,
        worlds,
        made[0].before if made else ran.nuclear,
        ran,
        tuple(schools),
        tuple(made),
        tuple(mattered),
        _versus(made),
        _climb(game),
        grades(scenario, game.state.values) if game.state.ending is not None else (),
    )


def _silent(doing: str, done: int, of: int) -> None:
    """Say nothing."""


def _ran(scenario: Scenario, game: Game, school: str, yours: Plan, worlds: int) -> Shares:
    """Return how your choices end under other seeds."""
    begun = opening(scenario, school, game.people).state
    return shares(scenario, played(run_from(scenario, begun, yours), worlds))


def _schools(
    scenario: Scenario, game: Game, yours: Plan, ran: Shares, worlds: int, say: Progress
) -> list[SchoolRisk]:  # fmt: skip
    told = []
    schools = scenario.draft.schools
    for place, (name, school) in enumerate(schools.items()):
        say("by other assumptions", place, len(schools))
        is_own = name == game.header.school
        told.append(
            SchoolRisk(name, school.label, ran if is_own else _ran(scenario, game, name, yours, worlds), is_own)
        )
    return told


def _versus(made: list[Turn]) -> Versus:
    known = [turn.told for turn in made if turn.told.in_1962]
    own = [told for told in known if told.by in YOURS]
    first = next((told.n for told in known if not told.was_history), None)
    return Versus(sum(told.was_history for told in own), len(own), first)


def _climb(game: Game) -> tuple[Rung | None, ...]:
    return tuple(
        rung(game.scenario, event.after, event.occurrence.day) for _, event in game.events() if isinstance(event, Chose)
    )
