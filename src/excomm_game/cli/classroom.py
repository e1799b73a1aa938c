"""Commands for somebody who teaches: what goes out to a class, and what comes back."""

from __future__ import annotations

import secrets
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from excomm_game import DEFAULT_SCENARIO
from excomm_game.cli import collecting
from excomm_game.cli.assigned import how_to_see_scenes, require_fit, scenes_of
from excomm_game.cli.common import quoted, say
from excomm_game.cli.options import ScenarioRef
from excomm_game.cli.play import Luck
from excomm_game.cli.sitting import header_of, seat_of
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.fate import MAX_SEED
from excomm_game.tui.archive import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from excomm_game.engine.scenario import Scenario

QUESTIONS = (
    "Which of your decisions mattered most, and what did you not know when you made it?",
    "How much of how it ended was your doing, how much that of others, and how much chance? Give an example of each.",
)

SAMPLE = 100  # games, to say how often a scene comes up


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
    scenario: ScenarioRef = DEFAULT_SCENARIO,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; never written over.")] = None,
    scenes: Annotated[
        bool, typer.Option("--scenes", help="List the scenes that the chair decides, for --mark; write nothing.")
    ] = False,
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
    mark: Annotated[
        list[str] | None, typer.Option(help="A scene whose choices need a reason: an id that --scenes lists.")
    ] = None,
    seconds: Annotated[int | None, typer.Option(help="The time for a choice, from 10 to 3600.")] = None,
    question: Annotated[list[str] | None, typer.Option(help="A question after the ending; two to six.")] = None,
    title: Annotated[str | None, typer.Option(help="What the lesson is called.")] = None,
) -> None:
    """Write an assignment: a small file that a class plays under."""
    from excomm_game.files import assignments, scenarios

    if scenes:
        loaded = scenarios.load(scenario)
        for line in _listed(loaded, seat_of(loaded, seat)):
            say(line)
        return
    if out is None:
        raise UsageError("An assignment is a file. Say with --out which to write, for instance --out lesson.toml.")
    if own_luck and seed is not None:
        raise UsageError("--seed and --own-luck exclude each other: name one.")
    loaded = scenarios.load(scenario)
    chair = seat_of(loaded, seat)
    wanted = reasons or (Reasons.MARKED if mark else Reasons.NONE)
    if mark and wanted is not Reasons.MARKED:
        raise UsageError(f"--mark goes with --reasons marked, not with --reasons {wanted.value}. Leave one out.")
    if wanted is Reasons.MARKED and not mark:
        raise UsageError(
            f"--reasons marked needs a --mark for each scene. {how_to_see_scenes(scenario, loaded, chair)}"
        )
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
    require_fit(made, loaded, scenario)
    assignments.write_new(out, made, loaded)
    folder = scenarios.elsewhere(scenario, loaded.head.id)
    named = f" {quoted(folder)}" if folder else ""
    say(f"{out} is written. Read it: every line in it can be changed by hand before you give it out.")
    say(f'Each student types: excomm play{named} --assignment {quoted(out.name)} --name "…"')
    say("At the end each is told which file to hand in.")


def _listed(scenario: Scenario, chair: str) -> Iterator[str]:
    """Yield the scenes that a chair decides, by its clock: when they can arise, how many games met them, id, title."""
    from excomm_game.engine.hour import by_seat
    from excomm_game.words.phrases import brief_date, hour

    met = _met(scenario)
    rows = []
    for scene_id, occurrences in scenes_of(scenario, chair).items():
        first, last = (by_seat(scenario, chair, occurrences[place].local).local for place in (0, -1))
        until = f" to {brief_date(last)}" if len(occurrences) > 1 else ""
        title = scenario.scene_of(occurrences[0]).title
        rows.append((f"{brief_date(first)}{until}, {hour(first)}", f"{met[scene_id]:3}", scene_id, title))
    label = scenario.draft.seats[chair].label
    yield f"What {label} decides in {scenario.head.title}: the hour there, in how many of {SAMPLE} games that went by"
    yield "the odds it came up, the scene's id, its title. Ask for a reason in one with --mark ID."
    yield ""
    widths = [max((len(row[place]) for row in rows), default=0) for place in range(3)]
    for row in rows:
        yield "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]])


def _met(scenario: Scenario) -> Counter[str]:
    """Count the games, of `SAMPLE` by the odds, in which each scene came up, with luck spared as in class."""
    from excomm_game.engine.game import MODEL, Game

    found: Counter[str] = Counter()
    for seed in range(SAMPLE):
        wanted = Wanted(scenario.head.id, (), "", Luck.SPARED.value, seed, "")
        game = Game(scenario, header_of(scenario, wanted, dict.fromkeys(scenario.seats, MODEL)))
        game.run()
        found.update({choice.scene.partition("@")[0] for choice in game.choices})
    return found
