"""The way to every screen there is, from the title, by the keys a person would press."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textual.screen import Screen

from excomm_game.cli.archive import Disk
from excomm_game.tui.commands import PaletteScreen
from excomm_game.tui.screens.courses import CoursesScreen
from excomm_game.tui.screens.debrief import DebriefScreen
from excomm_game.tui.screens.dialogs import Ask, Commit, Notice, WriteLine
from excomm_game.tui.screens.ending import Aftermath, EndingScreen
from excomm_game.tui.screens.handover import HandOver
from excomm_game.tui.screens.help import HelpScreen
from excomm_game.tui.screens.new_game import NewGameScreen
from excomm_game.tui.screens.reading import ReadingScreen
from excomm_game.tui.screens.reflection import Answer, Reflection
from excomm_game.tui.screens.saves import OtherSave, SavesScreen
from excomm_game.tui.screens.set_up import SetUpScreen
from excomm_game.tui.screens.table import Table
from excomm_game.tui.screens.theatre import Theatre
from excomm_game.tui.screens.title import Title
from excomm_game.tui.screens.views import LadderScreen
from tests.tui import crisis, games
from tests.tui.keyboard import Person


class Room(NamedTuple):
    """A screen, and the keys that lead to it from the title."""

    screen: type[Screen[object]]
    keys: str = ""


ON = "on"
"""Stands in a way for the key that goes on, as often as a page asks nothing."""
TABLE, THEATRE, ENDING = f"g {ON}", "s j r", "s j enter"
ASKED = "s j j j enter enter"
ROOMS: dict[str, Room] = {
    "title": Room(Title),
    "new game": Room(NewGameScreen, "n"),
    "settings": Room(SetUpScreen, "t"),
    "guide": Room(ReadingScreen, "p"),
    "courses": Room(CoursesScreen, "c"),
    "saves": Room(SavesScreen, "s"),
    "other save": Room(OtherSave, "s c"),
    "comparison": Room(ReadingScreen, "s c enter"),
    "table": Room(Table, f"{TABLE} 1"),
    "council": Room(ReadingScreen, f"{TABLE} c"),
    "documents": Room(ReadingScreen, f"{TABLE} d"),
    "situation": Room(ReadingScreen, f"{TABLE} s"),
    "journal": Room(ReadingScreen, f"{TABLE} j"),
    "ladder": Room(LadderScreen, f"{TABLE} k"),
    "help": Room(HelpScreen, f"{TABLE} ?"),
    "theatre": Room(Theatre, f"{THEATRE} f"),
    "ending": Room(EndingScreen, ENDING),
    "aftermath": Room(Aftermath, f"{ENDING} enter"),
    "debrief": Room(DebriefScreen, f"{ENDING} d"),
    "reflection": Room(Reflection, f"{ASKED} m y - v i e w tab"),
}
"""The screens with commands. The newest save is at its second morning, the one before it is over, the fourth is over
but for what its assignment asks."""

ALIKE = {"guide", "comparison", "council", "situation"}
"""Screens of the same class as the documents, with nothing of their own but what is read."""

DIALOGS: dict[str, Room] = {
    "notice": Room(Notice, f"{TABLE} o"),
    "question": Room(Ask, f"{TABLE} u"),
    "line": Room(WriteLine, f"{TABLE} 1 1 r"),
    "commitment": Room(Commit, f"{TABLE} 1 1"),
    "hand-over": Room(HandOver, "s j j enter"),
    "answer": Room(Answer, ASKED),
    "palette": Room(PaletteScreen, "x"),
}
"""What stands over a screen and asks for something. The third save is of two people."""

EVERYWHERE = ROOMS | DIALOGS


def furnish(home: Path, disk: Disk, line: crisis.Say = lambda name: name, prose: crisis.Say | None = None) -> None:
    """Make the saves that the ways lead to: with questions open, of two people, over, and at the second morning."""
    crisis.write(home, crisis.crisis(line, prose))
    games.play_out(disk, games.assigned(games.loud()), ["wait", "send", "warm", "settle"])
    games.play_out(disk, games.loud("west", "east"), ["send"])
    games.play_out(disk, games.loud(), ["wait", "send", "warm", "settle"])
    games.play_out(disk, games.loud(), ["wait"])


async def follow(person: Person, *keys: str) -> None:
    """Press the keys of a way."""
    for key in keys:
        await (games.turn_pages(person) if key == ON else person.press(key))


async def go(person: Person, name: str) -> None:
    """Go to a room from wherever one is."""
    person.app.clear_notifications()
    person.app.go_to_title()
    await person.settle()
    await follow(person, *EVERYWHERE[name].keys.split())
    await person.wait_for_work()
    assert type(person.app.screen) is EVERYWHERE[name].screen, (name, person.rooms())


async def stay(person: Person, name: str) -> None:
    """Close whatever was opened over a room; go there again where it was left."""
    kinds = [type(screen) for screen in person.app.screen_stack]
    if EVERYWHERE[name].screen not in kinds:
        await go(person, name)
        return
    while type(person.app.screen) is not EVERYWHERE[name].screen:
        person.app.pop_screen()
        await person.settle()
    if isinstance(person.app.screen, Theatre):
        await person.app.screen.go(1)
    if isinstance(person.app.screen, DebriefScreen):
        await person.press("4")
