"""Commands: one key each, one word each, all of them to be found, and each does what it says."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import NamedTuple

import pytest
from textual.command import DiscoveryHit, Hit
from textual.screen import Screen

import excomm_game.tui.screens
from excomm_game.cli.archive import Disk
from excomm_game.files import places
from excomm_game.tui.app import ExcommApp
from excomm_game.tui.commands import Command, CommandSearch, commands_of
from excomm_game.tui.screens.base import Dialog, GameScreen, WriteText
from excomm_game.tui.screens.desk import Desk
from excomm_game.tui.screens.estimated import EstimatedScreen
from excomm_game.tui.screens.form import FormScreen
from excomm_game.tui.screens.seat import SeatScreen
from excomm_game.tui.screens.too_small import TooSmall
from excomm_game.tui.widgets.menu import Menu
from tests.tui import rooms
from tests.tui.deeds import DEEDS, LASTING
from tests.tui.games import on_disk
from tests.tui.keyboard import at_the_keyboard, paint_when_looked_at, sat_down

BASES = {GameScreen, FormScreen, SeatScreen, EstimatedScreen, Desk, Dialog}
"""Screens that others are made of; none of them is ever opened itself."""

TAKING = {"take", "change", "open", "answer"}
SCROLLING = {"more", "less"}
PASSING = {"stop"}
"""Open only while something is being worked out."""
EVERY_KEY = {"title", "table"}
"""Where each key is pressed; elsewhere the first of a command, and the others are bound to the same."""


def below(kind: type) -> set[type]:
    """Return every class that descends from this one."""
    return {one for child in kind.__subclasses__() for one in {child} | below(child)}


def screens() -> set[type[Screen]]:
    """Return every screen of the program, whatever of it has been imported so far."""
    for module in pkgutil.walk_packages(excomm_game.tui.screens.__path__, "excomm_game.tui.screens."):
        import_module(module.name)
    return {one for one in below(Screen) if one.__module__.startswith("excomm_game.")} - BASES


def orders(screen: type[Screen]) -> tuple[type[Command], ...]:
    return getattr(screen, "ORDERS", ())


def commands() -> list[type[Command]]:
    """Return every command that a screen lists."""
    return sorted({one for screen in screens() for one in orders(screen)}, key=lambda one: f"{one.__module__} {one}")


def keys(command: type[Command]) -> list[str]:
    return command.KEYS.split(",")


class TestEveryScreen:
    """Nothing can be added to the program that these tests do not open."""

    def test_all_are_opened(self):
        """Every screen with commands, every dialog and the hand-over have a way that leads to them here."""
        assert {room.screen for room in rooms.EVERYWHERE.values()} == screens() - {TooSmall}
        assert {room.screen for room in rooms.ROOMS.values()} == {one for one in screens() if orders(one)}

    def test_all_commands_are_tried(self):
        """Every command that any screen lists has a test of what it does."""
        assert {one.ACTION for one in commands()} - {"quit"} == set(DEEDS)

    def test_no_command_is_written_and_nowhere_open(self):
        """Every command class is listed by a screen."""
        assert below(Command) == set(commands())


class TestWords:
    """What a command says of itself."""

    @pytest.mark.parametrize("command", commands())
    def test_a_command_explains_itself(self, command):
        """It has a word, a key a person can read, and a sentence of help."""
        assert command.WORD
        assert command.key()
        assert command.help().endswith(".")
        assert " " in command.help()
        assert "_" not in command.key()

    @pytest.mark.parametrize("command", commands())
    def test_no_command_needs_a_chord(self, command):
        """One of its keys is a plain one: no ctrl, no alt, not Escape."""
        assert any(len(key) == 1 or key in ("space", "enter", "question_mark") for key in keys(command))


@pytest.mark.parametrize("screen", sorted(screens(), key=lambda one: one.__name__))
def test_no_two_commands_share_a_key(screen):
    """On each screen every key belongs to one command, and is bound to what that command does.

    Enter alone also reads on, where no option is marked that it could take.
    """
    taken = [key for command in orders(screen) for key in keys(command)]
    assert sorted(taken) == sorted(set(taken))
    bound = screen._merge_bindings().key_to_bindings if taken else {}
    for command in orders(screen):
        for key in keys(command):
            actions = [one.action for one in bound[key] if one.action != "read_first"]
            assert actions == [command.ACTION], key


class Visit(NamedTuple):
    """What somebody finds who goes through a room once."""

    opened: list[type[Command]]
    has_menu: bool
    key: str
    offered: list[DiscoveryHit]
    found: dict[type[Command], list[Hit]]
    about: str
    help: str
    line_of_keys: str


@pytest.fixture(scope="module")
def visits(tmp_path_factory) -> dict[str, Visit]:
    """Every room, gone through once."""
    home = tmp_path_factory.mktemp("home")
    seen = {}

    @at_the_keyboard
    async def go_round() -> None:
        rooms.furnish(home, Disk())
        async with sat_down(ExcommApp(Disk()), (120, 60)) as person:
            for name in rooms.ROOMS:
                await rooms.go(person, name)
                screen = person.app.screen
                opened = list(commands_of(screen))
                search = CommandSearch(screen)
                offered = [hit async for hit in search.discover()]
                found = {one: [hit async for hit in search.search(one.WORD)] for one in opened}
                last = person.rows()[-1]
                await person.press("f1")
                seen[name] = Visit(
                    opened, bool(screen.query(Menu)), getattr(screen, "key", ""), offered, found, screen.ABOUT,
                    person.words(), last,
                )  # fmt: skip

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXCOMM_HOME", str(home))
        patch.delenv("NO_COLOR", raising=False)
        paint_when_looked_at(patch)
        go_round()
    return seen


@pytest.mark.parametrize("name", rooms.ROOMS)
class TestEveryRoom:
    """What holds on each screen as a person finds it."""

    def test_none_takes_a_key_from_the_menu(self, visits, name):
        """Where there is a list, digits and arrows are the list's; enter, where it is a command, takes its line."""
        for command in visits[name].opened if visits[name].has_menu else ():
            clash = set(keys(command)) & {*"0123456789", "up", "down", "home", "end", "enter"}
            assert clash <= ({"enter"} if command.ACTION in TAKING else set()), command

    def test_the_key_that_opened_it_closes_it_and_means_nothing_else(self, visits, name):
        """What closes a screen again is not a key of another of its commands."""
        others = [key for one in visits[name].opened if one.ACTION not in ("close", "help") for key in keys(one)]
        assert visits[name].key not in others

    def test_the_palette_finds_every_open_command(self, visits, name):
        """Each command that is open is offered before a letter is typed, and nothing is found better by its word."""
        visit = visits[name]
        assert [hit.help for hit in visit.offered[: len(visit.opened)]] == [one.help() for one in visit.opened]
        for command, hits in visit.found.items():
            best = max(hit.score for hit in hits)
            assert command.help() in [hit.help for hit in hits if hit.score == best]

    def test_help_lists_what_is_open(self, visits, name):
        """The help of a screen holds the sentence of every command that is open on it, and what the screen is."""
        for command in visits[name].opened:
            assert command.help() in visits[name].help
        assert visits[name].about in visits[name].help

    def test_the_line_of_keys_holds_help_and_a_way_out(self, visits, name):
        """Whoever knows nothing sees how to ask and how to go."""
        out = next(one for one in visits[name].opened if one.ACTION in ("close", "leave", "quit"))
        assert f"{out.key()} {out.WORD.partition(' (')[0]}" in visits[name].line_of_keys
        assert "? help" in visits[name].line_of_keys
        assert any(len(key) == 1 for key in keys(out))


class TestDeeds:
    """Pressing a key does what its help says."""

    @pytest.mark.parametrize("name", [name for name in rooms.ROOMS if name not in rooms.ALIKE])
    @at_the_keyboard
    async def test_every_key_of_every_command(self, home, disk, make, name):
        """On each screen the keys of each command that is open there do its thing."""
        rooms.furnish(home, disk)
        wrong = []
        async with sat_down(make()) as person:
            await rooms.go(person, name)
            for command in orders(type(person.app.screen)):
                for key in keys(command)[: None if name in EVERY_KEY else 1]:
                    await rooms.stay(person, name)
                    await person.wait_for_work()
                    if command not in commands_of(person.app.screen):
                        is_passing = command.ACTION in SCROLLING | PASSING
                        wrong += [] if is_passing else [f"{command.WORD} is not open"]
                    elif command.ACTION != "quit":
                        try:
                            await DEEDS[command.ACTION](person, key)
                        except AssertionError as error:
                            wrong.append(f"{key} ({command.WORD}): {error}")
                        if command.ACTION in LASTING:
                            await rooms.go(person, name)
        assert not wrong

    @pytest.mark.parametrize("name", ["table", "help", "documents", "theatre"])
    @at_the_keyboard
    async def test_reading_on_and_back(self, home, disk, make, name):
        """Where a text is longer than its pane, the keys for reading on turn its pages, those for reading back too."""
        rooms.furnish(home, disk, prose=lambda place: f"{place} {'and so on ' * 150}")
        async with sat_down(make(), (60, 20)) as person:
            await rooms.go(person, name)
            for command in orders(type(person.app.screen)):
                for key in keys(command) if command.ACTION in SCROLLING else ():
                    await DEEDS[command.ACTION](person, key)

    @at_the_keyboard
    async def test_help_on_help(self, make):
        """However often help is asked for, one step leads back from it."""
        async with sat_down(make()) as person:
            await person.press("?", "f1", "h", "f1")
            assert person.rooms() == ["Title", "HelpScreen"]
            await person.press("q")
            assert person.rooms() == ["Title"]

    @at_the_keyboard
    async def test_what_is_said_in_passing_does_not_pile_up(self, make):
        """What is said takes the place of what was said before, and covers no more of the page."""
        async with sat_down(make(), (120, 40)) as person:
            await person.press("p", "w", "w", "w")
            assert person.sees().count("Saved to") == 1

    @at_the_keyboard
    async def test_another_crisis_keeps_what_was_chosen(self, make):
        """Whoever has chosen a chair and a school keeps them in another crisis that has them too."""
        async with sat_down(make()) as person:
            await person.press("n", "4")
            screen = person.app.screen
            school = screen.school
            await person.press("7")
            assert screen.school != school
            chosen = (screen.scenario.head.id, screen.people, screen.school)
            assert chosen[:2] == ("thirteen-days", {"moscow"})
            while screen.scenario.head.id != "black-saturday":
                await person.press("2")
            assert (screen.people, screen.school) == chosen[1:]

    @at_the_keyboard
    async def test_quitting(self, make):
        """On the title its letter, its number and the palette's word leave the program, with nothing gone wrong."""
        for key in ("q", "7"):
            app = make()
            async with sat_down(app) as person:
                await person.press(key)
                assert person.has_left
            assert app.failure is None
            assert app.return_code == 0

    @pytest.mark.parametrize("name", [name for name in rooms.DIALOGS if name != "palette"])
    @at_the_keyboard
    async def test_a_dialog_is_left_without_escape(self, home, disk, make, name):
        """Every dialog can be left by a letter; where letters are typed, by a key that keeps what stood there."""
        rooms.furnish(home, disk)
        async with sat_down(make()) as person:
            await rooms.go(person, name)
            below = person.app.screen_stack[-2]
            await person.press({"line": "enter", "answer": "tab"}.get(name, "q"))
            assert person.app.screen is below if name != "hand-over" else person.rooms() == ["Title"]

    @pytest.mark.parametrize("typed", ["close", "zzz"])
    @at_the_keyboard
    async def test_the_palette_is_left_without_escape(self, home, disk, make, typed):
        """Asking it to close and enter close it, and so does enter on what is no command; nothing is done."""
        rooms.furnish(home, disk)
        async with sat_down(make()) as person:
            await rooms.go(person, "table")
            await person.press("x")
            await person.type(typed)
            await person.pilot.pause(0.6)
            await person.press("enter")
            await person.pilot.pause(0.1)
            await person.settle()
            assert person.rooms() == ["Title", "Table"]

    @at_the_keyboard
    async def test_typed_and_taken_from_the_palette(self, home, disk, make):
        """A few letters and enter do what the command does."""
        rooms.furnish(home, disk)
        async with sat_down(make()) as person:
            await rooms.go(person, "table")
            await person.press("x")
            await person.type("journ")
            await person.pilot.pause(0.6)
            await person.press("enter")
            await person.pilot.pause(0.1)
            await person.settle()
            assert person.rows()[0].strip() == "Journal"

    @at_the_keyboard
    async def test_what_is_closed_is_left_out(self, make):
        """With no game to go on with the title neither offers nor explains going on, and its key does nothing."""
        async with sat_down(make()) as person:
            await person.press("g")
            assert person.rooms() == ["Title"]
            assert "last game" not in person.sees()
            await person.press("?")
            assert "you played last" not in person.words()


class TestSavedTexts:
    """`w` keeps what is read."""

    @at_the_keyboard
    async def test_the_text_in_the_file_is_the_text_on_the_screen(self, home, disk, make):
        """On every screen that can be saved, each line of the file stands on the screen, in its order."""
        rooms.furnish(home, disk)
        wrong = []
        async with sat_down(make(), (160, 60)) as person:
            for name, room in rooms.ROOMS.items():
                if WriteText not in orders(room.screen):
                    continue
                await rooms.go(person, name)
                shown, before = person.words().lower(), set(places.text_folder().glob("*.txt"))
                await person.press("w")
                (made,) = set(places.text_folder().glob("*.txt")) - before
                words = [word for word in made.read_text(encoding="utf-8").split() if "-" in word.strip("-*")]
                wrong += [f"{name}: {word}" for word in words if word.lower() not in shown]
                if name in ("table", "theatre", "documents", "council", "ending", "comparison"):
                    assert words, name
        assert not wrong

    @at_the_keyboard
    async def test_two_texts_of_one_name(self, home, disk, make):
        """A second text never takes the place of the first."""
        rooms.furnish(home, disk)
        async with sat_down(make()) as person:
            await rooms.go(person, "table")
            await person.press("w", "w")
            assert len(list(places.text_folder().glob("*.txt"))) == 2

    @at_the_keyboard
    async def test_reading_changes_no_save(self, home, disk, make):
        """Looking at everything there is to look at writes nothing into the game."""
        rooms.furnish(home, disk)
        async with sat_down(make()) as person:
            await rooms.go(person, "table")
            key = person.app.sitting.key
            before = on_disk(key)
            await person.press(*"cqdqsqjqkqoqa?qxlmw", "escape")
            assert on_disk(key) == before
