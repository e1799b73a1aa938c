"""The settings: what the screen looks like and how it moves, kept in the person's own folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from excomm_game.engine.text import MAX_NAME
from excomm_game.tui.screens.dialogs import WriteLine
from excomm_game.tui.screens.form import Field, FormScreen, after
from excomm_game.tui.settings import PACES, THEMES, Settings

_THEMES = {
    "dark": "Light text on a dark ground.",
    "paper": "Dark text on the colour of paper.",
    "high-contrast": "White and yellow on black.",
    "colour-blind": "Blue and orange, which any common colour blindness tells apart.",
}


class SetUpScreen(FormScreen):
    """Changes a setting at once and keeps it."""

    HEADING = "Settings"
    ABOUT = "Each change takes effect and is kept at once."

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def fields(self) -> Sequence[Field]:
        """Return the settings as they stand."""
        one = self.settings
        return [
            Field("theme", "Colours", one.theme, f"{_THEMES[one.theme]} Nothing is said by colour alone."),
            Field(
                "pace", "A step of a replay", f"{one.pace:g} seconds", "How long each step stays while a replay plays."
            ),
            Field(
                "player", "Your name", one.player or "none", "Put into new saves, so that a class can tell them apart."
            ),
            Field(
                "estimate", "Estimate of the risk", "shown" if one.estimate else "hidden",
                "What the model makes of the danger, from what your chair can see. No leader had such a figure.",
            ),
        ]  # fmt: skip

    def changed(self, field: str) -> None:
        """Go to the next value, or ask for the name."""
        if field == "theme":
            self.set(replace(self.settings, theme=after(self.settings.theme, THEMES)))
        elif field == "pace":
            paces = [str(pace) for pace in PACES]
            self.set(replace(self.settings, pace=float(after(str(self.settings.pace), paces))))
        elif field == "estimate":
            self.set(replace(self.settings, estimate=not self.settings.estimate))
        else:
            ask = WriteLine("Your name, as it should stand in saves:", self.settings.player, MAX_NAME)
            self.app.push_screen(ask, self._named)

    def _named(self, name: str | None) -> None:
        if name is not None:
            self.set(replace(self.settings, player=name))

    def set(self, settings: Settings) -> None:
        """Take and keep new settings."""
        self.settings = settings
        self.excomm.set_up(settings)
        self.show()
