"""The estimate of the risk beside the page: it comes without being waited for, moves, and can be hidden."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from dataclasses import replace

import pytest

from excomm_game.tui.estimates import BARS, Estimates, Told
from excomm_game.tui.screens.table import Table
from excomm_game.worlds.risk import Figure
from tests.tui.games import begin, sitting_of, small, thirteen, turn_pages
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down

pytestmark = pytest.mark.with_estimates
PATIENCE = 20.0


async def estimated(person: Person) -> None:
    """Wait until nothing is being worked out any more."""
    until = time.monotonic() + PATIENCE
    while any(worker.group == "estimate" and not worker.is_finished for worker in person.app.workers):
        assert time.monotonic() < until
        await asyncio.sleep(0.01)
        await person.settle()
    await person.settle()


@pytest.mark.parametrize("size", SIZES)
@at_the_keyboard
async def test_it_comes_and_grows(make, size):
    """At the table the estimate stands in words, digits and a line that grows with each sitting; e explains it."""
    async with sat_down(make(begin(thirteen(seed=7))), size) as person:
        await estimated(person)
        await turn_pages(person)
        await estimated(person)
        assert re.search(r"nuclear war (about 1 in \d+ \()?[0-9.]+%", person.words())
        await person.press("e")
        assert "nuclear war about 1 in" in person.words()
        assert "no prophecy" in person.words()
        assert "Kennedy" in person.words()
        assert "They go on to Sunday 28 October 1962, 17:00 (Washington)" in person.words()
        await person.press("enter", "2", "2", "enter")
        await estimated(person)
        assert sum(person.sees().count(bar) for bar in BARS) >= 2


@at_the_keyboard
async def test_it_says_how_far_it_looks(make):
    """It looks as far as the crisis that is played, which another one's may not."""
    wanted = thirteen()._replace(scenario="black-saturday")
    async with sat_down(make(begin(wanted)), (60, 20)) as person:
        await person.press("e")
        assert "They go on to Sunday 28 October 1962, 12:00 (Washington)" in person.words()


@at_the_keyboard
async def test_nobody_waits_for_it(make, monkeypatch):
    """While it is worked out keys are answered, and a game left meanwhile is left."""

    def slow(self: Estimates, seat: str):
        def work():
            time.sleep(0.5)
            return lambda: None

        return work

    monkeypatch.setattr(Estimates, "question", slow)
    async with sat_down(make(begin(small()))) as person:
        began = time.monotonic()
        await person.press("1", "s", "q", "q")
        assert person.room() == "Title"
        assert time.monotonic() - began < 0.5
        await estimated(person)
        assert person.app._exception is None


@at_the_keyboard
async def test_it_comes_too_late(make, monkeypatch):
    """An estimate that is there when the table has lost its parts, but is not yet gone, is shown nowhere."""
    leaving = threading.Event()

    def late(self: Estimates, seat: str):
        def work():
            leaving.wait(PATIENCE)
            return lambda: None

        return work

    async def linger(self: Table) -> None:
        leaving.set()
        await asyncio.sleep(0.1)

    monkeypatch.setattr(Estimates, "question", late)
    monkeypatch.setattr(Table, "on_unmount", linger, raising=False)
    async with sat_down(make(begin(small()))) as person:
        await person.press("1")
    assert leaving.is_set()
    assert person.app._exception is None


def test_one_at_a_time(disk):
    """Of estimates asked for faster than they can be worked out, those given up before their turn are never begun."""
    begun: list[int] = []

    def question(n: int):
        def work():
            begun.append(n)
            time.sleep(0.1)
            return lambda: None

        return work

    sitting = disk.begin(small())

    async def hurry() -> None:
        estimates = Estimates(sitting.game)
        last = asyncio.create_task(estimates.work_out(question(0)))
        for n in range(1, 9):
            await asyncio.sleep(0.005)
            last.cancel()
            last = asyncio.create_task(estimates.work_out(question(n)))
        await last

    asyncio.run(hurry())
    sitting.leave()
    assert begun[-1] == 8
    assert len(begun) <= 2  # the first, or on a busy machine one soon after it, had its turn before the last


@at_the_keyboard
async def test_it_can_be_hidden(make):
    """With the setting off nothing is worked out and nothing is shown."""
    app = make(begin(thirteen(seed=7)))
    app.settings = replace(app.settings, estimate=False)
    async with sat_down(app, (120, 40)) as person:
        await person.press("1")
        assert not [worker for worker in app.workers if worker.group == "estimate"]
        assert "estimate ──" not in person.words()
        await person.press("e")
        assert person.room() == "Table"


@at_the_keyboard
async def test_each_chair_has_its_own(make):
    """In a game of two, what was estimated for one chair is not shown to the other."""
    async with sat_down(make(begin(small("west", "east")))) as person:
        await person.press("enter", "1")
        await estimated(person)
        game = sitting_of(person.app).game
        screen = next(screen for screen in person.app.screen_stack if hasattr(screen, "estimates"))
        assert screen.estimates.told(game.people[1]) is None


def test_the_line_is_as_high_as_the_risk():
    """The bars rise with the risk and fill the line only where it is great."""
    told = Told(Figure(0.29, 0.2, 0.4), (0.0, 0.1, 0.29), "Kennedy")
    assert [BARS.index(bar) for bar in told.bars()] == sorted(BARS.index(bar) for bar in told.bars())
    assert told.bars()[0] == BARS[0]
    assert told.bars()[-1] == BARS[-1]
