"""The head of the table: which game, which chair, which day, and what hour it is in every capital."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from excomm_game.engine.dossier import Dossier
from excomm_game.tui import marks
from excomm_game.words.phrases import brief_date, date_words, short_date

GAP = 2
MIN_STRIP = 8
ALL_DAYS = 1_000
DATES = date_words, short_date, brief_date  # the longest first


class Masthead(Widget):
    """Two lines: the chair and the strip of days, the clocks and the date. The game's name and the year give way."""

    view: reactive[Dossier | None] = reactive(None)

    def render(self) -> Content:
        """Return the head for this width."""
        view = self.view
        if view is None:
            return Content("")
        width = self.size.width
        chair = Content(view.office or view.label)
        named = Content.assemble((view.title.upper(), "bold"), (" · ", "$quiet"), chair)
        whole = marks.days(view, ALL_DAYS).cell_length
        title = named if named.cell_length + GAP + whole <= width else chair
        title = title.truncate(max(0, width - MIN_STRIP - GAP), ellipsis=True)
        strip = marks.days(view, max(MIN_STRIP, width - title.cell_length - GAP))
        clocks = marks.clocks(view.clocks, short=False)
        if clocks.cell_length > width:
            clocks = marks.clocks(view.clocks, short=True)
        dates = (Content.styled(written(view.clocks[0].local), "$quiet") for written in DATES)
        date = next((one for one in dates if clocks.cell_length + GAP + one.cell_length <= width), None)
        second = _apart(clocks, date, width) if date else clocks
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in (_apart(title, strip, width), second))


def _apart(left: Content, right: Content, width: int) -> Content:
    """Set two texts at the two ends of a line."""
    return Content.assemble(left, " " * max(GAP, width - left.cell_length - right.cell_length), right)
