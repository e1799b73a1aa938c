"""Small files read whole, and files written whole or not at all: a temp, flushed, then put in place at once."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

STALE_SECONDS = 3600
TEMP = ".excomm.tmp"


def read(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes.

    Raises OSError when the file cannot be read, and ValueError, which says in words why it is none of ours.
    """
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - False for a name no system can have
        raise ValueError("it is no file that can be read to its end")
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"it is larger than {limit:,} bytes")
    return data


def read_object(path: Path, limit: int) -> dict[str, object]:
    """Read a JSON object from a file of at most `limit` bytes. Raises what `read` raises."""
    data = read(path, limit)
    try:
        content = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON") from None
    if not isinstance(content, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - what is wrong is the file, not a caller's type
    return content


def create(path: Path, data: bytes) -> None:
    """Write a file whose name must be free.

    Raises FileExistsError when it is not, else OSError or ValueError, which `reason` puts in words, leaving nothing.
    """
    with _written(path, data) as temp:
        _link(temp, path)
        _flush_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Write a file in place of one that may be there.

    Raises OSError or ValueError, which `reason` puts in words, leaving what was there.
    """
    with _written(path, data) as temp:
        temp.replace(path)
        _flush_folder(path.parent)


def create_free(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    """Write a file under the first free name in a folder: `stem` itself, then `stem-2` and so on; return its path.

    Raises OSError or ValueError, which `reason` puts in words, leaving nothing.
    """
    while True:
        path = free(folder, stem, suffix)
        with suppress(FileExistsError):  # somebody was quicker to take the name
            create(path, data)
            return path


def reason(error: OSError | ValueError) -> str:
    """Say why a file cannot be written: the system's own words, or that no file can have its name."""
    return str(error.strerror) if isinstance(error, OSError) else "it is no name for a file"


def free(folder: Path, stem: str, suffix: str) -> Path:
    """Return the first name in a folder that is free: `stem` itself, then `stem-2` and so on."""
    names = chain([stem], (f"{stem}-{n}" for n in count(2)))
    return next(path for name in names if not os.path.lexists(path := folder / f"{name}{suffix}"))


@contextmanager
def _written(path: Path, data: bytes) -> Iterator[Path]:
    """Write a temp beside `path`, down to the disk, and have it gone in the end."""
    _sweep(path.parent)
    temp = path.with_name(f".{path.name}.{os.getpid()}{TEMP}")
    try:
        with temp.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temp
    finally:
        with suppress(OSError, ValueError):
            temp.unlink(missing_ok=True)


def _link(temp: Path, path: Path) -> None:
    """Move a finished file to a name that must be free; on file systems without links the check comes just before."""
    try:
        os.link(temp, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        temp.replace(path)


def _flush_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the system has a way to and the disk lets it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # the file is in place already: its write has not failed
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _sweep(folder: Path) -> None:
    """Remove what an interrupted write left behind."""
    with suppress(OSError):
        for temp in folder.glob(f".*{TEMP}"):
            if time.time() - temp.stat().st_mtime > STALE_SECONDS:
                temp.unlink(missing_ok=True)
