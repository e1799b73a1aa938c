"""What covers everything while the window is too small to play in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

LEAST = Size(60, 20)
TOO_SMALL = (
    "This window is too small to play in. Make it at least 60 columns wide and 20 lines high. The game is saved; q "
    "leaves."
)


def is_too_small(size: Size) -> bool:
    """Say whether a window is too small to play in."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(Screen[None]):
    """Says so, and hides what is below: no key answers a question nobody can read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "Leave", show=False)]

    def compose(self) -> ComposeResult:
        """Compose the message."""
        yield Static(Content(TOO_SMALL))
