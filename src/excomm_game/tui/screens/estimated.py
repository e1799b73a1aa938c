"""A chair in play with the model's estimate of the risk beside the page, where it is wanted and allowed."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from excomm_game.engine.game import Game
from excomm_game.tui.estimates import Estimates, Told
from excomm_game.tui.screens.dialogs import Notice
from excomm_game.tui.screens.seat import SeatScreen


class EstimatedScreen(SeatScreen):
    """Has the risk estimated at each turn of its seat, and shows it when it is there; nobody waits for it."""

    def __init__(self, game: Game) -> None:
        super().__init__()
        self.game = game
        self.seat = ""
        self.estimates = Estimates(game)

    @property
    def shows_estimate(self) -> bool:
        """Whether the player wants an estimate, and the assignment, if there is one, shows any."""
        asked = self.game.assignment
        return self.excomm.settings.estimate and (asked is None or asked.estimate)

    def estimate_risk(self) -> None:
        """Begin to work this moment's estimate out, where it is the seat's turn and there is none yet."""
        awaited = self.game.awaited
        is_turn = awaited is not None and awaited.seat == self.seat and not self.game.is_free_back()
        if is_turn and self.shows_estimate and not self.estimates.is_known(self.seat):
            self.run_worker(self._estimate(self.estimates.question(self.seat)), group="estimate", exclusive=True)

    async def _estimate(self, question: Callable[[], Callable[[], None]]) -> None:
        await self.estimates.work_out(question)
        if self.view is not None and self.is_drawn:
            self.show_situation()

    def beside(self) -> list[Content]:
        """Return the estimate in one line."""
        told = self._told()
        return [told.line_of_text()] if told else []

    def between(self) -> list[Content]:
        """Return the estimate with the line of those before it."""
        told = self._told()
        return told.lines() if told else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open now: the estimate is explained where it is shown."""
        if action == "estimate":
            return self.view is not None and self.shows_estimate
        return super().check_action(action, parameters)

    def action_estimate(self) -> None:
        """Say what the estimate is."""
        told = self._told()
        heading = f"The model's estimate: {told.words()}" if told else "The model's estimate is not there yet"
        self.app.push_screen(Notice(self.estimates.about(), heading))

    def _told(self) -> Told | None:
        return self.estimates.told(self.seat) if self.shows_estimate else None
