"""Saves: nothing a player was told is lost, nothing false is believed, nothing is written over."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import portalocker
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from excomm_game.engine.errors import ExcommError, IllegalChoice, InUse, NewerFormat, UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.lines import decode, encode, link
from excomm_game.engine.record import EndLine
from excomm_game.engine.replay import replay
from excomm_game.engine.state import digest
from excomm_game.engine.text import refused
from excomm_game.files import saves, scenarios
from tests.files.disk import files_no_larger_than, outrun
from tests.program import PROGRAM, refusal, run

OPTIONS = ["wait", "send-fleet", "threaten", "warm"]
ENDED = [*OPTIONS, "settle"]


def rechained(lines: list[dict[str, object]]) -> bytes:
    """Write objects as a forger would who knows the format: every chain computed afresh."""
    chain, written = "", []
    for content in lines:
        body = json.dumps({k: v for k, v in content.items() if k != "chain"}, ensure_ascii=False)[:-1]
        chain = link(chain, body)
        written.append(f'{body}, "chain": "{chain}"}}\n')
    return "".join(written).encode("utf-8", "surrogatepass")


def objects(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


class TestLaw11:
    """After any injected fault the save loads as after append N or N−1."""

    def test_a_save_cut_at_any_byte_of_its_last_append_goes_on_as_after_that_append_or_the_one_before(
        self, play, go_on, tmp_path
    ):
        whole = play(tmp_path / "game.jsonl", OPTIONS)
        before, after = whole.after[-2], whole.after[-1]
        assert after.startswith(before)
        reached = set()
        for size in range(len(before), len(after) + 1):
            whole.path.write_bytes(after[:size])
            go_on(whole.path)
            assert whole.path.read_bytes() in (before, after), f"cut at byte {size}"
            reached.add(whole.path.read_bytes())
        assert reached == {before, after}

    def test_that_holds_for_an_append_of_several_lines_too(self, play, go_on, tmp_path):
        """The East replies and chance speaks after each morning: one choice of a person is four lines at the most."""
        whole = play(tmp_path / "game.jsonl", ["wait", "threaten"])
        before, after = whole.after[-2], whole.after[-1]
        assert after.count(b"\n") - before.count(b"\n") >= 3
        for size in range(len(before), len(after) + 1, 7):
            whole.path.write_bytes(after[:size])
            go_on(whole.path)
            assert whole.path.read_bytes() in (before, after), f"cut at byte {size}"

    def test_a_resumed_save_leads_to_the_same_states_as_one_that_was_never_cut(self, play, go_on, tmp_path):
        whole = play(tmp_path / "game.jsonl", ENDED)
        for size in range(len(whole.after[2]), len(whole.after[3]), 40):
            cut = tmp_path / f"cut-{size}.jsonl"
            cut.write_bytes(whole.after[3][:size])
            game = go_on(cut)
            taken = sum(choice.by == "person" for choice in game.choices)
            go_on(cut, tuple(ENDED[taken:]))
            assert cut.read_bytes() == whole.after[-1]

    def test_a_save_cut_anywhere_at_all_reads_as_a_prefix_or_is_refused_in_words(self, play, tmp_path):
        whole = play(tmp_path / "game.jsonl", ENDED)
        data = whole.after[-1]
        rows = decode(data, "here").record.rows
        head = data.index(b"\n") + 1
        for size in range(len(data)):
            if size < head:
                with pytest.raises(ExcommError):
                    decode(data[:size], "here")
                continue
            decoded = decode(data[:size], "here")
            assert decoded.record.rows == rows[: len(decoded.record.rows)]
            assert decoded.fault is None
            assert decoded.torn == (not data[:size].endswith(b"\n"))
            assert len(decoded.record.rows) == data[:size].count(b"\n") - 1

    def test_a_disk_that_fills_up_inside_an_append_leaves_the_save_as_it_was(self, crisis, play, tmp_path):
        whole = play(tmp_path / "game.jsonl", OPTIONS)
        before, after = whole.after[-2], whole.after[-1]
        for room in range(0, len(after) - len(before), 11):
            whole.path.write_bytes(before)
            with saves.Writer(whole.path) as writer:
                game = replay(crisis, writer.decoded.record).game
                rows = game.choose(OPTIONS[-1], None, 0.5)
                with files_no_larger_than(len(before) + room), pytest.raises(ExcommError, match="as it was before"):
                    writer.append(rows)
                assert whole.path.read_bytes() == before
                writer.append(rows)
                assert whole.path.read_bytes() == after

    @pytest.mark.parametrize("fails_at", [1, 2, 3])
    def test_an_fsync_that_fails_loses_that_append_alone(self, crisis, tmp_path, monkeypatch, play, fails_at):
        path = play(tmp_path / "game.jsonl", []).path
        real, calls = os.fsync, 0

        def fsync(number: int) -> None:
            nonlocal calls
            calls += 1
            if calls == fails_at:
                raise OSError(5, "Input/output error")
            real(number)

        with saves.Writer(path) as writer:
            game = replay(crisis, writer.decoded.record).game
            monkeypatch.setattr(os, "fsync", fsync)
            kept = path.read_bytes()
            for n, option in enumerate(OPTIONS[:3], start=1):
                rows = game.choose(option)
                if n == fails_at:
                    with pytest.raises(ExcommError) as refusal:
                        writer.append(rows)
                    assert "Input/output error" in str(refusal.value)
                    assert path.read_bytes() == kept
                    break
                writer.append(rows)
                kept = path.read_bytes()
        assert replay(crisis, saves.read(path).record, redraw=True).fault is None

    def test_every_choice_is_flushed_to_the_disk_before_its_outcome_is_read(self, play, tmp_path, monkeypatch):
        synced = []
        monkeypatch.setattr(os, "fsync", synced.append)
        play(tmp_path / "game.jsonl", OPTIONS)
        assert len(synced) >= 1 + len(OPTIONS)

    def test_a_whole_file_write_on_a_full_disk_leaves_nothing_behind(self, play, tmp_path):
        record = saves.read(play(tmp_path / "game.jsonl", OPTIONS).path).record
        place = tmp_path / "full"
        place.mkdir()
        with files_no_larger_than(200), pytest.raises(ExcommError) as refusal:
            saves.write_new(place / "copy.jsonl", record)
        assert refusal.value.exit_code == 3
        assert list(place.iterdir()) == []

    def test_a_game_on_a_disk_that_fills_up_says_so_and_keeps_every_choice_it_acknowledged(self, folder, tmp_path):
        """The limit falls inside the third or fourth append of a real process."""
        path = tmp_path / "game.jsonl"
        limited = (
            "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1800, 1800)); "
            "from excomm_game.cli import main; main()"
        )
        pytest.importorskip("resource")
        command = [sys.executable, "-c", limited, "play", str(folder), "--plain", "--seed", "5", "--save", str(path)]
        done = subprocess.run(command, input=b"1\n" * 12, capture_output=True, timeout=30, check=False)
        assert done.returncode == 3
        assert b"Traceback" not in done.stderr
        assert b"cannot be written" in done.stderr
        kept = saves.read(path)
        assert not kept.torn
        assert kept.fault is None
        chosen = sum(choice.by == "person" for choice in kept.record.standing())
        assert chosen == done.stdout.count(b"YOU CHOSE") > 0
        code, out, _ = run("resume", path, "--scenario", folder, typed="1\n" * 12)
        assert code == 0
        assert "THE END" in out


class TestKilled:
    """A process that is killed without warning loses at most the choice that nobody was told of."""

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
    def test_a_dozen_kills_at_random_moments_lose_no_choice_that_was_acknowledged(self, folder, crisis, tmp_path):
        dice = random.Random(1962)  # noqa: S311 - moments to kill at
        whole = tmp_path / "whole.jsonl"
        run("play", folder, "--seed", 5, "--save", whole, typed="1\n" * 20)
        line = [(row.scene, row.option, row.state) for row in saves.read(whole).record.standing()]
        kept_counts = []
        for attempt in range(12):
            path = tmp_path / f"killed-{attempt}.jsonl"
            command = [*PROGRAM, "play", str(folder), "--plain", "--seed", "5", "--save", str(path)]
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ) as game:
                assert game.stdin is not None
                assert game.stdout is not None
                game.stdin.write(b"1\n" * 12)
                game.stdin.flush()
                said = [game.stdout.readline()]
                said += [_until(game, b"YOU CHOSE") for _ in range(dice.randrange(10))]
                time.sleep(dice.uniform(0, 0.003))
                game.kill()
                said.append(game.stdout.read())
                with contextlib.suppress(BrokenPipeError):
                    game.stdin.close()
            told = b"".join(said).count(b"YOU CHOSE")
            code, _, err = run("resume", path, "--scenario", folder)
            assert (code, err) == (0, "")
            kept = saves.read(path)
            standing = kept.record.standing()
            chosen = sum(choice.by == "person" for choice in standing)
            assert told <= chosen
            assert [(row.scene, row.option, row.state) for row in standing] == line[: len(standing)]
            assert replay(crisis, kept.record, redraw=True).fault is None
            kept_counts.append(chosen)
        assert len(set(kept_counts)) > 1, "the kills should fall at different choices"

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
    def test_a_killed_process_frees_the_save(self, folder, tmp_path):
        path = tmp_path / "game.jsonl"
        with subprocess.Popen(
            [*PROGRAM, "play", str(folder), "--plain", "--seed", "5", "--save", str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as game:  # fmt: skip
            assert game.stdin is not None
            assert game.stdout is not None
            _until(game, b"What will you do?")
            assert run("resume", path, "--scenario", folder)[0] == 5
            game.kill()
            game.stdin.close()
        assert run("resume", path, "--scenario", folder)[0] == 0


def _until(game: subprocess.Popen[bytes], words: bytes) -> bytes:
    assert game.stdout is not None
    for line in game.stdout:
        if words in line:
            return line
    pytest.fail(f"the program ended without saying {words!r}")


class TestOneWriter:
    """A save has one writer at a time; the second is told, and nothing is touched."""

    def test_a_second_process_is_refused_with_exit_code_5_and_the_first_plays_on(self, folder, crisis, tmp_path):
        path = tmp_path / "game.jsonl"
        with subprocess.Popen(
            [*PROGRAM, "play", str(folder), "--plain", "--seed", "5", "--save", str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as game:  # fmt: skip
            assert game.stdin is not None
            _until(game, b"What will you do?")
            second = subprocess.run(
                [*PROGRAM, "resume", str(path), "--scenario", str(folder), "--plain"],
                input=b"1\n", capture_output=True, timeout=30, check=False,
            )  # fmt: skip
            assert second.returncode == 5
            assert second.stdout == b""
            assert b"another window or process" in second.stderr
            game.stdin.write(b"2\n")
            game.stdin.close()
            game.stdin = None
            game.communicate(timeout=30)
            assert game.returncode == 0
        kept = saves.read(path)
        assert [choice.option for choice in kept.record.standing() if choice.by == "person"] == ["send-fleet"]
        assert replay(crisis, kept.record, redraw=True).fault is None

    def test_reading_commands_still_work_on_a_save_in_play(self, folder, play, tmp_path):
        path = play(tmp_path / "game.jsonl", OPTIONS).path
        with saves.Writer(path):
            assert run("verify", path, "--scenario", folder)[0] == 0
            assert run("replay", path, "--scenario", folder, "--plain")[0] == 0
            branch = tmp_path / "branch.jsonl"
            assert run("branch", path, "--at", 2, "--save", branch, "--scenario", folder)[0] == 0

    def test_a_second_writer_in_the_same_process_is_refused_too(self, play, tmp_path):
        path = play(tmp_path / "game.jsonl", OPTIONS).path
        with saves.Writer(path), pytest.raises(InUse):
            saves.Writer(path)
        with saves.Writer(path) as writer:
            assert writer.decoded.fault is None

    @pytest.mark.parametrize("cause", [OSError(errno.ENOLCK, "No locks available"), EOFError(), None], ids=str)
    def test_a_disk_that_locks_nothing_is_named_with_a_remedy(self, folder, play, tmp_path, monkeypatch, cause):
        """Some disks on a network have no locks: nobody plays there unguarded, and the refusal is a sentence."""
        path = play(tmp_path / "game.jsonl", OPTIONS).path
        before = path.read_bytes()

        def refuse(*_: object) -> None:
            raise portalocker.LockException(cause) from cause

        monkeypatch.setattr(portalocker, "lock", refuse)
        said = refusal(run("resume", path, "--scenario", folder, typed="1\n"), 3)
        for word in (str(path), "--save", "EXCOMM_HOME"):
            assert word in said
        assert ("(No locks available)" in said) is isinstance(cause, OSError)
        assert path.read_bytes() == before


class TestDamage:
    """A damaged middle gives the valid prefix and the reason."""

    def test_a_byte_changed_in_any_line_is_named_and_what_stands_before_it_is_kept(self, play, tmp_path):
        whole = play(tmp_path / "game.jsonl", ENDED)
        data = whole.after[-1]
        rows = decode(data, "here").record.rows
        lines = data.splitlines(keepends=True)
        for number in range(1, len(lines)):
            offset = sum(map(len, lines[:number])) + len(lines[number]) // 3
            bad = bytearray(data)
            bad[offset] ^= 0x02
            decoded = decode(bytes(bad), "here")
            assert decoded.record.rows == rows[: number - 1]
            assert decoded.fault is not None
            assert f"line {number + 1}" in decoded.fault
            assert decoded.sound == sum(map(len, lines[:number]))

    def test_a_line_left_out_doubled_or_moved_is_damage(self, play, tmp_path):
        data = play(tmp_path / "game.jsonl", ENDED).after[-1]
        lines = data.splitlines(keepends=True)
        for changed in (
            lines[:3] + lines[4:],
            lines[:4] + lines[3:],
            [*lines[:3], lines[4], lines[3], *lines[5:]],
            [*lines[:3], b"\n", *lines[3:]],
        ):
            decoded = decode(b"".join(changed), "here")
            assert decoded.fault is not None
            assert len(decoded.record.rows) < len(lines) - 1

    def test_it_is_not_played_on_and_the_remedy_it_names_works(self, folder, play, tmp_path):
        whole = play(tmp_path / "game.jsonl", ENDED)
        lines = whole.after[-1].splitlines(keepends=True)
        lines[4] = lines[4].replace(b"state", b"stale")
        whole.path.write_bytes(b"".join(lines))
        code, out, err = run("resume", whole.path, "--scenario", folder, typed="1\n")
        assert (code, out) == (3, "")
        assert "line 5" in err
        assert "branch" in err
        assert whole.path.read_bytes() == b"".join(lines)
        copy = tmp_path / "copy.jsonl"
        assert run("branch", whole.path, "--at", 3, "--save", copy, "--scenario", folder)[0] == 0
        assert run("resume", copy, "--scenario", folder, typed="1\n")[0] == 0
        code, out, err = run("replay", whole.path, "--plain", "--scenario", folder)
        assert code == 0
        assert "damaged at line 5" in err
        code, out, _ = run("verify", whole.path, "--json", "--scenario", folder)
        assert code == 1
        assert "line 5" in json.loads(out)["saves"][0]["fault"]

    def test_a_save_with_the_line_ends_of_another_system_verifies_and_can_be_played_on(
        self, folder, play, go_on, crisis, tmp_path
    ):
        whole = play(tmp_path / "game.jsonl", OPTIONS)
        whole.path.write_bytes(whole.after[-1].replace(b"\n", b"\r\n"))
        assert run("verify", whole.path, "--scenario", folder)[0] == 0
        go_on(whole.path, ("settle",))
        decoded = saves.read(whole.path)
        assert (decoded.fault, decoded.torn) == (None, False)
        folded = replay(crisis, decoded.record, redraw=True)
        assert folded.fault is None
        assert folded.game.state.ending == "settled"

    def test_a_torn_end_with_such_line_ends_loses_that_append_alone(self, play, go_on, tmp_path):
        whole = play(tmp_path / "game.jsonl", OPTIONS)
        before = whole.after[-2].replace(b"\n", b"\r\n")
        after = whole.after[-1].replace(b"\n", b"\r\n")
        for size in range(len(before), len(after)):
            whole.path.write_bytes(after[:size])
            go_on(whole.path)
            assert whole.path.read_bytes().replace(b"\r\n", b"\n") in whole.after[-2:]


class TestForgery:
    """The chain shows edits; where somebody recomputes it, states and draws still have to follow from the seed."""

    def test_an_edited_choice_breaks_the_chain(self, folder, play, tmp_path):
        whole = play(tmp_path / "game.jsonl", ENDED)
        whole.path.write_bytes(whole.after[-1].replace(b'"send-fleet"', b'"threaten"'))
        code, out, _ = run("verify", whole.path, "--json", "--scenario", folder)
        (result,) = json.loads(out)["saves"]
        assert (code, result["ok"]) == (1, False)
        assert "changed after it was written" in result["fault"]

    @pytest.mark.parametrize(
        ("n", "changes"),
        [
            (0, {"seed": 6}),
            (1, {"option": "threaten"}),
            (2, {"option": "sharp"}),
            (2, {"by": "person"}),
            (2, {"by": "history"}),
            (3, {"option": "collision"}),
            (3, {"option": "launch"}),
            (3, {"spared": 0.25}),
            (3, {"scene": "reply@1"}),
            (3, {"by": "model"}),
            (4, {"option": "no-such-option"}),
            (4, {"scene": "letter-tone"}),
            (4, {"state": "0" * 16}),
            (5, {"state": "f" * 16}),
            (-1, {"kind": "nuclear"}),
            (-1, {"ended": "last-war"}),
        ],
    )
    def test_a_forged_line_with_its_chain_recomputed_does_not_verify(self, folder, play, tmp_path, n, changes):
        lines = objects(play(tmp_path / "game.jsonl", ENDED).after[-1])
        lines[n] |= changes
        forged = tmp_path / "forged.jsonl"
        forged.write_bytes(rechained(lines))
        assert saves.read(forged).fault is None, "the chain itself is in order"
        code, out, err = run("verify", forged, "--json", "--scenario", folder)
        assert code == 1, err
        (result,) = json.loads(out)["saves"]
        assert result["ok"] is False
        assert result["fault"]

    def test_a_forged_draw_is_found_even_with_every_later_state_recomputed(self, crisis, folder, play, tmp_path):
        lines = objects(play(tmp_path / "game.jsonl", ["wait"]).after[-1])
        assert (lines[3]["scene"], lines[3]["option"]) == ("accident@1", "quiet")
        lines[3]["option"] = "collision"
        game = Game(crisis, decode(rechained(lines[:1]), "here").record.header)
        for line, row in zip(lines[1:], decode(rechained(lines), "here").record.standing(), strict=True):
            game.apply_row(row)
            line["state"] = digest(crisis, game.state)
        forged = tmp_path / "forged.jsonl"
        forged.write_bytes(rechained(lines))
        assert replay(crisis, saves.read(forged).record).fault is None, "as a story it holds together"
        code, out, _ = run("verify", forged, "--json", "--scenario", folder)
        assert code == 1
        assert "'quiet' is drawn" in json.loads(out)["saves"][0]["fault"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"n": 7}, {"n": 0}, {"n": True}, {"n": "1"}, {"n": 1.0}, {"by": "nobody"}, {"took": -1.0}, {"spared": 2.0},
            {"state": "xyz"}, {"extra": 1}, {"scene": "a\u202eb"}, {"reason": "\x1b[2J"}, {"reason": 5},
            {"option": ["wait"]}, {"at": None},
        ],
    )  # fmt: skip
    def test_a_line_that_the_format_does_not_allow_is_damage(self, play, tmp_path, changes):
        lines = objects(play(tmp_path / "game.jsonl", ["wait"]).after[-1])
        lines[1] |= changes
        decoded = decode(rechained(lines), "here")
        assert decoded.record.rows == ()
        assert decoded.fault is not None
        assert "line 2" in decoded.fault
        assert refused(decoded.fault) is None

    @pytest.mark.parametrize("n", [1, 4, -1])
    def test_stepping_back_further_than_the_game_has_come_is_damage(self, play, tmp_path, n):
        lines = objects(play(tmp_path / "game.jsonl", []).after[-1])
        decoded = decode(rechained([*lines, {"back_to": n}]), "here")
        assert decoded.fault is not None

    @pytest.mark.parametrize(
        "changes",
        [
            {"school": "no-such-school"},
            {"seats": {"nobody": "person"}},
            {"seats": {"west": "policy:no-such-policy", "east": "model"}},
            {"scenario": "another-crisis"},
        ],
    )
    def test_a_header_that_does_not_fit_its_scenario_is_an_invalid_file(self, folder, play, tmp_path, changes):
        lines = objects(play(tmp_path / "game.jsonl", OPTIONS).after[-1])
        lines[0] |= changes
        forged = tmp_path / "forged.jsonl"
        forged.write_bytes(rechained(lines))
        for args in (["verify"], ["replay", "--plain"], ["resume"]):
            code, _, err = run(args[0], forged, *args[1:], "--scenario", folder)
            assert code in ((1, 3) if args[0] == "verify" else (3,)), (args, code, err)

    def test_a_header_cannot_make_a_save_write_or_read_outside_its_folders(self, play, tmp_path, home):
        lines = objects(play(tmp_path / "game.jsonl", OPTIONS).after[-1])
        lines[0] |= {"scenario": "../../escaped"}
        forged = tmp_path / "forged.jsonl"
        forged.write_bytes(rechained(lines))
        assert run("branch", forged, "--at", 1)[0] == 3
        assert list(home.rglob("*")) == []


class TestForeign:
    """What is not ours, or newer than we are, is refused in plain words."""

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"\n", b"\n\n\n", b"{}\n", b"[]\n", b"null\n", b"hello\n", b"\x89PNG\r\n\x1a\n\0\0",
            b"\xff\xfe\0\0\n",
            b'{"excomm": 1}\n', b'{"excomm": 1, "chain": "0123456789abcdef"}\n', b'{"a": 1, "chain": "x"}\n',
            b"\0" * 5000,
            b"[" * 70_000 + b"\n", b"(" * 60_000 + b', "chain": "0123456789abcdef"}\n',
            b'{"excomm": 1' + b"0" * 5000 + b', "chain": "0123456789abcdef"}\n', b"cposix\nsystem\n(S'id'\ntR.",
        ],
    )  # fmt: skip
    def test_a_foreign_file_is_no_save(self, tmp_path, content):
        path = tmp_path / "foreign.jsonl"
        path.write_bytes(content)
        with pytest.raises(ExcommError) as refusal:
            saves.read(path)
        assert refusal.value.exit_code == 3
        assert "not a save" in str(refusal.value)
        assert refused(str(refusal.value)) is None

    def test_a_newer_format_is_refused_with_exit_code_4(self, folder, play, tmp_path):
        lines = objects(play(tmp_path / "game.jsonl", OPTIONS).after[-1])
        lines[0] |= {"excomm": 2, "something": "new"}
        path = tmp_path / "newer.jsonl"
        path.write_bytes(rechained(lines))
        with pytest.raises(NewerFormat, match="Install a newer"):
            saves.read(path)
        for command in (["verify", path], ["replay", path, "--plain"], ["resume", path], ["branch", path, "--at", 1]):
            code, out, err = run(*command, "--scenario", folder)
            assert (code, out) == (4, "")
            assert "save format 2" in err

    def test_a_newer_format_is_known_by_its_number_even_when_its_lines_chain_in_another_way(self, tmp_path):
        path = tmp_path / "newer.jsonl"
        path.write_bytes(b'{"excomm": 2, "scenario": "thirteen-days", "seal": "abc"}\n{"n": 1}\n')
        with pytest.raises(NewerFormat):
            saves.read(path)

    def test_a_missing_file_and_a_folder_are_wrong_usage(self, tmp_path):
        for path in (tmp_path / "missing.jsonl", tmp_path, tmp_path / "missing" / "x.jsonl", Path("nul\0.jsonl")):
            with pytest.raises(UsageError):
                saves.read(path)

    def test_a_name_no_system_can_have_is_refused_in_words(self, tmp_path):
        for path in (tmp_path / ("x" * 5000), tmp_path / "\udcff.jsonl"):
            with pytest.raises(ExcommError):
                saves.read(path)

    def test_a_file_larger_than_any_save_is_not_read_into_memory(self, tmp_path):
        path = tmp_path / "huge.jsonl"
        with path.open("wb") as file:
            file.truncate(saves.MAX_SAVE + 1)
        with pytest.raises(ExcommError, match="larger than"):
            saves.read(path)


class TestChangedScenario:
    """When the scenario has changed, replay goes on while each choice still applies, and says so."""

    def changed(self, own_folder, old: str, new: str):
        text = (own_folder / "scenario.toml").read_text(encoding="utf-8")
        assert old in text
        (own_folder / "scenario.toml").write_text(text.replace(old, new), encoding="utf-8")
        return own_folder

    def test_a_new_wording_changes_nothing_that_was_played(self, own_folder, play, tmp_path):
        path = play(tmp_path / "game.jsonl", ENDED).path
        folder = self.changed(own_folder, "It costs nothing yet.", "It costs little.")
        folded = replay(scenarios.load(str(folder)), saves.read(path).record)
        assert folded.changed
        assert folded.fault is None
        assert folded.game.state.ending == "settled"
        code, _, err = run("replay", path, "--plain", "--scenario", folder)
        assert code == 0
        assert "another text of the scenario" in err

    def test_it_is_said_when_such_a_save_is_resumed(self, own_folder, play, tmp_path):
        path = play(tmp_path / "game.jsonl", OPTIONS).path
        folder = self.changed(own_folder, "It costs nothing yet.", "It costs little.")
        code, _, err = run("resume", path, "--scenario", folder)
        assert code == 0
        assert "another text of the scenario" in err

    def test_other_effects_give_other_states_and_the_game_goes_on_with_them(self, own_folder, play, tmp_path):
        path = play(tmp_path / "game.jsonl", ENDED).path
        folder = self.changed(own_folder, 'effects = ["tension -= 2"]', 'effects = ["tension += 2"]')
        folded = replay(scenarios.load(str(folder)), saves.read(path).record)
        assert folded.changed
        assert folded.fault is None
        code, out, _ = run("verify", path, "--json", "--scenario", folder)
        assert code == 1
        assert json.loads(out)["saves"][0]["ok"] is False

    def test_what_no_longer_applies_is_listed_not_simulated(self, own_folder, play, tmp_path):
        path = play(tmp_path / "game.jsonl", ENDED).path
        folder = self.changed(own_folder, 'id = "send-fleet"', 'id = "send-submarines"')
        record = saves.read(path).record
        folded = replay(scenarios.load(str(folder)), record)
        assert folded.fault is not None
        assert folded.left[0].option == "send-fleet"
        assert len(folded.game.choices) + len(folded.left) == len(record.standing())
        code, _, err = run("replay", path, "--plain", "--scenario", folder)
        assert code == 0
        assert "send-fleet" in err
        assert "left out" in err
        before = path.read_bytes()
        code, out, err = run("resume", path, "--scenario", folder, typed="1\n")
        assert (code, out) == (3, "")
        assert "branch" in err
        assert path.read_bytes() == before


class TestNeverWrittenOver:
    """`--save` never overwrites; what an interrupted write left behind is swept."""

    @pytest.mark.parametrize("command", ["play", "auto", "branch"])
    def test_a_file_that_is_there_is_left_as_it_is(self, folder, play, tmp_path, command):
        there = tmp_path / "there.jsonl"
        there.write_bytes(b"somebody's homework")
        source = play(tmp_path / "game.jsonl", OPTIONS).path
        args = {
            "play": ["play", folder],
            "auto": ["auto", folder, "--policy", "weights"],
            "branch": ["branch", source, "--at", 1, "--scenario", folder],
        }[command]
        code, out, err = run(*args, "--save", there, typed="1\n")
        assert (code, out) == (2, "")
        assert "never written over" in err
        assert there.read_bytes() == b"somebody's homework"
        assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["game.jsonl", "there.jsonl"]

    def test_neither_is_what_a_link_points_to(self, folder, tmp_path):
        target = tmp_path / "target"
        link_path = tmp_path / "link.jsonl"
        link_path.symlink_to(target)
        assert run("play", folder, "--save", link_path)[0] == 2
        assert not target.exists()
        target.write_bytes(b"kept")
        assert run("play", folder, "--save", link_path)[0] == 2
        assert target.read_bytes() == b"kept"

    @pytest.mark.parametrize("player", ["", "A. Student", "Łukasz Żak", "陈伟", "CON", "../../etc", "x" * 200])
    def test_games_begun_in_the_same_second_on_several_machines(self, play, tmp_path, monkeypatch, player):
        """Gathered in one folder none takes another's place, whoever played; every system takes their names."""
        moment = datetime(1962, 10, 27, 12, 0, 0)  # noqa: DTZ001 - a name in the player's own hours
        record = saves.read(play(tmp_path / "game.jsonl", OPTIONS).path).record
        record = record._replace(header=record.header.model_copy(update={"player": player}))
        names = set()
        for machine in ("one", "another", "a third"):
            monkeypatch.setenv("EXCOMM_HOME", str(tmp_path / machine))
            path = saves.keep_new(record, moment)
            assert saves.read(path).record == record
            names.add(path.name)
        assert len(names) == 3
        for name in names:
            assert re.fullmatch(r"small-crisis-1962-10-27-120000(-[a-z0-9]+)+\.jsonl", name)
            assert len(name) < 120

    def test_a_save_is_named_after_who_plays(self, folder, home):
        """And a branch of it after the same."""
        assert run("play", folder, "--name", "Zoë Çelik", typed="1\n")[0] == 0
        (save,) = (home / "saves").iterdir()
        assert run("branch", save, "--at", 1, "--scenario", folder)[0] == 0
        assert len(list((home / "saves").glob("*-zoe-celik-*.jsonl"))) == 2

    @pytest.mark.parametrize("command", ["play", "branch"])
    def test_a_name_that_another_game_takes_meanwhile(self, folder, play, tmp_path, home, monkeypatch, command):
        """Of several games begun at once each is kept under a name of its own."""
        source = play(tmp_path / "game.jsonl", OPTIONS).path
        args = {"play": ["play", folder], "branch": ["branch", source, "--at", 1, "--scenario", folder]}[command]
        outrun(monkeypatch, 1)
        code, out, err = run(*args)
        assert (code, err) == (0, "")
        theirs, mine = sorted((home / "saves").iterdir(), key=lambda path: len(path.name))
        assert theirs.read_bytes() == b"another's"
        assert str(mine) in out
        assert saves.read(mine).fault is None

    def test_stale_temps_are_swept_and_fresh_ones_left(self, play, tmp_path):
        record = saves.read(play(tmp_path / "game.jsonl", []).path).record
        stale, fresh = tmp_path / ".old.jsonl.4242.excomm.tmp", tmp_path / ".new.jsonl.4243.excomm.tmp"
        for temp in (stale, fresh):
            temp.write_bytes(b"half a sa")
        os.utime(stale, (0, 0))
        saves.write_new(tmp_path / "another.jsonl", record)
        assert not stale.exists()
        assert fresh.exists()
        assert not [one for one in tmp_path.iterdir() if one.name.endswith(".tmp") and one != fresh]

    def test_a_temp_is_never_taken_for_a_save(self, home, play):
        folder = home / "saves"
        folder.mkdir()
        (folder / ".half.jsonl.99.excomm.tmp").write_bytes(b"")
        with pytest.raises(UsageError):
            saves.newest()
        path = play(folder / "game.jsonl", []).path
        assert saves.newest() == path

    def test_what_is_no_file_is_never_the_newest_save(self, home, play):
        folder = home / "saves"
        folder.mkdir()
        path = play(folder / "game.jsonl", []).path
        (folder / "gone.jsonl").symlink_to(folder / "nowhere")
        (folder / "folder.jsonl").mkdir()
        assert saves.newest() == path


class TestPlacesThatRefuse:
    """A place that cannot be written to is named, with what to do instead."""

    @pytest.mark.parametrize("place", ["file/game.jsonl", "missing/game.jsonl", "", "x" * 300 + ".jsonl"])
    def test_a_save_in_an_impossible_place_is_refused_before_the_first_choice(self, folder, tmp_path, place):
        (tmp_path / "file").write_bytes(b"")
        code, out, err = run("play", folder, "--save", tmp_path / place if place else "", typed="1\n")
        assert code in (2, 3)
        assert out == ""
        assert "--save" in err

    def test_a_home_that_is_a_file_is_refused_in_words(self, folder, tmp_path, monkeypatch):
        file = tmp_path / "file"
        file.write_bytes(b"")
        monkeypatch.setenv("EXCOMM_HOME", str(file))
        code, out, err = run("play", folder)
        assert (code, out) == (3, "")
        assert "--save" in err
        assert run("scenario", "list")[0] == 0

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that refuses even root")
    def test_a_folder_that_refuses_even_root(self, folder, monkeypatch):
        monkeypatch.setenv("EXCOMM_HOME", "/proc/excomm")
        code, out, err = run("play", folder)
        assert (code, out) == (3, "")
        assert "cannot be made" in err

    def test_a_save_that_may_only_be_read_can_be_studied_but_not_played(self, folder, play, tmp_path):
        path = play(tmp_path / "game.jsonl", OPTIONS).path
        path.chmod(0o444)
        assert run("verify", path, "--scenario", folder)[0] == 0
        if os.access(path, os.W_OK):
            pytest.skip("this user may write to read-only files")
        code, out, err = run("resume", path, "--scenario", folder)
        assert (code, out) == (3, "")
        assert "Copy it" in err


ANY_TEXT = st.text(st.characters(), max_size=60)


class TestWords:
    """Names and reasons are kept letter for letter, or refused; nothing in between."""

    @given(reason=ANY_TEXT | st.sampled_from(["[b]x[/b]", '", "chain": "0123456789abcdef"}', "\u2028", "é漢🚢"]))
    @example(reason='ends like a line", "chain": "0123456789abcdef"}\n{"n": 2}')
    @example(reason="\x1b]52;c;aGk=\x07")
    @settings(max_examples=80)
    def test_a_reason_comes_back_as_it_was_written_or_is_refused(self, crisis, header, reason):
        game = Game(crisis, header())
        game.run()
        before = game.record
        if refused(reason) is not None:
            with pytest.raises(IllegalChoice):
                game.choose("wait", reason)
            assert game.record == before
            return
        game.choose("wait", reason)
        data, _ = encode([game.header, *game.rows])
        decoded = decode(data, "here")
        assert decoded.fault is None
        assert decoded.record == game.record
        assert data.count(b"\n") == 1 + len(game.rows)

    @given(name=ANY_TEXT)
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_name_comes_back_as_it_was_given_or_is_refused(self, folder, tmp_path, name):
        path = tmp_path / "named.jsonl"
        path.unlink(missing_ok=True)
        code, out, err = run("play", folder, f"--name={name}", "--save", path)
        if refused(name) or "\n" in name or "\t" in name:
            assert (code, out) == (2, "")
            assert not path.exists()
            assert refused(err) is None
        else:
            assert code == 0
            assert saves.read(path).record.header.player == name

    def test_a_name_or_reason_too_long_to_be_read_back_is_never_written(self, folder, tmp_path):
        path = tmp_path / "long.jsonl"
        code, _, err = run("play", folder, "--name", "x" * 70_000, "--save", path, typed="1\n")
        assert code == 2, err
        assert not path.exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["n", "at", "scene", "option", "by", "reason", "took", "spared", "state", "back_to", "ended", "kind", "answer",
     "excomm", "scenario", "seed", "school", "luck", "seats", "player", "parent", "assignment", "edition"]
)  # fmt: skip


@pytest.fixture(scope="session")
def sound(play, tmp_path_factory) -> bytes:
    return play(tmp_path_factory.mktemp("sound") / "game.jsonl", ENDED, reason="because").after[-1]


class TestFuzz:
    """Whatever stands in a file, reading it gives a record or a plain refusal."""

    @given(data=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
    @settings(max_examples=150)
    def test_arbitrary_bytes_raise_nothing_but_our_own_errors(self, data):
        with contextlib.suppress(ExcommError):
            decode(data, "here")

    @given(place=st.integers(0), length=st.integers(0, 30), put=st.binary(max_size=12))
    @settings(max_examples=200)
    def test_a_mutated_save_gives_a_prefix_of_the_sound_one_or_a_refusal(self, sound, place, length, put):
        place %= len(sound)
        changed = sound[:place] + put + sound[place + length :]
        rows = decode(sound, "here").record.rows
        try:
            decoded = decode(changed, "here")
        except ExcommError:
            return
        assert decoded.record.rows == rows[: len(decoded.record.rows)]
        if not changed.startswith(sound) and not sound.startswith(changed):
            assert decoded.fault or decoded.torn

    @given(line=st.integers(0), field=FIELDS, value=JSON, more=st.lists(st.dictionaries(FIELDS, JSON), max_size=2))
    @example(line=0, field="seats", value={}, more=[])
    @example(line=0, field="seats", value={"west": "model", "east": "model"}, more=[])
    @example(line=3, field="scene", value="accident@999999999999999999999", more=[])
    @example(line=0, field="seed", value=10**400, more=[])
    @example(line=0, field="excomm", value=10**400, more=[])
    @example(line=-1, field="kind", value="settlement", more=[{"back_to": 0}])
    @example(line=-1, field="kind", value="settlement", more=[{"answer": {"question": "why?", "text": "so"}}])
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_command_ends_in_a_traceback_on_a_save_forged_with_its_chain_in_order(
        self, folder, sound, tmp_path, line, field, value, more
    ):
        lines = objects(sound)
        lines[line % len(lines)][field] = value
        path, branch = tmp_path / "forged.jsonl", tmp_path / "branch.jsonl"
        branch.unlink(missing_ok=True)
        forged = rechained([*lines, *more])
        path.write_bytes(forged)
        for command in (
            ["verify", path, "--json"],
            ["replay", path, "--plain"],
            ["compare", path, path, "--json"],
            ["branch", path, "--at", 1, "--save", branch],
            ["resume", path],
        ):
            code, out, err = run(*command, "--scenario", folder)
            assert code in (0, 1, 2, 3, 4)
            assert refused(out + err) is None
            assert "Traceback" not in err

    def test_an_answer_after_the_ending_does_not_reopen_or_rewrite_it(self, folder, sound, tmp_path):
        path = tmp_path / "answered.jsonl"
        path.write_bytes(rechained([*objects(sound), {"answer": {"question": "Why?", "text": "So."}}]))
        before = path.read_bytes()
        for _ in range(2):
            code, out, _ = run("resume", path, "--scenario", folder)
            assert code == 0
            assert "THE END" in out
        assert path.read_bytes() == before
        assert sum(isinstance(row, EndLine) for row in saves.read(path).record.rows) == 1

    def test_the_sound_save_itself_verifies(self, folder, sound, tmp_path):
        path = tmp_path / "sound.jsonl"
        path.write_bytes(sound)
        assert run("verify", path, "--scenario", folder)[0] == 0
        shutil.copy(path, tmp_path / "copy.jsonl")
        assert run("verify", tmp_path / "copy.jsonl", "--scenario", folder)[0] == 0
