"""The table: the page before a leader, the council, the choices; and what came of each choice."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from excomm_game.engine.dossier import Dossier, Viewing, after_choice, dossier
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.game import MAX_REASON
from excomm_game.engine.reader import Way
from excomm_game.tui import sheets, ways
from excomm_game.tui.archive import Sitting
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.countdown import SOON, Countdown
from excomm_game.tui.screens.base import Help, Less, More, Palette, WriteText
from excomm_game.tui.screens.desk import GO_ON, TURN_OVER, Desk
from excomm_game.tui.screens.dialogs import Ask, Commit, Commitment, Notice
from excomm_game.tui.screens.handover import HandOver
from excomm_game.tui.screens.orders import Again, Estimate, Leave, Sources, Take, TakeBack
from excomm_game.tui.screens.seat import LOOKS
from excomm_game.tui.widgets.menu import Menu
from excomm_game.words.assigned import rules


class Table(Desk):
    """A game in play, as the seat sees it whose turn it is."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (
        Take, *LOOKS, More, Less, Again, Sources, Estimate, TakeBack, WriteText, Help, Palette, Leave,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ORDERS), Binding("enter", "read_first", show=False)]
    ABOUT = (
        "You sit in one chair. The text is what that chair could read at that hour; enter reads on in it until you "
        "mark an option. Type an option's number to mark it, then enter (or the number again) to take it. A dash "
        "before an option says that it is closed, and why."
    )

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting.game)
        self.sitting = sitting
        self.heard: dict[str, int] = {}
        self.weighed: tuple[Way, Commit] | None = None
        self.since: dict[str, list[sheets.Block]] = {}
        self.countdown = Countdown(self.game)

    async def arrive(self) -> None:
        """Sit down."""
        await super().arrive()
        if self.sitting.doubts:
            self.excomm.say("\n".join(self.sitting.doubts))
        asked = self.game.assignment
        if asked is None or self.game.awaited is None:
            await self.sit()
            return
        if asked.seconds is not None:
            self.set_interval(1.0, self._tick)
        self.app.push_screen(Notice("\n".join(rules(asked)), asked.title), lambda _: self.sit())

    # -- whose turn it is

    async def sit(self) -> None:
        """Turn to whoever is awaited: the same seat, another behind a hand-over, or nobody any more."""
        awaited = self.game.awaited
        if awaited is None:
            self.excomm.show_ending(self.sitting)
        elif awaited.seat != self.seat and len(self.game.people) > 1:
            await self._hide()
            label = self.game.scenario.draft.seats[awaited.seat].label
            self.app.push_screen(HandOver(label, is_first=not self.seat), self._sat_down)
        else:
            self.seat = awaited.seat
            await self.tell()

    async def _sat_down(self, is_there: bool | None) -> None:
        awaited = self.game.awaited
        if not is_there or awaited is None:
            self.action_leave()
            return
        self.seat = awaited.seat
        await self.tell()

    async def _hide(self) -> None:
        """Clear everything one person must not see of another's."""
        self.app.clear_notifications()
        self.view = self.page = None
        self.clear()

    # -- showing

    async def tell(self, came: list[sheets.Block] | None = None) -> None:
        """Show what came of the last choice and what reached the seat since; with neither, the page."""
        view = self._look()
        last_own = max((n for n, item in enumerate(view.told, start=1) if item.own), default=0)
        items = [item for item in view.told[self.heard.get(self.seat, last_own) :] if not item.own]
        self.heard[self.seat] = len(view.told)
        blocks = [*(came or []), *sheets.news(view, items), *self.since.pop(self.seat, [])]
        if not blocks or (came and not items and self.game.is_free_back()):
            await self.show_page()
            return
        self.page = None
        title = "What came of it" if came else "What has reached you"
        self.lay(title, blocks, [self.onward(GO_ON)])

    async def show_page(self, *, whole: bool = False) -> None:
        """Show the scene that awaits this seat."""
        view = self._look()
        self.page = shown = view.page
        assert shown is not None
        before = [item for item in view.told if item.own and item.at == shown.at] if self.game.is_free_back() else []
        blocks = [*sheets.so_far(before), *sheets.page(view, shown, whole=whole)]
        self.countdown.begin()
        self.lay(shown.title, blocks, [ways.line(way) for way in shown.ways])

    def _look(self) -> Dossier:
        self.view = view = dossier(self.game, self.seat)
        return view

    # -- choosing

    @on(OptionList.OptionSelected, "#choices")
    async def chosen(self, event: OptionList.OptionSelected) -> None:
        """Read on, go on, turn to whoever is awaited, or ask whether the option stands."""
        event.stop()
        if event.option_id in (GO_ON, TURN_OVER) and self.check_action("more", ()):
            self.action_more()
        elif event.option_id == GO_ON:
            await self.show_page()
        elif event.option_id == TURN_OVER:
            await self.sit()
        elif (way := self.way(event.option_id)) is not None:
            commit = Commit(way.label, way.text, MAX_REASON, is_needed=self.game.needs_reason())
            self.weighed = way, commit
            self.app.push_screen(commit, lambda answer: self._commit(way, answer))

    async def _commit(self, way: Way, answer: Commitment | None, said: str = "You chose") -> None:
        self.weighed = None
        if answer is None or self.view is None:
            return
        heard, n = len(self.view.told), len(self.game.choices) + 1
        try:
            rows = self.game.choose(way.id, answer.reason or None, round(self.countdown.took(), 1))
        except ExcommError as error:
            self.app.push_screen(Notice(str(error)))
            return
        self.excomm.keep(self.sitting, rows)
        await self._follow(heard, n, said)

    async def _follow(self, heard: int, n: int, said: str) -> None:
        """Show what came of choice n to somebody who had been told so many things before."""
        seat, view = self.seat, self._look()
        by_choice, since = after_choice(self.game, seat, n)
        own = next((item for item in view.told[heard:] if item.own), None)
        came = [*(sheets.chosen(own, said) if own else []), *sheets.moves("What changed", by_choice)]
        self.since[seat] = sheets.moves("Since then", since)
        awaited = self.game.awaited
        if awaited is not None and awaited.seat == seat:
            await self.tell(came)
        else:
            news = [item for item in view.told[heard:] if not item.own] if awaited is None else []
            self.view = Viewing(self.game, seat).at(n)
            await self._show_last([*came, *sheets.news(view, news)])

    async def _show_last(self, came: list[sheets.Block]) -> None:
        """Show what came of a choice to somebody whose turn is over, amid what was so then: nothing later is told."""
        self.page = None
        self.lay("What came of it", came, [self.onward(TURN_OVER)])

    # -- the time for a choice

    def question(self) -> str:
        """Return what stands over the choices: the question, and the time that is left for it."""
        asked = "What will you do? Type a number."
        return "   ".join(part for part in (asked, self.countdown.words()) if part) if self.page else ""

    def _tick(self) -> None:
        """Show the time that is left; when it is over, let the odds decide."""
        left = self.countdown.left()
        if self.page is None or left is None or not self.is_drawn:
            return
        if self.excomm.unsaved is not None:  # no time runs while that is asked
            self.countdown.restart()
            return
        self.query_one(Menu).entitle(self.question())
        if left <= 0:
            reasoned = self._reasoned()
            self.excomm.come_back_to(self, lambda: self._run_out(reasoned))
        elif SOON - 1 < left <= SOON:
            self.excomm.say(f"{SOON} seconds are left for this choice.")

    def _reasoned(self) -> tuple[Way, str] | None:
        """Return the option that a reason is being written for, and the reason; None where there is none."""
        if self.weighed is None or not self.weighed[1].is_attached:
            return None
        way, commit = self.weighed
        return (way, commit.so_far()) if commit.so_far() else None

    async def _run_out(self, reasoned: tuple[Way, str] | None) -> None:
        """Take what a reason was being written for, or let the odds decide; unless a choice was made meanwhile."""
        left = self.countdown.left()
        self.weighed = None
        if self.page is None or self.view is None or left is None or left > 0:
            return
        if reasoned is not None:
            way, reason = reasoned
            await self._commit(way, Commitment(reason), "Your time ran out, and your reason stands. You chose")
            return
        heard, n = len(self.view.told), len(self.game.choices) + 1
        self.excomm.keep(self.sitting, self.game.let_time_run_out())
        await self._follow(heard, n, "Your time ran out. The odds took")

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open now."""
        page = self.page
        if action == "again":
            return page is not None and page.fresh != page.text
        if action == "sources":
            return page is not None and bool(page.sources)
        if action == "take_back":
            return self.game.last_own() is not None and (len(self.game.people) == 1 or self.game.is_free_back())
        return super().check_action(action, parameters)

    async def action_again(self) -> None:
        """Show the page whole."""
        await self.show_page(whole=True)

    def action_sources(self) -> None:
        """Say where the scene comes from."""
        if self.page is not None:
            self.app.push_screen(Notice("\n".join(self.page.sources), "Sources of this scene"))

    async def action_take_back(self) -> None:
        """Take the last choice back: at once inside a sitting, else after a question, if an assignment lets one."""
        asked = self.game.assignment
        if self.game.is_free_back() or (asked is not None and not asked.takebacks):
            await self._back(is_yes=True)
            return
        question = "Take back your last choice, and all that followed from it? It is kept in the save, and counted."
        self.app.push_screen(
            Ask(question, "take it back", "let it stand"), lambda is_yes: self._back(is_yes=bool(is_yes))
        )

    async def _back(self, *, is_yes: bool) -> None:
        n = self.game.last_own()
        if not is_yes or n is None:
            return
        try:
            rows = self.game.back(n)
        except ExcommError as error:
            self.excomm.refuse(str(error))
            return
        self.excomm.keep(self.sitting, rows)
        self.since.clear()
        awaited = self.game.awaited
        assert awaited is not None
        self.seat = awaited.seat
        view = self._look()
        self.heard[self.seat] = min(self.heard.get(self.seat, 0), len(view.told))
        self.excomm.say("Your last choice is taken back.")
        await self.show_page()

    def action_leave(self) -> None:
        """Let go of the save and go back to the title."""
        self.excomm.go_to_title()
