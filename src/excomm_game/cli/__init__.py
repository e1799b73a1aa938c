"""Every command, by audience; the only place where all parts meet."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from excomm_game.cli.common import ReaderGone
from excomm_game.cli.screen import INTERRUPTED, is_full, show
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import harmless


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
        code = _done(args)
        sys.stdout.flush()
    except ExcommError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except (BrokenPipeError, ReaderGone):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered has nowhere to go
        return 0
    if code == INTERRUPTED:
        _say("Interrupted. A game in play is saved up to its last choice; `excomm resume` goes on.")
    return code


def _done(args: list[str]) -> int:
    """Open the title at once where nothing else is asked for; everything else is for the command line's library."""
    if not args and is_full(plain=False):
        return show()
    from excomm_game.cli.commands import done

    return done(args)


def _say(message: str) -> None:
    print(f"excomm: {harmless(message)}", file=sys.stderr)  # noqa: T201 - the one place where errors are printed


__all__ = ["main", "run"]
