"""Looking on while worlds are played: what each meets, takes and ends with, for whoever counts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from excomm_game.engine.agenda import Occurrence
from excomm_game.worlds.printing import Column
from excomm_game.worlds.standing import Ints

Gathered = Callable[[Sequence[int]], list[Column]]
"""Returns the values with the columns of some slots for the worlds that are spoken of; only to be read."""


class Watch(Protocol):
    """Is told what happens, and changes nothing. Worlds are places in their block."""

    def met(self, occurrence: Occurrence, worlds: Ints, gathered: Gathered) -> None:
        """Hear that an occurrence, which may be news, arises in worlds, with the values before it."""

    def took(self, occurrence: Occurrence, option: int, worlds: Ints) -> None:
        """Hear that worlds take an option."""

    def ended(self, worlds: Ints, endings: Ints, gathered: Gathered) -> None:
        """Hear how worlds end, with the values they end with."""
