"""Commands for somebody who plays: play, resume, auto."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from excomm_game import DEFAULT_SCENARIO
from excomm_game.cli.assigned import named_in_a_dialog, named_in_lines, refuse_what_is_no_scenario, under
from excomm_game.cli.common import note, say, say_folded, say_json
from excomm_game.cli.options import AsJson, Elsewhere, Plain, ScenarioRef
from excomm_game.cli.screen import is_full, show, sit
from excomm_game.cli.sitting import Opened, begun, header_of, resumed, seat_of
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.fate import MAX_SEED
from excomm_game.tui.archive import Wanted

if TYPE_CHECKING:
    from excomm_game.engine.game import Game
    from excomm_game.engine.record import Row

MAX_TYPED = 10_000

Scenario = Annotated[
    str | None,
    typer.Argument(metavar="[SCENARIO]", help=f"A scenario's id or a folder's path; {DEFAULT_SCENARIO}."),
]
Seats = Annotated[list[str] | None, typer.Option("--seat", help="Whose chair to take; several make a hot seat.")]
OneSeat = Annotated[str | None, typer.Option("--seat", help="The seat the policy sits in.")]
Seed = Annotated[int | None, typer.Option(min=0, max=MAX_SEED, help="The same seed meets the same luck.")]
School = Annotated[str | None, typer.Option(help="Whose assumptions about the danger.")]
SavePath = Annotated[Path | None, typer.Option("--save", help="Where to keep the game; never written over.")]


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
    scenario: Scenario = None,
    seat: Seats = None,
    seed: Seed = None,
    school: School = None,
    luck: Annotated[
        Luck | None, typer.Option(help="drawn, or spared: chance does not end the game in nuclear war.")
    ] = None,
    save: SavePath = None,
    assignment: Annotated[Path | None, typer.Option(help="The file your teacher gave you.")] = None,
    name: Annotated[str, typer.Option(help="A name to keep in the save.")] = "",
    plain: Plain = False,
) -> None:
    """Play a crisis. Every choice is saved at once."""
    if scenario:
        refuse_what_is_no_scenario(scenario, name)
    asked = Wanted(scenario or "", tuple(seat or ()), school or "", luck.value if luck else "", seed, name)
    if assignment is None:
        wanted = asked._replace(scenario=scenario or DEFAULT_SCENARIO, luck=asked.luck or Luck.DRAWN.value)
    else:
        wanted = under(assignment, asked)
    if is_full(plain=plain):
        raise typer.Exit(_begin_full(wanted, save))
    begin(wanted, save)


def _begin_full(wanted: Wanted, save: Path | None) -> int:
    """Begin a game, save it and play it in the full screen, having asked there for a name an assignment needs."""
    from excomm_game.files.scenarios import elsewhere

    if wanted.assignment is not None and not wanted.player:
        from excomm_game.cli.archive import sat

        start = named_in_a_dialog(lambda name: sat(begun(wanted._replace(player=name), save)))
        return show(start, elsewhere(wanted.scenario, wanted.assignment.scenario))
    opened = begun(wanted, save)
    return sit(opened, elsewhere(wanted.scenario, opened.game.scenario.head.id))


def resume(
    save: Annotated[Path | None, typer.Argument(help="The save to go on with; left out, the newest.")] = None,
    scenario: Elsewhere = None,
    plain: Plain = False,
) -> None:
    """Go on with a saved game."""
    from excomm_game.files import saves

    opened = resumed(save or saves.newest(), scenario)
    if is_full(plain=plain):
        raise typer.Exit(sit(opened, scenario))
    for doubt in opened.doubts:
        note(doubt)
    _sit(opened, scenario)


def auto(
    policy: Annotated[str, typer.Option(help="history, weights, random or a course of the scenario.")],
    scenario: ScenarioRef = DEFAULT_SCENARIO,
    seat: OneSeat = None,
    seed: Seed = None,
    school: School = None,
    luck: Annotated[Luck | None, typer.Option(help="drawn or spared; with history and none, the real line.")] = None,
    save: SavePath = None,
    as_json: AsJson = False,
) -> None:
    """Play a whole game by a policy; other seats go by the weights."""
    from excomm_game.engine.game import MODEL, Game
    from excomm_game.engine.policy import policy as find_policy
    from excomm_game.files import saves, scenarios

    loaded = scenarios.load(scenario)
    find_policy(loaded, policy)
    sits = seat_of(loaded, seat)
    kind = luck.value if luck else ("history" if policy == "history" else "drawn")
    seats = {one: f"policy:{policy}" if one == sits else MODEL for one in loaded.seats}
    game = Game(loaded, header_of(loaded, Wanted(scenario, (), school or "", kind, seed, ""), seats))
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
        named = saves.to_type(save, scenarios.elsewhere(scenario, loaded.head.id))
        say(f"Saved to {save}. `excomm replay {named} --plain` shows it.")


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


def begin(wanted: Wanted, save: Path | None = None) -> None:
    """Begin a game, save it and play it."""
    from excomm_game.files import scenarios

    if wanted.assignment is not None and not wanted.player:
        wanted = named_in_lines(wanted, typed())
    opened = begun(wanted, save)
    header = opened.game.header
    say(f"Seed {header.seed}. Every choice is saved to {opened.path}. Type help for what else you can type.")
    _sit(opened, scenarios.elsewhere(wanted.scenario, header.scenario))


def _sit(opened: Opened, scenario: str | None) -> None:
    """Play a game that is open until it is over or left, and say how to come back; `scenario` is where its own lies."""
    from excomm_game.files import saves
    from excomm_game.plain.table import Table
    from excomm_game.words.assigned import still_to_do, to_hand_in

    with opened.writer:
        begun = _begun(opened)
        keep = partial(_keep, opened, begun)
        table = Table(opened.game, keep, typed(), say_folded, time.monotonic, begun, is_typed=sys.stdin.isatty())
        over = table.play()
    named = saves.to_type(opened.path, scenario)
    say()
    if over:
        say(to_hand_in(opened.game, str(opened.path)) or f"The game is saved in {opened.path}")
        say(f"See it again: excomm replay {named} --plain")
        say(f"Try another road: excomm branch {named} --at N")
    else:
        resume = f"excomm resume {named}"
        for line in still_to_do(opened.game, str(opened.path), resume) or [f"Saved. Go on with: {resume}"]:
            say(line)


def _begun(opened: Opened) -> Mapping[str, str]:
    """Return the answers that were begun in the full screen, by question; where they cannot be read it is said."""
    from excomm_game.files import drafts

    try:
        return drafts.read(opened.path, opened.game.header)
    except ExcommError as error:
        note(str(error))
        return {}


def _keep(opened: Opened, begun: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Append rows to the save; what was begun on a question they answer is a draft no more. Raises ExcommError."""
    from excomm_game.engine.record import AnswerLine
    from excomm_game.files import drafts

    opened.writer.append(rows)
    for row in rows:
        if isinstance(row, AnswerLine) and row.answer.question in begun:
            try:
                drafts.keep(opened.path, opened.game.header, row.answer.question, "")
            except ExcommError as error:
                note(str(error))


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
