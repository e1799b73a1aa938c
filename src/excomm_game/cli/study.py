"""Commands for somebody who studies a saved game: replay, verify, branch, compare, guide."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excomm_game.cli.common import doubts_of, note, replayed, say, say_all, say_json
from excomm_game.cli.options import AsJson, Elsewhere, Plain, Save
from excomm_game.cli.screen import is_full, watch
from excomm_game.cli.sitting import branched, how_to_go_on
from excomm_game.engine.errors import ExcommError, UsageError

if TYPE_CHECKING:
    from excomm_game.engine.replay import Replay

FAILED = 1


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (replay, verify, branch, compare, guide):
        app.command()(command)


def replay(
    save: Save,
    first: Annotated[int, typer.Option("--from", min=0, help="The first choice to show; 0 is the opening.")] = 0,
    last: Annotated[int | None, typer.Option("--to", min=0, help="The last choice to show.")] = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show an unfinished game beyond what its seat was told.")
    ] = False,
    scenario: Elsewhere = None,
    plain: Plain = False,
) -> None:
    """Watch a game again."""
    from excomm_game.plain import replay as shown

    decoded, folded = replayed(save, scenario)
    game = folded.game
    end = len(game.choices) if last is None else last
    if first > len(game.choices) or first > end:
        raise UsageError(f"--from {first} leaves nothing to show: the save has choices 1 to {len(game.choices)}.")
    if game.state.ending is None and not reveal and len(game.people) > 1:
        raise UsageError(f"Several people play {save}, and it is not over. --reveal shows it whole, to all of them.")
    if is_full(plain=plain):
        raise typer.Exit(watch(save, scenario, range(first, end + 1), reveal=reveal))
    for doubt in doubts_of(save, decoded, folded):
        note(doubt)
    if game.state.ending is None and not reveal:
        for seat in game.people or game.scenario.seats[:1]:
            say(
                f"What {game.scenario.draft.seats[seat].label} was told. The game is not over: --reveal shows the rest."
            )
            say_all(shown.as_told(game, seat, first, end))
        return
    say_all(shown.replayed(game, first, end))


def verify(
    saves: Annotated[list[Path], typer.Argument(metavar="SAVE...", help="Saves to verify.")],
    scenario: Elsewhere = None,
    as_json: AsJson = False,
) -> None:
    """Check that each save reproduces: its chain, its draws, every state."""
    if len(saves) == 1:
        results, code = [_verified(saves[0], scenario)], 0
    else:
        results, code = _each_verified(saves, scenario)
    if as_json:
        say_json({"saves": results})
    else:
        for result in results:
            said = (
                f"reproduces, {result['steps']} steps, digest {result['digest']}"
                if result["ok"]
                else f"does not: {result['fault']}"
            )
            say(f"{result['path']}: {said}")
    if not all(result["ok"] for result in results):
        raise typer.Exit(code or FAILED)


def _each_verified(saves: list[Path], scenario: str | None) -> tuple[list[dict[str, Any]], int]:
    """Verify several saves; one that cannot be read does not keep the others from being told. The code is the worst."""
    results, code = [], 0
    for path in saves:
        try:
            results.append(_verified(path, scenario))
        except ExcommError as error:
            note(str(error))
            code = max(code, error.exit_code)
            row = {"path": str(path), "ok": False, "luck": None, "steps": 0, "digest": None, "fault": str(error)}
            results.append(row)
    return results, code


def _verified(path: Path, scenario: str | None) -> dict[str, Any]:
    decoded, folded = replayed(path, scenario, redraw=True)
    fault = folded.fault or decoded.fault
    if fault is None and decoded.torn:
        fault = f"its last line was never finished; {how_to_go_on(path, folded.game, scenario)}"
    if folded.changed:
        note(f"{path} was recorded with another text of the scenario than is verified with; --scenario PATH names one.")
    return {
        "path": str(path),
        "ok": fault is None,
        "luck": decoded.record.header.luck,
        "steps": len(folded.game.choices),
        "digest": _digest(folded),
        "fault": fault,
    }


def _digest(folded: Replay) -> str:
    from excomm_game.engine.state import digest

    return digest(folded.game.scenario, folded.game.state)


def branch(
    save: Save,
    at: Annotated[int, typer.Option("--at", min=0, help="How many choices to share.")],
    to: Annotated[Path | None, typer.Option("--save", help="Where to keep the branch; never written over.")] = None,
    scenario: Elsewhere = None,
) -> None:
    """Make a new save that shares the first N choices."""
    from excomm_game.files import saves

    path = branched(save, at, scenario, to)
    say(f"{path} shares the first {at} choices of {save}. Go on with: excomm resume {saves.to_type(path, scenario)}")


def compare(left: Save, right: Save, scenario: Elsewhere = None, as_json: AsJson = False) -> None:
    """Set two games side by side, with the first choice in which they differ."""
    from excomm_game.engine.account import shared

    sides = []
    for path in (left, right):
        decoded, side = replayed(path, scenario)
        sides.append(side)
        for doubt in doubts_of(path, decoded, side):
            note(doubt)
    lines = [[(one.scene, one.option, one.by) for one in side.game.choices] for side in sides]
    common = shared(sides[0].game.choices, sides[1].game.choices)
    parted = [line[common] if common < len(line) else None for line in lines]
    divergence = None
    if parted[0] is not None and parted[1] is not None:
        divergence = {"n": common + 1, "scene": parted[0][0], "left": parted[0][1], "right": parted[1][1]}
    summary = {
        "common": common,
        "left": _side(left, sides[0]),
        "right": _side(right, sides[1]),
        "first_divergence": divergence,
    }
    if as_json:
        say_json(summary)
        return
    for path, side in zip((left, right), sides, strict=True):
        ending = side.game.state.ending or "not over"
        say(f"{path}: {len(side.game.choices)} steps, {ending}, seed {side.game.header.seed}.")
    say(f"They share their first {common} choices.")
    if divergence:
        say(
            f"At choice {divergence['n']}, {divergence['scene']}, "
            f"the first takes {divergence['left']}, the second {divergence['right']}."
        )
    elif len(lines[0]) == len(lines[1]):
        say("They do not differ.")
    else:
        say("One goes on where the other stops.")
    for n, (a, b) in enumerate(zip_longest(lines[0][common:], lines[1][common:]), start=common + 1):
        say(f"{n:4}  {_cell(a):44}  {_cell(b)}")


def _side(path: Path, side: Replay) -> dict[str, Any]:
    return {
        "path": str(path),
        "seed": side.game.header.seed,
        "ending": side.game.state.ending,
        "kind": side.game.kind,
        "choices": side.game.yours(),
        "steps": len(side.game.choices),
        "digest": _digest(side),
    }


def _cell(line: tuple[str, str, str] | None) -> str:
    return f"{line[0]}: {line[1]}" if line else "-"


def guide(name: Annotated[str, typer.Argument(metavar="[GUIDE]", help="Which guide.")] = "player") -> None:
    """Read a guide in the terminal."""
    from excomm_game.files import places

    if name not in places.guides():
        raise UsageError(f"There is no guide '{name}'. There is: {', '.join(places.guides())}.")
    say(places.guide(name))
