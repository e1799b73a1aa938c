"""What `scenario coverage` promises: its exit code, its JSON, its table; and that `scenario check` tells new doubts."""

from __future__ import annotations

import json

import pytest

from tests.authoring import OVER, TOO_HOT, crisis, hour, option, scene
from tests.program import refusal, run
from tests.strategies import as_toml

WORLDS = ("--worlds", "50")
GAP = scene("later", hour(17, 9), option("wait"), option("act", "heat -= 2", when="heat > 8"))


@pytest.fixture
def with_gap(home) -> str:
    """A scenario with an option that nothing reaches and an ending that never comes."""
    folder = home / "scenarios" / "a-crisis"
    folder.mkdir()
    (folder / "scenario.toml").write_text(as_toml(crisis(GAP, ending=[TOO_HOT, OVER])), encoding="utf-8")
    return "a-crisis"


def test_all_reached_ends_with_0(home):
    """A table on standard output, what is being done on standard error."""
    said = run("scenario", "coverage", "small-crisis", *WORLDS)
    assert said.code == 0, said
    assert "Options: 12 of 12 reached" in said.out
    assert "unreached" not in said.out
    assert "Threaten every day" in said.out
    assert said.err.startswith("Plain play")


def test_gaps_end_with_1_and_are_named(with_gap):
    """By kind, each on a line of its own."""
    said = run("scenario", "coverage", with_gap, *WORLDS)
    assert said.code == 1
    assert "Options: 3 of 4 reached\n  unreached: later/act\n" in said.out
    assert "Endings: 1 of 2 reached\n  unreached: too-hot\n" in said.out


def test_json_is_one_object_and_the_same_each_time(with_gap):
    """Nothing else on standard output; the exit code is that of the table."""
    said, again = (run("scenario", "coverage", with_gap, *WORLDS, "--json") for _ in range(2))
    assert (said.code, said.out) == (again.code, again.out)
    told = json.loads(said.out)
    assert said.code == 1
    assert told["unreached"] == ["later/act", "too-hot"]
    assert told["options"]["later/act"] == told["endings"]["too-hot"] == 0
    assert told["options"]["later/wait"] > 0
    assert list(told["pacing"]) == ["history", "weights", "random"]


def test_one_seat_alone(home):
    """The table speaks of the seat that was asked for."""
    said = run("scenario", "coverage", "small-crisis", "--seat", "east", *WORLDS)
    assert "with a person in East\n" in said.out
    assert "What a game asks of East" in said.out


@pytest.mark.parametrize(
    ("args", "says"),
    [(["--seat", "nobody"], "no seat 'nobody'"), (["--worlds", "0"], "must lie between 1")],
)
def test_refusals(args, says):
    """What cannot be asked is refused in a sentence."""
    assert says in refusal(run("scenario", "coverage", "small-crisis", *args), 2)


def test_a_scenario_with_faults_is_not_played(home):
    """The faults come first."""
    (home / "scenarios" / "small-crisis" / "more.toml").write_text("[", encoding="utf-8")
    assert "scenario check" in refusal(run("scenario", "coverage", "small-crisis"), 3)


def test_help_names_every_option():
    """Somebody who asks is told of the seat, the worlds and the JSON."""
    said = run("scenario", "coverage", "--help")
    assert said.code == 0
    assert all(option in said.out for option in ("--seat", "--worlds", "--json", "[SCENARIO]"))
    assert "coverage" in run("scenario", "--help").out


def test_check_tells_doubts_that_take_the_whole_scenario_to_see(with_gap):
    """They stand beside the others, with file, place and message."""
    said = run("scenario", "check", with_gap, "--json")
    assert said.code == 1
    told = json.loads(said.out)
    assert (told["ok"], told["faults"]) == (True, [])
    doubts = {doubt["where"]: doubt for doubt in told["doubts"]}
    assert list(doubts) == ["scene later › option act › when", "ending too-hot"]
    assert all(list(doubt) == ["file", "where", "message"] for doubt in told["doubts"])
    assert doubts["ending too-hot"]["file"] == "scenario.toml"
