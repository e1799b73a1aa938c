"""The title: what there is to do, in numbered lines."""

from __future__ import annotations

from typing import Annotated

import typer

from excomm_game import __version__
from excomm_game.cli.common import say
from excomm_game.cli.play import Luck, Plain, begin, resume, say_screen, typed
from excomm_game.cli.study import replay


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
    say_screen(plain)
    _title()


def _title() -> None:
    """Offer what there is to do, and do it."""
    from excomm_game.files import places, saves
    from excomm_game.files.scenarios import listings

    lines = typed()
    say("EXCOMM: decisions of October 1962")
    scenarios = listings()
    entries: list[tuple[str, str]] = [
        (f"New game: {one.title}, {label}", f"{one.id}\n{seat}")
        for one in scenarios
        for seat, label in one.seats.items()
    ]
    entries += [
        ("Go on with the newest save", "resume"),
        ("Watch the real thirteen days", "history"),
        ("The player's guide", "guide"),
        ("Leave", "leave"),
    ]
    for number, (label, _) in enumerate(entries, start=1):
        say(f"  {number}. {label}")
    say(f"Type a number from 1 to {len(entries)}.")
    for line in lines:
        choice = line.strip()
        if choice.lower() in ("quit", "q", "exit"):
            return
        if not choice.isascii() or not choice.isdigit() or not 1 <= int(choice[:6]) <= len(entries):
            say(f"Type a number from 1 to {len(entries)}.")
            continue
        what = entries[int(choice) - 1][1]
        if what == "guide":
            say(places.guide("player"))
            continue
        if what == "resume":
            resume(saves.newest())
        elif what == "history":
            replay(places.history_save(), first=0, last=None, reveal=False, scenario=None, plain=True)
        elif what != "leave":
            scenario, _, seat = what.partition("\n")
            begin(scenario, [seat], None, None, Luck.DRAWN, None, "")
        return
