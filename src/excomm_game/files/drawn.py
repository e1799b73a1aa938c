"""Pages and charts somebody asked for by name: written whole, and over nothing."""

from __future__ import annotations

import os
from pathlib import Path

from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import printable
from excomm_game.files import whole


def require_free(path: Path) -> None:
    """Raise UsageError where a page or chart could not be written because the name is taken."""
    if os.path.lexists(path):
        raise _taken(path)


def write(path: Path, data: bytes) -> None:
    """Write a page or chart. Raises UsageError where its name is taken, ExcommError where it cannot be written."""
    try:
        whole.create(path, data)
    except FileExistsError:
        raise _taken(path) from None
    except (OSError, ValueError) as error:
        raise ExcommError(
            f"{printable(str(path), 200)} cannot be written ({whole.reason(error)}). Name a file in a folder you own."
        ) from None


def _taken(path: Path) -> UsageError:
    return UsageError(
        f"{printable(str(path), 200)} is there already, and no page or chart is written over. "
        "Name another file, or move that one away."
    )
