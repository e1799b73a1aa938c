"""Where things lie: the checkout, the installed package and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

from excomm_game.engine.errors import ExcommError

SAVE = ".jsonl"
_PACKAGE = Path(__file__).parent.parent
_HISTORY = f"history{SAVE}"


def checkout() -> Path | None:
    """Return the root of the checkout this program runs from, or None when it is installed."""
    root = _PACKAGE.parent.parent
    return root if _PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file() else None


def _home() -> Path | None:
    """Return the one folder that the user named for all that is theirs, or None."""
    named = os.environ.get("EXCOMM_HOME")
    return Path(named) if named else None


def user_data() -> Path:
    """Return the user's data folder; `EXCOMM_HOME` names another."""
    if (home := _home()) is not None:
        return home
    from platformdirs import user_data_path  # noqa: PLC0415 - a start that needs no folder should not pay for it

    return user_data_path("excomm", appauthor=False)


def user_config() -> Path:
    """Return the user's folder for settings; `EXCOMM_HOME` names another."""
    if (home := _home()) is not None:
        return home
    from platformdirs import user_config_path  # noqa: PLC0415 - a start that needs no folder should not pay for it

    return user_config_path("excomm", appauthor=False)


def scenario_folders() -> list[Path]:
    """Return the folders that hold scenarios, in the order in which they are searched."""
    root = checkout()
    return [*([root / "scenarios"] if root else []), _PACKAGE / "scenarios", user_data() / "scenarios"]


def save_folder() -> Path:
    """Return the folder a player's saves go to: the checkout's own where there is one, else the user's data folder."""
    return (_kept_in() or user_data()) / "saves"


def text_folder() -> Path:
    """Return the folder a player's texts go to: among the saves of a checkout, else in the user's data folder."""
    return (save_folder() if _kept_in() else user_data()) / "texts"


def put_away_folder() -> Path:
    """Return the folder that saves are put away in: beside the player's texts."""
    return text_folder().with_name("put-away")


def _kept_in() -> Path | None:
    """Return the checkout where it keeps what its player makes, or None where the user's own folder does."""
    return checkout() if _home() is None else None


def player_saves() -> list[Path]:
    """Return the saves in the player's folder, the newest first. Raises ExcommError when it cannot be read."""
    folder = save_folder()
    try:
        found = [
            (path.stat().st_mtime, path.name, path)
            for path in _inside(folder)
            if path.match(f"*{SAVE}") and path.is_file() and path.name != _HISTORY
        ]
    except OSError as error:
        raise ExcommError(f"{folder} cannot be read ({error.strerror}). Name the save itself.") from None
    return [path for *_, path in sorted(found, reverse=True)]


def _inside(folder: Path) -> list[Path]:
    """Return what lies in a folder; nothing where there is no folder. Raises OSError when it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries]
    except FileNotFoundError:
        return []


def history_save() -> Path:
    """Return the real thirteen days, as a save."""
    root = checkout()
    return (root or _PACKAGE) / "saves" / _HISTORY


def guide(name: str) -> str:
    """Return a guide's text."""
    return (_PACKAGE / "guides" / f"{name}.md").read_text(encoding="utf-8")


def guides() -> list[str]:
    """Return the guides there are."""
    return sorted(path.stem for path in (_PACKAGE / "guides").glob("*.md"))
