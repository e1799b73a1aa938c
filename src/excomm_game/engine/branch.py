"""A branch: a new record that shares the first choices of another."""

from __future__ import annotations

from collections.abc import Sequence

from excomm_game.engine.errors import UsageError
from excomm_game.engine.game import PERSON, Game
from excomm_game.engine.record import Parent, Record
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import digest


def branch(scenario: Scenario, record: Record, n: int, chains: Sequence[str]) -> Record:
    """Return a record that shares the first n standing choices, under the scenario as it is today.

    A policy's seat becomes a person's, and what was assigned is not: a branch is nobody's to hand in. `chains` are the
    source's, header first. Raises UsageError when there are fewer choices than n.
    """
    standing = record.standing()
    if not 0 <= n <= len(standing):
        raise UsageError(f"There is no choice {n} to branch after: the save has {len(standing)}.")
    line = chains[1 + next(k for k, row in enumerate(record.rows) if row is standing[n - 1])] if n else chains[0]
    seats = {seat: PERSON if sits.startswith("policy:") else sits for seat, sits in record.header.seats.items()}
    if PERSON not in seats.values():
        seats = {seat: PERSON if place == 0 else sits for place, (seat, sits) in enumerate(seats.items())}
    header = record.header.model_copy(
        update={
            "parent": Parent(at=n, line=line),
            "assignment": None,
            "seats": seats,
            "edition": scenario.head.edition,
            "scenario_sha256": scenario.sha256,
        }
    )
    branched = Game(scenario, header)
    for row in standing[:n]:
        branched.apply_row(row)
        branched.rows[-1] = row._replace(state=digest(scenario, branched.state))
    return branched.record
