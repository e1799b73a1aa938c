"""What a seat can look at beside its page: council, documents, journal, situation, ladder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from excomm_game.engine.dossier import Dossier
from excomm_game.engine.hour import Clock
from excomm_game.engine.reader import Advice, Page
from excomm_game.tui import marks, sheets
from excomm_game.tui.commands import bindings
from excomm_game.tui.screens.base import Close, Down, GameScreen, Help, Palette, Up
from excomm_game.tui.screens.reading import Leaf, ReadingScreen
from excomm_game.tui.widgets.menu import Line, Menu
from excomm_game.tui.widgets.situation import InBrief
from excomm_game.tui.wrapping import HELD
from excomm_game.words.phrases import brief_date, hour, stamp

LONGEST_LABEL = 20
LADDER_NOTE = "Our reading of the ladder of 44 rungs in Herman Kahn, On Escalation (1965)."


def council(shown: Page) -> ReadingScreen:
    """Return the advisers, whom they back and how they moved, each with the argument and who this is."""
    labels = {way.id: way.label for way in shown.ways}
    leaves = [
        Leaf(_adviser(shown, one), sheets.advice(one, labels.get(one.backs, "")), one.name) for one in shown.advice
    ]
    return ReadingScreen("The council", leaves, above=_heads(shown), key="c")


def _adviser(shown: Page, one: Advice) -> Content:
    numbers = {way.id: way.number for way in shown.ways}
    number = numbers.get(one.backs)
    backs = f"{number} ▸" if number else "– ▸"
    arrow = ("  ↗ moved", "$new") if sheets.has_moved(one) else ""
    return Content.assemble((f"{backs} ", "bold"), one.name, arrow, (f"\n{one.office}", "$quiet"))


def _heads(shown: Page) -> Content:
    """Return a line for each open option with a head for each adviser behind it."""
    lines = []
    for way in shown.ways:
        count = sum(one.backs == way.id for one in shown.advice)
        if way.number is not None and count:
            lines.append(
                Content.assemble((f"{way.number}  ", "bold"), "●" * count, f" {count}  ", (way.label, "$quiet"))
            )
    rest = sum(all(one.backs != way.id for way in shown.ways) for one in shown.advice)
    if rest:
        lines.append(Content.assemble(("–  ", "bold"), "○" * rest, f" {rest}  ", ("undecided", "$quiet")))
    return Content("\n").join(lines)


def council_line(shown: Page) -> Content:
    """Return who stands behind which option, in one line."""
    parts = []
    for way in shown.ways:
        behind = [one for one in shown.advice if one.backs == way.id]
        if behind:
            names = Content("  ").join(_short_name(one) for one in behind)
            parts.append(Content.assemble((f"{way.number or '–'} ▸ ", "bold"), names))
    rest = [one for one in shown.advice if all(one.backs != way.id for way in shown.ways)]
    if rest:
        parts.append(Content.assemble(("undecided: ", "$quiet"), Content(", ").join(_short_name(one) for one in rest)))
    return Content.assemble(("Council  ", "$quiet"), Content("    ").join(parts))


def _short_name(one: Advice) -> Content:
    """Return initial and surname, with an arrow for somebody who has moved; they keep together."""
    first, *_, last = one.name.split(" ") if " " in one.name else ("", one.name)
    moved = (f"{HELD}↗", "$new") if sheets.has_moved(one) else ""
    return Content.assemble(f"{first[:1]}.{HELD}{last}" if first else last, moved)


def documents(view: Dossier) -> ReadingScreen:
    """Return every document this seat has been told, the newest first."""
    leaves = [
        Leaf(
            Content.assemble(paper.title, (f"\n{paper.form}{_dated(paper.received or paper.sent)}", "$quiet")),
            [sheets.Document(paper)],
            paper.title,
        )
        for paper in reversed(view.papers)
    ]
    return ReadingScreen("Documents, the newest first", leaves, key="d")


def _dated(moment: Clock | None) -> str:
    """Return a document's date and hour in the room that a list has."""
    return f" · {brief_date(moment.local)}, {hour(moment.local)} ({moment.label})" if moment else ""


def journal(view: Dossier) -> ReadingScreen:
    """Return all that this seat was told and chose, the newest last and open."""
    leaves = [
        Leaf(
            Content.assemble(
                (f"{stamp(item.at)}\n", "$quiet"),
                ("▸ " if item.own else "  ", "bold"),
                item.title,
                (f"\n  {item.label}", "$new") if item.own else "",
            ),
            sheets.entry(view, item),
            item.title,
        )
        for item in view.told
    ]
    return ReadingScreen("Journal", leaves, first=max(0, len(leaves) - 1))


def situation_lines(view: Dossier, width: int, between: Sequence[Content] = ()) -> list[Content]:
    """Return what a seat can see of the world, for a column of `width` cells; `between` stands before the facts."""
    gauges = [one for one in view.readings if one.band]
    facts = [one for one in view.readings if not one.band and not one.is_start]
    label = max((len(one.label) for one in gauges if len(one.label) <= LONGEST_LABEL), default=0)
    words = max((len(one.band) for one in gauges), default=0)
    room = width - label - words - 2
    lines = [marks.gauge(one, label, max(4, min(20, room))) for one in gauges]
    lines += ladder_lines(view)
    lines += [Content(""), *between] if between else []
    return [*lines, Content(""), *(marks.fact(one) for one in facts)] if facts else lines


def ladder_lines(view: Dossier) -> list[Content]:
    """Return the rung now and the highest so far."""
    now, peak = view.ladder.now, view.ladder.peak
    return [
        Content.assemble(("Ladder: ", "$quiet"), f"rung {marks.rung(now)}" if now else "not on it"),
        *([Content.assemble(("Peak so far: ", "$quiet"), f"rung {marks.rung(peak)}")] if peak and peak != now else []),
    ]


def in_brief(view: Dossier, first: Sequence[Content]) -> InBrief:
    """Return the bands and the rung for one line, after what comes first."""
    bands = [Content.assemble((f"{one.label} ", "$quiet"), one.band) for one in view.readings if one.band]
    now, peak = view.ladder.now, view.ladder.peak
    rung = []
    if now and peak:
        rung.append(Content.assemble(("Rung ", "$quiet"), str(now[0]), (f" peak {peak[0]}" if peak != now else "")))
    return InBrief(first, bands, rung, sum(not one.band and not one.is_start for one in view.readings))


def situation(view: Dossier) -> ReadingScreen:
    """Return the situation in full, and the ladder's place in it."""
    lines = tuple(situation_lines(view, 60))
    return ReadingScreen("The situation", [Leaf(Content("What you can see"), [sheets.Lines(lines)])], key="s")


class LadderScreen(GameScreen):
    """Shows all 44 rungs, the highest at the top: where this is, and how far it has been."""

    ORDERS = (Down, Up, Close, Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)

    def __init__(self, view: Dossier) -> None:
        super().__init__()
        self.view = view

    def body(self) -> ComposeResult:
        """Compose the heading and the rungs."""
        yield Static(Content.styled("The ladder of escalation", "bold"), classes="masthead")
        yield Static(Content.styled(LADDER_NOTE, "$quiet"), classes="above")
        yield Menu(classes="tall")

    async def arrive(self) -> None:
        """Show the rungs with the present one under the cursor."""
        now, peak, rungs = self.view.ladder
        lines = []
        for step in reversed(rungs):
            here, highest = step == now, step == peak
            sign = "◀ here" if here else "△ the highest so far" if highest else ""
            style = "bold $new" if here else "$foreground" if now and step[0] <= now[0] else "$quiet"
            text = Content.assemble((f"{step[0]:>2}  {step[1]}", style), (f"   {sign}" if sign else "", "bold $danger"))
            lines.append(Line(str(step[0]), text))
        self.query_one(Menu).show_lines(lines, marked=str(now[0]) if now else str(rungs[0][0]) if rungs else None)
