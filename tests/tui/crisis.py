"""A crisis of two days with a text in every place that can hold one; whoever asks for it says what stands there."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

FORMS = ("letter", "cable", "broadcast", "memorandum", "estimate", "photograph", "newspaper", "minutes")
Say = Callable[[str], str]
"""Gives the text of a place by its name; `west-…` is for the West's eyes alone, `east-…` for the East's."""


def crisis(line: Say, prose: Say | None = None) -> dict[str, Any]:
    """Return the crisis as TOML would give it: `line` says what labels and titles hold, `prose` what texts hold."""
    prose = prose or line
    return {
        "scenario": {
            "id": "loud", "title": line("title"), "begins": _at(16, 8),
            "ends": _at(17, 20), "clock": "America/New_York", "summary": line("summary"),
        },
        "seat": {
            "west": {"label": line("seat-of-west"), "office": line("west-office"), "zone": "America/New_York"},
            "east": {"label": line("seat-of-east"), "office": line("east-office"), "zone": "Europe/Moscow"},
        },
        "track": {
            "heat": _track(line("west-track"), "west", {"0": line("west-cool"), "12": line("west-hot")}),
            "cold": _track(line("east-track"), "east", {"0": line("east-cool"), "12": line("east-hot")}),
            "secret": {"label": line("secret-track"), "start": 3, "range": [0, 100]},
        },
        "fact": {
            "fleet": {
                "label": line("west-fact"), "start": "home", "values": ["home", "sea"],
                "words": {"home": line("west-home"), "sea": line("west-sea")}, "seen_by": ["west"],
            },
            "envoy": {
                "label": line("east-fact"), "start": "here", "values": ["here", "gone"],
                "words": {"here": line("east-here"), "gone": line("east-gone")}, "seen_by": ["east"],
            },
        },
        "school": {"one": {"label": line("school"), "band": [0.0, 1.0], "band_of": ["nuclear"]},
                   "two": {"label": line("other-school"), "band": [0.0, 1.0], "band_of": ["nuclear"]}},
        "course": [{"id": "soft", "label": line("west-soft"), "choose": {"morning": "wait"}},
                   {"id": "hard", "label": line("west-hard"), "choose": {"morning": "send"}}],
        "rung": [{"number": 1, "label": line("rung-one"), "when": "heat >= 0"},
                 {"number": 2, "label": line("rung-two"), "when": "heat >= 15"}],
        "person": {
            "ann": {"name": line("west-ann"), "office": line("west-ann-office"), "seat": "west",
                    "about": prose("west-ann-about")},
            "bob": {"name": line("west-bob"), "office": line("west-bob-office"), "seat": "west"},
            "cleo": {"name": line("east-cleo"), "office": line("east-cleo-office"), "seat": "east",
                     "about": prose("east-cleo-about")},
        },
        "source": {"book": {"title": line("west-source")}, "tome": {"title": line("east-source")}},
        "document": {
            **{form: _document(form, f"west-{form}", "ann", "bob", line, prose) for form in FORMS},
            "order": _document("memorandum", "east-order", "cleo", "cleo", line, prose),
            "treaty": _document("letter", "epilogue-treaty", None, None, line, prose),
        },
        "scene": _scenes(line, prose),
        "ending": [
            {"id": "peace", "kind": "settlement", "title": line("ending-peace"), "text": prose("ending-peace-text")},
            {"id": "war", "kind": "nuclear", "title": line("ending-war"), "text": prose("ending-war-text")},
            {"id": "tired", "kind": "unresolved", "at_close": True, "title": line("ending-tired"),
             "text": prose("ending-tired-text")},
        ],
        "judge": [{
            "id": "harbour", "label": line("judge"), "blind_to": ["secret"], "grades": {"10": line("grade"), "0": "B"},
            "criterion": [{"points": "10 if fleet == 'home' else 0", "says": prose("judge-says")}],
        }],
        "revelation": [{"question": line("question"), "believed": prose("believed"), "truth": prose("truth")}],
        "epilogue": [{"year": 1963, "text": prose("epilogue"), "documents": ["treaty"]}],
    }  # fmt: skip


def _scenes(line: Say, prose: Say) -> list[dict[str, Any]]:
    days = {"from": date(1962, 10, 16), "to": date(1962, 10, 17)}
    return [
        {"id": "news", "seat": "west", "at": _at(16, 8, 30), "title": line("west-news"),
         "text": prose("west-news-text"), "documents": list(FORMS)},
        {"id": "orders", "seat": "east", "at": _at(16, 8, 40), "title": line("east-news"),
         "text": prose("east-news-text"), "documents": ["order"]},
        {"id": "morning", "seat": "west", "at": time(9), **days, "title": line("west-morning"),
         "text": prose("west-morning-text"), "history": "wait", "sources": ["book"],
         "passage": [{"when": "day >= 2", "text": prose("west-morning-passage")}],
         "counsel": [
             {"by": "ann", "backs": "send", "leans": "hard", "tags": [line("west-tag")], "says": prose("west-ann-says"),
              "when": "day == 1"},
             {"by": "ann", "backs": "wait", "leans": "soft", "says": prose("west-ann-says-more"), "when": "day >= 2"},
             {"by": "bob", "says": prose("west-bob-says")},
         ],
         "option": [
             {"id": "wait", "label": line("west-wait"), "text": prose("west-wait-text"),
              "outcome": prose("west-waited")},
             {"id": "send", "label": line("west-send"), "text": prose("west-send-text"), "when": "fleet == 'home'",
              "barred": prose("west-barred"), "effects": ["fleet = 'sea'", "heat += 5", "secret += 1"],
              "outcome": prose("west-sent")},
         ]},
        {"id": "reply", "seat": "east", "at": time(12), **days, "title": line("both-reply"),
         "told": ["west", "east"], "text": prose("east-reply-text"), "history": "mild", "sources": ["tome"],
         "counsel": [{"by": "cleo", "backs": "mild", "tags": [line("east-tag")], "says": prose("east-cleo-says")}],
         "option": [
             {"id": "mild", "label": line("east-mild"), "text": prose("east-mild-text"), "effects": ["cold += 1"],
              "outcome": prose("both-mildly")},
             {"id": "sharp", "label": line("east-sharp"), "text": prose("east-sharp-text"), "effects": ["cold += 3"],
              "outcome": prose("both-sharply")},
             {"id": "never", "label": line("east-never"), "when": "envoy == 'gone'", "barred": prose("east-barred")},
         ]},
        {"id": "storm", "seat": "fate", "told": ["west"], "at": time(15), **days, "title": line("west-storm"),
         "pathway": "accident", "history": "calm",
         "option": [
             {"id": "calm", "label": line("storm-calm"), "weight": 9, "outcome": prose("west-calm")},
             {"id": "ends", "label": line("storm-ends"), "weight": 1, "ends": "war", "outcome": prose("west-storms")},
         ]},
        {"id": "tone", "seat": "west", "at": _at(17, 18), "title": line("west-tone"),
         "text": prose("west-tone-text"), "history": "warm",
         "option": [{"id": "warm", "label": line("west-warm"), "outcome": prose("west-warmed")},
                    {"id": "cool", "label": line("west-cooler"), "effects": ["heat += 2"]}]},
        {"id": "terms", "seat": "west", "at": _at(17, 18), "title": line("west-terms"),
         "text": prose("west-terms-text"), "history": "firm",
         "option": [{"id": "firm", "label": line("west-firm"), "text": prose("west-firm-text")},
                    {"id": "settle", "label": line("west-settle"), "ends": "peace", "outcome": prose("west-settled")}]},
    ]  # fmt: skip


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(1962, 10, day, hour, minute)  # noqa: DTZ001 - local times of the crisis, as its file has them


def _track(label: str, seat: str, bands: dict[str, str]) -> dict[str, Any]:
    return {"label": label, "start": 10, "range": [0, 100], "seen_by": [seat], "bands": bands}


def _document(form: str, name: str, sender: str | None, receiver: str | None, line: Say, prose: Say) -> dict[str, Any]:
    people = {"from": sender, "to": receiver} if sender else {}
    return {
        "form": form, "title": line(name), **people, "channel": line(f"{name}-channel"),
        "sent": _at(15, 16), "received": _at(15, 21), "text": prose(f"{name}-text"),
    }  # fmt: skip


def write(home: Path, content: dict[str, Any]) -> None:
    """Put a scenario where the player's own are found, under its id."""
    folder = home / "scenarios" / content["scenario"]["id"]
    folder.mkdir(parents=True)
    text = "\n".join(f"{json.dumps(key)} = {_toml(value)}" for key, value in content.items())
    (folder / "scenario.toml").write_text(text, encoding="utf-8")


def _toml(value: Any) -> str:
    match value:
        case dict():
            return f"{{ {', '.join(f'{json.dumps(key)} = {_toml(one)}' for key, one in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(_toml(one) for one in value)}]"
        case datetime() | date() | time():
            return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
