"""The batch executor: thousands of worlds in one pass over the agenda, bit for bit what the engine plays one by one.

War is counted, not only drawn. An option that a weight-driven choice would take into nuclear war need not be drawn: the
world is split, its share of war is booked to the road it lies on, and the rest lives on with what weight is left. The
expectation is the same as by drawing, with far less noise, and the roads add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.scenario import FATE
from excomm_game.worlds.board import Board
from excomm_game.worlds.columns import Column, SceneColumns, either
from excomm_game.worlds.fate import mixed, pick, total
from excomm_game.worlds.standing import Columns, Ints
from excomm_game.worlds.terms import DELIBERATE, Luck, Plan
from excomm_game.worlds.watch import Watch

FULL = 16  # dead worlds are dropped from the columns once they are more than one in so many


class Block:
    """Some worlds on their way through the agenda. `counted` books war instead of drawing it."""

    def __init__(self, board: Board, school: str, start: Columns, plan: Plan, luck: Luck, *, counted: bool) -> None:
        self._board = board
        self._scenario = board.scenario
        self._plan = plan
        self._luck = luck
        self._watch: Watch | None = None
        self._counted = counted
        n = len(start.seeds)
        self._parameters: list[Column] = list(board.scenario.school_values(school))
        self._values: list[Column] = [*(values.copy() for values in start.values), *self._parameters]
        self._mixed = mixed(start.seeds.astype(np.uint64))
        self._seeds = start.seeds
        self._weights = start.weights.copy()
        self._ids = np.arange(n)
        self._joins = start.joins
        self._alive = np.ones(n, bool) if start.joins is None else np.zeros(n, bool)
        self._dead = self._position = 0
        self._waiting = 0 if start.joins is None else n
        self.endings = np.full(n, -1, np.int64)
        self.weights = np.zeros(n)
        self.booked = np.zeros((len(board.roads), n))

    def play(self, start: int, stop: int, watch: Watch | None = None) -> None:
        """Play every occurrence from one position up to another, and the close where that is the agenda's end.

        A watch is told of it all: of news too, and of options that change nothing.
        """
        self._watch = watch
        for occurrence in self._scenario.agenda[start:stop]:
            self._position = occurrence.position
            if self._waiting:
                self._join(occurrence.position)
            scene = self._scenario.trees.scenes[occurrence.scene]
            if (scene.options or watch is not None) and len(self._ids) > self._waiting:
                self._meet(occurrence, self._board.scene(occurrence.scene))
        if stop >= len(self._scenario.agenda):
            if self._waiting:
                self._join(stop)
            self._close()

    def standing(self) -> Columns:
        """Return the worlds that have joined and still go on."""
        self._drop_dead()
        here = self._alive.nonzero()[0]
        values = [self._values[slot].take(here) for slot in range(self._scenario.width)]
        return Columns(values, self._weights.take(here), self._seeds.take(here))

    def _join(self, position: int) -> None:
        """Let the worlds play on that begin here."""
        assert self._joins is not None
        begins = self._joins == position
        self._alive |= begins
        self._waiting -= int(np.count_nonzero(begins))

    # -- one occurrence

    def _meet(self, occurrence: Occurrence, scene: SceneColumns) -> None:
        arises = True if scene.when is None else scene.when(self._values, occurrence.day)
        if not isinstance(arises, np.ndarray):
            if not arises:
                return
            where = None if not self._dead + self._waiting else self._alive.nonzero()[0]
            if where is not None and not len(where):
                return
        else:
            if self._dead or self._waiting:
                arises = arises & self._alive
            count = np.count_nonzero(arises)
            if not count:
                return
            where = None if count == len(self._ids) else arises.nonzero()[0]
        if self._watch is not None:
            self._watch.met(occurrence, self._named(where), partial(self._gathered, where=where))
        if not scene.do:
            return
        if occurrence.seat == FATE and len(scene.do) == 1:
            self._take(occurrence, scene, 0, where)
        else:
            self._choose(occurrence, scene, where)
        if self._dead * FULL > len(self._ids):
            self._drop_dead()

    def _choose(self, occurrence: Occurrence, scene: SceneColumns, where: Ints | None) -> None:
        """Let every world take what the plan names where it is open; the rest go by the weights."""
        named = self._plan.named.get(occurrence.position)
        if named is not None:
            is_open = scene.opens[named](self._gathered(scene.reads, where), occurrence.day)
            if not isinstance(is_open, np.ndarray):
                if is_open:
                    self._take(occurrence, scene, named, where)
                    return
            else:
                self._take(occurrence, scene, named, _within(where, is_open))
                where = _within(where, ~is_open)
                if not len(where):
                    return
        gathered = self._gathered(scene.reads, where)
        leaning = self._plan.leaning.get(occurrence.position, (1.0,) * len(scene.do))
        if occurrence.seat in self._plan.at_random:
            opens = (is_open(gathered, occurrence.day) for is_open in scene.opens)
            weights = tuple(either(one, lean, 0) for one, lean in zip(opens, leaning, strict=True))
            self._draw(occurrence, scene, weights, where, is_sure=True)
            return
        if occurrence.position in self._plan.leaning:
            drawn = scene.weights(gathered, occurrence.day)
            weights = tuple(either(one > 0, lean, 0) for one, lean in zip(drawn, leaning, strict=True))
            self._draw(occurrence, scene, weights, where, is_sure=False)
            return
        weights, is_sure = scene.weights(gathered, occurrence.day), scene.has_weight
        is_spared = self._luck == "spared" and occurrence.seat == FATE
        if (self._counted or is_spared) and self._board.risky(occurrence.scene):
            weights = self._set_war_apart(occurrence, scene, weights, where, is_spared=is_spared)
            is_sure = False
        self._draw(occurrence, scene, weights, where, is_sure=is_sure)

    def _draw(
        self, occurrence: Occurrence, scene: SceneColumns, weights: Sequence[Column], where: Ints | None, *,
        is_sure: bool,
    ) -> None:  # fmt: skip
        """Draw in every world, and take what is drawn; `is_sure` says that weights never sum to next to nothing."""
        mixed_seeds = self._mixed if where is None else self._mixed.take(where)
        taken = pick(weights, mixed_seeds, occurrence.key, None if is_sure else scene.free)
        for k in range(len(weights)):
            if not self._is_idle(scene, k):
                chosen = (taken == k).nonzero()[0]
                if len(chosen):
                    self._take(occurrence, scene, k, chosen if where is None else where.take(chosen))

    def _set_war_apart(
        self, occurrence: Occurrence, scene: SceneColumns, weights: tuple[Column, ...], where: Ints | None, *,
        is_spared: bool,
    ) -> tuple[Column, ...]:  # fmt: skip
        """Return the weights without the options that end the world, and book those; under spared luck only leave out.

        Where nothing else has weight the world stops with its whole weight; under spared luck war is drawn after all.
        """
        rest, wars = list(weights), []
        for k in self._board.risky(occurrence.scene):
            ending = scene.do[k](self._gathered(scene.needs[k], where), occurrence.day)
            is_war = (weights[k] > 0) & self._board.is_nuclear[ending]
            if np.any(is_war):
                wars.append((k, ending, is_war))
                rest[k] = either(is_war, 0, weights[k])
        if not wars:
            return weights
        left, whole = total(rest), total(weights)
        if is_spared:
            return tuple(either(left > 0, one, other) for one, other in zip(rest, weights, strict=True))
        worlds = np.arange(len(self._ids)) if where is None else where
        held = self._weights[worlds]
        share = held / either(whole > 0, whole, 1)
        reached: Column = -1
        for k, ending, is_war in wars:
            reached = either(is_war, ending, reached)
            lost = share * either(is_war, weights[k], 0)
            self._book(self._board.pathway(occurrence, k), ending, worlds, lost)
        self._weights[worlds] = either(whole > 0, share * left, held)
        is_over = np.broadcast_to(np.asarray((left <= 0) & (whole > 0)), worlds.shape)
        if is_over.any():
            stopped = np.flatnonzero(is_over)
            self._end(worlds[stopped], np.broadcast_to(np.asarray(reached), worlds.shape)[stopped])
        return tuple(rest)

    def _book(self, pathway: str, ending: Column, worlds: Ints, lost: Column) -> None:
        """Book what worlds lose to war on a pathway, by the ending it leads to."""
        if not isinstance(ending, np.ndarray):
            self.booked[self._board.road(pathway, int(ending)), self._ids[worlds]] += lost
            return
        for place in np.unique(ending):
            if self._board.is_nuclear[place]:
                self.booked[self._board.road(pathway, int(place)), self._ids[worlds]] += np.where(
                    ending == place, lost, 0
                )

    def _take(self, occurrence: Occurrence, scene: SceneColumns, k: int, where: Ints | None) -> None:
        """Let worlds take option k, unless they have ended meanwhile."""
        if self._is_idle(scene, k):
            return
        if self._dead and where is not None:
            where = where[self._alive[where]]
        if where is not None and not len(where):
            return
        if self._watch is not None:
            self._watch.took(occurrence, k, self._named(where))
        values = self._gathered(scene.needs[k], where)
        ending = scene.do[k](values, occurrence.day)
        for slot in scene.sets[k]:
            if where is not None:
                self._values[slot][where] = values[slot]
            else:
                self._values[slot] = np.array(np.broadcast_to(values[slot], self._ids.shape), np.float64)
        worlds = np.arange(len(self._ids)) if where is None else where
        if isinstance(ending, np.ndarray):
            over = np.flatnonzero(ending >= 0)
            if not len(over):
                return
            worlds, ending = worlds[over], ending[over]
        elif ending < 0:
            return
        self._fall(self._board.pathway(occurrence, k), worlds, ending)

    def _fall(self, pathway: str, worlds: Ints, ending: Column) -> None:
        """End worlds; what ends in nuclear war is booked to its pathway."""
        endings = np.broadcast_to(np.asarray(ending, np.int64), worlds.shape)
        at_war = self._board.is_nuclear[endings]
        if at_war.any():
            lost = np.flatnonzero(at_war)
            self._book(pathway, endings[lost], worlds[lost], self._weights[worlds[lost]])
            self._weights[worlds[lost]] = 0
        self._end(worlds, endings)

    def _end(self, worlds: Ints, endings: Ints) -> None:
        ids = self._ids[worlds]
        if self._watch is not None:
            self._watch.ended(ids, endings, partial(self._gathered, where=worlds))
        self.endings[ids] = endings
        self.weights[ids] = self._weights[worlds]
        self._alive[worlds] = False
        self._dead += len(worlds)

    def _close(self) -> None:
        """End what still goes on when the agenda has run out."""
        self._drop_dead()
        if len(self._ids):
            self._fall(DELIBERATE, np.arange(len(self._ids)), self._board.close()(self._values))
            self._drop_dead()

    def _is_idle(self, scene: SceneColumns, k: int) -> bool:
        """Say whether an option needs no playing: it changes nothing, and nobody looks on."""
        return scene.is_inert[k] and self._watch is None

    # -- columns

    def _named(self, where: Ints | None) -> Ints:
        """Return the places in the block of some worlds, or of all that are left."""
        return self._ids if where is None else self._ids.take(where)

    def _gathered(self, slots: Sequence[int], where: Ints | None) -> list[Column]:
        """Return the values with the columns of these slots for some worlds, or for all."""
        if where is None:
            return list(self._values)
        gathered: list[Column] = [None] * self._scenario.width + self._parameters
        for slot in slots:
            if slot < self._scenario.width:
                gathered[slot] = self._values[slot].take(where)
        return gathered

    def _drop_dead(self) -> None:
        if not self._dead:
            return
        is_here = self._alive
        if self._waiting:
            assert self._joins is not None
            is_here = is_here | (self._joins > self._position)
        alive = np.flatnonzero(is_here)
        for slot in range(self._scenario.width):
            self._values[slot] = self._values[slot].take(alive)
        self._mixed, self._seeds, self._weights = self._mixed[alive], self._seeds[alive], self._weights[alive]
        self._ids = self._ids[alive]
        if self._joins is not None:
            self._joins = self._joins[alive]
        self._alive = self._alive[alive]
        self._dead = 0


def _within(where: Ints | None, test: NDArray[np.bool_]) -> Ints:
    """Return the places of a test's worlds among all."""
    places = np.flatnonzero(test)
    return places if where is None else where[places]
