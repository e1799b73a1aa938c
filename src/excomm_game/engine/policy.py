"""Policies: who sits in a seat when no person does."""

from __future__ import annotations

from collections.abc import Callable

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.errors import UsageError
from excomm_game.engine.fate import mix, uniform
from excomm_game.engine.rules import pending
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State
from excomm_game.engine.text import printable

Policy = Callable[[Scenario, State, int], str | None]
"""Names an option of the awaited scene for a state and seed, or None: then the weights decide."""


def open_ids(scenario: Scenario, state: State, occurrence: Occurrence) -> list[str]:
    """Return the ids of the options that are open, in file order."""
    opens = scenario.moves(occurrence.scene).opens
    return [
        option.id
        for option, is_open in zip(scenario.scene_of(occurrence).option, opens, strict=True)
        if is_open(state.values, occurrence.day)
    ]


def historical(scenario: Scenario, occurrence: Occurrence) -> str | None:
    """Return the option taken in 1962 at an occurrence, or None where none is named."""
    history = scenario.scene_of(occurrence).history
    if isinstance(history, tuple):
        return dict(history).get(occurrence.local.date())
    return history


def _history(scenario: Scenario, state: State, seed: int) -> str | None:  # noqa: ARG001 - a Policy is handed the seed
    occurrence = scenario.agenda[state.position]
    named = historical(scenario, occurrence)
    return named if named in open_ids(scenario, state, occurrence) else None


def _weights(scenario: Scenario, state: State, seed: int) -> str | None:  # noqa: ARG001 - a Policy is handed these
    return None


def _random(scenario: Scenario, state: State, seed: int) -> str | None:
    occurrence = scenario.agenda[state.position]
    ids = open_ids(scenario, state, occurrence)
    return ids[int(uniform(mix(seed), occurrence.key) * len(ids))]


_ALWAYS: dict[str, Policy] = {"history": _history, "weights": _weights, "random": _random}


def policy_names(scenario: Scenario) -> tuple[str, ...]:
    """Return the policies that can sit in a seat of this scenario."""
    return (*_ALWAYS, *(course.id for course in scenario.draft.courses))


def policy(scenario: Scenario, name: str) -> Policy:
    """Return a policy by name: history, weights, random (uniform over open options) or a course of the scenario.

    Raises UsageError for one there is none of.
    """
    if name in _ALWAYS:
        return _ALWAYS[name]
    if name in policy_names(scenario):
        return _course(course_options(scenario, name))
    raise UsageError(f"There is no policy '{printable(name)}'. There are: {', '.join(policy_names(scenario))}.")


def course_options(scenario: Scenario, name: str) -> dict[str, str]:
    """Return what a course takes, by scene or occurrence; nothing for a policy that is no course."""
    return next((dict(course.choose) for course in scenario.draft.courses if course.id == name), {})


def _course(choose: dict[str, str]) -> Policy:
    def named(scenario: Scenario, state: State, seed: int) -> str | None:  # noqa: ARG001 - a Policy is handed the seed
        occurrence = pending(scenario, state)
        assert occurrence is not None
        scene = scenario.scene_of(occurrence).id
        option = choose.get(occurrence.full) or choose.get(occurrence.label) or choose.get(scene)
        return option if option in open_ids(scenario, state, occurrence) else None

    return named
