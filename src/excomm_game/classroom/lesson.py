"""What the class did: how it split at every scene, how its games ended, the risk it ran, where it left history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle
from math import fsum, log2
from string import ascii_uppercase
from typing import NamedTuple

from excomm_game.classroom.checking import Checked
from excomm_game.classroom.played import Made, Played
from excomm_game.classroom.students import Attempt, Pupil
from excomm_game.engine.assignment import Assignment
from excomm_game.engine.draft import ENDING_KINDS, EndingKind
from excomm_game.engine.hour import Clock, by_scenario
from excomm_game.engine.policy import historical
from excomm_game.engine.record import YOURS
from excomm_game.engine.scenario import Scenario

LEAST_MET = 5
"""How many must have met a scene before it is called divided: ours."""
MOST_DIVIDED = 3


class Said(NamedTuple):
    """A reason given, and who gave it."""

    who: str
    reason: str


class Side(NamedTuple):
    """An option: its letter on the page, how many took it, whether history did, and the reasons given for it."""

    letter: str
    option: str
    label: str
    takers: int
    is_history: bool
    reasons: tuple[Said, ...]


class Split(NamedTuple):
    """How the class split at one scene: the options that were open to somebody and that of 1962, in the author's order.

    `met` counts those who chose; `ran_out` those for whom the clock ran out, who stand on no side. `is_asked` says that
    the assignment asks for a reason there. `entropy` is in bits: 0 where all agree, 1 where two halves do not.
    """

    scene: str
    title: str
    hour: Clock
    sides: tuple[Side, ...]
    met: int
    ran_out: int
    is_asked: bool

    @property
    def is_reasoned(self) -> bool:
        """Whether reasons belong here: they were asked for, or somebody gave one unasked."""
        return self.is_asked or any(side.reasons for side in self.sides)

    @property
    def entropy(self) -> float:
        """How divided they were, in bits."""
        shares = [side.takers / self.met for side in self.sides if side.takers]
        return -fsum(share * log2(share) for share in shares) + 0.0

    @property
    def as_in_1962(self) -> int | None:
        """How many chose as in 1962; None where history names no option."""
        return next((side.takers for side in self.sides if side.is_history), None)


class Mean(NamedTuple):
    """A mean and of how many; None of none."""

    value: float | None
    of: int

    def told(self, words: Callable[[float], str], unknown: str) -> str:
        """Return the mean in words, or what is said where there is none."""
        return unknown if self.value is None else words(self.value)


class Means(NamedTuple):
    """The class's means over the games that are over: shares and moves of a share, from −1 to 1, and minutes."""

    opening: Mean
    risk: Mean
    judgement: Mean
    theirs: Mean
    luck: Mean
    minutes: Mean
    takebacks: Mean


class Departure(NamedTuple):
    """A scene at which some first left history, and who did, each with the label of what they chose."""

    made: Made
    who: tuple[tuple[str, str], ...]


class Lesson(NamedTuple):
    """A class's work, whole. `unnamed` are files that are no save, or from which no student can be told.

    `unmet` are the titles of scenes that the assignment marks and nobody came to. `notes` say what a reader should know
    of how it came about; `is_hidden` that names are pseudonyms.
    """

    scenario: Scenario
    assignment: Assignment | None
    attempt: Attempt
    pupils: tuple[Pupil, ...]
    unnamed: tuple[Checked, ...]
    splits: tuple[Split, ...]
    unmet: tuple[str, ...]
    endings: tuple[tuple[str, EndingKind, int], ...]
    kinds: tuple[tuple[EndingKind, int], ...]
    means: Means
    departures: tuple[Departure, ...]
    notes: tuple[str, ...]
    is_hidden: bool

    @property
    def title(self) -> str:
        """What the class was set: the assignment, or else the scenario."""
        return self.assignment.title if self.assignment is not None else self.scenario.head.title

    @property
    def played(self) -> list[tuple[Pupil, Played]]:
        """Everybody whose game counts, with it."""
        return [(one, one.game) for one in self.pupils if one.game is not None]

    @property
    def over(self) -> list[tuple[Pupil, Played]]:
        """Everybody whose game counts and is over."""
        return [(one, game) for one, game in self.played if game.is_over]

    @property
    def reasoned(self) -> list[Split]:
        """The scenes that reasons belong to: those where they were asked for, then the others, each by the clock."""
        return sorted((split for split in self.splits if split.is_reasoned), key=lambda split: not split.is_asked)

    @property
    def divided(self) -> list[Split]:
        """The scenes at which the class was most divided, the most divided first."""
        met = [split for split in self.splits if split.met >= LEAST_MET and split.entropy > 0]
        return sorted(met, key=lambda split: (-split.entropy, split.hour.local))[:MOST_DIVIDED]


def lesson(
    scenario: Scenario, assignment: Assignment | None, attempt: Attempt, everybody: Sequence[Pupil],
    unnamed: Sequence[Checked], notes: Sequence[str], *, is_hidden: bool,
) -> Lesson:  # fmt: skip
    """Set the games that count side by side."""
    games = [(one.name, one.game) for one in everybody if one.game is not None]
    over = [game for _, game in games if game.is_over]
    kinds = Counter(game.kind for game in over)
    titles = Counter((game.ending, game.kind) for game in over)
    return Lesson(
        scenario,
        assignment,
        attempt,
        tuple(everybody),
        tuple(unnamed),
        tuple(_splits(scenario, assignment, games)),
        tuple(_unmet(scenario, assignment, games)),
        tuple((one.title, one.kind, titles[one.title, one.kind]) for one in scenario.endings
              if titles[one.title, one.kind]),
        tuple((kind, kinds[kind]) for kind in ENDING_KINDS),
        _means(over),
        tuple(_departures(games)),
        tuple(notes),
        is_hidden,
    )  # fmt: skip


def _splits(scenario: Scenario, asked: Assignment | None, games: Iterable[tuple[str, Played]]) -> list[Split]:
    met: dict[int, list[tuple[str, Made]]] = {}
    for who, game in games:
        for made in game.choices:
            met.setdefault(made.position, []).append((who, made))
    return [_split(scenario, asked, position, met[position]) for position in sorted(met)]


def _split(
    scenario: Scenario, asked: Assignment | None, position: int, met: Sequence[tuple[str, Made]]
) -> Split:  # fmt: skip
    occurrence = scenario.agenda[position]
    scene, named = scenario.scene_of(occurrence), historical(scenario, occurrence)
    chosen = [(who, made) for who, made in met if made.by in YOURS]
    shown = {named}.union(*(made.offered for _, made in met))
    sides = []
    for letter, option in zip(cycle(ascii_uppercase), (one for one in scene.option if one.id in shown), strict=False):
        took = [(who, made) for who, made in chosen if made.option == option.id]
        reasons = tuple(Said(who, made.reason) for who, made in took if made.reason)
        sides.append(Side(letter, option.id, option.label, len(took), option.id == named, reasons))
    return Split(
        occurrence.label, scene.title, by_scenario(scenario, occurrence.local), tuple(sides), len(chosen),
        len(met) - len(chosen), asked is not None and asked.needs_reason(scene.id),
    )  # fmt: skip


def _unmet(scenario: Scenario, asked: Assignment | None, games: Iterable[tuple[str, Played]]) -> Iterator[str]:
    """Yield the titles of the scenes that are marked and that no game came to, in the order of the scenario's files."""
    met = {scenario.agenda[made.position].scene for _, game in games for made in game.choices}
    for place, scene in enumerate(scenario.draft.scenes):
        if asked is not None and scene.id in asked.marked and place not in met:
            yield scene.title


def _means(over: Sequence[Played]) -> Means:
    def mean(of: Callable[[Played], float | None]) -> Mean:
        found = [value for game in over if (value := of(game)) is not None]
        return Mean(fsum(found) / len(found) if found else None, len(found))

    return Means(
        mean(lambda game: game.opening), mean(lambda game: game.risk.p), mean(lambda game: game.judgement),
        mean(lambda game: game.theirs), mean(lambda game: game.luck),
        mean(lambda game: game.seconds / 60 if game.seconds is not None else None), mean(lambda game: game.takebacks),
    )  # fmt: skip


def _departures(games: Iterable[tuple[str, Played]]) -> list[Departure]:
    left: dict[int, list[tuple[str, Made]]] = {}
    for who, game in games:
        if (made := game.departure) is not None:
            left.setdefault(made.position, []).append((who, made))
    return [Departure(met[0][1], tuple((who, made.label) for who, made in met)) for _, met in sorted(left.items())]
