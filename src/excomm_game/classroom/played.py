"""One student's game as the class is told of it: the choices made, the risk run, what was written afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from math import fsum
from typing import NamedTuple

from excomm_game.debrief.judgement import Turn
from excomm_game.debrief.whole import SHORT, debrief
from excomm_game.engine.draft import EndingKind
from excomm_game.engine.game import MAX_SECONDS, Game
from excomm_game.engine.hour import Clock
from excomm_game.engine.policy import historical, open_ids
from excomm_game.engine.record import YOURS, AnswerLine, By, ChoiceLine
from excomm_game.words.ending import closing
from excomm_game.worlds.risk import Figure


class Made(NamedTuple):
    """A choice of a seat the student held. `in_1962` and `label_1962` are empty where history names no option.

    `offered` are the ids of the options that were open. `seconds` is the time it took, if it was kept; `judgement` how
    much it moved the risk of nuclear war, from −1 to 1, and None where the clock ran out and the odds decided.
    """

    position: int
    scene: str
    title: str
    hour: Clock
    offered: tuple[str, ...]
    option: str
    label: str
    in_1962: str
    label_1962: str
    by: By
    seconds: float | None
    reason: str
    judgement: float | None

    @property
    def left_history(self) -> bool:
        """Whether it was another choice than that of 1962."""
        return bool(self.in_1962) and self.option != self.in_1962


class Reflection(NamedTuple):
    """A question put after the ending and its answer."""

    question: str
    text: str

    @property
    def words(self) -> int:
        """How many words the answer has."""
        return len(self.text.split())


class Played(NamedTuple):
    """A game, short enough to hand from one process to another.

    `kind` and `ending` are None while it is not over. `seconds` counts every choice that was timed, also those taken
    back. `risk` is the share of worlds in which these choices end in nuclear war; `opening`, `judgement`, `theirs` and
    `luck` sum to the risk in which the game stands. `begun` are answers that were not handed in.
    """

    player: str
    started: datetime | None
    chain: str
    kind: EndingKind | None
    ending: str | None
    choices: tuple[Made, ...]
    seconds: float | None
    takebacks: int
    reflections: tuple[Reflection, ...]
    risk: Figure
    opening: float
    judgement: float
    theirs: float
    luck: float
    begun: tuple[Reflection, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the game reached its ending."""
        return self.kind is not None

    @property
    def words(self) -> int:
        """How many words all answers have together."""
        return sum(one.words for one in self.reflections)

    def answer_to(self, question: str) -> str:
        """Return what was answered to a question; nothing where nothing was."""
        return next((one.text for one in self.reflections if one.question == question), "")

    def begun_on(self, question: str) -> str:
        """Return what was begun on a question and not handed in; nothing where nothing was."""
        return next((one.text for one in self.begun if one.question == question), "")

    @property
    def departure(self) -> Made | None:
        """The first choice of the student's own that was not that of 1962."""
        return next((one for one in self.choices if one.left_history and one.by in YOURS), None)


def played(game: Game, chain: str) -> Played:
    """Work a game out by the short debrief; `chain` is that of its save's last line."""
    told = debrief(game, SHORT, short=True, reveal=True)
    held = {seat for seat, sits in game.header.seats.items() if sits != "model"}
    turns = [turn for turn in told.turns if turn.told.occurrence.seat in held]
    timed = [row.took for row in game.rows if isinstance(row, ChoiceLine) and _is_time(row.took)]
    return Played(
        player=game.header.player,
        started=_moment(game.header.started),
        chain=chain,
        kind=game.kind,
        ending=closing(game).title if game.state.ending is not None else None,
        choices=tuple(_made(game, turn) for turn in turns),
        seconds=fsum(one for one in timed if one is not None) if timed else None,
        takebacks=game.takebacks(),
        reflections=tuple(Reflection(*_asked(row)) for row in game.rows if isinstance(row, AnswerLine)),
        risk=told.ran.nuclear,
        opening=told.opening.p,
        judgement=told.summed("judgement"),
        theirs=told.summed("theirs"),
        luck=told.summed("luck"),
    )


def _made(game: Game, turn: Turn) -> Made:
    told = turn.told
    took = game.choices[told.n - 1].took
    offered = open_ids(game.scenario, game.steps[told.n - 1].state, told.occurrence)
    return Made(
        told.occurrence.position, told.occurrence.label, told.title, told.hour, tuple(offered), told.option, told.label,
        historical(game.scenario, told.occurrence) or "", told.in_1962, told.by,
        took if _is_time(took) else None, told.reason, turn.moved if turn.doing == "judgement" else None,
    )  # fmt: skip


def _asked(row: AnswerLine) -> tuple[str, str]:
    return row.answer.question, row.answer.text


def _is_time(took: float | None) -> bool:
    """Say whether a game could have recorded this time: a save from outside may hold any number."""
    return took is not None and took <= MAX_SECONDS


def _moment(text: str) -> datetime | None:
    """Return when a game was begun, on the universal clock; None where its header does not say."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
