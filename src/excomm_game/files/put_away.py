"""Saves that are put away: moved out of the player's list with what lies beside them, never deleted."""

from __future__ import annotations

import re
from pathlib import Path

from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import printable
from excomm_game.files import saves, whole
from excomm_game.files.places import SAVE, put_away_folder

_BESIDE = r"\.(notes|[0-9a-f]{8}\.drafts)\.json"


def put_away(save: Path) -> Path:
    """Move a save, its notes and its drafts to the folder of what is put away, under a free name; return its path.

    Raises InUse while another process plays it, ExcommError when it cannot be moved.
    """
    folder, stem = put_away_folder(), save.name.removesuffix(SAVE)
    try:
        saves.refuse_in_use(save)
        folder.mkdir(parents=True, exist_ok=True)
        beside = [one for one in save.parent.iterdir() if re.fullmatch(re.escape(stem) + _BESIDE, one.name)]
        moved = whole.free(folder, stem, SAVE)
        save.rename(moved)
        for one in beside:
            one.rename(whole.free(folder, moved.name.removesuffix(SAVE) + one.name[len(stem) : -len(".json")], ".json"))
    except OSError as error:
        raise ExcommError(
            f"{printable(str(save), 200)} cannot be moved to {folder} ({error.strerror}). See to their permissions."
        ) from None
    return moved
