"""Assignments on disk: what is written reads the same, and whatever is wrong is named with its key and its remedy."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.errors import ExcommError, UsageError
from excomm_game.files import assignments
from excomm_game.files.scenarios import load
from tests.engine.test_assignment import ASKED
from tests.engine.test_assignment import assignments as any_assignments
from tests.program import CONTROL, SMALL

GOOD = """
[assignment]
title = "A lesson"
scenario = "small-crisis"
edition = 1
seat = "west"
school = "calm"
questions = ["Why?", "What did you not know?"]
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    """The small crisis."""
    folder = tmp_path_factory.mktemp("scenarios") / "small-crisis"
    folder.mkdir()
    (folder / "scenario.toml").write_bytes(SMALL.read_bytes())
    return load(str(folder))


def refused(path) -> str:
    """What reading a file is refused with: two plain sentences that name it."""
    with pytest.raises(ExcommError) as caught:
        assignments.read(path)
    said = str(caught.value)
    assert path.name in said
    assert said.endswith(".")
    assert not CONTROL.search(said)
    return said


@given(made=any_assignments())
def test_what_is_written_reads_the_same(scenario, tmp_path_factory, made):
    """Any assignment survives the way to a file and back, with its hash."""
    path = tmp_path_factory.mktemp("lesson") / "lesson.toml"
    assignments.write_new(path, made, scenario)
    again = assignments.read(path)
    assert again == made
    assert again.sha256 == made.sha256


@given(made=any_assignments())
def test_every_key_stands_there_explained(scenario, made):
    """Whoever opens the file finds each key under remarks, and one that is not set as a remark of its own that fits."""
    text = assignments.written(made, scenario)
    for name, key in assignments.KEYS.items():
        (place,) = (n for n, line in enumerate(text.split("\n")) if line.removeprefix("# ").startswith(f"{name} = "))
        assert text.split("\n")[place - 1].startswith("# ")
        if key.unset:
            tomllib.loads(f"{name} = {key.unset}")
    assert set(assignments.KEYS) == set(Assignment.model_fields)


def test_the_seats_and_schools_there_are_stand_in_the_file(scenario):
    """A teacher need not look them up. The scenes are not told: a student reads the file too."""
    text = assignments.written(Assignment.model_validate(ASKED), scenario)
    assert "# In this scenario: west, east." in text
    assert "# In this scenario: calm, grim." in text
    assert "letter-terms" not in text


@pytest.mark.parametrize("mangle", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_a_file_saved_by_another_editor(tmp_path, mangle):
    """Line ends and the mark that some editors set at the beginning change nothing."""
    path = tmp_path / "lesson.toml"
    path.write_bytes(mangle(GOOD).encode())
    assert assignments.read(path) == Assignment.model_validate(ASKED)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('title = ""', "title must have 1 characters or more (one line"),
        (f'title = "{"x" * 201}"', "title must have 200 characters at the most"),
        ('title = "a\\u202Eb"', "title holds U+202E"),
        ('title = "a\\nb"', "title must be one line"),
        ("title = 3", "title must be a string"),
        ("scenario = 'No Id'", "scenario 'No Id' is not a well-formed id"),
        ("edition = 0", "edition must not be below 1"),
        ("edition = '1'", "edition must be a whole number"),
        ("edition = true", "edition must be a whole number"),
        ("seat = ''", "seat '' is not a well-formed id (the id of one of"),
        ("school = 'a/b'", "school 'a/b' is not a well-formed id"),
        ("luck = 'history'", "luck must be one of 'drawn' or 'spared'"),
        ("seed = -1", "seed must not be below 0"),
        ("seed = 9007199254740992", "seed must not be above 9007199254740991"),
        ("seed = 1.5", "seed must be a whole number"),
        ("takebacks = 'no'", "takebacks must be true or false (true or false)"),
        ("estimate = 0", "estimate must be true or false"),
        ("reasons = 'some'", "reasons must be one of 'every', 'marked' or 'none'"),
        ("reasons = 'marked'", "marked does not go with reasons"),
        ("marked = ['morning']", "marked does not go with reasons"),
        ("marked = 'morning'", "marked must be a list"),
        ("marked = ['morning', 'No']", "marked no. 2 'No' is not a well-formed id"),
        ("seconds = 9", "seconds must not be below 10 (a whole number of seconds"),
        ("seconds = 3601", "seconds must not be above 3600"),
        ("questions = []", "questions must have 2 entries or more"),
        (f"questions = {[str(n) for n in range(7)]}", "questions must have 6 entries at the most"),
        ("questions = ['Why?', '']", "questions no. 2 must have 1 characters or more"),
        ("questions = ['Why?', 'Why?']", "questions asks the same twice"),
        ("minutes = 45", "minutes is not a key the format has (there are: title, scenario"),
        ("'a\\u001b[31m' = 1", "a\\u001b[31m is not a key the format has"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_key(tmp_path, line, said):
    """File, key, what is wrong, what the key takes, and what to do."""
    path = tmp_path / "lesson.toml"
    name = line.partition(" = ")[0]
    kept = [one for one in GOOD.splitlines() if not one.startswith(f"{name} = ")]
    path.write_text("\n".join([*kept, line]), encoding="utf-8")
    message = refused(path)
    assert f"lesson.toml › {said}" in message
    assert "Mend it in a text editor, or write it anew with `excomm class assign`." in message


@pytest.mark.parametrize("name", ["title", "scenario", "edition", "seat", "school", "questions"])
def test_a_key_that_is_missing(tmp_path, name):
    """What has no default is asked for."""
    path = tmp_path / "lesson.toml"
    path.write_text("\n".join(one for one in GOOD.splitlines() if not one.startswith(f"{name} = ")), encoding="utf-8")
    assert f"lesson.toml › {name} is missing ({assignments.KEYS[name].values})" in refused(path)


def test_all_faults_at_once(tmp_path):
    """Several are named in one message."""
    path = tmp_path / "lesson.toml"
    path.write_text(GOOD.replace("edition = 1", "edition = 0\nseconds = 1\nseed = -1"), encoding="utf-8")
    message = refused(path)
    for name in ("edition", "seconds", "seed"):
        assert f"{name} must not be below" in message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it has no table [assignment]"),
        (b"assignment = 3", "it has no table [assignment]"),
        (b"[[assignment]]\ntitle = 'x'", "it has no table [assignment]"),
        (GOOD.encode() + b"[other]\n", "› other is no key an assignment has"),
        (b"[assignment\n", "it is not well-formed TOML"),
        (GOOD.encode() + b"seed = 1\nseed = 2\n", "it is not well-formed TOML"),
        (b"\xff\xfe\x00", "it is not UTF-8"),
        (b"a = " + b"[" * 50_000, "it is n"),
        (b"#" * (assignments.MAX_ASSIGNMENT + 1), "it is larger than 100,000 bytes"),
        (b"PK\x03\x04\x00", "it is not well-formed TOML"),
    ],
    ids=str,
)
def test_what_is_no_assignment(tmp_path, data, said):
    """A file of another kind is refused in words."""
    path = tmp_path / "lesson.toml"
    path.write_bytes(data)
    assert said in refused(path)


def test_a_file_that_is_not_there(tmp_path):
    """Nor is a missing file, a folder or a name no system can have a mystery."""
    for path in (tmp_path / "none.toml", SMALL / "none.toml"):
        with pytest.raises(UsageError, match="There is no assignment at"):
            assignments.read(path)
    with pytest.raises(ExcommError, match="no file that can be read"):
        assignments.read(tmp_path)
    with pytest.raises(ExcommError):
        assignments.read(tmp_path / "a\0b")


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_at_all(tmp_path_factory, data):
    """Whatever a file holds, it is an assignment or it is refused in words."""
    path = tmp_path_factory.mktemp("any") / "lesson.toml"
    path.write_bytes(b"[assignment]\n" + data)
    refused(path)


def test_nothing_is_written_over(tmp_path, scenario):
    """A file that is there stays as it is; one that cannot be written leaves nothing."""
    made = Assignment.model_validate(ASKED)
    path = tmp_path / "lesson.toml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="there already"):
        assignments.write_new(path, made, scenario)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(UsageError, match="no folder"):
        assignments.write_new(tmp_path / "none" / "lesson.toml", made, scenario)
    with pytest.raises(ExcommError, match="cannot be written"):
        assignments.write_new(tmp_path / "a\0b", made, scenario)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["lesson.toml"]
