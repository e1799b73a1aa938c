"""What a seat sees, in play or in a replay: the head, the page beside the situation, and all there is to look at."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from excomm_game.engine.dossier import Dossier
from excomm_game.engine.reader import Page
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.screens import views
from excomm_game.tui.screens.base import GameScreen
from excomm_game.tui.sheets import Sheet, plain
from excomm_game.tui.widgets.masthead import Masthead
from excomm_game.tui.widgets.sheet import SheetPane
from excomm_game.tui.widgets.situation import InBrief, SituationLine, SituationPane


class Council(Command):
    """Hear each adviser: whom they back, how they moved, what they say, and who they are."""

    KEYS, WORD, ACTION, RANK = "c", "council", "council", 1


class Documents(Command):
    """Read any document you have been given so far."""

    KEYS, WORD, ACTION, RANK = "d", "documents", "documents", 2


class Situation(Command):
    """See all that you can know of the world, in words and bars."""

    KEYS, WORD, ACTION, RANK = "s", "situation", "situation", 3


class Ladder(Command):
    """See the ladder of escalation: where this is, and how high it has been."""

    KEYS, WORD, ACTION, RANK = "k", "ladder", "ladder", 5


class Journal(Command):
    """Read again anything you were told or chose."""

    KEYS, WORD, ACTION, RANK = "j", "journal", "journal", 4


LOOKS: tuple[type[Command], ...] = (Council, Documents, Situation, Journal, Ladder)


class SeatScreen(GameScreen):
    """Shows what one seat sees now: `view` is all of it, `page` the scene laid before it, if one is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*LOOKS)

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.view: Dossier | None = None
        self.page: Page | None = None

    def body(self) -> ComposeResult:
        """Compose the head and the page beside the situation."""
        yield Masthead()
        yield SituationLine()
        with Horizontal(id="middle"):
            yield SheetPane(id="page")
            yield SituationPane()

    def show_sheet(self, title: str, sheet: Sheet) -> None:
        """Show a sheet as the page, and round it what the seat sees; nothing of that where there is no view."""
        view, self.heading = self.view, title
        self.query_one(Masthead).view = view
        self.show_situation()
        pane = self.query_one("#page", SheetPane)
        pane.entitle(title)
        pane.show(sheet)
        self.refresh_keys()

    def show_situation(self) -> None:
        """Show what the seat sees of the world, and with it whatever a subclass adds."""
        view = self.view
        self.query_one(SituationLine).show(views.in_brief(view, self.beside()) if view else InBrief([], [], [], 0))
        lines = views.situation_lines(view, SituationPane.COLUMNS, self.between()) if view else []
        self.query_one(SituationPane).show(lines)

    def written(self) -> tuple[str, str] | None:
        """Return the page as it stands."""
        return self.heading or "page", plain(self.query_one("#page", SheetPane).sheet)

    def beside(self) -> list[Content]:
        """Return what stands before the situation where it is one line."""
        return []

    def between(self) -> list[Content]:
        """Return what stands between the bars and the facts where the situation is a column."""
        return []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open now: nothing can be looked at that is not there."""
        view, page = self.view, self.page
        if action == "council":
            return page is not None and bool(page.advice)
        if action == "documents":
            return view is not None and bool(view.papers)
        if action == "journal":
            return view is not None and bool(view.told)
        if action in ("situation", "ladder"):
            return view is not None
        return super().check_action(action, parameters)

    def action_council(self) -> None:
        """Hear the council."""
        if self.page is not None:
            self.app.push_screen(views.council(self.page))

    def action_documents(self) -> None:
        """Open the documents."""
        if self.view is not None:
            self.app.push_screen(views.documents(self.view))

    def action_situation(self) -> None:
        """Open the situation."""
        if self.view is not None:
            self.app.push_screen(views.situation(self.view))

    def action_ladder(self) -> None:
        """Open the ladder."""
        if self.view is not None:
            self.app.push_screen(views.LadderScreen(self.view))

    def action_journal(self) -> None:
        """Open the journal."""
        if self.view is not None:
            self.app.push_screen(views.journal(self.view))
