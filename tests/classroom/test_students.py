"""Whose each game is and which counts, told of games whose kind, risk and hour are set by hand."""

from __future__ import annotations

import pytest

from excomm_game.classroom.checking import Checked, checked
from excomm_game.classroom.handed import HandedIn, most_named, named_instead
from excomm_game.classroom.lesson import lesson
from excomm_game.classroom.names import HIDDEN
from excomm_game.classroom.report import report
from excomm_game.classroom.roster import roster
from excomm_game.classroom.students import Attempt, Pupil, pseudonymous, pupils, told_apart
from excomm_game.classroom.tables import disarmed
from excomm_game.engine.game import Game
from excomm_game.engine.record import Parent
from excomm_game.files.scenarios import load
from excomm_game.worlds.risk import Figure
from tests.classroom import small
from tests.classroom.test_collect import rows, section, split_tables


def verdict(game: Game, file: str = "save", **asked) -> Checked:
    """What comes of a game that is handed in."""
    return checked(game.scenario, small.assignment(**asked), HandedIn(file, small.written(game)))


@pytest.fixture(scope="module")
def settled(small_crisis) -> Checked:
    """A game that is over and counts."""
    return verdict(small.chose(small.begun(small_crisis, "Ana Bell"), "wait", "wait", "wait", "warm", "settle"))


@pytest.fixture(scope="module")
def class_of_six(small_crisis) -> list[Checked]:
    return [verdict(game, name) for name, game in small.games(small_crisis).items()]


def made_of(one: Checked, file: str, kind: str | None, risk: float) -> Checked:
    """The same game as if it had ended so and run that risk."""
    game = one.game._replace(kind=kind, risk=Figure(risk, risk, risk), chain=file)
    return one._replace(file=file, standing="finished" if kind else "unfinished", chains=(file,), game=game)


def counted(files: list[Checked], attempt: Attempt) -> list[str]:
    """The file that counts of each student."""
    return [one.counts.file for one in pupils(files, None, attempt)[0]]


def test_the_best_game_has_the_best_kind_of_ending_and_of_equals_ran_the_smallest_risk(settled):
    """As the report says: a settlement, a retreat, nothing settled, war, nuclear war; what is not over comes last."""
    files = [
        made_of(settled, "not over", None, 0.0), made_of(settled, "nuclear war", "nuclear", 0.01),
        made_of(settled, "war", "war", 0.02), made_of(settled, "nothing settled", "unresolved", 0.3),
        made_of(settled, "a retreat", "retreat", 0.4), made_of(settled, "a settlement", "settlement", 0.6),
        made_of(settled, "a safer one", "settlement", 0.5),
    ]  # fmt: skip
    for most in range(len(files), 0, -1):
        for order in (files[:most], files[most - 1 :: -1]):
            assert counted(order, "best") == [files[most - 1].file]


@pytest.mark.parametrize(("attempt", "expected"), [("first", "over early"), ("last", "over late")])
def test_first_and_last_go_by_the_moment_a_game_was_begun_wherever_that_was(small_crisis, attempt, expected):
    """Clocks of other zones are told by the universal one; a game that is over goes before one that is not."""
    moments = {
        "open earliest": "2026-11-20T08:00:00+00:00",
        "over early": "2026-11-20T12:00:00+03:00",  # nine o'clock
        "over between": "2026-11-20T10:00:00",
        "over late": "2026-11-20T09:30:00-03:00",  # half past twelve
        "open latest": "2026-11-20T13:00:00+00:00",
    }
    settling = ("wait", "wait", "wait", "warm", "settle")
    files = [
        verdict(small.chose(small.begun(small_crisis, "Al Bo", moment), *settling[: 1 if "open" in file else 5]), file)
        for file, moment in moments.items()
    ]
    assert counted(files, attempt) == counted(files[::-1], attempt) == [expected]


def test_an_earlier_state_of_a_game_never_counts_beside_the_fuller(small_crisis):
    """In whatever order they come: the fuller one is counted and named, and no student comes twice."""
    half = verdict(small.chose(small.begun(small_crisis, "Ana"), "wait", "wait", took=5), "half")
    whole = verdict(small.chose(small.begun(small_crisis, "Ana"), *["wait"] * 3, "warm", "settle", took=5), "whole")
    for files in ([half, whole], [whole, half]):
        told = {one.file: one for one in told_apart(files)}
        assert (told["whole"].standing, told["half"].standing) == ("finished", "double")
        assert told["half"].reason == "It is an earlier state of the game in whole, which is counted."
        assert counted(list(told.values()), "first") == ["whole"]


def test_games_without_a_name_are_each_somebodys(small_crisis):
    """Nobody can say that two of them are one student's, so both count."""
    files = [verdict(small.chose(small.begun(small_crisis, " ", seed=n), "wait"), str(n)) for n in (1, 2)]
    everybody, unnamed = pupils(files, roster(b"name\nAl Bo\n"), "last")
    assert [(one.name, one.completion) for one in everybody] == [
        ("Al Bo", "missing"), ("(no name)", "unfinished"), ("(no name)", "unfinished"),
    ]  # fmt: skip
    assert unnamed == []


def test_no_number_in_place_of_a_name_can_be_told_from_the_name_or_the_rosters_order(class_of_six):
    """Whoever knows the class, its order and its names knows no more: the same games have the same numbers."""

    def numbered(everybody: list[Pupil]) -> dict[str, str]:
        hidden, _ = pseudonymous(everybody, [])
        assert [one.name for one in hidden] == [f"Student {n}" for n in range(1, 7)]
        return {one.files[0].file: one.name for one in hidden}

    everybody, _ = pupils(class_of_six, None, "last")
    turned = [one._replace(name=other.name) for one, other in zip(everybody, everybody[::-1], strict=True)]
    assert numbered(everybody) == numbered(everybody[::-1]) == numbered(turned)


def test_what_tells_a_student_apart_is_hidden_as_their_name_is(small_crisis):
    """The identifier of the roster, a name typed otherwise than on it, and both in a reason and in what was sound."""
    game = small.begun(small_crisis, "mail@school.test")
    for _ in range(2):
        game.choose("wait", "Robin (z9912), called mail, wrote this")
    cut = b"".join(small.written(game).splitlines(keepends=True)[:2]) + b"{\n"
    broken = checked(small_crisis, None, HandedIn("broken", cut))
    listed = roster(b"name,id,email\nRobin Vale,z9912,mail@school.test\n")
    everybody, unnamed = pupils([verdict(game), broken], listed, "last")
    hidden, _ = pseudonymous(everybody, unnamed)
    (student,) = hidden
    assert student.identifier == ""
    assert [made.reason for made in student.game.choices] == [f"{HIDDEN} ({HIDDEN}), called {HIDDEN}, wrote this"] * 2
    (sound,) = student.files[1].sound
    assert sound.endswith(f"{HIDDEN} ({HIDDEN}), called {HIDDEN}, wrote this)")
    told = lesson(small_crisis, small.assignment(), "last", hidden, [], [], is_hidden=True)
    assert not any(word in report(told).lower() for word in ("robin", "vale", "z9912", "school.test"))


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ({"seed": 8}, "seed 8 instead of 7"),
        ({"school": "grim"}, "school grim instead of calm"),
        ({"luck": "drawn"}, "luck drawn instead of spared"),
        ({"parent": Parent(at=0, line="0" * 16)}, "branched from another game"),
        ({"seats": {"west": "model", "east": "model"}}, "nobody sits in west"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_a_game_that_was_set_up_otherwise_than_its_assignment_is_told(small_crisis, kept, why):
    """An easier school, a seed that was tried before, or a start half-way: it does not count, and that is said."""
    asked = {"seed": 7}
    header = {"assignment": small.assignment(**asked).header()}
    fair = small.chose(small.begun(small_crisis, "Ana", **header), "wait")
    assert verdict(fair, **asked).standing == "unfinished"
    found = verdict(small.begun(small_crisis, "Ana", **header, **kept), **asked)
    assert (found.standing, found.game) == ("forged or edited", None)
    assert why in found.reason


@pytest.mark.parametrize(
    ("was", "now", "standing", "said"),
    [
        ("The day passes.", "The day goes by.", "unfinished", "another text of the scenario, but reproduces"),
        ("tension -= 2", "tension -= 1", "another edition", "No choice is sound"),
    ],
)
def test_nobody_is_called_a_forger_where_it_is_the_scenario_that_was_changed(
    small_crisis, small_folder, tmp_path, was, now, standing, said
):
    """Other words change nothing; where other effects do, it is of another edition, though the number is the same."""
    text = (small_folder / "scenario.toml").read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "scenario.toml").write_text(text.replace(was, now), encoding="utf-8")
    game = small.chose(small.begun(small_crisis, "Ana"), "wait")
    found = checked(load(str(tmp_path)), small.assignment(), HandedIn("save", small.written(game)))
    assert found.standing == standing
    assert said in found.reason


def test_where_each_student_has_a_seed_of_their_own_any_is_right(small_crisis):
    """The assignment names none."""
    game = small.chose(small.begun(small_crisis, "Ana", seed=8), "wait")
    assert verdict(game).standing == "unfinished"


def test_a_game_that_a_policy_played_says_that_nobody_did(small_crisis):
    """Without an assignment it counts, and its line in the list tells the teacher who made its choices."""
    seats = {"west": "policy:history", "east": "model"}
    game = small.begun(small_crisis, "Ana", assignment=None, seats=seats)
    found = checked(small_crisis, None, HandedIn("save", small.written(game)))
    assert found.standing == "finished"
    assert found.reason == "No person played it: its seats were held by policy:history."
    person = small.chose(small.begun(small_crisis, "Ana", assignment=None), "wait")
    assert checked(small_crisis, None, HandedIn("save", small.written(person))).reason == ""


def test_whom_the_time_ran_out_for_is_no_part_of_a_share(small_crisis):
    """Two waited and for one the odds decided: all of those who chose waited, and in their own list it stands so."""
    setup = {"assignment": small.assignment(seconds=60).header()}
    slow, *quick = (small.begun(small_crisis, who, **setup) for who in ("Slow", "Al", "Bo"))
    slow.let_time_run_out()
    files = [verdict(game, seconds=60) for game in (slow, *(small.chose(one, "wait", took=5) for one in quick))]
    everybody, unnamed = pupils(files, None, "last")
    told = lesson(small_crisis, small.assignment(seconds=60), "last", everybody, unnamed, [], is_hidden=False)
    (split,) = told.splits
    assert (split.met, split.ran_out, split.as_in_1962, split.entropy) == (2, 1, 2, 0)
    page = report(told)
    assert [row[3:] for row in rows(split_tables(page)["morning@1"])[1:]] == [["2", "100%"], ["0", "0%"], ["0", "0%"]]
    assert section(page, "students").count(" (the time ran out)") == 1
    assert [row[1] for row in rows(section(page, "history"))[1:]] == [], "what the odds took is nobody's departure"


def test_which_assignment_was_played_is_told_by_the_saves_alone(small_crisis):
    """However many photographs and broken files lie among them; one of two is not most."""
    asked, other = small.assignment(), small.assignment(title="Another")
    named = [small.begun(small_crisis, "Ana", assignment=one.header()) for one in (other, asked, other)]
    saves = [HandedIn(str(n), small.written(game)) for n, game in enumerate(named)]
    strange = [HandedIn(f"photo {n}", b"\xff\xd8") for n in range(9)] + [HandedIn("huge", fault="It is too large.")]
    assert most_named([*strange, *saves]) == (other, "small-crisis")
    assert named_instead([*strange, *saves], asked) == (other, 2, 3)
    assert named_instead([*strange, *saves], other) is None
    assert named_instead(saves[:2], asked) is None
    assert most_named(strange) == (None, None)


@pytest.mark.parametrize("before", ["", " ", "\u00a0 ", "\n"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_text_is_computed_by_a_spreadsheet(before, sign):
    """However wide the sign is written, and whatever space stands before it; other text stands as it is."""
    assert disarmed(f"{before}{sign}1+1") == f"'{before}{sign}1+1"
    assert disarmed(f"1{before}{sign}1") == f"1{before}{sign}1"
    assert disarmed(f"\t{sign}") == f"'\t{sign}"
