"""Settings: they come back as they were kept, and a file that is none is no reason not to start."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from excomm_game.engine.errors import ExcommError
from excomm_game.files import places, settings
from tests.files.disk import REFUSING, files_no_larger_than, refusing

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
in_one_home = examples(suppress_health_check=[HealthCheck.function_scoped_fixture])


@in_one_home
@given(kept=st.dictionaries(st.text(max_size=8), values, max_size=4))
def test_kept(kept):
    """Settings read back as what was kept last."""
    settings.write(kept)
    assert settings.read() == kept


def test_none_yet(home):
    """Before anything is kept there are no settings, and asking makes no file."""
    assert settings.read() == {}
    assert list(home.iterdir()) == []


def test_the_folder_is_made(monkeypatch, home):
    """Settings are kept in the named home, which is made when it is not there."""
    monkeypatch.setenv("EXCOMM_HOME", str(home / "a" / "b"))
    settings.write({"theme": "night"})
    assert json.loads((home / "a" / "b" / "settings.json").read_bytes()) == {"theme": "night"}


@in_one_home
@given(data=st.binary(max_size=100) | st.text(max_size=50).map(str.encode))
@example(b"[]")
@example(b"null")
@example(b"[" * 60_000)
@example(b'{"a": ' + b"9" * 5000 + b"}")
@example(b'{"theme": "\xff"}')
@example("{}".encode("utf-16"))
def test_any_bytes(home, data):
    """Whatever stands in the file, reading it gives an object, or nothing."""
    (home / "settings.json").write_bytes(data)
    assert isinstance(settings.read(), dict)


def test_too_large(home):
    """A file larger than settings ever are is not read, and none such is written."""
    (home / "settings.json").write_bytes(b'{"a": "' + b"x" * settings.MAX_SETTINGS + b'"}')
    assert settings.read() == {}
    settings.write({"a": 1})
    with pytest.raises(ExcommError, match="Keep fewer"):
        settings.write({"a": "x" * settings.MAX_SETTINGS})
    assert settings.read() == {"a": 1}


def test_a_folder_in_its_place(home):
    """A folder of that name is no settings and cannot be written over; the error names it and the remedy."""
    (home / "settings.json").mkdir()
    assert settings.read() == {}
    with pytest.raises(ExcommError, match=r"settings\.json cannot|settings\.json .*EXCOMM_HOME"):
        settings.write({})


@refusing
def test_a_home_that_refuses(monkeypatch):
    """A home that nobody can write to is named, with the remedy."""
    monkeypatch.setenv("EXCOMM_HOME", str(REFUSING / "home"))
    assert settings.read() == {}
    with pytest.raises(ExcommError, match=r"/proc/self/home/settings\.json .*EXCOMM_HOME"):
        settings.write({})


def test_a_full_disk():
    """On a full disk the settings stay as they were."""
    settings.write({"theme": "night"})
    with files_no_larger_than(10), pytest.raises(ExcommError, match="Free space"):
        settings.write({"theme": "day"})
    assert settings.read() == {"theme": "night"}


def test_the_systems_own_place(monkeypatch):
    """Without a named home, settings go where the system keeps a program's settings."""
    monkeypatch.delenv("EXCOMM_HOME")
    assert places.user_config().name == "excomm"
    assert places.user_config().is_absolute()
