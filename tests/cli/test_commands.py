"""Every command: what it does, what it prints where, and what it ends with."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from excomm_game import cli
from excomm_game.engine.lines import encode
from excomm_game.engine.reader import text_of
from excomm_game.engine.record import ChoiceLine
from excomm_game.engine.replay import replay
from excomm_game.engine.rules import Chose
from excomm_game.engine.text import MAX_NAME
from excomm_game.files import saves, scenarios
from tests.files.disk import files_no_larger_than
from tests.program import CONTROL, PROGRAM, SMALL, named_in, refusal, run, run_apart

SMALL_TEXT = SMALL.read_text(encoding="utf-8")
P17 = 2**53 - 1


def record(path):
    return saves.read(path).record


def own(path) -> list[tuple[str, str]]:
    """The person's choices that stand in a save."""
    return [(choice.scene, choice.option) for choice in record(path).standing() if choice.by == "person"]


def the_save(home) -> Path:
    (path,) = (home / "saves").glob("*.jsonl")
    return path


def is_of_one(row: object) -> bool:
    """Say whether a row is a choice in a scene that the crisis has once."""
    return isinstance(row, ChoiceLine) and "@" not in row.scene


def options_on(page: str) -> int:
    return len(re.findall(r"(?m)^  \d+\. .*\]$", page))


class TestPlay:
    """A crisis is played in plain lines; every choice is saved at once."""

    def test_two_choices_through_a_pipe_are_saved_and_how_to_go_on_is_said(self, home):
        said = run_apart("play", "thirteen-days", "--plain", "--seed", 7, typed=b"1\n2\n")
        assert (said.code, said.err) == (0, "")
        path = the_save(home)
        assert said.out.count("YOU CHOSE") == 2
        assert said.out.rstrip().endswith(f"excomm resume {path}")
        assert record(path).header.seed == 7
        assert len(own(path)) == 2
        assert run("verify", path).code == 0

    def test_the_same_seed_and_choices_give_the_same_page(self):
        one, two = (
            run("play", "small-crisis", "--seed", 5, typed="1\n2\n1\n").out.splitlines()[1:-1] for _ in range(2)
        )
        assert one == two

    def test_without_a_seed_each_game_has_its_own_and_says_it(self, home):
        seeds = {re.match(r"Seed (\d+)\.", run("play", "small-crisis").out)[1] for _ in range(3)}
        assert len(seeds) == 3
        assert {str(record(path).header.seed) for path in (home / "saves").iterdir()} == seeds

    def test_the_largest_seed_is_kept_exactly(self, home):
        assert run("play", "small-crisis", "--seed", P17).code == 0
        assert record(the_save(home)).header.seed == P17

    def test_seat_school_luck_and_name_are_kept_in_the_save(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run(
            "play", "small-crisis", "--seat", "east", "--school", "grim", "--luck", "spared", "--name", "Zoë [b]",
            "--save", path, "--seed", 1, typed="1\n",
        )  # fmt: skip
        assert said.code == 0
        header = record(path).header
        assert dict(header.seats) == {"west": "model", "east": "person"}
        assert (header.school, header.luck, header.player) == ("grim", "spared", "Zoë [b]")
        assert own(path) == [("reply@1", "mild")]

    def test_the_longest_name_is_kept_whole_and_a_longer_one_is_refused(self, home):
        assert run("play", "small-crisis", "--name", "n" * MAX_NAME).code == 0
        assert record(the_save(home)).header.player == "n" * MAX_NAME
        assert str(MAX_NAME) in refusal(run("play", "small-crisis", "--name", "n" * (MAX_NAME + 1)), 2)

    def test_a_save_under_a_longer_name_is_still_read(self, tmp_path):
        """The limit is for names that come in; one that a save holds stays as it is."""
        path, longer = tmp_path / "game.jsonl", tmp_path / "longer.jsonl"
        run("play", "small-crisis", "--save", path, "--seed", 1, typed="1\n")
        kept = record(path)
        named = kept.header.model_copy(update={"player": "n" * (MAX_NAME + 100)})
        saves.write_new(longer, kept._replace(header=named))
        assert run("verify", longer).code == 0
        assert run("resume", longer, typed="1\n").code == 0
        assert len(record(longer).header.player) == MAX_NAME + 100

    def test_the_defaults_are_the_first_seat_the_first_school_and_drawn_luck(self, home):
        run("play", "small-crisis")
        header = record(the_save(home)).header
        assert dict(header.seats) == {"west": "person", "east": "model"}
        assert (header.school, header.luck, header.player) == ("calm", "drawn", "")

    def test_a_whole_game_ends_and_says_where_it_is_kept(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run("play", "small-crisis", "--seed", 5, "--save", path, typed="1\n3\n1\nwarm\nsettle\nnot read\n")
        assert said.code == 0
        for words in ("THE END", "A letter is answered", "Judge 1: ", str(path)):
            assert words in said.out
        assert "resume" not in said.out.split("THE END")[1]

    def test_a_number_counts_the_open_options_and_an_id_names_one(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", path, typed="send-fleet\n2\n")
        assert own(path) == [("morning@1", "send-fleet"), ("morning@2", "threaten")], "at sea, number 2 is to threaten"

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("2 because the ships need time", "the ships need time"),
            ("send-fleet because [b]bold[/b] [@click=app.bell]x[/]", "[b]bold[/b] [@click=app.bell]x[/]"),
            ("2  because   it is late, because of that", "it is late, because of that"),
            ('2 because "quotes", "chain": and \\ é漢🚢', '"quotes", "chain": and \\ é漢🚢'),
            ("2", None),
            ("2 because ", None),
        ],
    )
    def test_a_reason_is_kept_with_the_choice(self, tmp_path, line, reason):
        path = tmp_path / "game.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", path, typed=f"{line}\n")
        if line.endswith("because "):
            assert own(path) in ([], [("morning@1", "send-fleet")]), "refused, or a choice without a reason"
            return
        first = record(path).standing()[0]
        assert (first.option, first.reason) == ("send-fleet", reason)

    def test_markup_in_a_reason_is_printed_as_it_is(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", path, typed="2 because [b]x[/b] [@click=app.quit]y[/]\n")
        assert "Reason: [b]x[/b] [@click=app.quit]y[/]" in run("replay", path, "--plain").out

    @pytest.mark.parametrize(
        "line",
        [
            "0",
            "4",
            "99",
            "-1",
            "+1",
            "1.0",
            "1 2",
            "²",
            "١",
            "none",
            "wait-",
            "2because x",
            "because x",
            "1;2",
        ],
    )
    def test_a_line_that_fits_nothing_is_refused_and_the_next_is_read(self, tmp_path, line):
        path = tmp_path / "game.jsonl"
        said = run("play", "small-crisis", "--seed", 5, "--save", path, typed=f"{line}\n2\n")
        assert said.code == 0
        assert "none of the options" in said.out
        assert own(path) == [("morning@1", "send-fleet")]

    def test_a_closed_option_is_refused_with_its_reason(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run("play", "small-crisis", "--seed", 5, "--save", path, typed="2\nsend-fleet\n1\n")
        assert "Closed: Send the fleet. The fleet is at sea." in said.out
        assert "That is closed: The fleet is at sea." in said.out
        assert own(path) == [("morning@1", "send-fleet"), ("morning@2", "wait")]

    @pytest.mark.parametrize("word", ["quit", "q", "exit", "QUIT", " quit "])
    def test_leaving_keeps_the_game(self, tmp_path, word):
        path = tmp_path / "game.jsonl"
        said = run("play", "small-crisis", "--seed", 5, "--save", path, typed=f"1\n{word}\n1\n")
        assert said.code == 0
        assert "excomm resume" in said.out
        assert len(own(path)) == 1

    def test_the_last_line_counts_even_without_its_newline(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", path, typed="1\n3")
        assert [option for _, option in own(path)] == ["wait", "threaten"]

    def test_windows_line_ends_and_empty_lines_are_no_matter(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run_apart("play", "small-crisis", "--seed", 5, "--save", path, typed=b"\r\n1\r\n\r\n \r\n3\r\n")
        assert [option for _, option in own(path)] == ["wait", "threaten"]


class TestWords:
    """A word shows what it asks for, and changes nothing."""

    @pytest.mark.parametrize(
        ("word", "shown"),
        [
            ("help", "Type the number of an option"),
            ("?", "Type the number of an option"),
            ("council", "They bend when pressed."),
            ("about 1", "It costs nothing yet."),
            ("ABOUT 1", "It costs nothing yet."),
            ("about 9", "There is no option 9"),
            ("papers", "A note from the embassy"),
            ("read 1", "The embassy asks for patience."),
            ("read 2", "There is no document 2"),
            ("read 0", "There is no document 0"),
            ("situation", "Tension: calm (10 of 100)"),
            ("ladder", "Ladder"),
            ("journal", "The crisis begins"),
            ("again", "SCENE: What to do today"),
        ],
    )
    def test_each_word(self, tmp_path, word, shown):
        path = tmp_path / "game.jsonl"
        said = run("play", "small-crisis", "--seed", 5, "--save", path, typed=f"{word}\n")
        assert said.code == 0
        page, _, answer = said.out.partition("[threaten]")
        assert page.count("SCENE: What to do today") == 1
        assert shown in answer
        assert own(path) == []

    def test_hidden_values_are_nowhere_to_be_read(self, tmp_path):
        words = "help\ncouncil\npapers\nread 1\nsituation\nladder\njournal\nagain\n1\njournal\n"
        said = run("play", "small-crisis", "--seed", 5, "--save", tmp_path / "game.jsonl", typed=words)
        assert "What nobody is told" not in said.out
        assert "Something goes wrong" not in said.out

    def test_back_takes_back_the_last_choice_and_the_record_says_so(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run("play", "small-crisis", "--seed", 5, "--save", path, typed="back\n1\n3\nback\nback\nback\n2\n")
        assert said.out.count("taken back.") == 2
        assert said.out.count("no choice of yours to take back") == 2
        assert own(path) == [("morning@1", "send-fleet")]
        assert sum(hasattr(row, "back_to") for row in record(path).rows) == 2
        assert run("verify", path).code == 0

    def test_back_inside_one_sitting(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", path, typed="1\n1\n1\nwarm\nback\ncold\nfirm\n")
        assert [option for _, option in own(path)][-2:] == ["cold", "firm"]
        assert run("verify", path).code == 0


class TestWhatChanged:
    """What a choice changed is told apart from what others and the clock did afterwards."""

    def test_the_future_is_not_told_with_the_choice(self, tmp_path):
        """Moscow answers a day after the republics are asked; the choice to ask them has not changed that."""
        typed = "announce-quarantine\n" + "1\n" * 8
        said = run("play", "thirteen-days", "--seed", 11, "--save", tmp_path / "game.jsonl", typed="1\n" + typed).out
        blocks = said.split("YOU CHOSE: ")[1:]
        assert any("Moscow's first answer" in block for block in blocks), "it is told at last"
        for block in blocks:
            own, _, after = block.partition("What changed: ")
            assert "first answer" not in after.partition("\n\n")[0], own

    def test_what_others_did_is_told_after_the_news(self, tmp_path):
        said = run("play", "thirteen-days", "--seed", 11, "--save", tmp_path / "game.jsonl", typed="1\n" * 20).out
        assert "Since then: " in said


class TestTitle:
    """The title refuses what it does not offer."""

    @pytest.mark.parametrize("typed", ["0000019", "0", "99", "\u00b2", "-1", "x"])
    def test_a_number_that_is_not_there(self, typed):
        said = run(typed=f"{typed}\nq\n")
        assert (said.code, said.err) == (0, "")
        assert said.out.count("Type a number from 1 to") == 2

    def test_after_the_guide_it_is_there_again(self):
        number = re.search(r"(\d+)\. The player's guide", run(typed="q\n").out)[1]
        said = run(typed=f"{number}\nq\n")
        assert said.out.count("Type a number from 1 to") == 2
        assert "same luck" in said.out


class TestHotSeat:
    """Several people at one table: the page is handed over, nobody reads another's news, nothing is taken back."""

    ARGS = ("play", "small-crisis", "--seat", "west", "--seat", "east", "--seed", 5, "--save")

    def test_both_seats_choose_in_turn(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run(*self.ARGS, path, typed="\n1\n\nsharp\n\n3\n")
        assert said.code == 0
        assert dict(record(path).header.seats) == {"west": "person", "east": "person"}
        assert own(path) == [("morning@1", "wait"), ("reply@1", "sharp"), ("morning@2", "threaten")]
        assert said.out.count("West, press Enter") == 2
        assert said.out.count("The table passes to East. Press Enter to clear the page.") == 2

    def test_the_order_in_which_seats_are_named_is_no_matter(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run("play", "small-crisis", "--seat", "east", "--seat", "west", "--save", path, typed="\n1\n\nmild\n")
        assert own(path) == [("morning@1", "wait"), ("reply@1", "mild")]

    def test_what_was_shown_is_out_of_sight_before_the_other_seat_reads(self, tmp_path):
        said = run(*self.ARGS, tmp_path / "game.jsonl", typed="\n1\n\n").out
        outcome, _, between = said.partition("The table passes to East")
        assert "YOU CHOSE" in outcome, "the outcome stays in sight until its reader presses Enter"
        assert between.split("East, press Enter")[0].endswith("\n" * 50)

    def test_another_seats_private_news_is_not_read_out(self, tmp_path):
        said = run(*self.ARGS, tmp_path / "game.jsonl", typed="\n1\n\npapers\njournal\n").out
        east = said.split("East, press Enter")[1]
        assert "A note has come" not in east
        assert "The day passes" not in east
        assert "No documents yet" in east

    def test_nothing_is_taken_back(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run(*self.ARGS, path, typed="\n1\n\nback\nmild\n\nback\n1\n")
        assert said.out.count("Nothing is taken back where several people play.") == 2
        assert [option for _, option in own(path)] == ["wait", "mild", "wait"]

    def test_it_can_be_left_and_resumed_at_the_hand_over(self, tmp_path):
        path = tmp_path / "game.jsonl"
        run(*self.ARGS, path, typed="\n1\n")
        said = run("resume", path, typed="\nsharp\n")
        assert said.code == 0
        assert "East, press Enter" in said.out
        assert own(path) == [("morning@1", "wait"), ("reply@1", "sharp")]


class TestResume:
    """A saved game goes on where it stood."""

    def test_the_newest_save_when_none_is_named(self, home):
        for seed, moment in ((1, 100), (2, 300), (3, 200)):
            run(
                "play",
                "small-crisis",
                "--seed",
                seed,
                "--save",
                _made(home / "saves") / f"game-{seed}.jsonl",
                typed="1\n",
            )
            os.utime(home / "saves" / f"game-{seed}.jsonl", (moment, moment))
        said = run("resume", typed="3\n")
        assert said.code == 0
        assert len(own(home / "saves" / "game-2.jsonl")) == 2
        assert len(own(home / "saves" / "game-1.jsonl")) == len(own(home / "saves" / "game-3.jsonl")) == 1

    def test_with_no_save_at_all_it_says_how_to_begin(self):
        assert "excomm play" in refusal(run("resume"), 2)

    def test_a_game_in_two_sittings_is_the_game_in_one(self, tmp_path):
        one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
        typed = ["1\n", "3 because x\n", "2\n", "warm\n", "firm\n", "1\n"]
        run("play", "small-crisis", "--seed", 5, "--save", one, typed="".join(typed))
        run("play", "small-crisis", "--seed", 5, "--save", two, typed=typed[0])
        for line in typed[1:]:
            assert run("resume", two, typed=line).code == 0
        first, second = ([row._replace(took=None) for row in record(path).standing()] for path in (one, two))
        assert first == second

    def test_a_finished_game_shows_its_end_and_stays_as_it_is(self, finished):
        before = finished.read_bytes()
        said = run("resume", finished, typed="1\n")
        assert said.code == 0
        assert "THE END" in said.out
        assert finished.read_bytes() == before

    @pytest.mark.parametrize("torn", [0, 30])
    @pytest.mark.parametrize("lines", [1, 2, 5])
    def test_a_policys_game_that_was_cut_off_is_left_as_it_is_and_can_be_branched(self, tmp_path, lines, torn):
        """Nobody sits in it who could go on. What it holds stands, and the remedy gives its seat to a person."""
        path = tmp_path / "auto's.jsonl"
        run("auto", "small-crisis", "--policy", "weights", "--seed", 5, "--save", path)
        whole = path.read_bytes()
        cut = whole[: len(b"".join(whole.splitlines(keepends=True)[:lines])) + torn]
        path.write_bytes(cut)
        said = refusal(run("resume", path, typed="1\n"), 2)
        assert path.read_bytes() == cut
        if torn:
            (verified,) = json.loads(run("verify", path, "--json").out)["saves"]
            assert named_in(verified["fault"]) == named_in(said), "one remedy, whoever is asked"
        branch = tmp_path / "branch.jsonl"
        assert run(*named_in(said), "--save", branch).code == 0
        assert len(record(branch).standing()) == lines - 1
        assert run("resume", branch, typed="1\n").code == 0

    def test_a_policys_game_that_is_over_shows_its_end(self, tmp_path):
        """Where there is nothing left to choose, nobody need sit; an ending that was cut off is written again."""
        path = tmp_path / "auto.jsonl"
        run("auto", "small-crisis", "--policy", "weights", "--seed", 5, "--save", path)
        whole = path.read_bytes()
        for kept in (whole, b"".join(whole.splitlines(keepends=True)[:-1])):
            path.write_bytes(kept)
            assert "THE END" in run("resume", path).out
            assert path.read_bytes() == whole

    @pytest.mark.parametrize("command", ["resume", "verify", "replay", "branch"])
    def test_a_save_of_a_scenario_that_is_found_nowhere_takes_its_folder(self, home, tmp_path, unfinished, command):
        elsewhere = tmp_path / "elsewhere"
        shutil.move(home / "scenarios" / "small-crisis", elsewhere)
        args = [command, unfinished] + (["--at", 1] if command == "branch" else [])
        assert "--scenario" in refusal(run(*args), 3)
        assert run(*args, "--scenario", elsewhere).code == 0

    def test_another_scenario_than_the_saves_own_is_refused(self, tmp_path, unfinished):
        (tmp_path / "other").mkdir()
        text = SMALL_TEXT.replace('id = "small-crisis"', 'id = "other-crisis"')
        (tmp_path / "other" / "scenario.toml").write_text(text, encoding="utf-8")
        assert "small-crisis" in refusal(run("verify", unfinished, "--scenario", tmp_path / "other"), 3)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class TestAuto:
    """A policy plays a whole game."""

    KEYS = (
        "scenario", "seed", "school", "luck", "policy", "ending", "kind", "choices", "steps", "rung", "digest", "save"
    )  # fmt: skip

    @pytest.mark.parametrize("policy", ["history", "weights", "random", "threats"])
    def test_the_json_is_what_scripts_rely_on(self, tmp_path, policy):
        path = tmp_path / "auto.jsonl"
        said = run("auto", "small-crisis", "--policy", policy, "--seed", 5, "--save", path, "--json")
        assert (said.code, said.err) == (0, "")
        assert said.out.count("\n") == 1
        content = json.loads(said.out)
        assert tuple(content) == self.KEYS
        kept = record(path)
        standing = kept.standing()
        assert content | {"ending": 0, "kind": 0, "rung": 0} == {
            "scenario": "small-crisis", "seed": 5, "school": "calm",
            "luck": "history" if policy == "history" else "drawn", "policy": policy, "ending": 0, "kind": 0,
            "choices": sum(choice.by in ("person", "policy") for choice in standing), "steps": len(standing), "rung": 0,
            "digest": kept.rows[-1].state, "save": str(path),
        }  # fmt: skip
        assert content["ending"] == kept.rows[-1].ended
        assert content["kind"] == kept.rows[-1].kind
        assert content["rung"] in (2, None)
        assert run("verify", path).code == 0

    def test_without_a_save_none_is_written(self, home):
        content = json.loads(run("auto", "small-crisis", "--policy", "random", "--seed", 5, "--json").out)
        assert content["save"] is None
        assert not (home / "saves").exists()

    def test_history_takes_what_was_done_everywhere(self, tmp_path):
        path = tmp_path / "auto.jsonl"
        run("auto", "small-crisis", "--policy", "history", "--save", path)
        options = {choice.option for choice in record(path).standing()}
        assert options == {"wait", "mild", "quiet", "warm", "firm"}
        assert dict(record(path).header.seats)["west"] == "policy:history"

    def test_history_with_drawn_luck_is_historical_in_its_own_seat_alone(self, tmp_path):
        path = tmp_path / "auto.jsonl"
        run("auto", "small-crisis", "--policy", "history", "--luck", "drawn", "--seed", 4, "--save", path)
        standing = record(path).standing()
        assert {choice.by for choice in standing} <= {"policy", "model", "fate"}
        assert {choice.option for choice in standing if choice.scene.startswith("morning")} == {"wait"}
        assert record(path).header.luck == "drawn"

    def test_a_course_names_its_option_and_leaves_the_rest_to_the_weights(self, tmp_path):
        path = tmp_path / "auto.jsonl"
        run("auto", "small-crisis", "--policy", "threats", "--seed", 5, "--save", path)
        by = {(choice.scene.split("@")[0], choice.by) for choice in record(path).standing()}
        assert ("morning", "policy") in by
        assert ("letter-tone", "model") in by

    def test_the_policy_sits_in_the_seat_that_is_named(self, tmp_path):
        path = tmp_path / "auto.jsonl"
        run("auto", "small-crisis", "--policy", "random", "--seat", "east", "--seed", 5, "--save", path)
        assert dict(record(path).header.seats) == {"west": "model", "east": "policy:random"}

    def test_spared_luck_never_ends_in_nuclear_war_by_chance(self, tmp_path):
        spared = 0.0
        for seed in range(12):
            path = tmp_path / f"auto-{seed}.jsonl"
            run("auto", "small-crisis", "--policy", "threats", "--school", "grim", "--luck", "spared", "--seed", seed,
                "--save", path)  # fmt: skip
            standing = record(path).standing()
            assert all(choice.option != "launch" for choice in standing)
            spared += sum(choice.spared or 0 for choice in standing)
            assert run("verify", path).code == 0
        assert spared > 0

    def test_in_words_it_is_one_line(self):
        said = run("auto", "small-crisis", "--policy", "weights", "--seed", 5)
        assert said.code == 0
        assert said.out.count("\n") == 1
        assert "Everybody is tired" in said.out


class TestStudy:
    """replay, verify, branch and compare look at a save and never change it."""

    def test_verify_json_is_what_scripts_rely_on(self, finished, unfinished):
        said = run("verify", finished, unfinished, "--json")
        assert (said.code, said.err) == (0, "")
        content = json.loads(said.out)
        assert list(content) == ["saves"]
        assert [tuple(one) for one in content["saves"]] == [("path", "ok", "luck", "steps", "digest", "fault")] * 2
        first, second = content["saves"]
        assert first["path"] == str(finished)
        assert (first["ok"], first["luck"], first["fault"]) == (True, "drawn", None)
        assert first["digest"] == record(finished).rows[-1].state
        assert second["steps"] == len(record(unfinished).standing())
        assert second["digest"] == record(unfinished).standing()[-1].state

    def test_a_save_may_number_every_occurrence(self, finished, tmp_path):
        """Also that of a scene which has only one; whatever reads the save tells the same of it."""
        kept, numbered = record(finished), tmp_path / "handed-in" / "numbered.jsonl"
        numbered.parent.mkdir()
        rows = [one._replace(scene=f"{one.scene}@1") if is_of_one(one) else one for one in kept.rows]
        assert rows != list(kept.rows)
        numbered.write_bytes(encode([kept.header, *rows])[0])
        assert run("verify", numbered).code == 0
        for command in (["debrief"], ["replay", "--plain"], ["debrief", "--json"]):
            told = [run(command[0], path, *command[1:]) for path in (finished, numbered)]
            assert (told[1].code, told[1].err) == (0, "")
            assert told[0].out.replace(str(finished), str(numbered)) == told[1].out
        assert run("class", "collect", numbered.parent, "--out", tmp_path / "told").code == 0

    def test_a_save_cannot_name_a_folder_to_be_read(self, finished, tmp_path, monkeypatch):
        """Its scenario is an id; a path is a person's to give."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        monkeypatch.chdir(tmp_path)
        for name in (str(elsewhere), "elsewhere"):
            kept = record(finished)
            header = kept.header.model_copy(update={"scenario": name})
            forged = tmp_path / "handed-in" / "forged.jsonl"
            forged.parent.mkdir(exist_ok=True)
            forged.write_bytes(encode([header, *kept.rows])[0])
            assert "is not to be found" in refusal(run("verify", forged), 3)
            collected = run("class", "collect", forged.parent, "--out", tmp_path / "told")
            assert "is not to be found" in refusal(collected, 3)

    def test_verify_of_one_bad_save_among_good_ones_still_tells_of_the_others(self, finished, unfinished):
        unfinished.write_bytes(unfinished.read_bytes().replace(b'"wait"', b'"wane"'))
        said = run("verify", finished, unfinished, "--json")
        assert said.code == 1
        assert [one["ok"] for one in json.loads(said.out)["saves"]] == [True, False]
        said = run("verify", finished, unfinished)
        assert said.code == 1
        assert "reproduces" in said.out
        assert "does not" in said.out

    def test_verify_ends_with_the_code_of_the_worst_whichever_comes_first(self, finished, tmp_path):
        newer, cut = tmp_path / "newer.jsonl", tmp_path / "cut.jsonl"
        newer.write_bytes(b'{"excomm": 2}\n')
        cut.write_bytes(b"{\n")
        for order in ([cut, newer, finished], [newer, cut, finished], [finished, newer, cut]):
            assert run("verify", *order).code == 4
        assert run("verify", finished, cut).code == 3

    def test_verify_says_that_an_end_is_torn(self, finished):
        finished.write_bytes(finished.read_bytes()[:-5])
        said = run("verify", finished, "--json")
        assert said.code == 1
        fault = json.loads(said.out)["saves"][0]["fault"]
        assert "never finished" in fault
        assert named_in(fault) == ["resume", str(finished)]
        assert run(*named_in(fault)).code == 0

    def test_replay_shows_what_was_decided_and_not_only_how(self, finished):
        """Before each choice stands what its chair read, each paragraph of a scene and each document once."""
        said = run("replay", finished, "--plain").out
        game = replay(scenarios.load("small-crisis"), record(finished)).game
        read = set()
        for n, step in enumerate(game.steps):
            for event in step.events:
                if isinstance(event, Chose):
                    shown = " ".join(said.partition(f"\n{n}. ")[2].partition(f" / {event.option}]")[0].split())
                    assert game.scenario.scene_of(event.occurrence).title in shown
                    for part in text_of(game.scenario, event.occurrence, event.before).split("\n\n"):
                        key = (event.occurrence.scene, part)
                        assert (" ".join(part.split()) in shown) == (key not in read or not part)
                        read.add(key)
        assert len(read) > 1

    def test_replay_shows_a_finished_game_choice_by_choice(self, finished):
        said = run("replay", finished, "--plain")
        assert (said.code, said.err) == (0, "")
        numbers = [int(n) for n in re.findall(r"(?m)^(\d+)\. [A-Z][a-z]+day", said.out)]
        assert numbers == list(range(1, len(record(finished).standing()) + 1))
        assert "A letter is answered" in said.out
        assert "In 1962" in said.out

    def test_replay_from_and_to(self, finished):
        said = run("replay", finished, "--plain", "--from", 2, "--to", 4)
        assert [int(n) for n in re.findall(r"(?m)^(\d+)\. [A-Z][a-z]+day", said.out)] == [2, 3, 4]
        assert "THE END" not in said.out
        assert "The crisis begins" in run("replay", finished, "--plain", "--to", 0).out
        assert "--from" in refusal(run("replay", finished, "--from", 9, "--to", 3), 2)
        assert "choices" in refusal(run("replay", finished, "--from", 999), 2)

    def test_replay_of_an_unfinished_game_tells_no_more_than_its_seat_was_told(self, unfinished):
        told = run("replay", unfinished, "--plain")
        assert told.code == 0
        assert "Something goes wrong" not in told.out
        assert "--reveal" in told.out
        assert "Reason: we must" in told.out
        assert "Something goes wrong" in run("replay", unfinished, "--plain", "--reveal").out

    def test_branch_shares_the_first_choices_and_keeps_their_luck(self, finished, tmp_path):
        path = tmp_path / "branch.jsonl"
        before = finished.read_bytes()
        said = run("branch", finished, "--at", 4, "--save", path)
        assert (said.code, said.err) == (0, "")
        assert "excomm resume" in said.out
        assert finished.read_bytes() == before
        first, second = record(finished).standing(), record(path).standing()
        assert second == first[:4]
        assert record(path).header.parent.at == 4
        assert run("resume", path, typed="1\n").code == 0
        assert run("verify", path).code == 0
        content = json.loads(run("compare", finished, path, "--json").out)
        assert content["common"] >= 4

    def test_branch_at_nought_is_the_opening_and_at_the_end_the_whole(self, finished, tmp_path):
        count = len(record(finished).standing())
        for at in (0, count):
            path = tmp_path / f"branch-{at}.jsonl"
            assert run("branch", finished, "--at", at, "--save", path).code == 0
            assert len(record(path).standing()) == at
            assert run("verify", path).code == 0
        assert str(count) in refusal(run("branch", finished, "--at", count + 1), 2)

    def test_branch_of_a_policys_game_gives_the_seat_to_a_person(self, tmp_path):
        auto, path = tmp_path / "auto.jsonl", tmp_path / "branch.jsonl"
        run("auto", "small-crisis", "--policy", "history", "--save", auto)
        assert run("branch", auto, "--at", 3, "--save", path).code == 0
        said = run("resume", path, typed="3\n")
        assert said.code == 0
        assert own(path) == [("morning@2", "threaten")]
        assert run("verify", path).code == 0

    def test_branch_without_a_place_goes_to_the_players_folder(self, home, finished):
        said = run("branch", finished, "--at", 2)
        assert said.code == 0
        assert str(the_save(home)) in said.out

    def test_branch_leaves_out_what_was_taken_back(self, tmp_path):
        source, path = tmp_path / "game.jsonl", tmp_path / "branch.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", source, typed="1\n3\nback\n2\n")
        count = len(record(source).standing())
        assert run("branch", source, "--at", count, "--save", path).code == 0
        assert own(path) == [("morning@1", "wait"), ("morning@2", "send-fleet")]
        assert run("verify", path).code == 0

    def test_compare_json_is_what_scripts_rely_on(self, finished, tmp_path):
        other = tmp_path / "other.jsonl"
        run("play", "small-crisis", "--seed", 5, "--save", other, typed="1\n1\n")
        said = run("compare", finished, other, "--json")
        assert (said.code, said.err) == (0, "")
        content = json.loads(said.out)
        assert list(content) == ["common", "left", "right", "first_divergence"]
        assert content["common"] == 3
        assert content["first_divergence"] == {"n": 4, "scene": "morning@2", "left": "threaten", "right": "wait"}
        assert content["left"]["ending"] == "settled"
        assert content["right"]["ending"] is None
        # each day a morning of one's own, a reply and an accident; on the third the letter's tone and terms as well
        assert (content["left"]["choices"], content["left"]["steps"]) == (5, 11)
        assert (content["right"]["choices"], content["right"]["steps"]) == (2, 6)

    def test_compare_of_a_game_with_itself_finds_no_difference(self, finished):
        content = json.loads(run("compare", finished, finished, "--json").out)
        assert content["common"] == len(record(finished).standing())
        assert content["first_divergence"] is None
        assert content["left"] == content["right"]
        assert "They do not differ." in run("compare", finished, finished).out

    def test_compare_of_a_game_with_its_beginning(self, finished, tmp_path):
        path = tmp_path / "branch.jsonl"
        run("branch", finished, "--at", 3, "--save", path)
        content = json.loads(run("compare", finished, path, "--json").out)
        assert (content["common"], content["first_divergence"]) == (3, None)
        assert "One goes on where the other stops." in run("compare", path, finished).out

    @pytest.mark.parametrize("command", [["verify"], ["replay", "--plain"], ["compare"]])
    def test_no_look_at_a_save_changes_a_byte_of_it(self, finished, command):
        finished.write_bytes(finished.read_bytes()[:-5])
        before, when = finished.read_bytes(), finished.stat().st_mtime_ns
        run(command[0], finished, *(command[1:] or [finished]))
        assert finished.read_bytes() == before
        assert finished.stat().st_mtime_ns == when


class TestAuthor:
    """scenario list and check."""

    def test_list_shows_what_can_be_played(self):
        said = run("scenario", "list")
        assert (said.code, said.err) == (0, "")
        assert re.search(r"(?m)^thirteen-days: ", said.out)
        assert re.search(r"(?m)^small-crisis: A Small Crisis.*west, east", said.out)

    def test_check_json_is_what_scripts_rely_on(self):
        said = run("scenario", "check", "small-crisis", "--json")
        assert (said.code, said.err) == (0, "")
        assert json.loads(said.out) == {"ok": True, "faults": [], "doubts": []}

    def test_check_of_faults_ends_with_3_and_names_file_place_and_message(self, home):
        (home / "scenarios" / "small-crisis" / "more.toml").write_text(
            '[[scene]]\nid = "x"\nseat = "nobody"\nat = 1962-10-17T10:00:00\ntitle = "x"\ncolour = 1\n[track.t]\n',
            encoding="utf-8",
        )
        said = run("scenario", "check", "small-crisis", "--json")
        assert said.code == 3
        content = json.loads(said.out)
        assert list(content) == ["ok", "faults", "doubts"]
        assert content["ok"] is False
        assert len(content["faults"]) > 1
        assert all(list(fault) == ["file", "where", "message"] for fault in content["faults"])
        assert {fault["file"] for fault in content["faults"]} == {"more.toml"}
        said = run("scenario", "check", "small-crisis")
        assert said.code == 3
        assert "more.toml › scene x › colour" in said.out

    def test_check_of_doubts_alone_ends_with_1_and_is_ok(self, home):
        """A condition of a scene that a person can hold reads what the seat cannot see: a doubt, not a fault."""
        text = SMALL_TEXT.replace('''when = "fleet == 'home'"''', 'when = "secret < 9"')
        (home / "scenarios" / "small-crisis" / "scenario.toml").write_text(text, encoding="utf-8")
        said = run("scenario", "check", "small-crisis", "--json")
        assert said.code == 1
        content = json.loads(said.out)
        assert (content["ok"], content["faults"]) == (True, [])
        assert all(list(doubt) == ["file", "where", "message"] for doubt in content["doubts"])
        assert any("secret" in doubt["message"] for doubt in content["doubts"])

    def test_a_scenario_with_faults_cannot_be_played_and_says_where_to_read_them_all(self, home):
        (home / "scenarios" / "small-crisis" / "more.toml").write_text("[", encoding="utf-8")
        message = refusal(run("play", "small-crisis", typed="1\n"), 3)
        assert "more.toml" in message
        assert "scenario check" in message
        assert not (home / "saves").exists()


class TestTitleAndGuide:
    """Without a command: the title. The guides are read in the terminal."""

    def test_a_game_can_be_begun_from_the_title(self, home):
        said = run(typed="1\n1\nquit\n")
        assert said.code == 0
        assert "Thirteen Days" in said.out or "A Small Crisis" in said.out
        assert len(own(the_save(home))) == 1

    def test_the_newest_save_can_be_gone_on_with_from_the_title(self, home):
        run("play", "small-crisis", "--seed", 5, typed="1\n")
        listed = run(typed="").out
        (number,) = re.findall(r"(?m)^ +(\d+)\. Go on", listed)
        assert run(typed=f"{number}\n3\n").code == 0
        assert len(own(the_save(home))) == 2

    def test_lines_that_fit_nothing_are_refused_and_leaving_is_possible(self):
        said = run(typed="x\n0\n999\n²\nquit\n")
        assert said.code == 0
        assert said.out.count("Type a number") == 5

    def test_help_lists_every_command_and_each_has_help_of_its_own(self):
        said = run_apart("--help")
        assert said.code == 0
        for command in ("play", "resume", "auto", "replay", "verify", "branch", "compare", "scenario", "guide"):
            assert re.search(rf"(?m)^  {command} ", said.out)
            assert run(command, "--help").code == 0

    def test_the_guide_prints(self):
        for args in (["guide"], ["guide", "player"]):
            said = run(*args)
            assert (said.code, said.err) == (0, "")
            assert said.out.startswith("# ")
            assert len(said.out) > 500

    def test_the_version(self):
        assert re.fullmatch(r"excomm \d+\.\d+\.\d+\n", run("--version").out)


NO_SUCH = [
    (["play", "no-such-crisis"], "scenario list"),
    (["play", "small-crisis", "--seat", "nobody"], "west"),
    (["play", "small-crisis", "--school", "nobody"], "calm"),
    (["play", "small-crisis", "--name", "a\x1bb"], "U+001B"),
    (["auto", "small-crisis", "--policy", "no-such"], "threats"),
    (["auto", "small-crisis", "--policy", "weights", "--seat", "fate"], "west"),
    (["resume", "missing.jsonl"], "missing.jsonl"),
    (["verify", "missing.jsonl"], "missing.jsonl"),
    (["verify", "missing.jsonl", "--json"], "missing.jsonl"),
    (["replay", "."], "folder"),
    (["branch", "missing.jsonl", "--at", "1"], "missing.jsonl"),
    (["compare", "missing.jsonl", "missing.jsonl"], "missing.jsonl"),
    (["scenario", "check", "no-such-crisis"], "scenario list"),
    (["guide", "no-such"], "player"),
]
USAGE = [
    ["no-such-command"],
    ["--no-such-option"],
    ["play", "--no-such-option"],
    ["play", "a", "b"],
    ["play", "small-crisis", "--seed", "-1"],
    ["play", "small-crisis", "--seed", str(2**53)],
    ["play", "small-crisis", "--seed", "seven"],
    ["play", "small-crisis", "--seed", "1.5"],
    ["play", "small-crisis", "--seed"],
    ["play", "small-crisis", "--luck", "good"],
    ["auto", "small-crisis"],
    ["verify"],
    ["branch"],
    ["branch", "missing.jsonl"],
    ["branch", "missing.jsonl", "--at", "-1"],
    ["replay", "missing.jsonl", "--from", "x"],
    ["compare", "missing.jsonl"],
    ["scenario", "no-such"],
]
ON_A_SAVE = (["resume"], ["verify"], ["replay"], ["branch", "--at", "0"])
UNSAFE = "a\x1b[31m\x07\u202eb"


class TestNamedCommands:
    """A command that is named can be typed as it stands: whole, fit for a shell, with the scenario it needs."""

    @pytest.fixture
    def far(self, tmp_path) -> Path:
        """A folder whose path is long and needs quoting."""
        return _made(tmp_path / ("a player's " * 10) / ("$HOME; " * 20))

    @pytest.fixture
    def elsewhere(self, home, far) -> Path:
        """The small crisis, where it is found by its folder alone."""
        return Path(shutil.move(home / "scenarios" / "small-crisis", far / "else where"))

    @pytest.fixture
    def left(self, far, elsewhere) -> Path:
        """A game of it that was left after two choices."""
        path = far / "my game.jsonl"
        assert run("play", elsewhere, "--seed", 5, "--save", path, typed="1\n3\n").code == 0
        return path

    def test_after_a_branch(self, left, elsewhere):
        said = run("branch", left, "--at", 2, "--scenario", elsewhere, "--save", left.with_name("a branch.jsonl"))
        assert run(*named_in(said.out)).code == 0

    def test_after_a_sitting(self, left, elsewhere):
        said = run("resume", left, "--scenario", elsewhere, typed="1\n")
        assert run(*named_in(said.out), typed="1\n").code == 0

    def test_after_a_policys_game(self, far, elsewhere):
        said = run("auto", elsewhere, "--policy", "weights", "--save", far / "auto.jsonl")
        assert "THE END" in run(*named_in(said.out)).out

    def test_where_nobody_sits(self, far, elsewhere):
        path = far / "auto.jsonl"
        run("auto", elsewhere, "--policy", "weights", "--save", path)
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
        assert run(*named_in(refusal(run("resume", path, "--scenario", elsewhere), 2))).code == 0

    def test_where_a_save_is_damaged(self, left, elsewhere):
        left.write_bytes(left.read_bytes().replace(b'"threaten"', b'"wait"'))
        assert run(*named_in(refusal(run("resume", left, "--scenario", elsewhere), 3))).code == 0

    def test_where_the_choices_no_longer_apply(self, left, elsewhere):
        _changed(elsewhere, "threaten", "menace")
        assert run(*named_in(refusal(run("resume", left, "--scenario", elsewhere), 3))).code == 0

    def test_where_the_states_are_others(self, left, elsewhere):
        _changed(elsewhere, "tension += 8", "tension += 9")
        assert run(*named_in(refusal(run("resume", left, "--scenario", elsewhere), 3))).code == 0

    @pytest.mark.parametrize("resumes", [True, False])
    def test_where_the_disk_is_full(self, far, left, elsewhere, resumes):
        path = far / "another.jsonl"
        if resumes:
            path.write_bytes(left.read_bytes())
        args = ["resume", path, "--scenario", elsewhere] if resumes else ["play", elsewhere, "--save", path]
        with files_no_larger_than(left.stat().st_size + 20):
            said = run(*args, typed="1\n1\n1\n")
        assert said.code == 3
        kept = path.read_bytes()
        assert run(*named_in(said.err), typed="1\n").code == 0
        assert path.read_bytes().startswith(kept)
        assert len(path.read_bytes()) > len(kept)

    def test_where_a_scenario_has_faults(self, elsewhere):
        _changed(elsewhere, "tension += 8", "tension += nothing")
        said = run(*named_in(refusal(run("play", elsewhere), 3)))
        assert (said.code, said.err) == (3, "")
        assert "nothing" in said.out


def _changed(folder: Path, old: str, new: str) -> None:
    """Change a word of a scenario."""
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "scenario.toml").write_text(text.replace(old, new), encoding="utf-8")


class TestErrors:
    """An error is one or two plain sentences on stderr; stdout stays empty and the exit code says what kind it was."""

    @pytest.mark.parametrize(("args", "named"), NO_SUCH, ids=[" ".join(args) for args, _ in NO_SUCH])
    def test_what_is_not_there_is_wrong_usage_and_the_remedy_is_named(self, tmp_path, monkeypatch, args, named):
        monkeypatch.chdir(tmp_path)
        assert named in refusal(run(*args), 2)

    @pytest.mark.parametrize("args", USAGE, ids=" ".join)
    def test_wrong_usage_ends_with_2(self, tmp_path, monkeypatch, args):
        monkeypatch.chdir(tmp_path)
        refusal(run(*args), 2)

    def test_wrong_usage_of_the_real_program_shows_no_traceback(self):
        said = run_apart("play", "--no-such-option")
        assert (said.code, said.out) == (2, "")
        assert "Traceback" not in said.err

    def test_an_invalid_file_ends_with_3(self, tmp_path):
        path = tmp_path / "foreign.jsonl"
        path.write_bytes(b"\x89PNG\r\n\x1a\n")
        for args in (*ON_A_SAVE, ["compare", path]):
            assert str(path) in refusal(run(*args, path), 3)

    def test_a_newer_file_ends_with_4(self, tmp_path, finished):
        path = tmp_path / "newer.jsonl"
        first, rest = finished.read_bytes().split(b"\n", 1)
        path.write_bytes(first.replace(b'"excomm": 1', b'"excomm": 9') + b"\n" + rest)
        for args in (*ON_A_SAVE, ["compare", path]):
            assert "newer" in refusal(run(*args, path), 4)

    def test_a_save_in_use_ends_with_5(self, unfinished):
        with saves.Writer(unfinished):
            refusal(run("resume", unfinished, typed="1\n"), 5)

    @pytest.mark.parametrize(
        "args",
        [
            ["play", UNSAFE], ["play", "small-crisis", "--seat", UNSAFE],
            ["play", "small-crisis", "--school", UNSAFE],
            ["play", "small-crisis", "--name", UNSAFE], ["auto", "small-crisis", "--policy", UNSAFE],
            ["resume", UNSAFE],
            ["verify", UNSAFE], ["replay", UNSAFE], ["branch", UNSAFE, "--at", "1"], ["guide", UNSAFE],
            ["scenario", "check", UNSAFE], ["play", "small-crisis", "--save", f"{UNSAFE}/x.jsonl"],
        ],
        ids=lambda args: " ".join(args[:-1]),
    )  # fmt: skip
    def test_what_is_refused_is_never_printed_back_raw(self, tmp_path, monkeypatch, args):
        monkeypatch.chdir(tmp_path)
        refusal(run(*args), 2)

    @pytest.mark.parametrize(
        "args", [[UNSAFE], [f"--{UNSAFE}"], ["play", "--seed", UNSAFE], ["auto", "--luck", UNSAFE]]
    )
    def test_neither_is_what_the_command_line_itself_refuses(self, args):
        said = run(*args)
        assert said.code == 2
        assert not CONTROL.search(said.err.replace("\n", ""))

    def test_a_path_with_control_characters_is_not_printed_raw_where_it_can_be_written(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        path = f"{UNSAFE}.jsonl"
        for args in (["play", "small-crisis", "--save", path], ["resume", path], ["replay", path], ["verify", path]):
            said = run(*args, typed="1\n")
            assert said.code == 0
            assert not CONTROL.search((said.out + said.err).replace("\n", "")), args


class TestInterrupted:
    """Ctrl-C ends with 130, in words, and loses nothing."""

    @pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
    def test_in_the_middle_of_a_game(self, tmp_path):
        path = tmp_path / "game.jsonl"
        with subprocess.Popen(
            [*PROGRAM, "play", "small-crisis", "--plain", "--seed", "5", "--save", str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as game:  # fmt: skip
            assert game.stdin is not None
            assert game.stdout is not None
            assert game.stderr is not None
            game.stdin.write(b"1\n")
            game.stdin.flush()
            for line in game.stdout:
                if b"YOU CHOSE" in line:
                    break
            game.send_signal(signal.SIGINT)
            game.stdout.read()
            err = game.stderr.read()
            game.wait(timeout=30)
            game.stdin.close()
        assert game.returncode == 130
        assert b"Traceback" not in err
        assert b"resume" in err
        assert own(path) == [("morning@1", "wait")]
        assert run("verify", path).code == 0


class TestTerminals:
    """The plain game is the same game whatever the terminal, the locale or the pipe is."""

    @pytest.mark.parametrize(
        "environ",
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"PYTHONIOENCODING": "cp1252"},
            {"PYTHONIOENCODING": "ascii:strict"},
            {"TERM": "dumb"},
            {"NO_COLOR": "1", "FORCE_COLOR": "1"},
            {"COLUMNS": "10", "LINES": "2"},
            {"TZ": "Pacific/Kiritimati"},
            {"PYTHONHASHSEED": "7"},
            {"ACCESSIBLE": "1"},
        ],
        ids=str,
    )
    def test_it_says_the_same_under(self, tmp_path, environ):
        typed = "2 because é漢🚢 [b]\njournal\n1\nread 1\n"
        here = run("play", "small-crisis", "--seed", 5, "--save", tmp_path / "here.jsonl", typed=typed)
        said = run_apart(
            "play", "small-crisis", "--seed", 5, "--save", tmp_path / "game.jsonl", typed=typed.encode(),
            **environ,
        )  # fmt: skip
        assert (said.code, said.err) == (0, "")
        assert said.out.replace("game.jsonl", "here.jsonl") == here.out
        assert own(tmp_path / "game.jsonl") == own(tmp_path / "here.jsonl")
        first = record(tmp_path / "game.jsonl").standing()[0]
        assert first.reason == "é漢🚢 [b]"
        assert not CONTROL.search(said.out.replace("\n", ""))

    @pytest.mark.parametrize(
        "line",
        [
            b"1 because \x1b]52;c;aGk=\x07",
            b"1 because a\x00b",
            b"1 because \xe2\x80\xaeabc",
            b"1 because \xc2\x9b31m",
            b"\x1b[A\x1b[B",
            b"\x00\x00",
            b"\xff\xfe\x80",
            b"\xed\xa0\x80",
            b"read \x1b[2J",
            b"\xe2\x80\xae1",
        ],
    )
    def test_control_bytes_in_a_line_are_refused_and_never_echoed(self, tmp_path, line):
        path = tmp_path / "game.jsonl"
        said = run_apart("play", "small-crisis", "--seed", 5, "--save", path, typed=line + b"\n3\n")
        assert (said.code, said.err) == (0, "")
        assert not CONTROL.search(said.out.replace("\n", ""))
        assert own(path) == [("morning@1", "threaten")]

    def test_a_huge_line_is_refused_and_the_next_is_read(self, tmp_path):
        path = tmp_path / "game.jsonl"
        typed = b"1" * 3_000_000 + b"\n" + b"2 because " + b"x" * 2500 + b"\n3\n"
        said = run_apart("play", "small-crisis", "--seed", 5, "--save", path, typed=typed)
        assert (said.code, said.err) == (0, "")
        assert "too long" in said.out
        assert "longer than" in said.out
        assert own(path) == [("morning@1", "threaten")]

    def test_a_huge_line_without_an_end_leaves_the_game_as_it_was(self, tmp_path):
        path = tmp_path / "game.jsonl"
        said = run_apart("play", "small-crisis", "--seed", 5, "--save", path, typed=b"3\n" + b"x" * 100_000)
        assert said.code == 0
        assert own(path) == [("morning@1", "threaten")]

    @pytest.mark.parametrize("args", [["replay", "finished.jsonl", "--plain"], ["play", "small-crisis"], ["guide"]])
    @pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
    def test_a_reader_that_leaves_early_is_no_error(self, finished, args):
        args = [str(finished) if one.endswith(".jsonl") else one for one in args]
        with subprocess.Popen(
            [*PROGRAM, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as game:
            assert game.stdin is not None
            assert game.stdout is not None
            assert game.stderr is not None
            game.stdout.close()
            with contextlib.suppress(BrokenPipeError):
                game.stdin.write(b"1\n" * 200)
                game.stdin.close()
            err = game.stderr.read()
            code = game.wait(timeout=30)
        assert err == b""
        assert code == 0

    @pytest.mark.skipif(shutil.which("sh") is None, reason="this system has no sh")
    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    @pytest.mark.parametrize("args", ["play small-crisis --seed 5", "scenario list", "play no-such"])
    def test_streams_that_are_closed_are_no_traceback(self, closed, args):
        command = f'"{sys.executable}" -m excomm_game {args} {closed}'
        done = subprocess.run(["sh", "-c", command], input=b"1\n", capture_output=True, timeout=30, check=False)
        assert b"Traceback" not in done.stderr + done.stdout
        assert done.returncode == (2 if "no-such" in args else 0)

    def test_messages_go_to_stderr_and_data_to_stdout_with_nothing_else(self, unfinished):
        unfinished.write_bytes(unfinished.read_bytes()[:-5])
        said = run("replay", unfinished, "--plain")
        assert said.code == 0
        assert "never finished" in said.err
        assert "never finished" not in said.out


def test_run_never_leaks_the_exception_that_carries_an_exit_code():
    """`cli.run` answers with a number for whatever is asked of it."""
    assert cli.run(["play", "no-such"]) == 2
    assert cli.run(["--help"]) == 0
