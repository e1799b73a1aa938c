"""Commands that play many worlds: odds, courses, debrief."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from excomm_game import DEFAULT_SCENARIO
from excomm_game.cli.common import doubts_of, note, progress_bar, quoted, replayed, say, say_all, say_folded, say_json
from excomm_game.cli.options import AsJson, Elsewhere, Save, ScenarioRef
from excomm_game.cli.screen import INTERRUPTED
from excomm_game.engine.errors import UsageError

if TYPE_CHECKING:
    from excomm_game.cli.crew import Crew
    from excomm_game.engine.game import Game
    from excomm_game.engine.scenario import Scenario
    from excomm_game.worlds.courses import Row
    from excomm_game.worlds.risk import Shares
    from excomm_game.worlds.run import Run

ODDS_WORLDS, COURSE_WORLDS = 10_000, 20_000
ALL = "all"

Reveal = Annotated[bool, typer.Option("--reveal", help="Tell of an unfinished game what its seat does not know.")]
Jobs = Annotated[int | None, typer.Option("--jobs", help="How many processes play the worlds.")]
Dask = Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="The scheduler of a Dask cluster.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (odds, courses, debrief):
        app.command()(command)


def odds(
    save: Save,
    at: Annotated[int | None, typer.Option("--at", min=0, help="After which choice; left out, the last.")] = None,
    worlds: Annotated[int, typer.Option(help="How many worlds to play.")] = ODDS_WORLDS,
    scenario: Elsewhere = None,
    as_json: AsJson = False,
    reveal: Reveal = False,
    jobs: Jobs = None,
    dask: Dask = None,
) -> None:
    """Say how a game would end from a position, by the weights, in many worlds."""
    from excomm_game.cli.crew import crew
    from excomm_game.debrief.shapes import odds_object
    from excomm_game.worlds.risk import foresight
    from excomm_game.worlds.run import require_worlds, run_from

    require_worlds(worlds)
    game = _game(save, scenario, reveal=reveal, what="odds tell")
    n = len(game.choices) if at is None else at
    if n > len(game.choices):
        raise UsageError(f"--at {n} is past the end: the save has choices 1 to {len(game.choices)}.")
    state = game.steps[n].state
    with crew(jobs, dask) as hands:
        if state.ending is not None:
            told = foresight(game.scenario, state, worlds)
        else:
            told = _shares(game.scenario, run_from(game.scenario, state), worlds, hands)
    if as_json:
        say_json(odds_object(told))
    else:
        say(f"After choice {n} of {len(game.choices)}, in {told.worlds:,} worlds that go on by the weights:")
        say_all(_told(told))
    _stop_if_short(told.worlds, worlds)


def courses(
    scenario: ScenarioRef = DEFAULT_SCENARIO,
    seat: Annotated[str | None, typer.Option("--seat", help="The seat the courses sit in.")] = None,
    worlds: Annotated[int, typer.Option(help="How many worlds each course is played in.")] = COURSE_WORLDS,
    school: Annotated[str | None, typer.Option(help="Whose assumptions about the danger; `all` for each.")] = None,
    as_json: AsJson = False,
    svg: Annotated[Path | None, typer.Option("--svg", help="Where to draw a chart (SVG); never written over.")] = None,
    jobs: Jobs = None,
    dask: Dask = None,
) -> None:
    """Set the courses side by side: how each ends, in many worlds, by one school or all of them."""
    from excomm_game.cli.crew import crew
    from excomm_game.debrief.shapes import courses_object
    from excomm_game.files import scenarios
    from excomm_game.worlds.courses import Row, runs
    from excomm_game.worlds.run import require_worlds

    require_worlds(worlds)
    _require_free(svg)
    loaded = scenarios.load(scenario)
    schools = list(loaded.schools) if school == ALL else [loaded.default_school() if school is None else school]
    rows: list[Row] = []
    with crew(jobs, dask) as hands:
        for course, by, run in runs(loaded, loaded.seats[0] if seat is None else seat, schools):
            rows.append(Row(course, by, _shares(loaded, run, worlds, hands)))
            if rows[-1].shares.worlds < worlds:
                break
    if svg is not None:
        _draw(svg, loaded, rows)
    if as_json:
        say_json(courses_object(rows))
    else:
        for line in _table(loaded, rows):
            say(line)
    _stop_if_short(rows[-1].shares.worlds if rows else worlds, worlds)


def debrief(
    save: Save,
    html: Annotated[
        Path | None, typer.Option("--html", help="Where to write it as one HTML page; never written over.")
    ] = None,
    scenario: Elsewhere = None,
    as_json: AsJson = False,
    reveal: Reveal = False,
) -> None:
    """Explain a finished game: the danger, whose doing it was, what else was open, what was true."""
    from excomm_game.debrief import whole
    from excomm_game.debrief.shapes import debrief_object

    if os.path.isdir(save):  # noqa: PTH112 - unlike Path.is_dir it is False for a name no system can have
        raise UsageError(
            f"{save} is a folder, and a debrief is of one game. Name a save in it; "
            f"`excomm class collect {quoted(save)}` sets all of them side by side."
        )
    _require_free(html)
    game = _game(save, scenario, reveal=reveal, what="a debrief tells")
    told = whole.debrief(game, reveal=reveal, progress=progress_bar())
    if html is not None:
        from excomm_game.debrief.page import page
        from excomm_game.files import drawn

        drawn.write(html, page(told).encode())
        note(f"The page is in {html}")
    if as_json:
        say_json(debrief_object(told))
    elif html is None:
        from excomm_game.plain.debrief import printed

        for line in printed(told):
            say_folded(line)


def _require_free(path: Path | None) -> None:
    """Refuse a page or chart whose name is taken before anything is worked out for it."""
    from excomm_game.files import drawn

    if path is not None:
        drawn.require_free(path)


def _game(save: Path, scenario: str | None, *, reveal: bool, what: str) -> Game:
    """Return the game of a save. Raises UsageError for one that is not over, unless all of it may be told."""
    decoded, folded = replayed(save, scenario)
    for doubt in doubts_of(save, decoded, folded):
        note(doubt)
    if folded.game.state.ending is None and not reveal:
        raise UsageError(f"{save} is not over, and {what} what its seat does not know. Play on, or add --reveal.")
    return folded.game


def _shares(scenario: Scenario, run: Run, worlds: int, hands: Crew) -> Shares:
    """Return the shares of a run; where somebody interrupts it half-way, of the worlds played until then."""
    from excomm_game.worlds.risk import shares
    from excomm_game.worlds.run import joined, parts_of

    done = []
    try:
        for part in parts_of(run, worlds, hands.executor, hands.parts):
            done.append(part)  # noqa: PERF402 - what an interrupt leaves is kept
    except KeyboardInterrupt:
        if not done:
            raise
    return shares(scenario, joined(done))


def _stop_if_short(played: int, asked: int) -> None:
    """Say that figures rest on fewer worlds than were asked for."""
    if played < asked:
        note(f"Interrupted: these figures are partial, from {played:,} of {asked:,} worlds.")
        raise typer.Exit(INTERRUPTED)


def _told(told: Shares) -> list[str]:
    from excomm_game.words.ending import kind_words
    from excomm_game.words.figures import interval, one_in, percent
    from excomm_game.words.phrases import road_words

    lines = [f"Nuclear war: {interval(*told.nuclear)}, {one_in(told.nuclear.p)}."]
    others = [(kind, one) for kind, one in told.kinds.items() if kind != "nuclear"]
    lines += [f"{kind_words(kind).capitalize()}: {percent(one.p)}" for kind, one in others]
    if told.pathways:
        lines += ["", "By which road:"]
        lines += [f"  {road_words(pathway)}: {percent(one.p)}" for pathway, one in told.pathways.items()]
    return lines


def _table(scenario: Scenario, rows: list[Row]) -> list[str]:
    """Return the courses in columns, one block a school."""
    from excomm_game.words.figures import interval, percent

    labels = {course.id: course.label for course in scenario.draft.courses}
    width = max((len(label) for label in labels.values()), default=0)
    lines: list[str] = []
    for school in dict.fromkeys(row.school for row in rows):
        shown = [row for row in rows if row.school == school]
        lines += [
            *([""] if lines else []),
            f"By {scenario.assumptions(school)}, {shown[0].shares.worlds:,} worlds each",
        ]
        lines.append(f"{'':<{width}}  {'nuclear war':<22} {'war':>6} {'deal':>6} {'gave in':>8} {'open':>6}")
        for row in shown:
            kinds = [_short(percent(row.shares.kinds[one].p)) for one in ("war", "settlement", "retreat", "unresolved")]
            lines.append(
                f"{labels[row.course]:<{width}}  {_short(interval(*row.shares.nuclear)):<22} "
                f"{kinds[0]:>6} {kinds[1]:>6} {kinds[2]:>8} {kinds[3]:>6}"
            )
    return lines


def _short(words: str) -> str:
    return words.replace("less than ", "<").replace("more than ", ">")


def _draw(path: Path, scenario: Scenario, rows: list[Row]) -> None:
    from excomm_game.debrief.charts import courses_chart
    from excomm_game.files import drawn

    labels = {course.id: course.label for course in scenario.draft.courses}
    schools = scenario.draft.schools
    told = [(labels[row.course], schools[row.school].label if row.school else "", row.shares) for row in rows]
    drawn.write(path, courses_chart(told).encode())
    note(f"The chart is in {path}")
