"""Risk and debriefs as the JSON objects that other scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from excomm_game.debrief.own import replies
from excomm_game.debrief.whole import Debrief
from excomm_game.engine.outcome import peak
from excomm_game.worlds.courses import Row
from excomm_game.worlds.risk import Figure, Shares


def figure_object(figure: Figure) -> dict[str, float]:
    """Return a probability with its interval."""
    return figure._asdict()


def figures(named: dict[str, Figure]) -> dict[str, dict[str, float]]:
    """Return probabilities by name."""
    return {name: figure_object(figure) for name, figure in named.items()}


def odds_object(shares: Shares) -> dict[str, Any]:
    """Return foresight from a position."""
    return {
        "worlds": shares.worlds,
        "nuclear": figure_object(shares.nuclear),
        "kinds": figures(shares.kinds),
        "endings": figures(shares.endings),
        "pathways": figures(shares.pathways),
    }


def courses_object(rows: Iterable[Row]) -> dict[str, Any]:
    """Return courses side by side."""
    return {
        "rows": [
            {
                "course": row.course,
                "school": row.school,
                "worlds": row.shares.worlds,
                "nuclear": figure_object(row.shares.nuclear),
                "kinds": figures(row.shares.kinds),
                "pathways": figures(row.shares.pathways),
            }
            for row in rows
        ]
    }


def debrief_object(told: Debrief) -> dict[str, Any]:
    """Return the whole account of one game; `reason` and `answers` stand only where something was written."""
    game = told.game
    divergence = told.versus.first_divergence
    highest = peak(game)
    return {
        "ending": game.state.ending,
        "kind": game.kind,
        "worlds": told.worlds,
        "risk_run": {
            "nuclear": figure_object(told.ran.nuclear),
            "kinds": figures(told.ran.kinds),
            "pathways": figures(told.ran.pathways),
        },
        "history": {
            "same": told.versus.same,
            "of": told.versus.of,
            "first_divergence": None if divergence is None else _divergence(told, divergence),
        },
        "rungs": {
            "peak": highest[0].number if highest else None,
            "path": [step.number if step else None for step in told.climb],
        },
        "turns": [
            {
                "n": turn.told.n,
                "scene": turn.told.occurrence.label,
                "option": turn.told.option,
                "by": turn.told.by,
                "before": figure_object(turn.before),
                "after": figure_object(turn.after),
                turn.doing: turn.moved,
                **({"reason": turn.told.reason} if turn.told.reason else {}),
            }
            for turn in told.turns
        ],
        "judges": [
            {"id": one.judge.id, "grade": one.letter, "points": one.points, "says": [said for _, said in one.says]}
            for one in told.judges
        ],
        **({"answers": [one._asdict() for one in replies(game)]} if replies(game) else {}),
    }


def _divergence(told: Debrief, n: int) -> dict[str, Any]:
    one = told.turns[n - 1].told
    return {"n": n, "scene": one.occurrence.label, "option": one.option, "in_1962": one.in_1962}
