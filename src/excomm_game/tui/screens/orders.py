"""The commands of the table."""

from __future__ import annotations

from excomm_game.tui.commands import Command


class Take(Command):
    """Take the marked option: you are asked once more, and may give a reason."""

    KEYS, SHOWN, WORD, ACTION, RANK = "enter,t", "enter", "take it", "take", 0


class Again(Command):
    """Show this page whole, with what a repeated scene has said before."""

    KEYS, WORD, ACTION = "a", "whole page", "again"


class Sources(Command):
    """See where this scene comes from."""

    KEYS, WORD, ACTION = "o", "sources", "sources"


class TakeBack(Command):
    """Take your last choice back; free inside one sitting, counted in the save otherwise."""

    KEYS, WORD, ACTION, RANK = "u", "take back", "take_back", 6


class Estimate(Command):
    """Say what the estimate of the risk is, and what it is not."""

    KEYS, WORD, ACTION, RANK = "e", "estimate", "estimate", 7


class Leave(Command):
    """Leave the table. Everything is saved already."""

    KEYS, WORD, ACTION, RANK = "q", "leave (saved)", "leave", 0
