"""Commands for somebody who writes a scenario: list, check, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from excomm_game import DEFAULT_SCENARIO
from excomm_game.cli.common import note, progress_bar, say, say_json
from excomm_game.cli.options import AsJson, ScenarioRef

if TYPE_CHECKING:
    from excomm_game.authoring.coverage import Coverage, Spread
    from excomm_game.engine.scenario import Scenario

FAULTS, DOUBTS, GAPS = 3, 1, 1
COVERAGE_WORLDS = 4_000


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help="The author's workbench.", no_args_is_help=True, rich_markup_mode=None)
    group.command("list")(list_scenarios)
    group.command()(check)
    group.command()(coverage)
    app.add_typer(group, name="scenario")


def list_scenarios(as_json: AsJson = False) -> None:
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


def check(scenario: ScenarioRef = DEFAULT_SCENARIO, as_json: AsJson = False) -> None:
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


def coverage(
    scenario: ScenarioRef = DEFAULT_SCENARIO,
    seat: Annotated[str | None, typer.Option("--seat", help="The one seat a person sits in.")] = None,
    worlds: Annotated[int, typer.Option(help="How many worlds to play each way.")] = COVERAGE_WORLDS,
    as_json: AsJson = False,
) -> None:
    """Play a scenario from every seat in turn: what nothing reaches, and how long a game is by each course."""
    from excomm_game.authoring import coverage as covering
    from excomm_game.authoring.shapes import coverage_object
    from excomm_game.files import scenarios

    loaded = scenarios.load(scenario)
    told = covering.coverage(loaded, worlds, seat, progress_bar(or_notes=True))
    if as_json:
        say_json(coverage_object(told))
    else:
        for line in _table(loaded, told, seat):
            say(line)
    if any(told.unreached.values()):
        raise typer.Exit(GAPS)


def _table(scenario: Scenario, told: Coverage, seat: str | None) -> list[str]:
    """Return what was reached, kind by kind, and the pacing by course in columns."""
    from excomm_game.words.phrases import listed

    seats = scenario.draft.seats
    seated = listed(seats[one].label for one in ([seat] if seat else scenario.seats))
    lines = [f"{scenario.head.title}, {told.played:,} games, with a person in {seated}{'' if seat else ' in turn'}", ""]
    for kind, hits in ((kind, hits) for kind, hits in told.hits.items() if hits):
        missing, rare = told.unreached[kind], told.rare[kind]
        lines.append(f"{kind.capitalize()}: {len(hits) - len(missing)} of {len(hits)} reached")
        lines += [f"  unreached: {name}" for name in missing]
        lines += [f"  rare, reached by directed play alone: {name}" for name in rare]
    labels = {course.id: course.label for course in scenario.draft.courses}
    rows = {labels.get(name, name): pacing for name, pacing in told.pacing.items()}
    width = max(map(len, rows))
    lines += ["", f"What a game asks of {seats[seat or scenario.seats[0]].label}: least, middle, most"]
    lines.append(f"{'':<{width}}  {'choices':<12}  {'words to read':<20}  longest gap in days")
    lines += [
        f"{name:<{width}}  {_spread(pacing.choices):<12}  {_spread(pacing.words):<20}  {pacing.longest_gap_days:g}"
        for name, pacing in rows.items()
    ]
    return lines


def _spread(spread: Spread) -> str:
    return ", ".join(f"{one:g}" for one in spread)
