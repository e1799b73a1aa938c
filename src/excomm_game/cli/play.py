"""Commands for somebody who plays: play, resume, auto."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excomm_game import __version__
from excomm_game.cli.common import Elsewhere, folded, note, quoted, say, say_folded, say_json, whole
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.fate import MAX_SEED

if TYPE_CHECKING:
    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Header
    from excomm_game.engine.scenario import Scenario
    from excomm_game.files.saves import Writer

MAX_TYPED = 10_000
MAX_NAME = 200

ScenarioRef = Annotated[str, typer.Argument(metavar="[SCENARIO]", help="A scenario's id or a folder's path.")]
Seats = Annotated[list[str] | None, typer.Option("--seat", help="Whose chair to take; several make a hot seat.")]
OneSeat = Annotated[str | None, typer.Option("--seat", help="The seat the policy sits in.")]
Seed = Annotated[int | None, typer.Option(min=0, max=MAX_SEED, help="The same seed meets the same luck.")]
School = Annotated[str | None, typer.Option(help="Whose assumptions about the danger.")]
SavePath = Annotated[Path | None, typer.Option("--save", help="Where to keep the game; never written over.")]
Plain = Annotated[bool, typer.Option("--plain", help="Numbered lines, no redraw.")]


class Luck(StrEnum):
    """What chance may do: anything, or anything but nuclear war where it can be helped."""

    DRAWN = "drawn"
    SPARED = "spared"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(play)
    app.command()(resume)
    app.command()(auto)


def play(
    scenario: ScenarioRef = "thirteen-days",
    seat: Seats = None,
    seed: Seed = None,
    school: School = None,
    luck: Annotated[
        Luck, typer.Option(help="drawn, or spared: chance does not end the game in nuclear war.")
    ] = Luck.DRAWN,
    save: SavePath = None,
    name: Annotated[str, typer.Option(help="A name to keep in the save.")] = "",
    plain: Plain = False,
) -> None:
    """Play a crisis. Every choice is saved at once."""
    say_screen(plain)
    begin(scenario, seat, seed, school, luck, save, name)


def resume(
    save: Annotated[Path | None, typer.Argument(help="The save to go on with; left out, the newest.")] = None,
    scenario: Elsewhere = None,
    plain: Plain = False,
) -> None:
    """Go on with a saved game."""
    from excomm_game.files import saves

    say_screen(plain)
    path = save or saves.newest()
    with saves.Writer(path) as writer:
        replay = folded(path, writer.decoded, scenario)
        game = whole(path, writer.decoded, replay)
        if replay.changed and game.states_stand():
            note(f"{path} was recorded with another text of the scenario; its choices still lead where they led.")
        elif replay.changed:
            raise ExcommError(
                f"{path} was recorded with another scenario than today's and would not verify if it went on. "
                f"`excomm branch {quoted(path)} --at {len(game.choices)}` makes a save under the new one."
            )
        rows = game.run()
        if rows:
            writer.append(rows)
        if not game.people and game.state.ending is None:
            raise UsageError(
                f"Nobody sits in any seat of {path}. `excomm branch {quoted(path)} --at N` makes a save to play."
            )
        _sit(game, writer, path, scenario)


def auto(
    policy: Annotated[str, typer.Option(help="history, weights, random or a course of the scenario.")],
    scenario: ScenarioRef = "thirteen-days",
    seat: OneSeat = None,
    seed: Seed = None,
    school: School = None,
    luck: Annotated[Luck | None, typer.Option(help="drawn or spared; with history and none, the real line.")] = None,
    save: SavePath = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Play a whole game by a policy; other seats go by the weights."""
    from excomm_game.engine.game import MODEL, Game
    from excomm_game.engine.policy import policy as find_policy
    from excomm_game.files import saves, scenarios

    loaded = scenarios.load(scenario)
    find_policy(loaded, policy)
    sits = _seat(loaded, seat)
    kind = luck.value if luck else ("history" if policy == "history" else "drawn")
    seats = {one: f"policy:{policy}" if one == sits else MODEL for one in loaded.seats}
    game = Game(loaded, _header(loaded, seats, seed, school, kind, ""))
    game.run()
    if save is not None:
        saves.write_new(save, game.record)
    summary = _summary(game, policy, save)
    if as_json:
        say_json(summary)
        return
    ending = next(one for one in loaded.endings if one.id == game.state.ending)
    say(
        f"{ending.title} ({game.kind}), after {summary['choices']} choices of {sits} "
        f"in {summary['steps']} steps, seed {game.header.seed}."
    )
    if save:
        say(f"Saved to {save}. `excomm replay {quoted(save)} --plain` shows it.")


def _summary(game: Game, policy: str, save: Path | None) -> dict[str, Any]:
    """Return what `auto --json` prints of a finished game; `rung` is the highest reached."""
    from excomm_game.engine.outcome import peak
    from excomm_game.engine.state import digest

    highest = peak(game)
    return {
        "scenario": game.scenario.head.id,
        "seed": game.header.seed,
        "school": game.header.school,
        "luck": game.header.luck,
        "policy": policy,
        "ending": game.state.ending,
        "kind": game.kind,
        "choices": game.yours(),
        "steps": len(game.choices),
        "rung": highest[0].number if highest else None,
        "digest": digest(game.scenario, game.state),
        "save": str(save) if save else None,
    }


def say_screen(plain: bool) -> None:
    """Say that the full screen is not there yet, to somebody who sits at one and did not ask for plain lines."""
    wants_screen = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if wants_screen and not plain and os.environ.get("ACCESSIBLE") != "1":
        note("The full screen is not built yet; this is the plain game, which says all that a screen would.")


def _seat(loaded: Scenario, seat: str | None) -> str:
    from excomm_game.engine.state import require_seat

    if seat is not None:
        require_seat(loaded, seat)
    return seat or loaded.seats[0]


def _header(
    loaded: Scenario, seats: dict[str, str], seed: int | None, school: str | None, luck: str, player: str
) -> Header:
    from excomm_game.engine.record import Header
    from excomm_game.engine.text import refused

    if len(player) > MAX_NAME:
        raise UsageError(f"The name is longer than {MAX_NAME} characters. Give a shorter one with --name.")
    character = refused(player) or next((f"U+{ord(c):04X}" for c in player if c in "\n\t"), None)
    if character:
        raise UsageError(
            f"The name holds {character}, a character that is not allowed. Give --name on one line of plain text."
        )
    chosen = school if school is not None else loaded.default_school()
    loaded.school_values(chosen)
    content = {
        "scenario": loaded.head.id,
        "edition": loaded.head.edition,
        "scenario_sha256": loaded.sha256,
        "seed": secrets.randbelow(MAX_SEED + 1) if seed is None else seed,
        "school": chosen,
        "luck": luck,
        "seats": seats,
        "player": player,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": __version__,
    }
    return Header.model_validate(content)


def begin(
    scenario: str,
    seat: list[str] | None,
    seed: int | None,
    school: str | None,
    luck: Luck,
    save: Path | None,
    name: str,
) -> None:
    """Begin a game, save it and play it."""
    from excomm_game.engine.game import MODEL, PERSON, Game
    from excomm_game.files import saves, scenarios

    loaded = scenarios.load(scenario)
    people = {_seat(loaded, one) for one in seat or loaded.seats[:1]}
    seats = {one: PERSON if one in people else MODEL for one in loaded.seats}
    game = Game(loaded, _header(loaded, seats, seed, school, luck.value, name))
    game.run()
    path = save or saves.fresh_path(loaded.head.id, datetime.now())  # noqa: DTZ005 - a name in the player's own hours
    saves.write_new(path, game.record)
    say(f"Seed {game.header.seed}. Every choice is saved to {path}. Type help for what else you can type.")
    with saves.Writer(path) as writer:
        _sit(game, writer, path, scenarios.elsewhere(scenario, loaded.head.id))


def _sit(game: Game, writer: Writer, path: Path, scenario: str | None) -> None:
    from excomm_game.plain.table import Table

    over = Table(game, writer.append, typed(), say_folded, time.monotonic, is_typed=sys.stdin.isatty()).play()
    elsewhere = f" --scenario {quoted(scenario)}" if scenario else ""
    named = quoted(path)
    say()
    if over:
        say(f"The game is saved in {path}")
        say(f"See it again: excomm replay {named}{elsewhere} --plain")
        say(f"Try another road: excomm branch {named}{elsewhere} --at N")
    else:
        say(f"Saved. Go on with: excomm resume {named}{elsewhere}")


def typed() -> Iterator[str]:
    """Yield the lines a person types, or a pipe holds, until the input ends; what is too long for a line is refused."""
    prompting = sys.stdin.isatty()
    while True:
        if prompting:
            say("> ", end="")
        line = sys.stdin.readline(MAX_TYPED)
        if not line:
            return
        if len(line) == MAX_TYPED and not line.endswith("\n"):
            while len(more := sys.stdin.readline(MAX_TYPED)) == MAX_TYPED and not more.endswith("\n"):
                pass
            say("That line is too long. Type a number, an option's id, or help.")
            continue
        yield line.rstrip("\n")
