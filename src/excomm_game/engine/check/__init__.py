"""Cross-checks: from a well-formed draft to a Scenario, or every fault in it at once, with doubts beside them."""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.engine import agenda
from excomm_game.engine.check import names, scenes, told
from excomm_game.engine.check.ledger import Ledger
from excomm_game.engine.draft import Draft
from excomm_game.engine.reading import Fault
from excomm_game.engine.scenario import Scenario, Trees, opening_values, parameter_values


class Report(NamedTuple):
    """What a check found. There is a scenario when there are no faults; doubts do not stop play."""

    scenario: Scenario | None
    faults: list[Fault]
    doubts: list[Fault]


def check(draft: Draft, faults: list[Fault], sha256: str, root: str) -> Report:
    """Check a draft whose faults of form are already in `faults`; `root` names the scenario where no file can."""
    ledger = Ledger(draft, faults, root)
    names.declare(ledger)
    told.people(ledger)
    is_laid = scenes.calendar(ledger)
    if is_laid and scenes.is_past_limit(ledger):  # before the trees: what is too long to play is too long to look at
        return Report(None, ledger.faults, ledger.doubts)
    trees = Trees(
        scenes=scenes.scenes(ledger),
        endings=told.endings(ledger),
        rungs=told.rungs(ledger),
        documents=told.documents(ledger),
        criteria=told.judges(ledger),
        epilogues=told.epilogues(ledger),
    )
    told.revelations(ledger)
    laid = agenda.lay(draft.scenes, draft.head) if is_laid and draft.head else ()
    scenes.courses(ledger, laid)
    told.letters(ledger, laid)
    told.none_at_opening(ledger, trees.endings)
    if draft.head is None or ledger.faults:
        return Report(None, ledger.faults, ledger.doubts)
    opening = opening_values(draft, ledger.scope)
    schools = parameter_values(draft, ledger.scope)
    declared = tuple(sorted([*draft.tracks, *draft.facts]))
    scenario = Scenario(draft.head, draft, ledger.scope, len(opening), opening, schools, laid, trees, sha256, declared)
    return Report(scenario, [], ledger.doubts)
