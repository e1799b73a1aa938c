"""Two saves side by side, choice by choice, with the first that differs marked and open."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content

from excomm_game.engine.account import account, shared
from excomm_game.engine.game import Game
from excomm_game.engine.record import ChoiceLine
from excomm_game.tui import sheets
from excomm_game.tui.archive import Recording
from excomm_game.tui.reel import Reel
from excomm_game.tui.screens.reading import Leaf, ReadingScreen
from excomm_game.words.ending import closing
from excomm_game.words.phrases import BY, brief_date, hour, moment_words


def comparison(left: Recording, right: Recording) -> ReadingScreen:
    """Return the choices of two games beside each other, open where they part.

    Of a game that is not over only its player's own choices are told, and of the one beside it those of the same chair.
    """
    reels = [Reel(side.game, is_open=False) for side in (left, right)]
    is_open = all(reel.is_open for reel in reels)
    sides = [
        [one for one in reel.game.choices if all(a.is_open or reel.seat(one) in a.own for a in reels)] for reel in reels
    ]
    pairs = list(zip_longest(sides[0], sides[1]))
    common = shared(sides[0], sides[1])
    leaves = [_leaf(place, pair, common, left.game, right.game) for place, pair in enumerate(pairs)]
    leaves = leaves or [Leaf(Content("nothing yet"), [sheets.Note("There is nothing yet that both games can show.")])]
    if common == len(pairs):
        said = "The two games do not differ."
    elif None in pairs[common]:
        said = f"They do not differ as far as the {'left' if pairs[common][0] is None else 'right'} one goes."
    else:
        said = f"They part at choice {common + 1}." if common else "They part at the first choice."
    if not is_open:
        said += " While one of them is not over, only the choices of its player's chair are shown."
    above = Content.assemble(f"{said}\n", ("left:  ", "$quiet"), _named(left), ("\nright: ", "$quiet"), _named(right))
    return ReadingScreen("Two games side by side", leaves, first=min(common, len(leaves) - 1), above=above)


def _named(one: Recording) -> str:
    ending = closing(one.game).title if one.game.state.ending else "not over"
    return f"{one.key.replace(chr(92), '/').rsplit('/', 1)[-1]} · {ending} · seed {one.game.header.seed}"


def _leaf(place: int, pair: tuple[ChoiceLine | None, ChoiceLine | None], common: int, left: Game, right: Game) -> Leaf:
    one, other = pair
    said = one or other
    assert said is not None
    told = account(left if one else right, said.n)
    if one is None or other is None:
        mark, style = _absent(right if one else left), "$quiet"
    elif place == common:
        mark, style = "◆ they part here", "bold $danger"
    else:
        mark, style = "" if shared([one], [other]) else "≠", "$new"
    at = f"{brief_date(told.hour.local)}, {hour(told.hour.local)}"
    line = Content.assemble((f"{place + 1:>4}  {at}  ", "$quiet"), told.title, (f"  {mark}" if mark else "", style))
    sides = _side("Both", left, one) if place < common else [*_side("Left", left, one), *_side("Right", right, other)]
    return Leaf(line, sides, f"choice {place + 1}")


def _absent(game: Game) -> str:
    """Say why a game has no choice beside the other's."""
    return "over by then" if game.state.ending is not None else "not played so far"


def _side(name: str, game: Game, choice: ChoiceLine | None) -> list[sheets.Block]:
    if choice is None:
        return [sheets.Heading(name, _absent(game))]
    told = account(game, choice.n)
    blocks: list[sheets.Block] = [
        sheets.Heading(name, moment_words(told.hour)),
        sheets.Note(f"{told.seat or 'Chance'}{BY[told.by] if told.by != 'fate' else ''}: {told.title}"),
        sheets.Lines((Content.styled(told.label, "bold"),)),
    ]
    blocks += [sheets.Note(f"Reason: {told.reason}")] if told.reason else []
    blocks += [sheets.Text(told.outcome)] if told.outcome else []
    return blocks
