"""A class of eight that played the small crisis, so few choices each that every figure is worked out by hand.

On the roster: Ana and Ben settle in the letter's terms; Cy, Dan and Eve stop on the way; Gus hands nothing in; Hal's
save is damaged. Not on it: Flo, who plays to the end and of whom no time is kept.

    scene           who chose what                                          met
    morning@1       wait Ana Ben Cy; send-fleet Eve; threaten Dan Flo       6
    morning@2       wait Ana Ben Cy Eve Flo                                 5
    morning@3       wait Ana Ben Cy Flo; threaten Eve                       5
    letter-tone     warm Ana Flo; cold Ben Cy                               4
    letter-terms    settle Ana Ben; firm Cy Flo                             4
    morning@4       wait Cy Flo                                             2
    morning@5 …     wait Flo                                                1
"""

from __future__ import annotations

from pathlib import Path

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.game import Game
from excomm_game.engine.lines import encode
from excomm_game.engine.scenario import Scenario
from tests.headers import header

SEAT = "west"
QUESTIONS = ("Why?", "Was it luck?")
ROSTER = "name;id\nBen Cole;b2\nAna Bell;a1\nGus Hill;g7\nDan Ek;d4\nCy Dorn;c3\nHal Innes;h8\nEve Fox;e5\n"


def assignment(**other) -> Assignment:
    content = {
        "title": "A small lesson", "scenario": "small-crisis", "edition": 1, "seat": SEAT, "school": "calm",
        "questions": QUESTIONS,
    }  # fmt: skip
    return Assignment.model_validate(content | other)


def begun(crisis: Scenario, who: str, started: str = "2026-11-20T09:00:00+00:00", **kept) -> Game:
    """A game under the assignment that awaits its first choice."""
    setup = {"player": who, "started": started, "assignment": assignment().header()} | kept
    game = Game(crisis, header(crisis, 7, {SEAT: "person"}, "spared", "calm").model_copy(update=setup))
    game.run()
    return game


def chose(game: Game, *options: str, took: float | None = None) -> Game:
    for option in options:
        game.choose(option, None, took)
    return game


def written(game: Game) -> bytes:
    return encode([game.header, *game.rows])[0]


def games(crisis: Scenario) -> dict[str, Game]:
    """The games that are handed in whole."""
    ana = chose(begun(crisis, "Ana Bell"), "wait", "wait", "wait", "warm", "settle", took=30)
    ana.answer("Why?", "=because I was afraid")
    ana.answer("Was it luck?", "No.")
    ben = chose(begun(crisis, "Ben Cole"), "threaten", took=42)
    ben.back(ben.last_own())
    chose(ben, "wait", "wait", "wait", "cold", "settle", took=60)
    ben.answer("Was it luck?", "Yes, all of it.")
    cy = chose(begun(crisis, "Cy Dorn"), "wait", "wait", "wait", "cold", "firm", "wait", took=10)
    dan = chose(begun(crisis, "Dan Ek"), "threaten", took=6)
    eve = chose(begun(crisis, "Eve Fox"), "send-fleet", "wait", "threaten", took=20)
    flo = chose(begun(crisis, "Flo Gray"), "threaten", "wait", "wait", "warm", "firm", *["wait"] * 7)
    return {game.header.player.split()[0].lower(): game for game in (ana, ben, cy, dan, eve, flo)}


def handed_in(crisis: Scenario, root: Path) -> None:
    """Lay out what the class handed in, its assignment and its roster."""
    (root / "in").mkdir()
    for name, game in games(crisis).items():
        (root / "in" / name).write_bytes(written(game))
    hal = written(chose(begun(crisis, "Hal Innes"), "wait", "wait")).splitlines(keepends=True)
    (root / "in" / "hal").write_bytes(b"".join([*hal[:2], b"{\n", *hal[3:]]))
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
