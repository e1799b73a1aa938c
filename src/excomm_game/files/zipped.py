"""The members of a zip file, read in memory within bounds; an archive that looks like an attack is refused whole.

Nothing is unpacked to disk, so a path or link in an archive could do no harm here; but none belongs in what a class
hands in, and one who opens the archive with another program should know.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from excomm_game.classroom.handed import MAX_HANDED_IN, TOO_LARGE, HandedIn, looked_at
from excomm_game.engine.text import printable

MAX_MEMBERS = 10_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
MAX_ARCHIVE = 200_000_000
MAX_LIST = 10_000_000
"""Bytes of an archive's list of its members."""
RATIO_FROM = 100_000
"""Below so many bytes a ratio says nothing: a few equal lines pack to almost none."""
_END, _TAIL = 22, 22 + 20 + 65_535  # bytes of the record at an archive's end, and of all that may stand there
_ZIP64 = b"PK\x06\x07"
"""What stands at the end of an archive that is too large for the form every other has."""
_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = ("[Content_Types].xml", "mimetype")
"""What a text or a book of an office program holds: a zip file too, but nobody's folder."""
_BROKEN = (
    BadZipFile, OSError, ValueError, RuntimeError, EOFError, LookupError, OverflowError, MemoryError, struct.error,
    zlib.error,
)  # fmt: skip
"""What the library that reads archives raises where one is damaged or made to hurt."""


def is_zip(begins: bytes) -> bool:
    """Say whether a file that begins so is a zip file, whatever its name."""
    return begins.startswith(_MARKS)


def members(file: BinaryIO, name: str) -> Iterator[HandedIn]:
    """Yield each file in an archive, or the archive alone with why it is refused; a document that is one is itself."""
    if (fault := _too_long(file)) is not None:
        yield HandedIn(name, fault=fault)
        return
    try:
        with ZipFile(file) as archive:
            infos = archive.infolist()
            if any(info.filename in _OFFICE for info in infos):
                yield HandedIn(name, _MARKS[0])
                return
            if (fault := _refused(infos)) is not None:
                yield HandedIn(name, fault=fault)
                return
            for info in infos:
                if not info.is_dir():
                    yield _member(archive, info, f"{name} › {printable(info.filename, 200)}")
    except _BROKEN as error:
        yield HandedIn(name, fault=f"The zip file is damaged ({_said(error)}).")


def _too_long(file: BinaryIO) -> str | None:
    """Say why an archive's list of members is not even read: all of it would be held in memory at once."""
    size = file.seek(0, os.SEEK_END)
    if size > MAX_ARCHIVE:
        return f"The zip file is larger than {MAX_ARCHIVE:,} bytes."
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    end = tail[-_END:] if tail[-_END:].startswith(_MARKS[1]) and tail.endswith(b"\0\0") else b""
    end = end or tail[tail.rfind(_MARKS[1]) :][:_END]
    listed = struct.unpack_from("<I", end, 12)[0] if len(end) == _END else 0
    if listed > MAX_LIST or _ZIP64 in tail:
        return f"The zip file holds more than {MAX_MEMBERS:,} files, or has a list of them as long."
    return None


def _refused(infos: list[ZipInfo]) -> str | None:
    """Say why an archive is not read at all."""
    if len(infos) > MAX_MEMBERS:
        return f"The zip file holds more than {MAX_MEMBERS:,} files."
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        return f"The zip file would unpack to more than {MAX_UNPACKED:,} bytes."
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or info.filename[1:2] == ":":
            return "The zip file holds an absolute path."
        if ".." in path.parts:
            return "The zip file holds a path that leads out of it (..)."
        if stat.S_ISLNK(info.external_attr >> 16):
            return "The zip file holds a link."
        if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
            return f"The zip file holds a file that is packed more than {MAX_RATIO} to one, as no save is."
    return None


def _member(archive: ZipFile, info: ZipInfo, name: str) -> HandedIn:
    """Read one member; whatever is wrong with it is told, and the others go on."""
    if info.flag_bits & 0x1:
        return HandedIn(name, fault="It is encrypted.")
    if info.file_size > MAX_HANDED_IN:
        return HandedIn(name, fault=TOO_LARGE)
    try:
        with archive.open(info) as member:
            data = member.read(MAX_HANDED_IN + 1)
    except _BROKEN as error:
        return HandedIn(name, fault=f"It is damaged inside the zip file ({_said(error)}).")
    if is_zip(data):
        return HandedIn(name, fault="It is a zip file inside a zip file. Unpack it beside the others.")
    return looked_at(name, data)


def _said(error: BaseException) -> str:
    return printable(str(error) or type(error).__name__, 80)
