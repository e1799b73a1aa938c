"""The charts of a class report: the class beside 1962, how its games ended, the risk each ran, whose doing it was.

Whatever colour says, a place or a word says too, and each chart is told in words to those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from excomm_game.classroom.lesson import Lesson, Mean, Side, Split
from excomm_game.classroom.played import Played
from excomm_game.debrief.charts import KIND_COLOURS, MARKS
from excomm_game.debrief.drawing import FAINT, INK, new_sheet, one_line, percent_tick, styled, svg
from excomm_game.debrief.judgement import Doing
from excomm_game.words.ending import kind_words
from excomm_game.words.figures import percent, points
from excomm_game.words.phrases import brief_date, hour

ROWS = 20
"""Scenes on one chart: as many as stand on one printed page."""
NAMED = 40
"""The most students whose bars stand under their names; of more, a histogram is drawn."""
UNKNOWN = "not known"
_AS, _OTHER = "#0072B2", ("#E69F00", "#56B4E9", "#F0E442", "#CC79A7", "#999999")
_WIDTH = 7.6  # inches
_BINS = 20
_LONGEST = 30  # characters of a name beside its bar


def splits_charts(told: Lesson) -> list[str]:
    """Return the class at the scenes half of it met, a page's worth at a time: each option under its letter."""
    common = [split for split in told.splits if 2 * split.met >= len(told.played)]
    pages = [common[first : first + ROWS] for first in range(0, len(common), ROWS)]
    return [_splits_chart(page, f"splits-{n}") for n, page in enumerate(pages, start=1)]


def painted(split: Split) -> list[tuple[Side, str]]:
    """Return the options of a scene, each with its colour: dark blue for that of 1962, the others' in their order."""
    others = cycle(_OTHER)
    return [(side, _AS if side.is_history else next(others)) for side in split.sides]


def _splits_chart(splits: Sequence[Split], name: str) -> str:
    with styled():
        sheet = new_sheet(0.9 + 0.42 * len(splits), _WIDTH)
        axes = sheet.add_subplot()
        for row, split in enumerate(splits):
            left = 0.0
            for side, colour in painted(split):
                share = side.takers / split.met if split.met else 0.0
                axes.barh(row, share, 0.8, left=left, color=colour, edgecolor="white", linewidth=0.8)
                if share:
                    for text, lowered, size in ((side.letter, -0.19, 7.5), (str(side.takers), 0.17, 9)):
                        axes.text(left + share / 2, row + lowered, text, ha="center", va="center", size=size,
                                  color="white" if side.is_history else INK)  # fmt: skip
                left += share
            if split.as_in_1962 is None:
                axes.annotate("no 1962", (1, row), (4, 0), textcoords="offset points", va="center", size=8)
        axes.set_yticks(range(len(splits)), [one_line(_when(split)) for split in splits])
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        axes.set_ylim(len(splits) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(percent_tick)
        axes.set_xlabel("share of those who met the scene; dark blue: as in 1962", loc="right")
        said = " ".join(f"{_when(split)}: {_sides(split)}." for split in splits)
        return svg(sheet, name, "How the class split at each scene", said)


def _when(split: Split) -> str:
    return f"{brief_date(split.hour.local)} {hour(split.hour.local)} {split.title}"


def _sides(split: Split) -> str:
    return "; ".join(
        f"{side.letter}, {side.label}: {side.takers} of {split.met}{' (as in 1962)' if side.is_history else ''}"
        for side in split.sides
    )


def endings_chart(told: Lesson) -> str:
    """Return how many games ended in each kind of ending."""
    names = [kind_words(kind).capitalize() for kind, _ in told.kinds]
    counts = [count for _, count in told.kinds]
    with styled():
        sheet = new_sheet(2.2, _WIDTH)
        axes = sheet.add_subplot()
        colours = [KIND_COLOURS[kind] for kind, _ in told.kinds]
        axes.barh(range(len(names)), counts, 0.72, color=colours, edgecolor=INK, linewidth=0.6)
        for row, count in enumerate(counts):
            axes.annotate(str(count), (count, row), (5, 0), textcoords="offset points", va="center", weight="bold")
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.set_xlim(0, max(1, *counts) * 1.1)
        axes.locator_params(axis="x", integer=True)
        axes.set_xlabel("games that are over")
        said = "; ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
        return svg(sheet, "endings", "How the games ended", f"{said}.")


def risk_chart(told: Lesson) -> str:
    """Return the risk each game ran, in the order of the roster or by name; of a large class, how many ran how much.

    The figures stand in a column of their own, which neither a bar nor the line of the mean runs through.
    """
    ran = [(game.risk.p, who.name) for who, game in told.over]
    least, most = min(p for p, _ in ran), max(p for p, _ in ran)
    mean = told.means.risk
    average = mean.told(percent, UNKNOWN)
    many = len(ran) > NAMED
    with styled():
        sheet = new_sheet(3.2 if many else 0.9 + 0.24 * len(ran), _WIDTH)
        axes = sheet.add_subplot()
        if many:
            axes.hist([p for p, _ in ran], _BINS, color=_AS, edgecolor="white")
            axes.set_ylabel("students")
            axes.locator_params(axis="y", integer=True)
        else:
            axes.barh(range(len(ran)), [p for p, _ in ran], 0.72, color=_AS)
            for row, (p, _) in enumerate(ran):
                axes.annotate(percent(p), (1, row), (6, 0), axes.get_yaxis_transform(), "offset points", va="center",
                              size=8.5)  # fmt: skip
            axes.set_yticks(range(len(ran)), [_cut(who) for _, who in ran])
            axes.tick_params(axis="y", length=0, labelsize=8.5)
            axes.set_ylim(len(ran) - 0.4, -0.6)
            axes.set_xlim(0, most * 1.05 or 0.01)
        if mean.value is not None:
            axes.axvline(mean.value, color="#D55E00", linewidth=1.4, linestyle="--")
        axes.xaxis.set_major_formatter(percent_tick)
        axes.set_xlabel(f"risk of nuclear war run; dashed: the class's mean, {average}")
        said = f"The mean of {mean.of} is {average}. " + (
            f"From {percent(least)} to {percent(most)}."
            if many
            else "; ".join(f"{who}: {percent(p)}" for p, who in ran)
        )
        return svg(sheet, "risk", "The risk each ran", said)


def doings_chart(told: Lesson) -> str:
    """Return how much judgement, the other seats and luck moved the risk: a mark a game, a bar for the mean."""
    means: dict[Doing, Mean] = {
        "judgement": told.means.judgement, "theirs": told.means.theirs, "luck": told.means.luck,
    }  # fmt: skip
    rows: dict[Doing, str] = {"judgement": "Students' choices", "theirs": "The other seats", "luck": "Luck"}
    with styled():
        sheet = new_sheet(2.4, _WIDTH)
        axes = sheet.add_subplot()
        for row, doing in enumerate(rows):
            mark = MARKS[doing]
            moved = [_moved(game, doing) for _, game in told.over]
            spread = [row + 0.28 * ((n % 7) / 3 - 1) for n in range(len(moved))]  # apart, so that equals can be seen
            axes.plot(moved, spread, mark.marker, linestyle="none", markersize=5, markerfacecolor=mark.fill,
                      markeredgecolor=mark.colour, alpha=0.7)  # fmt: skip
            mean = means[doing].value
            if mean is not None:
                axes.plot([mean, mean], [row - 0.42, row + 0.42], color=INK, linewidth=2)
        axes.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
        axes.set_yticks(range(len(rows)), list(rows.values()))
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.xaxis.set_major_formatter(percent_tick)
        axes.set_xlabel("moved the risk of nuclear war by; a mark a game, a bar for the mean")
        told_means = "; ".join(
            f"{rows[doing]}: on the mean {mean.told(points, UNKNOWN)}" for doing, mean in means.items()
        )
        return svg(sheet, "doings", "Judgement and luck apart", f"{told_means}.")


def _cut(name: str) -> str:
    """Return a name that leaves the bars their room, even where it is one long word."""
    return one_line(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].strip()}…")


def _moved(game: Played, doing: Doing) -> float:
    moved: dict[Doing, float] = {"judgement": game.judgement, "theirs": game.theirs, "luck": game.luck}
    return moved[doing]
