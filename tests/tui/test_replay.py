"""The replay theatre: any moment of a game, however one comes to it, and nothing that was not told."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from excomm_game.cli.archive import Disk
from excomm_game.files import notes, places
from excomm_game.tui.reel import EVERYTHING
from excomm_game.tui.screens.theatre import Theatre
from tests.tui import crisis
from tests.tui.games import begin, loud, on_disk, play_out, sitting_of, small, thirteen, verify, watch
from tests.tui.keyboard import SIZES, Person, at_the_keyboard, sat_down

OF_THE_EAST = re.compile(r"\b(?:east|secret|ending|storm|judge|truth|believed|epilogue)-[a-z-]+")
"""What the West is not told while its game goes on, in the crisis whose texts are their places' names."""


@pytest.fixture
def told(home) -> None:
    """The crisis whose every text says where it stands."""
    crisis.write(home, crisis.crisis(lambda place: place))


def theatre_of(person: Person) -> Theatre:
    screen = person.app.screen
    assert isinstance(screen, Theatre), person.rooms()
    return screen


def frame(person: Person) -> str:
    """Return the screen without the line of keys, on which what can be read on depends on what was read."""
    return "\n".join(person.rows()[:-1])


async def forward(person: Person) -> list[str]:
    """Go from the opening to the end step by step; return every frame."""
    screen = theatre_of(person)
    frames = [frame(person)]
    while screen.place < len(screen.steps) - 1:
        before = screen.place
        await person.press("f")
        assert screen.place == before + 1
        frames.append(frame(person))
    return frames


class TestMoving:
    """Forward, back, by day, to the ends."""

    @at_the_keyboard
    async def test_frames_do_not_depend_on_the_way(self, make, finished):
        """A frame is the same whether one comes to it from before, from behind, or in one leap."""
        async with sat_down(make(watch(finished)), (100, 30)) as person:
            screen = theatre_of(person)
            frames = await forward(person)
            assert len(set(frames)) == len(frames) > 5
            await person.press("f")
            assert frame(person) == frames[-1]
            for wanted in reversed(frames[:-1]):
                await person.press("r")
                assert frame(person) == wanted
            await person.press("r")
            assert frame(person) == frames[0]
            await person.press("t")
            assert frame(person) == frames[-1]
            await person.press("i")
            assert frame(person) == frames[0]
            for place in (3, 1, 4, 0, 2):
                await screen.go(place)
                await person.settle()
                assert frame(person) == frames[place]

    @at_the_keyboard
    async def test_every_way_of_asking(self, make, finished):
        """Arrows, signs and letters mean the same."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            for on, back in (("right", "left"), (".", ","), ("f", "r")):
                await person.press(on, on)
                assert screen.place == 2
                await person.press(back, back)
                assert screen.place == 0

    @at_the_keyboard
    async def test_by_day(self, make, finished):
        """A day on is the first step of a later day; a day back the first of this one, then of the day before."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            days = [screen.reel.day(n) for n in screen.steps]
            seen = []
            while screen.place < len(screen.steps) - 1:
                await person.press("]")
                seen.append(screen.place)
            firsts = [place for place in range(1, len(days)) if days[place] > days[place - 1]]
            assert seen[: len(firsts)] == firsts
            while screen.place > 0:
                before = screen.place
                await person.press("[")
                assert screen.place < before
                assert screen.place == days.index(days[screen.place])

    @at_the_keyboard
    async def test_the_whole_of_history(self, make):
        """The real thirteen days can be gone through from the opening to the end; its choices are marked as 1962's."""
        async with sat_down(make(), (80, 24)) as person:
            await person.press("r")
            screen = theatre_of(person)
            assert screen.recording.key == str(places.history_save())
            frames = await forward(person)
            assert len(frames) == len(screen.steps) > 20
            assert "◇ 1962" in frames[1]
            await person.press("i", "e")
            assert screen.place == 0
            assert "differs" in person.words()

    @at_the_keyboard
    async def test_where_it_parts(self, make, finished):
        """The next choice that 1962 made otherwise is found, one after the other, and never one that it did not."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            found = []
            for _ in range(20):
                await person.press("e")
                found.append(screen.steps[screen.place])
            choices = [screen.recording.game.choices[n - 1] for n in dict.fromkeys(found)]
            assert [(one.scene, one.option) for one in choices if one.by == "person"] == [
                ("morning@2", "threaten"), ("letter-terms", "settle")
            ]  # fmt: skip


class TestEyes:
    """Whose eyes, and what they see."""

    @pytest.mark.usefixtures("told")
    @at_the_keyboard
    async def test_every_chair_and_everything(self, make, disk):
        """Of a game that is over every chair's eyes and all that happened can be had, from the opening to the end."""
        key = play_out(disk, loud(), ["wait", "send", "warm", "settle"])
        async with sat_down(make(watch(key)), (120, 40)) as person:
            screen = theatre_of(person)
            assert screen.reel.eyes == ["west", "east", EVERYTHING]
            whole = {}
            for eyes in screen.reel.eyes:
                assert screen.eyes == eyes
                await person.press("i")
                assert screen.reel.label(eyes) in person.rows()[-2]
                whole[eyes] = "\n".join(await forward(person))
                await person.press("v")
            assert screen.eyes == "west"
            assert "east-reply-text" not in whole["west"]
            assert "east-reply-text" in whole["east"]
            assert "west-morning-text" not in whole["east"]
            assert {"west-morning-text", "east-reply-text", "storm-calm"} <= set(
                re.findall(r"[a-z]+(?:-[a-z]+)+", whole[EVERYTHING])
            )

    @at_the_keyboard
    async def test_changing_eyes_keeps_the_moment(self, make, finished):
        """Other eyes open at the same choice, or the next one they see."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            await person.press("f", "f")
            n = screen.steps[screen.place]
            for _ in screen.reel.eyes:
                await person.press("v")
                assert screen.steps[screen.place] >= n
                assert screen.place == 0 or screen.steps[screen.place - 1] < screen.steps[screen.place]
                n = screen.steps[screen.place]

    @pytest.mark.usefixtures("told")
    @at_the_keyboard
    async def test_an_unfinished_game_tells_no_more_than_its_chair_was_told(self, make, disk):
        """Whoever plays can watch their own game so far; nothing of it tells them what only others know."""
        key = play_out(disk, loud(), ["wait", "send"])
        async with sat_down(make(watch(key)), (120, 40)) as person:
            screen = theatre_of(person)
            assert screen.reel.eyes == ["west"]
            for place in range(len(screen.steps)):
                await screen.go(place)
                await person.settle()
                assert not OF_THE_EAST.findall(person.sees())
                for look in "cdsjkw":
                    rooms = person.rooms()
                    await person.press(look)
                    assert not OF_THE_EAST.findall(person.sees())
                    if person.rooms() != rooms:
                        await person.press("q")
            await person.press("v")
            assert screen.eyes == "west"
            for made in places.text_folder().glob("*"):
                assert not OF_THE_EAST.findall(made.read_text(encoding="utf-8"))

    @pytest.mark.usefixtures("told")
    @at_the_keyboard
    async def test_nor_does_comparing_it(self, make, disk):
        """Set beside another game, a game that goes on tells its player nothing that only others know."""
        play_out(disk, loud(), ["wait", "send"])
        play_out(disk, loud(), ["wait"])
        async with sat_down(make(), (120, 40)) as person:
            await person.press("s", "c", "enter")
            assert "left:" in person.sees()
            told = []
            await person.press("home")
            for _ in range(person.menu.option_count):
                told += OF_THE_EAST.findall(person.sees())
                await person.press("j")
            assert not told

    @pytest.mark.usefixtures("told")
    @at_the_keyboard
    async def test_a_game_of_several_people_that_goes_on(self, make, disk):
        """As on the command line: while it lasts, nobody watches it through the other's eyes."""
        play_out(disk, loud("west", "east"), ["send", "mild"])
        async with sat_down(make(), (120, 40)) as person:
            await person.press("s", "r")
            if person.room() == "Theatre":
                assert len(theatre_of(person).reel.eyes) == 1


class TestUses:
    """Branching, noting, comparing, running."""

    @pytest.mark.parametrize("steps", [0, 3])
    @at_the_keyboard
    async def test_a_branch_shares_what_came_before(self, make, finished, steps):
        """A branch is a new save with the choices before this step, open for play; the first save stays as it was."""
        before = on_disk(finished)
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            await person.press(*["f"] * steps)
            n = max(0, screen.steps[screen.place] - 1)
            await person.press("b", "y")
            assert person.rooms() == ["Title", "Table"]
            sitting = sitting_of(person.app)
            shared = [(one.scene, one.option) for one in sitting.game.choices[:n]]
            assert shared == [(one.scene, one.option) for one in before.record.standing()[:n]]
            assert sitting.game.awaited is not None
            assert sitting.key != finished
            verify(sitting.key)
        assert on_disk(finished) == before

    @pytest.mark.parametrize("size", SIZES)
    @at_the_keyboard
    async def test_no_branch_where_all_is_decided(self, make, finished, size):
        """After the last choice of a finished game no save is made that would be over at once; before it one is."""
        before = sorted(places.save_folder().iterdir())
        async with sat_down(make(watch(finished)), size) as person:
            await person.press("end", "b")
            assert person.room() == "Notice"
            assert "nothing is left to decide" in person.words()
            await person.press("enter")
            assert sorted(places.save_folder().iterdir()) == before
            while person.app.screen.frame.n > len(theatre_of(person).recording.game.choices):
                await person.press("left")
            await person.press("b", "y")
            assert sitting_of(person.app).game.awaited is not None

    @at_the_keyboard
    async def test_going_on_watching(self, make, finished):
        """Whoever says no makes no new save."""
        before = sorted(places.save_folder().iterdir())
        async with sat_down(make(watch(finished))) as person:
            shown = person.sees()
            await person.press("b", "n")
            assert person.sees() == shown
        assert sorted(places.save_folder().iterdir()) == before

    @at_the_keyboard
    async def test_a_branch_of_history(self, make):
        """The real thirteen days can be left at any step, and go on as the player's own."""
        async with sat_down(make()) as person:
            await person.press("r", "f", "f", "f", "b", "y")
            assert person.room() == "Table"
            assert sitting_of(person.app).game.people
            await person.press("q")
            assert person.rooms() == ["Title"]
        assert len(list(places.save_folder().glob("*.jsonl"))) == 1

    @at_the_keyboard
    async def test_a_note_stays(self, make, finished):
        """A note is kept beside the save, shown on its step alone, and there when the save is opened again."""
        before = on_disk(finished)
        async with sat_down(make(watch(finished))) as person:
            await person.press("f", "f", "n")
            await person.type("why not wait?")
            await person.press("enter")
            n = theatre_of(person).steps[2]
            assert notes.read(Path(finished)) == {n: "why not wait?"}
            await person.without_toasts()
            assert "Note: why not wait?" in person.words()
            await person.press("f")
            assert "why not wait?" not in person.words()
        async with sat_down(make(watch(finished))) as person:
            await person.press("f", "f")
            assert "Note: why not wait?" in person.words()
            await person.press("n")
            assert person.line.value == "why not wait?"
            await person.press("escape")
            assert notes.read(Path(finished)) == {n: "why not wait?"}
            await person.press("n", *["backspace"] * 20, "enter")
            assert notes.read(Path(finished)) == {}
            assert "Note:" not in person.words()
        assert on_disk(finished) == before

    @at_the_keyboard
    async def test_notes_on_many_steps(self, make, finished):
        """Each step has its own note, the opening and the end too."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            for place in range(len(screen.steps)):
                await person.press("n")
                await person.type(f"note{place}")
                await person.press("enter", "f")
            kept = notes.read(Path(finished))
            assert list(kept) == screen.steps
            assert list(kept.values()) == [f"note{place}" for place in range(len(screen.steps))]

    @at_the_keyboard
    async def test_it_runs_and_stops_at_a_key(self, make, finished):
        """Running, it goes on by itself; a key that moves stops it there; at the end it stops by itself."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            screen.pace = 0.02
            await person.press("space")
            await until(person, lambda: screen.place >= 2)
            await person.press("left")
            place = screen.place
            assert screen.timer is None
            await asyncio.sleep(0.1)
            await person.settle()
            assert screen.place == place
            await person.press("p")
            await until(person, lambda: screen.place == len(screen.steps) - 1)
            await until(person, lambda: screen.timer is None)
            assert "still" in person.sees()
            await person.press("space")
            assert screen.timer is None

    @pytest.mark.parametrize("key", ["?", "x"])
    @at_the_keyboard
    async def test_nothing_runs_behind_ones_back(self, make, finished, key):
        """While something else is looked at, the step stays where it was left."""
        async with sat_down(make(watch(finished))) as person:
            screen = theatre_of(person)
            screen.pace = 0.02
            await person.press("f", "f", "space", key)
            assert person.app.screen is not screen
            place = screen.place
            await asyncio.sleep(0.08)
            await person.settle()
            assert screen.place == place

    @pytest.mark.usefixtures("finished")
    @at_the_keyboard
    async def test_comparing_marks_where_two_games_part(self, make, disk):
        """Two games side by side open at their first divergence, which is marked, with both choices in full."""
        play_out(disk, small(), ["wait", "threaten", "wait", "warm", "firm"])
        async with sat_down(make(), (120, 40)) as person:
            await person.press("s", "c", "enter")
            ours, theirs = (Disk().recording(one.key).game for one in Disk().saves()[:2])
            own = [[one for one in game.choices if one.by == "person"] for game in (ours, theirs)]
            pairs = list(zip(*own, strict=False))
            first = next(n for n, (one, other) in enumerate(pairs) if one[2:4] != other[2:4])
            assert own[0][first].scene == "letter-terms"
            assert person.menu.highlighted == first
            assert "18 Oct, 18:00 The letter: its terms ◆ they part here" in listed(person)
            assert "letter-terms" not in person.sees()
            assert "Firm" in person.reads()
            assert "Settle at once" in person.reads()

    @at_the_keyboard
    async def test_comparing_a_game_with_its_own_branch(self, make, disk, finished):
        """A game and a branch that has not gone further share everything the branch has; the rest is yet to come."""
        disk.branch(finished, 4).leave()
        async with sat_down(make(watch(finished)), (120, 40)) as person:
            await person.press("o", "enter")
            assert "left:" in person.sees()
            assert "They do not differ as far as the right one goes." in person.words()
            assert "not played so far" in listed(person)
            assert "≠" not in person.sees()
            assert "◆" not in person.sees()

    @at_the_keyboard
    async def test_comparing_a_game_that_goes_on_with_the_real_one(self, make, disk):
        """Beside a game that is not over stands what the same chair did in 1962, and nothing of the other chairs."""
        play_out(disk, thirteen(), ["more-photographs"])
        async with sat_down(make(), (120, 40)) as person:
            await person.press("s", "c", "enter")
            assert "1 16 Oct, 11:50 The Cabinet Room, ten to twelve" in listed(person)
            assert "2 17 Oct" in listed(person)
            assert "not played so far" in listed(person)
            assert "temper" not in listed(person)
            assert person.reads().startswith("Left not played so far Right Wednesday 17 October 1962")
            await person.press("home")
            assert person.reads().startswith("Both Tuesday 16 October 1962, 11:50")

    @at_the_keyboard
    async def test_comparing_with_nothing_but_another_crisis(self, make, unfinished):
        """Only a game of the same crisis is offered; where there is none, a sentence says so."""
        async with sat_down(make(watch(unfinished)), (120, 40)) as person:
            await person.press("o")
            assert person.rooms() == ["Title", "Theatre", "Notice"]
            assert "There is no other game of this crisis" in person.words()
            await person.press("enter", "q", "s", "c")
            assert person.rooms() == ["Title", "SavesScreen", "Notice"]

    @at_the_keyboard
    async def test_another_crisis_is_not_offered(self, make, disk, finished, unfinished):
        """Of all saves those of the same crisis are offered to be set beside one of them."""
        other = play_out(disk, thirteen(), [])
        async with sat_down(make(watch(finished)), (120, 40)) as person:
            await person.press("o")
            assert person.options() == [unfinished]
            await person.press("q", "q", "s", "home", "c")
            assert person.options() == [str(places.history_save())]
            assert other not in person.options()

    @at_the_keyboard
    async def test_putting_saves_away(self, make, finished, unfinished):
        """One after the other leaves the list; what cannot be opened can be put away; the real thirteen days stay."""
        (places.save_folder() / "no-save.jsonl").write_text("{}\n", encoding="utf-8")
        async with sat_down(make(), (120, 40)) as person:
            await person.press("s")
            history = str(places.history_save())
            assert len(person.options()) == 4
            for left in (3, 2, 1):
                await person.press("d", "y")
                assert len(person.options()) == left
            assert person.options() == [history]
            await person.press("d")
            assert "come with the program" in person.words()
            await person.press("enter", "q")
            assert "Go on with the last game" not in person.sees()
        kept = {one.name for one in places.put_away_folder().iterdir()}
        assert kept == {Path(finished).name, Path(unfinished).name, "no-save.jsonl"}

    @at_the_keyboard
    async def test_a_damaged_save(self, make, finished):
        """What is sound of a damaged save is shown, and what is wrong with the rest is said."""
        lines = Path(finished).read_bytes().splitlines(keepends=True)
        Path(finished).write_bytes(b"".join([*lines[:6], lines[6].replace(b'"n"', b'"m"'), *lines[7:]]))
        async with sat_down(make(watch(finished)), (120, 40)) as person:
            screen = theatre_of(person)
            assert len(screen.recording.game.choices) == 5
            assert Path(finished).name[:10] in person.words()
            await forward(person)

    @at_the_keyboard
    async def test_a_save_that_is_none(self, make):
        """What is no save is listed as one that cannot be opened, and opening it says why."""
        places.save_folder().mkdir(parents=True)
        (places.save_folder() / "no-save.jsonl").write_text("{}\n", encoding="utf-8")
        async with sat_down(make(begin(small()))) as person:
            await person.press("q", "s", "down")
            for key in ("enter", "r", "c"):
                if person.marked is None or "no-save" not in person.marked:
                    await person.press("up")
                await person.press(key)
                assert person.rooms()[-1] == "Notice"
                await person.press("enter")
                assert person.rooms() == ["Title", "SavesScreen"]


def listed(person: Person) -> str:
    """Return the words of the list, whatever stands beside it."""
    region = person.menu.region
    rows = ["".join(cell.glyph for cell in row) for row in person.cells()[region.y : region.bottom]]
    return " ".join(" ".join(row[region.x : region.right - 2] for row in rows).split())


async def until(person: Person, is_so) -> None:
    """Wait for a clock to do its work."""
    for _ in range(500):
        if is_so():
            await person.settle()
            return
        await asyncio.sleep(0.01)
        await person.settle()
    raise AssertionError("it never comes to that")
