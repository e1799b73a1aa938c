"""The header of a game for tests that play a whole scenario."""

from __future__ import annotations

from excomm_game.engine.record import Header


def header(scenario, seed, seats=None, luck="drawn", school=None):
    """The header of a game in which everybody not named is a model."""
    content = {
        "scenario": scenario.head.id,
        "edition": scenario.head.edition,
        "scenario_sha256": scenario.sha256,
        "seed": seed,
        "school": school or scenario.default_school(),
        "luck": luck,
        "seats": {**dict.fromkeys(scenario.seats, "model"), **(seats or {})},
        "player": "",
        "started": "1962-10-16T08:45:00+00:00",
        "engine": "test",
    }
    return Header.model_validate(content)
