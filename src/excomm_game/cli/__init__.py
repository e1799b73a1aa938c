"""Every command, by audience; the only place where all parts meet."""

from __future__ import annotations

import sys

import typer
from typer.exceptions import Abort, Exit, TyperException

from excomm_game.cli import author, play, study
from excomm_game.engine.errors import ExcommError

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
play.register(app)
study.register(app)
author.register(app)

INTERRUPTED = 130


def main() -> None:
    """Run the program: every error is a plain sentence or two, every exit code the design's."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
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
        return stop.exit_code
    except TyperException as error:
        _say(f"{error.format_message()} `excomm --help` lists the commands, `excomm COMMAND --help` what each takes.")
        return error.exit_code
    except (KeyboardInterrupt, Abort):
        _say("Interrupted. A game in play is saved up to its last choice; `excomm resume` goes on.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None  # nobody reads on; nothing is left to say or flush
        return 0
    return code if isinstance(code, int) else 0


def _say(message: str) -> None:
    print(f"excomm: {message}", file=sys.stderr)  # noqa: T201 - the one place where errors are printed


__all__ = ["app", "main", "run"]
