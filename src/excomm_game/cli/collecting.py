"""The command that reads what a class handed in and writes what it says."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from excomm_game.cli.common import note, progress_bar, say
from excomm_game.cli.options import Elsewhere
from excomm_game.engine.errors import ExcommError, UsageError

if TYPE_CHECKING:
    from excomm_game.classroom.checking import Checked
    from excomm_game.classroom.handed import HandedIn
    from excomm_game.classroom.lesson import Lesson
    from excomm_game.classroom.roster import Roster
    from excomm_game.engine.assignment import Assignment
    from excomm_game.engine.scenario import Scenario

REPORT, CHOICES, GRADES, STATEMENTS = "report.html", "choices.csv", "grades.csv", "statements.jsonl"
WRITTEN = (REPORT, CHOICES, GRADES, STATEMENTS)
MOST_JOBS = 8
MOST_NAMED = 40  # of those who are missing, on the console
A_JOB = 6  # files: for fewer a process of their own does not pay


class Asked(NamedTuple):
    """What the class was asked to play, and what is to be said of how that was found."""

    scenario: Scenario
    assignment: Assignment | None
    notes: tuple[str, ...]


def register(group: typer.Typer) -> None:
    """Add this command to the group of the classroom."""
    group.command()(collect)


def collect(
    folder: Annotated[Path, typer.Argument(help="The folder the saves lie in, however deep, also in zip files.")],
    assignment: Annotated[
        Path | None, typer.Option("--assignment", help="The assignment's file; left out, the one most saves name.")
    ] = None,
    roster: Annotated[Path | None, typer.Option("--roster", help="The class list, as CSV.")] = None,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")] = Path("class-report"),
    attempt: Annotated[
        Literal["first", "last", "best"], typer.Option("--attempt", help="Which of a student's games counts.")
    ] = "last",
    hide_names: Annotated[bool, typer.Option("--hide-names", help="Numbers in place of names, everywhere.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over an earlier report in the folder.")] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", help="How many processes work the games out.")] = None,
    scenario: Elsewhere = None,
) -> None:
    """Read what a class handed in; write a report, two tables and xAPI statements."""
    from excomm_game.classroom.begun import begun, marks, with_begun
    from excomm_game.classroom.handed import veiled
    from excomm_game.classroom.lesson import lesson
    from excomm_game.classroom.names import HIDDEN
    from excomm_game.classroom.students import pseudonymous, pupils, told_apart
    from excomm_game.files import handed_in, handed_out

    if not force:
        handed_out.require_free(out, WRITTEN)
    own = [path for path in (assignment, roster, out) if path is not None]
    handed = list(handed_in.handed_in(folder, own))
    if hide_names:
        handed = veiled(handed)
    files = len(handed)
    drafts = [found for one in handed if (found := begun(one)) is not None]
    beside = {one.file for one in drafts}
    handed = [one for one in handed if one.name not in beside]
    asked = _asked(folder, handed, assignment, scenario)
    listed, notes = _roster(roster)
    checked = with_begun(told_apart(_checked(asked, handed, jobs)), marks(handed), drafts)
    notes = (*_named_instead(asked, handed, checked), *_begun(checked), *notes)
    everybody, unnamed = pupils(checked, listed, attempt)
    if hide_names:
        everybody, unnamed = pseudonymous(everybody, unnamed)
        hidden = f"Names are hidden: students and files are numbered, and in what they wrote a name reads {HIDDEN}."
        notes = (*notes, f"{hidden} Nicknames and misspelt names are still there.")
    told = lesson(
        asked.scenario, asked.assignment, attempt, everybody, unnamed, (*asked.notes, *notes), is_hidden=hide_names
    )
    handed_out.write(out, _written(told), over=force)
    _tell(told, out, files)


def _asked(folder: Path, handed: list[HandedIn], named: Path | None, elsewhere: str | None) -> Asked:
    """Find out what the class was asked to play. Raises ExcommError where nothing tells."""
    from excomm_game.classroom.handed import most_named
    from excomm_game.files import assignments, scenarios

    if named is not None:
        assignment: Assignment | None = assignments.read(named)
        scenario_id = assignment.scenario if assignment is not None else None
    else:
        assignment, scenario_id = most_named(handed)
    if scenario_id is None:
        raise ExcommError(
            f"There is no save in {folder} that can be read, among {len(handed)} files. "
            "Name the folder that holds the saves, or the assignment's file with --assignment."
        )
    try:
        loaded = scenarios.load(elsewhere) if elsewhere else scenarios.load_by_id(scenario_id)
    except UsageError:
        if elsewhere is not None:
            raise
        raise ExcommError(
            f"The scenario '{scenario_id}' is not to be found. Name its folder with --scenario PATH."
        ) from None
    return Asked(loaded, assignment, tuple(_found(loaded, assignment, is_named=named is not None)))


def _found(scenario: Scenario, assignment: Assignment | None, *, is_named: bool) -> list[str]:
    if assignment is None:
        return [f"No save names an assignment: every game of {scenario.head.title} counts, however it was set up."]
    called = f"“{assignment.title}” ({assignment.sha256[:8]})"
    said = [f"The assignment is {called}." if is_named else f"The assignment is {called}, which most saves name."]
    if assignment.edition != scenario.head.edition:
        said.append(
            f"It was made for edition {assignment.edition} of the scenario; here it is {scenario.head.edition}."
        )
    return said


def _named_instead(asked: Asked, handed: list[HandedIn], checked: list[Checked]) -> Iterator[str]:
    """Say so where no game counts because most saves name one other assignment than the file that was given."""
    from excomm_game.classroom.checking import KEPT
    from excomm_game.classroom.handed import named_instead

    if asked.assignment is None or any(one.standing in KEPT for one in checked):
        return
    if (found := named_instead(handed, asked.assignment)) is not None:
        other, count, of = found
        yield (
            f"No game counts: {count} of {of} saves name another assignment, “{other.title}” ({other.sha256[:8]}). A "
            "file that was changed after it was handed out, be it only its title, is another assignment. Collect with "
            "the file that was handed out, or without --assignment."
        )


def _begun(checked: list[Checked]) -> Iterator[str]:
    """Say so where answers were begun that nobody handed in."""
    count = sum(len(one.game.begun) for one in checked if one.game is not None)
    if count:
        yield (
            f"{count} {'answer was' if count == 1 else 'answers were'} begun and not handed in; the report has "
            f"{'it' if count == 1 else 'them'} student by student, and no table has."
        )


def _roster(path: Path | None) -> tuple[Roster | None, tuple[str, ...]]:
    """Read the class list; one that cannot be used is told of in the report, which goes on without it."""
    from excomm_game.classroom.roster import roster
    from excomm_game.files import handed_in

    if path is None:
        return None, ()
    data = handed_in.roster_of(path)
    try:
        listed = roster(data)
    except ExcommError as error:
        note(str(error))
        return None, (f"{error} Nobody is told as missing.",)
    shared = f"{listed.shared} of its names stand for several students: those need their identifier in the name."
    return listed, (f"The roster has {len(listed.students)} students.", *([shared] if listed.shared else []))


def _checked(asked: Asked, handed: list[HandedIn], jobs: int | None) -> list[Checked]:
    from excomm_game.classroom.checking import in_parts
    from excomm_game.cli.crew import crew

    bar = progress_bar()
    if jobs is None:
        jobs = max(1, min(os.cpu_count() or 1, MOST_JOBS, len(handed) // A_JOB))
    found: list[Checked] = []
    if bar is not None:
        bar(f"0 of {len(handed)} files", 0, len(handed))
    with crew(jobs, None) as hands:
        for part in in_parts(asked.scenario, asked.assignment, handed, hands.executor, hands.parts):
            found += part
            if bar is not None:
                bar(f"{len(found)} of {len(handed)} files", len(found), len(handed))
    if bar is not None:
        bar("done", 1, 1)
    return found


def _written(told: Lesson) -> dict[str, bytes]:
    from excomm_game.classroom.report import report
    from excomm_game.classroom.statements import statements_lines
    from excomm_game.classroom.tables import choices_table, grades_table

    return {
        name: write(told).encode()
        for name, write in zip(WRITTEN, (report, choices_table, grades_table, statements_lines), strict=True)
    }


def _tell(told: Lesson, out: Path, files: int) -> None:
    """Say in a few lines what came of it."""
    from excomm_game.classroom.students import headcount

    everything = [*(one for who in told.pupils for one in who.files), *told.unnamed]
    stood = Counter(one.standing for one in everything)
    for line in told.notes:
        say(line)
    said = ", ".join(f"{count} {standing}" for standing, count in sorted(stood.items(), key=lambda one: -one[1]))
    say(f"{files} files: {said or 'nothing to count'}.")
    say(f"{headcount(told.pupils)}; {_missing(told)}.")
    say(f"The report is {out / REPORT}")


def _missing(told: Lesson) -> str:
    """Say how many handed nothing in and, where names may be told, who they are."""
    missing = [who.name for who in told.pupils if not who.files]
    if not missing or told.is_hidden:
        return f"{len(missing)} missing"
    named = missing[:MOST_NAMED]
    more = [f"{len(missing) - MOST_NAMED} more, whom the report names"] if len(missing) > MOST_NAMED else []
    return f"{len(missing)} missing: {'; '.join([*named, *more])}"
