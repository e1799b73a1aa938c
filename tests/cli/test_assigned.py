"""Assignments on the command line: made by a teacher, played in plain lines under their rules, handed in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from excomm_game.cli.classroom import QUESTIONS
from excomm_game.engine.game import Game
from excomm_game.engine.record import AnswerLine
from excomm_game.files import assignments, drafts, saves, scenarios
from excomm_game.plain.table import Table
from tests.program import chosen, refusal, run

PLAYED = "1\n3\n1\nwarm\nsettle\n"


@pytest.fixture
def lesson(tmp_path):
    """Writes an assignment of the small crisis and returns its file."""

    def made(*options: object) -> Path:
        path = tmp_path / "lesson.toml"
        path.unlink(missing_ok=True)
        said = run("class", "assign", "small-crisis", "--out", path, "--seed", 5, *options)
        assert said.code == 0, said
        return path

    return made


@pytest.fixture
def path(tmp_path) -> Path:
    """Where a game is kept."""
    return tmp_path / "game.jsonl"


def play(lesson: Path, path: Path, typed: str, *options: object) -> str:
    """Play under an assignment; return what was said."""
    said = run("play", "--assignment", lesson, "--name", "A. Student", "--save", path, *options, typed=typed)
    assert (said.code, said.err) == (0, "")
    assert run("verify", path).code == 0
    return said.out


def answers(path: Path) -> list[tuple[str, str]]:
    """The answers that a save holds."""
    rows = saves.read(path).record.rows
    return [(row.answer.question, row.answer.text) for row in rows if isinstance(row, AnswerLine)]


class TestAssign:
    """`excomm class assign`."""

    def test_the_defaults(self, tmp_path):
        """One seed for all, luck spared, nothing forbidden, no reasons, two questions, the first seat and school."""
        path = tmp_path / "lesson.toml"
        said = run("class", "assign", "black-saturday", "--out", path)
        made = assignments.read(path)
        assert said.code == 0
        assert (made.scenario, made.edition) == ("black-saturday", scenarios.load("black-saturday").head.edition)
        assert (made.seat, made.luck, made.takebacks, made.estimate) == ("washington", "spared", True, True)
        assert (made.reasons, made.marked, made.seconds, made.questions) == ("none", (), None, QUESTIONS)
        assert made.seed is not None
        assert made.title == "Black Saturday: Washington"

    def test_the_command_that_is_said_is_the_one_a_student_types(self, lesson, tmp_path, monkeypatch):
        """Word for word, in the folder where the file lies."""
        path = lesson()
        path.unlink()
        said = run("class", "assign", "small-crisis", "--out", path).out
        (line,) = re.findall(r"Each student types: excomm (.*)", said)
        assert line == 'play --assignment lesson.toml --name "…"'
        monkeypatch.chdir(tmp_path)
        assert "A Small Crisis: West." in run(*line.replace('"…"', "Zoë").split()).out

    def test_a_scenario_from_elsewhere_is_named_in_it(self, tmp_path, home):
        """Where the id alone would not find the scenario, the student is told the folder."""
        folder = (home / "scenarios" / "small-crisis").rename(tmp_path / "elsewhere")
        said = run("class", "assign", folder, "--out", tmp_path / "lesson.toml").out
        assert f"excomm play {folder} --assignment lesson.toml" in said
        assert run("play", folder, "--assignment", tmp_path / "lesson.toml", "--name", "Zoë").code == 0

    def test_every_option_stands_in_the_file(self, tmp_path):
        """What is asked for is what is written."""
        path = tmp_path / "lesson.toml"
        said = run(
            "class", "assign", "small-crisis", "--out", path, "--seat", "east", "--school", "grim", "--luck", "drawn",
            "--seed", 7, "--no-takebacks", "--no-estimate", "--mark", "reply", "--mark", "reply", "--seconds", 90,
            "--question", 'Why "so"?', "--question", "What \\ now?", "--title", "Lesson 3 — Zoë",
        )  # fmt: skip
        assert said.code == 0, said
        table = tomllib.loads(path.read_text(encoding="utf-8"))["assignment"]
        assert table == {
            "title": "Lesson 3 — Zoë", "scenario": "small-crisis", "edition": 1, "seat": "east", "school": "grim",
            "luck": "drawn", "seed": 7, "takebacks": False, "estimate": False, "reasons": "marked",
            "marked": ["reply"], "seconds": 90, "questions": ['Why "so"?', "What \\ now?"],
        }  # fmt: skip

    def test_a_seed_for_each_student(self, tmp_path):
        """With --own-luck no seed stands in the file, and each game draws its own."""
        path = tmp_path / "lesson.toml"
        run("class", "assign", "small-crisis", "--out", path, "--own-luck")
        assert assignments.read(path).seed is None
        games = [tmp_path / f"{n}.jsonl" for n in range(3)]
        for game in games:
            run("play", "--assignment", path, "--name", "Zoë", "--save", game)
        assert len({saves.header(game).seed for game in games}) == 3

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--seat", "north"], "There is no seat 'north'"),
            (["--school", "gentle"], "There are: calm, grim."),
            (["--mark", "reply"], "no scene that west decides in small-crisis"),
            (["--mark", "reply"], "`excomm class assign small-crisis --scenes`"),
            (["--mark", "morning", "--seat", "east"], "`excomm class assign small-crisis --seat east --scenes`"),
            (["--reasons", "marked"], "`excomm class assign small-crisis --scenes`"),
            (["--mark", "morning", "--reasons", "every"], "--mark goes with --reasons marked"),
            (["--seed", "1", "--own-luck"], "--seed and --own-luck exclude each other"),
            (["--seconds", "5"], "seconds must not be below 10"),
            (["--question", "Only one?"], "questions must have 2 entries or more"),
            (["--title", "a\tb"], "title must be one line"),
            (["--question", "Why?", "--question", "Why?"], "questions asks the same twice"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(self, tmp_path, options, said):
        """Each with what there is instead."""
        path = tmp_path / "lesson.toml"
        refused = run("class", "assign", "small-crisis", "--out", path, *options)
        assert said in refusal(refused, 2)
        assert not path.exists()

    def test_a_file_must_be_named(self):
        """An assignment that goes nowhere is refused with what to add."""
        assert "--out lesson.toml" in refusal(run("class", "assign", "small-crisis"), 2)

    @pytest.mark.parametrize("seat", ["west", "east"])
    def test_the_scenes_there_are_can_be_listed_and_marked(self, tmp_path, seat):
        """With hour and title and how often each comes up; nothing is written, and each id is one --mark takes."""
        path = tmp_path / "lesson.toml"
        said = run("class", "assign", "small-crisis", "--seat", seat, "--scenes", "--out", path)
        assert (said.code, said.err) == (0, "")
        assert not path.exists()
        scenario = scenarios.load("small-crisis")
        rows = re.findall(r"(?m)^(.+), (\d\d:\d\d) +(\d+)  ([a-z-]+) +(\S.*)$", said.out)
        decided = {scene.id: scene.title for scene in scenario.scenes if scene.seat == seat and scene.option}
        assert {scene: title for *_, scene, title in rows} == decided
        assert [when for when, *_ in rows] == sorted(when for when, *_ in rows)
        assert all(0 <= int(met) <= 100 for _, _, met, _, _ in rows)
        marks = [word for scene in decided for word in ("--mark", scene)]
        assert run("class", "assign", "small-crisis", "--seat", seat, "--out", path, *marks).code == 0

    def test_a_file_is_never_written_over(self, lesson):
        """The first stays as it was."""
        path = lesson()
        before = path.read_bytes()
        assert "there already" in refusal(run("class", "assign", "small-crisis", "--out", path), 2)
        assert path.read_bytes() == before


class TestPlaying:
    """`excomm play --assignment` in plain lines."""

    def test_from_file_to_hand_in(self, lesson, path):
        """The rules are said, the questions asked, the answers kept, and one line says what to hand in."""
        asked = lesson("--question", "Why one?", "--question", "Why two?")
        said = play(asked, path, f"{PLAYED}Because.\n\nAnd <b>so</b>.\n\n")
        header = saves.header(path)
        assert header.assignment == assignments.read(asked).header()
        assert (header.player, header.seed, header.school, header.luck) == ("A. Student", 5, "calm", "spared")
        assert header.seats == {"west": "person", "east": "model"}
        assert answers(path) == [("Why one?", "Because."), ("Why two?", "And <b>so</b>.")]
        order = ["After the end 2 questions", "THE END", "Why one?", "Why two?", "HOW IT WAS JUDGED", "Hand in"]
        assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
        assert f"\nHand in this file: {path}\n" in said

    def test_the_name_is_asked_for(self, lesson, home):
        """Until there is one that can be kept; without one nothing is begun."""
        for typed in ("", "\n \n"):
            assert "--name" in run("play", "--assignment", lesson(), typed=typed).err
        assert not list((home / "saves").glob("*"))
        said = run("play", "--assignment", lesson(), "--name", "  ", typed="\n\x07\nZoë\n")
        assert said.out.count("Your name") == 2
        assert "U+0007" in said.out
        (save,) = (home / "saves").iterdir()
        assert saves.header(save).player == "Zoë"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--seat", "east"], "seat is west, and --seat says east"),
            (["--seat", "west", "--seat", "east"], "Leave --seat out"),
            (["--school", "grim"], "school is calm, and --school says grim"),
            (["--luck", "drawn"], "luck is spared, and --luck says drawn"),
            (["--seed", "6"], "seed is 5, and --seed says 6"),
            (["thirteen-days"], "for the scenario 'small-crisis', not for 'thirteen-days'"),
        ],
    )
    def test_an_option_that_contradicts_it_is_refused(self, lesson, home, options, said):
        """In a sentence that says what to leave out; one that says the same is no matter."""
        assert said in refusal(run("play", *options, "--assignment", lesson(), "--name", "Zoë"), 2)
        assert not list((home / "saves").glob("*"))
        same = ["small-crisis", "--seat", "west", "--school", "calm", "--luck", "spared", "--seed", "5"]
        assert run("play", *same, "--assignment", lesson(), "--name", "Zoë").code == 0

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("--assignment {lesson} --name A. Student", '--name "A. Student"'),
            ("--name Anna Maria Student --assignment {lesson}", '--name "Anna Maria Student"'),
            ("--name Anna Student small-crisis", '--name "Anna Student"'),
            ("{lesson}", "`excomm play --assignment {lesson}`"),
            ("lost.toml --name Zoë", "`excomm play --assignment lost.toml`"),
            ("game.jsonl", "`excomm resume game.jsonl`"),
        ],
    )
    def test_what_was_probably_meant_is_said(self, lesson, home, typed, meant):
        """A name without quotes, or a file where the scenario stands: the message has the words to type instead."""
        path = lesson()
        said = refusal(run("play", *typed.format(lesson=path).split()), 2)
        assert meant.format(lesson=path) in said
        assert not list((home / "saves").glob("*"))

    def test_a_seed_of_ones_own_is_refused_where_it_is_drawn(self, tmp_path):
        """Nobody chooses the luck that is drawn for each."""
        path = tmp_path / "lesson.toml"
        run("class", "assign", "small-crisis", "--out", path, "--own-luck")
        assert "Leave --seed out" in refusal(run("play", "--assignment", path, "--name", "Zoë", "--seed", 1), 2)

    @pytest.mark.parametrize(
        ("was", "now", "code", "said"),
        [
            ("edition = 1", "edition = 2", 3, "for edition 2 of 'small-crisis', and here is edition 1"),
            ('seat = "west"', 'seat = "north"', 2, "seat names 'north'"),
            ('school = "calm"', 'school = "kind"', 2, "school names 'kind'"),
            ('reasons = "none"', 'reasons = "marked"\nmarked = ["reply"]', 2, "marked names 'reply'"),
            ('scenario = "small-crisis"', 'scenario = "nowhere"', 2, "no scenario 'nowhere'"),
        ],
    )
    def test_a_file_that_does_not_fit_the_scenario(self, lesson, home, was, now, code, said):
        """Changed by hand to what is not there, or for another edition, it is refused before anything is written."""
        path = lesson()
        path.write_text(path.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
        assert said in refusal(run("play", "--assignment", path, "--name", "Zoë"), code)
        assert not list((home / "saves").glob("*"))

    def test_a_reason_is_asked_for_where_it_is_needed(self, lesson, path):
        """After the option, or with it; an empty line goes back to the options, and quit leaves."""
        said = play(lesson("--mark", "morning"), path, "1\n\n1 because of that\n3\nto be heard\n1\nquit\n")
        assert said.count("Why? One line") == 3
        assert "Your assignment asks for a reason here." in said.replace("\n", " ")
        kept = [choice for choice in saves.read(path).record.standing() if choice.by == "person"]
        assert [(one.option, one.reason) for one in kept] == [("wait", "of that"), ("threaten", "to be heard")]

    def test_only_marked_scenes_need_one(self, lesson, path):
        """Where a scene is not marked nobody is asked."""
        said = play(lesson("--mark", "letter-terms"), path, PLAYED + "It is enough.\n")
        assert said.count("Why? One line") == 1
        assert chosen(path)[-1] == "settle"

    def test_nothing_is_taken_back_where_that_is_forbidden(self, lesson, path):
        """It is said, at the start and when it is tried, and help does not offer it; inside a sitting it is free."""
        said = play(lesson("--no-takebacks"), path, "1\nback\nhelp\n3\n1\nwarm\nback\ncool\n")
        assert "No choice can be taken back" in said
        assert "Your assignment lets no choice be taken back once its page is left." in said.replace("\n", " ")
        assert "  back  " not in said
        assert said.count("Your last choice is taken back.") == 1
        assert chosen(path)[:3] == ["wait", "threaten", "wait"]

    def test_no_estimate_is_shown_where_it_is_not_to_be(self, lesson, path):
        """Neither worked out nor offered."""
        said = play(lesson("--no-estimate"), path, "estimate\nhelp\n")
        assert "Your assignment shows no estimate." in said
        assert "The model's estimate:" not in said
        assert "  estimate  " not in said

    def test_what_is_allowed_is_offered(self, lesson, path):
        """An assignment that forbids nothing leaves all as it is."""
        said = play(lesson(), path, "help\nestimate\n1\nback\n")
        assert "  estimate  " in said
        assert "  back  " in said
        assert "The model's estimate:" in said
        assert "Your last choice is taken back." in said

    def test_questions_can_be_left_for_later(self, lesson, path):
        """Resume asks only what is still open, under the save's own rules: the file is not needed any more."""
        asked = lesson("--question", "Why one?", "--question", "Why two?")
        said = play(asked, path, f"{PLAYED}\nBecause.\nlater\n")
        assert "The answer is empty." in said
        assert "Hand in" not in said
        assert "HOW IT WAS JUDGED" not in said, "the truth waits until they are answered"
        assert f"1 of the 2 questions of your assignment is open. Go on with: excomm resume {path}\n" in said
        assert f"Then hand in this file: {path}\n" in said
        asked.unlink()
        again = run("resume", path, typed="And so.\n\n")
        assert "Why one?" not in again.out
        assert f"Hand in this file: {path}" in again.out
        assert answers(path) == [("Why one?", "Because."), ("Why two?", "And so.")]
        done = run("resume", path, typed="\n")
        assert "Question" not in done.out
        assert f"Hand in this file: {path}" in done.out

    def test_a_game_left_before_its_end_says_what_is_to_be_handed_in(self, lesson, path):
        """And how to go on until it can be."""
        said = play(lesson(), path, "1\nquit\n")
        assert f"not over. Go on with: excomm resume {path}\nThen hand in this file: {path}\n" in said

    def test_what_is_answered_is_begun_no_more(self, lesson, path):
        """An answer that was begun in the full screen and given here leaves no draft; other drafts stay."""
        asked = lesson("--question", "Why one?", "--question", "Why two?")
        play(asked, path, f"{PLAYED}\nlater\n")
        header = saves.header(path)
        for question in ("Why one?", "Why two?"):
            drafts.keep(path, header, question, "Half a thought")
        said = run("resume", path, typed="Because.\nlater\n")
        assert said.out.count("in the full screen:\n  Half a thought") == 2, "shown before it can be lost"
        assert drafts.read(path, header) == {"Why two?": "Half a thought"}
        run("resume", path, typed="And so.\n\n")
        assert not drafts.place(path, header).exists()

    def test_what_was_begun_can_be_handed_in_as_it_is(self, lesson, path):
        """However many lines it has; where nothing was begun the word is an answer like any other."""
        asked = lesson("--question", "Why one?", "--question", "Why two?")
        play(asked, path, f"{PLAYED}\nlater\n")
        drafts.keep(path, saves.header(path), "Why one?", "A thought.\n\nAnd another.")
        run("resume", path, typed="keep\nkeep\n\n")
        assert answers(path) == [("Why one?", "A thought.\n\nAnd another."), ("Why two?", "keep")]

    def test_drafts_that_cannot_be_read_stay_and_do_not_stand_in_an_answers_way(self, lesson, path):
        """It is said, and the answer is kept."""
        asked = lesson("--question", "Why one?", "--question", "Why two?")
        play(asked, path, f"{PLAYED}\nlater\n")
        begun = drafts.place(path, saves.header(path))
        begun.write_bytes(b"[]")
        said = run("resume", path, typed="Because.\nlater\n")
        assert (said.code, answers(path)) == (0, [("Why one?", "Because.")])
        assert "no drafts that can be read" in said.err
        assert begun.read_bytes() == b"[]"

    def test_resume_goes_on_under_the_rules(self, lesson, path):
        """Of the header alone."""
        asked = lesson("--no-takebacks", "--no-estimate", "--reasons", "every")
        play(asked, path, "1 because so\n")
        asked.unlink()
        said = run("resume", path, typed="back\nestimate\n1\n").out.replace("\n", " ")
        assert "lets no choice be taken back" in said
        assert "shows no estimate" in said
        assert "Why? One line" in said
        assert chosen(path) == ["wait"]


class TestTime:
    """A limit for each choice, by a clock that the test moves."""

    @pytest.fixture
    def table(self, lesson, path):
        """Plays with a clock: each line comes with the seconds that pass before it."""

        def played(seconds: int, *typed: tuple[int, str]) -> tuple[Game, str]:
            play(lesson("--seconds", seconds, "--reasons", "every"), path, "")
            now, said = [0.0], []
            with saves.Writer(path) as writer:
                game = Game(scenarios.load("small-crisis"), writer.decoded.record.header)
                game.run()

                def lines():
                    for passed, line in typed:
                        now[0] += passed
                        yield line

                Table(game, writer.append, lines(), said.append, lambda: now[0], {}).play()
            assert run("verify", path).code == 0
            assert saves.read(path).record == game.record
            return game, "\n".join(said)

        return played

    def test_in_time(self, table):
        """The time is said with the page, and a choice in time is one's own."""
        game, said = table(60, (20, "again"), (10, "3"), (10, "a threat"), (59, "1 because now"))
        assert [(one.by, one.option) for one in game.choices if one.scene.startswith("morning")][:2] == [
            ("person", "threaten"),
            ("person", "wait"),
        ]
        assert "Time for this choice: 1 minute." in said
        assert "Time for this choice: 40 seconds." in said
        assert game.choices[0].took == 40

    @pytest.mark.parametrize("late", [[(61, "3 because I can")], [(30, "3"), (31, "I can")], [(61, "help")]])
    def test_too_late(self, table, late):
        """The odds decide, the line that came too late does nothing, it is said and verifies; the next choice has its
        own time.
        """
        game, said = table(60, *late, (59, "1 because now"))
        first, second = [one for one in game.choices if one.scene.startswith("morning")][:2]
        assert (first.by, first.reason, first.took) == ("model", None, 60)
        assert (second.by, second.reason) == ("person", "now")
        assert "Your time ran out before that line" in said
        assert "THEY TOOK: " in said

    def test_leaving_too_late(self, table):
        """Whoever leaves after the time is over leaves, with the choice made."""
        game, _ = table(60, (61, "quit"), (1, "1 because now"))
        assert [one.by for one in game.choices if one.scene.startswith("morning")] == ["model"]
