"""Where things lie: the checkout, the installed package and the user's own folders."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

_PACKAGE = Path(str(resources.files("excomm_game")))


def checkout() -> Path | None:
    """Return the root of the checkout this program runs from, or None when it is installed."""
    root = _PACKAGE.parent.parent
    return root if _PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file() else None


def user_data() -> Path:
    """Return the user's data folder; `EXCOMM_HOME` names another."""
    named = os.environ.get("EXCOMM_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - a start that needs no folder should not pay for it

    return user_data_path("excomm", appauthor=False)


def scenario_folders() -> list[Path]:
    """Return the folders that hold scenarios, in the order in which they are searched."""
    root = checkout()
    return [*([root / "scenarios"] if root else []), _PACKAGE / "scenarios", user_data() / "scenarios"]


def save_folder() -> Path:
    """Return the folder a player's saves go to: the checkout's own where there is one, else the user's data folder."""
    root = checkout()
    return root / "saves" if root and not os.environ.get("EXCOMM_HOME") else user_data() / "saves"


def history_save() -> Path:
    """Return the real thirteen days, as a save."""
    root = checkout()
    return (root or _PACKAGE) / "saves" / "history.jsonl"


def guide(name: str) -> str:
    """Return a guide's text."""
    return (_PACKAGE / "guides" / f"{name}.md").read_text(encoding="utf-8")


def guides() -> list[str]:
    """Return the guides there are."""
    return sorted(path.stem for path in (_PACKAGE / "guides").glob("*.md"))
