"""Keys wait for the screen to stand, and for nothing once there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from textual.app import App, ScreenStackError

from excomm_game.tui.keystrokes import Keystrokes


class Standing:
    """A screen that has nothing left to do."""

    message_queue_size = 0

    @property
    def ancestors_with_self(self) -> list[Standing]:
        return [self]

    def call_later(self, callback: Callable[[], object]) -> bool:
        callback()
        return True


class Leaving:
    """A program whose screens are taken down after they were asked for so many times."""

    return_code = None
    focused = None

    def __init__(self, times: int) -> None:
        self.times = times
        self.stands = Standing()

    @property
    def screen(self) -> Standing:
        self.times -= 1
        if self.times < 0:
            raise ScreenStackError
        return self.stands

    def run_worker(self, work: Any, group: str) -> None:  # noqa: ARG002 - as the library calls it
        self.work = asyncio.get_running_loop().create_task(work)


def test_screens_that_are_taken_down_meanwhile():
    """Whenever that happens, whoever waits for a screen to stand goes on, and a key is still taken."""

    async def leave(times: int) -> list[str]:
        happened: list[str] = []
        app = Leaving(times)
        keystrokes = Keystrokes(cast("App[None]", app), lambda: happened.append("rest"))
        keystrokes.watch()

        async def press() -> None:
            happened.append("key")

        await keystrokes.take(press)
        for _ in range(20):
            await asyncio.sleep(0.005)
        assert not app.work.done(), app.work
        app.work.cancel()
        return happened

    for times in range(5):
        assert asyncio.run(leave(times)) == ["key", "rest"]
