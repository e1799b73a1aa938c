"""What is kept beside a save in a file of its own: a JSON object that names its kind, its format and its save."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.text import harmless, printable
from excomm_game.files import whole

FORMAT = 1
T = TypeVar("T")


def read(path: Path, kind: str, limit: int, made: Callable[[dict[str, object]], T]) -> T:
    """Return what `made` makes of the texts in a file of at most `limit` bytes, or of none where there is no file.

    Raises ExcommError when the file cannot be read, or `made` refuses it with a ValueError that says why in words, and
    NewerFormat when a later version wrote it.
    """
    shown = printable(str(path), 200)
    try:
        return made(_texts(whole.read_object(path, limit), kind, shown))
    except (FileNotFoundError, NotADirectoryError):
        return made({})
    except OSError as error:
        raise ExcommError(f"{shown} cannot be read ({error.strerror}). See to its permissions.") from None
    except ValueError as error:
        raise ExcommError(f"{shown} holds no {kind} that can be read: {error}. Mend it, or move it away.") from None


def encoded(save: Path, kind: str, texts: Mapping[str, str], **more: str) -> bytes:
    """Return a file of texts that `read` reads; `more` is what else is said of the save."""
    file = {f"excomm_{kind}": FORMAT, "save": harmless(save.name), **more, kind: texts}
    return json.dumps(file, ensure_ascii=False, indent=2).encode() + b"\n"


def _texts(content: dict[str, object], kind: str, shown: str) -> dict[str, object]:
    version, texts = content.get(f"excomm_{kind}"), content.get(kind)
    if isinstance(version, int) and version > FORMAT:
        raise NewerFormat(
            f"{shown} was written in {kind} format {printable(str(version))}; this program reads up to {FORMAT}. "
            "Install a newer excomm."
        )
    if version != FORMAT or not isinstance(texts, dict):
        raise ValueError(f"it has no excomm_{kind} or no {kind}")
    return texts
