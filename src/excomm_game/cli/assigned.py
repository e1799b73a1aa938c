"""A game under an assignment: what its file asks for, and whether that fits the scenario and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from excomm_game.cli.common import quoted, say
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import MAX_NAME, printable
from excomm_game.files.places import SAVE
from excomm_game.tui.archive import Wanted

if TYPE_CHECKING:
    from excomm_game.engine.agenda import Occurrence
    from excomm_game.engine.assignment import Assignment
    from excomm_game.engine.scenario import Scenario
    from excomm_game.tui.app import ExcommApp
    from excomm_game.tui.archive import Sitting


def under(file: Path, asked: Wanted) -> Wanted:
    """Return the game that an assignment's file asks for; in `asked` whatever was not said is empty.

    Raises UsageError where an option contradicts the file, ExcommError where the file cannot be read.
    """
    from excomm_game.files import assignments

    made = assignments.read(file)
    if asked.seed is not None and made.seed is None:
        raise UsageError(f"{printable(str(file), 200)} has a seed drawn for each student. Leave --seed out.")
    for key, wanted, said in (
        ("seat", made.seat, ", ".join(asked.seats)),
        ("school", made.school, asked.school),
        ("luck", made.luck, asked.luck),
        ("seed", str(made.seed), "" if asked.seed is None else str(asked.seed)),
    ):
        if said not in ("", wanted):
            raise UsageError(
                f"{printable(str(file), 200)} › {key} is {wanted}, and --{key} says {printable(said)}. "
                f"Leave --{key} out."
            )
    scenario = asked.scenario or made.scenario
    return Wanted(scenario, (made.seat,), made.school, made.luck, made.seed, asked.player.strip(), made)


def refuse_what_is_no_scenario(named: str, player: str) -> None:
    """Raise UsageError, with what was probably meant, where a file or part of a name stands for a scenario."""
    from excomm_game.files import scenarios

    try:
        scenarios.find(named)
    except UsageError:
        shown = printable(named, 200)
        if named.endswith(".toml"):
            said = f"{shown} is no scenario. An assignment is played so: `excomm play --assignment {quoted(shown)}`."
            raise UsageError(said) from None
        if named.endswith(SAVE):
            raise UsageError(
                f"{shown} is no scenario. Go on with a save so: `excomm resume {quoted(shown)}`."
            ) from None
        if player:
            raise UsageError(f"There is no scenario '{shown}'. {quotes_for(f'{player} {named}')}") from None
        raise


def quotes_for(name: str) -> str:
    """Say how a name of several words is typed."""
    return f'Put a name of several words in quotes: --name "{printable(name)}".'


def require_fit(asked: Assignment, scenario: Scenario, named: str) -> None:
    """Raise where an assignment is for another scenario or edition, or names a seat, school or scene it lacks.

    `named` is how the scenario was asked for.
    """
    here = scenario.head
    if asked.scenario != here.id:
        raise UsageError(
            f"The assignment is for the scenario '{asked.scenario}', not for '{here.id}'. "
            "Leave SCENARIO out, or name the folder of the one it is for."
        )
    if asked.edition != here.edition:
        raise ExcommError(
            f"The assignment is for edition {asked.edition} of '{here.id}', and here is edition {here.edition}. "
            "Install the version of excomm that your class uses, or have the assignment made anew."
        )
    _require("seat", asked.seat, scenario.seats)
    _require("school", asked.school, tuple(scenario.draft.schools))
    decided = scenes_of(scenario, asked.seat)
    for one in asked.marked:
        if one not in decided:
            raise UsageError(
                f"The assignment's marked names '{one}', which is no scene that {asked.seat} decides in {here.id}. "
                f"{how_to_see_scenes(named, scenario, asked.seat)}"
            )


def scenes_of(scenario: Scenario, seat: str) -> dict[str, list[Occurrence]]:
    """Return the scenes that a seat decides, by id, each with all the hours at which it can arise, by the clock."""
    found: dict[str, list[Occurrence]] = {}
    for occurrence in scenario.agenda:
        scene = scenario.scene_of(occurrence)
        if scene.seat == seat and scene.option:
            found.setdefault(scene.id, []).append(occurrence)
    return found


def how_to_see_scenes(named: str, scenario: Scenario, seat: str) -> str:
    """Say which command lists the scenes that can be marked; `named` is how the scenario was asked for."""
    from excomm_game.files.scenarios import elsewhere

    place = quoted(elsewhere(named, scenario.head.id) or scenario.head.id)
    chair = f" --seat {seat}" if seat != scenario.seats[0] else ""
    return f"See those there are: `excomm class assign {place}{chair} --scenes`."


def _require(key: str, named: str, there: tuple[str, ...]) -> None:
    if named not in there:
        raise UsageError(
            f"The assignment's {key} names '{printable(named)}', which this scenario does not have. "
            f"There are: {', '.join(there) or 'none'}."
        )


def named_in_lines(wanted: Wanted, lines: Iterator[str]) -> Wanted:
    """Ask for the name that goes into the save, until there is one. Raises UsageError where the input ends first."""
    from excomm_game.cli.sitting import refuse_name
    from excomm_game.words.assigned import ASK_NAME

    say(ASK_NAME)
    for line in lines:
        name = line.strip()
        if not name:
            say(ASK_NAME)
            continue
        try:
            refuse_name(name)
        except UsageError as error:
            say(str(error))
        else:
            return wanted._replace(player=name)
    raise UsageError('An assignment is handed in under a name. Give it with --name "…".')


def named_in_a_dialog(begin: Callable[[str], Sitting]) -> Callable[[ExcommApp], None]:
    """Return what opens the full screen on the question for a name, and begins under it; without one it is left."""

    def start(app: ExcommApp) -> None:
        from excomm_game.tui.screens.dialogs import WriteLine
        from excomm_game.words.assigned import ASK_NAME

        def named(name: str | None) -> None:
            if name is None:
                app.exit()
            elif not name:
                start(app)
            else:
                app.play(lambda: begin(name))

        app.push_screen(WriteLine(ASK_NAME, app.settings.player, MAX_NAME, ""), named)

    return start
