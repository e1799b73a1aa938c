"""A desk: a page to read, who of the council stands behind what, and the options, or the way on, under it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from excomm_game.engine.reader import Way
from excomm_game.tui import sheets, ways
from excomm_game.tui.prose import prose
from excomm_game.tui.screens import views
from excomm_game.tui.screens.estimated import EstimatedScreen
from excomm_game.tui.widgets.council import CouncilLine
from excomm_game.tui.widgets.menu import Line, Menu
from excomm_game.tui.widgets.pane import Marked

GO_ON, TURN_OVER = "*go-on", "*turn-over"  # no scenario can name an option so


class Desk(EstimatedScreen):
    """Shows a page with what can be taken there. Nothing is taken unread by one key: it reads on first."""

    def body(self) -> ComposeResult:
        """Compose the head, the pane beside the situation, the council and the choices."""
        yield from super().body()
        yield CouncilLine()
        yield Menu(id="choices")
        yield Static(id="meaning")

    async def arrive(self) -> None:
        """Say of each option that is marked what it would mean."""
        self.watch(self.query_one(Menu), "highlighted", self.mean, init=False)

    def question(self) -> str:
        """Return what stands over the choices."""
        return ""

    def lay(self, title: str, blocks: list[sheets.Block], lines: list[Line]) -> None:
        """Show a page: of options none is marked before somebody does so."""
        page = self.page
        self.query_one(CouncilLine).show(views.council_line(page) if page and page.advice else None)
        menu = self.query_one(Menu)
        menu.entitle(self.question())
        menu.at_once = page is None
        menu.show_lines(lines, is_marked=page is None)
        menu.focus()
        self.show_sheet(title, blocks)
        self.estimate_risk()

    def clear(self) -> None:
        """Show nothing."""
        self.query_one(CouncilLine).show(None)
        self.query_one("#meaning", Static).update("")
        self.query_one(Menu).show_lines([])
        self.show_sheet("", [])

    def mean(self, before: int | None, now: int | None) -> None:
        """Show what the marked option would mean, in the same repaint as the mark."""
        option = self.query_one(Menu).highlighted_option
        way = self.way(option.id) if option else None
        meaning = self.query_one("#meaning", Static)
        meaning.update(ways.in_brief(prose(way.text), meaning.size.width) if way else "", layout=False)
        if (before is None) != (now is None):
            self.refresh_keys()

    def way(self, option: str | None) -> Way | None:
        """Return an option of the page."""
        return next((way for way in self.page.ways if way.id == option), None) if self.page else None

    # -- reading first

    def onward(self, name: str) -> Line:
        """Return the way on from a page that asks nothing, called by what it does now."""
        return Line(name, Content("Read on" if self.check_action("more", ()) else "Go on"), 1)

    @on(Marked)
    def name_onward(self) -> None:
        """Call the way on anew: it reads on while there is more."""
        for menu in self.query(Menu):
            if menu.option_count and (name := menu.options[0].id) in (GO_ON, TURN_OVER):
                menu.show_lines([self.onward(name)])

    @on(Menu.Unmarked)
    def action_read_first(self) -> None:
        """Read on where no option is marked yet; what was read to its end marks the first."""
        if self.check_action("more", ()):
            self.action_more()
        else:
            self.query_one(Menu).action_first()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open now: taking what is marked, and while nothing is, reading first."""
        if action in ("take", "read_first"):
            is_marked = any(menu.highlighted is not None for menu in self.query(Menu))
            return is_marked == (action == "take")
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """Take what is marked."""
        self.query_one(Menu).action_select()
