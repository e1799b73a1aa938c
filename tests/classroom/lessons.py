"""A class of thirty as it is handed in: finished, unfinished, damaged, forged, doubled, zipped, and what is no save."""

from __future__ import annotations

import random
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.game import Game
from excomm_game.engine.lines import encode, link
from excomm_game.engine.policy import open_ids
from excomm_game.engine.record import ChoiceLine
from excomm_game.files import scenarios
from tests.headers import header

SCENARIO, SEAT = "black-saturday", "washington"
NAMES = [
    "=cmd()", "<script>alert(1)</script>", "../x", "Zoë Çelik", "N" * 150, "+1 Plus", "-Minus", "@At Sign", "Ana, Bell",
    "Łukasz Żak",
]  # fmt: skip
UNFINISHED, DAMAGED, FORGED, DOUBLED = range(4, 8), range(8, 13), (13, 14), (15, 16, 17)
ZIPPED, AGAIN, ANSWERLESS = 18, 19, 20
MISSING = "Nobody Came"


class Lesson(NamedTuple):
    """What was handed in where, and the games that should count by the name of who played them."""

    folder: Path
    assignment: Path
    roster: Path
    games: dict[str, Game]


@cache
def crisis():
    return scenarios.load(SCENARIO)


def assignment(**other) -> Assignment:
    content = {
        "title": "Saturday <b>27</b>", "scenario": SCENARIO, "edition": crisis().head.edition, "seat": SEAT,
        "school": crisis().default_school(), "questions": ["What did you not know?", "Was it luck?"],
    }  # fmt: skip
    return Assignment.model_validate(content | other)


def name(k: int) -> str:
    return f"{NAMES[k % len(NAMES)]} {k}"


def begun(k: int, asked=None, hour: int = 9, who: str | None = None) -> Game:
    """A game that awaits its first choice."""
    kept = {"player": name(k) if who is None else who, "started": f"2026-11-20T{hour:02}:{k % 60:02}:00+00:00"}
    kept["assignment"] = (asked or assignment()).header()
    game = Game(crisis(), header(crisis(), k, {SEAT: "person"}, "spared").model_copy(update=kept))
    game.run()
    return game


def play(game: Game, seed: int, most: int | None = None) -> Game:
    """Choose by a rule, give reasons for some, take a choice back now and then."""
    chance = random.Random(seed)  # noqa: S311
    steps = 0
    while (occurrence := game.awaited) is not None and (most is None or steps < most):
        option = chance.choice(open_ids(game.scenario, game.state, occurrence))
        reason = f"{occurrence.label}: <i>{option}</i>, says {seed}" if chance.random() < 0.6 else None
        game.choose(option, reason, round(chance.uniform(2, 90), 1))
        steps += 1
        if chance.random() < 0.05 and game.awaited is not None and game.assignment.takebacks:
            game.back(game.last_own())
    if most is None and seed != ANSWERLESS:
        for n, question in enumerate(game.unanswered()):
            game.answer(question, f"=Answer {n} of {seed}\n" + "word " * chance.randint(1, 40))
    return game


def written(game: Game) -> bytes:
    return encode([game.header, *game.rows])[0]


def redrawn(game: Game) -> bytes:
    """A save whose first drawn choice is another than the seed draws, with every state and chain made to fit."""
    forged = Game(game.scenario, game.header)
    for row in game.choices:
        occurrence = forged.awaited
        if row.by == "fate":
            others = [one for one in open_ids(game.scenario, forged.state, occurrence) if one != row.option]
            if others:
                forged._apply(occurrence, forged.move(occurrence)._replace(option=others[0]))
                forged.run()
                return written(forged)
        forged.apply_row(row)
    raise AssertionError("nothing was drawn")


def edited(game: Game) -> bytes:
    """A save in which one option was changed by hand."""
    lines = written(game).splitlines(keepends=True)
    place = next(n for n, row in enumerate(game.rows, 1) if isinstance(row, ChoiceLine) and row.reason)
    lines[place] = lines[place].replace(b"says", b"said", 1)
    return b"".join(lines)


def torn_apart(game: Game) -> bytes:
    lines = written(game).splitlines(keepends=True)
    lines[-3] = lines[-3][:20] + b"\x00\xff\n"
    return b"".join(lines)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return path


def handed_in(root: Path) -> Lesson:
    """Lay out a class's work as a learning platform does."""
    folder, games = root / "handed in", {}
    (folder / "deep" / "er").mkdir(parents=True)
    for k in range(30):
        game = play(begun(k), k, 3 if k in UNFINISHED else None)
        data = torn_apart(game) if k in DAMAGED else edited(game) if k == FORGED[0] else written(game)
        if k == FORGED[1]:
            data = redrawn(game)
        if k == ZIPPED:
            for place in (folder, folder / "deep"):
                zipped(place / "work.zip", {"a folder/save.bin": data, "readme.txt": b"hello"})
        else:
            ending = (".jsonl", ".txt", "", ".jsonl (1).download")[k % 4]
            (folder / ("deep/er" if k % 3 else "deep") / f"{re.sub('[^a-z0-9]', '_', name(k).lower())[:60]}{ending}"
             ).write_bytes(data)  # fmt: skip
        if k in DOUBLED:
            (folder / f"copy {k}.jsonl").write_bytes(data)
        if k not in (*DAMAGED, *FORGED):
            games[name(k)] = game
    later = play(begun(AGAIN, hour=15), 1000 + AGAIN)
    (folder / "again.jsonl").write_bytes(written(later))
    games[name(AGAIN)] = later
    strange(folder)
    (root / "class.toml").write_text(_toml(assignment()), encoding="utf-8")
    lines = [f'"{name(k)}",s{k:03}' for k in range(30)]
    (root / "roster.csv").write_text("\n".join(["Student,ID", *lines, f"{MISSING},s999"]), encoding="utf-16")
    return Lesson(folder, root / "class.toml", root / "roster.csv", games)


def strange(folder: Path) -> None:
    """Lay among them what does not belong there."""
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "essay.docx").write_bytes(zipped(folder / "t", {"[Content_Types].xml": b"<x/>"}).read_bytes())
    (folder / "t").unlink()
    (folder / "photo.jpg").write_bytes(bytes(range(256)))
    (folder / "huge.jsonl").write_bytes(b"{" + b" " * 20_000_001)
    (folder / "newer.jsonl").write_bytes(b'{"excomm": 2, "x": 1}\n')
    body = written(begun(1)).partition(b', "chain"')[0].decode().replace('"player": "', '"player": "\\u001b[31m', 1)
    (folder / "control.jsonl").write_text(f'{body}, "chain": "{link("", body)}"}}\n{{}}\n', encoding="utf-8")
    (folder / "link.jsonl").symlink_to(folder / "again.jsonl")
    other = begun(1, assignment(title="Another"), who="Someone Else")
    (folder / "other.jsonl").write_bytes(written(play(other, 1)))
    zipped(folder / "escape.zip", {"../evil.jsonl": b"{}"})


def _toml(asked: Assignment) -> str:
    questions = ", ".join(f'"{one}"' for one in asked.questions)
    return (
        f'[assignment]\ntitle = "{asked.title}"\nscenario = "{asked.scenario}"\nedition = {asked.edition}\n'
        f'seat = "{asked.seat}"\nschool = "{asked.school}"\nquestions = [{questions}]\n'
    )
