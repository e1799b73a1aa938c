"""Checks of what a scenario declares: tracks, facts, parameters and the schools that set them."""

from __future__ import annotations

import keyword
from collections.abc import Collection

from excomm_game.engine.check.ledger import Ledger
from excomm_game.engine.node import DAY_SLOT, Symbol
from excomm_game.engine.reading import NAMED
from excomm_game.engine.scenario import symbols_of

RESERVED = ("day", "min", "max", "abs")
MOST_DAYS = 366 * 201  # where the calendar itself cannot be read


def declare(ledger: Ledger) -> None:
    """Check every declaration, then lay the names on their slots."""
    draft = ledger.draft
    tables: dict[str, Collection[str]] = {"track": draft.tracks, "fact": draft.facts, "parameter": draft.parameters}
    for section in NAMED:
        for name in tables[section]:
            _name(ledger, section, name, [other for other in NAMED if name in tables[other]])
    for name, track in draft.tracks.items():
        _seen_by(ledger, "track", name, track.seen_by)
        low, high = track.range
        if not low <= track.start <= high:
            ledger.spot("track", name).at("start").fault(f"{track.start} lies outside the range {low} to {high}")
    for name, fact in draft.facts.items():
        _fact(ledger, name)
        _seen_by(ledger, "fact", name, fact.seen_by)
    for name in draft.schools:
        _school(ledger, name)
    ledger.scope = symbols_of(draft)
    days = MOST_DAYS if draft.head is None else (draft.head.ends.date() - draft.head.begins.date()).days + 1
    ledger.scope["day"] = Symbol("day", "number", DAY_SLOT, 1, max(1, days))


def _name(ledger: Ledger, section: str, name: str, homes: list[str]) -> None:
    spot = ledger.spot(section, name)
    if keyword.iskeyword(name) or name in RESERVED:
        spot.fault("takes a name that the little language keeps")
    if len(homes) > 1 and homes[0] == section:
        spot.fault(f"is also a {homes[1]}: they share one namespace")


def _seen_by(ledger: Ledger, section: str, name: str, seats: tuple[str, ...]) -> None:
    for seat in seats:
        ledger.spot(section, name).at("seen_by").refers("seat", seat, ledger.seats)


def _fact(ledger: Ledger, name: str) -> None:
    fact, spot = ledger.draft.facts[name], ledger.spot("fact", name)
    if isinstance(fact.start, bool):
        if fact.values or fact.words:
            spot.fault("starts true or false and so needs neither values nor words")
        return
    if not fact.values:
        spot.at("values").fault("is missing")
    elif fact.start not in fact.values:
        spot.at("start").fault(f"'{fact.start}' is none of its values")
    if len(set(fact.values)) != len(fact.values):
        spot.at("values").fault("names a value twice")
    for value, _ in fact.words:
        if value not in fact.values:
            spot.at("words").fault(f"'{value}' is none of its values")


def _school(ledger: Ledger, name: str) -> None:
    school, spot = ledger.draft.schools[name], ledger.spot("school", name)
    spot.sources(school.sources)
    for parameter, _ in school.set:
        spot.at("set").refers("parameter", parameter, ledger.draft.parameters)
    if not 0 <= school.band[0] <= school.band[1] <= 1:
        spot.at("band").fault("must be two shares between 0 and 1, the lower first")
