"""Saves on disk: read whole or as far as they are sound, appended to by one writer at a time, never written over."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from excomm_game.engine.errors import ExcommError, InUse, UsageError
from excomm_game.engine.lines import MAX_LINE, Decoded, Glance, decode, encode, glance
from excomm_game.engine.record import Header, Record, Row
from excomm_game.engine.text import harmless, printable
from excomm_game.files import whole
from excomm_game.files.names import slug
from excomm_game.files.places import SAVE, player_saves, save_folder

MAX_SAVE = 64_000_000
MOST_OF_A_NAME = 40
TAIL = 4 * MAX_LINE  # two whole lines and what is cut off on both sides, however long they are
LATEST = datetime(3000, 1, 1, tzinfo=UTC).timestamp()  # what every system can set on its calendar


class Listing(NamedTuple):
    """A save as a list shows it, by its first and last lines; `fault` is why it cannot go on, as far as those tell."""

    path: Path
    header: Header | None
    stands: Glance
    written: datetime
    fault: str | None


def read(path: Path) -> Decoded:
    """Read a save. Raises UsageError when it is not there, ExcommError when it cannot be read or holds no save."""
    with _opened(path) as file:
        data = file.read(MAX_SAVE)
    return decode(data, printable(str(path), 200))


def header(path: Path) -> Header:
    """Read a save's first line alone. Raises what `read` raises."""
    with _opened(path) as file:
        line = file.readline(MAX_LINE + 1)
    return decode(line, printable(str(path), 200)).record.header


def listings() -> list[Listing]:
    """Return the saves in the player's folder, the newest first. Raises ExcommError when it cannot be read."""
    return [listing(path) for path in player_saves()]


def listing(path: Path) -> Listing:
    """Look at a save's first and last lines. A file that is no save, or is damaged there, gets a fault."""
    first, stands, fault = None, Glance(), None
    try:
        first = header(path)
        stands = _glance(path)
    except ExcommError as error:
        fault = str(error)
    return Listing(path, first, stands, _written(path), fault)


def _glance(path: Path) -> Glance:
    with _opened(path) as file:
        start = max(0, file.seek(0, os.SEEK_END) - TAIL)
        file.seek(start)
        tail = file.read(TAIL)
    return glance(tail, printable(str(path), 200), is_whole=start == 0)


def _written(path: Path) -> datetime:
    """Return when a file was last written to, in the person's own hours; within 1970 to 3000, whatever a disk says."""
    seconds = 0.0
    with suppress(OSError, ValueError):
        seconds = path.stat().st_mtime
    return datetime.fromtimestamp(min(max(seconds, 0.0), LATEST), UTC).astimezone()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a save to be read. Raises UsageError when it is not there, ExcommError when it cannot be read."""
    shown = printable(str(path), 200)
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):  # noqa: PTH110, PTH112, PTH113
        raise ExcommError(f"{shown} is no file that can be read to its end. Name a .jsonl file.")
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_SAVE:
                raise ExcommError(
                    f"{shown} is larger than {MAX_SAVE:,} bytes, which no save of this game is. Name another file."
                )
            yield file
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError(f"There is no save at {shown}. Name the file that `excomm play` said it saved to.") from None
    except IsADirectoryError:
        raise UsageError(f"{shown} is a folder, not a save. Name a .jsonl file in it.") from None
    except OSError as error:
        raise ExcommError(
            f"{shown} cannot be read ({error.strerror}). See to its permissions, or copy it elsewhere."
        ) from None


def newest() -> Path:
    """Return the save written last in the player's folder. Raises UsageError when there is none."""
    found = player_saves()
    if not found:
        raise UsageError(f"There is no save in {save_folder()} yet. `excomm play` starts a game and saves it there.")
    return found[0]


def keep_new(record: Record, moment: datetime) -> Path:
    """Write a whole save to the player's folder, under a name of its own; return its path.

    Raises ExcommError, leaving nothing.
    """
    folder = save_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExcommError(
            f"The folder {folder} cannot be made ({error.strerror}). Use --save PATH to keep the game elsewhere."
        ) from None
    data, _ = encode([record.header, *record.rows])
    try:
        return whole.create_free(folder, _stem(record.header, moment), SAVE, data)
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"The game cannot be kept in {folder} ({whole.reason(error)}). "
            "Free space there, or name another place with --save."
        ) from None


def _stem(header: Header, moment: datetime) -> str:
    """Return a new save's name: the scenario, the hour, who plays, and a mark drawn by lot.

    Saves of several machines are gathered in one folder, so the hour alone does not tell them apart.
    """
    parts = (header.scenario, f"{moment:%Y-%m-%d-%H%M%S}", slug(header.player, MOST_OF_A_NAME), os.urandom(3).hex())
    return "-".join(part for part in parts if part)


def write_new(path: Path, record: Record) -> None:
    """Write a whole save to a path that has none: temp, fsync, then into place. Raises ExcommError, leaving nothing."""
    data, _ = encode([record.header, *record.rows])
    shown = printable(str(path), 200)
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it is False for a name no system can have
        raise UsageError(f"{shown} is a folder. Name a file in it with --save.")
    try:
        whole.create(path, data)
    except FileExistsError:
        raise UsageError(
            f"{shown} is there already, and a save is never written over. Name another file with --save."
        ) from None
    except FileNotFoundError:
        raise UsageError(
            f"There is no folder {printable(str(path.parent), 200)}. Make it, or name another place with --save."
        ) from None
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"{shown} cannot be written ({whole.reason(error)}). Free space or name another place with --save."
        ) from None


def to_type(path: Path | str, scenario: str | None) -> str:
    """Return a save as it is typed after a command; `scenario` is where its own lies, if its id does not find it."""
    elsewhere = f" --scenario {shlex.quote(harmless(scenario))}" if scenario else ""
    return shlex.quote(harmless(str(path))) + elsewhere


def refuse_in_use(path: Path) -> None:
    """Raise InUse where another process writes to a save, OSError where that cannot be told."""
    with path.open("r+b") as file:
        _lock(file, printable(str(path), 200))


def _lock(file: BinaryIO, shown: str) -> None:
    import portalocker  # noqa: PLC0415 - takes a quarter of the start, and only writers need it

    try:
        portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.AlreadyLocked:
        raise InUse(
            f"{shown} is being played in another window or process. Leave it there, or branch the save."
        ) from None
    except portalocker.LockException as error:
        cause = error.__cause__
        why = f" ({cause.strerror})" if isinstance(cause, OSError) else ""
        raise ExcommError(
            f"{shown} cannot be locked against a second writer{why}. Keep the save on a local disk: "
            "copy it there and resume the copy, or name a place there with --save or EXCOMM_HOME."
        ) from None


class Writer:
    """The one writer of a save: holds the lock, and appends whole appends or nothing."""

    def __init__(self, path: Path, scenario: str | None = None) -> None:
        """Open and lock a save; `scenario` is where its own lies, for commands to be typed.

        Raises InUse when another process holds it, ExcommError when it cannot be written.
        """
        self.path = path
        self._shown = printable(str(path), 200)
        self._to_type = to_type(path, scenario)
        read(path)  # says in plain words what is wrong with the place
        try:
            self._file: BinaryIO = path.open("r+b", buffering=0)
        except OSError as error:
            raise ExcommError(
                f"{self._shown} cannot be written ({error.strerror}). "
                "Copy it to a place of your own and resume the copy."
            ) from None
        try:
            _lock(self._file, self._shown)
            self.decoded = decode(self._file.read(), self._shown)  # by this handle: some systems lock out all others
            self._refuse_damage()
            self._chain = self.decoded.chains[-1]
            if self.decoded.torn:
                self._file.truncate(self.decoded.sound)
            self._file.seek(self.decoded.sound)
        except BaseException:
            self._file.close()
            raise

    def _refuse_damage(self) -> None:
        if self.decoded.fault is not None:
            from excomm_game.words.phrases import sound  # noqa: PLC0415 - no sound save waits for it

            n = len(self.decoded.record.standing())
            raise ExcommError(
                f"{self._shown} is damaged at {self.decoded.fault}. {sound(n)}: "
                f"`excomm branch {self._to_type} --at {n}` makes a save to go on from."
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
                f"free some space, then go on with `excomm resume {self._to_type}`."
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
