"""The charts of a debrief as SVG text: whatever colour says, shape, place or words say too.

Colours are those of Okabe and Ito (Color Universal Design, 2008), which colour-blind readers tell apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from excomm_game.debrief.drawing import FAINT, INK, label, new_sheet, one_line, percent_tick, styled, svg
from excomm_game.debrief.judgement import Doing
from excomm_game.debrief.whole import Debrief
from excomm_game.engine.draft import ENDING_KINDS
from excomm_game.words.ending import kind_words
from excomm_game.words.figures import interval, percent, points
from excomm_game.words.phrases import brief_date, listed, moment_words, road_words, short_date
from excomm_game.worlds.risk import NUCLEAR, Shares

if TYPE_CHECKING:  # drawing takes long to load, and a debrief in words should not pay for it
    from matplotlib.axes import Axes

MARKED = 0.01
"""A move of the risk that gets a mark: a point, ours."""


class Mark(NamedTuple):
    """How one kind of mover is drawn: its glyph, the drawing library's letter for it, fill, colour and legend."""

    glyph: str
    marker: str
    fill: str
    colour: str
    legend: str


MARKS: dict[Doing, Mark] = {
    "judgement": Mark("●", "o", "#0072B2", "#0072B2", "your choice moved it"),
    "theirs": Mark("▲", "^", "#009E73", "#009E73", "another seat's did"),
    "luck": Mark("○", "o", "#FFFFFF", "#D55E00", "luck did"),
}
KIND_COLOURS = {
    "nuclear": "#D55E00", "war": "#E69F00", "unresolved": "#CCCCCC", "retreat": "#56B4E9", "settlement": "#009E73",
}  # fmt: skip

_BAND = "#E6E6E6"
_HEADING = 0.8  # of a row, for the name of a course above its rows
_WIDE = 0.08  # of all worlds: a narrower bar holds no figure
_MOST_DAYS = 14  # on the axis within a month; half as many where the month stands with each


def risk_line(told: Debrief) -> str:
    """Return the risk of nuclear war after each choice, along the days, marked where somebody moved it by a point."""
    head, turns = told.game.scenario.head, told.turns
    first = datetime.combine(head.begins.date(), time())
    days = (head.ends.date() - first.date()).days + 1
    hours = [_days_since(first, head.begins), *(_days_since(first, turn.told.occurrence.local) for turn in turns)]
    risks = [told.opening, *(turn.after for turn in turns)]
    with styled():
        sheet = new_sheet(3.5)
        axes = sheet.add_subplot()
        low, high = [risk.low for risk in risks], [risk.high for risk in risks]
        band = axes.fill_between(hours, low, high, step="post", color=_BAND, linewidth=0)
        (line,) = axes.step(hours, [risk.p for risk in risks], where="post", color=INK, linewidth=1.4)
        named: list[tuple[Any, str]] = [((band, line), "risk of nuclear war; 95% interval")]
        for doing, mark in MARKS.items():
            moved = [n for n, turn in enumerate(turns, 1) if turn.doing == doing and abs(turn.moved) >= MARKED]
            (drawn,) = axes.plot(
                [hours[n] for n in moved], [risks[n].p for n in moved], mark.marker, linestyle="none", markersize=6.5,
                markerfacecolor=mark.fill, markeredgecolor=mark.colour, markeredgewidth=1.6, zorder=3,
            )  # fmt: skip
            named.append((drawn, mark.legend))
        axes.annotate(
            percent(risks[-1].p), (hours[-1], risks[-1].p), (5, 4), textcoords="offset points", weight="bold"
        )  # fmt: skip
        _calendar(axes, first, days)
        _percents(axes, max(high))
        drawings, words = zip(*named, strict=True)
        sheet.legend(drawings, words, loc="outside upper left", ncols=2, columnspacing=1.5)
        return svg(sheet, "risk-line", "The risk of nuclear war, day by day", _course_in_words(told))


def roads(shares: Shares) -> str:
    """Return the roads to nuclear war, each bar beginning where the one before it ends, and all of them together."""
    ways = sorted(shares.pathways.items(), key=lambda pair: -pair[1].p)
    starts = [0.0, *accumulate(one.p for _, one in ways)][: len(ways)]
    names = [*(label(road_words(name)) for name, _ in ways), "All together"]
    figures = [*(one for _, one in ways), shares.nuclear]
    with styled():
        sheet = new_sheet(0.75 + 0.34 * len(names))
        axes = sheet.add_subplot()
        rows = range(len(names))
        colours = ["#56B4E9"] * len(ways) + ["#D55E00"]
        axes.barh(rows, [one.p for one in figures], left=[*starts, 0], color=colours, edgecolor=INK, linewidth=0.6)
        for row, (start, one) in enumerate(zip([*starts, 0], figures, strict=True)):
            axes.annotate(
                percent(one.p), (start + one.p, row), (5, 0), textcoords="offset points", va="center",
                weight="bold" if row == len(ways) else "normal",
            )  # fmt: skip
        axes.set_yticks(rows, names)
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.set_xlim(0, (shares.nuclear.p or 0.01) * 1.18)
        axes.xaxis.set_major_formatter(percent_tick)
        axes.set_xlabel("share of all worlds")
        said = "; ".join(f"{name}: {interval(*one)}" for name, one in zip(names, figures, strict=True))
        return svg(sheet, "roads", "The roads to nuclear war, adding up to the whole", f"{said}.")


def courses_chart(rows: Sequence[tuple[str, str, Shares]]) -> str:
    """Return how each course ends under each school, given as (course, school, shares).

    The kinds of ending stand side by side, nuclear war first, with the whisker of its 95% interval and, at the margin,
    its figures. Rows of one course that follow each other stand together under its name.
    """
    schools = list(dict.fromkeys(school for _, school, _ in rows))
    is_grouped = len(schools) > 1
    begins = [n for n, (course, _, _) in enumerate(rows) if is_grouped and (n == 0 or rows[n - 1][0] != course)]
    places = [n + _HEADING * sum(first <= n for first in begins) for n in range(len(rows))]
    bottom = places[-1] if places else 0.0
    with styled():
        sheet = new_sheet(1.2 + 0.36 * (bottom + 1), 7.6)
        axes = sheet.add_subplot()
        _stacked(axes, places, [shares for _, _, shares in rows])
        for n in begins:
            axes.text(0, places[n] - 0.48, one_line(rows[n][0]), va="bottom", weight="bold")
        axes.set_yticks(places, [label(school if is_grouped else course) for course, school, _ in rows])
        axes.tick_params(axis="y", length=0, labelsize=9)
        axes.set_ylim(bottom + 0.6, -0.6)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(percent_tick)
        by = f", by {one_line(schools[0])}" if len(schools) == 1 else ""
        axes.set_xlabel(f"share of all worlds{by}")
        if rows:
            sheet.legend(loc="outside upper left", ncols=3, columnspacing=1.5)
        said = " ".join(f"{course}, {school}: nuclear war {interval(*one.nuclear)}." for course, school, one in rows)
        return svg(sheet, "courses", "How each course ends", said)


def _stacked(axes: Axes, places: Sequence[float], rows: Sequence[Shares]) -> None:
    """Lay the kinds of ending end to end, a bar a row."""
    left = [0.0] * len(rows)
    for kind in ENDING_KINDS[::-1]:
        shares = [row.kinds[kind].p if kind in row.kinds else 0.0 for row in rows]
        name = kind_words(kind) + (", with its 95% interval" if kind == NUCLEAR else "")
        axes.barh(
            places, shares, 0.72, left=left, color=KIND_COLOURS[kind], edgecolor="white", linewidth=0.8, label=name
        )
        for place, start, share in zip(places, left, shares, strict=True):
            if share >= _WIDE and kind != NUCLEAR:
                axes.text(start + share / 2, place, percent(share), ha="center", va="center", size=8.5)
        left = [start + share for start, share in zip(left, shares, strict=True)]
    at_war = [row.nuclear for row in rows]
    axes.errorbar(
        [one.p for one in at_war], places, fmt="none", ecolor=INK, elinewidth=1.3, capsize=3.5,
        xerr=[[one.p - one.low for one in at_war], [one.high - one.p for one in at_war]],
    )  # fmt: skip
    for place, one in zip(places, at_war, strict=True):
        axes.annotate(interval(*one), (1, place), (5, 0), textcoords="offset points", va="center", size=8.5)
    if rows:
        axes.annotate("nuclear war", (1, 1), (5, 0), xycoords="axes fraction", textcoords="offset points", size=8.5,
                      va="bottom", weight="bold")  # fmt: skip


# -- words


def _course_in_words(told: Debrief) -> str:
    """Tell the risk line to one who cannot see it."""
    last = told.turns[-1].after if told.turns else told.opening
    said = [f"From {percent(told.opening.p)} at the opening to {percent(last.p)} after {len(told.turns)} choices."]
    highest = max(told.turns, key=lambda turn: turn.after.p, default=None)
    if highest is not None:
        said.append(f"At its highest {percent(highest.after.p)}, {moment_words(highest.told.hour)}.")
    for doing, mark in MARKS.items():
        moved = [turn for turn in told.turns if turn.doing == doing and abs(turn.moved) >= MARKED]
        if moved:
            each = listed(f"{short_date(turn.told.occurrence.local)} {points(turn.moved)}" for turn in moved)
            said.append(f"Where {mark.legend}: {each}.")
    return " ".join(said)


# -- axes


def _days_since(first: datetime, moment: datetime) -> float:
    """Return how many days after midnight of the first day a moment is, by the scenario's clock."""
    return (moment.replace(tzinfo=None) - first) / timedelta(days=1)


def _calendar(axes: Axes, first: datetime, days: int) -> None:
    """Lay the days along the axis: a line at each midnight, the day's name in the middle of it."""
    last = first + timedelta(days=days - 1)
    is_month = (first.year, first.month) == (last.year, last.month)
    step = ceil(days / (_MOST_DAYS if is_month else _MOST_DAYS // 2))
    shown = [first + timedelta(days=n) for n in range(0, days, step)]
    names = [str(day.day) if is_month else brief_date(day) for day in shown]
    axes.set_xlim(0, days)
    axes.set_xticks(range(0, days + 1, step), [""] * len(range(0, days + 1, step)))
    axes.set_xticks([n * step + 0.5 for n in range(len(shown))], names, minor=True)
    axes.tick_params(axis="x", which="minor", length=0, pad=6)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_xlabel(f"{_month(first)} {first.year}" if is_month else _years(first, last))


def _month(day: datetime) -> str:
    return short_date(day).partition(" ")[2]


def _years(first: datetime, last: datetime) -> str:
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def _percents(axes: Axes, highest: float) -> None:
    top = min(1.0, max(0.01, highest * 1.1))
    axes.set_ylim(-0.02 * top, top * 1.02)
    axes.locator_params(axis="y", nbins=6, steps=[1, 2, 5, 10])
    axes.yaxis.set_major_formatter(percent_tick)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
