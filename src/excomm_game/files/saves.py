"""Saves on disk: read whole or as far as they are sound, appended to by one writer at a time, never written over."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from excomm_game.engine.errors import ExcommError, InUse, UsageError
from excomm_game.engine.record import Decoded, Record, Row, decode, encode
from excomm_game.engine.text import printable
from excomm_game.files.places import save_folder

MAX_SAVE = 64_000_000
STALE_SECONDS = 3600
SUFFIX = ".jsonl"
TEMP = ".excomm.tmp"


def read(path: Path) -> Decoded:
    """Read a save. Raises UsageError when it is not there, ExcommError when it cannot be read or holds no save."""
    shown = printable(str(path), 200)
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):  # noqa: PTH110, PTH112, PTH113
        raise ExcommError(f"{shown} is no file that can be read to its end. Name a .jsonl file.")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SAVE + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError(f"There is no save at {shown}. Name the file that `excomm play` said it saved to.") from None
    except IsADirectoryError:
        raise UsageError(f"{shown} is a folder, not a save. Name a .jsonl file in it.") from None
    except OSError as error:
        raise ExcommError(
            f"{shown} cannot be read ({error.strerror}). See to its permissions, or copy it elsewhere."
        ) from None
    if len(data) > MAX_SAVE:
        raise ExcommError(
            f"{shown} is larger than {MAX_SAVE:,} bytes, which no save of this game is. Name another file."
        )
    return decode(data, shown)


def any_saves() -> bool:
    """Say whether there is a save in the player's folder."""
    return bool(_saves(save_folder()))


def _saves(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob(f"*{SUFFIX}") if path.is_file() and path.name != "history.jsonl"]
    except OSError as error:
        raise ExcommError(f"{folder} cannot be read ({error.strerror}). Name the save itself.") from None


def newest() -> Path:
    """Return the save written last in the player's folder. Raises UsageError when there is none."""
    folder = save_folder()
    found = _saves(folder)
    if not found:
        raise UsageError(f"There is no save in {folder} yet. `excomm play` starts a game and saves it there.")
    return max(found, key=lambda path: (path.stat().st_mtime, path.name))


def fresh_path(scenario: str, started: datetime) -> Path:
    """Return a path in the player's folder that no save has yet. Raises ExcommError when the folder cannot be made."""
    folder = save_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExcommError(
            f"The folder {folder} cannot be made ({error.strerror}). Use --save PATH to keep the game elsewhere."
        ) from None
    stem = f"{scenario}-{started:%Y-%m-%d-%H%M%S}"
    path, count = folder / f"{stem}{SUFFIX}", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}{SUFFIX}"
    return path


def write_new(path: Path, record: Record) -> None:
    """Write a whole save to a path that has none: temp, fsync, then into place. Raises ExcommError, leaving nothing."""
    data, _ = encode([record.header, *record.rows])
    shown = printable(str(path), 200)
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it is False for a name no system can have
        raise UsageError(f"{shown} is a folder. Name a file in it with --save.")
    _sweep(path.parent)
    temp = path.with_name(f".{path.name}.{os.getpid()}{TEMP}")
    try:
        with temp.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _place(temp, path)
    except FileExistsError:
        raise UsageError(
            f"{shown} is there already, and a save is never written over. Name another file with --save."
        ) from None
    except FileNotFoundError:
        raise UsageError(
            f"There is no folder {printable(str(path.parent), 200)}. Make it, or name another place with --save."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no name for a file"
        raise ExcommError(
            f"{shown} cannot be written ({reason}). Free space or name another place with --save."
        ) from None
    finally:
        with suppress(OSError, ValueError):
            temp.unlink(missing_ok=True)


def _place(temp: Path, path: Path) -> None:
    """Move a finished file to a name that must be free; on file systems without links the check comes just before."""
    try:
        os.link(temp, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        temp.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sweep(folder: Path) -> None:
    """Remove what an interrupted write left behind."""
    with suppress(OSError):
        for temp in folder.glob(f".*{TEMP}"):
            if time.time() - temp.stat().st_mtime > STALE_SECONDS:
                temp.unlink(missing_ok=True)


class Writer:
    """The one writer of a save: holds the lock, and appends whole appends or nothing."""

    def __init__(self, path: Path) -> None:
        """Open and lock a save. Raises InUse when another process holds it, ExcommError when it cannot be written."""
        self.path = path
        self._shown = printable(str(path), 200)
        read(path)  # says in plain words what is wrong with the place
        try:
            self._file: BinaryIO = path.open("r+b", buffering=0)
        except OSError as error:
            raise ExcommError(
                f"{self._shown} cannot be written ({error.strerror}). "
                "Copy it to a place of your own and resume the copy."
            ) from None
        try:
            self._lock()
            self.decoded = decode(self._file.read(), self._shown)  # by this handle: some systems lock out all others
            self._refuse_damage()
            self._chain = self.decoded.chains[-1]
            if self.decoded.torn:
                self._file.truncate(self.decoded.sound)
            self._file.seek(self.decoded.sound)
        except BaseException:
            self._file.close()
            raise

    def _lock(self) -> None:
        import portalocker  # noqa: PLC0415 - takes a quarter of the start, and only writers need it

        try:
            portalocker.lock(self._file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.AlreadyLocked:
            raise InUse(
                f"{self._shown} is being played in another window or process. Leave it there, or branch the save."
            ) from None

    def _refuse_damage(self) -> None:
        if self.decoded.fault is not None:
            n = len(self.decoded.record.standing())
            raise ExcommError(
                f"{self._shown} is damaged at {self.decoded.fault}. Its first {n} choices are sound: "
                f"`excomm branch {shlex.quote(self._shown)} --at {n}` makes a save of them to go on from."
            )

    def append(self, rows: Sequence[Row]) -> None:
        """Append rows, flushed to the disk. Raises ExcommError, leaving the save as it was, when that fails."""
        data, chain = encode(rows, self._chain)
        end = self._file.tell()
        try:
            written = 0
            while written < len(data):
                written += self._file.write(data[written:])
            os.fsync(self._file.fileno())
        except OSError as error:
            with suppress(OSError):
                self._file.truncate(end)
                self._file.seek(end)
            raise ExcommError(
                f"{self._shown} cannot be written ({error.strerror}). It stands as it was before this choice: "
                f"free some space, then go on with `excomm resume {self._shown}`."
            ) from None
        self._chain = chain

    def close(self) -> None:
        """Release the save."""
        self._file.close()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
