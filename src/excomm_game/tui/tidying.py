"""When garbage is looked for: in a moment in which nothing is typed, so that no key waits until it is found."""

from __future__ import annotations

import asyncio
import gc

MOMENT = 0.02  # seconds


class Tidying:
    """Has the interpreter look for garbage while the person reads.

    What a game is made of stays until it is left, and is not looked through again and again meanwhile: that takes a
    tenth of a second, what a step leaves behind a tenth of that. Unasked, it would happen while a step is painted.
    """

    def __init__(self) -> None:
        self._soon: asyncio.TimerHandle | None = None
        self._is_settled = False
        self._is_in_game = False
        self._has_left = False

    def enter(self) -> None:
        """Note that a game is opened."""
        self._is_in_game = True
        self._is_settled = False

    def leave(self) -> None:
        """Note that a game is left, where one was open: then all is looked through once more."""
        if self._is_in_game:
            gc.unfreeze()
            self._is_in_game = self._is_settled = False
            self._has_left = True

    def soon(self) -> None:
        """Look for garbage in a moment, if there may be some."""
        self.later()
        if not self._is_settled or gc.get_count()[2]:
            self._soon = asyncio.get_running_loop().call_later(MOMENT, self._tidy)

    def later(self) -> None:
        """Look for no garbage now: something is typed."""
        if self._soon is not None:
            self._soon.cancel()

    def _tidy(self) -> None:
        if self._is_settled or self._has_left:
            gc.collect()
            self._has_left = False
        if not self._is_settled:
            gc.freeze()
            self._is_settled = True
