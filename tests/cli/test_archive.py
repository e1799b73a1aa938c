"""The archive of the full screen: the same games, saves and refusals as on the command line."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from excomm_game.cli.archive import Disk
from excomm_game.engine.errors import ExcommError, InUse, UsageError
from excomm_game.files import places, saves
from excomm_game.tui.archive import Wanted
from tests.program import SMALL, run

WEST = Wanted("small-crisis", ("west",), "calm", "drawn", 5, "")
ENDED = ["wait", "threaten", "wait", "warm", "settle"]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def elsewhere(home, tmp_path) -> Path:
    """The small crisis, where it is found by its folder alone."""
    return Path(shutil.move(home / "scenarios" / "small-crisis", tmp_path / "elsewhere"))


def play(disk: Disk, wanted: Wanted = WEST, options: list[str] | None = None) -> str:
    """Play a game, leave it, and return its key."""
    sitting = disk.begin(wanted)
    for option in options or []:
        sitting.keep(sitting.game.choose(option))
    sitting.leave()
    return sitting.key


class TestScenarios:
    """What can be played, as `scenario list` has it."""

    def test_by_name(self, disk):
        """Every scenario that can be found is there, with how long it takes."""
        assert [(one.id, one.title, one.minutes) for one in disk.scenarios()] == [
            ("black-saturday", "Black Saturday", 20), ("small-crisis", "A Small Crisis", 2),
            ("thirteen-days", "Thirteen Days", 45),
        ]  # fmt: skip

    def test_what_cannot_be_played(self, disk, home):
        """A scenario that cannot be read is not offered, and asking for it says what is wrong."""
        (home / "scenarios" / "small-crisis" / "scenario.toml").write_text("[", encoding="utf-8")
        assert [one.id for one in disk.scenarios()] == ["black-saturday", "thirteen-days"]
        with pytest.raises(ExcommError, match="scenario check"):
            disk.scenario("small-crisis")
        with pytest.raises(UsageError, match="scenario list"):
            disk.scenario("no-such")

    def test_one_from_elsewhere(self, elsewhere):
        """A scenario named by its folder is there under the id it gives itself, for every use."""
        disk = Disk(str(elsewhere))
        assert [one.id for one in disk.scenarios()] == ["black-saturday", "small-crisis", "thirteen-days"]
        assert disk.scenario("small-crisis").head.id == "small-crisis"
        key = play(disk, options=["wait"])
        assert disk.saves()[0].title == "A Small Crisis"
        assert len(disk.recording(key).game.choices) > 0
        disk.branch(key, 0).leave()
        disk.resume(key).leave()
        with pytest.raises(ExcommError, match="--scenario"):
            Disk().resume(key)

    def test_one_from_elsewhere_goes_before_another_of_its_id(self, home, tmp_path):
        """Whoever names a folder means that folder; saves of other scenarios find their own."""
        mine = tmp_path / "mine"
        shutil.copytree(home / "scenarios" / "small-crisis", mine)
        text = SMALL.read_text(encoding="utf-8").replace("A Small Crisis", "My Crisis")
        (mine / "scenario.toml").write_text(text, encoding="utf-8")
        disk = Disk(str(mine))
        assert disk.scenario("small-crisis").head.title == "My Crisis"
        assert [one.title for one in disk.scenarios()] == ["Black Saturday", "My Crisis", "Thirteen Days"]
        assert disk.recording(str(places.history_save())).game.state.ending is not None

    def test_one_that_is_not_there(self, tmp_path):
        """A folder that is not there is refused as on the command line."""
        with pytest.raises(UsageError, match="There is no scenario"):
            Disk(str(tmp_path / "nowhere")).saves()


class TestPlay:
    """A sitting is a game and its save."""

    def test_every_choice_is_kept_at_once(self, disk, home):
        """What is kept is in the save before anything else happens, and the command line goes on from it."""
        sitting = disk.begin(WEST)
        path = Path(sitting.key)
        assert path.parent == home / "saves"
        sitting.keep(sitting.game.choose("wait"))
        assert saves.read(path).record == sitting.game.record
        sitting.leave()
        assert run("verify", path).code == 0
        assert run("resume", path, typed="3\n").code == 0

    def test_one_writer(self, disk):
        """A game in play cannot be opened a second time until it is left."""
        sitting = disk.begin(WEST)
        with pytest.raises(InUse):
            disk.resume(sitting.key)
        sitting.leave()
        disk.resume(sitting.key).leave()

    def test_as_on_the_command_line(self, disk, tmp_path):
        """The same wishes make the same game there and here."""
        path = tmp_path / "there.jsonl"
        args = [
            "--seat",
            "west",
            "--seat",
            "east",
            "--school",
            "grim",
            "--luck",
            "spared",
            "--seed",
            7,
            "--name",
            "Zoë",
        ]
        run("play", "small-crisis", *args, "--save", path)
        here = saves.read(Path(play(disk, Wanted("small-crisis", ("west", "east"), "grim", "spared", 7, "Zoë"))))
        there = saves.read(path)
        assert here.record.header.model_copy(update={"started": ""}) == there.record.header.model_copy(
            update={"started": ""}
        )
        assert here.record.rows == there.record.rows

    def test_defaults(self, disk):
        """Who names no seat, school or seed gets the first seat, the first school and a seed of their own."""
        kept = [saves.header(Path(play(disk, Wanted("small-crisis", (), "", "drawn", None, "")))) for _ in range(2)]
        assert [(one.seats, one.school) for one in kept] == [({"west": "person", "east": "model"}, "calm")] * 2
        assert kept[0].seed != kept[1].seed

    @pytest.mark.parametrize(
        "wrong",
        [
            {"scenario": "no-such"}, {"seats": ("nobody",)}, {"school": "none"}, {"seed": -1}, {"seed": 2**53},
            {"player": "a\x1bb"}, {"player": "x" * 201},
        ],
        ids=str,
    )  # fmt: skip
    def test_what_there_is_not(self, disk, home, wrong):
        """What the scenario does not have, or no save can hold, is wrong usage, and nothing is written."""
        with pytest.raises(UsageError):
            disk.begin(WEST._replace(**wrong))
        assert not (home / "saves").exists()

    def test_a_finished_game(self, disk, finished):
        """A finished game may be opened, at its ending, and stays as it is."""
        before = finished.read_bytes()
        sitting = disk.resume(str(finished))
        assert sitting.game.state.ending is not None
        assert sitting.key == str(finished)
        sitting.leave()
        assert finished.read_bytes() == before

    def test_a_game_nobody_sits_in(self, disk, tmp_path):
        """A policy's game that was cut off is refused and left as it is, as on the command line."""
        path = tmp_path / "auto.jsonl"
        run("auto", "small-crisis", "--policy", "weights", "--seed", 5, "--save", path)
        cut = b"".join(path.read_bytes().splitlines(keepends=True)[:5])
        path.write_bytes(cut)
        with pytest.raises(UsageError, match="Nobody sits"):
            disk.resume(str(path))
        assert path.read_bytes() == cut
        saves.Writer(path).close()

    def test_a_scenario_that_has_changed(self, disk, home, unfinished):
        """A new wording is told before the game goes on; other states are refused, and the save is let go of."""
        scenario = home / "scenarios" / "small-crisis" / "scenario.toml"
        text = scenario.read_text(encoding="utf-8")
        scenario.write_text(text.replace("It costs nothing yet.", "It costs little."), encoding="utf-8")
        sitting = disk.resume(str(unfinished))
        assert "another text of the scenario" in sitting.doubts[0]
        sitting.leave()
        scenario.write_text(text.replace("tension -= 2", "tension += 2"), encoding="utf-8")
        with pytest.raises(ExcommError, match="branch"):
            disk.resume(str(unfinished))
        saves.Writer(unfinished).close()

    @pytest.mark.parametrize("key", ["", "missing.jsonl", "nul\0", "\udcff"])
    def test_a_key_of_nothing(self, disk, key):
        """A key that names no save is refused in words, whatever is asked of it."""
        for ask in (disk.resume, disk.recording, lambda one: disk.branch(one, 0)):
            with pytest.raises(ExcommError):
                ask(key)


class TestSaves:
    """The picker's list: newest first, the real thirteen days last."""

    def test_what_is_said_of_each(self, disk, home):
        """Each save says its scenario, who sits in it, where it stands and how it ended."""
        both = ("west", "east")
        keys = [
            play(disk),
            play(disk, options=["wait", "threaten"]),
            play(disk, WEST._replace(seats=both), ["wait"]),
            play(disk, options=ENDED),
        ]
        run("auto", "small-crisis", "--policy", "threats", "--seed", 5, "--save", home / "saves" / "auto.jsonl")
        keys.append(str(home / "saves" / "auto.jsonl"))
        for moment, key in enumerate(keys):
            os.utime(key, (moment, moment))
        *listed, history = disk.saves()
        assert [one.key for one in listed] == keys[::-1]
        auto, *rest = ((one.title, one.seats, one.where, one.ending, one.fault) for one in listed)
        assert rest == [
            ("A Small Crisis", "West", "Day 3, 18 October", "a settlement", ""),
            ("A Small Crisis", "West and East", "Day 1, 16 October", "", ""),
            ("A Small Crisis", "West", "Day 2, 17 October", "", ""),
            ("A Small Crisis", "West", "The opening", "", ""),
        ]
        assert auto[1] == "played by the policy threats"
        assert auto[3] != ""
        assert (history.title, history.seats, history.where, history.ending, history.fault) == (
            "Thirteen Days", "as it was in 1962", "Day 13, 28 October", "a settlement", ""
        )  # fmt: skip
        assert history.key == str(places.history_save())

    def test_a_scenario_nobody_knows(self, disk, unfinished, home):
        """A save of a scenario that is found nowhere is listed by its ids, and by the date alone."""
        shutil.rmtree(home / "scenarios" / "small-crisis")
        (home / "saves").mkdir()
        shutil.move(unfinished, home / "saves" / "game.jsonl")
        first = disk.saves()[0]
        assert (first.title, first.seats, first.where, first.fault) == ("small-crisis", "west", "17 October", "")

    def test_what_is_no_save(self, disk, home):
        """A file that is none is listed under its name, with why it cannot be opened."""
        (home / "saves").mkdir()
        (home / "saves" / "odd\x1b.jsonl").write_bytes(b"x")
        first = disk.saves()[0]
        assert first.title == "odd\\x1b.jsonl"
        assert "not a save" in first.fault

    def test_the_newest(self, disk):
        """The newest save is the first of the list, and there is none before the first game."""
        assert disk.newest() is None
        play(disk)
        assert disk.newest() == disk.saves()[0].key

    def test_hundreds(self, disk, home, finished):
        """A folder of hundreds is listed in a moment."""
        (home / "saves").mkdir()
        for n in range(300):
            shutil.copy(finished, home / "saves" / f"{n}.jsonl")
        assert len(disk.saves()) == 301


class TestStudy:
    """A recording is a save as far as it is sound, with what a reader should know."""

    def test_the_real_thirteen_days(self, disk):
        """They can be watched, whole and without a doubt."""
        recording = disk.recording(str(places.history_save()))
        assert recording.game.kind == "settlement"
        assert recording.doubts == ()

    def test_a_damaged_save(self, disk, finished):
        """Of a damaged save the sound beginning is shown, with the same words as on the command line."""
        lines = finished.read_bytes().splitlines(keepends=True)
        finished.write_bytes(b"".join([*lines[:4], b"x\n", *lines[5:]]))
        recording = disk.recording(str(finished))
        assert len(recording.game.choices) == 3
        assert recording.doubts[0] in run("replay", finished, "--reveal", "--plain").err
        with pytest.raises(ExcommError, match="branch"):
            disk.resume(str(finished))

    def test_notes(self, disk, finished):
        """Notes are kept beside the save and come back with it; notes that cannot be read do not hide the save."""
        assert disk.keep_notes(str(finished), {3: "Here it turned."}) == "finished.notes.json"
        assert disk.recording(str(finished)).notes == {3: "Here it turned."}
        (finished.parent / "finished.notes.json").write_bytes(b"x")
        recording = disk.recording(str(finished))
        assert recording.notes == {}
        assert "finished.notes.json" in recording.doubts[-1]
        with pytest.raises(ExcommError):
            disk.keep_notes(str(finished), {3: "x"})

    def test_a_branch(self, disk, finished, home):
        """A branch is a new save that shares the first choices and is open for play; its source stays as it is."""
        before = finished.read_bytes()
        sitting = disk.branch(str(finished), 2)
        shared = saves.read(finished).record.standing()[:2]
        assert [(one.scene, one.option) for one in sitting.game.choices[:2]] == [
            (one.scene, one.option) for one in shared
        ]
        assert Path(sitting.key).parent == home / "saves"
        sitting.keep(sitting.game.choose("wait"))
        sitting.leave()
        assert run("verify", sitting.key).code == 0
        assert finished.read_bytes() == before

    def test_a_branch_after_too_many(self, disk, finished, home):
        """There is no branch after a choice that was never made."""
        with pytest.raises(UsageError, match="no choice 99"):
            disk.branch(str(finished), 99)
        assert not (home / "saves").exists()


def test_what_else_is_kept(disk, home):
    """Settings and texts are kept in the player's home, and the guide is read from the program."""
    assert disk.settings() == {}
    disk.keep_settings({"theme": "night"})
    assert disk.settings() == {"theme": "night"}
    assert disk.keep_text("Debrief", "It ended.") == str(home / "texts" / "debrief.txt")
    assert disk.guide().startswith("# ")
