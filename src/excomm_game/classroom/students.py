"""Whose each game is, which of several attempts counts, and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from typing import Literal, NamedTuple

from excomm_game.classroom.checking import KEPT, Checked
from excomm_game.classroom.names import Parts, folded, parts, without, words_of
from excomm_game.classroom.played import Played
from excomm_game.classroom.roster import Roster
from excomm_game.engine.draft import ENDING_KINDS

Attempt = Literal["first", "last", "best"]
Completion = Literal["finished", "unfinished", "left out", "missing"]
ATTEMPTS: dict[Attempt, str] = {
    "first": "Of several games of one student, the one begun first counts",
    "last": "Of several games of one student, the one begun last counts",
    "best": "Of several games of one student, the one with the best kind of ending counts (a settlement, then a "
    "retreat, nothing settled, war, nuclear war), and of equals the one that ran the smallest risk",
}
"""Which attempt counts, in words; in each, a game that is over goes before one that is not."""
UNCLEAR = "Several students of the roster have this name; with the identifier beside the name they can be told apart."
OFF_ROSTER = "The name is not on the roster. If this is a student of yours, add the name as typed to the roster."
NO_NAME = "(no name)"
_EARLY = datetime.min.replace(tzinfo=UTC)


class Pupil(NamedTuple):
    """A student: the game that counts, if there is one, and every file of theirs; `is_listed` on the roster or not."""

    name: str
    identifier: str
    counts: Checked | None
    files: tuple[Checked, ...]
    remark: str = ""
    is_listed: bool = False

    @property
    def game(self) -> Played | None:
        """The game that counts, explained."""
        return self.counts.game if self.counts is not None else None

    @property
    def completion(self) -> Completion:
        """How far the student came."""
        if self.counts is not None:
            return "finished" if self.counts.standing == "finished" else "unfinished"
        return "left out" if self.files else "missing"


def told_apart(found: Sequence[Checked]) -> list[Checked]:
    """Mark every save that another file holds as well, whole or in a later state; the fuller one counts once."""
    kept = sorted((one for one in found if one.standing in KEPT), key=lambda one: -len(one.chains))
    holder: dict[str, Checked] = {}
    twin: dict[int, Checked] = {}
    for one in kept:
        fuller = holder.get(one.chains[-1])
        if fuller is None:
            holder |= {chain: one for chain in one.chains if chain not in holder}
        else:
            twin[id(one)] = fuller
    return [_doubled(one, twin[id(one)]) if id(one) in twin else one for one in found]


def _doubled(one: Checked, fuller: Checked) -> Checked:
    same = "the same save as" if len(one.chains) == len(fuller.chains) else "an earlier state of the game in"
    return one._replace(standing="double", reason=f"It is {same} {fuller.file}, which is counted.", game=None)


def pupils(
    found: Sequence[Checked], roster: Roster | None, attempt: Attempt
) -> tuple[list[Pupil], list[Checked]]:  # fmt: skip
    """Return everybody, the roster first and in its order, then others by name; and the files of nobody.

    A file that names nobody belongs to nobody, unless it is a game: that is somebody's without a name.
    """
    own: dict[int, list[Checked]] = {}
    others: dict[tuple[str | Parts, ...], tuple[list[Checked], str]] = {}
    unnamed: list[Checked] = []
    students = roster.students if roster is not None else ()
    for one in found:
        matched = roster.find(one.player) if roster is not None else ()
        if len(matched) == 1:
            own.setdefault(students.index(matched[0]), []).append(one)
        elif one.player.strip() or one.standing in KEPT:
            is_alone = len(matched) > 1 or not one.player.strip()
            key = (*parts(one.player), *(one.chains[-1:] or (one.file,))) if is_alone else parts(one.player)
            remark = UNCLEAR if matched else OFF_ROSTER if roster is not None else ""
            others.setdefault(key, ([], remark))[0].append(one)
        else:
            unnamed.append(one)
    listed = [
        _pupil(own.get(place, []), attempt, one.name, one.identifier)._replace(is_listed=True)
        for place, one in enumerate(students)
    ]
    unlisted = [
        _pupil(files, attempt, files[0].player.strip() or NO_NAME)._replace(remark=remark)
        for files, remark in others.values()
    ]
    return [*listed, *sorted(unlisted, key=lambda one: (folded(one.name), one.name))], unnamed


def headcount(everybody: Sequence[Pupil]) -> str:
    """Say how many there are; where there is a roster, how many are on it and how many others handed something in."""
    listed = sum(one.is_listed for one in everybody)
    others = len(everybody) - listed
    if not listed:
        return f"{others} student{'' if others == 1 else 's'}"
    return f"{listed} on the roster" + (f", {others} other{'' if others == 1 else 's'}" if others else "")


def _pupil(files: Sequence[Checked], attempt: Attempt, name: str, identifier: str = "") -> Pupil:
    games = [one for one in files if one.standing in KEPT]
    counts = max(games, key=lambda one: _rank(one, attempt), default=None)
    seen = [one if one is counts or one.standing not in KEPT else _passed_over(one, counts) for one in files]
    return Pupil(name, identifier, counts, tuple(seen))


def _passed_over(one: Checked, counts: Checked | None) -> Checked:
    """Return a game of a student of whom another counts, saying what a teacher of two namesakes has to know."""
    assert counts is not None
    is_same = parts(one.player) == parts(counts.player)
    said = f"It gives the same name as {counts.file}, which counts: both are taken for one student's."
    other = f"Another game of this student counts: {counts.file}."
    return one._replace(standing="another attempt", reason=said if is_same else other)


def _rank(one: Checked, attempt: Attempt) -> tuple[bool, float, float, str]:
    """Return what the attempt that counts is greatest by."""
    game = one.game
    assert game is not None
    begun = ((game.started or _EARLY) - _EARLY).total_seconds()
    if attempt == "best":
        worth = -ENDING_KINDS.index(game.kind) if game.kind is not None else -len(ENDING_KINDS)
        return game.is_over, worth, -game.risk.p, game.chain
    return game.is_over, begun if attempt == "last" else -begun, len(game.choices), game.chain


def pseudonymous(
    everybody: Sequence[Pupil], unnamed: Sequence[Checked]
) -> tuple[list[Pupil], list[Checked]]:  # fmt: skip
    """Return the students under numbers, and the files of nobody; in what was written, words of their names are hidden.

    The order is that of their games' hashes, which no name can be told from.
    """
    known = [(one.name, one.identifier, *(file.player for file in one.files)) for one in everybody]
    hide = partial(without, words_of(name for names in known for name in names if name != NO_NAME))
    ordered = sorted(everybody, key=lambda one: (one.completion == "missing", _blind(one)))
    pupils = [
        one._replace(
            name=f"Student {n}", identifier="", counts=_veiled(one.counts, hide) if one.counts is not None else None,
            files=tuple(_veiled(file, hide) for file in one.files),
        )
        for n, one in enumerate(ordered, start=1)
    ]  # fmt: skip
    return pupils, [_veiled(one, hide) for one in unnamed]


def _veiled(one: Checked, hide: Callable[[str], str]) -> Checked:
    """Return a file without its player, and without names in what was written in it."""
    game = one.game and one.game._replace(
        player="",
        choices=tuple(made._replace(reason=hide(made.reason)) for made in one.game.choices),
        reflections=tuple(given._replace(text=hide(given.text)) for given in one.game.reflections),
        begun=tuple(given._replace(text=hide(given.text)) for given in one.game.begun),
    )
    return one._replace(player="", sound=tuple(map(hide, one.sound)), game=game)


def _blind(one: Pupil) -> str:
    own = "".join(chain for file in one.files for chain in file.chains[-1:]) or one.name
    return blake2b(own.encode("utf-8", "replace"), digest_size=8).hexdigest()
