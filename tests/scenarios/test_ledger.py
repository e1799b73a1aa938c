"""The claims of the founding documents: each stands somewhere in the scenario, or the ledger says why it does not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from excomm_game.files.scenarios import load

LEDGER = tomllib.loads((Path(__file__).parent / "seed_claims.toml").read_text("utf-8"))
CLAIMS = [f"S{n}" for n in range(1, 126)]


def _texts(value: object) -> Iterator[str]:
    """Return every string in a part of a scenario, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def plain(text: str) -> str:
    """Return a text without its marks and line breaks, in small letters."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`>#]", "", text)).lower()


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """Every part of the scenario by its name: `scene oas`, `document x`, `person x`, `ending x`, `epilogue 1963` …"""
    found: dict[str, str] = {}

    def add(place: str, part: BaseModel) -> None:
        found[place] = found.get(place, "") + " " + plain(" ".join(_texts(part.model_dump())))

    draft = load("thirteen-days").draft
    for kind, parts in (("scene", draft.scenes), ("ending", draft.endings), ("judge", draft.judges)):
        for part in parts:
            add(f"{kind} {part.id}", part)
    for kind, named in (
        ("document", draft.documents),
        ("person", draft.persons),
        ("fact", draft.facts),
        ("track", draft.tracks),
        ("school", draft.schools),
        ("source", draft.sources),
        ("seat", draft.seats),
    ):
        for name, part in named.items():
            add(f"{kind} {name}", part)
    for epilogue in draft.epilogues:
        add(f"epilogue {epilogue.year}", epilogue)
    for revelation in draft.revelations:
        add("revelation", revelation)
    for rung in draft.rungs:
        add(f"rung {rung.number}", rung)
    return found


def test_the_ledger_is_whole():
    """All 125 claims are in it, in their order, and each either stands somewhere or has a reason."""
    assert list(LEDGER) == CLAIMS
    for claim in LEDGER.values():
        assert ("place" in claim and "words" in claim) != ("left_out" in claim)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_stands_where_the_ledger_says(places, claim):
    """The words that carry it stand in the place that is named."""
    entry = LEDGER[claim]
    if "left_out" in entry:
        assert len(entry["left_out"]) > 20
        return
    assert entry["place"] in places, f"there is no {entry['place']}"
    assert len(entry["words"]) > 5
    assert plain(entry["words"]) in places[entry["place"]], entry["place"]


def test_few_are_left_out():
    """Nine of ten claims are carried by the scenario."""
    assert sum("left_out" in entry for entry in LEDGER.values()) <= 12
