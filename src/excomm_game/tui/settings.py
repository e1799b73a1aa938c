"""What a person has set: how the screen looks and moves. What was kept and does not fit is left at its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from excomm_game.engine.text import MAX_NAME

THEMES = ("dark", "paper", "high-contrast", "colour-blind")
PACES = (0.5, 1.0, 2.0, 4.0, 8.0)


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
        own = cls()
        theme, pace, player, estimate = (kept.get(name) for name in ("theme", "pace", "player", "estimate"))
        is_name = isinstance(player, str) and len(player) <= MAX_NAME and player.isprintable()
        return cls(
            theme=theme if isinstance(theme, str) and theme in THEMES else own.theme,
            pace=pace if isinstance(pace, int | float) and pace in PACES and not isinstance(pace, bool) else own.pace,
            player=str(player) if is_name else own.player,
            estimate=estimate if isinstance(estimate, bool) else own.estimate,
        )

    def kept(self) -> dict[str, object]:
        """Return what to keep."""
        return asdict(self)
