"""What a pane shows, as a list of blocks: one source for the widgets on the screen and for the text in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from excomm_game.engine.dossier import Change, Dossier
from excomm_game.engine.reader import Advice, Item, Page, Paper
from excomm_game.tui.marks import moved
from excomm_game.tui.prose import prose
from excomm_game.words.ending import Entry, Section
from excomm_game.words.phrases import change, paper_lines, stamp

WIDEST = 76
"""Cells of a line of text that the eye still follows back."""


class Heading(NamedTuple):
    """A heading, and what stands quietly beside it."""

    text: str
    aside: str = ""


class Text(NamedTuple):
    """A text in the little Markdown of scenarios; `is_new` marks what has just happened."""

    text: str
    is_new: bool = False


class Note(NamedTuple):
    """A quiet line: a count, a hint, an empty place."""

    text: str


class Moves(NamedTuple):
    """What changed, as lines with an arrow each."""

    label: str
    changes: tuple[Change, ...]


class Lines(NamedTuple):
    """Lines that are drawn already."""

    lines: tuple[Content, ...]


class Drawn(NamedTuple):
    """Lines that are drawn for the width they stand in."""

    draw: Callable[[int], Sequence[Content]]


class Entries(NamedTuple):
    """Things told one after the other, each with its notes under it."""

    entries: tuple[Entry, ...]


class Rows(NamedTuple):
    """Rows of two columns: a short head, and a text that wraps beside it."""

    rows: tuple[tuple[str, str], ...]


class Document(NamedTuple):
    """A document in its own form."""

    paper: Paper


Block = Heading | Text | Note | Moves | Lines | Drawn | Entries | Rows | Document
Sheet = Sequence[Block]


def chosen(item: Item, said: str = "You chose") -> list[Block]:
    """Tell a seat's own choice and what came of it."""
    blocks: list[Block] = [Heading(said, item.label)]
    blocks += [Note(f"Your reason: {item.reason}")] if item.reason else []
    blocks += [Text(item.outcome, is_new=True)] if item.outcome else []
    return blocks


def moves(label: str, changes: Sequence[Change]) -> list[Block]:
    """Tell what changed, if anything did."""
    return [Moves(label, tuple(changes))] if changes else []


def news(view: Dossier, items: Iterable[Item]) -> list[Block]:
    """Tell what reached a seat, each with its hour and its documents."""
    blocks: list[Block] = []
    for item in items:
        blocks.append(Heading(item.title, stamp(item.at)))
        blocks += [Text(text) for text in (item.text, item.outcome) if text]
        blocks += [Document(view.paper(key)) for key in item.papers]
    return blocks


def page(view: Dossier, shown: Page, *, whole: bool = False) -> list[Block]:
    """Lay out the scene that awaits a seat: its text and its documents. What was read before is only named,
    unless the `whole` is asked for.
    """
    text = shown.text if whole else shown.fresh or (shown.text and "As before. (a shows it whole)")
    blocks: list[Block] = [Text(text)] if text else []
    known = set() if whole else {key for item in view.told for key in item.papers}
    for key in shown.papers:
        paper = view.paper(key)
        blocks.append(Note(f"In the file: {paper.title} (d)") if key in known else Document(paper))
    return blocks


def so_far(items: Sequence[Item]) -> list[Block]:
    """Tell what one sitting has settled before this question: the draft so far."""
    if not items:
        return []
    blocks: list[Block] = [Heading("So far in this sitting", "u takes the last one back, freely")]
    blocks += [Note(f"✓ {item.title}: {item.label}") for item in items]
    blocks += [Text(items[-1].outcome, is_new=True)] if items[-1].outcome else []
    return blocks


def entry(view: Dossier, item: Item) -> list[Block]:
    """Tell one entry of the journal in full."""
    blocks: list[Block] = [Heading(item.title, stamp(item.at))]
    blocks += [Text(item.text)] if item.text else []
    blocks += [Document(view.paper(key)) for key in item.papers]
    if item.own:
        blocks += chosen(item)
    elif item.outcome:
        blocks.append(Text(item.outcome))
    return blocks


def advice(one: Advice, backs: str) -> list[Block]:
    """Tell what an adviser says, and who this is; `backs` is the label of the option."""
    blocks: list[Block] = [Heading(one.name, one.office)]
    blocks.append(Note(f"Backs: {backs}" if backs else "Backs none of these."))
    if one.leans:
        blocks.append(Note(f"Leans to: {one.leans}"))
    if has_moved(one):
        blocks.append(Note(f"↗ before: {one.before}"))
    if one.tags:
        blocks.append(Note(f"Speaks of: {', '.join(tag.replace('-', ' ') for tag in one.tags)}"))
    blocks.append(Text(one.says))
    return blocks + ([Heading("Who this is"), Text(one.about)] if one.about else [])


def section(told: Section) -> list[Block]:
    """Tell a part of what is told when a game is over: its heading, and its entries with their documents."""
    blocks: list[Block] = [Heading(told.heading)]
    run: list[Entry] = []
    for one in told.entries:
        run.append(one)
        if one.papers:
            blocks += [Entries(tuple(run)), *(Document(paper) for paper in one.papers)]
            run = []
    return [*blocks, Entries(tuple(run))] if run else blocks


def has_moved(one: Advice) -> bool:
    """Say whether an adviser favours another course than before."""
    return bool(one.leans and one.before and one.before != one.leans)


def plain(sheet: Sheet) -> str:
    """Return a sheet as plain text, for a file."""
    lines: list[str] = []
    for block in sheet:
        match block:
            case Heading(text, aside):
                lines += ["", f"{text.upper()}{f' - {aside}' if aside else ''}"]
            case Text(text):
                lines += ["", prose(text).plain]
            case Note(text):
                lines += [text]
            case Moves(label, changes):
                lines += ["", f"{label}:", *(f"  {moved(one)} {change(one)}" for one in changes)]
            case Document(paper):
                lines += ["", *paper_lines(paper)]
            case Lines() | Drawn() | Entries() | Rows():
                lines += _plain_list(block)
    return "\n".join(lines).strip() + "\n"


def _plain_list(block: Lines | Drawn | Entries | Rows) -> list[str]:
    match block:
        case Lines(drawn):
            return [line.plain.rstrip() for line in drawn]
        case Drawn(draw):
            return ["", *(line.plain.rstrip() for line in draw(WIDEST))]
        case Entries(entries):
            return [line for one in entries for line in ("", prose(one.text).plain, *(f"  {n}" for n in one.notes))]
        case Rows(rows):
            return [f"{head}  {text}" for head, text in rows]
