"""Answers that were begun and not handed in: a file of them beside a save, and whose they are when both come in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from excomm_game.classroom.checking import Checked, Standing
from excomm_game.classroom.handed import BEGINS, HandedIn, header_of, mark_of
from excomm_game.classroom.played import Reflection
from excomm_game.engine.text import harmless

KEY = "excomm_drafts"
FORMAT = 1
STANDING: Standing = "answers begun"


class Begun(NamedTuple):
    """A file of answers that were begun: its place, the mark of the game it belongs to, and each answer."""

    file: str
    game: str
    answers: tuple[Reflection, ...]


def begun(one: HandedIn) -> Begun | None:
    """Return the answers that a file holds, blank ones left out; None where it is no file of them."""
    if not one.data.startswith(BEGINS) or KEY.encode() not in one.data:
        return None
    try:
        content = json.loads(one.data)
    except (ValueError, RecursionError):
        return None
    drafts = content.get("drafts")
    if content.get(KEY) != FORMAT or not isinstance(drafts, dict):
        return None
    given = (Reflection(harmless(question), harmless(str(text))) for question, text in drafts.items())
    return Begun(one.name, str(content.get("game", "")), tuple(answer for answer in given if answer.words))


def marks(handed: Sequence[HandedIn]) -> dict[str, str]:
    """Return which game each save holds, by the save's place."""
    return {one.name: mark_of(header) for one in handed if (header := header_of(one)) is not None}


def with_begun(found: Sequence[Checked], games: Mapping[str, str], drafts: Sequence[Begun]) -> list[Checked]:
    """Return what came of each file; the answers that were begun are set beside the game they belong to.

    `games` are the marks of the games that saves hold. What was handed in afterwards is begun no more.
    """
    joined, told = list(found), []
    for one in drafts:
        saves = [place for place, save in enumerate(joined) if one.game and games.get(save.file) == one.game]
        place = next((place for place in saves if joined[place].game is not None), None)
        if place is None:
            whose = joined[saves[0]] if saves else Checked("", STANDING)
            why = "It holds answers that were begun in a game that was not handed in with it, or does not count."
        else:
            whose = joined[place]
            assert whose.game is not None
            left = tuple(answer for answer in one.answers if not whose.game.answer_to(answer.question))
            joined[place] = whose._replace(game=whose.game._replace(begun=left))
            why = f"It belongs to {whose.file}. Of the answers begun in it, {len(left) or 'none'} "
            why += f"{'were' if len(left) > 1 else 'was'} not handed in."
        told.append(Checked(one.file, STANDING, why, whose.player, whose.chains))
    return [*joined, *told]
