"""The courses side by side: how each would end, in many worlds, by one school's assumptions after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.scenario import Scenario
from excomm_game.tui import sheets
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.marks import bar
from excomm_game.tui.screens.base import Close, GameScreen, Help, Less, More, Palette, WriteText
from excomm_game.tui.screens.form import after
from excomm_game.tui.widgets.sheet import SheetPane
from excomm_game.words.ending import kind_words
from excomm_game.words.figures import interval, percent

if TYPE_CHECKING:
    from excomm_game.worlds.courses import Row
    from excomm_game.worlds.standing import Played

WORK = "courses"
BAR = 24
GLYPHS = {"nuclear": "█", "war": "▓", "unresolved": "▒", "retreat": "░", "settlement": "·"}
"""How an ending's kind is drawn, the worst first."""


class School(Command):
    """See the same by another school's assumptions."""

    KEYS, WORD, ACTION, RANK = "n", "other assumptions", "school", 1


class Stop(Command):
    """Stop here, and keep the figures of the worlds that were played."""

    KEYS, WORD, ACTION, RANK = "s", "stop", "stop", 0


class CoursesScreen(GameScreen):
    """Plays every course in many worlds, and shows how they end; what is there already can be read meanwhile."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (
        Stop, School, More, Less, WriteText, Close, Help, Palette,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)
    ABOUT = (
        "Each course is a policy of the first chair; everything else goes by the odds of the assumptions. The figures "
        "are of this model, and tell what it assumes as much as what was likely."
    )
    worlds = 20_000
    """How many worlds each course is played in."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.scenario = scenario
        self.school = scenario.default_school()
        self.rows: dict[str, list[Row]] = {}
        self.work: Worker[None] | None = None
        self.done = self.of = 0

    def body(self) -> ComposeResult:
        """Compose the heading, how far it is, and the pane."""
        yield Static(Content.styled("Courses side by side", "bold"), classes="masthead")
        yield Static(id="progress")
        yield SheetPane(classes="alone")

    async def arrive(self) -> None:
        """Begin with the scenario's own school."""
        self._begin()

    def _begin(self) -> None:
        """Play the courses by this school, unless that was done."""
        if len(self.rows.get(self.school, ())) < len(self.scenario.draft.courses):
            self.rows[self.school] = []
            self.done, self.of = 0, len(self.scenario.draft.courses)
            self.work = self.run_worker(partial(self._play, self.app.call_later, self.school), group=WORK, thread=True)
        self.show()

    # -- in a thread of its own

    def _play(self, call: Callable[..., object], school: str) -> None:
        """Play course after course until all are played or somebody stops it."""
        from excomm_game.worlds.courses import Row, runs
        from excomm_game.worlds.risk import shares
        from excomm_game.worlds.run import joined, parts_of

        work: Worker[None] = get_current_worker()
        try:
            for course, by, run in runs(self.scenario, self.scenario.seats[0], [school]):
                parts = list(_until(parts_of(run, self.worlds), lambda: work.is_cancelled))
                if parts:
                    call(self.add, Row(course, by, shares(self.scenario, joined(parts))))
                if work.is_cancelled:
                    return
        except ExcommError as error:
            call(self.excomm.refuse, str(error))

    # -- showing

    def add(self, row: Row) -> None:
        """Take a course that was played."""
        if self.is_drawn:
            self.rows[row.school].append(row)
            self.done += 1
            self.show()

    @property
    def is_at_work(self) -> bool:
        """Whether courses are still being played."""
        work = self.work
        return work is not None and not work.is_finished and not work.is_cancelled and self.done < self.of

    def show(self) -> None:
        """Show how far it is, and the courses that were played by this school."""
        progress = Content("")
        if self.is_at_work:
            progress = Content.assemble(bar(self.done, 0, self.of, BAR), f"  {self.done} of {self.of} courses")
        self.query_one("#progress", Static).update(progress, layout=False)
        self.query_one(SheetPane).show(self._sheet())
        self.refresh_keys()

    def _sheet(self) -> list[sheets.Block]:
        rows = self.rows[self.school]
        blocks: list[sheets.Block] = [sheets.Heading(f"By {self.scenario.assumptions(self.school)}")]
        labels = {course.id: course.label for course in self.scenario.draft.courses}
        blocks += [sheets.Drawn(partial(_drawn, labels[row.course], row)) for row in rows]
        legend = "   ".join(f"{glyph} {kind_words(kind)}" for kind, glyph in GLYPHS.items())
        blocks.append(sheets.Note(f"{legend}. {self.worlds:,} worlds each; intervals hold 95 of 100 times."))
        return blocks

    def written(self) -> tuple[str, str] | None:
        """Return the courses as they stand."""
        return "courses", sheets.plain(self._sheet())

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open: stopping while there is something to stop, other assumptions after that."""
        if action == "stop":
            return self.is_at_work
        if action == "school":
            return len(self.scenario.schools) > 1 and not self.is_at_work
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """Stop, and keep what was played."""
        if self.work is not None:
            self.work.cancel()
            self.excomm.say("Stopped. The courses that were played stand here.")
            self.show()

    def action_school(self) -> None:
        """Go to the next school."""
        self.school = after(self.school, list(self.scenario.schools))
        self._begin()


def _until(things: Iterator[Played], is_over: Callable[[], bool]) -> Iterator[Played]:
    """Yield parts until somebody stops it."""
    for one in things:
        yield one
        if is_over():
            return


def _drawn(label: str, row: Row, width: int) -> list[Content]:
    """Draw how a course ends as one bar, the worst first, and in words."""
    head = Content.assemble((label, "bold"), (f"  nuclear war {interval(*row.shares.nuclear)}", "$quiet"))
    cells: list[Content] = []
    reached, filled = 0.0, 0
    for kind, glyph in GLYPHS.items():
        reached += row.shares.kinds[kind].p
        upto = round(reached * width)
        cells.append(Content.styled(glyph * (upto - filled), "$danger" if kind == "nuclear" else "$quiet"))
        filled = upto
    words = "  ".join(f"{kind_words(kind)} {percent(row.shares.kinds[kind].p)}" for kind in GLYPHS if kind != "nuclear")
    return [head, Content("").join(cells), Content.styled(words, "$quiet").truncate(width, ellipsis=True)]
