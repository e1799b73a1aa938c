"""A class is collected: every number in the report and the tables is that of the saves, worked out here once more."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from math import log2
from string import ascii_uppercase

import pytest

from excomm_game.debrief.whole import SHORT, debrief
from excomm_game.engine.game import Game
from excomm_game.engine.policy import historical, open_ids
from excomm_game.engine.record import Answer, AnswerLine, BackLine, ChoiceLine
from excomm_game.files import drafts
from excomm_game.words.ending import closing
from excomm_game.words.figures import percent, points
from tests.classroom import lessons
from tests.debrief.test_page import Page
from tests.program import refusal, run

FORMULA = tuple("=+-@\t\r\n")


@pytest.fixture(scope="module")
def page(out) -> str:
    return (out / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def explained(lesson):
    """The short debrief of every game that should count, made from the games themselves."""
    return {who: debrief(game, SHORT, short=True, reveal=True) for who, game in lesson.games.items()}


def table(path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def shown(cell: str) -> str:
    """What a spreadsheet shows of a cell that was disarmed."""
    return cell.removeprefix("'")


def own(game) -> list[ChoiceLine]:
    return [row for row in game.choices if row.by == "person"]


def section(page: str, name: str) -> str:
    return page[page.index(f'<section id="{name}"') :].partition('\n<section id="')[0]


def rows(html: str) -> list[list[str]]:
    """Return the cells of every table row, as read."""
    found = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [[Page(cell).text for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in found]


def split_tables(page: str) -> dict[str, str]:
    """Return the table of each scene, in the page's order."""
    return dict(re.findall(r'<table class="sides" data-scene="([^"]+)">(.*?)</table>', page, re.DOTALL))


def reasons(page: str) -> dict[str, str]:
    """Return what is told of each scene's reasons, in the page's order."""
    told = re.split(r'<section class="reasons" data-scene="([^"]+)">', section(page, "reasons"))[1:]
    return dict(zip(told[::2], told[1::2], strict=True))


def quoted(html: str) -> list[tuple[str, str]]:
    """Return the reasons that are quoted, each with who gave it."""
    quotes = re.findall(r"<blockquote.*?<p>(.*?)</p><footer>(.*?)</footer>", html, re.DOTALL)
    return [(Page(why).text, Page(who).text) for why, who in quotes]


# -- who


def test_everybody_has_a_row_and_the_state_of_their_work(out, lesson):
    """Finished, unfinished, left out or missing: the roster's order, its identifiers, and nobody twice."""
    grades = table(out / "grades.csv")
    assert [row["identifier"] for row in grades] == [*(f"s{k:03}" for k in range(30)), "s999", ""]
    states = {shown(row["name"]): row["completion"] for row in grades}
    for k in range(30):
        state = "left out" if k in (*lessons.DAMAGED, *lessons.FORGED) else "finished"
        assert states[lessons.name(k)] == ("unfinished" if k in lessons.UNFINISHED else state)
    assert states[lessons.MISSING] == "missing"
    assert states["Someone Else"] == "left out"


def test_whatever_was_left_out_is_listed_with_its_reason(page):
    """Each in its line: the state, the file and why."""
    listed = {row[2]: (row[1], row[3]) for row in rows(section(page, "files"))}
    states = Counter(state for state, _ in listed.values())
    assert states["damaged"] == len(lessons.DAMAGED) + 1
    assert states["forged or edited"] == len(lessons.FORGED)
    assert states["double"] == len(lessons.DOUBLED) + 1
    for file, state, why in (
        ("empty.jsonl", "empty", "nothing"), ("huge.jsonl", "unreadable", "20,000,000"),
        ("newer.jsonl", "newer format", "format 2"), ("link.jsonl", "unreadable", "link"),
        ("control.jsonl", "damaged", "U+001B"), ("escape.zip", "unreadable", "leads out of it"),
        ("other.jsonl", "another assignment", "Another"),
        ("work.zip › a folder/save.bin", "double", "the same save as"),
    ):  # fmt: skip
        assert listed[file][0] == state
        assert why in listed[file][1]
    (why,) = [why for state, why in listed.values() if state == "another attempt"]
    assert why == "It gives the same name as again.jsonl, which counts: both are taken for one student's."
    assert "photo.jpg" in page
    assert "essay.docx," in page
    assert "2 of the questions are not answered." in page


def test_of_a_damaged_save_the_sound_part_is_shown(page, lesson):
    """Its choices before the damage, with their reasons."""
    text = Page(section(page, "files")).text
    for k in lessons.DAMAGED:
        sound = [choice for choice in lessons.play(lessons.begun(k), k).choices if choice.reason]
        assert f"({sound[0].reason})" in text


# -- numbers


def test_grades_are_those_of_the_saves(out, lesson, explained):
    """Choices, minutes, risk run, words and answers; what the teacher fills in is empty."""
    grades = {shown(row["name"]): row for row in table(out / "grades.csv")}
    assert {who for who, row in grades.items() if row["choices"]} == set(lesson.games)
    for who, game in lesson.games.items():
        row, told = grades[who], explained[who]
        timed = [one.took for one in game.rows if isinstance(one, ChoiceLine) and one.took is not None]
        words = sum(len(one.answer.text.split()) for one in game.rows if isinstance(one, AnswerLine))
        assert int(row["choices"]) == len(own(game))
        assert float(row["minutes"]) == pytest.approx(sum(timed) / 60, abs=0.051)
        assert float(row["risk run"]) == pytest.approx(told.ran.nuclear.p, abs=0.00005)
        assert int(row["reflection words"]) == words
        for n, question in enumerate(game.assignment.questions, start=1):
            assert shown(row[f"answer {n}: {question}"]) == game.answers().get(question, "")
        assert [row[f"criterion {n}"] for n in range(1, 5)] + [row["comment"]] == [""] * 5


def test_every_choice_has_a_row(out, lesson, explained):
    """In order, with what 1962 did, who chose, how long it took, why, and how it moved the risk."""
    found = table(out / "choices.csv")
    expected = []
    for row in table(out / "grades.csv"):
        who = shown(row["name"])
        for choice in own(lesson.games[who]) if who in lesson.games else []:
            turn = explained[who].turns[choice.n - 1]
            named = historical(lessons.crisis(), turn.told.occurrence) or ""
            scene = lessons.crisis().scene_of(turn.told.occurrence)
            labels = {option.id: option.label for option in scene.option}
            expected.append((who, choice.scene, scene.title, choice.option, labels[choice.option], named,
                             labels.get(named, ""), "person", choice.took, choice.reason or "",
                             round(turn.moved, 4)))  # fmt: skip
    assert [
        (shown(one["student"]), one["scene"], one["title"], one["option"], one["label"], one["option of 1962"],
         one["label of 1962"], one["by"], float(one["seconds"]), one["reason"], float(one["judgement"]))
        for one in found
    ] == expected  # fmt: skip


def test_each_student_can_be_read_by_themselves(page, lesson):
    """Every choice with its hour, scene and reason, then the questions with the answers, or that there is none."""
    told = {Page(one.partition("</h3>")[0]).text: one for one in section(page, "students").split("<h3>")[1:]}
    assert list(told) == sorted(lesson.games, key=lambda who: int(who.split()[-1]))
    for who, game in lesson.games.items():
        agenda = {one.label: one for one in game.scenario.agenda}
        expected = []
        for choice in own(game):
            scene, at = game.scenario.scene_of(agenda[choice.scene]), agenda[choice.scene].local
            (label,) = (option.label for option in scene.option if option.id == choice.option)
            expected.append([f"{at.day} Oct {at:%H:%M}", scene.title, label, choice.reason or ""])
        assert rows(told[who])[1:] == expected
        answers = [(Page(one).text, Page(two).text) for one, two in re.findall(r"<dt>(.*?)</dt><dd.*?>(.*?)</dd>",
                                                                                told[who], re.DOTALL)]  # fmt: skip
        given = game.answers()
        assert answers == [
            (question, " ".join(given.get(question, "No answer.").split()))
            for question in game.assignment.questions
            if game.kind is not None
        ]
    assert "No answer." in told[lessons.name(lessons.ANSWERLESS)]


def test_the_class_split_as_the_saves_say(page, lesson):
    """At every scene somebody met: each option that was open to anybody, its count and share, history's mark."""
    counted: dict[str, Counter[str]] = {}
    offered: dict[str, set[str]] = {}
    agenda = {one.label: one for one in lessons.crisis().agenda}
    for game in lesson.games.values():
        for choice in own(game):
            state = game.steps[choice.n - 1].state
            counted.setdefault(choice.scene, Counter())[choice.option] += 1
            offered.setdefault(choice.scene, set()).update(open_ids(game.scenario, state, agenda[choice.scene]))
    tables = split_tables(page)
    assert set(tables) == set(counted)
    for scene, counts in counted.items():
        occurrence = agenda[scene]
        named, met = historical(lessons.crisis(), occurrence), sum(counts.values())
        options = [
            one
            for one in lessons.crisis().scene_of(occurrence).option
            if one.id in offered[scene] or one.id == named
        ]  # fmt: skip
        expected = [
            [letter, " ".join(one.label.split()), "as in 1962" if one.id == named else "", str(counts[one.id]),
             percent(counts[one.id] / met)]
            for letter, one in zip(ascii_uppercase, options, strict=False)
        ]  # fmt: skip
        assert rows(tables[scene])[1:] == expected
    assert list(tables) == sorted(counted, key=lambda scene: agenda[scene].position)
    assert "0" in [row[3] for one in tables.values() for row in rows(one)], "an option that nobody took"


def test_the_chart_and_the_tables_of_the_split_are_read_together(page, lesson):
    """In both the options stand in one order, under the same letters and colours; no colour means two at one scene."""
    drawn = re.findall(r'<svg[^>]*aria-labelledby="splits-.*?</svg>', page, re.DOTALL)
    tables = split_tables(page)
    met = Counter(choice.scene for game in lesson.games.values() for choice in own(game))
    common = [scene for scene in tables if 2 * met[scene] >= len(lesson.games)]
    letters = re.findall(r">([A-Z])</text>", "".join(drawn))
    assert letters == [row[0] for scene in common for row in rows(tables[scene])[1:] if row[3] != "0"]
    colours = {scene: re.findall(r'border-color: (#[0-9A-F]{6})">', one) for scene, one in tables.items()}
    assert all(len(set(colours[scene])) == len(rows(tables[scene])) - 1 for scene in tables)
    fills = re.findall(r"fill: (#[0-9a-f]{6}); stroke: #ffffff", "".join(drawn))
    assert fills == [colour.lower() for scene in common for colour in colours[scene]]


def test_the_most_divided_choices_are_those_of_the_greatest_entropy(page, lesson):
    """Three of those that five or more met, each with how many took what."""
    counted: dict[str, Counter[str]] = {}
    for game in lesson.games.values():
        for choice in own(game):
            counted.setdefault(choice.scene, Counter())[choice.option] += 1
    entropies = {}
    for scene, counts in counted.items():
        shares = [count / counts.total() for count in counts.values()]
        if counts.total() >= 5 and len(shares) > 1:
            entropies[scene] = -sum(share * log2(share) for share in shares)
    most = sorted(entropies, key=lambda scene: -entropies[scene])[:3]
    text = section(page, "divided")
    assert re.findall(r"division is (\S+) bits", text) == [f"{entropies[scene]:.2f}" for scene in most]
    told = [re.findall(r"</b>: (\d+)", one) for one in text.split("<h3>")[1:]]
    assert [sorted(map(int, one)) for one in told] == [sorted(counted[scene].values()) for scene in most]


def test_every_reason_given_is_quoted_once_at_its_scene(page, lesson):
    """Under who gave it, though none was asked for; the scenes by the clock."""
    given: dict[str, list[tuple[str, str]]] = {}
    for who, game in lesson.games.items():
        for choice in own(game):
            if choice.reason:
                given.setdefault(choice.scene, []).append((choice.reason, who))
    told = reasons(page)
    agenda = {one.label: one.position for one in lessons.crisis().agenda}
    assert list(told) == sorted(given, key=agenda.__getitem__)
    assert {scene: sorted(quoted(one)) for scene, one in told.items()} == {
        scene: sorted(quotes) for scene, quotes in given.items()
    }


def test_the_reasons_asked_for_stand_first_however_small_the_class(tmp_path):
    """Of a class of three each marked scene is told, one that nobody came to as well; then those given unasked."""
    marked = ["what-to-answer", "the-flights", "first-wave"]
    asked = lessons.assignment(reasons="marked", marked=marked)
    (tmp_path / "in").mkdir()
    for k, options in enumerate((["no-flights"], ["no-flights"], ["fly-as-planned"])):
        game = lessons.begun(k, asked)
        for option in [*options, "say-nothing", "keep-quiet"]:
            if game.awaited.label == "stray" or game.needs_reason():
                game.choose(option, f"{game.awaited.label} by {k}")
        (tmp_path / "in" / str(k)).write_bytes(lessons.written(game))
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out", "--jobs", 1)
    assert said.code == 0, said
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    told = reasons(page)
    assert list(told) == ["the-flights", "what-to-answer", "stray"]
    for scene, one in told.items():
        assert sorted(quoted(one)) == [(f"{scene} by {k}", lessons.name(k)) for k in (0, 1, 2)]
        assert ("No reason was asked for" in one) == (scene == "stray")
    title = next(one.title for one in lessons.crisis().draft.scenes if one.id == "first-wave")
    assert f"A reason was asked for at “{title}”, which nobody came to." in section(page, "reasons")
    assert "No reason was asked for." not in section(page, "reasons")


def test_a_reason_that_was_asked_for_where_nobody_came_is_not_told_as_unasked(tmp_path):
    """Of games that ended or stopped before the scene that is marked."""
    (tmp_path / "in").mkdir()
    game = lessons.begun(1, lessons.assignment(reasons="marked", marked=["first-wave"]))
    game.choose("no-flights")
    (tmp_path / "in" / "save").write_bytes(lessons.written(game))
    run("class", "collect", tmp_path / "in", "--out", tmp_path / "out")
    told = section((tmp_path / "out" / "report.html").read_text(encoding="utf-8"), "reasons")
    assert "which nobody came to." in told
    assert "No reason was asked for" not in told


def test_where_no_reason_was_asked_for_none_is_missed(tmp_path):
    """It is not said that nobody gave one."""
    (tmp_path / "in").mkdir()
    for k in range(6):
        game = lessons.begun(k)
        game.choose(("no-flights", "fly-as-planned")[k % 2])
        (tmp_path / "in" / str(k)).write_bytes(lessons.written(game))
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out", "--jobs", 1)
    assert said.code == 0, said
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert Page(section(page, "reasons")).text == "The reasons No reason was asked for."
    assert "1.00 bits. No reason was asked for." in section(page, "divided")
    assert "No reason was given" not in page


def test_endings_risks_and_means_are_those_of_the_debriefs(page, lesson, explained):
    """Each game in its row; the means over the games that are over, and of how many they are."""
    over = {who: told for who, told in explained.items() if told.game.kind is not None}
    endings = Counter(closing(told.game).title for told in over.values())
    found = {row[0]: int(row[2]) for row in rows(section(page, "endings"))[1:]}
    assert found == dict(endings)
    *each, mean = rows(section(page, "risk"))[1:]
    for row in each:
        told = explained[row[0]]
        assert row[1] == (closing(told.game).title if told.game.kind else "unfinished")
        assert row[2].startswith(percent(told.ran.nuclear.p))
        assert row[3] == percent(told.opening.p)
        moves = [points(told.summed(doing)).removesuffix(" points") for doing in ("judgement", "theirs", "luck")]
        assert row[4:7] == moves
        assert row[7] == str(len(own(told.game)))
        assert row[9] == str(told.game.takebacks())
    assert len(each) == len(explained)
    assert mean[0] == f"Mean of {len(over)}"
    assert mean[2] == percent(sum(told.ran.nuclear.p for told in over.values()) / len(over))
    for place, doing in enumerate(("judgement", "theirs", "luck"), start=4):
        said = points(sum(told.summed(doing) for told in over.values()) / len(over))
        assert mean[place] == said.removesuffix(" points")


def test_where_each_left_history(page, lesson):
    """The first choice of one's own that was not that of 1962, once for everybody who made one."""
    expected = Counter()
    for game in lesson.games.values():
        agenda = {one.label: one for one in game.scenario.agenda}
        left = [c for c in own(game) if (named := historical(game.scenario, agenda[c.scene])) and named != c.option]
        if left:
            expected[game.scenario.scene_of(agenda[left[0].scene]).title] += 1
    found = Counter()
    for row in rows(section(page, "history"))[1:]:
        title = next(title for title in expected if f": {title} 1962: " in row[0] or f": {title}1962: " in row[0])
        found[title] += int(row[1])
    assert found == expected


def test_takebacks_and_reflections_are_told(page, lesson):
    """Who took back how often, and every answer under its question."""
    took = {who: game.takebacks() for who, game in lesson.games.items() if game.takebacks()}
    said = Page(section(page, "takebacks")).text
    assert took
    assert all(f"{who}: {count}" in said for who, count in took.items())
    told = section(page, "reflections")
    answers = [row.answer for game in lesson.games.values() for row in game.rows if isinstance(row, AnswerLine)]
    assert told.count("<blockquote") == len(answers)
    for one in answers:
        assert " ".join(one.text.split()) in Page(told).text


# -- cells


def test_no_cell_of_text_is_a_formula(out):
    """In either table, as a spreadsheet reads it; a name that would be one is shown behind an apostrophe."""
    for name in ("grades.csv", "choices.csv"):
        for row in table(out / name):
            for head, cell in row.items():
                assert head == "judgement" or not cell.lstrip().startswith(FORMULA), (name, cell)
    grades = table(out / "grades.csv")
    assert any(cell.startswith("'=Answer 0") for row in grades for cell in row.values())
    names = [row["name"] for row in grades]
    assert "'=cmd() 0" in names
    assert "'@At Sign 17" in names


# -- what is asked for


def test_names_are_hidden_in_every_file(lesson, tmp_path):
    """No name, identifier or file's name is in anything written, and the report says so."""
    said = run("class", "collect", lesson.folder, "--roster", lesson.roster, "--out", tmp_path, "--hide-names")
    assert said.code == 0, said
    for path in sorted(tmp_path.iterdir()):
        text = path.read_text(encoding="utf-8")
        for k in range(30):
            assert lessons.name(k) not in text
            assert f"s{k:03}" not in text
        assert lessons.MISSING not in text
        assert "copy 15" not in text
        assert "Student 1" in text
    assert "Names are hidden" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_names_are_hidden_in_what_was_written(tmp_path):
    """In reasons and answers, also of a file that is left out; words that are no name stay."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for k, who in enumerate(("Anna Bell", "Zoë Marsh", "")):
        game = lessons.begun(k, who=who)
        game.choose(open_ids(game.scenario, game.state, game.awaited)[0], "zoe and BELL think so, the answer is no")
        lessons.play(game, lessons.ANSWERLESS)
        game.answer(game.unanswered()[0], "We, Anna and I, waited.")
        (folder / f"{k}.jsonl").write_bytes(lessons.written(game))
    (folder / "edited.jsonl").write_bytes(lessons.written(game).replace(b"waited", b"waits", 1))
    said = run("class", "collect", folder, "--out", out, "--hide-names", "--jobs", 1)
    assert said.code == 0, said
    for path in sorted(out.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(anna|bell|zo[eë]|marsh)\b", text, re.IGNORECASE), path.name
    assert "[name] and [name] think so, the answer is no" in {row["reason"] for row in table(out / "choices.csv")}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "We, [name] and I, waited." in section(page, "reflections")
    assert "We, [name] and I, waited." in section(page, "students")
    assert "We, [name] and I, waited." in [cell for row in table(out / "grades.csv") for cell in row.values()]
    assert "[name] and [name] think so, the answer is no" in page, "of the sound choices of the file that was edited"


@pytest.mark.parametrize(("attempt", "seed"), [("first", lessons.AGAIN), ("last", 1000 + lessons.AGAIN)])
def test_the_attempt_that_counts(lesson, tmp_path, attempt, seed):
    """The one begun first or last, as asked, and the report says which."""
    said = run("class", "collect", lesson.folder, "--out", tmp_path, "--attempt", attempt, "--jobs", 1)
    assert said.code == 0, said
    rows = [row for row in table(tmp_path / "choices.csv") if shown(row["student"]) == lessons.name(lessons.AGAIN)]
    hour = 9 if attempt == "first" else 15
    game = lessons.play(lessons.begun(lessons.AGAIN, hour=hour), seed)
    assert [(row["scene"], row["option"]) for row in rows] == [(one.scene, one.option) for one in own(game)]
    assert f"the one begun {attempt} counts" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_without_an_assignment_the_one_most_saves_name_is_taken(lesson, tmp_path, out):
    """And that is said; two processes come to the same tables as one."""
    said = run("class", "collect", lesson.folder, "--roster", lesson.roster, "--out", tmp_path, "--jobs", 2)
    assert "which most saves name" in said.out
    for name in ("grades.csv", "choices.csv", "statements.jsonl"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_nothing_is_written_over(lesson, out):
    """A report that is there stays, unless it is said that it may go."""
    before = (out / "report.html").read_bytes()
    refused = refusal(run("class", "collect", lesson.folder, "--out", out), 2)
    assert "--force" in refused
    assert (out / "report.html").read_bytes() == before


def test_another_edition_or_scenario_is_left_out_and_said(tmp_path):
    """Even where it is all there is; and without a single save the command says so."""
    folder = tmp_path / "in"
    folder.mkdir()
    asked = lessons.assignment(edition=99)
    toml = lessons._toml(asked)
    (tmp_path / "a.toml").write_text(toml, encoding="utf-8")
    game = lessons.play(lessons.begun(1), 1, 2)
    (folder / "x").write_bytes(lessons.written(game))
    said = run("class", "collect", folder, "--assignment", tmp_path / "a.toml", "--out", tmp_path / "out")
    assert said.code == 0, said
    assert "edition 99" in said.out
    assert "1 another assignment" in said.out
    (folder / "x").write_bytes(b"nothing")
    assert "no save" in refusal(run("class", "collect", folder, "--out", tmp_path / "out2"), 3)


def test_where_all_was_played_under_another_assignment_the_cure_is_named(tmp_path):
    """A title that was changed after handing out is said on the console and in the report; then all of it counts."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "a.toml").write_text(lessons._toml(lessons.assignment(title="Changed since")), encoding="utf-8")
    for k in range(3):
        game = lessons.begun(k, lessons.assignment(title="Strays") if k == 2 else None)
        (folder / str(k)).write_bytes(lessons.written(lessons.play(game, k, 1)))
    collect = ("class", "collect", folder, "--force", "--out", tmp_path / "out")
    said = run(*collect, "--assignment", tmp_path / "a.toml")
    assert said.code == 0, said
    (line,) = [one for one in said.out.splitlines() if one.startswith("No game counts")]
    assert f"2 of 3 saves name another assignment, “{lessons.assignment().title}”" in line
    assert "without --assignment" in line
    assert line in Page((tmp_path / "out" / "report.html").read_text(encoding="utf-8")).text
    cured = run(*collect).out
    assert "2 unfinished" in cured
    assert "No game counts" not in cured
    (folder / "0").write_bytes(b"")
    assert "No game counts" not in run(*collect, "--assignment", tmp_path / "a.toml").out, "one of two is not most"


def test_whom_the_time_ran_out_for_stands_on_no_side(tmp_path):
    """The odds chose for them: told beside the split, in the tables as the model's, and nobody's judgement."""
    asked = lessons.assignment(seconds=60)
    (tmp_path / "in").mkdir()
    for k in range(2):
        game = lessons.begun(k, asked)
        if k:
            game.let_time_run_out()
        lessons.play(game, k, 1)
        (tmp_path / "in" / str(k)).write_bytes(lessons.written(game))
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out")
    assert said.code == 0, said
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "For 1 the time ran out, and the odds decided." in page
    assert "No game is over." in page
    left = [row for row in table(tmp_path / "out" / "choices.csv") if row["by"] == "model"]
    assert [(row["seconds"], row["judgement"]) for row in left] == [("60", "")]


@pytest.mark.parametrize("rule", ["takebacks", "questions", "twice", "luck", "reasons", "seats"])
def test_a_game_that_broke_the_rules_it_names_is_told(tmp_path, rule):
    """However well its chain was made to fit: no game that was played under the assignment looks like it."""
    asked = lessons.assignment(takebacks=rule != "takebacks", luck="drawn" if rule == "luck" else "spared")
    game = lessons.begun(3, asked)
    if rule == "seats":
        everywhere = dict.fromkeys(game.scenario.seats, "person")
        game = Game(game.scenario, game.header.model_copy(update={"seats": everywhere}))
        game.run()
    lessons.play(game, 3)
    if rule == "reasons":
        strict = lessons.assignment(reasons="every")
        game.header = game.header.model_copy(update={"assignment": strict.header()})
    elif rule == "takebacks":
        game.apply_back(BackLine(back_to=0))
        game.run()
        lessons.play(game, 3, 1)
    elif rule in ("questions", "twice"):
        question = asked.questions[0] if rule == "twice" else "Really?"
        game.rows.append(AnswerLine(Answer(question=question, text="Yes.")))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "save").write_bytes(lessons.written(game))
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out")
    assert "1 forged or edited" in said.out


def test_two_students_of_one_name_are_not_taken_for_one(tmp_path):
    """Neither game is lost: without an identifier in the name it is nobody's on the roster, and that is said."""
    (tmp_path / "in").mkdir()
    for k, who in enumerate(["Al Bo", "Al Bo", "Al Bo 2"]):
        game = lessons.play(lessons.begun(k, who=who), k, 2)
        (tmp_path / "in" / str(k)).write_bytes(lessons.written(game))
    (tmp_path / "r.csv").write_text("id;name\n1;Al Bo\n2;Bo Al\n", encoding="utf-8")
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out", "--roster", tmp_path / "r.csv")
    assert "1 of its names" in said.out
    grades = [(row["identifier"], row["name"], row["completion"]) for row in table(tmp_path / "out" / "grades.csv")]
    assert grades == [
        ("1", "Al Bo", "missing"), ("2", "Bo Al", "unfinished"), ("", "Al Bo", "unfinished"),
        ("", "Al Bo", "unfinished"),
    ]  # fmt: skip


def test_namesakes_without_a_roster_are_taken_for_one_and_that_is_said(tmp_path):
    """With the file that counts; an identifier beside the name tells them apart."""
    (tmp_path / "in").mkdir()
    for k, who in enumerate(["Al Bo", "bo, al", "Al Bo 2"]):
        game = lessons.play(lessons.begun(k, who=who), k, 2)
        (tmp_path / "in" / f"save-{k}").write_bytes(lessons.written(game))
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out")
    assert "2 students" in said.out
    told = rows(section((tmp_path / "out" / "report.html").read_text(encoding="utf-8"), "files"))[1:]
    assert [(row[1], row[2]) for row in told] == [
        ("another attempt", "save-0"), ("unfinished", "save-1"), ("unfinished", "save-2"),
    ]  # fmt: skip
    assert told[0][3] == "It gives the same name as save-1, which counts: both are taken for one student's."


def test_two_names_of_one_student_are_one_students(tmp_path):
    """By the roster, which knows the identifier too; nothing is said of a name that is not the same."""
    (tmp_path / "in").mkdir()
    for k, who in enumerate(["Al Bo", "17"]):
        game = lessons.play(lessons.begun(k, who=who), k, 2)
        (tmp_path / "in" / f"save-{k}").write_bytes(lessons.written(game))
    (tmp_path / "r.csv").write_text("id;name\n17;Al Bo\n", encoding="utf-8")
    run("class", "collect", tmp_path / "in", "--out", tmp_path / "out", "--roster", tmp_path / "r.csv")
    told = rows(section((tmp_path / "out" / "report.html").read_text(encoding="utf-8"), "files"))[1:]
    assert [row[3] for row in told] == ["Another game of this student counts: save-1.", ""]


def test_those_on_the_roster_and_others_are_told_apart(tmp_path):
    """How many of each, what to do about a name as it was typed, and on the console who is missing."""
    (tmp_path / "in").mkdir()
    for k, who in enumerate(["Al Bo", "Zo Bel"]):
        (tmp_path / "in" / str(k)).write_bytes(lessons.written(lessons.play(lessons.begun(k, who=who), k, 1)))
    (tmp_path / "r.csv").write_text('name\nAl Bo\n"Bell, Zoë"\nCy Do\n', encoding="utf-8")
    collect = ("class", "collect", tmp_path / "in", "--roster", tmp_path / "r.csv", "--out")
    said = run(*collect, tmp_path / "out")
    assert "3 on the roster, 1 other; 2 missing: Bell, Zoë; Cy Do.\n" in said.out
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "3 on the roster, 1 other: 0 finished, 2 unfinished, " in page
    remarks = {row[0]: row[3] for row in rows(section(page, "files"))}
    assert "If this is a student of yours, add the name as typed to the roster" in remarks["Zo Bel"]
    assert "roster" not in remarks["Al Bo"]
    hidden = run(*collect, tmp_path / "hidden", "--hide-names").out
    assert "3 on the roster, 1 other; 2 missing.\n" in hidden


def test_answers_that_were_begun_and_not_handed_in_are_told(tmp_path):
    """Beside the question they were begun on, under the student, as what they are; in no table and on no wall."""
    folder, games = tmp_path / "in", []
    folder.mkdir()
    for k, who in enumerate(("Zoë Bell", "Cy Do", "Al Bo", "Ed Fox")):
        game = lessons.play(lessons.begun(k, who=who), lessons.ANSWERLESS)
        save = folder / f"save-{k}.jsonl"
        for question in game.assignment.questions:
            drafts.keep(save, game.header, question, f"Half a thought of Cy, number {k}\nand more")
        if k == 1:
            game.answer(game.assignment.questions[0], "Whole.")
        save.write_bytes(lessons.written(game))
        games.append(game)
    for n, path in enumerate(sorted(folder.glob("*.drafts.json"))):
        path.rename(folder / f"renamed-{n}.json")
    (folder / "save-2.jsonl").unlink()
    (folder / "save-3.jsonl").write_bytes(b"".join(lessons.written(games[3]).splitlines(keepends=True)[:-1]) + b"x\n")
    said = run("class", "collect", folder, "--out", tmp_path / "out", "--jobs", 1)
    assert said.code == 0, said
    assert "3 answers were begun and not handed in" in said.out
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    told = section(page, "students")
    assert told.count("Begun, and not handed in: ") == 3
    assert told.count("Half a thought of Cy, number 1") == 1
    assert "Half a thought" not in page.replace(told, "")
    assert all("Half a thought" not in (tmp_path / "out" / name).read_text("utf-8") for name in ("grades.csv",))
    assert "Half a thought of Cy, number 2" not in page, "of a game that was not handed in"
    listed = {row[2]: row for row in rows(section(page, "files"))}
    assert listed["renamed-0.json"] == [
        "Zoë Bell", "answers begun", "renamed-0.json",
        "It belongs to save-0.jsonl. Of the answers begun in it, 2 were not handed in.",
    ]  # fmt: skip
    assert "1 was not handed in" in listed["renamed-1.json"][3]
    assert (listed["renamed-2.json"][0], listed["renamed-3.json"][0]) == ("", "Ed Fox")
    assert "does not count" in listed["renamed-2.json"][3]
    hidden = run("class", "collect", folder, "--out", tmp_path / "hidden", "--hide-names", "--jobs", 1)
    assert hidden.code == 0
    page = (tmp_path / "hidden" / "report.html").read_text(encoding="utf-8")
    assert "Half a thought of [name], number 1" in page
    assert "Zoë" not in page


@pytest.mark.parametrize("data", ['{"excomm_drafts": 1', '{"excomm_drafts": 1}', '{"excomm_drafts": 2, "drafts": {}}',
                                  '{"excomm_drafts": 1, "drafts": {"a": 1, "b": "\\ud800\\u001b"}}'])  # fmt: skip
def test_no_file_of_begun_answers_ends_the_run(tmp_path, data):
    """However it was edited."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.drafts.json").write_text(data, encoding="utf-8")
    (tmp_path / "in" / "save").write_bytes(lessons.written(lessons.play(lessons.begun(1), 1, 1)))
    said = run("class", "collect", tmp_path / "in", "--out", tmp_path / "out")
    assert said.code == 0, said
    assert "1 unfinished" in said.out


def test_an_odd_roster_does_not_end_the_run(tmp_path, lesson):
    """The report goes on without it and says why."""
    (tmp_path / "r.csv").write_bytes(b"id,email\n1,a@b\n")
    said = run("class", "collect", lesson.folder, "--out", tmp_path / "out", "--roster", tmp_path / "r.csv")
    assert said.code == 0, said
    assert "no column of names" in said.err
    assert "no column of names" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_statements_tell_of_every_choice_answer_and_ending(out, lesson):
    """In the order in which they came about, each with an id of its own and the hour it happened."""
    said = [json.loads(line) for line in (out / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({one["id"] for one in said}) == len(said)
    verbs = Counter(one["verb"]["id"].rpartition("/")[2] for one in said)
    games = lesson.games.values()
    answers = sum(isinstance(row, AnswerLine) for game in games for row in game.rows)
    assert verbs == {
        "experienced": len(games), "answered": sum(len(own(game)) for game in games) + answers,
        "completed": sum(game.kind is not None for game in games),
    }  # fmt: skip
    for who, game in lesson.games.items():
        mine = [one for one in said if one["actor"]["name"] == who]
        hours = [one["timestamp"] for one in mine]
        assert hours == sorted(hours)
        assert hours[0] == game.header.started
        chosen = [one["result"]["response"] for one in mine if ":scene:" in one["object"]["id"]]
        assert chosen == [one.option for one in own(game)]
