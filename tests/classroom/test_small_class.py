"""The report on a small class says what was worked out by hand from the choices in `small.py`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.classroom import small
from tests.classroom.test_collect import rows, section, shown, split_tables, table
from tests.debrief.test_page import Page
from tests.program import run

MORNING, TONE, TERMS = "What to do today", "The letter: its tone", "The letter: its terms"
UNMET = ["", "", "", "", ""]


@pytest.fixture(scope="module")
def collected(small_crisis, small_folder, tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("small")
    small.handed_in(small_crisis, root)
    (root / "in" / "notes").mkdir()
    shutil.move(root / "roster.csv", root / "in" / "notes")
    said = run(
        "class", "collect", root / "in", "--roster", root / "in" / "notes" / "roster.csv", "--out", root / "in" / "out",
        "--scenario", small_folder, "--jobs", 1,
    )  # fmt: skip
    assert said.code == 0, said
    assert "7 files: 3 finished, 3 unfinished, 1 damaged.\n7 on the roster, 1 other; 1 missing: Gus Hill.\n" in said.out
    return root / "in" / "out"


@pytest.fixture(scope="module")
def page(collected) -> str:
    return (collected / "report.html").read_text(encoding="utf-8")


def test_every_game_has_its_figures_and_the_mean_is_of_those_that_are_over(page):
    """Choices that stand, minutes with what was taken back, takebacks; a mean of fewer says of how many."""
    found = rows(section(page, "risk"))[1:]
    assert [(row[0], row[1], *row[7:]) for row in found] == [
        ("Ben Cole", "A letter is answered", "5", "5.7", "1"),  # five choices of 60 seconds and one of 42
        ("Ana Bell", "A letter is answered", "5", "2.5", "0"),  # five of 30
        ("Dan Ek", "unfinished", "1", "0.1", "0"),
        ("Cy Dorn", "unfinished", "6", "1.0", "0"),
        ("Eve Fox", "unfinished", "3", "1.0", "0"),
        ("Flo Gray", "Everybody is tired", "12", "–", "0"),
        ("Mean of 3", "", "", "4.1 (of 2)", "0.3"),  # 5.7 and 2.5 minutes; 1 of 3
    ]
    for row in found[:2]:  # who settles runs no risk any more
        opening, own, others, luck = (float(one.strip("%").replace("−", "-")) for one in row[3:7])
        assert opening + own + others + luck == pytest.approx(0, abs=0.7)
    assert [row[1:] for row in rows(section(page, "endings"))[1:]] == [["a settlement", "2"], ["nothing settled", "1"]]


def test_judgement_and_luck_are_drawn_where_the_table_puts_them(page):
    """A mark for each game that is over and a bar for their mean, read off the axis; the same is said in words."""
    told = {row[0]: [float(cell.replace("−", "-")) for cell in row[4:7]] for row in rows(section(page, "risk"))[1:]}
    (drawn,) = re.findall(r'<svg[^>]*aria-labelledby="doings-.*?</svg>', page, re.DOTALL)
    axis = [(float(x), float(share)) for x, share in re.findall(r'x="([\d.]+)" y="[^>]*>(-?[\d.]+)%</text>', drawn)]
    (left, least), (right, most) = axis[0], axis[-1]

    def read_off(places: list[str]) -> list[float]:
        return [least + (float(x) - left) * (most - least) / (right - left) for x in places]

    marks = read_off(re.findall(r'<use x="([\d.]+)"[^>]*stroke-opacity', drawn))
    bars = read_off(re.findall(r'<path d="M ([\d.]+) [^>]*stroke-width: 2;', drawn))
    by_doing = zip(*(told[who] for who in ("Ben Cole", "Ana Bell", "Flo Gray")), strict=True)
    assert marks == pytest.approx([moved for doing in by_doing for moved in doing], abs=0.06)
    assert bars == pytest.approx(told["Mean of 3"], abs=0.06)
    (said,) = re.findall(r'<desc id="doings-.*?">(.*?)</desc>', drawn)
    assert [float(one.replace("−", "-")) for one in re.findall(r"mean (\S+) points", said)] == told["Mean of 3"]


def test_every_student_has_a_line_to_grade(collected):
    """The roster's order, then who is not on it; words are those of all answers; no game, no figures."""
    found = [[shown(cell) for cell in row.values()] for row in table(collected / "grades.csv")]
    assert [[*row[:5], *row[6:]] for row in found] == [
        [*row, *UNMET]
        for row in (
            ["b2", "Ben Cole", "finished", "5", "5.7", "4", "", "Yes, all of it."],
            ["a1", "Ana Bell", "finished", "5", "2.5", "5", "=because I was afraid", "No."],
            ["g7", "Gus Hill", "missing", "", "", "", "", ""],
            ["d4", "Dan Ek", "unfinished", "1", "0.1", "0", "", ""],
            ["c3", "Cy Dorn", "unfinished", "6", "1.0", "0", "", ""],
            ["h8", "Hal Innes", "left out", "", "", "", "", ""],
            ["e5", "Eve Fox", "unfinished", "3", "1.0", "0", "", ""],
            ["", "Flo Gray", "finished", "12", "", "0", "", ""],
        )
    ]
    assert [bool(row[5]) for row in found] == [bool(row[3]) for row in found], "a risk for who has choices"
    seconds = [(row["student"], row["seconds"]) for row in table(collected / "choices.csv")]
    assert seconds == [
        *[("Ben Cole", "60")] * 5, *[("Ana Bell", "30")] * 5, ("Dan Ek", "6"), *[("Cy Dorn", "10")] * 6,
        *[("Eve Fox", "20")] * 3, *[("Flo Gray", "")] * 12,
    ]  # fmt: skip


def test_the_class_is_split_as_it_chose(page):
    """Takers and shares of those who met the scene; the chart has the scenes that half of the six met."""
    counts = {scene: [(*row[1:3], *row[3:]) for row in rows(one)[1:]] for scene, one in split_tables(page).items()}
    was, no = "as in 1962", ""
    fleet, threat = ("Send the fleet", no, "0", "0%"), ("Threaten", no, "0", "0%")
    assert counts == {
        "morning@1": [("Wait", was, "3", "50%"), ("Send the fleet", no, "1", "17%"), ("Threaten", no, "2", "33%")],
        "morning@2": [("Wait", was, "5", "100%"), fleet, threat],
        "morning@3": [("Wait", was, "4", "80%"), fleet, ("Threaten", no, "1", "20%")],
        "letter-tone": [("Warm", was, "2", "50%"), ("Cold", no, "2", "50%")],
        "letter-terms": [("Firm", was, "2", "50%"), ("Settle at once", no, "2", "50%")],
        "morning@4": [("Wait", was, "2", "100%"), fleet, threat],
        **{f"morning@{day}": [("Wait", was, "1", "100%"), fleet, threat] for day in range(5, 11)},
    }
    (described,) = re.findall(r'<desc id="splits-.*?">(.*?)</desc>', page)
    assert re.findall(r"(\d+ Oct) [\d:]+ (\D+): A, ", described) == [
        ("16 Oct", MORNING), ("17 Oct", MORNING), ("18 Oct", MORNING), ("18 Oct", TONE), ("18 Oct", TERMS),
    ]  # fmt: skip


def test_of_the_divided_scenes_those_are_told_that_five_met(page):
    """Three of six, two and one are 1.46 bits; four of five are 0.72; two and two of four were too few."""
    told = [Page(one).text for one in section(page, "divided").split("<h3>")[1:]]
    assert [re.search(r"(\d+ October).*?(\d chose; .*? bits)", one).groups() for one in told] == [
        ("16 October", "6 chose; the division is 1.46 bits"), ("18 October", "5 chose; the division is 0.72 bits"),
    ]  # fmt: skip


def test_where_each_left_1962_is_told_once(page):
    """At the first choice that was another: nobody comes twice, and who stands at a scene chose that there."""
    left = [(row[0], row[1], row[2]) for row in rows(section(page, "history"))[1:]]
    assert [(re.search(r"\): (.*?)1962: (.*)", scene).groups(), count, who) for scene, count, who in left] == [
        ((MORNING, "Wait"), "3", "Dan Ek: ThreatenEve Fox: Send the fleetFlo Gray: Threaten"),
        ((TONE, "Warm"), "2", "Ben Cole: ColdCy Dorn: Cold"),
        ((TERMS, "Firm"), "1", "Ana Bell: Settle at once"),
    ]


def test_who_handed_in_what_has_all_there_is_to_say(page):
    """Of one file the questions that are open and that the name is not on the roster; the sound part of another."""
    listed = {row[0]: row[1:] for row in rows(section(page, "files"))[1:]}
    assert list(listed) == [
        "Ben Cole", "Ana Bell", "Gus Hill", "Dan Ek", "Cy Dorn", "Hal Innes", "Eve Fox", "Flo Gray",
    ]  # fmt: skip
    assert listed["Ana Bell"] == ["finished", "ana", ""]
    assert listed["Ben Cole"] == ["finished", "ben", "1 of the questions is not answered."]
    assert listed["Gus Hill"] == ["missing", "", ""]
    assert listed["Hal Innes"][:2] == ["damaged", "hal"]
    assert listed["Flo Gray"][2].startswith("2 of the questions are not answered. The name is not on the roster. ")


def test_statements_keep_the_times_and_know_a_question_by_its_number(collected):
    """What was taken back took its time; a question has one name whoever left out which; no time is not no seconds."""
    said = [json.loads(line) for line in (collected / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    own: dict[str, list[tuple[str, str, str | None]]] = {}
    for one in said:
        result = one.get("result", {})
        own.setdefault(one["actor"]["account"]["name"], []).append(
            (one["timestamp"][11:19], one["object"]["id"].partition(":question:")[2], result.get("duration"))
        )
    choices = [(f"09:0{n}:00", "", "PT60.00S") for n in range(1, 6)]
    assert own["b2"] == [
        ("09:00:00", "", None), *choices, ("09:05:00", "2", None), ("09:05:00", "", "PT342.00S"),
    ]  # fmt: skip
    assert [one[1:] for one in own["a1"][-3:]] == [("1", None), ("2", None), ("", "PT150.00S")]
    assert {one[2] for one in own["Flo Gray"]} == {None}
    assert [(len(one), who) for who, one in own.items()] == [
        (8, "b2"), (9, "a1"), (2, "d4"), (7, "c3"), (4, "e5"), (14, "Flo Gray"),
    ]  # fmt: skip
