"""What a person has set: how the screen looks and moves. What was kept and does not fit is left at its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

THEMES = ("dark", "paper", "high-contrast", "colour-blind")
PACES = (0.5, 1.0, 2.0, 4.0, 8.0)
MAX_NAME = 60


@dataclass(frozen=True)
class Settings:
    """A person's settings: the theme, the seconds a step of a replay takes, the name put into new saves, and
    whether the model's estimate of the risk stands beside the page.
    """

    theme: str = THEMES[0]
    pace: float = 2.0
    player: str = ""
    estimate: bool = True

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> Settings:
        """Return the settings that were kept, each only where it is one that can be set."""
        allowed: dict[str, object] = {}
        if kept.get("theme") in THEMES:
            allowed["theme"] = kept["theme"]
        if kept.get("pace") in PACES and not isinstance(kept["pace"], bool):
            allowed["pace"] = kept["pace"]
        player = kept.get("player")
        if isinstance(player, str) and len(player) <= MAX_NAME and player.isprintable():
            allowed["player"] = player
        if isinstance(kept.get("estimate"), bool):
            allowed["estimate"] = kept["estimate"]
        return cls(**{field.name: allowed.get(field.name, field.default) for field in fields(cls)})  # type: ignore[arg-type]

    def kept(self) -> dict[str, object]:
        """Return what to keep."""
        return asdict(self)
