"""Coverage as the JSON object that other scripts rely on."""

from __future__ import annotations

from itertools import chain
from typing import Any

from excomm_game.authoring.coverage import Coverage, Pacing, Spread


def coverage_object(told: Coverage) -> dict[str, Any]:
    """Return a report as one object: hits by kind, what is unreached and what is rare by name, pacing by course."""
    return {
        "worlds": told.worlds,
        **{kind: told.hits[kind] for kind in ("options", "passages", "documents", "endings")},
        "unreached": list(chain.from_iterable(told.unreached.values())),
        "pacing": {course: _pacing(pacing) for course, pacing in told.pacing.items()},
        **{kind: told.hits[kind] for kind in ("counsel", "criteria", "epilogues")},
        "rare": list(chain.from_iterable(told.rare.values())),
        "played": told.played,
    }


def _pacing(pacing: Pacing) -> dict[str, Any]:
    return {
        "choices": _spread(pacing.choices),
        "words": _spread(pacing.words),
        "longest_gap_days": pacing.longest_gap_days,
    }


def _spread(spread: Spread) -> list[float]:
    return [int(one) if float(one).is_integer() else one for one in spread]
