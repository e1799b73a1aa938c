"""Commands for somebody who teaches: what goes out to a class, and what comes back."""

from __future__ import annotations

import secrets
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from excomm_game import DEFAULT_SCENARIO
from excomm_game.cli import collecting
from excomm_game.cli.assigned import require_fit
from excomm_game.cli.common import quoted, say
from excomm_game.cli.options import ScenarioRef
from excomm_game.cli.play import Luck
from excomm_game.cli.sitting import seat_of
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.fate import MAX_SEED

QUESTIONS = (
    "Which of your decisions mattered most, and what did you not know when you made it?",
    "How much of how it ended was your doing, how much that of others, and how much chance? Give an example of each.",
)


class Reasons(StrEnum):
    """Which choices need a written reason."""

    EVERY = "every"
    MARKED = "marked"
    NONE = "none"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(
        help="The classroom: what goes out, and what comes back.", no_args_is_help=True, rich_markup_mode=None
    )
    group.command()(assign)
    collecting.register(group)
    app.add_typer(group, name="class")


def assign(
    out: Annotated[Path, typer.Option("--out", help="The file to write; never written over.")],
    scenario: ScenarioRef = DEFAULT_SCENARIO,
    seat: Annotated[str | None, typer.Option(help="Whose chair the students take; left out, the first.")] = None,
    school: Annotated[str | None, typer.Option(help="Whose assumptions about the danger; left out, the first.")] = None,
    luck: Annotated[Luck, typer.Option(help="spared, or drawn: chance may do anything.")] = Luck.SPARED,
    seed: Annotated[
        int | None, typer.Option(min=0, max=MAX_SEED, help="The class's seed; left out, one is drawn now.")
    ] = None,
    own_luck: Annotated[bool, typer.Option("--own-luck", help="A seed drawn for each student.")] = False,
    takebacks: Annotated[bool, typer.Option(help="Whether choices may be taken back.")] = True,
    estimate: Annotated[bool, typer.Option(help="Whether the estimate of the risk is shown.")] = True,
    reasons: Annotated[Reasons | None, typer.Option(help="Which choices need a written reason.")] = None,
    mark: Annotated[list[str] | None, typer.Option(help="A scene whose choices need a reason.")] = None,
    seconds: Annotated[int | None, typer.Option(help="The time for a choice, from 10 to 3600.")] = None,
    question: Annotated[list[str] | None, typer.Option(help="A question after the ending; two to six.")] = None,
    title: Annotated[str | None, typer.Option(help="What the lesson is called.")] = None,
) -> None:
    """Write an assignment: a small file that a class plays under."""
    from excomm_game.files import assignments, scenarios

    if own_luck and seed is not None:
        raise UsageError("--seed and --own-luck exclude each other: name one.")
    loaded = scenarios.load(scenario)
    chair = seat_of(loaded, seat)
    wanted = reasons or (Reasons.MARKED if mark else Reasons.NONE)
    if mark and wanted is not Reasons.MARKED:
        raise UsageError(f"--mark goes with --reasons marked, not with --reasons {wanted.value}. Leave one out.")
    content = {
        "title": title or f"{loaded.head.title}: {loaded.draft.seats[chair].label}",
        "scenario": loaded.head.id,
        "edition": loaded.head.edition,
        "seat": chair,
        "school": school or loaded.default_school(),
        "luck": luck.value,
        "seed": None if own_luck else secrets.randbelow(MAX_SEED + 1) if seed is None else seed,
        "takebacks": takebacks,
        "estimate": estimate,
        "reasons": wanted.value,
        "marked": tuple(dict.fromkeys(mark or ())),
        "seconds": seconds,
        "questions": tuple(question or QUESTIONS),
    }
    try:
        made = assignments.made(content, "The assignment", "Change the option.")
    except ExcommError as error:
        raise UsageError(str(error)) from None
    require_fit(made, loaded)
    assignments.write_new(out, made, loaded)
    folder = scenarios.elsewhere(scenario, loaded.head.id)
    named = f" {quoted(folder)}" if folder else ""
    say(f"{out} is written. Read it: every line in it can be changed by hand before you give it out.")
    say(f'Each student types: excomm play{named} --assignment {quoted(out.name)} --name "…"')
    say("At the end each is told which file to hand in.")
