"""The dossier: exactly what one seat may see now, and never more. Front ends show it and know nothing of the state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from excomm_game.engine.compiled import Value, Values
from excomm_game.engine.draft import Fact, Rung, Track
from excomm_game.engine.game import Game
from excomm_game.engine.hour import Clock, by_seat
from excomm_game.engine.outcome import rung
from excomm_game.engine.reader import Item, Page, Paper, Reader
from excomm_game.engine.rules import Chose, last_day, pending
from excomm_game.engine.scenario import Scenario


class Reading(NamedTuple):
    """A track or fact as the seat sees it: the value in words, and a track's band and range where it has them.

    `is_start` says that it stands as at the opening: a front end leaves such facts out, because the name of what has
    not happened would tell a player what might.
    """

    name: str
    label: str
    words: str
    band: str
    value: Value
    low: float
    high: float
    is_start: bool


class Ladder(NamedTuple):
    """Rungs of the escalation ladder, as number and label: now, the highest so far, and all of them from the lowest."""

    now: tuple[int, str] | None
    peak: tuple[int, str] | None
    rungs: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Dossier:
    """All that one seat may know: the clocks, what it sees of the world, what it was told, and the page before it."""

    seat: str
    label: str
    office: str
    title: str
    day: int
    days: int
    clocks: tuple[Clock, ...]
    readings: tuple[Reading, ...]
    ladder: Ladder
    told: tuple[Item, ...]
    papers: tuple[Paper, ...]
    page: Page | None
    over: bool

    def paper(self, document: str) -> Paper:
        """Return a document this seat has been told, by id."""
        return next(paper for paper in self.papers if paper.id == document)


class Viewing:
    """A game as one seat has seen it: read once, and open at every moment of it."""

    def __init__(self, game: Game, seat: str) -> None:
        self.game = game
        self.seat = seat
        self._reader = Reader(game.scenario, seat)
        for n, step in enumerate(game.steps):
            self._reader.read(step, (game.choices[n - 1].reason or "") if n else "")

    def told(self) -> list[tuple[int, Item]]:
        """Return what the seat was told with the number of the choice that brought it, which it may not know itself."""
        return list(zip(self._reader.numbers, self._reader.told, strict=True))

    def at(self, n: int) -> Dossier:
        """Return what the seat may see after choice n (0: the opening)."""
        scenario, state, reader = self.game.scenario, self.game.steps[n].state, self._reader
        moment = reader.moments[n]
        awaited = pending(scenario, state)
        page, papers = None, None
        if awaited is not None and awaited.seat == self.seat:
            page, papers = reader.open(awaited, state, n)
        now = awaited if page is not None else moment.last
        local = now.local if now is not None else scenario.head.begins.replace(tzinfo=ZoneInfo(scenario.head.clock))
        day = now.day if now is not None else 1
        step = rung(scenario, state.values, day, self.seat)
        seat = scenario.draft.seats[self.seat]
        return Dossier(
            self.seat,
            seat.label,
            seat.office,
            scenario.head.title,
            day,
            last_day(scenario),
            clocks(scenario, local),
            readings(scenario, self.seat, state.values),
            Ladder(_named(step), _named(reader.highest(moment.peak, state.values, day)), _rungs(scenario)),
            tuple(reader.told[: moment.told]),
            tuple((papers if papers is not None else reader.papers(n)).values()),
            page,
            state.ending is not None,
        )


def _named(step: Rung | None) -> tuple[int, str] | None:
    return (step.number, step.label) if step else None


def _rungs(scenario: Scenario) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((step.number, step.label) for step in scenario.draft.rungs))


def dossier(game: Game, seat: str) -> Dossier:
    """Return what `seat` may see of a game as it stands."""
    return Viewing(game, seat).at(len(game.choices))


def clocks(scenario: Scenario, local: datetime) -> tuple[Clock, ...]:
    """Return every seat's hour at one instant."""
    return tuple(by_seat(scenario, seat, local) for seat in scenario.seats)


def readings(scenario: Scenario, seat: str, values: Values) -> tuple[Reading, ...]:
    """Return the tracks and facts a seat may see, in the author's order.

    Tracks that keep the day of something are left out: conditions read them, and people know what happened when.
    """
    draft = scenario.draft
    seen = []
    declarations: list[tuple[str, Track | Fact]] = [*draft.tracks.items(), *draft.facts.items()]
    for name, declared in declarations:
        if seat not in declared.seen_by or name in scenario.dates:
            continue
        symbol = scenario.scope[name]
        value = values[symbol.slot]
        band = scenario.band(name, value) if name in draft.tracks else ""
        is_start = value == scenario.opening[symbol.slot]
        words = scenario.words(name, value)
        seen.append(Reading(name, declared.label, words, band, value, symbol.low, symbol.high, is_start))
    return tuple(seen)


class Change(NamedTuple):
    """How a reading moved: it before and after."""

    before: Reading
    after: Reading


def changes(scenario: Scenario, seat: str, before: Values, after: Values) -> tuple[Change, ...]:
    """Return what a seat sees to have changed between two moments."""
    pairs = zip(readings(scenario, seat, before), readings(scenario, seat, after), strict=True)
    return tuple(Change(old, new) for old, new in pairs if old.value != new.value)


def after_choice(game: Game, seat: str, n: int) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return what a seat sees to have changed by choice n itself, and what others and the clock have changed since."""
    chosen = next(event for event in game.steps[n].events if isinstance(event, Chose))
    by_choice = changes(game.scenario, seat, chosen.before, chosen.after)
    return by_choice, changes(game.scenario, seat, chosen.after, game.state.values)
