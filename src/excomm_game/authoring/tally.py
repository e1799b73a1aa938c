"""Counting what worlds reach as they are played, and how long their choices and their reading are for one seat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from excomm_game.authoring.lengths import words
from excomm_game.authoring.names import Hits, Names
from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.node import Node
from excomm_game.engine.rules import last_day
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.worlds.columns import Function, column
from excomm_game.worlds.printing import Column
from excomm_game.worlds.standing import Floats, Ints, column_types
from excomm_game.worlds.watch import Gathered

A_DAY = 86_400.0
AFTERWARDS = ""  # the reader of what is told when a game is over: everybody


class Conditions:
    """A scenario's conditions over columns, each compiled when it is first asked."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._made: dict[int, tuple[Function, tuple[int, ...]]] = {}

    def slots(self, tree: Node) -> tuple[int, ...]:
        """Return the slots of the columns a condition reads."""
        return self._compiled(tree)[1]

    def hold(self, tree: Node | None, values: list[Column], day: int, count: int) -> NDArray[np.bool_]:
        """Say in which of `count` worlds a condition holds; None always does."""
        found: Any = True if tree is None else self._compiled(tree)[0](values, day)
        return found if isinstance(found, np.ndarray) else np.full(count, found)

    def _compiled(self, tree: Node) -> tuple[Function, tuple[int, ...]]:
        made = self._made.get(id(tree))
        if made is None:
            scope = self._scenario.scope
            slots = tuple(scope[name].slot for name in tree.names if name != "day")
            made = self._made[id(tree)] = (column(tree, scope), slots)
        return made


class Pace(NamedTuple):
    """What each world asked of one seat: choices, words to be read, and the longest time between two choices in days
    (0 where there were fewer than two).
    """

    choices: Ints
    words: Ints
    gaps: Floats


class Tally:
    """Looks on while a block of worlds is played: adds to `hits`, and keeps the pace of one seat."""

    def __init__(self, scenario: Scenario, conditions: Conditions, hits: Hits, count: int, seat: str) -> None:
        self._scenario = scenario
        self._conditions = conditions
        self._names = Names(scenario)
        self._hits = hits
        self._count = count
        self._seat = seat
        self._last = np.full(count, np.nan)
        self._final: list[Column] = [np.zeros(count, kind) for kind in column_types(scenario)]
        self._told: dict[tuple[str, str], NDArray[np.bool_]] = {}
        self._read: dict[tuple[int, int], NDArray[np.bool_]] = {}
        self.pace = Pace(np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count))

    def met(self, occurrence: Occurrence, worlds: Ints, gathered: Gathered) -> None:
        """Count what is told, and the choice if it is the seat's."""
        place = occurrence.scene
        scene, trees = self._scenario.scenes[place], self._scenario.trees.scenes[place]
        readers = tuple({scene.seat} - {FATE}) if scene.option else self._scenario.readers(scene)
        is_read = self._seat in readers
        if is_read:
            self._reads((place, -1), worlds, words(scene.text))
        if scene.option and scene.seat == self._seat:
            self._asked(occurrence, worlds)
        holds = self._holding((*trees.passages, *trees.counsel), occurrence.day, len(worlds), gathered)
        for n, passage in enumerate(scene.passage):
            self._hit("passages", self._names.passage(place, n), np.count_nonzero(holds[n]))
            if is_read:
                self._reads((place, n), worlds[holds[n]], words(passage.text))
        for n, tree in enumerate(trees.counsel):
            if tree is not None:
                self._hit("counsel", self._names.counsel(place, n), np.count_nonzero(holds[len(scene.passage) + n]))
        for reader in readers:
            self._tell(scene.documents, reader, occurrence.day, worlds, gathered)

    def took(self, occurrence: Occurrence, option: int, worlds: Ints) -> None:
        """Count an option, and the reading of its outcome."""
        scene = self._scenario.scenes[occurrence.scene]
        self._hit("options", self._names.option(occurrence.scene, option), len(worlds))
        if self._seat in self._scenario.readers(scene):
            self.pace.words[worlds] += words(scene.option[option].outcome)

    def ended(self, worlds: Ints, endings: Ints, gathered: Gathered) -> None:
        """Count endings, and keep the values they come with."""
        for place, count in enumerate(np.bincount(endings)):
            self._hit("endings", self._scenario.endings[place].id, count)
        width = self._scenario.width
        values = gathered(range(width))
        for slot in range(width):
            self._final[slot][worlds] = values[slot]
        self._final[width:] = values[width:]

    def tell_after(self) -> None:
        """Count what is told when a game is over, once every world's is."""
        scenario, day, worlds = self._scenario, last_day(self._scenario), np.arange(self._count)
        for place, holds in enumerate(self._holding(scenario.trees.epilogues, day, self._count, self._finally)):
            if scenario.trees.epilogues[place] is not None:
                self._hit("epilogues", self._names.epilogue(place), np.count_nonzero(holds))
            self._tell(scenario.draft.epilogues[place].documents, AFTERWARDS, day, worlds, self._finally, holds)
        for place, criteria in enumerate(scenario.trees.criteria):
            seen = list(self._final)
            for name in scenario.draft.judges[place].blind_to:
                slot = scenario.scope[name].slot
                seen[slot] = float(scenario.opening[slot])
            for n, (tree, _) in enumerate(criteria):
                if tree is not None:
                    holds = self._conditions.hold(tree, seen, day, self._count)
                    self._hit("criteria", self._names.criterion(place, n), np.count_nonzero(holds))

    def _finally(self, slots: Sequence[int]) -> list[Column]:  # noqa: ARG002 - what is gathered is there already
        return self._final

    def _hit(self, kind: str, name: str, count: int | np.intp) -> None:
        self._hits[kind][name] += int(count)

    def _holding(
        self, trees: Sequence[Node | None], day: int, count: int, gathered: Gathered
    ) -> list[NDArray[np.bool_]]:
        """Return where each of several conditions holds."""
        slots = {slot for tree in trees if tree is not None for slot in self._conditions.slots(tree)}
        values = gathered(sorted(slots)) if slots else []
        return [self._conditions.hold(tree, values, day, count) for tree in trees]

    def _tell(
        self, documents: Iterable[str], reader: str, day: int, worlds: Ints, gathered: Gathered,
        where: NDArray[np.bool_] | bool = True,
    ) -> None:  # fmt: skip
        """Count documents that a reader is first told, each with its passages: as it reads then it stays."""
        for key in documents:
            told = self._told.setdefault((key, reader), np.zeros(self._count, bool))
            is_first = ~told[worlds] & where
            told[worlds] |= where
            self._hit("documents", key, np.count_nonzero(is_first))
            holds = self._holding(self._scenario.trees.documents[key], day, len(worlds), gathered)
            for n, one in enumerate(holds):
                self._hit("passages", self._names.paper_passage(key, n), np.count_nonzero(one & is_first))

    def _asked(self, occurrence: Occurrence, worlds: Ints) -> None:
        now = occurrence.local.timestamp() / A_DAY
        self.pace.choices[worlds] += 1
        self.pace.gaps[worlds] = np.fmax(self.pace.gaps[worlds], now - self._last[worlds])
        self._last[worlds] = now

    def _reads(self, part: tuple[int, int], worlds: Ints, count: int) -> None:
        """Count a text, once a world: what a repeated scene has said before is not read again."""
        read = self._read.setdefault(part, np.zeros(self._count, bool))
        self.pace.words[worlds] += np.where(read[worlds], 0, count)
        read[worlds] = True
