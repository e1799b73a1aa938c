"""Reports in a folder: made if it is missing, each file whole, and nothing written over that nobody said may go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import printable
from excomm_game.files import whole


def require_free(folder: Path, names: Iterable[str]) -> None:
    """Raise UsageError where a file of one of these names is in the folder already."""
    taken = [name for name in names if os.path.lexists(folder / name)]
    if taken:
        raise UsageError(
            f"{printable(str(folder), 200)} holds {', '.join(taken)} already. "
            "Name another folder with --out, or write over them with --force."
        )


def write(folder: Path, contents: Mapping[str, bytes], *, over: bool) -> None:
    """Write files into a folder, `over` those of their names or not.

    Raises ExcommError, naming what was not written.
    """
    shown = printable(str(folder), 200)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise ExcommError(f"{shown} cannot be made a folder. Name another with --out.") from None
    for name, data in contents.items():
        try:
            (whole.replace if over else whole.create)(folder / name, data)
        except FileExistsError:
            raise UsageError(f"{shown} holds {name} already. Name another folder with --out.") from None
        except (OSError, ValueError) as error:
            raise ExcommError(
                f"{name} cannot be written to {shown} ({whole.reason(error)}). Name another folder with --out."
            ) from None
