"""The debrief: what the game came to, page by page. It is worked out beside the screen; to leave stops the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.style import Style
from textual.widgets import OptionList, Static
from textual.worker import Worker, get_current_worker

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.game import Game
from excomm_game.tui import sheets
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.marks import bar
from excomm_game.tui.riskline import risk_line
from excomm_game.tui.screens.base import Close, Down, GameScreen, Help, Less, More, Palette, Up, WriteText
from excomm_game.tui.widgets.menu import Line, Menu
from excomm_game.tui.widgets.sheet import SheetPane

if TYPE_CHECKING:
    from excomm_game.debrief.pages import Page
    from excomm_game.debrief.whole import Debrief

Call = Callable[..., object]

BAR = 24
WORK = "debrief"
WAITING = (
    "From every step of this game many other worlds are played on, to see how much each choice moved the risk of "
    "nuclear war. This takes some seconds. If you leave (q) before it is done, it begins anew when you come back."
)
MASKED = "Each judge looks from one chair and cannot see everything. Guess whose it is; u takes their masks off."


class Unmask(Command):
    """Take the judges' masks off: read who each of them is."""

    KEYS, WORD, ACTION, RANK = "u", "take their masks off", "unmask", 1


class Explained(NamedTuple):
    """A game explained, and that in words."""

    told: Debrief
    pages: Sequence[Page]

    def is_of(self, game: Game) -> bool:
        """Say whether this game is the one, by what was chosen in it."""
        return (self.told.game.header, self.told.game.choices) == (game.header, game.choices)


class _Left(Exception):
    """Nobody waits for the debrief any more."""


class DebriefScreen(GameScreen):
    """Shows the pages of the debrief; until they are worked out, how far that is."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (
        Down, Up, Unmask, More, Less, WriteText, Close, Help, Palette,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*ORDERS),
        Binding("down,right", "down", show=False),
        Binding("up,left", "up", show=False),
    ]
    ABOUT = (
        "The game explained. A digit goes to a page. Risks are shares of simulated worlds that end in nuclear war; "
        "the model rests on assumptions, which the page on risk names."
    )
    worlds: int | None = None
    """How many worlds to play from each step; None leaves it to the debrief."""

    def __init__(self, game: Game) -> None:
        super().__init__()
        self.game = game
        self.explained: Explained | None = None
        self.place = 0
        self.unmasked = False
        self.done: list[str] = []
        self.add_class("-waiting")

    def body(self) -> ComposeResult:
        """Compose the heading, the pages as a line and as a list, and the pane."""
        yield Static(Content.styled("Debrief", "bold"), classes="masthead")
        yield Static(id="tabs")
        with Container(classes="reading debrief"):
            yield Menu()
            yield SheetPane()

    async def arrive(self) -> None:
        """Show the pages, or begin to work them out."""
        explained = self.excomm.explained
        if explained is not None and explained.is_of(self.game):
            self.show(explained)
        else:
            self.show_progress("", 0, 1)
            self.run_worker(partial(self._work_out, self.app.call_later), group=WORK, thread=True)

    # -- working it out

    def _work_out(self, call: Call) -> None:
        """Work the debrief out, in a thread of its own; whatever is shown is handed to the program's."""
        from excomm_game.debrief.pages import pages
        from excomm_game.debrief.whole import WORLDS, debrief

        work: Worker[None] = get_current_worker()

        def progress(doing: str, done: int, of: int) -> None:
            if work.is_cancelled:
                raise _Left
            call(self.show_progress, doing, done, of)

        try:
            told = debrief(self.game, self.worlds or WORLDS, progress=progress)
            call(self.show, Explained(told, pages(told)))
        except _Left:
            return
        except ExcommError as error:
            call(self.show_failure, str(error))

    def show_progress(self, doing: str, done: int, of: int) -> None:
        """Show what is being worked out, and how far that is."""
        if not self.is_drawn:
            return
        if doing and doing not in self.done:
            self.done.append(doing)
        before = [Content.styled(f"✓ {one}", "$quiet") for one in self.done[:-1]]
        now = Content.assemble(f"  {doing}  ", bar(done, 0, of, BAR), f"  {done / of:.0%}") if doing else Content("")
        lines = sheets.Lines((*before, now))
        self.query_one(SheetPane).show([sheets.Heading("Working it out"), sheets.Text(WAITING), lines])

    def show_failure(self, text: str) -> None:
        """Say why there is no debrief of this game."""
        if self.is_drawn:
            self.query_one(SheetPane).show([sheets.Heading("This game cannot be explained"), sheets.Text(text)])

    # -- the pages

    def show(self, explained: Explained) -> None:
        """Show what was worked out."""
        self.excomm.explained = self.explained = explained
        if not self.is_drawn:
            return
        self.remove_class("-waiting")
        shown = explained.pages
        lines = [Line(page.id, Content(page.name), place) for place, page in enumerate(shown, start=1)]
        self.query_one(Menu).show_lines(lines, marked=shown[self.place].id)
        self.query_one(Menu).focus()
        self.show_page(self.place)

    def show_page(self, place: int) -> None:
        """Show a page from its top."""
        if self.explained is None:
            return
        self.place = place
        self.query_one("#tabs", Static).update(self._tabs())
        self.query_one(SheetPane).show(self._sheet())
        self.refresh_keys()

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return self.explained.pages[self.place] if self.explained else None

    def _tabs(self) -> Content:
        """Return the pages as a line, the open one in brackets."""
        tabs = []
        for place, page in enumerate(self.explained.pages if self.explained else ()):
            words = f"{place + 1} {page.name}"
            is_open = place == self.place
            tab = Content.styled(f"[{words}]" if is_open else words, "bold $new" if is_open else "$quiet")
            tabs.append(tab.stylize(Style.from_meta({"@click": f"screen.digit('{place + 1}')"})))
        return Content(" ").join(tabs)

    def _sheet(self) -> list[sheets.Block]:
        """Lay out the open page."""
        page, explained = self.page, self.explained
        if page is None or explained is None:
            return []
        from excomm_game.debrief.pages import masks, verdicts

        blocks: list[sheets.Block] = []
        if page.id == "risk":
            heading = sheets.Heading("The risk of nuclear war, day by day")
            blocks = [heading, sheets.Drawn(partial(risk_line, explained.told))]
        sections = page.sections
        if page.id == "judges":
            judges = explained.told.judges
            sections = (*(masks(judges) if self.unmasked else ()), *verdicts(judges))
            blocks += [] if self.unmasked else [sheets.Note(MASKED)]
        return blocks + [block for one in sections for block in sheets.section(one)]

    @on(OptionList.OptionHighlighted)
    def turn(self, event: OptionList.OptionHighlighted) -> None:
        """Show the page that is marked."""
        event.stop()
        if event.option_index != self.place:
            self.show_page(event.option_index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open: those of the pages once there are any, masks come off where they are worn."""
        if action in ("down", "up", "write_text"):
            return self.explained is not None
        if action == "unmask":
            return self.page is not None and self.page.id == "judges" and not self.unmasked
        return super().check_action(action, parameters)

    def written(self) -> tuple[str, str] | None:
        """Return the page that is open."""
        page = self.page
        return (f"debrief {page.name}", sheets.plain(self._sheet())) if page else None

    def action_unmask(self) -> None:
        """Say who the judges are."""
        self.unmasked = True
        self.show_page(self.place)
