"""Checking a scenario: every fault at once, each with its file, its place and words; nothing unsafe printed back."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from excomm_game.engine.check import Report
from excomm_game.engine.reading import read
from excomm_game.engine.rules import last_day
from excomm_game.engine.text import refused
from excomm_game.files import scenarios as files
from tests import strategies as some
from tests.strategies import as_toml, report_of

GOOD = r"""
[scenario]
id = "small"
title = "Small"
edition = 1
begins = 1962-10-16T08:45:00
ends = 1962-10-28T17:00:00
clock = "America/New_York"
minutes = 5
summary = "A small one."

[seat.washington]
label = "Washington"
office = "President"
zone = "America/New_York"

[seat.moscow]
label = "Moscow"
zone = "Europe/Moscow"

[track.tension]
label = "Tension"
start = 20
range = [0, 100]
seen_by = ["washington", "moscow"]
bands = { 0 = "calm", 50 = "grave" }

[fact.quarantine]
label = "Quarantine"
start = "none"
values = ["none", "announced"]
words = { announced = "made public" }
seen_by = ["washington", "moscow"]

[fact.secret]
label = "Secret"
start = false
seen_by = ["moscow"]

[parameter.accident]
label = "Accidents"
start = 1.0

[school.kennedy]
label = "Kennedy"
set = { accident = 1.5 }
band = [0.33, 0.50]
band_of = ["war", "nuclear"]
sources = ["frus"]

[source.frus]
title = "FRUS"
note = "A note."

[person.thompson]
name = "Llewellyn Thompson"
seat = "washington"
about = "He knows them."
sources = ["frus"]

[person.khrushchev]
name = "Nikita Khrushchev"
seat = "moscow"

[person.reporter]
name = "A Reporter"

[document.letter]
form = "letter"
title = "A letter"
from = "khrushchev"
to = "thompson"
sent = 1962-10-20T16:00:00
received = 1962-10-20T11:00:00
sources = ["frus"]
text = "Tension is {tension}."

[[document.letter.passage]]
when = "tension > 50"
text = "It is grave."

[[course]]
id = "firm"
label = "Firm"
choose = { "decision" = "blockade", "desk@2" = "wait" }

[[rung]]
number = 9
label = "Confrontation"
when = "quarantine == 'announced'"

[[scene]]
id = "decision"
seat = "washington"
told = ["washington", "moscow"]
at = 1962-10-21T10:00:00
title = "A decision"
text = "Tension is {tension}; {{so}} it goes on day {day}."
documents = ["letter"]
history = "blockade"
sources = ["frus"]

[[scene.passage]]
when = "tension > 10"
text = "More."

[[scene.counsel]]
by = "thompson"
backs = "blockade"
leans = "firm"
tags = ["exit"]
when = "tension > 5"
says = "Be firm."

[[scene.option]]
id = "blockade"
label = "Blockade"
weight = "2 + tension / 25"
effects = ["tension += 10", "quarantine = 'announced'"]
outcome = "Now {tension}."

[[scene.option]]
id = "strike"
label = "Strike"
when = "tension > 10"
barred = "Not now."
weight = 1.5
ends = "war"

[[scene]]
id = "desk"
seat = "moscow"
at = 09:00:00
from = 1962-10-24
to = 1962-10-26
title = "The desk"
history = { 1962-10-24 = "wait", 1962-10-25 = "wait" }

[[scene.option]]
id = "wait"
label = "Wait"

[[scene]]
id = "radio"
seat = "fate"
told = ["washington"]
at = 1962-10-27T12:00:00
title = "News"
text = "Heard at {tension}."

[[ending]]
id = "war"
kind = "war"
title = "War"
text = "It was {secret}."

[[ending]]
id = "brink"
kind = "nuclear"
when = "tension >= 90"
title = "The brink"

[[ending]]
id = "over"
kind = "unresolved"
at_close = true
title = "Over"

[[judge]]
id = "pentagon"
label = "The Pentagon"
blind_to = ["secret"]
grades = { 10 = "A", -5 = "B" }
sources = ["frus"]

[[judge.criterion]]
points = "10 if secret else -10"
says = "Well."
when = "tension > 0"

[[revelation]]
question = "How many?"
believed = "About {tension}."
truth = "More."
sources = ["frus"]

[[epilogue]]
year = 1963
when = "tension > 0"
documents = ["letter"]
text = "Later."
"""


def checked(text: str) -> Report:
    return report_of(tomllib.loads(text))


def mutated(*changes: tuple[str, str]) -> str:
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def shown(report: Report) -> list[tuple[str, str]]:
    return [(fault.where, fault.message) for fault in report.faults]


def test_the_small_scenario_is_good():
    """What the faults below are made from has no fault and no doubt."""
    report = checked(GOOD)
    assert (report.faults, report.doubts) == ([], [])
    assert report.scenario is not None
    assert len(report.scenario.agenda) == 5


def test_the_day_reaches_from_the_first_to_the_last():
    """What is reckoned with the day is bounded by the crisis's own calendar."""
    scenario = checked(GOOD).scenario
    assert scenario is not None
    day = scenario.scope["day"]
    assert (day.low, day.high) == (1, last_day(scenario)) == (1, 13)


FAULTS: list[tuple[str, str, str, str]] = [
    # the head and its calendar
    ('id = "small"', 'id = "Small"', "scenario › id", "well-formed"),
    ("edition = 1", "edition = 0", "scenario › edition", "below 1"),
    ("edition = 1", 'edition = "1"', "scenario › edition", "whole number"),
    ("edition = 1", "edition = true", "scenario › edition", "whole number"),
    ("edition = 1", "edition = 1\nauthor = 3", "scenario › author", "not a key"),
    ("begins = 1962-10-16T08:45:00", "begins = 1862-10-16T08:45:00", "scenario › begins", "1900"),
    ("ends = 1962-10-28T17:00:00", "ends = 2101-01-01T00:00:00", "scenario › ends", "2100"),
    ("ends = 1962-10-28T17:00:00", "ends = 1962-10-16T08:00:00", "scenario › ends", "after begins"),
    ("ends = 1962-10-28T17:00:00", "ends = 1962-10-28T17:00:00Z", "scenario › ends", "offset"),
    ("ends = 1962-10-28T17:00:00", "ends = 1962-10-28", "scenario › ends", "time"),
    ("ends = 1962-10-28T17:00:00", 'ends = "1962-10-28T17:00:00"', "scenario › ends", "date and time"),
    ('clock = "America/New_York"', 'clock = "America/Atlantis"', "scenario › clock", "time zone"),
    ('clock = "America/New_York"', 'clock = "../../etc/passwd"', "scenario › clock", "time zone"),
    ("at = 1962-10-21T10:00:00", "at = 1962-10-29T10:00:00", "scene decision › at", "outside"),
    ("at = 1962-10-21T10:00:00", "at = 1962-10-16T08:44:59", "scene decision › at", "outside"),
    ("at = 1962-10-21T10:00:00", "at = 1962-10-21", "scene decision › at", "time of day"),
    ("at = 1962-10-21T10:00:00", "at = 1962-10-21T10:00:00Z", "scene decision › at", "offset"),
    ("at = 1962-10-21T10:00:00", "at = 1962-10-21T10:00:00\nfrom = 1962-10-21", "scene decision › from", "time of day"),
    ("to = 1962-10-26", "to = 1962-10-23", "scene desk › to", "before from"),
    ("to = 1962-10-26", "to = 1962-10-29", "scene desk › at", "outside"),
    ("from = 1962-10-24", "from = 1962-10-24T00:00:00", "scene desk › from", "date"),
    # tracks, facts, parameters, schools
    ("[track.tension]", "[track.Tension]", "track Tension", "well-formed"),
    ("start = 20", "start = 101", "track tension › start", "outside the range"),
    ("start = 20", "start = 20.0", "track tension › start", "whole number"),
    ("range = [0, 100]", "range = [0, 1_000_000_001]", "track tension › range no. 2", "above"),
    ("range = [0, 100]", "range = [0]", "track tension › range no. 2", "missing"),
    ("range = [0, 100]", "range = [0, inf]", "track tension › range no. 2", "whole number"),
    ("bands = { 0 =", "bands = { low =", "track tension › bands", "not a number"),
    ('start = "none"', 'start = "lifted"', "fact quarantine › start", "none of its values"),
    ('start = "none"', "start = 3", "fact quarantine › start", ""),
    ('values = ["none", "announced"]\n', "", "fact quarantine › values", "missing"),
    ('values = ["none", "announced"]', 'values = ["none", "announced", "none"]', "fact quarantine › values", "twice"),
    ("words = { announced", "words = { ended", "fact quarantine › words", "none of its values"),
    ("start = false", 'start = false\nvalues = ["yes"]', "fact secret", "neither values nor words"),
    ('seen_by = ["moscow"]', 'seen_by = ["havana"]', "fact secret › seen_by", "havana"),
    ("start = 1.0", "start = nan", "parameter accident › start", "finite"),
    ("start = 1.0", "start = 1e10", "parameter accident › start", "above"),
    ("set = { accident =", "set = { luck =", "school kennedy › set", "luck"),
    ("band = [0.33, 0.50]", "band = [0.50, 0.33]", "school kennedy › band", "lower first"),
    ('band_of = ["war", "nuclear"]', 'band_of = ["peace"]', "school kennedy › band_of no. 1", "must be one of"),
    # people, sources, documents
    ('zone = "Europe/Moscow"', 'zone = "Moscow"', "seat moscow › zone", "time zone"),
    ('name = "A Reporter"', 'name = "A Reporter"\nseat = "havana"', "person reporter › seat", "havana"),
    ('about = "He knows them."', 'about = "He knows {secret}."', "person thompson › about", "washington may not see"),
    ('note = "A note."', 'note = "A } note."', "source frus › note", "lone brace"),
    ('form = "letter"', 'form = "fax"', "document letter › form", "must be one of"),
    ('from = "khrushchev"', 'from = "castro"', "document letter › from", "castro"),
    ('from = "khrushchev"', 'from = "reporter"', "document letter › sent", "zone"),
    ("received = 1962-10-20T11:00:00", "received = 1962-10-20T08:59:59", "document letter › received", "sent"),
    ('text = "Tension is {tension}."', 'text = "{secret}"', "document letter › text", "washington may not see"),
    ('when = "tension > 50"', 'when = "tension >"', "document letter › passage no. 1 › when", "well-formed"),
    # courses and rungs
    ('id = "firm"', 'id = "random"', "course random", "every scenario has"),
    ('"decision" = "blockade"', '"decision" = "surrender"', "course firm › choose › decision", "surrender"),
    ('"desk@2" =', '"desk@4" =', "course firm › choose", "desk@4"),
    ('"desk@2" =', '"nowhere" =', "course firm › choose", "nowhere"),
    ("number = 9", "number = 9.5", "rung no. 1 › number", "whole number"),
    ("when = \"quarantine == 'announced'\"", "when = \"quarantine == 'over'\"", "rung 9 › when", "over"),
    # scenes
    ('id = "decision"', 'id = "desk"', "scene desk", "twice"),
    ('seat = "washington"\ntold', 'seat = "havana"\ntold', "scene decision › seat", "havana"),
    ('told = ["washington", "moscow"]', 'told = ["fate"]', "scene decision › told", "fate"),
    ('documents = ["letter"]\nhistory', 'documents = ["note"]\nhistory', "scene decision › documents", "note"),
    ('history = "blockade"', 'history = "invade"', "scene decision › history", "invade"),
    ("1962-10-25 =", "1962-10-27 =", "scene desk › history", "1962-10-27"),
    ("1962-10-25 =", "someday =", "scene desk › history", "1962-10-24"),
    ('"frus"]\n\n[[scene.passage]]', '"memoir"]\n\n[[scene.passage]]', "scene decision › sources", "memoir"),
    ("{{so}}", "{so}", "scene decision › text", "so"),
    ("{{so}}", "{", "scene decision › text", "lone brace"),
    ("{{so}}", "{accident}", "scene decision › text", "no track or fact"),
    ("{{so}}", "{secret}", "scene decision › text", "washington may not see"),
    ('text = "More."', 'text = "{secret}"', "scene decision › passage no. 1 › text", "washington may not see"),
    ('title = "News"', 'title = "News"\nhistory = "wait"', "scene radio", "news"),
    ('"Heard at {tension}."', '"Heard {secret}."', "scene radio › text", "washington may not see"),
    ('by = "thompson"', 'by = "bundy"', "scene decision › counsel bundy › by", "bundy"),
    ('backs = "blockade"', 'backs = "wait"', "scene decision › counsel thompson › backs", "wait"),
    ('leans = "firm"', 'leans = "soft"', "scene decision › counsel thompson › leans", "soft"),
    ('says = "Be firm."', 'says = "{secret}"', "scene decision › counsel thompson › says", "washington may not see"),
    ('by = "thompson"\n', "", "scene decision › counsel no. 1 › by", "missing"),
    # options
    ('id = "strike"', 'id = "blockade"', "scene decision › option blockade", "twice"),
    ('label = "Wait"', 'label = "Wait"\nwhen = "tension > 0"', "scene desk", "without `when`"),
    ('when = "tension > 10"\nbarred', 'when = "tension"\nbarred', "scene decision › option strike › when", "a number"),
    ('barred = "Not now."', 'barred = "{secret}"', "scene decision › option strike › barred", "washington may not see"),
    ('outcome = "Now {tension}."', 'outcome = "{secret}"', "scene decision › option blockade › outcome",
    "washington may not see"),
    ('"2 + tension / 25"', '"2 + tension / accident"', "scene decision › option blockade › weight", "constant"),
    ("weight = 1.5", "weight = true", "scene decision › option strike › weight", ""),
    ("weight = 1.5", "weight = 2e9", "scene decision › option strike › weight", "above"),
    ('"tension += 10"', '"accident += 10"', "scene decision › option blockade › effects", "cannot be changed"),
    ('"tension += 10"', '"tension *= 10"', "scene decision › option blockade › effects", "name"),
    ('ends = "war"', 'ends = "peace"', "scene decision › option strike › ends", "peace"),
    # endings, judges and what comes after
    ('kind = "nuclear"', 'kind = "draw"', "ending brink › kind", "must be one of"),
    ('id = "brink"', 'id = "war"', "ending war", "twice"),
    ('when = "tension >= 90"', 'when = "tension >= 20"', "ending brink › when", "opening"),
    ('when = "tension >= 90"', 'when = "accident > 1"', "ending brink › when", "opening under kennedy"),
    ('when = "tension >= 90"', "at_close = true", "ending", "exactly one"),
    ("at_close = true", 'at_close = true\nwhen = "tension > 3"', "ending", "exactly one"),
    ('blind_to = ["secret"]', 'blind_to = ["accident"]', "judge pentagon › blind_to", "accident"),
    ("grades = { 10", "grades = { ten", "judge pentagon › grades", "not a number"),
    ('points = "10 if secret else -10"', 'points = "secret"', "judge pentagon › criterion no. 1 › points", "a number"),
    ('truth = "More."', 'truth = "{nothing}"', "revelation no. 1 › truth", "nothing"),
    ("year = 1963", "year = 1899", "epilogue 1899 › year", "below"),
    ('documents = ["letter"]\ntext = "Later."', 'documents = ["memo"]\ntext = "Later."', "epilogue 1963 › documents",
    "memo"),
    # the document as a whole
    ("[[revelation]]", "[[secrets]]", "secrets", "not a table"),
    ("[[revelation]]", "[revelation.one]", "revelation", "[[revelation]]"),
    ("[parameter.accident]", "[[parameter]]", "parameter", "[parameter."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "part"), FAULTS)
def test_each_fault_says_where_and_what(old, new, where, part):
    """One thing wrong is one fault that names its place and says what is wrong; there is no scenario then."""
    report = checked(mutated((old, new)))
    assert report.scenario is None
    found = shown(report)
    assert any(place == where and part in message for place, message in found), found
    assert all(file == "a-crisis" and message for file, _, message in report.faults)


def lines_of(old: str) -> set[int]:
    first = GOOD[: GOOD.index(old)].count("\n")
    return set(range(first, first + old.count("\n") + 1))


SIDE_BY_SIDE = [
    fault
    for fault in FAULTS
    if not fault[1].startswith(("[", "id =", "start =", "range =", "[["))  # what renames or breaks what others refer to
    and fault[3] != "washington may not see"  # a reader is known only by a sound scene
    and not fault[2].startswith(("scenario", "track", "fact", "parameter"))  # what reads them cannot be judged
    and fault[3] != "desk@4"  # occurrences are known only once the calendar is sound
    and fault[2] not in ("ending", "ending brink › when", "document letter › received")  # the next promise's
]


def table_of(where: str) -> str:
    """Scenes apart from each other; of other tables there is one a kind, whatever a fault makes of its name."""
    label = where.split(" › ", maxsplit=1)[0]
    return label if label.startswith("scene ") else label.split()[0]


def of_form(fault: tuple[str, str, str, str]) -> bool:
    """Whether a table is not even read; what refers to such a table cannot be judged, and is no second fault."""
    return bool(read(tomllib.loads(mutated(fault[:2])), {}, "a-crisis")[1])


def apart(faults: list[tuple[str, str, str, str]]) -> st.SearchStrategy[list[tuple[str, str, str, str]]]:
    return st.lists(st.sampled_from(faults), min_size=2, max_size=6, unique_by=lambda fault: table_of(fault[2]))


@settings(max_examples=150)
@given(apart([one for one in SIDE_BY_SIDE if of_form(one)]) | apart([one for one in SIDE_BY_SIDE if not of_form(one)]))
def test_several_faults_all_show_at_once(faults):
    """Whatever is wrong together, in different tables, an author sees all of it in one go."""
    spread = [lines_of(old) for old, *_ in faults]
    assume(all(not (one & other) for k, one in enumerate(spread) for other in spread[:k]))
    found = shown(checked(mutated(*((old, new) for old, new, _, _ in faults))))
    for _, _, where, part in faults:
        assert any(place == where and part in message for place, message in found), (where, part, found)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('when = "tension >= 90"', 'when = "tension >= 20"', "ending brink › when"),
        ("received = 1962-10-20T11:00:00", "received = 1962-10-20T08:59:59", "document letter › received"),
    ],
)
def test_what_is_looked_at_last_shows_beside_other_faults(old, new, where):
    """An ending that holds at the opening and a letter that arrives before it is sent do not wait for other repairs."""
    found = shown(checked(mutated((old, new), ('by = "thompson"', 'by = "bundy"'))))
    assert {place for place, _ in found} == {where, "scene decision › counsel bundy › by"}


def test_a_broken_declaration_is_one_fault():
    """What refers to something broken is no second fault."""
    broken = mutated(("start = 20\n", ""), ('title = "FRUS"\n', ""), ('name = "Llewellyn Thompson"\n', ""))
    assert {where for where, _ in shown(checked(broken))} == {
        "track tension › start", "source frus › title", "person thompson › name",
    }  # fmt: skip


REQUIRED = {
    "scenario": {"id", "title", "begins", "ends"},
    "seat": {"label"},
    "track": {"label", "start", "range"},
    "fact": {"label", "start"},
    "parameter": {"label", "start"},
    "school": {"label", "band", "band_of"},
    "person": {"name"},
    "source": {"title"},
    "document": {"title"},
    "course": {"id", "label"},
    "rung": {"number", "label"},
    "scene": {"id", "seat", "at", "title"},
    "ending": {"id", "kind", "title"},
    "judge": {"id", "label", "grades"},
    "revelation": set(),
    "epilogue": {"year"},
}
INNER = {("scene", "counsel"): {"by"}, ("scene", "option"): {"id", "label"}, ("judge", "criterion"): {"points", "says"}}
TOLD = {("fact", "values"), ("ending", "at_close"), ("ending", "when")}  # what their absence says is told elsewhere
HANGS = {"option", "zone", "seen_by", "seat", "from"}  # others refer to these, or count on them


def tables(document: dict[str, Any]) -> list[tuple[str, dict[str, Any], set[str]]]:
    """Every table of the document, with the keys the format requires of it."""
    found = []
    for section, content in document.items():
        if section == "scenario":
            found.append((section, content, REQUIRED[section]))
            continue
        for table in content.values() if isinstance(content, dict) else content:
            found.append((section, table, REQUIRED[section]))
            for (outer, key), required in INNER.items():
                if outer == section:
                    found += [(f"{section}.{key}", inner, required) for inner in table.get(key, ())]
    return found


def keys_of_tables() -> list[tuple[int, str, str, bool]]:
    return [
        (place, section, key, key in required)
        for place, (section, table, required) in enumerate(tables(tomllib.loads(GOOD)))
        for key in table
        if (section, key) not in TOLD
    ]


@pytest.mark.parametrize(("place", "section", "key", "is_required"), keys_of_tables())
def test_what_is_required_and_what_may_be_left_out(place, section, key, is_required):
    """Ids, titles, labels, names, kinds, starts, ranges, seats, times and a few more are required; all else is not."""
    document = tomllib.loads(GOOD)
    del tables(document)[place][1][key]
    found = shown(report_of(document))
    missing = [where for where, message in found if message == "is missing" and where.endswith(f"› {key}")]
    assert bool(missing) == is_required, found
    if not is_required and key not in HANGS:
        assert found == []


def test_ids_and_names_have_63_characters_at_most():
    """An id of 63 characters is good, one of 64 is not; the same goes for names."""
    for length, is_good in ((63, True), (64, False)):
        assert (checked(mutated(('id = "small"', f'id = "{"a" * length}"'))).faults == []) is is_good
        assert (checked(GOOD + f'\n[parameter.{"a" * length}]\nlabel = "A"\nstart = 1\n').faults == []) is is_good


@pytest.mark.parametrize("name", ["day", "min", "max", "abs", "if", "lambda", "async", "or"])
@pytest.mark.parametrize("section", ["track", "fact", "parameter"])
def test_reserved_names(section, name):
    """What the little language keeps cannot be declared."""
    start = {"track": "1\nrange = [0, 2]", "fact": "true", "parameter": "1"}[section]
    found = shown(checked(f'{GOOD}\n[{section}.{name}]\nlabel = "A"\nstart = {start}\n'))
    assert found[0][0] == f"{section} {name}"
    assert "little language" in found[0][1]


@pytest.mark.parametrize(
    ("section", "name"), [("fact", "tension"), ("parameter", "tension"), ("track", "secret"), ("fact", "accident")]
)
def test_one_namespace(section, name):
    """No two of tracks, facts and parameters share a name."""
    start = {"track": "1\nrange = [0, 2]", "fact": "true", "parameter": "1"}[section]
    found = shown(checked(f'{GOOD}\n[{section}.{name}]\nlabel = "A"\nstart = {start}\n'))
    assert any("one namespace" in message for _, message in found)


def test_no_seat_is_called_fate():
    """Chance has its own chair."""
    assert any(where == "seat fate" for where, _ in shown(checked(GOOD + '\n[seat.fate]\nlabel = "Fate"\n')))


@pytest.mark.parametrize("name", ["history", "weights", "random"])
def test_reserved_courses(name):
    """The policies every scenario has keep their names."""
    assert f"course {name}" in [where for where, _ in shown(checked(mutated(('id = "firm"', f'id = "{name}"'))))]


@pytest.mark.parametrize(("days", "is_good"), [(10_000 - 5, True), (10_000 - 4, False), (70_000, False)])
def test_ten_thousand_occurrences(days, is_good):
    """A scenario has at most 10,000 occurrences; more are counted, and refused before they are laid out."""
    first = datetime(1900, 1, 1)  # noqa: DTZ001 - local times have no zone
    document = tomllib.loads(GOOD)
    document["scenario"] |= {"begins": first, "ends": datetime(2100, 12, 31)}  # noqa: DTZ001
    last = (first + timedelta(days=days - 1)).date()
    at = tomllib.loads("at = 12:00:00")["at"]
    document["scene"].append(
        {"id": "daily", "seat": "fate", "title": "Daily", "at": at, "from": first.date(), "to": last}
    )
    report = report_of(document)
    assert (report.faults == []) is is_good
    if not is_good:
        assert [(where, str(days + 5) in message, "10000" in message) for where, message in shown(report)] == [
            ("agenda", True, True)
        ]


def test_what_is_far_too_long_is_said_and_its_scenes_are_not_looked_at():
    """Past the limit there is one thing to mend first; what else the scenes have wrong is told once they are fewer."""
    document = tomllib.loads(GOOD)
    noon = datetime(1962, 10, 17, 12)  # noqa: DTZ001 - local times have no zone
    stray = {"id": "stray", "seat": "nobody", "title": "Stray", "at": noon, "when": "nothing > 1"}
    document["scene"] += [stray] * 30_000
    document["track"]["tension"]["seen_by"] = ["nobody"]
    assert [where for where, _ in shown(report_of(document))] == ["track tension › seen_by", "agenda"]
    document["scene"][-30_000:] = [stray]
    assert {"scene stray › seat", "scene stray › when"} < {where for where, _ in shown(report_of(document))}


@given(st.lists(st.sampled_from("abcd"), max_size=8))
def test_every_id_after_its_first_is_a_fault(ids):
    """However often an id stands, each time but the first is one fault, in the order of the files."""
    document = tomllib.loads(GOOD)
    noon = datetime(1962, 10, 17, 12)  # noqa: DTZ001 - local times have no zone
    document["scene"] += [{"id": one, "seat": "washington", "title": "x", "at": noon} for one in ids]
    twice = [f"scene {one}" for place, one in enumerate(ids) if one in ids[:place]]
    assert [where for where, message in shown(report_of(document)) if "twice" in message] == twice


def test_doubts_do_not_stop_play():
    """What a seat cannot see in a condition it can feel, what is never told and what is never reached are doubts."""
    report = checked(
        mutated(
            ('when = "tension > 10"\nbarred', 'when = "secret"\nbarred'),
            ('when = "tension > 10"\ntext', 'when = "accident > 1"\ntext'),
            ('when = "tension > 5"', 'when = "secret"'),
            ('ends = "war"\n', ""),
            ('told = ["washington"]\n', ""),
            ('text = "Heard at {tension}."\n', ""),
        )
        + '\n[document.lost]\ntitle = "Lost"\n'
    )
    assert report.scenario is not None
    assert {doubt.where for doubt in report.doubts} == {
        "scene decision › option strike › when", "scene decision › passage no. 1 › when",
        "scene decision › counsel thompson › when", "ending war", "scene radio", "document lost",
    }  # fmt: skip


UNSAFE = [
    "\\u0000",
    "\\u0007",
    "\\u001B[2J",
    "\\r",
    "\\u007F",
    "\\u0085",
    "\\u009B31m",
    "\\u202E",
    "\\u2066",
    "\\u200F",
    "\\u061C",
]
PLACES = [
    'title = "Small"', 'summary = "A small one."', 'label = "Washington"', 'clock = "America/New_York"', 'id = "small"',
    'announced = "made public"', 'values = ["none", "announced"]', 'start = "none"', 'text = "More."',
    'says = "Be firm."',
    'tags = ["exit"]', 'when = "tension > 5"', 'outcome = "Now {tension}."', 'form = "letter"', 'kind = "nuclear"',
    'ends = "war"', 'points = "10 if secret else -10"', 'seen_by = ["moscow"]', '"desk@2" = "wait"',
    "grades = { 10 = \"A\"",
]  # fmt: skip


@pytest.mark.parametrize("unsafe", UNSAFE)
@pytest.mark.parametrize("place", PLACES)
def test_unsafe_text_is_refused_and_never_printed_raw(place, unsafe):
    """Control, C1, bidi and NUL characters are refused wherever text stands, and the fault does not hold them."""
    cut = place.rindex('"')
    report = checked(mutated((place, place[:cut] + unsafe + place[cut:])))
    assert report.scenario is None
    for fault in report.faults:
        assert refused(str(fault)) is None


@pytest.mark.parametrize("unsafe", ["\\u001B[2J", "\\u202E", "\\n"])
@pytest.mark.parametrize("table", ['[seat."@"]', '[track."@"]', '["@"]', '[scenario."@"]', '[["@"]]'])
def test_unsafe_keys_are_refused_and_never_printed_raw(table, unsafe):
    """The same goes for keys of every table."""
    report = checked(f"{GOOD}\n{table.replace('@', unsafe)}\nlabel = 'x'\n")
    assert report.scenario is None
    for fault in report.faults:
        assert refused(str(fault)) is None
        assert "\n" not in str(fault)


@pytest.mark.parametrize("safe", ["\\n", "\\t", "é", "—", "Хрущёв", "🚀", "\\u00A0", "{{"])
def test_safe_text_is_taken(safe):
    """New lines, tabs and every script may stand in prose."""
    assert checked(mutated(('text = "More."', f'text = "More.{safe}"'))).faults == []


# Folders


def in_folder(folder, **texts: str):
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return files.check_folder(folder)


def test_a_folder_is_one_document_in_path_order(tmp_path):
    """Tables merge, arrays of tables join in path order, and a fault names the file its table stands in."""
    head, *rest = GOOD.split("[[scene]]")
    (tmp_path / "days").mkdir()
    for k, scene in enumerate(rest):
        name = ("c", "a", "b")[k]
        (tmp_path / "days" / f"{name}.toml").write_text(f"[[scene]]{scene}", encoding="utf-8")
    report = in_folder(tmp_path, scenario=head)
    assert report.faults == []
    assert report.scenario is not None
    assert [scene.id for scene in report.scenario.scenes] == ["desk", "radio", "decision"]
    (tmp_path / "days" / "b.toml").write_text('[[scene]]\nid = "empty"\n', encoding="utf-8")
    assert {fault.file for fault in files.check_folder(tmp_path).faults if fault.where.startswith("scene empty")} == {
        "days/b.toml"
    }


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[seat.moscow]\nlabel = "Again"\n', "seat moscow › label"),
        ("[track.tension]\nstart = 3\n", "track tension › start"),
        ('[scenario]\ntitle = "Again"\n', "scenario › title"),
        ('[fact.secret]\nseen_by = ["washington"]\n', "fact secret › seen_by"),
        ("[fact.empty]\nseen_by = []\n", "fact empty › seen_by"),
        ("[school.kennedy]\nset = { accident = 2 }\n", "school kennedy › set › accident"),
    ],
)
def test_a_key_set_twice_in_two_files_is_a_fault(tmp_path, text, where):
    """Whatever is neither a table nor an array of tables stands once."""
    good = GOOD + '\n[fact.empty]\nlabel = "Empty"\nstart = true\nseen_by = []\n'
    report = in_folder(tmp_path, a=good, b=text)
    assert [(fault.file, fault.where) for fault in report.faults if "second time" in fault.message] == [
        ("b.toml", where)
    ]


def test_a_document_may_gain_passages_in_another_file(tmp_path):
    """Arrays of tables join inside tables, too."""
    assert in_folder(tmp_path, a=GOOD, b='[[document.letter.passage]]\ntext = "More."\n').faults == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('[scene]\nid = "x"\n', '[[scene]]\nid = "y"\n'),
        ('[[scene]]\nid = "y"\n', '[scene]\nid = "x"\n'),
        ("seat = 3\n", '[seat.moscow]\nlabel = "M"\n'),
        ("scene = 3\n", '[[scene]]\nid = "y"\n'),
        ("scenario = 3\n", '[scenario]\nid = "y"\n'),
        ('[[seat]]\nlabel = "M"\n', '[seat.moscow]\nlabel = "M"\n'),
        ("x = 1\n", "[x]\ny = 1\n"),
    ],
)
def test_files_that_disagree_on_a_shape_are_a_fault(tmp_path, one, other):
    """A table in one file and a list or a number in another are told, never tripped over."""
    report = in_folder(tmp_path, a=one, b=other)
    assert report.scenario is None
    assert report.faults


@pytest.mark.parametrize(
    "text",
    [
        "x = ", "x = 1\nx = 2", "\x00", "x = '\x1b'", "[" * 3000, "x = " + "[" * 3000, "x = " + "9" * 5000,
        "x = 1979-99-99",
        "x." * 3000 + "x = 1", "[scenario" + ".a" * 3000 + "]", "x = " + "{a=" * 2000 + "1" + "}" * 2000,
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)  # fmt: skip
def test_a_file_that_is_no_toml_is_a_fault(tmp_path, text):
    """Whatever a file holds, checking it ends with faults in words and without unsafe characters."""
    report = in_folder(tmp_path, a=text)
    assert report.scenario is None
    assert report.faults
    for fault in report.faults:
        assert refused(str(fault)) is None


def test_a_file_that_is_no_utf_8_is_a_fault(tmp_path):
    """TOML is UTF-8."""
    (tmp_path / "a.toml").write_bytes(b'title = "\xff"')
    assert next((fault.file, "UTF-8" in fault.message) for fault in files.check_folder(tmp_path).faults) == (
        "a.toml",
        True,
    )


@pytest.mark.parametrize("name", [b"a\x1b[31m.toml", b"\xff.toml", "a\u202eb.toml".encode()])
def test_unsafe_file_names_are_never_printed_raw(tmp_path, name):
    """A fault in a file whose name could run a terminal's commands shows the name without them."""
    path = bytes(tmp_path) + b"/" + name
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a name that no Path can hold on some systems
            file.write(b"x =")
    except (OSError, ValueError):
        pytest.skip("this file system has no such names")
    for fault in files.check_folder(tmp_path).faults:
        assert refused(str(fault)) is None


def test_links_are_not_followed(tmp_path):
    """A linked file or folder is no part of a scenario."""
    outside, folder = tmp_path / "outside", tmp_path / "scenario"
    outside.mkdir()
    folder.mkdir()
    (outside / "more.toml").write_text('[seat.havana]\nlabel = "Havana"\n', encoding="utf-8")
    (folder / "scenario.toml").write_text(GOOD, encoding="utf-8")
    try:
        (folder / "more.toml").symlink_to(outside / "more.toml")
        (folder / "days").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    report = files.check_folder(folder)
    assert report.scenario is not None
    assert report.scenario.seats == ("washington", "moscow")


def test_a_large_file_is_not_read(tmp_path):
    """A file over 5 MB is a fault, and so is a scenario over 20 MB."""
    filler = "#" * 4_999_000
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    for k in range(4):
        (tmp_path / f"b{k}.toml").write_text(filler, encoding="utf-8")
    assert files.check_folder(tmp_path).faults == []
    (tmp_path / "c.toml").write_text(filler, encoding="utf-8")
    assert [fault.file for fault in files.check_folder(tmp_path).faults] == ["c.toml"]
    (tmp_path / "c.toml").write_text("#" * 5_000_001, encoding="utf-8")
    assert [fault.file for fault in files.check_folder(tmp_path).faults] == ["c.toml"]


@settings(max_examples=25)
@given(some.documents_of_scenarios())
def test_a_scenario_on_disk_is_the_scenario_in_memory(tmp_path_factory, document):
    """Random well-formed scenarios have no faults on disk either, and the same agenda and opening."""
    report = in_folder(tmp_path_factory.mktemp("scenario"), scenario=as_toml(document))
    assert report.faults == []
    here = some.scenario_of(document)
    assert report.scenario is not None
    assert report.scenario.agenda == here.agenda
    assert report.scenario.opening == here.opening


def test_the_scenario_that_ships_is_good(thirteen_days):
    """The thirteen days load without a fault."""
    assert thirteen_days.head.id == "thirteen-days"
    assert files.check_folder(files.find("thirteen-days")).faults == []
