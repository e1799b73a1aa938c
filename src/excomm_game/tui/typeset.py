"""Sheets as lines for a width: headings, prose, lists of changes, and documents that look like what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.content import Content

from excomm_game.engine.reader import Paper
from excomm_game.tui.marks import moved
from excomm_game.tui.prose import prose
from excomm_game.tui.sheets import (
    WIDEST,
    Block,
    Document,
    Drawn,
    Entries,
    Heading,
    Lines,
    Moves,
    Note,
    Rows,
    Sheet,
    Text,
)
from excomm_game.tui.wrapping import wrapped
from excomm_game.words.ending import Entry
from excomm_game.words.phrases import change, short_date, stamp

NARROWEST = 16  # in less than that nothing can be set, and nobody could read it
WIRE = 60
SHORT = 2  # lines: a longer entry stands apart
_TYPED = {"memorandum": "MEMORANDUM", "estimate": "ESTIMATE", "minutes": "MINUTES"}
_EMPTY = Content("")

Set = list[Content]


def typeset(sheet: Sheet, width: int) -> Set:
    """Return a sheet's lines, none wider than `width` cells; nothing where that is too narrow to read."""
    if width < NARROWEST:
        return []
    lines: Set = []
    before: Block | None = None
    for block in sheet:
        is_close = isinstance(block, Note) and not _stands_apart(before)
        lines += [] if before is None or is_close else [_EMPTY]
        lines += _block(block, min(width, WIDEST))
        before = block
    return lines


def _stands_apart(block: Block | None) -> bool:
    """Say whether a block has a shape of its own, so that a note does not follow it at once."""
    return isinstance(block, Document | Rows) or (isinstance(block, Text) and block.is_new)


def _block(block: Block, width: int) -> Set:
    match block:
        case Heading(text, aside):
            aside = f"  {aside}" if aside else ""
            return wrapped([Content.assemble((text, "bold"), (aside, "$quiet"))], width)
        case Text(text, True):
            return _barred("▌", "$new", wrapped([prose(text)], width - 2))
        case Text(text):
            return wrapped([prose(text)], width)
        case Note(text):
            return wrapped([Content.styled(text, "$quiet")], width)
        case Moves(label, changes):
            told = [Content(f"{moved(one)} {change(one)}") for one in changes]
            return wrapped([Content.styled(label, "$new"), *told], width)
        case Document(paper):
            return _SHAPES.get(paper.form, _typed)(paper, width)
        case Lines() | Drawn() | Entries() | Rows():
            return _listed(block, width)


def _listed(block: Lines | Drawn | Entries | Rows, width: int) -> Set:
    match block:
        case Lines(drawn):
            return wrapped(drawn, width)
        case Drawn(draw):
            return list(draw(width))
        case Entries(entries):
            return _entries(entries, width)
        case Rows(rows):
            return _columns(rows, width)


def _entries(entries: Sequence[Entry], width: int) -> Set:
    """Set what is short line under line; what has notes, or takes more than two lines, apart from the rest."""
    lines: Set = []
    is_apart = False
    for one in entries:
        was_apart, text = is_apart, wrapped([prose(one.text)], width)
        is_apart = bool(one.notes) or len(text) > SHORT
        lines += [_EMPTY] if lines and (is_apart or was_apart) else []
        lines += text if is_apart else hung(prose(one.text), width)
        lines += [Content("  ") + line for note in one.notes for line in hung(Content(note), width - 2)]
    return lines


def hung(text: Content, width: int, indent: int = 2) -> Set:
    """Return a text broken to a width, what follows a break set in."""
    first, *rest = wrapped([text], width - indent) or [_EMPTY]
    return [first, *(Content(" " * indent) + line for line in rest)]


def _columns(rows: Sequence[tuple[str, str]], width: int) -> Set:
    """Set heads in a column as wide as the longest, and texts that wrap beside them."""
    column = min(max((len(head) for head, _ in rows), default=0) + 2, width // 2)
    lines: Set = []
    for head, text in rows:
        heads = wrapped([Content.styled(head, "bold")], column - 1) or [_EMPTY]
        texts = wrapped([Content(text)], width - column) or [_EMPTY]
        for place in range(max(len(heads), len(texts))):
            left = heads[place] if place < len(heads) else _EMPTY
            right = texts[place] if place < len(texts) else _EMPTY
            lines.append(left.pad_right(max(0, column - left.cell_length)) + right)
    return lines


# -- frames


def _barred(bar: str, style: str, lines: Set, indent: int = 1) -> Set:
    """Set lines behind a bar."""
    head = Content.styled(bar, style) + Content(" " * indent)
    return [head + line for line in lines]


def _on_panel(lines: Set, width: int) -> Set:
    """Set lines on a ground of their own, with room around them."""
    ground = [_EMPTY, *lines, _EMPTY]
    padded = [Content("  ") + line for line in ground]
    return [line.pad_right(max(0, width - line.cell_length)).stylize_before("on $panel") for line in padded]


def _boxed(lines: Set, width: int, glyphs: str, indent: int) -> Set:
    """Set lines in a box; `glyphs` are its corners from the top left, its level and its upright line."""
    left_top, right_top, left_foot, right_foot, level, upright = list(glyphs)
    side = Content.styled(upright, "$quiet")
    rows = [Content(" " * indent) + line for line in lines]
    return [
        Content.styled(left_top + level * (width - 2) + right_top, "$quiet"),
        *(side + row.pad_right(max(0, width - 2 - row.cell_length)) + side for row in rows),
        Content.styled(left_foot + level * (width - 2) + right_foot, "$quiet"),
    ]


def _right(text: Content, width: int) -> Set:
    return [line.pad_left(max(0, width - line.cell_length)) for line in wrapped([text], width)]


def _centre(text: Content, width: int) -> Set:
    return [line.pad_left(max(0, (width - line.cell_length) // 2)) for line in wrapped([text], width)]


def _rule(width: int, glyph: str = "─") -> Content:
    return Content.styled(glyph * width, "$quiet")


# -- documents


def _letter(paper: Paper, width: int) -> Set:
    """Return a letter: the date at the right, to whom, the text, and the signature under it."""
    room = width - 4
    dated = Content(f"{short_date(paper.sent.local)} {paper.sent.local.year}") if paper.sent else _EMPTY
    to = "".join(f"\n{label}{value}" for label, value in (("To ", paper.receiver), ("", paper.channel)) if value)
    lines = _right(dated, room) if dated else []
    lines += wrapped([Content.assemble((paper.title, "bold"), to)], room)
    lines += [_EMPTY, *wrapped([prose(paper.text)], room), _EMPTY]
    lines += _right(Content.styled(paper.sender, "italic"), room) if paper.sender else []
    if paper.received:
        lines += [_EMPTY, *_right(Content.styled(f"received {stamp(paper.received)}", "$quiet"), room)]
    return _on_panel(lines, width)


def _cable(paper: Paper, width: int) -> Set:
    """Return a telegram: its routing lines, and the text between rules."""
    room = width - 5
    rows = [("FROM", paper.sender), ("TO", paper.receiver), ("VIA", paper.channel)]
    rows += [(name, stamp(at).upper()) for name, at in (("SENT", paper.sent), ("RECEIVED", paper.received)) if at]
    lines = wrapped([Content.styled(f"TELEGRAM · {paper.title.upper()}", "bold")], room)
    lines += [_rule(room), *_routing(rows, room), _EMPTY, *wrapped([prose(paper.text)], room)]
    lines += _right(Content.styled("END OF MESSAGE", "$quiet"), room)
    on_panel = [line.pad_right(max(0, width - 3 - line.cell_length)).stylize_before("on $panel") for line in lines]
    return _barred("█", "$quiet on $panel", [Content.styled("  ", "on $panel") + line for line in on_panel], 0)


def _routing(rows: Iterable[tuple[str, str]], width: int) -> Set:
    return wrapped([Content(f"{name:<9} {value}") for name, value in rows if value], width)


def _broadcast(paper: Paper, width: int) -> Set:
    """Return a broadcast: who is on the air, and when."""
    at = paper.received or paper.sent
    head = Content.assemble(("((•)) ON THE AIR", "bold"), f"  {paper.sender or paper.channel}")
    aside = Content.styled(f"{paper.title}{f' · {stamp(at)}' if at else ''}", "$quiet")
    lines = [*wrapped([head, aside], width - 3), _EMPTY, *wrapped([prose(paper.text)], width - 3)]
    return _barred("▌", "$new", lines, indent=2)


def _wire(paper: Paper, width: int) -> Set:
    """Return a report as it came over a ticker."""
    at = paper.received or paper.sent
    slug = " ".join(part for part in ("ZCZC", paper.channel or paper.sender, stamp(at) if at else "") if part)
    room = min(width, WIRE) - 2
    lines = wrapped([Content.styled(slug.upper(), "$quiet")], room)
    lines += wrapped([Content.styled(f"- - {paper.title.upper()} - -", "bold")], room)
    lines += [_EMPTY, *wrapped([prose(paper.text)], room), *wrapped([Content.styled("- 30 -", "$quiet")], room)]
    return [_rule(room + 2, "═"), *(Content(" ") + line for line in lines), _rule(room + 2, "═")]


def _photograph(paper: Paper, width: int) -> Set:
    """Return what a photograph shows, in a frame."""
    at = paper.sent or paper.received
    aside = " · ".join(part for part in (paper.sender, stamp(at) if at else "", paper.channel) if part)
    room = width - 6
    lines = wrapped([Content.assemble(("PHOTOGRAPH", "bold"), f"  {paper.title}")], room)
    lines += wrapped([Content.styled(aside, "$quiet")], room) if aside else []
    return _boxed([*lines, _EMPTY, *wrapped([prose(paper.text)], room)], width, "┏┓┗┛╍╏", 2)


def _typed(paper: Paper, width: int) -> Set:
    """Return a typed paper: what it is, its head between rules, its text."""
    room = width - 8
    at = paper.sent or paper.received
    rows = [("To:", paper.receiver), ("From:", paper.sender), ("Date:", stamp(at) if at else "")]
    rows += [("Subject:", paper.title), ("By:", paper.channel)]
    lines = _centre(Content.styled(_TYPED.get(paper.form, paper.form.upper()), "bold"), room)
    lines += [_EMPTY, *_routing(rows, room), _rule(room), _EMPTY, *wrapped([prose(paper.text)], room)]
    return _boxed(lines, width, "┌┐└┘─│", 3)


_SHAPES: dict[str, Callable[[Paper, int], Set]] = {
    "letter": _letter,
    "cable": _cable,
    "broadcast": _broadcast,
    "newspaper": _wire,
    "photograph": _photograph,
}
