"""Whole files: there as they were written or not at all, and nothing left beside them."""

from __future__ import annotations

import errno
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.files import whole
from tests.files.disk import files_no_larger_than, outrun

anything = st.binary(max_size=200)


@given(before=anything, after=anything)
def test_replaced(tmp_path_factory, before, after):
    """A file that is replaced holds what was written last, byte for byte, and stands alone."""
    folder = tmp_path_factory.mktemp("replaced")
    path = folder / "file"
    for data in (before, after):
        whole.replace(path, data)
        assert path.read_bytes() == data
    assert list(folder.iterdir()) == [path]


def test_replaced_on_a_full_disk(home):
    """Where the disk is full, what was there stays as it was."""
    path = home / "file"
    whole.replace(path, b"before")
    with files_no_larger_than(10), pytest.raises(OSError, match="large"):
        whole.replace(path, b"x" * 100)
    assert path.read_bytes() == b"before"
    assert list(home.iterdir()) == [path]


@pytest.mark.parametrize("write", [whole.create, whole.replace])
@pytest.mark.parametrize("step", ["open", "fsync"])
def test_a_folder_that_cannot_be_flushed(home, monkeypatch, write, step):
    """Once a file is in place it is written, whatever the disk says to flushing its folder."""
    if not hasattr(os, "O_DIRECTORY"):
        pytest.skip("this system has no way to flush a folder")
    real = getattr(os, step)

    def refuse(what: object, *more: object) -> object:
        if what == home or (step == "fsync" and stat.S_ISDIR(os.fstat(what).st_mode)):
            raise OSError(errno.EINVAL, "Invalid argument")
        return real(what, *more)

    monkeypatch.setattr(os, step, refuse)
    write(home / "file", b"written")
    assert (home / "file").read_bytes() == b"written"
    assert list(home.iterdir()) == [home / "file"]


@pytest.mark.parametrize("write", [whole.create, whole.replace])
def test_what_is_written_outlives_a_loss_of_power(home, monkeypatch, write):
    """Its bytes are on the disk before it has its name, and its name before it is said to be written."""
    if not hasattr(os, "O_DIRECTORY"):
        pytest.skip("this system has no way to flush a folder")
    real, flushed = os.fsync, []

    def seen(what: int) -> None:
        found = os.fstat(what)
        is_home = os.path.samestat(found, home.stat())
        flushed.append(("its folder" if is_home else found.st_size, (home / "file").exists()))
        real(what)

    monkeypatch.setattr(os, "fsync", seen)
    write(home / "file", b"written")
    assert flushed == [(len(b"written"), False), ("its folder", True)]


def test_created_only_once(home):
    """A name that is taken is never written over."""
    path = home / "file"
    whole.create(path, b"first")
    with pytest.raises(FileExistsError):
        whole.create(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(home.iterdir()) == [path]


def test_stale_temps(home):
    """What an interrupted write left behind is swept by the next, and what may still be in work is left."""
    stale, fresh = home / f".old.1{whole.TEMP}", home / f".new.2{whole.TEMP}"
    for temp in (stale, fresh):
        temp.write_bytes(b"half")
    os.utime(stale, (0, 0))
    whole.replace(home / "file", b"")
    assert sorted(one.name for one in home.iterdir()) == [fresh.name, "file"]


def test_free_names(home):
    """A name is free until something bears it, be it a folder or a link to nowhere."""
    (home / "a.txt").mkdir()
    (home / "a-2.txt").symlink_to(home / "nowhere")
    paths = [whole.create_free(home, "a", ".txt", data) for data in (b"third", b"fourth")]
    assert [path.name for path in paths] == ["a-3.txt", "a-4.txt"]
    assert [path.read_bytes() for path in paths] == [b"third", b"fourth"]


def test_a_name_that_somebody_else_takes_meanwhile(home, monkeypatch):
    """Where others are quicker to take the free name, theirs stands and the next is taken."""
    outrun(monkeypatch, 2)
    assert whole.create_free(home, "a", ".txt", b"mine") == home / "a-3.txt"
    assert {one.name: one.read_bytes() for one in home.iterdir()} == {
        "a.txt": b"another's", "a-2.txt": b"another's", "a-3.txt": b"mine"
    }  # fmt: skip


@given(data=anything | st.text(max_size=50).map(str.encode) | st.just(b"[" * 100_000) | st.just(b"9" * 5000))
def test_any_bytes_read(tmp_path_factory, data):
    """Whatever a file holds, reading it gives an object or says in words what it is instead."""
    path = tmp_path_factory.mktemp("read") / "file"
    path.write_bytes(data)
    try:
        assert isinstance(whole.read_object(path, 1000), dict)
    except ValueError as error:
        assert str(error).startswith("it is ")  # noqa: PT017 - an object is the other promise


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(home):
    """What has no end is not read."""
    os.mkfifo(home / "pipe")
    with pytest.raises(ValueError, match="no file that can be read to its end"):
        whole.read_object(home / "pipe", 1000)
