"""Who takes what in simulated worlds: a policy in some seats, or the choices of a record."""

from __future__ import annotations

from collections.abc import Iterable

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.policy import course_options, historical, policy
from excomm_game.engine.record import YOURS, ChoiceLine
from excomm_game.engine.scenario import Scenario
from excomm_game.worlds.terms import Plan


def seated(scenario: Scenario, name: str, seats: Iterable[str]) -> Plan:
    """Return the plan of a policy that sits in some seats; the others go by the weights.

    Raises UsageError for a policy there is none of.
    """
    policy(scenario, name)
    seats = tuple(seats)
    if name == "random":
        return Plan({}, seats)
    if name == "weights":
        return Plan({})
    choose = course_options(scenario, name)

    def named(occurrence: Occurrence) -> str | None:
        if name == "history":
            return historical(scenario, occurrence)
        scene = scenario.scene_of(occurrence).id
        return choose.get(occurrence.full) or choose.get(occurrence.label) or choose.get(scene)

    return Plan(_places(scenario, ((one, named(one)) for one in scenario.agenda if one.seat in seats)))


def recorded(scenario: Scenario, choices: Iterable[ChoiceLine], seats: Iterable[str] | None = None) -> Plan:
    """Return the plan that takes recorded choices again: those of some seats, or all that people and policies made."""
    agenda = {occurrence.label: occurrence for occurrence in scenario.agenda}
    own = None if seats is None else tuple(seats)
    taken = [(agenda[choice.scene], choice) for choice in choices]
    return Plan(
        _places(
            scenario,
            (
                (occurrence, choice.option)
                for occurrence, choice in taken
                if (choice.by in YOURS if own is None else occurrence.seat in own)
            ),
        )
    )


def _places(scenario: Scenario, named: Iterable[tuple[Occurrence, str | None]]) -> dict[int, int]:
    """Return the places of named options by the position of their occurrence; what is named nowhere is left out."""
    found = ((one, scenario.option(one, option) if option else None) for one, option in named)
    return {one.position: k for one, k in found if k is not None}
