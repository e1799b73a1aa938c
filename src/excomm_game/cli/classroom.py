"""Commands for a teacher: what goes out to a class, and what comes back."""

from __future__ import annotations

import typer

from excomm_game.cli import collecting


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help="The classroom.", no_args_is_help=True, rich_markup_mode=None)
    collecting.register(group)
    app.add_typer(group, name="class")
