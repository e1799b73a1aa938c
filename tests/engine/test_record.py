"""Records: the save format as anybody may read or write it, and what happens to damaged ones."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from excomm_game.engine.branch import branch
from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.game import Game
from excomm_game.engine.lines import decode, encode
from excomm_game.engine.record import Answer, AnswerLine, BackLine, ChoiceLine, EndLine, Header, Record
from excomm_game.engine.replay import replay
from excomm_game.engine.text import refused
from tests import strategies as some
from tests.strategies import games, header_of, play_on, records

HEADER = Header(
    scenario="small", edition=1, scenario_sha256="0" * 64, seed=7, school="kennedy", luck="drawn",
    seats={"washington": "person", "moscow": "model"}, player="", started="2026-01-01T00:00:00Z", engine="0.1.0",
)  # fmt: skip
CHOICE = ChoiceLine(n=1, at="1962-10-16T09:00:00", scene="a", option="x", by="person", state="0" * 16)
ENDED = EndLine(ended="over", kind="settlement", state="0" * 16)


def written(*lines: dict[str, Any]) -> bytes:
    """Lines as another program would write them, by the format's words alone."""
    text, chain = "", ""
    for line in lines:
        body = json.dumps(line, ensure_ascii=False)[:-1]
        chain = blake2b((chain + body).encode(), digest_size=8).hexdigest()
        text += f'{body}, "chain": "{chain}"}}\n'
    return text.encode()


HEAD: dict[str, Any] = {
    "excomm": 1, "scenario": "small", "edition": 1, "scenario_sha256": "0" * 64, "seed": 7, "school": "kennedy",
    "luck": "drawn",
    "seats": {"washington": "person", "moscow": "model"}, "player": "", "started": "2026-01-01T00:00:00Z",
    "engine": "0.1.0",
}  # fmt: skip
LINE: dict[str, Any] = {
    "n": 1, "at": "1962-10-16T09:00:00", "scene": "a", "option": "x", "by": "person", "state": "0" * 16,
}  # fmt: skip


def test_the_format_is_as_published():
    """Keys, their order and the chain are those the format promises."""
    full = CHOICE._replace(reason="“Because”", took=1.5, spared=0.25)
    answer = AnswerLine(answer=Answer(question="Why?", text="So."))
    data, chain = encode([HEADER, CHOICE, full._replace(n=2), answer, BackLine(back_to=1), ENDED])
    explained = {"n": 2, "at": LINE["at"], "scene": "a", "option": "x", "by": "person", "reason": "“Because”"}
    expected = written(
        HEAD,
        LINE,
        explained | {"took": 1.5, "spared": 0.25, "state": "0" * 16},
        {"answer": {"question": "Why?", "text": "So."}},
        {"back_to": 1},
        {"ended": "over", "kind": "settlement", "state": "0" * 16},
    )
    assert data == expected
    assert data.endswith(f', "chain": "{chain}"}}\n'.encode())


def test_what_another_program_wrote_is_read():
    """Lines written by the format's words alone are read whole."""
    found = decode(
        written(HEAD, LINE, {"back_to": 0}, LINE | {"took": 3}, {"ended": "over", "kind": "war", "state": "1" * 16}),
        "x",
    )
    assert (found.fault, found.torn) == (None, False)
    assert found.record.header == HEADER
    assert found.record.standing() == [CHOICE._replace(took=3)]


@given(records())
def test_every_line_counts(record):
    """Reading gives a chain for every line, counts every byte, and finds no fault."""
    data, chain = encode([record.header, *record.rows])
    found = decode(data, "x")
    assert (found.sound, found.torn, found.fault) == (len(data), False, None)
    assert len(found.chains) == 1 + len(record.rows)
    assert found.chains[-1] == chain


@given(records(), st.data())
def test_appending_is_writing_at_once(record, data):
    """Rows appended one by one make the same bytes as rows written together."""
    rows = [record.header, *record.rows]
    cut = data.draw(st.integers(0, len(rows)))
    first, chain = encode(rows[:cut])
    second, _ = encode(rows[cut:], chain)
    assert first + second == encode(rows)[0]


@given(records(), st.data())
def test_a_torn_end_loses_that_line_alone(record, data):
    """Cut anywhere, a save still gives every line that was finished, and says that it is torn, not that it is false."""
    whole, _ = encode([record.header, *record.rows])
    ends = [k for k, byte in enumerate(whole, start=1) if byte == 10]
    cut = data.draw(st.integers(ends[0], len(whole)))
    found = decode(whole[:cut], "x")
    kept = sum(end <= cut for end in ends)
    assert found.record == Record(record.header, record.rows[: kept - 1])
    assert (found.sound, found.torn, found.fault) == (ends[kept - 1], cut not in ends, None)


@given(records(), st.data())
def test_a_changed_byte_is_found(record, data):
    """Change any byte after the header: what stood before it is kept, what it stood in is refused with a reason."""
    whole, _ = encode([record.header, *record.rows])
    first = whole.index(b"\n") + 1
    assume(len(whole) > first)
    place = data.draw(st.integers(first, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    assume(byte != whole[place])
    found = decode(whole[:place] + bytes([byte]) + whole[place + 1 :], "x")
    line = whole[first:place].count(b"\n")
    assert found.record == Record(record.header, record.rows[:line])
    assert found.torn or found.fault is not None
    assert found.fault is None or refused(found.fault) is None


@given(records(), st.data())
def test_a_line_left_out_or_moved_is_found(record, data):
    """The chain holds lines in their place."""
    assume(len(record.rows) > 1)
    lines = encode([record.header, *record.rows])[0].splitlines(keepends=True)
    place = data.draw(st.integers(1, len(lines) - 2))
    left_out = decode(b"".join(lines[:place] + lines[place + 1 :]), "x")
    assert left_out.record.rows == record.rows[: place - 1]
    assert left_out.fault is not None


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_anything_else_is_no_save(data):
    """Whatever the bytes, reading them says in plain words that they are no save, or gives what is sound."""
    for tried in (data, data + b"\n", b'{"excomm": 1' + data + b"\n"):
        with pytest.raises(ExcommError) as raised:
            decode(tried, "a file")
        assert refused(str(raised.value)) is None
    sound = encode([HEADER])[0]
    assert decode(sound + data, "a file").record == Record(HEADER)


@pytest.mark.parametrize(
    "change",
    [
        {"seed": -1}, {"seed": 2**53}, {"seed": 1.0}, {"seed": "1"}, {"seed": True}, {"luck": "good"}, {"edition": 0},
        {"scenario_sha256": "0" * 63}, {"scenario_sha256": "G" * 64}, {"seats": {"washington": "policy:"}},
        {"seats": ["person"]},
        {"seats": {"washington": "nobody"}}, {"player": "a\x1bb"}, {"player": "a\nb"}, {"player": None}, {"note": "x"},
        {"parent": {"at": 1}}, {"parent": {"at": -1, "line": "0" * 16}}, {"assignment": {"a": 1}}, {"excomm": 0},
        {"excomm": "1"},
    ],
    ids=str,
)  # fmt: skip
def test_a_header_is_strict(change):
    """A header with a value of another kind or range, or a key the format lacks, is no header."""
    with pytest.raises(ExcommError) as raised:
        decode(written(HEAD | change), "a file")
    assert raised.value.exit_code == 3
    assert refused(str(raised.value)) is None


@pytest.mark.parametrize(
    "line",
    [
        LINE | {"n": 0}, LINE | {"n": 2}, LINE | {"n": 1.0}, LINE | {"n": "1"}, LINE | {"n": True},
        LINE | {"by": "nobody"},
        LINE | {"state": "0"}, LINE | {"state": "G" * 16}, LINE | {"took": -1}, LINE | {"took": "1"},
        LINE | {"spared": 1.5},
        LINE | {"took": float("nan")}, LINE | {"took": float("inf")}, LINE | {"reason": "\x9b31m"},
        LINE | {"option": "a\nb"},
        LINE | {"note": "x"}, LINE | {"reason": 3}, {key: LINE[key] for key in LINE if key != "state"}, {"back_to": 1},
        {"back_to": -1}, {"back_to": True}, {"back_to": 0, "why": "x"}, {"answer": {"question": "a"}}, {"answer": "a"},
        {"answer": ["a", "b"]}, {"answer": {"question": "a", "text": "b", "more": "c"}}, {"ended": "a",
        "state": "0" * 16},
        {"ended": "a", "kind": "draw", "state": "0" * 16}, {"what": 1}, {}, {"n": [1]},
    ],
    ids=str,
)  # fmt: skip
def test_a_row_is_strict(line):
    """A row with a value of another kind, range or order is refused with a reason, though its chain fits."""
    found = decode(written(HEAD, line), "a file")
    assert found.record.rows == ()
    assert found.fault is not None
    assert found.fault.startswith("line 2: ")
    assert refused(found.fault) is None


@pytest.mark.parametrize("line", ["[]", "3", "null", '"x"', '{"n": 1}', "[" * 5000])
def test_a_row_that_is_no_object_is_refused(line):
    """Whatever stands in a line, the lines before it are kept."""
    found = decode(written(HEAD) + line.encode() + b"\n", "a file")
    assert (found.record, found.fault is None) == (Record(HEADER), False)


@pytest.mark.parametrize("header", [HEAD | {"excomm": 2}, {"excomm": 99, "everything": "else"}])
def test_a_newer_format_is_refused_as_such(header):
    """A save of a later version is not called damaged."""
    with pytest.raises(NewerFormat) as raised:
        decode(written(header), "a file")
    assert raised.value.exit_code == 4


@pytest.mark.parametrize(
    "row",
    [
        AnswerLine(answer=Answer(question="Why?", text="é" * 40_000)),
        CHOICE._replace(took=float("nan")),
        CHOICE._replace(took=float("inf")),
    ],
    ids=["long", "NaN", "infinity"],
)
def test_what_cannot_be_read_again_is_not_written(row):
    """Writing refuses what reading would refuse, so that a save never damages itself."""
    try:
        data, _ = encode([HEADER, row])
    except (ExcommError, ValueError):
        return
    assert decode(data, "x").fault is None


@given(records())
def test_what_was_taken_back_does_not_stand(record):
    """The standing choices are numbered from 1 without a gap."""
    assert [row.n for row in record.standing()] == list(range(1, len(record.standing()) + 1))


@given(st.data())
def test_a_branch_shares_its_beginning_and_its_luck(data):
    """A branch after choice n has the first n choices, names where it left, and meets the same luck from there on."""
    scenario = data.draw(some.scenarios())
    game = data.draw(games(scenario, sitters=("person", "model"), lucks=("drawn", "spared")))
    rows = [game.header, *game.rows]
    chains = decode(encode(rows)[0], "x").chains
    n = data.draw(st.integers(0, len(game.choices)))
    shared = branch(scenario, game.record, n, chains)
    assert shared.standing() == game.choices[:n]
    assert shared.header.parent is not None
    assert shared.header.parent.at == n
    standing = [0, *(k for k, row in enumerate(rows) if any(row is one for one in game.choices))]
    assert shared.header.parent.line == chains[standing[n]], "the last line that both have"
    twin = replay(scenario, shared)
    assert (twin.fault, twin.game.state) == (None, game.steps[n].state._replace(people=twin.game.people))
    if twin.game.people == game.people:
        hand = data.draw(some.hands)
        one = Game(scenario, game.header)
        for row in game.choices[:n]:
            one.apply_row(row)
        assert play_on(twin.game, hand).state == play_on(one, hand).state


@given(st.data())
def test_a_changed_scenario_is_told_and_replayed_as_far_as_it_applies(data):
    """With another text of the scenario the choices still apply; with an option gone, the rest is listed."""
    document = data.draw(some.documents_of_scenarios())
    scenario = some.scenario_of(document)
    game = play_on(Game(scenario, header_of(scenario, seats={scenario.seats[0]: "person"})), data.draw(some.hands))
    retitled = some.scenario_of(document | {"scenario": document["scenario"] | {"title": "Another Title"}})
    again = replay(retitled, game.record)
    assert (again.fault, again.left, again.changed, again.game.state) == (None, (), True, game.state)
    assume(game.choices)
    place = data.draw(st.integers(0, len(game.choices) - 1))
    rows = [row._replace(option="gone") if row is game.choices[place] else row for row in game.rows]
    partly = replay(retitled, Record(game.header, tuple(rows)))
    assert partly.fault is not None
    assert [row.n for row in partly.left] == [row.n for row in game.choices[place:]]
    assert partly.game.state == game.steps[place].state


@given(st.data())
def test_states_are_held_to_the_scenario_they_were_made_by(data):
    """Where the scenario is as it was, a state or an end that its choices do not lead to is a fault.

    Where the scenario was changed, replaying passes over it, and only who verifies is told.
    """
    document = data.draw(some.documents_of_scenarios())
    scenario = some.scenario_of(document)
    game = play_on(Game(scenario, header_of(scenario, seats={scenario.seats[0]: "person"})), data.draw(some.hands))
    retitled = some.scenario_of(document | {"scenario": document["scenario"] | {"title": "Another Title"}})
    stated = [place for place, row in enumerate(game.rows) if isinstance(row, ChoiceLine | EndLine)]
    assume(stated)
    place = data.draw(st.sampled_from(stated))
    wrong = "0" * 16 if game.rows[place].state != "0" * 16 else "1" * 16
    rows = tuple(row._replace(state=wrong) if n == place else row for n, row in enumerate(game.rows))
    forged = Record(game.header, rows)
    assert replay(scenario, game.record).fault is None
    assert replay(scenario, forged).fault is not None
    assert replay(retitled, forged).fault is None
    assert replay(retitled, forged, redraw=True).fault is not None


def test_a_record_of_another_scenario_is_refused(thirteen_days):
    """A save is folded only into its own scenario."""
    with pytest.raises(ExcommError):
        replay(thirteen_days, Record(HEADER))
