"""Two saves side by side, choice by choice, with the first that differs marked and open."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content

from excomm_game.engine.account import account, shared
from excomm_game.engine.game import Game
from excomm_game.engine.record import YOURS, ChoiceLine
from excomm_game.tui import sheets
from excomm_game.tui.archive import Recording
from excomm_game.tui.screens.reading import Leaf, ReadingScreen
from excomm_game.words.ending import closing
from excomm_game.words.phrases import BY, moment_words


def comparison(left: Recording, right: Recording) -> ReadingScreen:
    """Return the choices of two games beside each other, open where they part.

    Of a game that is not over only its player's own choices are told, and so of the one beside it.
    """
    is_open = all(one.game.state.ending is not None for one in (left, right))
    sides = [[one for one in side.game.choices if is_open or one.by in YOURS] for side in (left, right)]
    pairs = list(zip_longest(sides[0], sides[1]))
    common = shared(sides[0], sides[1])
    leaves = [_leaf(place, pair, common, left.game, right.game) for place, pair in enumerate(pairs)]
    leaves = leaves or [Leaf(Content("nothing yet"), [sheets.Note("Nothing has been chosen in either game yet.")])]
    if common == len(pairs):
        said = "The two games do not differ."
    else:
        said = f"They part at choice {common + 1}." if common else "They part at the first choice."
    if not is_open:
        said += " While one of them is not over, only its player's own choices are shown."
    above = Content.assemble(f"{said}\n", ("left:  ", "$quiet"), _named(left), ("\nright: ", "$quiet"), _named(right))
    return ReadingScreen("Two games side by side", leaves, first=min(common, len(leaves) - 1), above=above)


def _named(one: Recording) -> str:
    ending = closing(one.game).title if one.game.state.ending else "not over"
    return f"{one.key.replace(chr(92), '/').rsplit('/', 1)[-1]} · {ending} · seed {one.game.header.seed}"


def _leaf(place: int, pair: tuple[ChoiceLine | None, ChoiceLine | None], common: int, left: Game, right: Game) -> Leaf:
    one, other = pair
    parts = place == common
    mark = "◆ they part here" if parts else "" if one and other and shared([one], [other]) else "≠"
    named = one or other
    assert named is not None
    style = "bold $danger" if parts else "$new"
    line = Content.assemble((f"{place + 1:>4}  ", "$quiet"), named.scene, (f"  {mark}" if mark else "", style))
    sides = _side("Both", left, one) if place < common else [*_side("Left", left, one), *_side("Right", right, other)]
    return Leaf(line, sides, f"choice {place + 1}")


def _side(name: str, game: Game, choice: ChoiceLine | None) -> list[sheets.Block]:
    if choice is None:
        return [sheets.Heading(name, "over, or not played so far")]
    told = account(game, choice.n)
    blocks: list[sheets.Block] = [
        sheets.Heading(name, moment_words(told.hour)),
        sheets.Note(f"{told.seat or 'Chance'}{BY[told.by] if told.by != 'fate' else ''}: {told.title}"),
        sheets.Lines((Content.styled(told.label, "bold"),)),
    ]
    blocks += [sheets.Note(f"Reason: {told.reason}")] if told.reason else []
    blocks += [sheets.Text(told.outcome)] if told.outcome else []
    return blocks
