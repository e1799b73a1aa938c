"""What an author or a player writes stands on the screen as it was written: no markup, no action, no Markdown link."""

from __future__ import annotations

import re

import pytest

from excomm_game.tui.widgets.menu import Menu
from tests.tui import rooms
from tests.tui.games import begin, sitting_of, small
from tests.tui.keyboard import Person, at_the_keyboard, sat_down

PLAYFUL = [r"[red]a[/red] {{b} \c ] $d %s", "[@click=app.quit]x[/] [/]"]
WIDE = (170, 40)


def line(said: str):
    return lambda place: f"{place} {said}"


def prose(said: str):
    """A text is a template: its author writes a brace twice."""
    return lambda place: f"{place} {said.replace('{', '{{').replace('}', '}}')}"


def flat(text: str) -> str:
    return " ".join(text.split()).lower()


@pytest.mark.parametrize("said", PLAYFUL)
class TestAuthors:
    """A scenario whose every text is made to break the screen."""

    @at_the_keyboard
    async def test_every_screen_shows_what_is_written(self, home, disk, make, said):
        """Wherever the name of a place stands on a screen, what was written there follows it, to the letter."""
        rooms.furnish(home, disk, line(said), prose(said))
        wrong = []
        seen = ""
        async with sat_down(make(), WIDE) as person:
            for name in [name for name in rooms.EVERYWHERE if name not in ("settings", "guide", "palette")]:
                await rooms.go(person, name)
                while name == "new game" and person.app.screen.scenario.head.id != "loud":
                    await person.press("2")
                seen += await every_line(person)
                wrong += [f"{name}: {one}" for one in mangled(person.sees(), said)]
            wrong += mangled(seen, said)
            assert not wrong
            assert {place for place in PLACES if flat(f"{place} {said}") not in flat(seen)} == set()

    @at_the_keyboard
    async def test_a_click_on_a_text_does_nothing(self, home, disk, make, said):
        """No text of an author is a link."""
        rooms.furnish(home, disk, line(said), prose(said))
        async with sat_down(make(), (100, 30)) as person:
            await rooms.go(person, "table")
            table = person.app.screen
            for y in range(person.menu.region.y + 1):
                for x in range(1, 100, 4):
                    style = table.get_style_at(x, y)
                    assert "@click" not in style.meta, person.rows()[y]


async def every_line(person: Person) -> str:
    """Go through the list of a screen; return all that was seen."""
    seen = [person.sees()]
    for _ in range(person.menu.option_count - 1 if person.app.screen.query(Menu) else 0):
        await person.press("down")
        seen.append(person.sees())
    return "\n".join(seen)


PLACES = [
    "west-office", "west-news", "west-morning", "west-wait", "west-send", "west-ann", "west-bob", "west-ann-office",
    "west-ann-says-more", "west-ann-about", "west-hard", "west-soft", "west-letter", "west-letter-text",
    "west-cable-text", "west-broadcast-text", "west-photograph-text", "west-newspaper-text", "west-minutes-text",
    "west-letter-channel", "west-morning-passage", "west-wait-text", "west-waited", "west-source", "rung-one",
    "rung-two", "ending-peace", "ending-peace-text", "judge-says", "question", "believed", "truth", "title", "summary",
    "epilogue-treaty-text", "seat-of-west", "both-reply", "both-mildly",
]  # fmt: skip


def mangled(seen: str, said: str) -> list[str]:
    """Return the words after which something else stands, up to the edge of their pane, than what was written there."""
    wrong = []
    for row in seen.split("\n"):
        for found in re.finditer(r"\b(?:west|both|rung|ending|epilogue|seat-of)-[a-z-]+", row, re.IGNORECASE):
            rest = row[found.end() :].partition("│")[0]
            if len(rest.strip(" ╏▌█╮╭─┃▁▂▃▄▅▆▇")) >= len(said) and not rest.lower().lstrip().startswith(said.lower()):
                wrong.append(row.strip())
    return wrong


class TestPlayers:
    """What a player writes."""

    @pytest.mark.parametrize("said", [" ".join(PLAYFUL), "*a* _b_ `c` # d <b>e</b> &amp; 😀 żółć 漢字"])
    @at_the_keyboard
    async def test_a_reason(self, make, said):
        """A reason stands as it was typed in the dialog, after the choice, in the journal and in the replay."""
        async with sat_down(make(begin(small())), (120, 40)) as person:
            await person.press("1", "1", "1", "r")
            await person.paste(said)
            await person.press("enter")
            assert flat(f"Your reason: {said}") in flat(person.words())
            await person.press("y")
            assert flat(f"Your reason: {said}") in flat(person.words())
            assert sitting_of(person.app).game.choices[0].reason == said
            await person.press("1", "j", "home", "j")
            assert flat(f"Your reason: {said}") in flat(person.words())
            await person.press("q", "q", "s", "r", "f")
            assert flat(f"because {said}") in flat(person.words())

    @pytest.mark.parametrize("said", [" ".join([*PLAYFUL, "*a* _b_ `c`"])])
    @pytest.mark.usefixtures("finished")
    @at_the_keyboard
    async def test_a_note(self, make, said):
        """So does a note."""
        async with sat_down(make(), (120, 40)) as person:
            await person.press("s", "r", "f", "n")
            await person.paste(said)
            await person.press("enter")
            await person.without_toasts()
            assert flat(f"Note: {said}") in flat(person.words())

    @pytest.mark.parametrize("said", PLAYFUL)
    @at_the_keyboard
    async def test_a_name(self, make, said):
        """So does a player's name, and it is put into the save as it is."""
        async with sat_down(make(), (120, 40)) as person:
            await person.press("t", "3")
            await person.paste(said)
            await person.press("enter")
            assert said in person.sees()
            await person.press("q", "1", "2", "1")
            assert sitting_of(person.app).game.header.player == said

    @at_the_keyboard
    async def test_the_name_of_a_file(self, home, make):
        """A refusal that names a file with brackets in its name shows that name."""
        folder = home / "saves"
        folder.mkdir()
        (folder / "[red]x[bold].jsonl").write_text("nothing\n", encoding="utf-8")
        async with sat_down(make(), (160, 40)) as person:
            await person.press("s")
            assert "[red]x[bold]" in person.sees()
            await person.press("enter")
            assert person.room() == "Notice"
            assert "[red]x[bold]" in "".join(person.words().split())
