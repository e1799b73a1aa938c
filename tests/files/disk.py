"""A disk that refuses, whoever asks: also to a superuser, whom permissions do not stop."""

from __future__ import annotations

import contextlib
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
