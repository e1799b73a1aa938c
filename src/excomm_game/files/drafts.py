"""Answers that were begun and not kept, by question, in a file beside the save: for `game.jsonl` `game.drafts.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from excomm_game.engine.assignment import MAX_ANSWER
from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.text import harmless, printable
from excomm_game.files import whole
from excomm_game.files.places import SAVE

FORMAT = 1
MAX_DRAFTS = 5_000_000
_FORMAT_KEY = "excomm_drafts"


def read(save: Path) -> dict[str, str]:
    """Return what was begun on a save, by question; nothing where nothing was.

    Raises ExcommError when the file is damaged or cannot be read, and NewerFormat when a later version wrote it.
    """
    path = _beside(save)
    shown = printable(str(path), 200)
    try:
        return _drafts(whole.read_object(path, MAX_DRAFTS), shown)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ExcommError(f"{shown} cannot be read ({error.strerror}). See to its permissions.") from None
    except ValueError as error:
        raise ExcommError(f"{shown} holds no drafts that can be read: {error}. Mend it, or move it away.") from None


def write(save: Path, drafts: Mapping[str, str]) -> None:
    """Keep drafts in place of those there were; a blank one is left out, and where none is left there is no file.

    Raises ExcommError, leaving what there was, when they cannot be kept, and what `read` raises: drafts that cannot be
    read are not written over.
    """
    path = _beside(save)
    read(save)
    begun = {harmless(question): harmless(text) for question, text in drafts.items() if text.strip()}
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


def _beside(save: Path) -> Path:
    return save.parent / f"{save.name.removesuffix(SAVE)}.drafts.json"


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
    return {harmless(question): harmless(text)[:MAX_ANSWER] for question, text in begun.items()}
