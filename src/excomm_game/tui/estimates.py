"""The estimate beside the page: worked out in the background, shown when it is there, kept for the line so far."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from excomm_game.words.figures import about_estimate, estimated, percent

if TYPE_CHECKING:
    from excomm_game.engine.game import Game
    from excomm_game.worlds.risk import Figure

LAST = 8  # estimates that are shown in one line among others
BARS = "▁▂▃▄▅▆▇█"
SHOWN = 13
ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="estimate")
FULL = 0.3  # the risk that fills a bar of the line, unless a higher one stands in it


class Estimates:
    """What the model made of each moment of a game, by seat and by how many choices had been made."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._made: dict[tuple[str, int], Figure | None] = {}

    def is_known(self, seat: str) -> bool:
        """Say whether this moment has been estimated."""
        return (seat, len(self._game.choices)) in self._made

    def question(self, seat: str) -> Callable[[], Callable[[], None]]:
        """Return what works the estimate of this moment out, in any thread; what it returns keeps it."""
        scenario, state, choices = self._game.scenario, self._game.state, tuple(self._game.choices)

        def work() -> Callable[[], None]:
            from excomm_game.worlds.estimate import TABLE_WORLDS, estimate

            made = estimate(scenario, state, choices, seat, TABLE_WORLDS)
            return lambda: self._made.__setitem__((seat, len(choices)), made)

        return work

    async def work_out(self, question: Callable[[], Callable[[], None]]) -> None:
        """Work an estimate out beside the play and keep it; one that is given up before its turn is never begun."""
        keep = await asyncio.get_running_loop().run_in_executor(ONE_AT_A_TIME, question)
        keep()

    def told(self, seat: str) -> Told | None:
        """Return the last estimate of a seat, which may be of a moment ago; None while there is none."""
        now = len(self._game.choices)
        line = [one for (whose, n), one in sorted(self._made.items()) if one and whose == seat and n <= now]
        return Told(line[-1], tuple(one.p for one in line[-SHOWN:]), self.school()) if line else None

    def school(self) -> str:
        """Return whose assumptions these are."""
        return self._game.scenario.assumptions(self._game.header.school).partition(":")[0]

    def about(self) -> str:
        """Say what the estimate is, and what it is not."""
        from excomm_game.worlds.estimate import TABLE_WORLDS

        return about_estimate(TABLE_WORLDS, self._game.scenario, self._game.header.school)


class Told(NamedTuple):
    """An estimate as it is shown: the figure, the line of those before it, and whose assumptions it rests on."""

    figure: Figure
    line: tuple[float, ...]
    school: str

    def words(self) -> str:
        """Return it in words and digits."""
        return estimated(self.figure.p)

    def bars(self) -> str:
        """Return the line of estimates so far, one sign each."""
        top = max(FULL, *self.line) if self.line else FULL
        return "".join(BARS[min(len(BARS) - 1, int(one / top * len(BARS)))] for one in self.line)

    def lines(self) -> list[Content]:
        """Return it for the column beside the page."""
        return [
            Content.styled("── The model's estimate ──", "$quiet"),
            Content(self.words()),
            Content.assemble((self.bars(), "$new"), (f"  by {self.school}  (e)", "$quiet")),
        ]

    def line_of_text(self) -> Content:
        """Return it for one line among others, in digits alone."""
        said = f"nuclear war {percent(self.figure.p)} "
        return Content.assemble(("Estimate ", "$quiet"), said, (self.bars()[-LAST:], "$new"))
