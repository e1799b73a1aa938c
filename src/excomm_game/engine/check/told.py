"""Checks of what is told beside scenes: people, documents, endings, the ladder, judges and the debrief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from excomm_game.engine import compiled
from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.check.ledger import Ledger, Spot
from excomm_game.engine.compiled import EndingTrees
from excomm_game.engine.draft import Passage
from excomm_game.engine.hour import zone_of
from excomm_game.engine.node import Node
from excomm_game.engine.scenario import FATE, opening_values, parameter_values


def is_zone(spot: Spot, zone: str | None) -> bool:
    """Say whether a zone is one of the IANA's; none is no fault."""
    try:
        if zone is not None:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        spot.fault(f"'{zone}' is no IANA time zone")
        return False
    return True


def people(ledger: Ledger) -> None:
    """Check seats, persons and sources."""
    draft = ledger.draft
    if not draft.seats and "seat" not in draft.broken:
        ledger.whole("seat").fault("is missing: a scenario has at least one")
    for key, seat in draft.seats.items():
        spot = ledger.spot("seat", key)
        is_zone(spot.at("zone"), seat.zone)
        if key == FATE:
            spot.fault("takes the name of chance")
    for key, person in draft.persons.items():
        spot = ledger.spot("person", key)
        spot.at("seat").refers("seat", person.seat, ledger.seats)
        is_zone(spot.at("zone"), person.zone)
        spot.sources(person.sources)
        spot.at("about").text(person.about, ledger.seats)
    for key, source in draft.sources.items():
        ledger.spot("source", key).at("note").text(source.note, ledger.seats)


def passages(spot: Spot, written: Iterable[Passage], readers: set[str] | None) -> tuple[Node | None, ...]:
    """Check passages as these seats read them, and return their conditions."""
    trees = []
    for n, passage in enumerate(written, start=1):
        inner = spot.at(f"passage no. {n}")
        inner.at("text").text(passage.text, readers)
        trees.append(inner.condition(passage.when))
    return tuple(trees)


def documents(ledger: Ledger) -> dict[str, tuple[Node | None, ...]]:
    """Check every document as its readers read it; return the conditions of its passages."""
    draft = ledger.draft
    in_epilogues = {key for epilogue in draft.epilogues for key in epilogue.documents}
    trees = {}
    for key, document in draft.documents.items():
        spot = ledger.spot("document", key)
        if key not in ledger.readers and key not in in_epilogues:
            spot.doubt("is told by no scene")
        hours = (
            ("from", document.sender, "sent", document.sent),
            ("to", document.receiver, "received", document.received),
        )
        for side, person, field, moment in hours:
            known = spot.at(side).refers("person", person, draft.persons)
            if moment is not None and known and zone_of(draft, person) is None:
                spot.at(field).fault(f"is local time of '{person}', who has neither seat nor zone")
        spot.sources(document.sources)
        readers = ledger.readers.get(key)
        spot.at("text").text(document.text, readers)
        trees[key] = passages(spot, document.passage, readers)
    return trees


def letters(ledger: Ledger, laid: Sequence[Occurrence]) -> None:
    """Look for a document that arrives before it is sent, or is told before it has arrived."""
    for key, document in ledger.draft.documents.items():
        spot = ledger.spot("document", key).at("received")
        sent = _instant(ledger, document.sent, document.sender)
        received = _instant(ledger, document.received, document.receiver)
        if received is None:
            continue
        if sent is not None and sent > received:
            spot.fault("comes before sent, each in its own zone")
        person = ledger.draft.persons.get(document.receiver or "")
        for occurrence in laid:
            scene = ledger.draft.scenes[occurrence.scene]
            readers = (scene.seat,) if scene.option or scene.told is None else scene.told
            told = key in scene.documents and person is not None and person.seat in readers
            if told and occurrence.local.astimezone(UTC) < received:
                spot.doubt(
                    f"is later than '{occurrence.label}', which tells it. Tell it in a later scene, or mend the hour."
                )


def _instant(ledger: Ledger, moment: datetime | None, person: str | None) -> datetime | None:
    """Return when a writer's hour was; None where there is none, or no zone that is one."""
    try:
        zone = zone_of(ledger.draft, person)
        return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if moment and zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def endings(ledger: Ledger) -> tuple[EndingTrees, ...]:
    """Check every ending and return its trees; exactly one stands at the close without a condition."""
    listed = ledger.draft.endings
    ledger.unique("ending", [ending.id for ending in listed])
    bare = [ending.id for ending in listed if ending.at_close and ending.when is None]
    if len(bare) > 1 or (not bare and "ending" not in ledger.draft.broken):
        found = f"found {', '.join(bare)}" if bare else "found none"
        ledger.whole("ending").fault(f"exactly one must be at_close without `when`; {found}")
    trees = []
    for place, ending in enumerate(listed):
        spot = ledger.spot("ending", place, ending.id)
        spot.at("text").text(ending.text, None)
        if not ending.at_close and ending.when is None and ending.id not in ledger.ended_by:
            spot.doubt("is reached by no option")
        trees.append(EndingTrees(spot.condition(ending.when), ending.at_close, ending.kind == "nuclear"))
    return tuple(trees)


def none_at_opening(ledger: Ledger, trees: Sequence[EndingTrees]) -> None:
    """No ending may hold at the opening, under any school; where a start is at fault there is no opening to try."""
    facts = ledger.draft.facts.values()
    if any(not isinstance(fact.start, bool) and fact.start not in fact.values for fact in facts):
        return
    opening = opening_values(ledger.draft, ledger.scope)
    for school, parameters in parameter_values(ledger.draft, ledger.scope).items():
        for place, ending in enumerate(trees):
            if ending.when is None or ending.at_close:
                continue
            if compiled.function(ending.when, ledger.scope)((*opening, *parameters), 1):
                spot = ledger.spot("ending", place, ledger.draft.endings[place].id).at("when")
                spot.fault("holds at the opening" + (f" under {school}" if school else ""))


def rungs(ledger: Ledger) -> tuple[Node | None, ...]:
    """Check the ladder."""
    ledger.unique("rung", [str(rung.number) for rung in ledger.draft.rungs])
    return tuple(
        ledger.spot("rung", place, str(rung.number)).condition(rung.when)
        for place, rung in enumerate(ledger.draft.rungs)
    )


def judges(ledger: Ledger) -> tuple[tuple[tuple[Node | None, Node], ...], ...]:
    """Check the judges; return each one's criteria as (when, points)."""
    draft = ledger.draft
    ledger.unique("judge", [judge.id for judge in draft.judges])
    graded = []
    for place, judge in enumerate(draft.judges):
        spot = ledger.spot("judge", place, judge.id)
        spot.sources(judge.sources)
        for name in judge.blind_to:
            spot.at("blind_to").refers("track or fact", name, [*draft.tracks, *draft.facts])
        criteria = []
        for n, criterion in enumerate(judge.criterion, start=1):
            inner = spot.at(f"criterion no. {n}")
            inner.at("says").text(criterion.says, None)
            criteria.append((inner.condition(criterion.when), inner.at("points").number(criterion.points)))
        graded.append(tuple(criteria))
    return tuple(graded)


def epilogues(ledger: Ledger) -> tuple[Node | None, ...]:
    """Check what came after."""
    trees = []
    for place, epilogue in enumerate(ledger.draft.epilogues):
        spot = ledger.spot("epilogue", place, str(epilogue.year))
        for document in epilogue.documents:
            spot.at("documents").refers("document", document, ledger.draft.documents)
        spot.at("text").text(epilogue.text, None)
        trees.append(spot.condition(epilogue.when))
    return tuple(trees)


def revelations(ledger: Ledger) -> None:
    """Check belief and truth."""
    for place, revelation in enumerate(ledger.draft.revelations):
        spot = ledger.spot("revelation", place, f"no. {place + 1}")
        spot.sources(revelation.sources)
        spot.at("believed").text(revelation.believed, None)
        spot.at("truth").text(revelation.truth, None)
