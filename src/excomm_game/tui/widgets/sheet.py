"""Sheets as widgets: headings, prose, lists of changes, and documents that look like what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.table import Table
from rich.text import Text as RichText
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from excomm_game.engine.reader import Paper
from excomm_game.tui.marks import moved, stamp
from excomm_game.tui.prose import prose
from excomm_game.tui.sheets import Block, Document, Heading, Lines, Moves, Note, Rows, Sheet, Text
from excomm_game.tui.widgets.pane import Pane
from excomm_game.words.phrases import change, short_date

_TYPED = {"memorandum": "MEMORANDUM", "estimate": "ESTIMATE", "minutes": "MINUTES"}


class SheetPane(Pane):
    """A pane that shows a sheet from its top."""

    sheet: Sheet = ()

    async def show(self, sheet: Sheet) -> None:
        """Show another sheet in place of this one."""
        self.sheet = sheet
        async with self.batch():
            await self.remove_children()
            await self.mount_all(widgets(sheet))
        self.scroll_home(animate=False)


def widgets(sheet: Sheet) -> Iterator[Widget]:
    """Yield as few widgets as the sheet needs: what runs on as text is one, for each takes its time to mount."""
    run: list[tuple[Content, bool]] = []
    for block in sheet:
        written = _written(block)
        if written is not None:
            run.append((written, isinstance(block, Note)))
            continue
        if run:
            yield _run(run)
            run = []
        yield _apart(block)
    if run:
        yield _run(run)


def _run(run: list[tuple[Content, bool]]) -> Static:
    """Set texts under each other with an empty line between; notes follow at once."""
    text = run[0][0]
    for written, is_note in run[1:]:
        text += Content("\n" if is_note else "\n\n") + written
    return Static(text, classes="text")


def _written(block: Block) -> Content | None:
    """Return a block as text; None for what stands in a shape of its own."""
    match block:
        case Heading(text, aside):
            return Content.assemble((text, "bold"), (f"  {aside}" if aside else "", "$quiet"))
        case Text(text, False):
            return prose(text)
        case Note(text):
            return Content.styled(text, "$quiet")
        case Moves(label, changes):
            lines = [Content(f"{moved(one)} {change(one)}") for one in changes]
            return Content("\n").join([Content.styled(label, "$new"), *lines])
        case Lines(drawn):
            return Content("\n").join(drawn)
        case _:
            return None


def _apart(block: Block) -> Widget:
    match block:
        case Rows(rows):
            return Static(_grid(rows), classes="text")
        case Document(paper):
            return DocumentView(paper)
        case _:
            assert isinstance(block, Text)
            return Static(prose(block.text), classes="text -new")


def _grid(rows: tuple[tuple[str, str], ...]) -> Table:
    """Return two columns: heads as wide as the longest, texts that wrap beside them."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for head, text in rows:
        grid.add_row(RichText(head, style="bold"), RichText(text))
    return grid


class DocumentView(Vertical):
    """A document in the shape of its kind: a letter, a cable with its routing, a broadcast, a wire, a typed paper."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(classes=f"document {paper.form}")
        self.paper = paper

    def compose(self) -> ComposeResult:
        """Compose the head, the body and, for a letter, the signature."""
        make: dict[str, Callable[[], ComposeResult]] = {
            "letter": self._letter,
            "cable": self._cable,
            "broadcast": self._broadcast,
            "newspaper": self._wire,
            "photograph": self._photograph,
        }
        yield from make.get(self.paper.form, self._typed)()

    def _body(self) -> Static:
        return Static(prose(self.paper.text), classes="body")

    def _letter(self) -> ComposeResult:
        paper = self.paper
        if paper.sent:
            yield Static(Content(f"{short_date(paper.sent)} {paper.sent.year}"), classes="right")
        yield Static(Content.assemble((paper.title, "bold"), *_lines(("To ", paper.receiver), ("", paper.channel))))
        yield self._body()
        yield Static(Content.styled(paper.sender, "italic"), classes="right")
        if paper.received:
            yield Static(Content(f"received {stamp(paper.received)}"), classes="right quiet")

    def _cable(self) -> ComposeResult:
        paper = self.paper
        rows = [("FROM", paper.sender), ("TO", paper.receiver), ("VIA", paper.channel)]
        rows += [(name, stamp(at).upper()) for name, at in (("SENT", paper.sent), ("RECEIVED", paper.received)) if at]
        yield Static(Content(f"TELEGRAM · {paper.title.upper()}"), classes="slug")
        yield Static(Content("\n").join(Content(f"{name:<9} {value}") for name, value in rows if value))
        yield self._body()
        yield Static(Content("END OF MESSAGE"), classes="right quiet")

    def _broadcast(self) -> ComposeResult:
        paper = self.paper
        yield Static(Content.assemble(("((•)) ON THE AIR", "bold"), f"  {paper.sender or paper.channel}"))
        at = paper.received or paper.sent
        yield Static(Content(f"{paper.title}{f' · {stamp(at)}' if at else ''}"), classes="quiet")
        yield self._body()

    def _wire(self) -> ComposeResult:
        paper = self.paper
        at = paper.received or paper.sent
        slug = " ".join(part for part in ("ZCZC", paper.channel or paper.sender, stamp(at) if at else "") if part)
        yield Static(Content(slug.upper()), classes="quiet")
        yield Static(Content.styled(f"- - {paper.title.upper()} - -", "bold"))
        yield self._body()
        yield Static(Content("- 30 -"), classes="quiet")

    def _photograph(self) -> ComposeResult:
        paper = self.paper
        yield Static(Content.assemble(("PHOTOGRAPH", "bold"), f"  {paper.title}"))
        at = paper.sent or paper.received
        aside = " · ".join(part for part in (paper.sender, stamp(at) if at else "", paper.channel) if part)
        if aside:
            yield Static(Content(aside), classes="quiet")
        yield self._body()

    def _typed(self) -> ComposeResult:
        paper = self.paper
        yield Static(Content.styled(_TYPED.get(paper.form, paper.form.upper()), "bold"), classes="centre")
        rows = [("To:", paper.receiver), ("From:", paper.sender)]
        at = paper.sent or paper.received
        rows += [("Date:", f"{stamp(at)}" if at else ""), ("Subject:", paper.title), ("By:", paper.channel)]
        yield Static(
            Content("\n").join(Content(f"{name:<9} {value}") for name, value in rows if value), classes="typed"
        )
        yield self._body()


def _lines(*rows: tuple[str, str]) -> list[str]:
    """Return each row that has a value, after a line break."""
    return [f"\n{label}{value}" for label, value in rows if value]
