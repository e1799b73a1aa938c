"""Small things that a person would miss: what a sign stands at, how long a bar is, what was typed and is used."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excomm_game.engine.dossier import Viewing
from excomm_game.engine.draft import ENDING_KINDS
from excomm_game.engine.fate import MAX_SEED
from excomm_game.engine.game import Game
from excomm_game.tui.reel import Reel
from excomm_game.tui.screens import courses
from excomm_game.tui.screens.courses import GLYPHS
from excomm_game.tui.screens.theatre import Theatre
from excomm_game.tui.screens.views import LadderScreen, situation_lines
from excomm_game.tui.settings import PACES
from excomm_game.worlds.risk import Figure
from tests.headers import header
from tests.tui.games import on_disk, sitting_of, small, watch
from tests.tui.keyboard import at_the_keyboard, sat_down


@given(st.lists(st.integers(0, 1_000), min_size=len(GLYPHS), max_size=len(GLYPHS)).filter(any), st.integers(8, 200))
def test_a_courses_bar_is_filled_kind_by_kind(parts, width):
    """Each kind of ending begins where the one before it ends, so that its share of the bar is its share of worlds."""
    kinds = {kind: Figure(part / sum(parts), 0, 1) for kind, part in zip(GLYPHS, parts, strict=True)}
    row = SimpleNamespace(shares=SimpleNamespace(kinds=kinds, nuclear=kinds["nuclear"]))
    _, bar, _ = courses._drawn("Blockade", row, width)
    room = min(width, courses.BAR) if len(bar.plain) != width else width
    assert len(bar.plain) == room
    assert list(GLYPHS) == list(reversed(ENDING_KINDS))
    assert bar.plain == "".join(sorted(bar.plain, key="".join(GLYPHS.values()).index)), "the worst first"
    for kind, glyph in GLYPHS.items():
        assert abs(bar.plain.count(glyph) - kinds[kind].p * room) <= 1, kind


def test_the_situation_shows_facts_once_they_have_changed(thirteen_days):
    """A fact that stands as it always did takes no line; a track with a word for where it stands always does."""
    game = Game(thirteen_days, header(thirteen_days, 4, {"washington": "person"}))
    game.run()
    seen = set()
    while game.awaited is not None and len(game.choices) < 40:
        view = Viewing(game, "washington").at(len(game.choices))
        said = [line.plain for line in situation_lines(view, 40)]
        for one in view.readings:
            is_shown = any(line.startswith((f"{one.label} ", f"{one.label}: ", f"{one.label}\n")) for line in said)
            assert is_shown == bool(one.band or not one.is_start), one.label
            seen.add((bool(one.band), one.is_start))
        game.choose(next(way.id for way in view.page.ways if way.number))
    assert {(True, True), (False, True), (False, False)} <= seen


@at_the_keyboard
async def test_the_ladder_shows_where_it_stands_and_how_high_it_was(make, thirteen_days):
    """One rung is here, another, higher one was the highest; they are never taken for each other."""
    game = Game(thirteen_days, header(thirteen_days, 1962, luck="history"))
    game.run()
    viewing = Viewing(game, "washington")
    views = (viewing.at(n) for n in range(len(game.steps)))
    view = next(one for one in views if one.ladder.now and one.ladder.peak and one.ladder.now < one.ladder.peak)
    async with sat_down(make()) as person:
        await person.app.push_screen(LadderScreen(view))
        await person.settle()
        lines = [option.prompt.plain for option in person.menu.options]
        here = [line for line in lines if "◀ here" in line]
        highest = [line for line in lines if "△ the highest so far" in line]
        assert [int(line.split()[0]) for line in here] == [view.ladder.now[0]]
        assert [int(line.split()[0]) for line in highest] == [view.ladder.peak[0]]


@at_the_keyboard
async def test_a_replay_that_runs_changes_its_pace_at_once(make, finished):
    """Faster means that the next step comes sooner, not only after the replay was stopped and begun again."""
    async with sat_down(make(watch(finished))) as person:
        screen = person.app.screen
        assert isinstance(screen, Theatre)
        await person.press("space")
        slow = screen.timer
        assert slow is not None
        assert slow._interval == screen.pace
        await person.press("plus")
        assert screen.pace != PACES[-1]
        assert screen.timer is not slow
        assert screen.timer._interval == screen.pace < slow._interval


@pytest.mark.parametrize("whose", ["left", "right", "both"])
@at_the_keyboard
async def test_a_game_that_others_still_play_is_not_compared(make, disk, finished, whose):
    """Whichever of the two it is: its players would read what they hide from each other."""
    sitting = disk.begin(small("west", "east"))
    sitting.leave()
    left, right = {"left": (sitting.key, finished), "right": (finished, sitting.key), "both": (sitting.key,) * 2}[whose]
    async with sat_down(make()) as person:
        person.app.open_comparison(left, right)
        await person.settle()
        assert "Several people play this game" in person.words()
        assert "Compare" not in person.rooms()


@at_the_keyboard
async def test_a_game_begun_bears_the_players_name_and_the_seed_that_was_asked_for(make):
    """What was typed under Settings and under New game is what the save says."""
    async with sat_down(make()) as person:
        await person.press("t", "3")
        await person.paste("Anna B.")
        await person.press("enter", "q", "n", "9")
        await person.paste("4321")
        await person.press("enter", "1")
        header = on_disk(sitting_of(person.app).key).record.header
        assert (header.player, header.seed) == ("Anna B.", 4321)


@pytest.mark.parametrize(("typed", "seed"), [(str(MAX_SEED), MAX_SEED), (str(MAX_SEED + 1), None), ("-1", None)])
@at_the_keyboard
async def test_a_seed_beyond_the_last_is_refused(make, typed, seed):
    """In words, and before a game is begun with it."""
    async with sat_down(make()) as person:
        await person.press("n", "9")
        await person.paste(typed)
        await person.press("enter")
        assert (person.room() == "Notice") == (seed is None)
        if seed is None:
            assert f"from 0 to {MAX_SEED}" in person.words()
            await person.press("enter")
        assert person.app.screen.seed == seed


@at_the_keyboard
async def test_a_paste_over_what_is_marked_takes_its_room(make):
    """A line that is full takes a paste in place of what is marked, as far as that made room."""
    async with sat_down(make()) as person:
        await person.press("n", "9")
        await person.paste("1" * 16)
        line = person.line
        assert line.value == "1" * 16
        line.selection = line.selection._replace(start=0, end=4)
        await person.paste("23456789")
        assert line.value == "2345" + "1" * 12


def test_a_replay_of_a_game_that_goes_on_ends_where_its_seat_stands(thirteen_days):
    """After its last choice comes what has reached it since; where nobody has chosen since, that choice is the last."""
    game = Game(thirteen_days, header(thirteen_days, 4, {"washington": "person"}))
    game.run()
    seen = set()
    while game.awaited is not None and len(game.choices) < 120:
        reel = Reel(game, is_open=False)
        last = len(game.choices)
        is_own = bool(game.choices) and reel.seat(game.choices[-1]) == "washington"
        own = [choice.n for choice in game.choices if reel.seat(choice) == "washington"]
        assert reel.steps("washington") == [0, *own, *([] if is_own else [last + 1])]
        seen.add(is_own)
        game.choose(next(way.id for way in Viewing(game, "washington").at(last).page.ways if way.number))
    assert seen == {True, False}
