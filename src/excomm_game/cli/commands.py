"""The command line: every command of every audience, parsed by typer."""

from __future__ import annotations

import typer
from typer.exceptions import Abort, Exit, TyperException

from excomm_game.cli import author, classroom, play, risk, study, title
from excomm_game.engine.errors import UsageError

app = typer.Typer(
    name="excomm",
    help="A turn-based decision simulation of the Cuban Missile Crisis.",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
title.register(app)
play.register(app)
study.register(app)
risk.register(app)
author.register(app)
classroom.register(app)


def done(args: list[str]) -> int:
    """Do what a command line says and return its exit code. Raises ExcommError, KeyboardInterrupt."""
    try:
        code = app(args=args, prog_name="excomm", standalone_mode=False)
    except Exit as stop:
        return stop.exit_code
    except TyperException as error:
        raise UsageError(
            f"{error.format_message()} `excomm --help` lists the commands, `excomm COMMAND --help` what each takes."
        ) from None
    except Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0
