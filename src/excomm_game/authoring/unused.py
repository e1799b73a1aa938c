"""Doubts about what is declared and not used: values nothing reads or writes, sources and persons nobody names."""

from __future__ import annotations

from collections.abc import Iterator

from excomm_game.engine.check.ledger import Ledger
from excomm_game.engine.node import Effect, Node
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.template import pieces


def values(scenario: Scenario, ledger: Ledger) -> None:
    """Doubt every value that nothing reads, and every track or fact that nothing writes."""
    draft = scenario.draft
    effects = [effect for trees in scenario.trees.scenes for option in trees.options for effect in option.effects]
    read = _read(scenario, effects)
    written = {effect.symbol.name for effect in effects}
    for section, declared in (("track", draft.tracks), ("fact", draft.facts)):
        for name, one in declared.items():
            spot = ledger.spot(section, name)
            if name not in read and not one.seen_by:
                spot.doubt(
                    "is read by nothing and seen by nobody: no condition, weight, text or other value goes by it. "
                    "Delete it with the effects that write it, or let something depend on it."
                )
            if name not in written:
                start = str(one.start) if isinstance(one.start, bool | int) else f"'{one.start}'"
                spot.doubt(
                    f"is written by nothing: it stays {start} throughout. "
                    "Let an option change it, or write its start where it is read and delete it."
                )
    for name in draft.parameters:
        if name not in read:
            ledger.spot("parameter", name).doubt(
                "is read by nothing: no school that sets it changes a thing. Let a weight read it, or delete it."
            )


def sources(scenario: Scenario, ledger: Ledger) -> None:
    """Doubt every source that nothing cites."""
    draft = scenario.draft
    tables = (
        draft.schools.values(), draft.persons.values(), draft.documents.values(), draft.scenes, draft.judges,
        draft.revelations,
    )  # fmt: skip
    cited = {source for table in tables for one in table for source in one.sources}
    for key in draft.sources:
        if key not in cited:
            ledger.spot("source", key).doubt("is cited by nothing. Cite it where it is drawn on, or take it out.")


def persons(scenario: Scenario, ledger: Ledger) -> None:
    """Doubt every person who gives no counsel and neither writes nor receives a document."""
    draft = scenario.draft
    met = {counsel.by for scene in draft.scenes for counsel in scene.counsel}
    met |= {one for document in draft.documents.values() for one in (document.sender, document.receiver) if one}
    for key in draft.persons:
        if key not in met:
            ledger.spot("person", key).doubt(
                "is met by nobody: gives no counsel, and no document is from or to this person. "
                "Let this person speak or write, or take the entry out of the cast."
            )


def _read(scenario: Scenario, effects: list[Effect]) -> set[str]:
    """Return the names that anything reads; what only goes into its own next value is read by nothing."""
    read = {name for tree in _trees(scenario) if tree is not None for name in tree.names}
    read |= {name for effect in effects for name in effect.value.names if name != effect.symbol.name}
    return read | {piece.text for text in _texts(scenario) for piece in pieces(text) if piece.is_name}


def _trees(scenario: Scenario) -> Iterator[Node | None]:
    trees = scenario.trees
    for scene in trees.scenes:
        yield from (scene.when, *scene.passages, *scene.counsel)
        for option in scene.options:
            yield from (option.when, option.weight)
    yield from (ending.when for ending in trees.endings)
    yield from (*trees.rungs, *trees.epilogues)
    for passages in trees.documents.values():
        yield from passages
    for criteria in trees.criteria:
        for criterion in criteria:
            yield from criterion


def _texts(scenario: Scenario) -> Iterator[str]:
    draft = scenario.draft
    for scene in draft.scenes:
        yield from (scene.text, *(passage.text for passage in scene.passage), *(one.says for one in scene.counsel))
        for option in scene.option:
            yield from (option.text, option.barred, option.outcome)
    for document in draft.documents.values():
        yield from (document.text, *(passage.text for passage in document.passage))
    for revelation in draft.revelations:
        yield from (revelation.believed, revelation.truth)
    yield from (ending.text for ending in draft.endings)
    yield from (epilogue.text for epilogue in draft.epilogues)
    yield from (criterion.says for judge in draft.judges for criterion in judge.criterion)
    yield from (person.about for person in draft.persons.values())
    yield from (source.note for source in draft.sources.values())
