"""The guides say what is so: the author's scenario is checked and played, the teacher's commands are run, in order."""

from __future__ import annotations

import random
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from excomm_game.engine.game import Game
from excomm_game.engine.policy import open_ids
from excomm_game.files import places
from excomm_game.files.scenarios import check_folder, load
from tests.headers import header
from tests.program import run

FENCE = re.compile(r"^`([a-z]+\.toml)`[^\n]*\n\n```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def two_ships(tmp_path):
    """The folder that a reader of the author's guide has made."""
    folder = tmp_path / "two-ships"
    folder.mkdir()
    files = FENCE.findall(places.guide("author"))
    assert [name for name, _ in files] == ["scenario.toml", "days.toml", "endings.toml"]
    for name, text in files:
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_authors_scenario_checks(two_ships):
    """It has neither faults nor doubts."""
    report = check_folder(two_ships)
    assert [str(one) for one in (*report.faults, *report.doubts)] == []


def test_the_authors_scenario_plays(two_ships):
    """From its two chairs games end, and in each of its ways."""
    scenario = load(str(two_ships))
    endings = set()
    for seat in scenario.seats:
        for seed in range(60):
            game = Game(scenario, header(scenario, seed, {seat: "policy:random"}))
            game.run()
            endings.add(game.state.ending)
    assert len(endings) == 3


def test_every_guide_is_named_where_guides_are_asked_for():
    """An unknown guide is answered with those there are; each of them prints."""
    said = run("guide", "cook")
    assert said.code == 2
    for name in places.guides():
        assert name in said.err
        assert run("guide", name).code == 0


# -- the teacher's guide

TYPED = "1 because it was the least bad of what was open\n" * 120
"""A student at the plain table: the first option each time, with a reason; the same line answers each question."""

KNOWN = {"guide", "play", "auto", "replay", "resume", "debrief", "class assign", "class collect"}
WRITES = ("--out", "--html", "--save")
CLASS = "class"


def commands(name: str) -> list[list[str]]:
    """Return the commands that a guide sets apart, in its order; what stands behind wide space is a remark."""
    lines = re.findall(r"(?m)^ {4}(excomm .+)$", places.guide(name))
    return [shlex.split(re.split(r" {2,}", line)[0])[1:] for line in lines]


def what(command: list[str]) -> str:
    """Return which command it is."""
    return " ".join(command[: 1 + (command[0] == CLASS)])


def is_of_class(command: list[str]) -> bool:
    """Say whether it needs an assignment's file, or writes one."""
    return command[0] == CLASS or "--assignment" in command


def test_the_teachers_guide_installs_into_an_environment():
    """Many systems let nobody install beside their own Python: an environment is made and entered first."""
    typed = re.findall(r"(?m)^ {4}(?!excomm)(\S.+)$", places.guide("teacher"))
    assert typed[:2] == ["python3 -m venv .venv", ". .venv/bin/activate"]
    assert typed[2].startswith("python3 -m pip install ")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A teacher's folder, with nothing in it but the roster as the guide has it; saves go to a folder of their own."""
    (roster,) = re.findall(r"(?ms)^```csv\n(.*?)^```", places.guide("teacher"))
    (tmp_path / "desk" / "handed-in").mkdir(parents=True)
    (tmp_path / "desk" / "roster.csv").write_text(roster, "utf-8")
    monkeypatch.setenv("EXCOMM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def stand_in(command: list[str], desk: Path, place: int) -> list[str]:
    """Put a save where a command says SAVE: one that is not over where it is to go on, else one that is."""
    if "SAVE" not in command:
        return command
    path = desk / f"stand-in-{place}.jsonl"
    if command[0] == "resume":
        assert run("play", "black-saturday", "--seed", 3, "--save", path, typed="1\n").code == 0
    else:
        assert run("auto", "black-saturday", "--policy", "weights", "--seed", 3, "--save", path).code == 0
    return [str(path) if word == "SAVE" else word for word in command]


@pytest.mark.parametrize("for_class", [False, True])
def test_every_command_of_the_teachers_guide_runs(desk, for_class):
    """In the guide's order, each ends well and leaves the file or folder it was told to write."""
    wanted = [command for command in commands("teacher") if is_of_class(command) == for_class]
    assert wanted
    for place, command in enumerate(wanted):
        assert what(command) in KNOWN, command
        if what(command) == "class collect":
            for save in (desk.parent / "home" / "saves").glob("*.jsonl"):
                shutil.copy(save, desk / "handed-in")
        said = run(*stand_in(command, desk, place), typed=TYPED)
        assert said.code == 0, (command, said.err)
        for option, value in pairwise(command):
            assert option not in WRITES or (desk / value).exists(), command


def test_the_teachers_guide_names_what_its_commands_mark():
    """A scene that an assignment of the guide marks is one of its scenario, for the chair that students take."""
    marked = [command for command in commands("teacher") if "--mark" in command]
    assert marked
    for command in marked:
        scenario = load(command[2])
        scenes = {scene.id for scene in scenario.draft.scenes if scene.seat == scenario.seats[0] and scene.option}
        assert {value for option, value in pairwise(command) if option == "--mark"} <= scenes


def lesson_of_45_minutes(first: dict[str, str], hand: int) -> Game:
    """Play what the guide's short lesson assigns: some options as named, where they are met, the others anybody's."""
    (lesson,) = (command for command in commands("teacher") if "lesson.toml" in command and "--out" in command[:4])
    seed = int(lesson[lesson.index("--seed") + 1])
    scenario = load("black-saturday")
    chance = random.Random(hand)  # noqa: S311 - anybody's choices
    game = Game(scenario, header(scenario, seed, {"washington": "person"}, luck="spared"))
    game.run()
    while (occurrence := game.awaited) is not None:
        options = open_ids(scenario, game.state, occurrence)
        game.choose(first.get(occurrence.label) or chance.choice(options))
    return game


def met(game: Game) -> list[str]:
    """Return the scenes at which the student chose, in order."""
    return [choice.scene for choice in game.choices if choice.by == "person"]


@pytest.mark.parametrize("flights", ["fly-as-planned", "u2-stays-home", "no-flights"])
def test_the_lesson_of_45_minutes_meets_what_its_plan_says(flights):
    """At ten past four each meets one of the scenes that are marked, by what was let fly, whatever else was chosen."""
    (lesson,) = (command for command in commands("teacher") if "lesson.toml" in command and "--mark" in command)
    marked = [value for option, value in pairwise(lesson) if option == "--mark"]
    for hand in range(40):
        game = lesson_of_45_minutes({"the-flights": flights}, hand)
        asked = [scene for scene in met(game) if scene in marked]
        assert asked == (["chiefs-paper"] if flights == "no-flights" else ["lost-over-cuba"])
        if flights == "fly-as-planned":
            assert ("over-banes", "fired") in {(choice.scene, choice.option) for choice in game.choices}


@pytest.mark.parametrize(
    "first",
    [
        {"what-to-answer": "say-yes"},
        {"what-to-answer": "work-first", "out-of-the-room": "no-letter"},
        {"the-flights": "fly-as-planned", "what-to-answer": "work-first", "lost-over-cuba": "order-dawn"},
    ],
)
def test_who_has_no_half_past_seven_goes_on_at_nine(first):
    """As the plan of the short lesson says; everybody else has the meeting of that hour."""
    for hand in range(20):
        scenes = met(lesson_of_45_minutes(first, hand))
        assert "small-meeting" not in scenes
        assert "the-line" in scenes
    usual = {"what-to-answer": "work-first", "lost-over-cuba": "hold-fire", "out-of-the-room": "answer-friday"}
    assert "small-meeting" in met(lesson_of_45_minutes(usual, 0))


def test_the_other_guides_send_a_teacher_on():
    """The player's and the author's guide name the teacher's."""
    for name in ("player", "author"):
        assert "excomm guide teacher" in places.guide(name)
