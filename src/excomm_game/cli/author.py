"""Commands for somebody who writes a scenario: list, check."""

from __future__ import annotations

from typing import Annotated

import typer

from excomm_game.cli.common import note, say, say_json

FAULTS, DOUBTS = 3, 1


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help="The author's workbench.", no_args_is_help=True, rich_markup_mode=None)
    group.command("list")(list_scenarios)
    group.command()(check)
    app.add_typer(group, name="scenario")


def list_scenarios(as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
    """List the scenarios that can be played by id."""
    from excomm_game.files.scenarios import listings

    found = listings()
    if as_json:
        rows = [
            {
                "id": one.id,
                "title": one.title,
                "minutes": one.minutes,
                "seats": list(one.seats),
                "folder": str(one.folder),
            }
            for one in found
        ]
        say_json({"scenarios": rows})
        return
    for one in found:
        length = f", about {one.minutes} minutes" if one.minutes else ""
        say(f"{one.id}: {one.title}{length}. Seats: {', '.join(one.seats)}. {one.folder}")
    if not found:
        note("There are no scenarios here.")


def check(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's id or a folder's path.")
    ] = "thirteen-days",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Check a scenario: every fault at once, and doubts beside them."""
    from excomm_game.authoring.doubts import doubts
    from excomm_game.files import scenarios

    report = scenarios.check_folder(scenarios.find(scenario))
    doubted = [*report.doubts, *(doubts(report.scenario) if report.scenario else ())]
    if as_json:
        say_json(
            {
                "ok": not report.faults,
                "faults": [fault._asdict() for fault in report.faults],
                "doubts": [doubt._asdict() for doubt in doubted],
            }
        )
    else:
        for fault in report.faults:
            say(f"fault: {fault}")
        for doubt in doubted:
            say(f"doubt: {doubt}")
        say(f"{len(report.faults)} faults, {len(doubted)} doubts.")
    if report.faults or doubted:
        raise typer.Exit(FAULTS if report.faults else DOUBTS)
