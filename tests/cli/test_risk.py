"""What `odds`, `courses` and `debrief` promise: shapes, refusals, partial figures, files that are never lost."""

from __future__ import annotations

import json

import pytest

from excomm_game.cli import risk
from excomm_game.files.places import history_save
from excomm_game.worlds import run as running
from tests.program import refusal, run

HISTORY = str(history_save())
WORLDS = ("--worlds", "300")


def told(*args: object) -> dict:
    said = run(*args, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def is_figure(one: dict) -> bool:
    return list(one) == ["p", "low", "high"] and 0 <= one["low"] <= one["p"] <= one["high"] <= 1


@pytest.fixture
def unfinished(tmp_path) -> str:
    """A save of a game somebody has left."""
    path = tmp_path / "mine.jsonl"
    said = run("play", "thirteen-days", "--seed", "3", "--save", path, "--plain", typed="1\n")
    assert said.code == 0, said.err
    return str(path)


class TestOdds:
    """Foresight from a position."""

    def test_shape(self):
        """The JSON has its keys, every figure its interval, and the roads add up."""
        one = told("odds", HISTORY, "--at", "30", *WORLDS)
        assert list(one) == ["worlds", "nuclear", "kinds", "endings", "pathways"]
        assert one["worlds"] == 300
        figures = [one["nuclear"], *one["kinds"].values(), *one["endings"].values(), *one["pathways"].values()]
        assert all(map(is_figure, figures))
        assert sum(road["p"] for road in one["pathways"].values()) == pytest.approx(one["nuclear"]["p"])

    def test_at_the_end_it_is_certain(self):
        """After the last choice there is nothing left to foresee."""
        one = told("odds", HISTORY, *WORLDS)
        assert one["nuclear"] == {"p": 0, "low": 0, "high": 0}
        assert one["kinds"]["settlement"]["p"] == 1

    def test_the_cut_does_not_show(self):
        """Two processes find what one finds."""
        assert told("odds", HISTORY, "--at", "60", *WORLDS, "--jobs", "2") == told(
            "odds", HISTORY, "--at", "60", *WORLDS
        )

    @pytest.mark.parametrize(
        ("args", "says"),
        [
            (["--worlds", "0"], "must lie between 1"),
            (["--worlds", "-5"], "must lie between 1"),
            (["--worlds", "99999999999"], "must lie between 1"),
            (["--at", "500"], "past the end"),
            (["--jobs", "0"], "--jobs takes"),
            (["--jobs", "2", "--dask", "tcp://127.0.0.1:1"], "exclude each other"),
        ],
    )
    def test_refusals(self, args, says):
        """What makes no sense is refused in a sentence that names it."""
        said = run("odds", HISTORY, *args)
        assert said.code == 2
        assert says in said.err
        assert said.out == ""

    def test_an_unreachable_cluster(self, monkeypatch):
        """A scheduler that does not answer is named, with what to do."""
        pytest.importorskip("distributed")
        monkeypatch.setattr("excomm_game.cli.crew.PATIENCE", "1s")
        said = run("odds", HISTORY, "--at", "3", *WORLDS, "--dask", "tcp://127.0.0.1:9")
        assert said.code in {1, 3}, said.err
        assert "No scheduler answers at tcp://127.0.0.1:9" in said.err

    def test_an_unfinished_game_keeps_its_secrets(self, unfinished):
        """Odds from the true state would tell what the seat does not know."""
        said = run("odds", unfinished, *WORLDS)
        assert said.code == 2
        assert "--reveal" in said.err
        assert run("odds", unfinished, *WORLDS, "--reveal").code == 0

    def test_interrupted(self, monkeypatch):
        """Half-way, the figures of the worlds played so far are told, and marked as partial."""
        played, count = running.played, 0

        def tired(*args):
            nonlocal count
            count += 1
            if count == 3:
                raise KeyboardInterrupt
            return played(*args)

        monkeypatch.setattr(running, "played", tired)
        monkeypatch.setattr(running, "BLOCK", 100)
        said = run("odds", HISTORY, "--at", "30", "--worlds", "500")
        assert said.code == risk.INTERRUPTED
        assert "in 200 worlds" in said.out
        assert "partial, from 200 of 500 worlds" in said.err


class TestCourses:
    """The courses side by side."""

    def test_shape(self, thirteen_days):
        """A row for every course and school, each with its figures."""
        rows = told("courses", "--school", "all", "--worlds", "200")["rows"]
        courses = [course.id for course in thirteen_days.draft.courses]
        assert [(row["school"], row["course"]) for row in rows] == [
            (school, course) for school in thirteen_days.schools for course in courses
        ]
        for row in rows:
            assert list(row) == ["course", "school", "worlds", "nuclear", "kinds", "pathways"]
            assert all(map(is_figure, [row["nuclear"], *row["kinds"].values(), *row["pathways"].values()]))

    def test_table_and_chart(self, tmp_path):
        """The table has a line for every course; the chart is drawn beside it."""
        chart = tmp_path / "courses.svg"
        said = run("courses", "--worlds", "200", "--svg", chart)
        assert said.code == 0, said.err
        assert "Invasion" in said.out
        assert chart.read_text(encoding="utf-8").lstrip().startswith(("<svg", "<?xml"))

    @pytest.mark.parametrize("command", [["courses", "--worlds", "50", "--svg"], ["debrief", HISTORY, "--html"]])
    @pytest.mark.parametrize("held", ["precious", "<svg>another chart</svg>", "<!doctype html>another game's page"])
    def test_nothing_is_drawn_over(self, tmp_path, command, held):
        """Neither a save nor another game's page or chart, and it is said before anything is worked out."""
        path = tmp_path / "mine"
        path.write_text(held, encoding="utf-8")
        assert "is there already" in refusal(run(*command, path), 2)
        assert path.read_text(encoding="utf-8") == held

    @pytest.mark.parametrize(("option", "value"), [("--school", "nobody"), ("--seat", "mars")])
    def test_unknown_names(self, option, value):
        """An unknown school or seat is named, with those there are."""
        said = run("courses", "--worlds", "50", option, value)
        assert said.code == 2
        assert value in said.err


class TestDebrief:
    """The whole account of one game."""

    def test_shape(self, monkeypatch):
        """The JSON has its keys; every turn is judgement, theirs or luck, and they sum to the whole way."""
        monkeypatch.setattr("excomm_game.debrief.whole.WORLDS", 100)
        one = told("debrief", HISTORY)
        assert list(one) == ["ending", "kind", "worlds", "risk_run", "history", "rungs", "turns", "judges"]
        assert list(one["risk_run"]) == ["nuclear", "kinds", "pathways"]
        moved = 0.0
        for turn in one["turns"]:
            (doing,) = {"judgement", "theirs", "luck"} & set(turn)
            moved += turn[doing]
        first, last = one["turns"][0]["before"]["p"], one["turns"][-1]["after"]["p"]
        assert moved == pytest.approx(last - first)
        assert one["history"]["first_divergence"] is None

    def test_in_words_and_as_a_page(self, tmp_path):
        """It is printed page by page, or written as one page of HTML."""
        said = run("debrief", HISTORY)
        assert said.code == 0, said.err
        for name in ("Story", "Risk", "Choices", "Judges", "Truth", "Sources"):
            assert f"=== {name} ===" in said.out
        page = tmp_path / "out.html"
        said = run("debrief", HISTORY, "--html", page)
        assert said.code == 0, said.err
        assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html")
        assert said.out == ""

    def test_a_folder(self, tmp_path):
        """A debrief is of one game; what reads a whole class is named."""
        said = refusal(run("debrief", tmp_path, "--html", tmp_path / "out.html"), 2)
        assert f"excomm class collect {tmp_path}" in said

    def test_an_unfinished_game(self, unfinished):
        """A debrief before the end would be hindsight."""
        said = run("debrief", unfinished)
        assert said.code == 2
        assert "--reveal" in said.err
