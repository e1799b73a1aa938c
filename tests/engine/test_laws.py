"""The laws: each holds for random legal games over random scenarios, and over the scenario that ships."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import isclose
from pathlib import Path

import pytest
from hypothesis import Phase, assume, find, given, settings
from hypothesis import strategies as st

from excomm_game.engine import policy as policies
from excomm_game.engine import rules
from excomm_game.engine.compiled import Value
from excomm_game.engine.dossier import Dossier, dossier
from excomm_game.engine.errors import IllegalChoice
from excomm_game.engine.fate import mix, pick, uniform
from excomm_game.engine.game import Game
from excomm_game.engine.lines import decode, encode
from excomm_game.engine.record import ChoiceLine, Header, Record
from excomm_game.engine.replay import replay
from excomm_game.engine.rules import Choice, Chose, Event, Step, Told
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.engine.state import State, digest
from excomm_game.engine.text import refused
from excomm_game.files import scenarios as files
from tests import strategies as some
from tests.strategies import everybody, games, header_of, play_on, seeds

BYS = ("person", "policy", "model", "fate", "history")
few = settings(max_examples=12)  # the scenario that ships is long
search = settings(max_examples=2000, phases=[Phase.generate])


def random_game(data: st.DataObject, scenario: Scenario | None = None, **how: object) -> Game:
    scenario = data.draw(some.scenarios()) if scenario is None else scenario
    return data.draw(games(scenario, **how))


def moments(game: Game) -> Iterator[State]:
    """Every state in which a choice was awaited, and the last."""
    return (step.state for step in game.steps)


def saved_and_read(record: Record) -> Record:
    return decode(encode([record.header, *record.rows])[0], "a save").record


# Law 1


def state_is_the_fold(game: Game) -> None:
    state = rules.opening(game.scenario, game.header.school, game.people).state
    for row in game.record.standing():
        state = rules.advance(game.scenario, state, Choice(row.scene, row.option)).state
        assert digest(game.scenario, state) == row.state
    assert state == game.state
    folded = replay(game.scenario, game.record)
    assert (folded.fault, folded.left, folded.changed) == (None, (), False)
    assert folded.game.steps == game.steps
    assert folded.game.record == game.record


@given(st.data())
def test_law_1_state_is_the_fold_of_its_record(data):
    """Whatever was chosen and taken back, the standing choices of the record lead from the opening to the state."""
    game = random_game(data)
    state_is_the_fold(game)


@few
@given(data=st.data())
def test_law_1_over_thirteen_days(thirteen_days, data):
    """In the scenario that ships, too, the record alone leads to the state."""
    state_is_the_fold(random_game(data, thirteen_days))


# Law 2


@given(st.data())
def test_law_2_a_record_survives_json_unchanged(data):
    """Every record, of a game or of anything a save may hold, reads back equal to what was written."""
    record = data.draw(some.records())
    assert saved_and_read(record) == record
    game = random_game(data, sitters=("person", "model", "policy:random"))
    assert saved_and_read(game.record) == game.record


@few
@given(data=st.data())
def test_law_2_over_thirteen_days(thirteen_days, data):
    """A game of the scenario that ships reads back equal, whoever sits in its seats."""
    record = random_game(data, thirteen_days, sitters=everybody(thirteen_days)).record
    assert saved_and_read(record) == record


# Law 3


PLAY_ALL = """
import json, sys
from pathlib import Path
from excomm_game.engine.game import Game
from excomm_game.engine.lines import encode
from excomm_game.engine.record import Header
from excomm_game.files.scenarios import check_folder

task = json.loads(sys.stdin.read())
for folder, headers in task:
    scenario = check_folder(Path(folder)).scenario
    for header in headers:
        game = Game(scenario, Header.model_validate(header))
        game.run()
        print(game.rows[-1].state, encode([game.header, *game.rows])[1])
"""


@pytest.fixture(scope="session")
def many_games(tmp_path_factory, thirteen_days) -> tuple[str, list[str]]:
    """Games to play elsewhere, as text for a program, and the digests and chains they have here."""
    folders = [(Path(files.find("thirteen-days")), thirteen_days, 4)]
    root = tmp_path_factory.mktemp("scenarios")

    @settings(max_examples=25)
    @given(some.documents_of_scenarios())
    def write(document):
        folder = root / str(len(folders))
        folder.mkdir()
        (folder / "scenario.toml").write_text(some.as_toml(document), encoding="utf-8")
        scenario = files.check_folder(folder).scenario
        assert scenario is not None
        folders.append((folder, scenario, 2))

    write()
    task, here = [], []
    for folder, scenario, count in folders:
        played = []
        for k in range(count):
            school = list(scenario.schools)[k % len(scenario.schools)]
            luck = ("drawn", "spared", "history")[k % 3]
            seats = {scenario.seats[0]: ("model", "policy:random")[k % 2]}
            header = header_of(scenario, seed=mix(k) >> 11, luck=luck, school=school, seats=seats)
            game = play_on(Game(scenario, header), 0)
            played.append(header.model_dump(exclude_none=True))
            here.append(f"{game.record.rows[-1].state} {encode([header, *game.rows])[1]}")
        task.append((str(folder), played))
    return json.dumps(task), here


def played_elsewhere(python: str, task: str, *flags: str, **environment: str) -> list[str]:
    source = str(Path(files.__file__).parent.parent.parent)
    told = os.environ | {"PYTHONPATH": source} | environment
    done = subprocess.run(
        [python, *flags, "-c", PLAY_ALL], input=task, env=told, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("flags", "environment"),
    [
        ([], {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}),
        (["-O"], {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "PYTHONUTF8": "1"}),
        ([], {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "America/St_Johns"}),
    ],
    ids=["UTC", "Tokyo", "Newfoundland"],
)
def test_law_3_the_same_seed_and_choices_give_the_same_digest_everywhere(many_games, flags, environment):
    """Hash seed, locale, time zone and -O change nothing in the digests and chains of some fifty games."""
    task, here = many_games
    assert played_elsewhere(sys.executable, task, *flags, **environment) == here


def other_pythons() -> list[str]:
    """Pythons from 3.11 on that are on the path or among pyenv's, beside this one."""
    folders = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    folders += sorted((Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions").glob("*/bin"))
    found = {}
    for minor in range(11, 20):
        for folder in folders:
            program = folder / f"python3.{minor}"
            if "shims" not in program.parts and program.is_file() and minor != sys.version_info.minor:
                found.setdefault(minor, str(program))
    return [found[minor] for minor in sorted(found)]


@pytest.mark.parametrize("python", other_pythons() or [None], ids=lambda python: Path(python or "none").name)
def test_law_3_under_every_supported_python(many_games, python):
    """Another Python plays the same games to the same digests and chains."""
    if python is None:
        pytest.skip("no other Python from 3.11 on is installed")
    needs = subprocess.run([python, "-c", "import pydantic"], capture_output=True, check=False, timeout=60)
    if needs.returncode:
        pytest.skip(f"{python} has no pydantic")
    task, here = many_games
    assert played_elsewhere(python, task) == here


# Law 4


def unfinished_games_can_go_on(game: Game) -> None:
    for state in moments(game):
        open_now = [offer for offer in rules.options(game.scenario, state) if offer.is_open]
        assert (state.ending is None) == bool(open_now) == bool(rules.odds(game.scenario, state))
        assert (state.ending is None) == (rules.pending(game.scenario, state) is not None)
        if state.ending is not None:
            assert rules.options(game.scenario, state) == ()
            assert state.ending in [ending.id for ending in game.scenario.endings]


@given(st.data())
def test_law_4_an_unfinished_game_has_an_open_option_and_a_finished_one_has_none(data):
    """There is no dead end, and nothing to choose after the end."""
    unfinished_games_can_go_on(random_game(data))


@few
@given(data=st.data())
def test_law_4_over_thirteen_days(thirteen_days, data):
    """Nobody is ever stuck in the scenario that ships."""
    unfinished_games_can_go_on(random_game(data, thirteen_days))


# Law 5


def refused_choices_change_nothing(game: Game, others: list[tuple[str, str]]) -> None:
    scenario, state = game.scenario, game.state
    occurrence = rules.pending(scenario, state)
    offers = {offer.option.id: offer.is_open for offer in rules.options(scenario, state)}
    before = (copy.deepcopy(game.steps), list(game.rows), list(game.choices), digest(scenario, state))
    for scene, option in others:
        if occurrence is not None and scene in (occurrence.label, occurrence.full) and offers.get(option):
            continue
        with pytest.raises(IllegalChoice):
            rules.advance(scenario, state, Choice(scene, option))
    free = [option for option, is_open in offers.items() if is_open]
    for option, reason in [
        ("no-such-option", None),
        *((one, None) for one, is_open in offers.items() if not is_open),
        *((one, "\x1b[2J") for one in free),
        *((one, "a" * 2001) for one in free),
    ]:
        with pytest.raises(IllegalChoice):
            game.choose(option, reason)
    assert (game.steps, game.rows, game.choices, digest(scenario, game.state)) == before


@given(st.data())
def test_law_5_a_refused_choice_changes_nothing(data):
    """Another scene, another option, a barred one, an unsafe or overlong reason, any choice after the end: refused."""
    scenario = data.draw(some.scenarios())
    game = random_game(data, scenario, takebacks=False)
    spots = [spot for one in scenario.agenda for spot in (one.label, one.full, f"{one.label}@9")] + ["", "nowhere"]
    options = [option.id for scene in scenario.scenes for option in scene.option] + ["no-such-option"]
    tries = st.lists(st.tuples(st.sampled_from(spots), st.sampled_from(options)), min_size=5, max_size=10)
    refused_choices_change_nothing(game, data.draw(tries))


@few
@given(data=st.data())
def test_law_5_over_thirteen_days(thirteen_days, data):
    """The scenario that ships refuses without a trace, too."""
    game = random_game(data, thirteen_days, takebacks=False)
    occurrence = data.draw(st.sampled_from(thirteen_days.agenda))
    others = [(occurrence.full, option.id) for option in thirteen_days.scene_of(occurrence).option]
    refused_choices_change_nothing(game, [*others, (occurrence.label, "no-such-option")])


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b31m", "\u202e", "\ud800", "\r"])
def test_a_refusal_never_prints_unsafe_text_raw(thirteen_days, text):
    """What is refused for its characters is not sent to the screen by the refusal."""
    state = rules.opening(thirteen_days, thirteen_days.default_school()).state
    occurrence = rules.pending(thirteen_days, state)
    assert occurrence is not None
    for choice in (Choice(text, "a"), Choice(occurrence.label, text)):
        with pytest.raises(IllegalChoice) as raised:
            rules.advance(thirteen_days, state, choice)
        assert refused(str(raised.value)) is None


# Law 6


def odds_are_odds(game: Game) -> None:
    for state in moments(game):
        odds = rules.odds(game.scenario, state)
        if state.ending is None:
            assert all(0 <= chance <= 1 for _, chance in odds)
            assert isclose(sum(chance for _, chance in odds), 1, rel_tol=1e-12)
            is_open = [offer.option.id for offer in rules.options(game.scenario, state) if offer.is_open]
            assert [option for option, _ in odds] == is_open
        else:
            assert odds == ()


@given(st.data())
def test_law_6_odds_are_non_negative_and_sum_to_one(data):
    """The odds of every awaited scene are a distribution over its open options, in file order."""
    odds_are_odds(random_game(data))


@few
@given(data=st.data())
def test_law_6_over_thirteen_days(thirteen_days, data):
    """The scenario that ships never shows odds that are no odds."""
    odds_are_odds(random_game(data, thirteen_days))


@given(st.data())
def test_what_has_no_odds_is_never_drawn(data):
    """A draw takes an option that has a chance, for any seed."""
    game = random_game(data)
    for state in moments(game):
        if state.ending is None:
            k = rules.draw(game.scenario, state, data.draw(seeds)).option
            taken = rules.options(game.scenario, state)[k]
            assert dict(rules.odds(game.scenario, state))[taken.option.id] > 0


# Law 7


def ends_within_its_agenda(game: Game, hand: int) -> None:
    play_on(game, hand)
    assert game.state.ending is not None
    assert len(game.choices) <= len(game.scenario.agenda)
    positions = [step.state.position for step in game.steps[:-1]]
    assert all(one < other for one, other in pairwise(positions))
    assert game.state.position <= len(game.scenario.agenda)
    assert game.record.rows[-1].ended == game.state.ending


@given(st.data())
def test_law_7_every_game_ends_within_its_agenda(data):
    """However it is played, a game goes through the agenda once, forwards, and ends."""
    ends_within_its_agenda(random_game(data), data.draw(some.hands))


@few
@given(data=st.data())
def test_law_7_over_thirteen_days(thirteen_days, data):
    """The thirteen days end."""
    ends_within_its_agenda(random_game(data, thirteen_days, sitters=everybody(thirteen_days)), data.draw(some.hands))


# Law 8


def serialised(page: Dossier) -> bytes:
    return repr(page).encode()


def with_other_secrets(game: Game, seat: str, salt: int) -> Game:
    """The same game in a world that differs in what `seat` cannot see: hidden values, and events nobody told it of."""
    scenario = game.scenario
    known = read_aloud(scenario, seat)

    def other(values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(
            value if name in known or scenario.sees(seat, name) else another(scenario, name, value, salt ^ slot)
            for slot, (name, value) in enumerate(zip(slots(scenario), values, strict=True))
        )

    def event(one: Event) -> Iterator[Event]:
        if isinstance(one, Told | Chose) and seat not in scenario.readers(scenario.scene_of(one.occurrence)):
            return
        if isinstance(one, Told):
            yield one._replace(values=other(one.values))
        elif isinstance(one, Chose):
            yield one._replace(before=other(one.before), after=other(one.after))
        else:
            yield one

    twin = copy.copy(game)
    twin.steps = []
    for step in game.steps:
        events = tuple(new for one in step.events for new in event(one))
        twin.steps.append(Step(step.state._replace(values=other(step.state.values)), events))
    return twin


def read_aloud(scenario: Scenario, seat: str) -> set[str]:
    """What decides how news, and documents the seat may be told, read: it learns that by reading them."""
    trees = []
    for place, scene in enumerate(scenario.scenes):
        if seat in scenario.readers(scene):
            trees += [tree for key in scene.documents for tree in scenario.trees.documents[key]]
            trees += [] if scene.option else scenario.trees.scenes[place].passages
    return {name for tree in trees if tree is not None for name in tree.names}


def slots(scenario: Scenario) -> list[str]:
    return sorted((name for name in scenario.scope if name != "day"), key=lambda name: scenario.scope[name].slot)


def another(scenario: Scenario, name: str, value: Value, salt: int) -> Value:
    symbol = scenario.scope[name]
    if symbol.kind == "truth":
        return not value
    low, high = (0, len(symbol.words) - 1) if symbol.kind == "word" else (int(symbol.low), int(symbol.high))
    return low + mix(salt) % (high - low + 1)


def hidden_values_stay_hidden(game: Game, salt: int) -> None:
    for seat in game.scenario.seats:
        assert serialised(dossier(game, seat)) == serialised(dossier(with_other_secrets(game, seat, salt), seat))


@given(st.data())
def test_law_8_non_interference_of_hidden_values(data):
    """Change every value a seat cannot see, now and before, drop what it was not told: its dossier is the same."""
    hidden_values_stay_hidden(random_game(data), data.draw(some.hands))


@few
@given(data=st.data())
def test_law_8_over_thirteen_days(thirteen_days, data):
    """In the scenario that ships no seat's dossier depends on a value the seat cannot see."""
    hidden_values_stay_hidden(random_game(data, thirteen_days), data.draw(some.hands))


def dossiers_of(scenario: Scenario, header: Header, seat: str, in_sight: int, out_of_sight: int) -> list[bytes]:
    """Play every seat and fate by two hands, one where `seat` is told, one elsewhere; what it finds at its turns."""
    game = Game(scenario, header)
    found = []
    while (occurrence := game.awaited) is not None:
        if occurrence.seat == seat:
            found.append(serialised(dossier(game, seat)))
        is_told = seat in scenario.readers(scenario.scene_of(occurrence))
        ids = policies.open_ids(scenario, game.state, occurrence)
        option = ids[mix((in_sight if is_told else out_of_sight) ^ occurrence.key) % len(ids)]
        row = ChoiceLine(n=len(game.steps), at="", scene=occurrence.label, option=option, by="model", state="0" * 16)
        game.apply_row(row)
    return [*found, serialised(dossier(game, seat))]


@settings(max_examples=150)
@given(some.scenarios(apart=True), seeds, some.hands, some.hands, some.hands)
def test_law_8_non_interference_of_hidden_choices(scenario, seed, in_sight, one, other):
    """Where nothing hidden reaches what a seat sees, other choices it is not told of leave its dossiers equal."""
    seat, header = scenario.seats[0], header_of(scenario, seed=seed)
    first = dossiers_of(scenario, header, seat, in_sight, one)
    assert first == dossiers_of(scenario, header, seat, in_sight, other)


def test_law_8_is_put_to_the_test():
    """The scenarios of the promise above do hold worlds that part ways out of a seat's sight."""

    def parts_ways(scenario: Scenario) -> bool:
        lengths = set()
        for hidden in (0, 7):
            game = Game(scenario, header_of(scenario))
            while (occurrence := game.awaited) is not None:
                is_told = scenario.seats[0] in scenario.readers(scenario.scene_of(occurrence))
                ids = policies.open_ids(scenario, game.state, occurrence)
                option = ids[mix(0 if is_told else hidden) % len(ids)]
                game.apply_row(
                    ChoiceLine(n=1, at="", scene=occurrence.label, option=option, by="model", state="0" * 16)
                )
            lengths.add(len(game.choices))
        return len(lengths) == 2

    assert find(some.scenarios(apart=True), parts_ways, settings=search)


# Beside the laws: kinds of luck, verification


def is_war(scenario: Scenario, state: State, option: str) -> bool:
    occurrence = rules.pending(scenario, state)
    assert occurrence is not None
    moves = scenario.moves(occurrence.scene)
    place = scenario.option(occurrence, option)
    assert place is not None
    ending = moves.do[place](list(state.values), occurrence.day)
    return ending >= 0 and scenario.endings[ending].kind == "nuclear"


def war_is_spared(game: Game) -> int:
    """Check every choice of a spared game against the odds it was drawn from; return how many wars were spared."""
    spared = 0
    for before, row in zip(moments(game), game.choices, strict=False):
        occurrence = rules.pending(game.scenario, before)
        assert occurrence is not None
        odds = dict(rules.odds(game.scenario, before))
        war = {option for option, chance in odds.items() if chance > 0 and is_war(game.scenario, before, option)}
        lost = sum(odds[option] for option in war)
        if row.by == "fate" and war and any(chance > 0 for option, chance in odds.items() if option not in war):
            spared += 1
            assert row.option not in war
            assert row.spared is not None
            assert isclose(row.spared, lost, rel_tol=1e-9)
            rest = [0 if option in war else chance / (1 - lost) for option, chance in odds.items()]
            again = pick(rest, uniform(mix(game.header.seed), occurrence.key), 0)
            assert list(odds)[again] == row.option
        else:
            assert row.spared is None
    return spared


@settings(max_examples=150)
@given(st.data())
def test_spared_luck_never_draws_nuclear_war_at_fates_hand(data):
    """While another option has weight, fate draws among the rest by the same u and keeps the probability."""
    war_is_spared(random_game(data, lucks=("spared",), takebacks=False))


def test_spared_luck_spares():
    """The promise above is put to the test: random games do meet wars that are spared."""

    @st.composite
    def spared_games(draw):
        return draw(games(draw(some.scenarios()), lucks=("spared",), takebacks=False))

    assert find(spared_games(), lambda game: war_is_spared(game) > 0, settings=search)


@few
@given(data=st.data())
def test_spared_luck_over_thirteen_days(thirteen_days, data):
    """Chance does not end a lesson on the scenario that ships."""
    war_is_spared(random_game(data, thirteen_days, lucks=("spared",), takebacks=False))


def history_repeats(game: Game) -> None:
    for before, row in zip(moments(game), game.choices, strict=False):
        occurrence = rules.pending(game.scenario, before)
        assert occurrence is not None
        named = policies.historical(game.scenario, occurrence)
        is_persons = game.header.seats.get(occurrence.seat) == "person"
        if not is_persons and named in policies.open_ids(game.scenario, before, occurrence):
            assert (row.option, row.by) == (named, "history")
        else:
            assert row.by == ("person" if is_persons else "fate" if occurrence.seat == FATE else "model")


@given(st.data())
def test_history_luck_takes_the_historical_options(data):
    """Under this luck fate and the other seats do what they did in 1962 wherever that is named and open."""
    history_repeats(random_game(data, lucks=("history",), takebacks=False))


@few
@given(data=st.data())
def test_history_luck_over_thirteen_days(thirteen_days, data):
    """In the scenario that ships the others do what they did."""
    history_repeats(random_game(data, thirteen_days, lucks=("history",), takebacks=False))


def verified(scenario: Scenario, record: Record) -> str | None:
    return replay(scenario, saved_and_read(record), redraw=True).fault


@given(st.data())
def test_verification_accepts_every_honest_record(data):
    """Whoever sits where, whatever the luck and whatever was taken back, an honest record verifies."""
    scenario = data.draw(some.scenarios())
    game = random_game(data, scenario, sitters=everybody(scenario))
    assert verified(scenario, game.record) is None


@few
@given(data=st.data())
def test_verification_accepts_every_honest_record_over_thirteen_days(thirteen_days, data):
    """An honest record of the scenario that ships verifies."""
    assert verified(thirteen_days, random_game(data, thirteen_days, sitters=everybody(thirteen_days)).record) is None


Forgery = Callable[[Game, int], Iterator[Record]]


def with_row(game: Game, place: int, **changed: object) -> Record:
    """The record with one choice changed; its chain is computed anew when it is written."""
    rows = list(game.rows)
    rows[place] = rows[place]._replace(**changed)
    return Record(game.header, tuple(rows))


def other_states(game: Game, place: int) -> Iterator[Record]:
    yield with_row(game, place, state=f"{mix(int(game.rows[place].state, 16)):016x}")


def other_bys(game: Game, place: int) -> Iterator[Record]:
    return (with_row(game, place, by=by) for by in BYS if by != game.rows[place].by)


def other_draws(game: Game, place: int) -> Iterator[Record]:
    """The whole record as it would honestly go on from another option than the one that was drawn, or done in 1962."""
    row, scenario = game.choices[place], game.scenario
    if row.by not in ("fate", "model", "history"):
        return
    before = game.steps[place].state
    for option in policies.open_ids(scenario, before, scenario.agenda[before.position]):
        if option != row.option:
            after = digest(scenario, rules.advance(scenario, before, Choice(row.scene, option)).state)
            for by in ("fate", "model", "history") if row.by == "history" else (row.by,):
                forged = Game(scenario, game.header)
                for one in (*game.choices[:place], row._replace(option=option, by=by, state=after)):
                    forged.apply_row(one)
                yield play_on(forged, 0).record


@pytest.mark.parametrize("forge", [other_states, other_bys, other_draws], ids=lambda forge: forge.__name__)
@pytest.mark.parametrize("sitters", [("person", "model"), ("policy:random", "policy:history", "policy:course-0")])
def test_verification_rejects_what_was_changed(forge: Forgery, sitters):
    """A drawn option, a state or `by` that was changed does not verify, even with chain and states anew."""

    @given(st.data())
    def promise(data):
        scenario = data.draw(some.scenarios())
        there = set(everybody(scenario))
        game = random_game(data, scenario, sitters=[one for one in sitters if one in there], takebacks=False)
        for place in range(len(game.choices)):
            for record in forge(game, place):
                assert verified(scenario, record) is not None

    promise()


@few
@given(data=st.data())
def test_verification_rejects_other_draws_over_thirteen_days(thirteen_days, data):
    """Nobody wins the scenario that ships with loaded dice."""
    game = random_game(data, thirteen_days, takebacks=False)
    drawn = [place for place, row in enumerate(game.choices) if row.by in ("fate", "model")]
    assume(drawn)  # a game in which every seat is a person's, and luck is history's, draws nothing
    place = data.draw(st.sampled_from(drawn))
    for forge in (other_states, other_bys, other_draws):
        for record in forge(game, place):
            assert verified(thirteen_days, record) is not None


def test_the_engine_needs_no_screen_and_no_arrays():
    """Importing every module of the engine loads neither a screen nor arrays."""
    package = importlib.util.find_spec("excomm_game.engine")
    assert package is not None
    assert package.submodule_search_locations is not None
    root = Path(package.submodule_search_locations[0])
    names = [
        ".".join(("excomm_game.engine", *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
        for path in sorted(root.rglob("*.py"))
    ]
    source = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    source += "print([one for one in ('textual', 'rich', 'numpy', 'typer', 'portalocker') if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, timeout=60)
    assert len(names) > 10
    assert json.loads(done.stdout.replace("'", '"')) == []
