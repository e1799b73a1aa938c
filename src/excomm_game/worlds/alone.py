"""A few worlds out of many, one at a time: over so few, plain numbers are quicker than columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from excomm_game.engine import fate
from excomm_game.engine.agenda import Occurrence
from excomm_game.worlds.columns import SceneColumns
from excomm_game.worlds.printing import Column, plain

FEW = 8
"""The most worlds that go one at a time."""


class OneByOne(dict[int, Any]):
    """The columns of many worlds, by slot, as plain numbers by the place of a world; made when first asked for."""

    def __init__(self, values: list[Column]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, slot: int) -> Any:
        values = self._values[slot]
        made = self[slot] = values.data if isinstance(values, np.ndarray) else plain(values)
        return made


def go(values: OneByOne, occurrence: Occurrence, scene: SceneColumns, mixed_seed: int, world: int) -> tuple[int, int]:
    """Let a world take what its weights and its seed say, as the engine would.

    Returns the option and the place of the ending it brings, or -1.
    """
    k = 0
    if len(scene.do) > 1:
        weights = scene.weights_of_one(values, world, occurrence.day)
        k = fate.pick(weights, fate.uniform(mixed_seed, occurrence.key), scene.free)
    return k, scene.do_of_one[k](values, world, occurrence.day)
