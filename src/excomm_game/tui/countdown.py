"""The time for a choice, where an assignment gives one: it runs while the page is there, whatever stands over it."""

from __future__ import annotations

from time import monotonic

from excomm_game.engine.game import Game
from excomm_game.words.assigned import clock

SOON = 10
"""Seconds before the end at which it is said, wherever the player reads."""


class Countdown:
    """Counts from when a page was first shown; showing it again does not begin anew."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._began = 0.0
        self._turn = -1

    def begin(self) -> None:
        """Begin, unless the same choice is still awaited."""
        if self._turn != len(self._game.rows):
            self.restart()

    def restart(self) -> None:
        """Begin anew."""
        self._turn, self._began = len(self._game.rows), monotonic()

    def took(self) -> float:
        """Return how many seconds have passed."""
        return monotonic() - self._began

    def left(self) -> float | None:
        """Return how many seconds are left; None where no time runs."""
        asked = self._game.assignment
        return None if asked is None or asked.seconds is None else asked.seconds - self.took()

    def words(self) -> str:
        """Return what is left as a clock shows it; nothing where no time runs."""
        left = self.left()
        return "" if left is None else f"{clock(left)} left"
