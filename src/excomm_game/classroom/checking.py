"""Whether a file that was handed in counts, and if not, why: no save, damaged, edited, of another lesson, empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from typing import Literal, NamedTuple

from excomm_game.classroom.handed import BEGINS, THE_FILE, HandedIn, player_in
from excomm_game.classroom.played import Played, played
from excomm_game.engine.account import account
from excomm_game.engine.assignment import Assignment
from excomm_game.engine.errors import ExcommError, NewerFormat
from excomm_game.engine.game import PERSON, Game
from excomm_game.engine.lines import EDITED, MAX_LINE, Decoded, decode
from excomm_game.engine.record import YOURS, Header
from excomm_game.engine.replay import Replay, replay
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.text import printable
from excomm_game.words.phrases import moment_words, sound

Standing = Literal[
    "finished", "unfinished", "another attempt", "double", "damaged", "forged or edited", "another scenario",
    "another edition", "another assignment", "empty", "newer format", "unreadable", "no save",
    "answers begun",
]  # fmt: skip
ASK_AGAIN = "Ask for the file as the game left it."
KEPT = ("finished", "unfinished")
_CUTS = 4  # parts a process is given, so that none waits long for another
_MOST_TOGETHER = 25  # files in a part, so that progress is seen


class Checked(NamedTuple):
    """A file and what came of it: `reason` says why it is left out, or what to know of one that is kept.

    `sound` are the choices before the damage, as lines; `chains` tell whether two files hold the same game.
    """

    file: str
    standing: Standing
    reason: str = ""
    player: str = ""
    chains: tuple[str, ...] = ()
    sound: tuple[str, ...] = ()
    game: Played | None = None


def checked(scenario: Scenario, asked: Assignment | None, one: HandedIn) -> Checked:
    """Read, fit, verify and explain one file; whatever is wrong with it is its standing, never an error."""
    found = _checked(scenario, asked, one)
    return found._replace(reason=" ".join(said for said in (found.reason, one.remark) if said))


def _checked(scenario: Scenario, asked: Assignment | None, one: HandedIn) -> Checked:
    if one.fault is not None:
        return Checked(one.name, "unreadable", one.fault)
    if not one.data.strip():
        return Checked(one.name, "empty", "It holds nothing.")
    try:
        decoded = decode(one.data, THE_FILE)
    except NewerFormat as error:
        return Checked(one.name, "newer format", str(error), player_in(one.data))
    except ExcommError as error:
        return _headless(one, str(error))
    found = Checked(one.name, "finished", player=decoded.record.header.player, chains=decoded.chains)
    return _misplaced(scenario, asked, decoded, found) or _verified(scenario, asked, decoded, found)


def _headless(one: HandedIn, said: str) -> Checked:
    """Return a file whose first line is none that a game wrote: whose it is, if that can be read, and what is wrong."""
    if not (one.data.startswith(BEGINS) and b'"excomm"' in one.data[:MAX_LINE]):
        return Checked(one.name, "no save", said)
    player = player_in(one.data)
    if EDITED in said:
        why = "Its first line, which names the player and the game, was changed after it was written."
        return Checked(one.name, "forged or edited", f"{why} {ASK_AGAIN}", player)
    why = said.partition("(line 1: ")[2].partition("). ")[0] or "it is cut off, or the lines were joined"
    return Checked(one.name, "damaged", f"Its first line is not as the game wrote it ({why}). {ASK_AGAIN}", player)


def _misplaced(scenario: Scenario, asked: Assignment | None, decoded: Decoded, found: Checked) -> Checked | None:
    """Say so where a save belongs to another lesson."""
    header, head = decoded.record.header, scenario.head
    if header.scenario != head.id:
        said = f"It is of the scenario '{printable(header.scenario)}', not of '{head.id}'."
        return found._replace(standing="another scenario", reason=said)
    if header.edition != head.edition:
        said = f"It was played with edition {header.edition} of the scenario; here it is edition {head.edition}."
        return found._replace(standing="another edition", reason=said)
    if asked is None:
        return None
    if header.assignment is None:
        return found._replace(standing="another assignment", reason="It was played without an assignment.")
    try:
        named = Assignment.of_header(header.assignment)
    except ExcommError as error:
        return found._replace(standing="forged or edited", reason=str(error))
    if named != asked:
        said = f"It names the assignment '{printable(named.title)}' ({named.sha256[:8]}), which is another."
        return found._replace(standing="another assignment", reason=said)
    against = _against(asked, header)
    return None if against is None else found._replace(standing="forged or edited", reason=against)


def _against(asked: Assignment, header: Header) -> str | None:
    """Say what in a header goes against the assignment it names."""
    if header.seats.get(asked.seat, "model") == "model":
        return f"It names the assignment, but nobody sits in {asked.seat}."
    if any(sits != "model" for seat, sits in header.seats.items() if seat != asked.seat):
        return f"It names the assignment, but not {asked.seat} alone was played."
    if header.parent is not None:
        return "It names the assignment, but was branched from another game."
    for name, kept, wanted in (
        ("school", header.school, asked.school), ("luck", header.luck, asked.luck),
        ("seed", str(header.seed), str(header.seed if asked.seed is None else asked.seed)),
    ):  # fmt: skip
        if kept != wanted:
            return f"It names the assignment, but was played with {name} {printable(kept)} instead of {wanted}."
    return None


def _verified(scenario: Scenario, asked: Assignment | None, decoded: Decoded, found: Checked) -> Checked:
    """Fold a save and draw it again; one that reproduces is explained."""
    try:
        folded = replay(scenario, decoded.record, redraw=True)
    except ExcommError as error:
        return found._replace(standing="forged or edited", reason=f"Its header fits no game: {error}")
    game = folded.game
    if (fault := decoded.fault or folded.fault) is not None:
        return found._replace(standing=_broken(decoded, folded), reason=_told(fault, game), sound=_lines(game))
    explained = played(game, decoded.chains[-1])
    if not explained.choices:
        return found._replace(standing="empty", reason="It holds no choice yet.")
    if asked is not None and (said := _broke(asked, explained)) is not None:
        return found._replace(standing="forged or edited", reason=said, sound=_lines(game))
    standing: Standing = "finished" if explained.is_over else "unfinished"
    return found._replace(standing=standing, reason=" ".join(_remarks(decoded, folded)), game=explained)


def _broke(asked: Assignment, game: Played) -> str | None:
    """Say which rule of the assignment a game broke, as none does that was played by them."""
    if not asked.takebacks and game.takebacks:
        return "It takes choices back, which the assignment it names does not let anybody do."
    unexplained = (one.scene.partition("@")[0] for one in game.choices if one.by == "person" and not one.reason)
    if any(asked.needs_reason(scene) for scene in unexplained):
        return "It makes a choice without the reason that the assignment it names asks for."
    answered = [one.question for one in game.reflections]
    if len(set(answered)) < len(answered) or not set(answered) <= set(asked.questions):
        return "It answers what the assignment it names does not ask, or answers twice."
    return None


def _broken(decoded: Decoded, folded: Replay) -> Standing:
    if decoded.fault is not None and EDITED not in decoded.fault:
        return "damaged"
    return "another edition" if decoded.fault is None and folded.changed else "forged or edited"


def _told(fault: str, game: Game) -> str:
    return f"{fault.rstrip('.')[:1].upper()}{fault.rstrip('.')[1:]}. {sound(len(game.choices))}."


def _lines(game: Game) -> tuple[str, ...]:
    """Return the choices that people made, a line each."""
    told = [account(game, choice.n) for choice in game.choices if choice.by in YOURS]
    return tuple(
        f"{moment_words(one.hour)}, {one.title}: {one.label}" + (f" ({one.reason})" if one.reason else "")
        for one in told
    )


def _remarks(decoded: Decoded, folded: Replay) -> list[str]:
    """Say what a teacher should know of a save that counts."""
    game, said = folded.game, []
    if decoded.torn:
        said.append("Its last line was never finished and is left out.")
    if folded.changed:
        said.append("It was recorded with another text of the scenario, but reproduces.")
    if not game.people:
        said.append(f"No person played it: its seats were held by {_policies(game)}.")
    if owed := len(game.unanswered()):
        said.append(f"{owed} of the questions {'is' if owed == 1 else 'are'} not answered.")
    return said


def _policies(game: Game) -> str:
    sat = dict.fromkeys(sits for sits in game.header.seats.values() if sits not in (PERSON, "model"))
    return ", ".join(sat) or "nobody"


def in_parts(
    scenario: Scenario, asked: Assignment | None, handed: Sequence[HandedIn], executor: Executor | None, parts: int
) -> Iterator[list[Checked]]:
    """Check files part by part, here or on an executor; yield each part in the order in which they were handed in."""
    size = 1 if executor is None else max(1, min(_MOST_TOGETHER, -(-len(handed) // max(1, _CUTS * parts))))
    cut = [tuple(handed[first : first + size]) for first in range(0, len(handed), size)]
    if executor is None:
        yield from (_each_checked(scenario, asked, part) for part in cut)
        return
    futures = [executor.submit(_each_checked, scenario, asked, part) for part in cut]
    try:
        yield from (future.result() for future in futures)
    finally:
        for future in futures:
            future.cancel()


def _each_checked(scenario: Scenario, asked: Assignment | None, handed: tuple[HandedIn, ...]) -> list[Checked]:
    return [checked(scenario, asked, one) for one in handed]
