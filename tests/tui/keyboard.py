"""Somebody at the keyboard of the full screen: presses keys, and sees what stands on the screen."""

from __future__ import annotations

import asyncio
import functools
import unicodedata
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widgets import Input, OptionList
from textual.worker import WorkerCancelled

from excomm_game.tui.app import ExcommApp
from excomm_game.tui.widgets.menu import Menu
from excomm_game.tui.widgets.pane import Paged

SIZES = [(60, 20), (80, 24), (120, 40)]
ROUNDS = 1_000
LONGEST = 60  # seconds: what takes longer has lost its way
RULES = set("─│╭╮╰╯┌┐└┘━┃┏┓┗┛╍╏═║╔╗╚╝▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐▔▕░▒▓╸╺")
"""Glyphs that draw lines, bars and scrollbars, and say nothing by themselves."""


class Cell(NamedTuple):
    """A glyph on the screen and how it is drawn."""

    glyph: str
    style: Style


class Person:
    """Whoever plays. Each thing they do is over, painted and settled, when it returns."""

    def __init__(self, app: ExcommApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # -- doing

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names or their characters, one after the other."""
        for key in keys:
            self.strike(key)
            await self.settle()

    def strike(self, key: str) -> None:
        """Press a key without waiting for what it does."""
        assert self.app._driver is not None
        self.app._driver.send_message(key_event(key))

    async def type(self, text: str) -> None:
        """Type a text, a key for each character, and wait at its end."""
        for character in text:
            self.strike(character)
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal with bracketed paste hands it over."""
        assert self.app._driver is not None
        self.app._driver.send_message(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        size = Size(width, height)
        assert self.app._driver is not None
        self.app._driver._size = size
        self.app.post_message(events.Resize(size, size))
        await self.settle()
        self.app._check_resize()  # which waits for a hand on the window's edge to come to rest
        await self.settle()

    async def click(self, x: int, y: int) -> None:
        """Click on a cell of the screen."""
        await self.pilot.click(offset=(x, y))
        await self.settle()

    async def without_toasts(self) -> None:
        """Wait until what was said in passing has passed."""
        self.app.clear_notifications()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is left to do but to wait for a key or a clock."""
        loop: Any = asyncio.get_running_loop()
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
            while loop._ready:
                await asyncio.sleep(0)
            if self.has_left:
                return
            self.app.screen._on_timer_update()
            await asyncio.sleep(0)
            if not loop._ready:
                return
        raise AssertionError(f"{self.app.screen} never comes to rest")

    async def wait_for_work(self) -> None:
        """Wait until nothing is worked out in a thread any more, and what it came to is on the screen."""
        for work in list(self.app.workers):
            if work._thread_worker:
                with suppress(WorkerCancelled):
                    await work.wait()
        await self.settle()

    # -- seeing

    @property
    def has_left(self) -> bool:
        """Whether the program is being left."""
        return self.app._exit or self.app._exception is not None

    def room(self) -> str:
        """Return the name of the class of the screen that is on top."""
        return type(self.app.screen).__name__

    def rooms(self) -> list[str]:
        """Return the names of all screens, the top one last."""
        return [type(screen).__name__ for screen in self.app.screen_stack]

    def rows(self) -> list[str]:
        """Return the screen's lines."""
        return ["".join(segment.text for segment in strip) for strip in self._strips()]

    def sees(self) -> str:
        """Return the whole screen."""
        return "\n".join(self.rows())

    def words(self) -> str:
        """Return the screen's words with a space between them, without the lines around them."""
        return _words(self.sees())

    def pane(self) -> Paged | None:
        """Return the pane that keys turn the pages of, the first one."""
        return next((one for one in self.app.screen.query("*") if isinstance(one, Paged)), None)

    def reads(self) -> str:
        """Return the words in the pane, without what stands beside it."""
        pane = self.pane()
        assert pane is not None
        region = pane.region
        rows = ["".join(cell.glyph for cell in row) for row in self.cells()[region.y : region.bottom]]
        return _words("\n".join(row[region.x : region.right] for row in rows))

    def cells(self) -> list[list[Cell]]:
        """Return every glyph of every line with its style."""
        drawn = [
            [(segment.text, segment.style or Style.null()) for segment in strip if segment.text]
            for strip in self._strips()
        ]
        return [[Cell(glyph, style) for text, style in row for glyph in text if cell_len(glyph)] for row in drawn]

    def _strips(self) -> list[list[Segment]]:
        visible_screen_stack.set(self.app._background_screens)
        return [list(strip) for strip in self.app.screen._compositor.render_strips()]

    # -- what stands there to choose from

    @property
    def menu(self) -> Menu:
        """The list on the screen."""
        return self.app.screen.query_one(Menu)

    @property
    def marked(self) -> str | None:
        """The id of the marked line."""
        option = self.menu.highlighted_option
        return option.id if option else None

    @property
    def line(self) -> Input:
        """The line to type in."""
        return self.app.screen.query_one(Input)

    def options(self) -> list[str]:
        """Return the ids of the lines that can be taken, in order."""
        menu = self.app.screen.query_one(OptionList)
        return [option.id or "" for option in menu.options if not option.disabled]


def _words(text: str) -> str:
    return " ".join("".join(" " if c in RULES else c for c in text).split())


def paint_when_looked_at(patch: pytest.MonkeyPatch) -> None:
    """Leave out painting that nobody looks at: without a terminal Textual paints every change and throws it away."""

    def leave_out(compositor: Compositor, *_: Any, **__: Any) -> None:
        compositor._dirty_regions.clear()

    patch.setattr(Compositor, "render_update", leave_out)


def key_event(key: str) -> events.Key:
    """Return the event of a key, by Textual's name or its character."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    name = REPLACED_KEYS.get(key, key)
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(name))
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)


@asynccontextmanager
async def sat_down(app: ExcommApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """Start the program and sit down before it; what it raises is raised here, where nobody needs it painted too."""
    app._fatal_error = app._close_messages_no_wait  # type: ignore[method-assign]
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            person = Person(app, pilot)
            await person.settle()
            yield person
            await person.settle()
    finally:
        app.leave_game()  # as the command that shows the full screen does


def at_the_keyboard(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Make a test out of a coroutine."""

    @functools.wraps(test)
    def played(*args: Any, **kwargs: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), LONGEST))

    return played
