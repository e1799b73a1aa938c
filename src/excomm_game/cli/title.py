"""The title: what there is to do, in numbered lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, NamedTuple

import typer

from excomm_game import __version__
from excomm_game.cli.common import say
from excomm_game.cli.options import Plain
from excomm_game.cli.play import Luck, begin, resume, typed
from excomm_game.cli.screen import is_full, show
from excomm_game.cli.study import replay
from excomm_game.engine.errors import ExcommError
from excomm_game.tui.archive import Wanted


def register(app: typer.Typer) -> None:
    """Make this what the program does without a command."""
    app.callback()(title)


def title(
    context: typer.Context,
    plain: Plain = False,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """Take a leader's chair in October 1962. Without a command: the title."""
    if context.invoked_subcommand is not None:
        return
    if version:
        say(f"excomm {__version__}")
        return
    if is_full(plain=plain):
        raise typer.Exit(show())
    _title()


def _title() -> None:
    """Offer what there is to do, and do it; after something to read, offer again."""
    lines = typed()
    say("EXCOMM: decisions of October 1962")
    entries = _entries()
    for number, entry in enumerate(entries, start=1):
        say(f"  {number}. {entry.label}")
    say(f"Type a number from 1 to {len(entries)}.")
    for line in lines:
        choice = line.strip().lower()
        if choice in ("quit", "q", "exit"):
            return
        if not re.fullmatch("[0-9]{1,3}", choice) or not 1 <= int(choice) <= len(entries):
            say(f"Type a number from 1 to {len(entries)}.")
            continue
        chosen = entries[int(choice) - 1]
        chosen.do()
        if not chosen.comes_back:
            return
        say(f"Type a number from 1 to {len(entries)}.")


class _Entry(NamedTuple):
    """Something the title offers; `comes_back` says that the title is there again after it."""

    label: str
    do: Callable[[], None]
    comes_back: bool = False


def _has_played() -> bool:
    """Say whether there is a game to go on with; where that cannot be told, taking it tells why."""
    from excomm_game.files import places

    try:
        return bool(places.player_saves())
    except ExcommError:
        return True


def _entries() -> list[_Entry]:
    from excomm_game.files import places, saves
    from excomm_game.files.scenarios import listings

    entries = [
        _Entry(
            f"New game: {one.title}, {label}",
            partial(begin, Wanted(one.id, (seat,), school="", luck=Luck.DRAWN.value, seed=None, player="")),
        )
        for one in listings()
        for seat, label in one.seats.items()
    ]
    if _has_played():
        entries.append(_Entry("Go on with the newest save", lambda: resume(saves.newest(), plain=True)))
    history = partial(replay, places.history_save(), first=0, last=None, reveal=False, scenario=None, plain=True)
    return [
        *entries,
        _Entry("Watch the real thirteen days", history, comes_back=True),
        _Entry("The player's guide", lambda: say(places.guide("player")), comes_back=True),
        _Entry("Leave", lambda: None),
    ]
