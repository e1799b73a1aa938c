"""Worlds cut into blocks that fit the cache, and put together again; the cut changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from excomm_game.worlds.batch import Block
from excomm_game.worlds.board import Board
from excomm_game.worlds.standing import Columns, Played
from excomm_game.worlds.terms import Luck, Plan

BLOCK = 20_480
ROOM = 4_000_000
"""A piece of memory so large, asked for and given back, has the C library keep smaller ones for what comes next.

It would give each column of doubles back to the system, and have it made anew, a zero at a time, for the next.
"""


def play(
    board: Board, school: str, start: Columns, plan: Plan, positions: tuple[int, int], luck: Luck = "drawn", *,
    counted: bool = True,
) -> Played:  # fmt: skip
    """Play worlds between two positions of the agenda, in blocks that fit the cache; the cut changes nothing."""
    blocks, stands = [], []
    if len(start.seeds) * 2 > BLOCK:
        np.empty(ROOM)
    for first in range(0, max(1, len(start.seeds)), BLOCK):
        cut = slice(first, first + BLOCK)
        joins = None if start.joins is None else start.joins[cut]
        part = Columns([values[cut] for values in start.values], start.weights[cut], start.seeds[cut], joins)
        block = Block(board, school, part, plan, luck, counted=counted)
        block.play(*positions)
        blocks.append(block)
        stands.append(block.standing())
    return Played(
        board.roads,
        _joined([block.endings for block in blocks]),
        _joined([block.weights for block in blocks]),
        _joined([block.booked for block in blocks]),
        Columns(
            [_joined(parts) for parts in zip(*(one.values for one in stands), strict=True)],
            _joined([one.weights for one in stands]),
            _joined([one.seeds for one in stands]),
        ),
    )


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Put the parts of an array end to end along its worlds; one alone is not copied."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)
