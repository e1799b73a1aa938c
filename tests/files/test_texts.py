"""Texts a player keeps: each in a new file with a name every system takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import harmless
from excomm_game.files import places, texts
from tests.files.disk import outrun


@given(name=st.text(st.characters(), max_size=90), text=st.text(st.characters()))
@example("../../etc/passwd", "\x1b[2J")
@example("CON", "")
@example("", "\ud800")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_kept(home, name, text):
    """Whatever it is called, a text is kept in the player's folder, whole but for what could move a cursor."""
    path = texts.write_new(name, text)
    assert path.parent == home / "texts"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.txt", path.name)
    assert len(path.name) < 80
    assert not re.fullmatch(r"(con|prn|aux|nul|(com|lpt)[0-9])\.txt", path.name)
    assert path.read_bytes().decode() == harmless(text)


def test_never_written_over():
    """Texts of one name stand side by side."""
    paths = [texts.write_new("Debrief: Thirteen Days", text) for text in ("one", "two", "three")]
    assert [path.name for path in paths] == [
        "debrief-thirteen-days.txt", "debrief-thirteen-days-2.txt", "debrief-thirteen-days-3.txt"
    ]  # fmt: skip
    assert [path.read_text(encoding="utf-8") for path in paths] == ["one", "two", "three"]


def test_a_name_that_somebody_else_takes_meanwhile(home, monkeypatch):
    """Where another process is quicker to take a name, the next is taken."""
    outrun(monkeypatch, 1)
    assert texts.write_new("a", "mine") == home / "texts" / "a-2.txt"
    assert (home / "texts" / "a.txt").read_bytes() == b"another's"


def test_a_place_that_refuses(home):
    """Where no text can be kept, the place and the remedy are named."""
    (home / "texts").write_bytes(b"")
    with pytest.raises(ExcommError, match=r"texts .*EXCOMM_HOME"):
        texts.write_new("a", "b")


def test_in_a_checkout(monkeypatch):
    """In a checkout texts lie among the saves, which git leaves alone; a named home goes before it."""
    root = places.checkout()
    if root is None:
        pytest.skip("this is no checkout")
    assert places.text_folder() == places.user_data() / "texts"
    monkeypatch.delenv("EXCOMM_HOME")
    assert places.text_folder() == root / "saves" / "texts"
