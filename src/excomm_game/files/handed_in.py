"""What a class handed in, found wherever it lies below a folder, also inside zip files; nothing is unpacked to disk.

Platforms nest and rename what they collect, so no ending is trusted: a file is looked at. Links are not followed, and
whatever cannot be read is told with its reason, while the others go on.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import ValidationError

from excomm_game.classroom.handed import MAX_HANDED_IN, HandedIn, looked_at
from excomm_game.engine.assignment import Assignment
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import printable
from excomm_game.files import zipped

MAX_ROSTER, MAX_ASSIGNMENT = 5_000_000, 1_000_000
MAX_NAME = 300
_FIRST_BYTES = 8


def handed_in(folder: Path, but: Collection[Path] = ()) -> Iterator[HandedIn]:
    """Yield every file below a folder, and every file in its zip files, in the order of their names.

    What `but` names is passed over: the program's own files beside those handed in. Of a file that does not begin like
    a save only the beginning is kept. Raises UsageError where there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {printable(str(folder), 200)}. Name the one that holds the saves.")
    passed = {path.resolve() for path in but}
    yield from _below(folder, folder, passed)


def _below(root: Path, folder: Path, passed: Collection[Path]) -> Iterator[HandedIn]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield HandedIn(_shown(root, folder), fault=f"The folder cannot be read ({error.strerror}).")
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except OSError as error:
            yield HandedIn(_shown(root, path), fault=f"It cannot be read ({error.strerror}).")
            continue
        if stat.S_ISLNK(mode):
            yield HandedIn(_shown(root, path), fault="It is a link, and links are not followed.")
        elif path.resolve() in passed:
            continue
        elif stat.S_ISDIR(mode):
            yield from _below(root, path, passed)
        elif stat.S_ISREG(mode):
            yield from _looked_at(path, _shown(root, path))
        else:
            yield HandedIn(_shown(root, path), fault="It is no file that can be read to its end.")


def _looked_at(path: Path, name: str) -> Iterator[HandedIn]:
    """Yield what a file holds: itself, or what is in it."""
    try:
        with path.open("rb") as file:
            if zipped.is_zip(file.read(_FIRST_BYTES)):
                yield from zipped.members(file, name)
                return
            file.seek(0)
            data = file.read(MAX_HANDED_IN + 1)
    except OSError as error:
        yield HandedIn(name, fault=f"It cannot be read ({error.strerror}).")
        return
    yield looked_at(name, data)


def _shown(root: Path, path: Path) -> str:
    return printable(path.relative_to(root).as_posix(), MAX_NAME)


def assignment_of(path: Path) -> Assignment:
    """Read an assignment's file. Raises UsageError where it is not there, ExcommError where it is none."""
    shown = printable(str(path), 200)
    data = _small(path, MAX_ASSIGNMENT, "assignment")
    try:
        content = tomllib.loads(data.decode("utf-8"))
        return Assignment.model_validate(content.get("assignment", {}))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "assignment"
        raise ExcommError(
            f"{shown} is no assignment: {printable(where)}: {printable(first['msg'], 160)}. "
            "`excomm class assign` writes one."
        ) from None
    except (ValueError, RecursionError):
        raise ExcommError(f"{shown} is no TOML file. `excomm class assign` writes one to begin from.") from None


def roster_of(path: Path) -> bytes:
    """Read a class list as it lies there. Raises UsageError where there is none, ExcommError where it is too large."""
    return _small(path, MAX_ROSTER, "roster")


def _small(path: Path, limit: int, what: str) -> bytes:
    shown = printable(str(path), 200)
    try:
        if not path.is_file():
            raise UsageError(f"There is no {what} at {shown}. Name its file.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise ExcommError(f"{shown} cannot be read ({error}). See to its permissions, or copy it elsewhere.") from None
    if len(data) > limit:
        raise ExcommError(f"{shown} is larger than {limit:,} bytes, which no {what} is. Name another file.")
    return data
