"""A disk that does not do what is asked of it: it is said, nothing is lost, and the program stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from excomm_game.cli.archive import Disk
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.record import BackLine, Row
from excomm_game.files.saves import Writer
from excomm_game.tui.app import ExcommApp
from excomm_game.tui.archive import Recording, Sitting
from tests.tui import rooms
from tests.tui.games import begin, on_disk, own, resume, sitting_of, small, verify
from tests.tui.keyboard import Person, at_the_keyboard, sat_down

FULL = ExcommError("The disk is [full], says {nobody}. Free some space.")


class Refusing(Disk):
    """An archive whose saves refuse the next `times` appends."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def begin(self, wanted) -> Sitting:
        return self._refusing(super().begin(wanted))

    def resume(self, key) -> Sitting:
        return self._refusing(super().resume(key))

    def _refusing(self, sitting: Sitting) -> Sitting:
        def keep(rows: Sequence[Row]) -> None:
            if self.times:
                self.times -= 1
                raise FULL
            sitting.keep(rows)

        return sitting._replace(keep=keep)


class Broken(Disk):
    """An archive of which one function always fails."""

    def __init__(self, broken: str) -> None:
        super().__init__()

        def fail(*_: object, **__: object) -> None:
            raise FULL

        setattr(self, broken, fail)


async def choose(person: Person, number: str = "3") -> None:
    """Take an option of the page."""
    while person.room() == "Table" and person.app.screen.page is None:
        await person.press("1")
    await person.press(number, "enter", "enter")


class TestASaveThatCannotBeWritten:
    """Sitting.keep raises."""

    @at_the_keyboard
    async def test_once(self):
        """It is said in the error's own words; trying again keeps the same choice, and nothing of it is lost."""
        app = ExcommApp(Refusing(1), begin(small()))
        async with sat_down(app) as person:
            await choose(person)
            sitting = sitting_of(app)
            assert person.room() == "Ask"
            assert "The disk is [full], says {nobody}." in person.words()
            assert "try again" in person.words()
            assert on_disk(sitting.key).record.rows == ()
            await person.press("y")
            assert person.room() == "Table"
            assert on_disk(sitting.key).record == sitting.game.record
            assert len(own(sitting.game)) == 1
            await choose(person)
            assert on_disk(sitting.key).record == sitting.game.record
        assert app.failure is None
        verify(sitting.key)

    @at_the_keyboard
    async def test_several_times(self):
        """It is asked again as often as it fails."""
        app = ExcommApp(Refusing(4), begin(small()))
        async with sat_down(app) as person:
            await choose(person)
            for _ in range(4):
                assert person.rooms() == ["Title", "Table", "Ask"]
                await person.press("enter")
            assert person.rooms() == ["Title", "Table"]
            assert on_disk(sitting_of(app).key).record == sitting_of(app).game.record

    @pytest.mark.parametrize("key", ["n", "q", "escape"])
    @at_the_keyboard
    async def test_leaving(self, key):
        """Whoever gives up leaves with the error, and the save is what it was before the choice."""
        app = ExcommApp(Refusing(1_000), begin(small()))
        async with sat_down(app) as person:
            await choose(person)
            saved = sitting_of(app).key
            await person.press("y", key)
            assert person.has_left
        assert app.failure is FULL
        assert app.failure.exit_code == 3
        assert on_disk(saved).record.rows == ()
        verify(saved)

    @at_the_keyboard
    async def test_no_other_key_goes_past_it(self):
        """While it is not kept, nothing else can be done in that game."""
        app = ExcommApp(Refusing(1), begin(small()))
        async with sat_down(app) as person:
            await choose(person)
            before = sitting_of(app).game.record
            await person.press("1", "3", "u", "c", "d", "j", "x", "?", "w", "space", "tab", "down")
            assert person.rooms() == ["Title", "Table", "Ask"]
            assert sitting_of(app).game.record == before
            await person.press("y")
            assert on_disk(sitting_of(app).key).record == before

    @at_the_keyboard
    async def test_when_taking_back(self):
        """A step back that cannot be kept is tried again too."""
        disk = Refusing(0)
        app = ExcommApp(disk, begin(small()))
        async with sat_down(app) as person:
            await choose(person)
            disk.times = 1
            await person.press("u", "y")
            assert person.room() == "Ask"
            assert "[full]" in person.words()
            await person.press("y")
            game = sitting_of(app).game
            assert game.rows[-1] == BackLine(back_to=0)
            assert on_disk(sitting_of(app).key).record == game.record

    @at_the_keyboard
    async def test_at_the_last_choice(self):
        """A game's last choice that cannot be kept is not over before it is."""
        disk = Refusing(0)
        app = ExcommApp(disk, begin(small()))
        async with sat_down(app) as person:
            await choose(person, "1")
            await choose(person, "3")
            await choose(person, "1")
            await choose(person, "1")
            disk.times = 2
            await choose(person, "2")
            assert person.room() == "Ask"
            await person.press("y", "y", "1")
            assert person.room() == "EndingScreen"
            assert on_disk(sitting_of(app).key).record.rows[-1].ended == "settled"


class Mandatory(Disk):
    """An archive on a system where nobody reads what somebody writes to."""

    def recording(self, key: str) -> Recording:
        Writer(Path(key)).close()
        return super().recording(key)


class TestLocksThatKeepReadersOut:
    """Some systems let nobody read a save while it is open to be written to."""

    @pytest.mark.parametrize("way", ["r", "enter r"])
    @at_the_keyboard
    async def test_watching_the_game_that_has_just_ended(self, finished, way):
        """Its save is let go of before it is read, from the ending and from what follows it."""
        app = ExcommApp(Mandatory(), resume(finished))
        async with sat_down(app) as person:
            assert person.room() == "EndingScreen"
            await person.press(*way.split())
            assert person.rooms() == ["Title", "Theatre"]
        verify(finished)

    @at_the_keyboard
    async def test_a_game_that_can_no_longer_be_read(self, finished):
        """Where there is nothing to watch it is said, and the ending still stands and can be left."""
        app = ExcommApp(Mandatory(), resume(finished))
        async with sat_down(app) as person:
            before = Path(finished).read_bytes()
            Path(finished).write_bytes(b"")
            await person.press("r")
            assert person.rooms() == ["Title", "EndingScreen", "Notice"]
            assert "not a save" in person.words()
            await person.press("enter", "d", "escape", "q")
            assert person.rooms() == ["Title"]
            Path(finished).write_bytes(before)
        verify(finished)


WAYS = {
    "scenarios": "n", "saves": "s", "newest": "g", "guide": "p", "keep_settings": "t enter", "resume": "g",
    "recording": "s r", "branch": "s r b y", "keep_notes": "s r n a enter", "keep_text": "g 1 w", "scenario": "n",
    "begin": "n 1", "put_away": "s d y",
}  # fmt: skip


class TestAnArchiveThatFails:
    """Every function of the archive may raise ExcommError."""

    def test_all_are_tried(self):
        """Each of them has a test here; those for drafts have theirs where answers are written."""
        functions = {name for name in vars(Disk) if not name.startswith("_")}
        assert functions == set(WAYS) | {"settings", "drafts", "keep_draft"}

    @pytest.mark.parametrize("broken", WAYS)
    @at_the_keyboard
    async def test_it_is_said_in_a_dialog(self, home, disk, broken):
        """The error's own words stand in a dialog, whatever was asked for; then the program goes on."""
        rooms.furnish(home, disk)
        app = ExcommApp(Broken(broken))
        async with sat_down(app) as person:
            await person.press(*WAYS[broken].split())
            assert "The disk is [full], says {nobody}. Free some space." in person.words()
            await person.press("enter")
            assert "The disk is [full]" not in person.words()
            await person.press("q", "q")
            assert person.has_left or person.rooms() == ["Title"]
        assert app.failure is None

    @at_the_keyboard
    async def test_a_scenario_with_faults_does_not_stand_in_the_way(self, home, make):
        """In the form of a new game one can go past a scenario that cannot be loaded to those behind it."""
        folder = home / "scenarios" / "small-crisis"
        text = (folder / "scenario.toml").read_text(encoding="utf-8")
        broken = home / "scenarios" / "nearly"
        broken.mkdir()
        text = text.replace('id = "small-crisis"', 'id = "nearly"').replace("tension += 8", "tension += nothing")
        (broken / "scenario.toml").write_text(text, encoding="utf-8")
        async with sat_down(make()) as person:
            await person.press("n")
            seen = set()
            for _ in range(8):
                seen.add(person.app.screen.scenario.head.id)
                await person.press("2")
                if person.room() == "Notice":
                    await person.press("enter")
            assert seen == {"thirteen-days", "black-saturday", "small-crisis"}

    @at_the_keyboard
    async def test_a_folder_of_saves_that_is_a_file(self, home, make):
        """A file where the saves should be is said where it matters, and the title stands."""
        (home / "saves").write_text("not a folder", encoding="utf-8")
        async with sat_down(make()) as person:
            assert person.room() == "Title"
            await person.press("n", "1")
            assert person.rooms()[-1] == "Notice"
            await person.press("enter")
            assert not person.has_left
