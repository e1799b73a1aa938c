"""Answers that were begun and not kept, by question, in a file beside the save that belongs to one game alone.

For `game.jsonl` that is `game.1a2b3c4d.drafts.json`: another game that is saved under the same name has its own.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.record import Header
from excomm_game.engine.text import harmless, printable
from excomm_game.files import whole
from excomm_game.files.places import SAVE

FORMAT = 1
MAX_DRAFTS = 5_000_000
_FORMAT_KEY = "excomm_drafts"


def read(save: Path, header: Header) -> dict[str, str]:
    """Return what was begun in a game, by question; nothing where nothing was.

    Raises ExcommError when the file is damaged or cannot be read, and NewerFormat when a later version wrote it.
    """
    path = beside(save, header)
    shown = printable(str(path), 200)
    try:
        return _drafts(whole.read_object(path, MAX_DRAFTS), shown)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ExcommError(f"{shown} cannot be read ({error.strerror}). See to its permissions.") from None
    except ValueError as error:
        raise ExcommError(f"{shown} holds no drafts that can be read: {error}. Mend it, or move it away.") from None


def keep(save: Path, header: Header, question: str, text: str) -> None:
    """Keep what was begun on one question, beside what was begun on others; a blank text is taken out.

    Where nothing is left there is no file. Raises ExcommError, leaving what there was, when it cannot be kept, and
    what `read` raises: drafts that cannot be read are not written over.
    """
    path = beside(save, header)
    begun = {**read(save, header), harmless(question): harmless(text)}
    begun = {one: written for one, written in begun.items() if written.strip()}
    file = {_FORMAT_KEY: FORMAT, "save": harmless(save.name), "drafts": begun}
    try:
        if begun:
            whole.replace(path, json.dumps(file, ensure_ascii=False, indent=2).encode() + b"\n")
        else:
            path.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"What you began cannot be kept in {printable(str(path), 200)} ({whole.reason(error)}). "
            "Keep the answer before you leave, or copy it elsewhere."
        ) from None


def beside(save: Path, header: Header) -> Path:
    """Return where the drafts of a game lie."""
    game = hashlib.sha256(header.model_dump_json().encode()).hexdigest()[:8]
    return save.parent / f"{save.name.removesuffix(SAVE)}.{game}.drafts.json"


def _drafts(content: dict[str, object], shown: str) -> dict[str, str]:
    """Return the drafts a file holds. Raises ValueError, in words, when it is damaged, and NewerFormat."""
    version, drafts = content.get(_FORMAT_KEY), content.get("drafts")
    if isinstance(version, int) and version > FORMAT:
        raise NewerFormat(
            f"{shown} was written in drafts format {printable(str(version))}; this program reads up to {FORMAT}. "
            "Install a newer excomm."
        )
    if version != FORMAT or not isinstance(drafts, dict):
        raise ValueError(f"it has no {_FORMAT_KEY} or no drafts")
    begun = {question: text for question, text in drafts.items() if isinstance(text, str)}
    if len(begun) < len(drafts):
        raise ValueError("a draft in it is no text")
    return {harmless(question): harmless(text) for question, text in begun.items()}
