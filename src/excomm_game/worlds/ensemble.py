"""Worlds side by side: what each of them holds, which have begun, and which still go on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from excomm_game.worlds.alone import OneByOne
from excomm_game.worlds.fate import Truths, mixed
from excomm_game.worlds.printing import Column
from excomm_game.worlds.standing import Columns, Ints

FULL = 16  # dead worlds are dropped from the columns once they are more than one in so many

Where = Ints | slice
"""The places of worlds among the columns: some of them, at least one, or ALL."""
ALL = slice(None)


class Ensemble:
    """The columns of worlds that are played together; an id tells where a world was among them when they began."""

    def __init__(self, start: Columns, parameters: Sequence[Column]) -> None:
        n = len(start.seeds)
        self._width = len(start.values)
        self._parameters = list(parameters)
        self._values: list[Column] = [*(values.copy() for values in start.values), *parameters]
        self._one_by_one = OneByOne(self._values)
        self._mixed = mixed(start.seeds.astype(np.uint64))
        self._seeds = start.seeds
        self._weights = start.weights.copy()
        self._ids = np.arange(n)
        self._joins = start.joins
        self._alive = np.ones(n, bool) if start.joins is None else np.zeros(n, bool)
        self._dead = 0
        self._waiting = 0 if start.joins is None else n

    def standing(self) -> Columns:
        """Let all worlds go but those that have begun and still go on; return them."""
        self._keep(self._alive)
        return Columns(self._values[: self._width], self._weights, self._seeds)

    def _join(self, position: int) -> None:
        """Let the worlds play on that begin here."""
        assert self._joins is not None
        begins = self._joins == position
        self._alive |= begins
        self._waiting -= int(np.count_nonzero(begins))

    def _leave(self, worlds: Ints) -> None:
        """Let worlds stop where they are."""
        self._alive[worlds] = False
        self._dead += len(worlds)

    def _drop_dead(self, position: int) -> None:
        """Take the worlds that have stopped out of the columns; those that begin after a position stay."""
        is_here = self._alive
        if self._waiting:
            assert self._joins is not None
            is_here = is_here | (self._joins > position)
        self._keep(is_here)

    def _keep(self, kept: Truths) -> None:
        """Take all other worlds out of the columns."""
        places = kept.nonzero()[0]
        for slot in range(self._width):
            self._values[slot] = self._values[slot].take(places)
        self._mixed, self._seeds, self._weights = self._mixed[places], self._seeds[places], self._weights[places]
        self._ids, self._alive = self._ids[places], self._alive[places]
        if self._joins is not None:
            self._joins = self._joins[places]
        self._dead = 0
        self._one_by_one.clear()

    def _among(self, where: Where, test: Truths) -> Where | None:
        """Return those of some worlds in which a test holds; None where it holds in none."""
        places = test.nonzero()[0]
        if not len(places):
            return None
        return places if isinstance(where, slice) else where[places]

    def _places(self, where: Where) -> Ints:
        """Return the places of worlds among the columns, where ALL is no answer."""
        return np.arange(len(self._ids)) if isinstance(where, slice) else where

    def _gathered(self, slots: Sequence[int], where: Where) -> list[Column]:
        """Return the values with the columns of these slots for some worlds, for somebody who looks on."""
        gathered: list[Column] = [None] * self._width + self._parameters
        for slot in slots:
            if slot < self._width:
                gathered[slot] = self._values[slot][where]
        return gathered
