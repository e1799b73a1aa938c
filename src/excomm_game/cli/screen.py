"""Where the full screen begins: whether there is one, what it opens on, and how it is left."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from excomm_game.cli.common import say

if TYPE_CHECKING:
    from types import FrameType

    from textual.driver import Driver

    from excomm_game.cli.sitting import Opened
    from excomm_game.tui.app import ExcommApp
    from excomm_game.tui.archive import Sitting

SIGNALLED = 128
INTERRUPTED = SIGNALLED + 2
M_ARENA_MAX = -8
"""The number by which the GNU C library's `mallopt` knows how many heaps threads may take their memory from."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def is_full(*, plain: bool) -> bool:
    """Say whether to draw a full screen: a terminal on every side, one that can, and nobody asked for plain lines."""
    streams = (sys.stdin, sys.stdout, sys.stderr)  # the screen is drawn through the third
    if plain or os.environ.get("ACCESSIBLE") == "1" or not all(stream.isatty() for stream in streams):
        return False
    return os.environ.get("TERM", "" if os.name == "posix" else "windows") not in ("", "dumb", "unknown")


def show(start: Callable[[ExcommApp], None] | None = None, scenario: str | None = None) -> int:
    """Show the full screen until it is left; return the exit code. `scenario` names one that is found nowhere else.

    Raises ExcommError where a save could no longer be written.
    """
    from excomm_game.cli.archive import Disk
    from excomm_game.tui.app import ExcommApp

    _share_one_heap()
    app = ExcommApp(Disk(scenario), start, sys.stdin.isatty, _driver())
    for name in ("COLUMNS", "LINES"):  # the terminal knows its own size, and tells when it changes
        os.environ.pop(name, None)
    with _stopped_by_signals(app):
        app.run()
    app.leave_game()
    if (failure := app.failure or app.unsaved) is not None:
        raise failure
    if app.stopped_by is not None:
        return SIGNALLED + app.stopped_by
    if app.played is not None:
        _say_where(app.played, scenario)
    return app.return_code or 0


def _share_one_heap() -> None:
    """Let the thread that plays worlds take its memory where the screen does; a heap of its own would stay half empty.

    Where the C library cannot be asked for it, it is left as it is.
    """
    if os.name == "posix":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def _say_where(played: Sitting, scenario: str | None) -> None:
    """Say where the game lies that was played, and what can be done with it; `scenario` is where its own lies."""
    from excomm_game.files import saves
    from excomm_game.words.assigned import still_to_do, to_hand_in

    named = saves.to_type(played.key, scenario)
    left = still_to_do(played.game, played.key, f"excomm resume {named}")
    for line in left or (
        to_hand_in(played.game, played.key) or f"The game is saved in {played.key}",
        f"Go on, or see its end: excomm resume {named}",
    ):
        say(line)
    say(f"See it again: excomm replay {named}")


def _driver() -> type[Driver] | None:
    """Return what reads the terminal; None where the library knows better."""
    if sys.platform == "win32":
        return None
    from excomm_game.cli.driver import TerminalDriver

    return TerminalDriver


@contextmanager
def _stopped_by_signals(app: ExcommApp) -> Iterator[None]:
    """Leave in good order at a signal, from before the screen is taken until after it is given back."""
    import asyncio

    def heard(number: int, _: FrameType | None) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # the screen is not taken yet, or given back already
            sys.exit(SIGNALLED + number)
        loop.call_soon_threadsafe(app.stop_by, number)

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, heard) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def sit(opened: Opened, scenario: str | None) -> int:
    """Sit down at the table of a game that is open; `scenario` names it where it is found nowhere else."""
    from excomm_game.cli.archive import sat

    return show(lambda app: app.play(lambda: sat(opened)), scenario)


def watch(save: Path, scenario: str | None, steps: range, *, reveal: bool) -> int:
    """Open the replay of a save on the first of these choices; it goes no further than the last."""
    from excomm_game.cli.archive import Disk

    recording = Disk(scenario).recording(str(save))
    return show(lambda app: app.show_recording(recording, steps, reveal=reveal), scenario)
