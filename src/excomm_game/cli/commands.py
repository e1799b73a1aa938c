"""The command line: every command of every audience, parsed by typer."""

from __future__ import annotations

from itertools import takewhile

import typer
from typer.exceptions import Abort, Exit, TyperException

from excomm_game.cli import author, classroom, play, risk, study, title
from excomm_game.cli.assigned import quotes_for
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
        if "extra argument" in error.format_message() and (name := _unquoted(args)):
            raise UsageError(quotes_for(name)) from None
        raise UsageError(
            f"{error.format_message()} `excomm --help` lists the commands, `excomm COMMAND --help` what each takes."
        ) from None
    except Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _unquoted(args: list[str]) -> str:
    """Return the words after --name, where they are several; a scenario's id that follows them is none of them."""
    from excomm_game.files.scenarios import by_id

    start = args.index("--name") + 1 if "--name" in args else len(args)
    words = list(takewhile(lambda word: not word.startswith("--"), args[start:]))
    while words and by_id(words[-1]) is not None:
        words.pop()
    return " ".join(words) if len(words) > 1 else ""
