"""What commands share: finding a save's scenario, printing, folding a save into a game."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import harmless

if TYPE_CHECKING:
    from excomm_game.engine.game import Game
    from excomm_game.engine.lines import Decoded
    from excomm_game.engine.record import Record
    from excomm_game.engine.replay import Replay
    from excomm_game.engine.scenario import Scenario

PAGE = 78
NARROWEST = 20


class ReaderGone(Exception):
    """Whoever read our output has stopped reading: no error, and no reason to go on."""


def say(line: str = "", *, end: str = "\n") -> None:
    """Print a line of data. Raises ReaderGone."""
    try:
        print(harmless(line), end=end, flush=True)  # noqa: T201 - the one place where data is printed
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        raise ExcommError(f"What there is to say cannot be written ({error.strerror}). See to where it goes.") from None


def say_folded(text: str) -> None:
    """Print a line of a plain page, broken at spaces to fit the terminal or, without one, a page."""
    say(_folded(text, sys.stdout))


def _folded(text: str, stream: TextIO) -> str:
    from excomm_game.words.phrases import fold

    columns = shutil.get_terminal_size((PAGE, 0)).columns if stream.isatty() else PAGE
    return fold(text, max(NARROWEST, min(columns, PAGE)))


def say_all(lines: Iterable[str]) -> None:
    """Print the lines of a plain page."""
    for line in lines:
        say_folded(line)


def note(line: str) -> None:
    """Print a message, to standard error."""
    shown = harmless(line)
    print(_folded(shown, sys.stderr) if sys.stderr.isatty() else shown, file=sys.stderr)  # noqa: T201 - as above


def progress_bar(*, or_notes: bool = False) -> Callable[[str, int, int], None] | None:
    """Return what draws a progress line on a terminal.

    Where messages go elsewhere nothing is said, or, `or_notes`, each new thing once as it is begun.
    """
    begun = ["done"]

    def draw(doing: str, done: int, of: int) -> None:
        if not sys.stderr.isatty():
            if doing not in begun:
                begun.append(doing)
                note(f"{doing.capitalize()} …")
            return
        filled = round(20 * done / of) if of else 20
        bar = "━" * filled + "─" * (20 - filled)
        sys.stderr.write(f"\r\x1b[K{bar} {doing}")
        sys.stderr.flush()
        if doing == "done":
            sys.stderr.write("\r\x1b[K")

    return draw if or_notes or sys.stderr.isatty() else None


def say_json(content: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    say(json.dumps(content))


def quoted(path: Path | str) -> str:
    """Return a path as it can be pasted after a command."""
    return shlex.quote(str(path))


def scenario_of(record: Record, named: str | None) -> Scenario:
    """Load the scenario of a save: the one named, else the one its header names."""
    from excomm_game.files import scenarios

    try:
        return scenarios.load(named) if named else scenarios.load_by_id(record.header.scenario)
    except UsageError:
        if named:
            raise
        raise ExcommError(
            f"The scenario '{record.header.scenario}' of this save is not to be found. "
            "Name its folder with --scenario PATH."
        ) from None


def replayed(path: Path, named: str | None, *, redraw: bool = False) -> tuple[Decoded, Replay]:
    """Read a save and fold it into a game as far as it is sound and applies."""
    from excomm_game.files import saves

    decoded = saves.read(path)
    return decoded, folded(path, decoded, named, redraw=redraw)


def folded(path: Path, decoded: Decoded, named: str | None, *, redraw: bool = False) -> Replay:
    """Fold what was read from a save into a game. Raises ExcommError where its header fits no game of the scenario."""
    from excomm_game.engine.replay import replay

    scenario = scenario_of(decoded.record, named)
    try:
        return replay(scenario, decoded.record, redraw=redraw)
    except UsageError as error:
        raise ExcommError(
            f"{path} does not fit its scenario: {error} Name another save, or another --scenario."
        ) from None


def doubts_of(path: Path, decoded: Decoded, folded: Replay) -> list[str]:
    """Return what somebody who reads this save should know about it."""
    said = []
    if decoded.fault:
        said.append(f"{path} is damaged at {decoded.fault}. What follows is its sound beginning.")
    if decoded.torn:
        said.append(f"{path} ends in a line that was never finished; that line is left out.")
    if folded.changed:
        said.append(
            f"{path} was recorded with another text of the scenario; it is shown as far as its choices still apply."
        )
    if folded.fault:
        said.append(f"{path}: {folded.fault}")
    if folded.left:
        said.append(f"Choices {folded.left[0].n} to {folded.left[-1].n} are left out: " + _listed(folded))
    return said


def _listed(folded: Replay) -> str:
    shown = [f"{one.scene}/{one.option}" for one in folded.left[:8]]
    return ", ".join(shown) + ("…" if len(folded.left) > len(shown) else "") + "."


def whole(path: Path, decoded: Decoded, folded: Replay, named: str | None) -> Game:
    """Return a game that can go on from its save. Raises ExcommError, with the remedy, where it cannot."""
    from excomm_game.files import saves
    from excomm_game.words.phrases import sound

    fault = decoded.fault or folded.fault
    if fault is None:
        return folded.game
    n = len(folded.game.choices)
    raise ExcommError(
        f"{path} cannot go on: {fault} {sound(n)}: "
        f"`excomm branch {saves.to_type(path, named)} --at {n}` makes a save to go on from."
    )
