"""Pages and charts somebody asked for by name: written whole, over an older one of their kind, over nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.files import whole

_LOOKED_AT = 256
_KINDS = {b"<!doctype html": "an HTML page", b"<?xml": "a chart", b"<svg": "a chart", b"\x89png": "a picture"}


def write(path: Path, data: bytes) -> None:
    """Write a page or chart.

    Raises UsageError where something else has that name, so that no save is lost by a slip, ExcommError where it cannot
    be written.
    """
    if os.path.lexists(path) and _kind(path) is None:
        raise UsageError(f"{path} is there already and is no page or chart of this program. Name another file.")
    try:
        whole.replace(path, data)
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"{path} cannot be written ({whole.reason(error)}). Name a file in a folder you own."
        ) from None


def _kind(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            begins = file.read(_LOOKED_AT).lstrip().lower()
    except (OSError, ValueError):
        return None
    return next((kind for start, kind in _KINDS.items() if begins.startswith(start)), None)
