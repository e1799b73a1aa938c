"""The guide, a chapter a line."""

from __future__ import annotations

import re

from textual.content import Content

from excomm_game.tui import sheets
from excomm_game.tui.screens.reading import Leaf, ReadingScreen


def guide(text: str) -> ReadingScreen:
    """Return the chapters of a guide in Markdown: its title and each heading of the second level."""
    parts = re.split(r"(?m)^##? +(.+)$", text)
    chapters = list(zip(parts[1::2], parts[2::2], strict=True))
    leaves = [
        Leaf(Content(heading), [sheets.Heading(heading), sheets.Text(body.strip())], heading)
        for heading, body in chapters
    ]
    return ReadingScreen("The player's guide", leaves, key="p")
