"""What commands share: finding a save's scenario, printing, folding a save into a game."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from excomm_game.engine.errors import ExcommError, UsageError

if TYPE_CHECKING:
    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Decoded, Record
    from excomm_game.engine.replay import Replay
    from excomm_game.engine.scenario import Scenario


def say(line: str = "") -> None:
    """Print a line of data."""
    typer.echo(line)


def say_all(lines: Iterable[str]) -> None:
    """Print lines of data."""
    for line in lines:
        typer.echo(line)


def note(line: str) -> None:
    """Print a message, to standard error."""
    typer.echo(line, err=True)


def say_json(content: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps(content, ensure_ascii=False))


def scenario_of(record: Record, named: str | None) -> Scenario:
    """Load the scenario of a save: the one named, else the one its header names."""
    from excomm_game.files import scenarios

    try:
        return scenarios.load(named or record.header.scenario)
    except UsageError:
        if named:
            raise
        raise ExcommError(
            f"The scenario '{record.header.scenario}' of this save is not to be found. "
            "Name its folder with --scenario PATH."
        ) from None


def replayed(path: Path, named: str | None, *, redraw: bool = False) -> tuple[Decoded, Replay]:
    """Read a save and fold it into a game as far as it is sound and applies."""
    from excomm_game.engine.replay import replay
    from excomm_game.files import saves

    decoded = saves.read(path)
    return decoded, replay(scenario_of(decoded.record, named), decoded.record, redraw=redraw)


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


def whole(path: Path, decoded: Decoded, folded: Replay) -> Game:
    """Return a game that can go on from its save. Raises ExcommError, with the remedy, where it cannot."""
    fault = decoded.fault or folded.fault
    if fault is None:
        return folded.game
    n = len(folded.game.choices)
    raise ExcommError(
        f"{path} cannot go on: {fault} Its first {n} choices are sound: "
        f"`excomm branch {path} --at {n}` makes a save of them."
    )
