"""The end of a game in lines."""

from __future__ import annotations

from excomm_game.engine.game import Game
from excomm_game.words import ending as words
from excomm_game.words.phrases import indented, paper_lines


def ending(game: Game) -> list[str]:
    """Return the ending itself: date and hour, title, and its few sentences."""
    told = words.closing(game)
    return ["", "THE END", f"{told.moment}.", f"{told.title} ({told.kind})", "", told.text]


def aftermath(game: Game) -> list[str]:
    """Return what the chair could not know while it played."""
    lines: list[str] = []
    for section in words.aftermath(game):
        lines += ["", section.heading.upper()]
        for entry in section.entries:
            lines.append(indented(entry.text, "  "))
            lines += [indented(note, "    ") for note in entry.notes]
            lines += [indented(line, "    ") for paper in entry.papers for line in paper_lines(paper)]
    return lines
