"""Two saves side by side, choice by choice, with the first that differs marked and open."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content

from excomm_game.engine.account import account, shared
from excomm_game.engine.game import Game
from excomm_game.engine.record import ChoiceLine
from excomm_game.tui import sheets
from excomm_game.tui.archive import Recording
from excomm_game.tui.screens.reading import Leaf, ReadingScreen
from excomm_game.words.ending import closing
from excomm_game.words.phrases import BY, moment_words


def comparison(left: Recording, right: Recording) -> ReadingScreen:
    """Return the choices of two games beside each other, open where they part."""
    common = shared(left.game, right.game)
    pairs = list(zip_longest(left.game.choices, right.game.choices))
    leaves = [_leaf(n, pair, common, left.game, right.game) for n, pair in enumerate(pairs, start=1)]
    leaves = leaves or [Leaf(Content("nothing yet"), [sheets.Note("Nothing has been chosen in either game yet.")])]
    if common == len(pairs):
        said = "The two games do not differ."
    else:
        said = f"They part at choice {common + 1}." if common else "They part at the first choice."
    above = Content.assemble(
        f"{said}\n", ("left:  ", "$quiet"), _named(left), ("\nright: ", "$quiet"), _named(right)
    )  # fmt: skip
    return ReadingScreen("Two games side by side", leaves, first=min(common, max(0, len(leaves) - 1)), above=above)


def _named(one: Recording) -> str:
    ending = closing(one.game).title if one.game.state.ending else "not over"
    return f"{one.key.replace(chr(92), '/').rsplit('/', 1)[-1]} · {ending} · seed {one.game.header.seed}"


def _leaf(n: int, pair: tuple[ChoiceLine | None, ChoiceLine | None], common: int, left: Game, right: Game) -> Leaf:
    one, other = pair
    is_same = n <= common or (one is not None and other is not None and one[:4] == other[:4])
    mark = "◆ they part here" if n == common + 1 else "" if is_same else "≠"
    named = one or other
    assert named is not None
    line = Content.assemble(
        (f"{n:>4}  ", "$quiet"),
        named.scene,
        (f"  {mark}" if mark else "", "bold $danger" if n == common + 1 else "$new"),
    )
    blocks = [*_side("Left", left, n, one), *([] if n <= common else _side("Right", right, n, other))]
    if n <= common:
        blocks[0] = sheets.Heading("Both", blocks[0].aside if isinstance(blocks[0], sheets.Heading) else "")
    return Leaf(line, blocks, f"choice {n}")


def _side(name: str, game: Game, n: int, choice: ChoiceLine | None) -> list[sheets.Block]:
    if choice is None:
        return [sheets.Heading(name, "over, or not played so far")]
    told = account(game, n)
    blocks: list[sheets.Block] = [
        sheets.Heading(name, f"{moment_words(told.occurrence.local)}"),
        sheets.Note(f"{told.seat or 'Chance'}{BY[told.by] if told.by != 'fate' else ''}: {told.title}"),
        sheets.Text(f"**{told.label}**"),
    ]
    blocks += [sheets.Note(f"Reason: {told.reason}")] if told.reason else []
    blocks += [sheets.Text(told.outcome)] if told.outcome else []
    return blocks
