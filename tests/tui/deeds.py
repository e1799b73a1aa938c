"""What each command does, seen from outside: one function a command, called on a screen where it is open."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from excomm_game.cli.archive import Disk
from excomm_game.engine.record import AnswerLine
from excomm_game.files import places
from excomm_game.tui.commands import commands_of
from excomm_game.tui.screens.base import GameScreen
from excomm_game.tui.screens.dialogs import WriteLine
from excomm_game.tui.screens.new_game import NewGameScreen
from excomm_game.tui.screens.table import Table
from excomm_game.tui.screens.theatre import Theatre
from excomm_game.tui.widgets.pane import Paged
from tests.tui.games import on_disk, own, sitting_of
from tests.tui.keyboard import Person

Deed = Callable[[Person, str], Awaitable[None]]
DEEDS: dict[str, Deed] = {}
"""By the action of the command: what a command does is the same on every screen that lists it."""
LASTING = {
    "again",
    "answer",
    "branch",
    "change",
    "close",
    "eyes",
    "leave",
    "note",
    "open",
    "put_away",
    "take_back",
    "unmask",
    "watch",
}
"""What leaves the screen it is called on, or leaves it another than it was."""


def deed(*actions: str) -> Callable[[Deed], Deed]:
    """Say which actions a function tries."""

    def named(function: Deed) -> Deed:
        DEEDS.update(dict.fromkeys(actions, function))
        return function

    return named


def screen_of(person: Person) -> GameScreen:
    screen = person.app.screen
    assert isinstance(screen, GameScreen)
    return screen


def theatre_of(person: Person) -> Theatre:
    screen = person.app.screen
    assert isinstance(screen, Theatre)
    return screen


async def opens(person: Person, key: str, room: str) -> None:
    """Press a key that must open a screen over this one."""
    before = person.rooms()
    await person.press(key)
    assert person.rooms() == [*before, room]


# on every screen


@deed("help")
async def helps(person: Person, key: str) -> None:
    if person.room() == "HelpScreen" and key == "question_mark":  # the key that opened it closes it
        await closes(person, key)
        return
    first = commands_of(screen_of(person))[0]
    await opens(person, key, "HelpScreen")
    assert first.help() in person.words()


@deed("write_text")
async def writes_a_text(person: Person, key: str) -> None:
    before = set(places.text_folder().glob("*"))
    written = screen_of(person).written()
    assert written is not None
    await person.press(key)
    (made,) = set(places.text_folder().glob("*")) - before
    assert made.read_text(encoding="utf-8") == written[1]
    assert made.name in "".join(person.words().split()), "the player is not told where"


@deed("close")
async def closes(person: Person, key: str) -> None:
    before = person.rooms()
    await person.press(key)
    assert person.rooms() == before[:-1]


def pane_of(person: Person) -> Paged:
    pane = person.pane()
    assert pane is not None
    return pane


@deed("more")
async def reads_on(person: Person, key: str) -> None:
    pane_of(person).scroll_home(animate=False)
    await person.settle()
    assert pane_of(person).scroll_offset.y == 0
    await person.press(key)
    assert pane_of(person).scroll_offset.y > 0


@deed("less")
async def reads_back(person: Person, key: str) -> None:
    pane_of(person).scroll_home(animate=False)
    await person.press("m")
    assert pane_of(person).scroll_offset.y > 0
    await person.press(key)
    assert pane_of(person).scroll_offset.y == 0


@deed("down")
async def goes_down(person: Person, key: str) -> None:
    await person.press("home", key)
    assert person.menu.highlighted == min(1, person.menu.option_count - 1)


@deed("up")
async def goes_up(person: Person, key: str) -> None:
    await person.press("end", key)
    assert person.menu.highlighted == max(person.menu.option_count - 2, 0)


def leads_to(room: str) -> Deed:
    async def arrives(person: Person, key: str) -> None:
        await opens(person, key, room)

    return arrives


DEEDS |= {"palette": leads_to("PaletteScreen"), "debrief": leads_to("DebriefScreen")}

# on the title

DEEDS |= {
    "new_game": leads_to("NewGameScreen"),
    "saves": leads_to("SavesScreen"),
    "guide": leads_to("ReadingScreen"),
    "set_up": leads_to("SetUpScreen"),
}


@deed("go_on")
async def goes_on(person: Person, key: str) -> None:
    await opens(person, key, "Table" if person.room() == "Title" else "Aftermath")


@deed("history")
async def shows_history(person: Person, key: str) -> None:
    await opens(person, key, "Theatre")
    assert Path(theatre_of(person).recording.key) == places.history_save()


# forms and saves


@deed("change")
async def changes(person: Person, key: str) -> None:
    screen = screen_of(person)
    if isinstance(screen, NewGameScreen):
        await person.press("j", "j", "j")
        before = screen.people
        await person.press(key)
        assert len(screen.people) == 1
        assert screen.people.isdisjoint(before)
    else:
        theme = person.app.settings.theme
        await person.press(key)
        assert person.app.settings.theme != theme
        kept = json.loads((places.user_config() / "settings.json").read_text(encoding="utf-8"))
        assert kept["theme"] == person.app.theme == person.app.settings.theme


@deed("open")
async def opens_a_save(person: Person, key: str) -> None:
    before, marked = person.rooms(), person.marked
    await person.press(key)
    if before[-1] == "OtherSave":
        assert person.rooms() == [*before[:-1], "ReadingScreen"]
        assert "left:" in person.sees()
    else:
        assert person.rooms() == ["Title", "Table"]
        assert sitting_of(person.app).key == marked


@deed("watch")
async def watches(person: Person, key: str) -> None:
    marked = person.marked if person.room() == "SavesScreen" else sitting_of(person.app).key
    await person.press(key)
    assert person.rooms() == ["Title", "Theatre"]
    assert theatre_of(person).recording.key == marked


@deed("put_away")
async def puts_a_save_away(person: Person, key: str) -> None:
    marked = person.marked
    assert marked is not None
    await opens(person, key, "Ask")
    await person.press("n")
    assert Path(marked).exists()
    await person.press(key, "y")
    assert person.room() == "SavesScreen"
    assert marked not in person.options()
    moved = places.put_away_folder() / Path(marked).name
    assert moved.name in "".join(person.words().split()), "the player is not told where"
    moved.rename(marked)  # the rooms are told apart by the order of the saves


@deed("compare")
async def asks_for_another_save(person: Person, key: str) -> None:
    here = person.marked if person.room() == "SavesScreen" else theatre_of(person).recording.key
    await opens(person, key, "OtherSave")
    assert here not in person.options()


# at the table


@deed("take")
async def asks_whether_it_stands(person: Person, key: str) -> None:
    table = person.app.screen
    assert isinstance(table, Table)
    assert table.page is not None
    label = table.page.ways[0].label
    await opens(person, key, "Commit")
    assert label in person.sees()


def opens_list(heading: str) -> Deed:
    async def arrives(person: Person, key: str) -> None:
        await opens(person, key, "ReadingScreen")
        assert heading in person.rows()[0]

    return arrives


DEEDS |= {
    "council": opens_list("The council"),
    "documents": opens_list("Documents"),
    "situation": opens_list("The situation"),
    "journal": opens_list("Journal"),
    "ladder": leads_to("LadderScreen"),
    "sources": leads_to("Notice"),
}


@deed("again")
async def shows_the_whole_page(person: Person, key: str) -> None:
    assert "west-morning-text" not in person.sees()
    await person.press(key)
    assert "west-morning-text" in person.sees()


@deed("take_back")
async def takes_back(person: Person, key: str) -> None:
    game = sitting_of(person.app).game
    await opens(person, key, "Ask")
    await person.press("n")
    assert len(own(game)) == 1
    await person.press(key, "y")
    assert not own(game)


@deed("leave")
async def leaves_for_the_title(person: Person, key: str) -> None:
    await person.press(key)
    assert person.rooms() == ["Title"]
    assert person.app.sitting is None
    for entry in Disk().saves():
        Disk().recording(entry.key)


# in the theatre


def moves(by: int) -> Deed:
    async def moved(person: Person, key: str) -> None:
        screen = theatre_of(person)
        await screen.go(2)
        await person.press(key)
        assert screen.place == 2 + by

    return moved


DEEDS |= {"step(1)": moves(1), "step(-1)": moves(-1), "jump(0)": moves(-2)}


@deed("jump(-1)")
async def goes_to_the_end(person: Person, key: str) -> None:
    await person.press(key)
    assert theatre_of(person).place == len(theatre_of(person).steps) - 1
    assert "ending-peace" in person.sees()


@deed("day(1)")
async def goes_a_day_on(person: Person, key: str) -> None:
    screen = theatre_of(person)
    await screen.go(1)
    assert screen.frame is not None
    assert screen.frame.day == 1
    await person.press(key)
    assert screen.frame.day == 2
    assert screen.reel.day(screen.steps[screen.place - 1]) == 1


@deed("day(-1)")
async def goes_a_day_back(person: Person, key: str) -> None:
    screen = theatre_of(person)
    await person.press("end", "left", key)
    assert screen.frame is not None
    assert screen.frame.day == 2
    assert screen.reel.day(screen.steps[screen.place - 1]) == 1
    await person.press(key)
    assert screen.frame.day == 1


@deed("play")
async def runs_and_stops(person: Person, key: str) -> None:
    await theatre_of(person).go(1)
    await person.press(key)
    assert theatre_of(person).timer is not None
    assert "running" in person.sees()
    await person.press(key)
    assert theatre_of(person).timer is None
    assert "still" in person.sees()


def paces(is_faster: bool) -> Deed:
    async def paced(person: Person, key: str) -> None:
        screen = theatre_of(person)
        before = screen.pace = 2.0
        await person.press(key)
        assert (screen.pace < before) is is_faster
        assert f"{screen.pace:g} s" in person.sees()

    return paced


DEEDS |= {"pace(-1)": paces(True), "pace(1)": paces(False)}


@deed("in_1962")
async def hides_and_shows_1962(person: Person, key: str) -> None:
    await theatre_of(person).go(1)
    await person.settle()
    assert "◇ 1962" in person.sees()
    await person.press(key)
    assert "◇" not in person.sees()
    await person.press(key)
    assert "◇" in person.sees()


@deed("difference")
async def finds_where_it_parts(person: Person, key: str) -> None:
    screen = theatre_of(person)
    await screen.go(1)
    await person.press(key)
    parted = screen.recording.game.choices[screen.steps[screen.place] - 1]
    assert (parted.scene, parted.option) == ("morning@2", "send")


@deed("eyes")
async def changes_eyes(person: Person, key: str) -> None:
    screen = theatre_of(person)
    before = screen.eyes
    await person.press(key)
    assert screen.eyes != before
    assert screen.reel.label(screen.eyes) in person.sees()


@deed("branch")
async def branches(person: Person, key: str) -> None:
    screen = theatre_of(person)
    await opens(person, key, "Ask")
    await person.press("y")
    assert person.room() == "Table"
    made = sitting_of(person.app).key
    assert made != screen.recording.key
    person.app.go_to_title()
    Path(made).unlink()  # the rooms are told apart by the order of the saves


@deed("note")
async def notes(person: Person, key: str) -> None:
    screen = theatre_of(person)
    await opens(person, key, "WriteLine")
    assert isinstance(person.app.screen, WriteLine)
    await person.type("so")
    await person.press("enter")
    assert screen.notes == {screen.steps[screen.place]: "so"}


# in the debrief


@deed("unmask")
async def takes_the_masks_off(person: Person, key: str) -> None:
    assert "Who they are" not in person.reads()
    await person.press(key)
    assert "Who they are" in person.reads()


# the courses

DEEDS["courses"] = leads_to("CoursesScreen")


@deed("school")
async def goes_to_the_next_school(person: Person, key: str) -> None:
    before = person.reads()
    await person.press(key)
    assert person.reads() != before


@deed("stop")
async def stops(person: Person, key: str) -> None:
    await person.press(key)
    assert "Stopped." in person.words()


@deed("estimate")
async def says_what_the_estimate_is(person: Person, key: str) -> None:
    await person.press(key)
    assert "It is no prophecy" in person.words()
    await person.press("enter")


# the questions of an assignment


@deed("answer")
async def goes_on_writing(person: Person, key: str) -> None:
    await opens(person, key, "Answer")
    assert "What mattered-most?" in person.words()
    assert "my-view" in person.words()
    await person.type("er")
    await person.press("tab")
    assert "my-viewer" in person.reads()


@deed("keep")
async def keeps_the_answer(person: Person, key: str) -> None:
    game = sitting_of(person.app).game
    assert len(game.unanswered()) == 2
    await person.press(key)
    assert person.room() == "Answer", "the next question is asked"
    assert game.unanswered() == ("What did you not-know?",)
    kept = on_disk(sitting_of(person.app).key).record.rows[-1]
    assert isinstance(kept, AnswerLine)
    assert kept.answer.text.startswith("my-view")
    os.utime(sitting_of(person.app).key, (0, 0))  # the newest save now: the way to this room leads to the oldest
