"""The class as tables for a spreadsheet or a learning platform: a row a choice, and a row a student to grade.

A cell of text that a spreadsheet would take for a formula, because it begins with = + - @, a tab or a line break, gets
an apostrophe before it; a spreadsheet shows the text and computes nothing. Numbers are ours and stand as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from excomm_game.classroom.lesson import Lesson
from excomm_game.words.phrases import moment_words

Cell = str | float | int | None
CHOICES = (
    "student", "scene", "title", "hour", "option", "label", "option of 1962", "label of 1962", "by", "seconds",
    "reason", "judgement",
)  # fmt: skip
DONE = ("identifier", "name", "completion", "choices", "minutes", "risk run", "reflection words")
"""The columns of the grades before the answers, each of which is headed by its question."""
TO_GRADE = ("criterion 1", "criterion 2", "criterion 3", "criterion 4", "comment")
"""The columns after the answers, which are left to the teacher."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"
"""What tells a spreadsheet that a table is UTF-8."""


def choices_table(told: Lesson) -> str:
    """Return every choice of the games that count; `judgement` is the move of the risk, from −1 to 1."""
    return _table(
        CHOICES,
        (
            (who.name, made.scene, made.title, moment_words(made.hour), made.option, made.label, made.in_1962,
             made.label_1962, made.by, made.seconds, made.reason, _rounded(made.judgement))
            for who, game in told.played
            for made in game.choices
        ),
    )  # fmt: skip


def grades_table(told: Lesson) -> str:
    """Return a row a student with what was answered, the criteria and the comment left to the teacher.

    `risk run` is a share from 0 to 1.
    """
    questions = told.assignment.questions if told.assignment is not None else ()
    asked = [f"answer {n}: {question}" for n, question in enumerate(questions, start=1)]
    return _table(
        (*DONE, *asked, *TO_GRADE),
        (
            (who.identifier, who.name, who.completion,
             *((len(game.choices), _minutes(game.seconds), _rounded(game.risk.p), game.words,
                *map(game.answer_to, questions))
               if (game := who.game) is not None else (None,) * (len(questions) + 4)),
             *(None,) * len(TO_GRADE))
            for who in told.pupils
        ),
    )  # fmt: skip


def disarmed(text: str) -> str:
    """Return text that a spreadsheet shows and does not compute."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4) + 0.0


def _table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if cell is None else disarmed(cell) if isinstance(cell, str) else cell for cell in row])
    return BOM + written.getvalue()
