"""Texts that a player keeps to read outside the game: each a new file, never written over."""

from __future__ import annotations

import re
from pathlib import Path

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import harmless, printable
from excomm_game.files import whole
from excomm_game.files.names import slug
from excomm_game.files.places import text_folder

MAX_NAME = 60
_TAKEN = re.compile("con|prn|aux|nul|(com|lpt)[0-9]")
"""What Windows takes for a device, whatever follows the dot."""


def write_new(name: str, text: str) -> Path:
    """Keep a text in a file of its own, named after `name`, and return its path. Raises ExcommError when it cannot."""
    folder = text_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return whole.create_free(folder, _stem(name), ".txt", harmless(text).encode())
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"The text cannot be kept in {printable(str(folder), 200)} ({whole.reason(error)}). "
            "Free space there, or name a folder of your own with EXCOMM_HOME."
        ) from None


def _stem(name: str) -> str:
    """Return a name without its ending that no system takes for a device."""
    plain = slug(name, MAX_NAME)
    return f"{plain}-text".strip("-") if not plain or _TAKEN.fullmatch(plain) else plain
