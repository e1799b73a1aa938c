"""The player's settings on disk: one small JSON object, read before the first screen is drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import printable
from excomm_game.files import whole
from excomm_game.files.places import user_config

MAX_SETTINGS = 64 * 1024


def read() -> dict[str, object]:
    """Return the settings as they were kept; nothing where there are none, or none that can be read. Never raises."""
    try:
        return whole.read_object(_path(), MAX_SETTINGS)
    except (OSError, ValueError):
        return {}


def write(settings: Mapping[str, object]) -> None:
    """Keep settings, in place of those there were. Raises ExcommError, leaving those, when they cannot be kept."""
    path = _path()
    shown = printable(str(path), 200)
    data = json.dumps(dict(settings), indent=2).encode() + b"\n"
    if len(data) > MAX_SETTINGS:
        raise ExcommError(f"Settings of more than {MAX_SETTINGS:,} bytes are not kept in {shown}. Keep fewer.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole.replace(path, data)
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"The settings cannot be kept in {shown} ({whole.reason(error)}). "
            "Free space there, or name a folder of your own with EXCOMM_HOME."
        ) from None


def _path() -> Path:
    return user_config() / "settings.json"
