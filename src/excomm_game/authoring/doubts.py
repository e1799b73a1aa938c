"""What an author may not have meant, in a scenario without faults: every doubt that takes the whole of it to see."""

from __future__ import annotations

from excomm_game.authoring import alike, lengths, never, unused
from excomm_game.authoring.possible import possible
from excomm_game.engine.check.ledger import Ledger
from excomm_game.engine.reading import Fault
from excomm_game.engine.scenario import Scenario


def doubts(scenario: Scenario) -> list[Fault]:
    """Return the doubts about a scenario, each with its file, its place and a remedy, kind by kind."""
    ledger = Ledger(scenario.draft, [], scenario.head.id)
    can = possible(scenario)
    never.conditions(scenario, can, ledger)
    never.papers(scenario, can, ledger)
    never.endings(scenario, can, ledger)
    never.afterwards(scenario, can, ledger)
    alike.options(scenario, can, ledger)
    unused.values(scenario, ledger)
    unused.sources(scenario, ledger)
    unused.persons(scenario, ledger)
    lengths.texts(scenario, can, ledger)
    return ledger.doubts
