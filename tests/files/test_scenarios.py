"""Scenarios on disk: found where they should be, read as one document, every fault named with its file."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.engine.text import refused
from excomm_game.files import places, scenarios
from tests.program import SMALL

TEXT = SMALL.read_text(encoding="utf-8")


def faults_of(folder) -> list[str]:
    return [str(fault) for fault in scenarios.check_folder(folder).faults]


def write(folder, **files: str):
    """Write files into a scenario's folder; `__` in a name stands for a slash."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


NEWS = '[[scene]]\nid = "{0}"\nseat = "west"\nat = 1962-10-17T10:00:00\ntitle = "{0}"\n'


class TestFinding:
    """A scenario is found by its id or by its folder's path."""

    def test_by_id_from_what_ships(self):
        assert scenarios.find("thirteen-days").is_dir()

    def test_by_path_absolute_and_relative(self, folder, monkeypatch):
        assert scenarios.load(str(folder)).head.id == "small-crisis"
        monkeypatch.chdir(folder.parent)
        assert scenarios.load("./small-crisis").head.id == "small-crisis"
        assert scenarios.load("small-crisis/").head.id == "small-crisis"

    def test_by_id_from_the_users_own_folder(self, home, folder):
        with pytest.raises(UsageError):
            scenarios.find("my-crisis")
        shutil.copytree(folder, home / "scenarios" / "my-crisis")
        assert scenarios.find("my-crisis") == home / "scenarios" / "my-crisis"
        listed = {one.id: one for one in scenarios.listings()}
        assert listed["my-crisis"].title == "A Small Crisis"
        assert tuple(listed["my-crisis"].seats) == ("west", "east")
        assert "thirteen-days" in listed

    def test_an_id_wins_over_a_folder_of_that_name_where_one_happens_to_stand(self, tmp_path, monkeypatch):
        (tmp_path / "thirteen-days").mkdir()
        monkeypatch.chdir(tmp_path)
        assert scenarios.find("thirteen-days").resolve() != (tmp_path / "thirteen-days").resolve()

    @pytest.mark.parametrize(
        "ref",
        ["", "no-such", "../..//nowhere", "x" * 500, "nul\0", "a\x1b[31m", "\udcff", "THIRTEEN-DAYS", "thirteen days"],
    )
    def test_what_is_nowhere_is_wrong_usage_in_words_safe_to_print(self, ref, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(UsageError) as refusal:
            scenarios.load(ref)
        assert "scenario list" in str(refusal.value)
        assert refused(str(refusal.value)) is None

    def test_what_is_in_use_is_not_loaded_a_second_time(self, own_folder):
        """A game, its replay and the next game share what they play."""
        first = scenarios.load(str(own_folder))
        assert scenarios.load(str(own_folder)) is first

    def test_a_file_is_read_once(self, own_folder, monkeypatch):
        """What is played is what was asked for, though an author's editor writes meanwhile."""
        read = []
        true_read = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or true_read(path))
        scenarios.load(str(own_folder))
        assert sorted(read) == sorted(own_folder.rglob("*.toml"))

    def test_what_has_changed_on_disk_is_loaded_anew(self, own_folder):
        """To the byte: an author plays, mends and plays again."""
        first = scenarios.load(str(own_folder))
        file = next(iter(sorted(own_folder.rglob("*.toml"))))
        file.write_text(file.read_text(encoding="utf-8") + "# mended\n", encoding="utf-8")
        second = scenarios.load(str(own_folder))
        assert second is not first
        assert second.sha256 == first.sha256

    def test_a_fault_that_comes_later_is_told_though_the_scenario_is_in_use(self, own_folder):
        """Also one of a file that is not read at all."""
        first = scenarios.load(str(own_folder))
        (own_folder / "zz.toml").write_bytes(b" " * (scenarios.MAX_FILE + 1))
        with pytest.raises(scenarios.ScenarioFaults):
            scenarios.load(str(own_folder))
        (own_folder / "zz.toml").unlink()
        assert scenarios.load(str(own_folder)) is first

    def test_a_file_is_no_scenario(self, folder):
        with pytest.raises(UsageError):
            scenarios.load(str(folder / "scenario.toml"))

    def test_saves_go_to_the_home_that_is_named(self, home):
        assert places.save_folder() == home / "saves"
        assert places.user_data() == home

    def test_a_list_shows_a_broken_scenario_as_one_that_cannot_be_read(self, home):
        write(home / "scenarios" / "broken", scenario="[scenario\n")
        (listed,) = (one for one in scenarios.listings() if one.id == "broken")
        assert "cannot be read" in listed.title
        with pytest.raises(scenarios.ScenarioFaults):
            scenarios.load("broken")

    def test_what_is_no_scenario_is_not_listed(self, home):
        (home / "scenarios" / "empty").mkdir(parents=True)
        (home / "scenarios" / "note.txt").write_text("hello", encoding="utf-8")
        assert not {"empty", "note.txt"} & {one.id for one in scenarios.listings()}


class TestLinks:
    """Links inside a scenario's folder are not followed."""

    def test_a_linked_file_is_not_read(self, own_folder, tmp_path):
        (tmp_path / "elsewhere.toml").write_text("this is no TOML", encoding="utf-8")
        (own_folder / "linked.toml").symlink_to(tmp_path / "elsewhere.toml")
        assert faults_of(own_folder) == []

    def test_a_linked_folder_is_not_entered_even_where_it_leads_back(self, own_folder, tmp_path):
        write(tmp_path / "elsewhere", bad="this is no TOML")
        (own_folder / "days").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        (own_folder / "round").symlink_to(own_folder, target_is_directory=True)
        assert faults_of(own_folder) == []

    def test_a_linked_head_makes_no_scenario_and_is_not_read_for_the_list_either(self, home, folder):
        place = home / "scenarios" / "linked"
        place.mkdir(parents=True)
        (place / "scenario.toml").symlink_to(folder / "scenario.toml")
        assert faults_of(place) != []
        assert "A Small Crisis" not in [one.title for one in scenarios.listings()]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
    def test_a_pipe_with_a_name_does_not_hold_the_reader_up(self, own_folder):
        os.mkfifo(own_folder / "pipe.toml")
        assert faults_of(own_folder) == []


class TestOneDocument:
    """All TOML files below the folder are one document, in path order."""

    def test_tables_merge_and_arrays_of_tables_join(self, own_folder):
        write(
            own_folder,
            days__first=NEWS.format("first-news"),
            seats='[seat.south]\nlabel = "South"\n[track.tension.bands]\n80 = "the brink"\n',
        )
        scenario = scenarios.load(str(own_folder))
        assert set(scenario.seats) == {"west", "east", "south"}
        assert "first-news" in [scene.id for scene in scenario.scenes]
        assert scenario.band("tension", 90) == "the brink"

    def test_two_scenes_at_the_same_instant_stand_in_the_order_of_their_files_paths(self, own_folder):
        write(own_folder, b=NEWS.format("from-b"), a__z=NEWS.format("from-a-z"), a=NEWS.format("from-a"))
        scenario = scenarios.load(str(own_folder))
        at_ten = [scenario.scene_of(one).id for one in scenario.agenda if one.local.isoformat()[:13] == "1962-10-17T10"]
        assert at_ten == ["from-a", "from-a-z", "from-b"]

    def test_the_order_of_files_is_not_that_in_which_they_were_made(self, own_folder):
        for name in ("c", "a", "b"):
            write(own_folder, **{name: NEWS.format(f"from-{name}")})
        ids = [scene.id for scene in scenarios.load(str(own_folder)).scenes]
        assert [one for one in ids if one.startswith("from-")] == ["from-a", "from-b", "from-c"]

    def test_any_other_key_set_twice_is_a_fault_that_names_the_second_file(self, own_folder):
        write(own_folder, twice='[scenario]\ntitle = "Another"\n[track.tension]\nstart = 11\n')
        faults = faults_of(own_folder)
        assert len(faults) == 2
        assert all(fault.startswith("twice.toml") and "second time" in fault for fault in faults)
        assert any("title" in fault for fault in faults)
        assert any("tension" in fault and "start" in fault for fault in faults)

    def test_the_same_id_in_two_files_is_a_fault(self, own_folder):
        write(own_folder, twice=NEWS.format("morning"))
        assert any(fault.startswith("twice.toml") and "morning" in fault for fault in faults_of(own_folder))

    def test_files_of_other_kinds_are_left_alone(self, own_folder):
        (own_folder / "notes.txt").write_text("[", encoding="utf-8")
        (own_folder / "folder.toml").mkdir()
        assert faults_of(own_folder) == []

    def test_comments_spacing_and_the_order_of_keys_leave_the_fingerprint_and_words_change_it(self, folder, tmp_path):
        sha256 = scenarios.load(str(folder)).sha256
        same = write(tmp_path / "same", scenario="# a comment\n" + re.sub(r"(?m)^(\w+) = ", r"\1   =   ", TEXT))
        other = write(tmp_path / "other", scenario=TEXT.replace("It costs nothing yet.", "It costs little."))
        assert scenarios.load(str(same)).sha256 == sha256
        assert scenarios.load(str(other)).sha256 != sha256

    def test_the_same_words_under_windows_line_ends_are_the_same_scenario(self, folder, tmp_path):
        place = tmp_path / "windows"
        place.mkdir()
        (place / "scenario.toml").write_bytes(TEXT.replace("\n", "\r\n").encode())
        assert scenarios.load(str(place)).sha256 == scenarios.load(str(folder)).sha256

    def test_the_mark_that_a_windows_editor_sets_before_a_file_is_no_part_of_it(self, folder, tmp_path):
        mark, place = "\ufeff", tmp_path / "marked"
        place.mkdir()
        (place / "scenario.toml").write_text(mark + TEXT, encoding="utf-8")
        (place / "more.toml").write_text(f"{mark}# nothing\n", encoding="utf-8")
        assert scenarios.load(str(place)).sha256 == scenarios.load(str(folder)).sha256
        for marked in (f"{mark}{mark}# nothing\n", f"# nothing\n{mark}"):
            (place / "more.toml").write_text(marked, encoding="utf-8")
            (fault,) = faults_of(place)
            assert fault.startswith("more.toml")
            assert "TOML" in fault


class TestFaults:
    """Every fault at once, each with its file, its place and its remedy in words."""

    def test_faults_of_several_kinds_in_several_files_are_all_told_at_once(self, own_folder):
        write(
            own_folder,
            bad_syntax="[scene\n",
            bad_form=NEWS.format("news-1") + "colour = 3\n",
            bad_name=NEWS.format("news-2") + 'when = "tensoin > 3"\n',
            bad_ref=NEWS.format("news-3") + 'documents = ["no-such-note"]\n',
            bad_time=NEWS.format("news-4").replace("1962-10-17", "1962-11-17"),
        )
        faults = faults_of(own_folder)
        for name, said in {
            "bad_syntax": "TOML", "bad_form": "colour", "bad_name": "tensoin", "bad_ref": "no-such-note",
            "bad_time": "news-4",
        }.items():  # fmt: skip
            (fault,) = (fault for fault in faults if fault.startswith(f"{name}.toml"))
            assert said in fault
        with pytest.raises(scenarios.ScenarioFaults, match="4 more faults") as refusal:
            scenarios.load(str(own_folder))
        assert refusal.value.exit_code == 3

    def test_a_syntax_error_is_named_by_file_and_line(self, own_folder):
        write(own_folder, days__third="\n\ntitle = = 3\n")
        (fault,) = faults_of(own_folder)
        assert fault.startswith("days/third.toml: ")
        assert "line 3" in fault

    @pytest.mark.parametrize(
        "data",
        [
            b"\xff\xfe", b"\xef\xbb\xbf[[", b"a = 1\na = 2\n", b"x = " + b"[" * 5000, b"x = " + b"9" * 6000,
            b"\0", b"a = \x1b",
            b"d = 9999-99-99\n", b"x = nan\n", b"x = 1e999\n", b'"\\u202e" = 1\n', b"scene = 3\n",
            b"[scene]\nid = 'x'\n",
            b"[[seat]]\nlabel = 'x'\n", b"[seat]\nwest = 3\n", b"[scenario.deep.er]\nx = 1\n",
            b"[[scene]]\n[[ending]]\n",
            b"[track.'\\u001b']\nstart = 1\n", b"scene = [1, 'a', [2]]\n",
            b"[school.calm]\nset = { nerves = inf }\n",
        ],
    )  # fmt: skip
    def test_a_file_of_nonsense_is_a_fault_in_that_file_and_safe_to_print(self, own_folder, data):
        (own_folder / "nonsense.toml").write_bytes(data)
        report = scenarios.check_folder(own_folder)
        assert report.scenario is None
        assert any(fault.file == "nonsense.toml" for fault in report.faults), report.faults
        assert all(refused(str(fault)) is None for fault in report.faults)

    @pytest.mark.parametrize(
        "unsafe", ["\\u0000", "\\u001b]52;c;aGk=\\u0007", "\\u009b31m", "\\u202e", "\\u2066", "\\r"]
    )
    def test_text_that_could_move_a_cursor_or_reorder_a_line_is_a_fault(self, own_folder, unsafe):
        write(own_folder, unsafe=NEWS.format("news").replace('title = "news"', f'title = "a{unsafe}b"'))
        (fault,) = faults_of(own_folder)
        assert fault.startswith("unsafe.toml")
        assert "U+" in fault
        assert refused(fault) is None

    def test_a_file_whose_own_name_is_unsafe_is_named_without_it(self, own_folder):
        (own_folder / "a\x1b[31m\n.toml").write_text("[", encoding="utf-8")
        (fault,) = faults_of(own_folder)
        assert refused(fault) is None
        assert "\n" not in fault

    def test_an_empty_folder_holds_no_scenario(self, tmp_path):
        (tmp_path / "empty").mkdir()
        assert faults_of(tmp_path / "empty")
        with pytest.raises(ExcommError):
            scenarios.load(str(tmp_path / "empty"))


class TestLimits:
    """5 MB a file, 20 MB and 10,000 occurrences a scenario; refused before they cost memory or time."""

    def test_a_file_past_five_megabytes(self, own_folder):
        with (own_folder / "large.toml").open("wb") as file:
            file.truncate(scenarios.MAX_FILE + 1)
        (fault,) = faults_of(own_folder)
        assert fault.startswith("large.toml")
        assert "5,000,000" in fault

    def test_a_file_of_just_five_megabytes_is_read(self, own_folder):
        (own_folder / "large.toml").write_bytes(b"#" * (scenarios.MAX_FILE - 1) + b"\n")
        assert faults_of(own_folder) == []

    def test_files_past_twenty_megabytes_together(self, own_folder):
        for n in range(5):
            (own_folder / f"large-{n}.toml").write_bytes(b"#" * (scenarios.MAX_FILE - 1) + b"\n")
        faults = faults_of(own_folder)
        assert any("large-4.toml" in fault and "20,000,000" in fault for fault in faults)

    def test_more_than_ten_thousand_occurrences_are_counted_not_laid_out(self, own_folder):
        text = TEXT.replace("ends = 1962-10-25", "ends = 2099-10-25")
        daily = (
            '[[scene]]\nid = "daily"\nseat = "west"\nat = 10:00:00\nfrom = 1962-10-17\nto = 2099-10-24\ntitle = "d"\n'
        )
        write(own_folder, scenario=text, daily=daily)
        assert any("50080 occurrences" in fault for fault in faults_of(own_folder))

    @pytest.mark.parametrize("year", ["1899", "2101", "0001", "9999"])
    def test_years_past_the_calendar(self, own_folder, year):
        write(own_folder, scenario=TEXT.replace("ends = 1962", f"ends = {year}"))
        assert any("ends" in fault for fault in faults_of(own_folder))


LINES = TEXT.splitlines(keepends=True)
TOKENS = sorted(set(re.findall(r"[A-Za-z0-9_.-]+|\"[^\"\n]*\"|[\[\]{}=,]", TEXT)))


class TestFuzz:
    """Whatever an author writes, the check answers with faults, and what has none can be played to an end."""

    @given(
        line=st.integers(0, len(LINES) - 1),
        put=st.lists(st.sampled_from([*LINES, *TOKENS, "\n", "'", "-", "1e9", "day", "fate", "tension"]), max_size=3),
        cut=st.integers(0, 3),
        word=st.booleans(),
    )
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_mutated_scenario_is_faulted_or_playable(self, tmp_path, header, line, put, cut, word):
        if word:
            old = re.findall(r"\S+", LINES[line]) or [""]
            changed = [LINES[line].replace(old[-1], "".join(put))] if old[-1] else put
            text = "".join(LINES[:line] + changed + LINES[line + 1 :])
        else:
            text = "".join(LINES[:line] + put + LINES[line + cut :])
        place = tmp_path / "mutated"
        place.mkdir(exist_ok=True)
        (place / "scenario.toml").write_text(text, encoding="utf-8")
        report = scenarios.check_folder(place)
        assert (report.scenario is None) == bool(report.faults)
        assert all(refused(str(one)) is None for one in [*report.faults, *report.doubts])
        if report.scenario is not None:
            from excomm_game.engine.game import Game  # noqa: PLC0415

            one = report.scenario
            game = Game(one, header(seats={}, school=one.default_school()))
            game.run()
            assert game.state.ending is not None

    @given(
        data=st.binary(max_size=200)
        | st.text(st.characters(), max_size=120).map(lambda t: t.encode("utf-8", "replace"))
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_arbitrary_bytes_are_faults_never_an_exception(self, tmp_path, data):
        (tmp_path / "scenario.toml").write_bytes(data)
        report = scenarios.check_folder(tmp_path)
        assert report.scenario is None
        assert report.faults
        assert all(refused(str(one)) is None for one in report.faults)
