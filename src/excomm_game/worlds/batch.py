"""The batch executor: thousands of worlds in one pass over the agenda, bit for bit what the engine plays one by one.

War is counted, not only drawn. An option that a weight-driven choice would take into nuclear war need not be drawn: the
world is split, its share of war is booked to the road it lies on, and the rest lives on with what weight is left. The
expectation is the same as by drawing, with far less noise, and the roads add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.scenario import DELIBERATE, FATE
from excomm_game.worlds import alone
from excomm_game.worlds.board import Board
from excomm_game.worlds.columns import SceneColumns
from excomm_game.worlds.ensemble import ALL, FULL, Ensemble, Where
from excomm_game.worlds.fate import Sums, Truths, pick, pick_with_care, summed
from excomm_game.worlds.printing import Column, anywhere, either
from excomm_game.worlds.standing import Columns, Ints
from excomm_game.worlds.terms import Luck, Plan
from excomm_game.worlds.watch import Watch


class Block(Ensemble):
    """Some worlds on their way through the agenda. `counted` books war instead of drawing it."""

    def __init__(self, board: Board, school: str, start: Columns, plan: Plan, luck: Luck, *, counted: bool) -> None:
        super().__init__(start, board.scenario.school_values(school))
        self._board = board
        self._scenario = board.scenario
        self._plan = plan
        self._luck = luck
        self._watch: Watch | None = None
        self._counted = counted
        n = len(start.seeds)
        self.endings = np.full(n, -1, np.int64)
        self.weights = np.zeros(n)
        self.booked = np.zeros((len(board.roads), n))

    def play(self, start: int, stop: int, watch: Watch | None = None) -> None:
        """Play every occurrence from one position up to another, and the close where that is the agenda's end.

        A watch is told of it all: of news too, and of options that change nothing.
        """
        self._watch = watch
        for occurrence in self._scenario.agenda[start:stop]:
            if self._waiting:
                self._join(occurrence.position)
            scene = self._scenario.trees.scenes[occurrence.scene]
            if (scene.options or watch is not None) and len(self._ids) > self._waiting:
                self._meet(occurrence, self._board.scene(occurrence.scene))
        if stop >= len(self._scenario.agenda):
            if self._waiting:
                self._join(stop)
            self._close()

    # -- one occurrence

    def _meet(self, occurrence: Occurrence, scene: SceneColumns) -> None:
        where = self._arising(occurrence, scene)
        if where is None:
            return
        if self._watch is not None:
            self._watch.met(occurrence, self._ids[where], partial(self._gathered, where=where))
        if not scene.do:
            return
        if not isinstance(where, slice) and len(where) <= alone.FEW and self._goes_by_weight(occurrence):
            for world in where.tolist():
                self._go_alone(occurrence, scene, world)
        elif occurrence.seat == FATE and len(scene.do) == 1:
            self._draw(occurrence, scene, where, ())
        else:
            self._choose(occurrence, scene, where)
        if self._dead * FULL > len(self._ids):
            self._drop_dead(occurrence.position)

    def _goes_by_weight(self, occurrence: Occurrence) -> bool:
        """Say whether nothing but the weights has a say in what is taken, and nobody looks on."""
        position = occurrence.position
        if self._watch is not None or occurrence.seat in self._plan.at_random:
            return False
        if position in self._plan.named or position in self._plan.leaning:
            return False
        return not self._sets_war_apart(occurrence)

    def _sets_war_apart(self, occurrence: Occurrence) -> bool:
        """Say whether war is counted or spared here, and not drawn like anything else."""
        return (self._counted or self._is_spared(occurrence)) and bool(self._board.risky(occurrence.scene))

    def _is_spared(self, occurrence: Occurrence) -> bool:
        """Say whether this is a draw by fate under spared luck."""
        return self._luck == "spared" and occurrence.seat == FATE

    def _go_alone(self, occurrence: Occurrence, scene: SceneColumns, world: int) -> None:
        """Let one world go by the weights."""
        k, ending = alone.go(self._one_by_one, occurrence, scene, self._mixed.item(world), world)
        if ending >= 0:
            self._fall(self._scenario.pathway(occurrence, k), np.array([world]), ending)

    def _arising(self, occurrence: Occurrence, scene: SceneColumns) -> Where | None:
        """Return the worlds in which an occurrence arises; None where it is none of them."""
        arises = True if scene.when is None else scene.when(self._values, occurrence.day)
        if isinstance(arises, np.ndarray):
            if self._dead or self._waiting:
                arises = arises & self._alive
        elif not arises:
            return None
        elif self._dead or self._waiting:
            arises = self._alive
        else:
            return ALL
        places = arises.nonzero()[0]
        if len(places) == len(self._ids):
            return ALL
        return places if len(places) else None

    def _choose(self, occurrence: Occurrence, scene: SceneColumns, where: Where) -> None:
        """Let every world take what the plan names where it is open; the rest go by the weights."""
        named = self._plan.named.get(occurrence.position)
        rest = where if named is None else self._follow(occurrence, scene, named, where)
        if rest is None:
            return
        asked = self._values, rest, occurrence.day
        dice = self._mixed[rest], self._board.keys[occurrence.position]
        if occurrence.seat in self._plan.at_random:
            leaning = self._plan.leaning.get(occurrence.position, (1.0,) * len(scene.do))
            opens = (is_open(*asked) for is_open in scene.opens)
            past = pick(summed([either(one, lean, 0) for one, lean in zip(opens, leaning, strict=True)]), *dice)
        elif occurrence.position in self._plan.leaning:
            leaning = self._plan.leaning[occurrence.position]
            leant = [either(one > 0, lean, 0) for one, lean in zip(scene.weights(*asked), leaning, strict=True)]
            past = pick_with_care(leant, *dice, scene.free)
        elif self._sets_war_apart(occurrence):
            dead = self._dead
            weights, sums = self._set_war_apart(occurrence, scene, scene.weights(*asked), rest)
            if self._board.has_rest(occurrence.scene):
                past = pick(sums, *dice)
            else:
                past = pick_with_care(weights, *dice, scene.free)
            if self._dead > dead:
                lives = self._alive[rest]
                rest, past = self._places(rest)[lives], [one[lives] for one in past]
                if not len(rest):
                    return
        elif scene.has_weight:
            past = pick(scene.sums or summed(scene.weights(*asked)), *dice)
        else:
            past = pick_with_care(scene.weights(*asked), *dice, scene.free)
        self._draw(occurrence, scene, rest, past)

    def _follow(self, occurrence: Occurrence, scene: SceneColumns, named: int, where: Where) -> Where | None:
        """Take what the plan names in the worlds where it is open, and return the others, or None if there are none."""
        is_open = scene.opens[named](self._values, where, occurrence.day)
        if not isinstance(is_open, np.ndarray):
            is_open = np.full(len(self._ids[where]), is_open)
        taking, rest = self._among(where, is_open), self._among(where, ~is_open)
        if taking is not None and named in self._played(scene):
            self._take(occurrence, scene, named, taking)
        return rest

    def _draw(self, occurrence: Occurrence, scene: SceneColumns, where: Where, past: Sequence[Truths]) -> None:
        """Let every world take what was picked in it: what is past a sum is past all before it."""
        last = len(past)
        if not last:
            for k in self._played(scene):
                self._take(occurrence, scene, k, where)
            return
        for k in self._played(scene):
            here = ~past[0] if k == 0 else past[-1] if k == last else past[k - 1] ^ past[k]
            places = here.nonzero()[0]
            if len(places):
                self._take(occurrence, scene, k, places if isinstance(where, slice) else where[places])

    def _set_war_apart(
        self, occurrence: Occurrence, scene: SceneColumns, weights: Sequence[Column], where: Where
    ) -> tuple[Sequence[Column], Sums]:  # fmt: skip
        """Return the weights, and their sums, without the options that end the world; book those.

        Under spared luck they are only left out.

        Where nothing else has weight the world stops with its whole weight; under spared luck war is drawn after all.
        """
        rest, wars = list(weights), []
        for k in self._board.risky(occurrence.scene):
            ending = scene.look[k](self._values, where, occurrence.day)
            is_war = (weights[k] > 0) & self._board.is_nuclear[ending]
            if anywhere(is_war):
                wars.append((k, ending, is_war))
                rest[k] = either(is_war, 0, weights[k])
        sums = summed(weights)
        if not wars:
            return weights, sums
        whole, sums = sums[-1], summed(rest)
        left = sums[-1]
        if self._is_spared(occurrence):
            spared = [either(left > 0, one, other) for one, other in zip(rest, weights, strict=True)]
            return spared, summed(spared)
        worlds, held = self._places(where), self._weights[where]
        share = held / (whole if scene.has_weight else either(whole > 0, whole, 1))
        for k, ending, is_war in wars:
            lost = share * (is_war * weights[k])
            self._book(self._scenario.pathway(occurrence, k), ending, worlds, lost)
        kept = share * left
        self._weights[where] = kept if scene.has_weight else either(whole > 0, kept, held)
        if not self._board.has_rest(occurrence.scene):
            self._stop(worlds, (left <= 0) & (whole > 0), wars)
        return rest, sums

    def _stop(self, worlds: Ints, is_over: Column, wars: Sequence[tuple[int, Column, Column]]) -> None:
        """End worlds to which nothing but war was open."""
        stopped = np.broadcast_to(np.asarray(is_over), worlds.shape).nonzero()[0]
        if not len(stopped):
            return
        reached: Column = -1
        for _, ending, is_war in wars:
            reached = either(is_war, ending, reached)
        self._end(worlds[stopped], np.broadcast_to(np.asarray(reached), worlds.shape)[stopped])

    def _book(self, pathway: str, ending: Column, worlds: Ints, lost: Column) -> None:
        """Book what worlds lose to war on a pathway, by the ending it leads to."""
        if not isinstance(ending, np.ndarray):
            self.booked[self._board.road(pathway, int(ending)), self._ids[worlds]] += lost
            return
        for place in np.bincount(ending + 1).nonzero()[0] - 1:
            if self._board.is_nuclear[place]:
                self.booked[self._board.road(pathway, int(place)), self._ids[worlds]] += np.where(
                    ending == place, lost, 0
                )

    def _take(self, occurrence: Occurrence, scene: SceneColumns, k: int, where: Where) -> None:
        """Let worlds, all alive, take option k."""
        if self._watch is not None:
            self._watch.took(occurrence, k, self._ids[where])
        ending = scene.do[k](self._values, where, occurrence.day)
        if isinstance(ending, np.ndarray):
            over = ending >= 0
            worlds = self._among(where, over)
            if worlds is not None:
                self._fall(self._scenario.pathway(occurrence, k), self._places(worlds), ending[over])
        elif ending >= 0:
            self._fall(self._scenario.pathway(occurrence, k), self._places(where), ending)

    def _fall(self, pathway: str, worlds: Ints, ending: Column) -> None:
        """End worlds; what ends in nuclear war is booked to its pathway."""
        endings = ending if isinstance(ending, np.ndarray) else np.full(len(worlds), ending)
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
        self._leave(worlds)

    def _close(self) -> None:
        """End what still goes on when the agenda has run out."""
        worlds = self._alive.nonzero()[0]
        if len(worlds):
            ending = self._board.close(self._values)
            self._fall(DELIBERATE, worlds, ending[worlds] if isinstance(ending, np.ndarray) else ending)

    def _played(self, scene: SceneColumns) -> Sequence[int]:
        """Return the options that need playing: those that change something, or all if somebody looks on."""
        return scene.biting if self._watch is None else range(len(scene.do))
