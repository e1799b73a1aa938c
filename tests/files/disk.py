"""A disk that refuses, whoever asks: also to a superuser, whom permissions do not stop."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

REFUSING = Path("/proc/self")  # no file can be made in it
refusing = pytest.mark.skipif(not REFUSING.exists(), reason="this system has no folder that refuses even root")


@contextlib.contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A full disk: within, the system refuses every byte past `size` of a file, so that a write stops half-way."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def outrun(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let somebody else take a name just before it is put in place, the next `times` times."""
    link, left = os.link, [b"another's"] * times

    def late(temp: Path, path: Path) -> None:
        if left:
            Path(path).write_bytes(left.pop())
        link(temp, path)

    monkeypatch.setattr(os, "link", late)
