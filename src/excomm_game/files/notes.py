"""Notes on a save, by choice, in a file beside it: for `game.jsonl` that is `game.notes.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import printable, refused
from excomm_game.files import beside, whole
from excomm_game.files.places import SAVE

MAX_NOTES = 5_000_000
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")


def read(save: Path) -> dict[int, str]:
    """Return the notes on a save by the number of the choice (0: the opening), in order; nothing where there are none.

    Raises ExcommError when the file is damaged or holds unsafe text, and NewerFormat when a later version wrote it.
    """
    return beside.read(_place(save), "notes", MAX_NOTES, _notes)


def write(save: Path, notes: Mapping[int, str]) -> Path:
    """Keep notes on a save in place of those there were, and return their file; a blank note is left out.

    Where no note is left there is no file. Raises ExcommError, leaving what there was, when a note cannot be kept, and
    what `read` raises: notes that cannot be read are not written over.
    """
    path = _place(save)
    read(save)
    data = _encoded(save, {n: notes[n] for n in sorted(notes) if notes[n].strip()})
    try:
        if data is None:
            path.unlink(missing_ok=True)
        else:
            whole.replace(path, data)
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"The notes cannot be kept in {printable(str(path), 200)} ({whole.reason(error)}). "
            "Copy the save to a folder of your own, and take notes on the copy."
        ) from None
    return path


def _place(save: Path) -> Path:
    return save.parent / f"{save.name.removesuffix(SAVE)}.notes.json"


def _notes(texts: dict[str, object]) -> dict[int, str]:
    """Return the notes a file holds, in order. Raises ValueError, in words, when one is none."""
    return dict(sorted(_note(number, text) for number, text in texts.items()))


def _note(number: str, text: object) -> tuple[int, str]:
    """Return a note and its choice. Raises ValueError, in words, when it is none, or is no safe text."""
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"'{printable(number)}' is no number of a choice")
    if not isinstance(text, str):
        raise ValueError(f"the note on choice {number} is no text")  # noqa: TRY004 - what is wrong is the file
    if (character := refused(text)) is not None:
        raise ValueError(f"the note on choice {number} holds {character}, a character that is not allowed")
    return int(number), text


def _encoded(save: Path, notes: Mapping[int, str]) -> bytes | None:
    """Return a file of notes, or None for no notes. Raises ExcommError for what could not be read again."""
    try:
        content = {str(n): _note(str(n), text)[1] for n, text in notes.items()}
    except ValueError as error:
        raise ExcommError(f"The notes on {printable(str(save), 200)} cannot be kept: {error}. Change it.") from None
    data = beside.encoded(save, "notes", content)
    if len(data) > MAX_NOTES:
        raise ExcommError(
            f"The notes on {printable(str(save), 200)} are longer than {MAX_NOTES:,} bytes. Shorten them."
        )
    return data if content else None
