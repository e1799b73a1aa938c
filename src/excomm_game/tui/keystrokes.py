"""Keys one at a time: each waits until what the one before it asked for is done and the screen it opened stands."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.app import App, ScreenStackError
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

ROUNDS = 50
LONGEST = 1.0  # seconds that a key waits for a part of the screen that does not answer
PAINTED = 0.01  # seconds in which a key is painted: nothing is asked of the screens meanwhile, unless another waits


class Keystrokes:
    """Holds what is typed, clicked or pasted faster than the screens can follow, and lets it happen in order.

    The library posts every key at once to whatever screen is on top. A burst then reaches screens that are being left
    or that are not yet composed: a second Escape dismisses what is gone, a digit looks for a menu that is not there.
    """

    def __init__(self, app: App[None], at_rest: Callable[[], object]) -> None:
        self._app = app
        self._at_rest = at_rest
        self._waiting: deque[Callable[[], Awaitable[None]]] = deque()
        self._is_at_rest = False
        self._has_happened = asyncio.Event()
        self._has_more = asyncio.Event()

    def watch(self) -> None:
        """Begin: until the first screen stands, everything waits."""
        self._has_happened.set()
        self._app.run_worker(self._let_happen(), group="keystrokes")

    async def take(self, happen: Callable[[], Awaitable[None]]) -> None:
        """Let something happen: at once when all before it is done, else when its turn comes, never on the way out."""
        if self._is_leaving:
            return
        if self._is_at_rest:
            self._is_at_rest = False
            await happen()
            self._has_happened.set()
        else:
            self._waiting.append(happen)
            self._has_more.set()

    @property
    def _is_leaving(self) -> bool:
        return self._app.return_code is not None

    async def _let_happen(self) -> None:
        while True:
            await self._has_happened.wait()
            self._has_happened.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(PAINTED):
                    await self._has_more.wait()
            await _rest(self._app)
            while self._waiting and not self._is_leaving:
                await self._waiting.popleft()()
                await _rest(self._app)
            self._has_more.clear()
            self._is_at_rest = True
            self._at_rest()


async def _rest(app: App[None]) -> None:
    """Wait until the screen on top stands, and nothing that a key set going there is left to do."""
    for _ in range(ROUNDS):
        top = _top(app)
        if top is None:
            return
        screen, focused = top
        way = (focused or screen).ancestors_with_self
        try:
            async with asyncio.timeout(LONGEST):
                for node in way:
                    await _answer(node)
        except TimeoutError:
            return
        if await _is_quiet(way) and _top(app) in (top, None):
            return


def _top(app: App[None]) -> tuple[Screen[Any], Widget | None] | None:
    """Return the screen on top and what has the keys there; None once the program has taken its screens down."""
    try:
        return app.screen, app.focused
    except ScreenStackError:
        return None


async def _answer(node: DOMNode) -> None:
    """Wait until a node has dealt with all that was sent to it before now."""
    has_answered = asyncio.Event()
    if node.call_later(has_answered.set):
        await has_answered.wait()


async def _is_quiet(way: Sequence[DOMNode]) -> bool:
    """Say whether nothing is on its way up, which takes a turn of the loop or two from each node to the next."""
    for _ in range(2 * len(way)):
        if any(node.message_queue_size for node in way):
            return False
        await asyncio.sleep(0)
    return True
