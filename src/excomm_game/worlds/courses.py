"""Courses side by side: the same worlds, met by one named policy after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from excomm_game.engine.errors import UsageError
from excomm_game.engine.rules import opening
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import require_seat
from excomm_game.worlds.plans import seated
from excomm_game.worlds.risk import Shares
from excomm_game.worlds.run import Run, run_from


class Row(NamedTuple):
    """How a course ends by a school's assumptions."""

    course: str
    school: str
    shares: Shares


def runs(scenario: Scenario, seat: str, schools: Iterable[str]) -> Iterator[tuple[str, str, Run]]:
    """Yield the run of every course by every school, from the opening.

    Raises UsageError for a scenario without courses, and for a seat or school it does not have.
    """
    require_seat(scenario, seat)
    if not scenario.draft.courses:
        raise UsageError(f"The scenario {scenario.head.id} has no courses to set side by side.")
    for school in schools:
        begun = opening(scenario, school).state
        for course in scenario.draft.courses:
            yield course.id, school, run_from(scenario, begun, seated(scenario, course.id, (seat,)))
