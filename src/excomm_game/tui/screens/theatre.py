"""The replay theatre: the same table, read-only, by step or by day, beside what 1962 did."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from excomm_game.tui import sheets
from excomm_game.tui.archive import Recording
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.reel import Frame, Reel, notes_lines
from excomm_game.tui.screens.base import Less, Palette, WriteText
from excomm_game.tui.screens.dialogs import Ask, WriteLine
from excomm_game.tui.screens.saves import compare_with_another
from excomm_game.tui.screens.seat import LOOKS, SeatScreen
from excomm_game.tui.screens.transport import MOVES, USES, HelpHere, Leave
from excomm_game.tui.settings import PACES
from excomm_game.tui.widgets.sheet import DrawnPane
from excomm_game.tui.wrapping import wrapped

MAX_NOTE = 4_000
SHORTEST_LINE = 16


class Theatre(SeatScreen):
    """Shows a recorded game frame by frame. An unfinished game shows no more than its own seat was told."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (
        *MOVES, *USES, Less, *LOOKS, WriteText, HelpHere, Palette, Leave,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)
    ABOUT = (
        "A recorded game, step by step. ▸ marks what was taken, ◇ 1962 what was done then. Percentages are the odds of "
        "what chance or a simulated chair could have taken."
    )

    def __init__(self, recording: Recording, pace: float, within: range | None = None, *, reveal: bool = False) -> None:
        super().__init__()
        self.recording = recording
        self.reel = Reel(recording.game, is_open=reveal)
        self.notes = dict(recording.notes)
        self.pace = pace
        self.eyes = self.reel.eyes[0]
        self.within = within or range(len(recording.game.choices) + 1)
        self.steps = self._steps()
        self.place = 0
        self.with_1962 = True
        self.timer: Timer | None = None
        self.frame: Frame | None = None

    def body(self) -> ComposeResult:
        """Compose the table without its choices, and the transport line."""
        yield from super().body()
        yield DrawnPane(id="taken")
        yield Static(id="transport")

    async def arrive(self) -> None:
        """Show the first frame."""
        if self.recording.doubts:
            self.excomm.say("\n".join(self.recording.doubts))
        await self.show()

    def _steps(self) -> list[int]:
        """Return the frames these eyes see of the choices asked for; the end belongs to the last choice."""
        last = len(self.recording.game.choices)
        steps = [n for n in self.reel.steps(self.eyes) if min(n, last) in self.within]
        return steps or [min(self.within.start, last)]

    async def show(self) -> None:
        """Show the frame where the cursor stands."""
        with self.app.batch_update():
            await self._show_frame()

    async def _show_frame(self) -> None:
        n = self.steps[self.place]
        before = self.steps[self.place - 1] if self.place else -1
        self.frame = frame = self.reel.frame(n, before, self.eyes, with_1962=self.with_1962)
        self.view, self.page = frame.view, frame.view.page
        taken = self.query_one("#taken", DrawnPane)
        taken.entitle(frame.chair)
        lines = [*frame.ways, *notes_lines(self.notes, n)]
        taken.show_drawn(lambda width: wrapped(lines, width))
        self._show_transport()
        self.show_sheet(frame.title, frame.blocks)

    def _show_transport(self) -> None:
        """Draw where in the game this is, whose eyes these are, and whether it runs."""
        last = len(self.steps) - 1
        at = "opening" if not self.place else f"step {self.place} of {last}"
        runs = "▷ running" if self.timer else "▫ still"
        words = f"  {at} · {runs}, {self.pace:g} s a step · eyes: {self.reel.label(self.eyes)}"
        if len(words) + SHORTEST_LINE > self.size.width:
            words = f"  {self.place}/{last} {runs[0]} {self.pace:g} s · {self.reel.label(self.eyes)}"
        room = max(4, self.size.width - len(words) - 3)
        filled = round(self.place / last * room) if last else room
        line = Content.assemble(("━" * filled, "$new"), ("╸", "bold $new"), ("─" * (room - filled), "$rule"), words)
        self.query_one("#transport", Static).update(line, layout=False)

    async def on_resize(self) -> None:
        """Draw the transport line anew."""
        self._show_transport()

    def written(self) -> tuple[str, str] | None:
        """Return the frame as text."""
        frame = self.frame
        if frame is None:
            return None
        ways = "\n".join(way.plain.rstrip() for way in frame.ways)
        note = f"\nNote: {self.notes[frame.n]}\n" if frame.n in self.notes else ""
        return frame.title, f"{frame.title} - {frame.chair}\n\n{sheets.plain(frame.blocks)}\n{ways}\n{note}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open at this frame."""
        if action == "debrief":
            return self.recording.game.state.ending is not None
        if action == "eyes":
            return len(self.reel.eyes) > 1
        return super().check_action(action, parameters)

    # -- moving

    async def go(self, place: int) -> None:
        """Move the cursor, as far as there are steps."""
        place = max(0, min(place, len(self.steps) - 1))
        if place != self.place:
            self.place = place
            await self.show()

    async def action_step(self, by: int) -> None:
        """Move by steps; a hand on the keys stops the run."""
        self._stop()
        await self.go(self.place + by)

    async def action_day(self, by: int) -> None:
        """Move to the first step of a day."""
        self._stop()
        days = [self.reel.day(n) for n in self.steps]
        today = days[self.place]
        if by > 0:
            later = [place for place, day in enumerate(days) if day > today]
            await self.go(later[0] if later else len(self.steps) - 1)
        else:
            begins = days.index(today)
            await self.go(begins if begins < self.place else days.index(days[max(0, begins - 1)]))

    async def action_jump(self, place: int) -> None:
        """Move to the opening, or with -1 to the end."""
        self._stop()
        await self.go(place if place >= 0 else len(self.steps) - 1)

    async def action_difference(self) -> None:
        """Move to the next choice that 1962 made otherwise."""
        self._stop()
        later = (place for place in range(self.place + 1, len(self.steps)) if self.reel.differs(self.steps[place]))
        place = next(later, None)
        if place is None:
            self.excomm.say("From here on nothing differs from 1962, as far as that is known.")
        else:
            await self.go(place)

    def action_play(self) -> None:
        """Run, or stop."""
        if self.timer:
            self._stop()
        elif self.place < len(self.steps) - 1:
            self.timer = self.set_interval(self.pace, self._tick)
        self._show_transport()

    async def _tick(self) -> None:
        """Take a step, unless something else is looked at."""
        if not self.is_on_top:
            return
        await self.go(self.place + 1)
        if self.place == len(self.steps) - 1:
            self._stop()

    def _stop(self) -> None:
        if self.timer:
            self.timer.stop()
            self.timer = None
            self._show_transport()

    def action_pace(self, by: int) -> None:
        """Run faster or slower."""
        place = PACES.index(self.pace) if self.pace in PACES else 0
        self.pace = PACES[max(0, min(place + by, len(PACES) - 1))]
        if self.timer:
            self.timer.stop()
            self.timer = self.set_interval(self.pace, self._tick)
        self._show_transport()

    async def action_in_1962(self) -> None:
        """Show or hide what was done in 1962."""
        self.with_1962 = not self.with_1962
        await self.show()

    async def action_eyes(self) -> None:
        """Look through the next chair's eyes, at the same moment."""
        eyes = self.reel.eyes
        n = self.steps[self.place]
        self.eyes = eyes[(eyes.index(self.eyes) + 1) % len(eyes)]
        self.steps = self._steps()
        self.place = min(bisect_left(self.steps, n), len(self.steps) - 1)
        await self.show()

    # -- doing something with it

    def action_branch(self) -> None:
        """Ask, then take the chair here."""
        self._stop()
        n = max(0, min(self.steps[self.place], len(self.recording.game.choices) + 1) - 1)
        if not self.reel.is_decided_after(n):
            self.excomm.refuse("From here on nothing is left to decide. Go back to a choice of this chair to branch.")
            return
        shares = f"shares its first {n} steps" if n > 1 else "begins as this one began"
        question = f"Play on from here yourself, in a new game that {shares}? This one stays as it is."

        def begin(is_yes: bool | None) -> None:
            if is_yes:
                self.excomm.play(lambda: self.excomm.archive.branch(self.recording.key, n))

        self.app.push_screen(Ask(question, "branch here", "go on watching"), begin)

    def action_note(self) -> None:
        """Ask for the note on this step."""
        self._stop()
        n = self.steps[self.place]

        async def keep(line: str | None) -> None:
            if line is None:
                return
            notes = {**self.notes, n: line} if line else {k: v for k, v in self.notes.items() if k != n}
            self.excomm.with_errors_told(lambda: self._keep(notes))
            await self.show()

        ask = WriteLine("A note on this step:", self.notes.get(n, ""), MAX_NOTE, "an empty line removes the note")
        self.app.push_screen(ask, keep)

    def _keep(self, notes: dict[int, str]) -> None:
        place = self.excomm.archive.keep_notes(self.recording.key, notes)
        self.notes = notes
        self.excomm.say(f"Notes are kept in {place}")

    def action_debrief(self) -> None:
        """Open the debrief."""
        self._stop()
        self.excomm.open_debrief(self.recording.game)

    def action_compare(self) -> None:
        """Ask for the other save."""
        self._stop()

        key, crisis = self.recording.key, self.recording.game.header.scenario
        self.excomm.with_errors_told(lambda: compare_with_another(self, key, crisis, self.excomm.archive.saves()))

    def action_leave(self) -> None:
        """Go back to the title."""
        self._stop()
        self.excomm.go_to_title()
