"""Every command, by audience; the only place where all parts meet."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer
from typer.exceptions import Abort, Exit, TyperException

from excomm_game.cli import author, play, study, title
from excomm_game.cli.common import ReaderGone
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import harmless

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
author.register(app)

INTERRUPTED = 130


def main() -> None:
    """Run the program: every error is a plain sentence or two, every exit code the design's."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open as long as we run
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        code = app(args=args, prog_name="excomm", standalone_mode=False)
        sys.stdout.flush()
    except ExcommError as error:
        _say(str(error))
        return error.exit_code
    except Exit as stop:
        return _interrupted() if stop.exit_code == INTERRUPTED else stop.exit_code
    except TyperException as error:
        _say(f"{error.format_message()} `excomm --help` lists the commands, `excomm COMMAND --help` what each takes.")
        return error.exit_code
    except (KeyboardInterrupt, Abort):
        return _interrupted()
    except (BrokenPipeError, ReaderGone):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered has nowhere to go
        return 0
    if code == INTERRUPTED:  # the command line's library has caught the interrupt itself
        return _interrupted()
    return code if isinstance(code, int) else 0


def _interrupted() -> int:
    _say("Interrupted. A game in play is saved up to its last choice; `excomm resume` goes on.")
    return INTERRUPTED


def _say(message: str) -> None:
    print(f"excomm: {harmless(message)}", file=sys.stderr)  # noqa: T201 - the one place where errors are printed


__all__ = ["app", "main", "run"]
