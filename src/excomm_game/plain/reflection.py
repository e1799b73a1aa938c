"""The questions of an assignment after the ending, a line for each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from excomm_game.engine.errors import UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.record import Row
from excomm_game.words.assigned import BEFORE_YOU_READ, numbered
from excomm_game.words.phrases import indented

LATER = ("later", "quit", "q", "exit")
AS_BEGUN = "keep"


def reflect(
    game: Game, save: Callable[[Sequence[Row]], None], lines: Iterator[str], write: Callable[[str], None],
    begun: Mapping[str, str],
) -> bool:  # fmt: skip
    """Ask every question that is still owed an answer and save each at once; false when the rest is left for later.

    What was begun on one is shown before it is answered: it can be handed in as it is, or the answer takes its place.
    """
    asked, owed = game.assignment, game.unanswered()
    if asked is None or not owed:
        return True
    write(f"\n{BEFORE_YOU_READ}")
    write("An answer is one line and is kept as it is. Type later to leave the rest for `excomm resume`.")
    for question in owed:
        write(f"\n{numbered(asked, question)}. {question}")
        if question in begun:
            write(f"You began this in the full screen:\n{indented(begun[question], '  ')}")
            write(f"Type {AS_BEGUN} to hand that in as it is, or write another answer.")
        if not _answered(game, question, begun.get(question), save, lines, write):
            return False
    return True


def _answered(
    game: Game,
    question: str,
    begun: str | None,
    save: Callable[[Sequence[Row]], None],
    lines: Iterator[str],
    write: Callable[[str], None],
) -> bool:
    for line in lines:
        answer = line.strip()
        if answer.lower() in LATER:
            return False
        if answer.lower() == AS_BEGUN and begun is not None:
            answer = begun
        try:
            rows = game.answer(question, answer)
        except UsageError as error:
            write(str(error))
        else:
            save(rows)
            return True
    return False
