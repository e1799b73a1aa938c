"""Help: what every key of a screen does, from the same classes that make the keys."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen

from excomm_game.tui import sheets
from excomm_game.tui.commands import commands_of
from excomm_game.tui.screens.reading import Leaf, ReadingScreen


class HelpScreen(ReadingScreen):
    """Lists the commands open on the screen below, and says what that screen is."""

    def __init__(self, below: Screen[None]) -> None:
        rows = sheets.Rows(tuple((command.key(), command.help()) for command in commands_of(below)))
        said = getattr(below, "ABOUT", "")
        about = [sheets.Text(said)] if said else []
        hint = sheets.Note("A click on a word in the line of keys does the same.")
        keys = Leaf(Content("Keys here"), [*about, rows, hint], "keys")
        super().__init__("Help", [keys], key="question_mark")
