"""Answers that were begun: in a file beside the save, back as they were written, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.assignment import MAX_ANSWER
from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.record import Header
from excomm_game.engine.text import refused
from excomm_game.files import drafts
from tests.files.disk import files_no_larger_than
from tests.strategies import prose, unsafe

GAME = Header(
    scenario="small", edition=1, scenario_sha256="0" * 64, seed=1, school="even", luck="drawn",
    seats={"left": "person"}, player="A", started="2026-10-16T09:00:00+00:00", engine="1",
)  # fmt: skip
OTHER = GAME.model_copy(update={"player": "B"})


@pytest.fixture(scope="module")
def save(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("begun") / "game.jsonl"


def begin(save: Path, data: bytes) -> Path:
    """Put a file of drafts in place."""
    path = drafts.place(save, GAME)
    path.write_bytes(data)
    return path


@given(begun=st.dictionaries(prose, prose, max_size=4), question=prose, text=prose)
def test_kept(save, begun, question, text):
    """Drafts read back as they were written, beside each other; blank ones are left out, and without any no file is."""
    drafts.place(save, GAME).unlink(missing_ok=True)
    for one, written in begun.items():
        drafts.keep(save, GAME, one, written)
    drafts.keep(save, GAME, question, text)
    expected = {one: written for one, written in {**begun, question: text}.items() if written.strip()}
    assert drafts.read(save, GAME) == expected
    assert list(save.parent.iterdir()) == ([drafts.place(save, GAME)] if expected else [])


@given(text=unsafe)
def test_unsafe(save, text):
    """What could do harm on a screen is read as the signs that name it, whoever wrote the file."""
    begin(save, json.dumps({"excomm_drafts": 1, "save": "", "drafts": {"Why?": text}}).encode())
    read = drafts.read(save, GAME)["Why?"]
    assert refused(read) is None
    drafts.keep(save, GAME, "Why?", text)
    assert drafts.read(save, GAME).get("Why?", "") == (read if read.strip() else "")


def test_another_game_under_the_same_name(save):
    """What one person began is not shown to another who plays where that game was saved."""
    drafts.keep(save, GAME, "Why?", "Between us.")
    assert drafts.read(save, OTHER) == {}
    drafts.keep(save, OTHER, "Why?", "No idea.")
    assert drafts.read(save, GAME) == {"Why?": "Between us."}
    drafts.keep(save, OTHER, "Why?", "")
    assert drafts.read(save, GAME) == {"Why?": "Between us."}


def test_what_is_too_long_to_be_kept_is_not_cut(save):
    """A draft may be longer than an answer: what there is to shorten is its writer's to say."""
    drafts.keep(save, GAME, "Why?", "x" * (MAX_ANSWER + 7))
    assert len(drafts.read(save, GAME)["Why?"]) == MAX_ANSWER + 7


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[]", "no JSON object"),
        (b"{}", "no excomm_drafts"),
        (b'{"excomm_drafts": 1, "drafts": []}', "no drafts"),
        (b'{"excomm_drafts": 1, "drafts": {"Why?": 7}}', "no text"),
    ],
)
def test_damaged(save, data, says):
    """A file that is none is refused in words, and not written over."""
    path = begin(save, data)
    for do in (lambda: drafts.read(save, GAME), lambda: drafts.keep(save, GAME, "Why?", "x")):
        with pytest.raises(ExcommError, match=says):
            do()
    assert path.read_bytes() == data


def test_newer(save):
    """A file of a later version is refused as such."""
    begin(save, b'{"excomm_drafts": 2, "drafts": {}}')
    with pytest.raises(NewerFormat, match="newer excomm"):
        drafts.read(save, GAME)


def test_a_disk_that_refuses(tmp_path):
    """Where nothing can be written it is said, and what there was stays."""
    save = tmp_path / "game.jsonl"
    drafts.keep(save, GAME, "Why?", "first")
    with files_no_larger_than(20), pytest.raises(ExcommError, match="cannot be kept"):
        drafts.keep(save, GAME, "Why?", "second")
    assert drafts.read(save, GAME) == {"Why?": "first"}
