"""Answers that were begun and not kept, by question, in a file beside the save that belongs to one game alone.

For `game.jsonl` that is `game.1a2b3c4d.drafts.json`: another game that is saved under the same name has its own.
"""

from __future__ import annotations

from pathlib import Path

from excomm_game.classroom.handed import mark_of
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.record import Header
from excomm_game.engine.text import harmless, printable
from excomm_game.files import beside, whole
from excomm_game.files.places import SAVE

MAX_DRAFTS = 5_000_000


def read(save: Path, header: Header) -> dict[str, str]:
    """Return what was begun in a game, by question; nothing where nothing was.

    Raises ExcommError when the file is damaged or cannot be read, and NewerFormat when a later version wrote it.
    """
    return beside.read(place(save, header), "drafts", MAX_DRAFTS, _drafts)


def keep(save: Path, header: Header, question: str, text: str) -> None:
    """Keep what was begun on one question, beside what was begun on others; a blank text is taken out.

    Where nothing is left there is no file. Raises ExcommError, leaving what there was, when it cannot be kept, and
    what `read` raises: drafts that cannot be read are not written over.
    """
    path = place(save, header)
    begun = {**read(save, header), harmless(question): harmless(text)}
    begun = {one: written for one, written in begun.items() if written.strip()}
    try:
        if begun:
            whole.replace(path, beside.encoded(save, "drafts", begun, game=mark_of(header)))
        else:
            path.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"What you began cannot be kept in {printable(str(path), 200)} ({whole.reason(error)}). "
            "Keep the answer before you leave, or copy it elsewhere."
        ) from None


def place(save: Path, header: Header) -> Path:
    """Return where the drafts of a game lie."""
    return save.parent / f"{save.name.removesuffix(SAVE)}.{mark_of(header)}.drafts.json"


def _drafts(texts: dict[str, object]) -> dict[str, str]:
    """Return the drafts a file holds. Raises ValueError, in words, when one is none."""
    begun = {}
    for question, text in texts.items():
        if not isinstance(text, str):
            raise ValueError("a draft in it is no text")  # noqa: TRY004 - what is wrong is the file
        begun[harmless(question)] = harmless(text)
    return begun
