"""What a class handed in, found wherever it lies below a folder, also inside zip files; nothing is unpacked to disk.

Platforms nest and rename what they collect, so no ending is trusted: a file is looked at. Links are not followed, and
whatever cannot be read is told with its reason, while the others go on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from excomm_game.classroom.handed import MAX_HANDED_IN, HandedIn, looked_at
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import printable
from excomm_game.files import whole, zipped

MAX_ROSTER = 5_000_000
MAX_NAME = 300
_FIRST_BYTES = 8


def handed_in(folder: Path, but: Collection[Path] = ()) -> Iterator[HandedIn]:
    """Yield every file below a folder, and every file in its zip files, in the order of their names.

    What `but` names is passed over: the program's own files beside those handed in. Of a file that does not begin like
    a save only the beginning is kept. Raises UsageError where there is no such folder, or none that may be read.
    """
    shown = printable(str(folder), 200)
    if not folder.is_dir():
        raise UsageError(f"There is no folder {shown}. Name the one that holds the saves.")
    passed = {(found.st_dev, found.st_ino) for path in but if (found := _stat(path)) is not None}
    try:
        waiting = sorted(folder.iterdir(), reverse=True)
    except OSError as error:
        raise UsageError(f"{shown} cannot be read ({error.strerror}). Name a folder of your own.") from None
    while waiting:
        path = waiting.pop()
        name = printable(path.relative_to(folder).as_posix(), MAX_NAME)
        try:
            found = path.lstat()
            mode = found.st_mode
            if stat.S_ISLNK(mode):
                yield HandedIn(name, fault="It is a link, and links are not followed.")
            elif (found.st_dev, found.st_ino) in passed:
                continue
            elif stat.S_ISDIR(mode):
                waiting += sorted(path.iterdir(), reverse=True)
            elif stat.S_ISREG(mode):
                yield from _looked_at(path, name)
            else:
                yield HandedIn(name, fault="It is no file that can be read to its end.")
        except OSError as error:
            yield HandedIn(name, fault=f"It cannot be read ({error.strerror}).")


def _stat(path: Path) -> os.stat_result | None:
    """Return what the system knows of a file, if it is there."""
    with suppress(OSError, ValueError):
        return path.stat()
    return None


def _looked_at(path: Path, name: str) -> Iterator[HandedIn]:
    """Yield what a file holds: itself, or what is in it. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        if zipped.is_zip(file.read(_FIRST_BYTES)):
            yield from zipped.members(file, name)
            return
        file.seek(0)
        yield looked_at(name, file.read(MAX_HANDED_IN + 1))


def roster_of(path: Path) -> bytes:
    """Read a class list as it lies there. Raises UsageError where there is none, ExcommError where it is too large."""
    shown = printable(str(path), 200)
    try:
        if not path.is_file():
            raise UsageError(f"There is no roster at {shown}. Name its file.")
        return whole.read(path, MAX_ROSTER)
    except OSError as error:
        raise ExcommError(f"{shown} cannot be read ({error}). See to its permissions, or copy it elsewhere.") from None
    except ValueError as error:
        raise ExcommError(f"{shown} is no roster: {error}. Name another file.") from None
