"""Answers that were begun: in a file beside the save, back as they were written, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.assignment import MAX_ANSWER
from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.files import drafts
from tests.files.disk import files_no_larger_than
from tests.strategies import prose, unsafe


@pytest.fixture(scope="module")
def save(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("begun") / "game.jsonl"


def beside(save: Path) -> Path:
    return save.with_name("game.drafts.json")


@given(begun=st.dictionaries(prose, prose.map(lambda text: text[:MAX_ANSWER]), max_size=4))
def test_written(save, begun):
    """Drafts read back as they were written; blank ones are left out, and without any there is no file."""
    drafts.write(save, begun)
    expected = {question: text for question, text in begun.items() if text.strip()}
    assert drafts.read(save) == expected
    assert beside(save).exists() == bool(expected)
    assert [one for one in save.parent.iterdir() if one != beside(save)] == []


@given(text=unsafe)
def test_unsafe(save, text):
    """What could do harm on a screen is read as the signs that name it, whoever wrote the file."""
    beside(save).write_text(json.dumps({"excomm_drafts": 1, "save": "", "drafts": {"Why?": text}}), encoding="utf-8")
    read = drafts.read(save)["Why?"]
    assert read == drafts.harmless(text)[:MAX_ANSWER]
    drafts.write(save, {"Why?": text})
    assert drafts.read(save).get("Why?", "") == (read if text.strip() else "")


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
    beside(save).write_bytes(data)
    for do in (lambda: drafts.read(save), lambda: drafts.write(save, {"Why?": "x"})):
        with pytest.raises(ExcommError, match=says):
            do()
    assert beside(save).read_bytes() == data


def test_newer(save):
    """A file of a later version is refused as such."""
    beside(save).write_text('{"excomm_drafts": 2, "drafts": {}}', encoding="utf-8")
    with pytest.raises(NewerFormat, match="newer excomm"):
        drafts.read(save)


def test_a_disk_that_refuses(tmp_path):
    """Where nothing can be written it is said, and what there was stays."""
    save = tmp_path / "game.jsonl"
    drafts.write(save, {"Why?": "first"})
    with files_no_larger_than(20), pytest.raises(ExcommError, match="cannot be kept"):
        drafts.write(save, {"Why?": "second"})
    assert drafts.read(save) == {"Why?": "first"}
