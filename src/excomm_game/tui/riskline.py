"""The risk of nuclear war along the days, drawn with text: a line, and a sign wherever something moved it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.rules import last_day
from excomm_game.tui.typeset import hung
from excomm_game.words.figures import percent, points
from excomm_game.words.phrases import stamp

if TYPE_CHECKING:
    from excomm_game.debrief.judgement import Doing, Turn
    from excomm_game.debrief.whole import Debrief

POINT = 0.01  # a move of the risk smaller than this has no sign
LEVELS = 8  # rows above the lowest
TOPS = (0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2, 0.24, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
LABEL = 7  # cells beside the axis
WIDEST = 65  # cells of the line, where the days do not need more
NUMBER = 3  # cells of a day's number
SIGNS: dict[Doing, tuple[str, str, str]] = {
    "judgement": ("●", "bold $new", "you"),
    "theirs": ("▲", "bold", "another seat"),
    "luck": ("○", "bold", "luck"),
}


class Track(NamedTuple):
    """What stands in each column: the highest risk in it, and the strongest move, None where there was none.

    The last column ends as the game did.
    """

    risks: list[float]
    moves: list[Turn | None]


def risk_line(told: Debrief, width: int) -> list[Content]:
    """Return the chart, what its signs mean, and each move that has a sign, in lines of at most `width` cells."""
    if not told.turns:
        return []
    days = last_day(told.game.scenario)
    columns = max(1, min(max(days, WIDEST), width - LABEL))
    columns -= columns % days if columns > days else 0
    track = _track(told.turns, columns, columns / days)
    top = _top(told.turns)
    lines = [*_rows(track, top, columns), _axis(columns), _days(told, days, columns)]
    return [*lines, Content(""), *_legend(told.turns, top, width), *_moves(told.turns, width)]


def _track(turns: Sequence[Turn], columns: int, day: float) -> Track:
    places = [min(columns - 1, _place(turn.told.occurrence, day)) for turn in turns]
    risks = []
    moves: list[Turn | None] = []
    for column in range(places[-1] + 1):
        done = bisect_right(places, column)
        here = turns[bisect_left(places, column) : done]
        after = turns[done - 1].after.p if done else turns[0].before.p
        risks.append(max([one.after.p for one in here], default=after) if done < len(turns) else after)
        moves.append(max(filter(has_sign, here), key=lambda turn: abs(turn.moved), default=None))
    return Track(risks, moves)


def _place(occurrence: Occurrence, day: float) -> int:
    """Return the column of an hour, where a day has so many, or a part of one."""
    hours = occurrence.local.hour + occurrence.local.minute / 60
    return int((occurrence.day - 1 + hours / 24) * day)


def has_sign(turn: Turn) -> bool:
    """Say whether a choice moved the risk by a point or more."""
    return abs(turn.moved) >= POINT


def _top(turns: Sequence[Turn]) -> float:
    """Return the probability at the top row: round, and above all that was run while nothing was decided."""
    open_ones = [p for turn in turns for p in (turn.before.p, turn.after.p) if p < 1]
    return next(top for top in TOPS if top >= max(open_ones, default=1.0))


def _rows(track: Track, top: float, columns: int) -> list[Content]:
    """Draw the line, from the top row down."""
    grid = [[(" ", "")] * columns for _ in range(LEVELS + 1)]
    levels = [min(LEVELS, round(risk / top * LEVELS)) for risk in track.risks]
    for column, level in enumerate(levels):
        before = levels[max(0, column - 1)]
        if level == before:
            grid[level][column] = ("─", "")
        else:
            is_up = level > before
            grid[before][column] = ("╯" if is_up else "╮", "")
            grid[level][column] = ("╭" if is_up else "╰", "")
            for between in range(min(before, level) + 1, max(before, level)):
                grid[between][column] = ("│", "")
        if (turn := track.moves[column]) is not None:
            sign, style, _ = SIGNS[turn.doing]
            grid[level][column] = (sign, style)
    drawn = []
    for level in range(LEVELS, -1, -1):
        is_named = level % (LEVELS // 2) == 0
        label = f"{top * level / LEVELS * 100:g}%" if is_named else ""
        head = f"{label:>{LABEL - 2}} {'┤' if is_named else '│'}"
        drawn.append(Content.assemble((head, "$quiet"), *grid[level]).rstrip())
    return drawn


def _axis(columns: int) -> Content:
    return Content.styled(f"{'':{LABEL - 1}}└{'─' * columns}", "$quiet")


def _days(told: Debrief, days: int, columns: int) -> Content:
    """Return the days' numbers under their first hours; where they would stand too close, not every one."""
    begins = told.game.scenario.head.begins
    line = ""
    for n in range(days):
        place = n * columns // days
        if place >= len(line) and place + NUMBER <= columns + 1:
            line = f"{line:<{place}}{(begins + timedelta(days=n)).day:<{NUMBER}}"
    return Content.styled(f"{'':{LABEL}}{line}".rstrip(), "$quiet")


def _legend(turns: Sequence[Turn], top: float, width: int) -> list[Content]:
    """Say what the signs mean, and where the line ends."""
    parts = [Content.assemble((sign, style), f" {who}") for sign, style, who in SIGNS.values()]
    said = "moved the risk by a point of a percent or more. Where several fall on one spot, the strongest stands there."
    lines = hung(Content.assemble(*[part + Content("   ") for part in parts[:-1]], parts[-1], f"   {said}"), width)
    last = turns[-1].after.p
    if last == 0:
        lines += hung(Content("The line ends at 0: it did not happen."), width)
    elif last == 1:
        above = f", above the top of this chart at {top * 100:g}%" if top < 1 else ""
        lines += hung(Content(f"The line ends at 100%: it happened{above}."), width)
    return lines


def _moves(turns: Sequence[Turn], width: int) -> list[Content]:
    """List what has a sign, in its order."""
    lines = []
    for turn in turns:
        if not has_sign(turn):
            continue
        sign, style, _ = SIGNS[turn.doing]
        told = turn.told
        whose = f"{told.seat}, " if turn.doing == "theirs" else ""
        moved = f"{percent(turn.before.p)} to {percent(turn.after.p)}, {points(turn.moved)}"
        text = f" {stamp(told.hour)}: {whose}{told.title}: {told.label} ({moved})"
        lines += hung(Content.assemble((sign, style), text), width)
    return [Content(""), *lines] if lines else []
