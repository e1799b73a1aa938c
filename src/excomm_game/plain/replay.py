"""A recorded game in lines, choice by choice."""

from __future__ import annotations

from excomm_game.engine.account import account
from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import Values
from excomm_game.engine.dossier import Viewing
from excomm_game.engine.game import Game
from excomm_game.engine.hour import by_scenario
from excomm_game.engine.reader import paper, text_of
from excomm_game.engine.rules import Chose, Told
from excomm_game.plain.ending import ending
from excomm_game.words.phrases import BY, indented, moment_words, paper_lines

CHOSEN, CAME_OUT = "Chosen", "It came out"
"""What stands before what a chair took, and before what chance did."""


class _Read:
    """What a reader has read: a paragraph of a scene that comes again and a document are printed once."""

    def __init__(self, game: Game) -> None:
        self.scenario = game.scenario
        self._paragraphs: set[tuple[str, str]] = set()
        self._papers: set[str] = set()

    def lines(self, occurrence: Occurrence, values: Values) -> list[str]:
        """Return a scene's text and documents as they read under these values, without what was read before."""
        scene = self.scenario.scene_of(occurrence)
        given = text_of(self.scenario, occurrence, values).split("\n\n")
        fresh = [one for one in given if one and (scene.id, one) not in self._paragraphs]
        self._paragraphs.update((scene.id, one) for one in fresh)
        lines = [indented("\n\n".join(fresh), "  ")] if fresh else []
        for key in scene.documents:
            shown = paper_lines(paper(self.scenario, key, values, occurrence.day))
            lines += [
                "",
                *(indented(one, "  ") for one in (shown if key not in self._papers else [f"{shown[0]} (above)"])),
            ]
            self._papers.add(key)
        return lines


def replayed(game: Game, first: int, last: int) -> list[str]:
    """Return choices `first` to `last` with all that happened, whoever saw it, beside what 1962 did."""
    lines: list[str] = []
    read = _Read(game)
    for n, event in game.events():
        if not first <= n <= last:
            continue
        if isinstance(event, Told):
            scene = game.scenario.scene_of(event.occurrence)
            to = ", ".join(game.scenario.draft.seats[seat].label for seat in game.scenario.readers(scene))
            when = moment_words(by_scenario(game.scenario, event.occurrence.local))
            lines += ["", f"{when}. News to {to or 'nobody'}: {scene.title}"]
            lines += read.lines(event.occurrence, event.values)
        elif isinstance(event, Chose):
            lines += _choice(game, n, read)
    if game.state.ending is not None and last >= len(game.choices):
        lines += ending(game)
    return lines


def _choice(game: Game, n: int, read: _Read) -> list[str]:
    """Return a choice: what was before the chair, what it took, and what came of it."""
    told = account(game, n)
    lines = ["", f"{n}. {moment_words(told.hour)}. {told.seat or 'Fate'}: {told.title}"]
    lines += read.lines(told.occurrence, told.before)
    lines += [""] if game.scenario.scene_of(told.occurrence).documents else []
    taken = CHOSEN if told.seat else CAME_OUT
    lines.append(indented(f"{taken}: {told.label} [{told.occurrence.label} / {told.option}]{BY[told.by]}", "  "))
    lines += [indented(f"Reason: {told.reason}", "  ")] if told.reason else []
    lines += [indented(told.outcome, "  ")] if told.outcome else []
    lines += [f"  Luck was spared here: nuclear war in {told.spared:.1%} of draws."] if told.spared else []
    lines += [indented(f"In 1962: {told.in_1962}", "  ")] if told.in_1962 and not told.was_history else []
    return lines


def as_told(game: Game, seat: str, first: int, last: int) -> list[str]:
    """Return what one seat was told of choices `first` to `last`, and nothing more."""
    viewing = Viewing(game, seat)
    view = viewing.at(len(game.choices))
    lines: list[str] = []
    for n, item in viewing.told():
        if not first <= n <= last:
            continue
        lines += ["", f"{moment_words(item.at)}. {item.title}"]
        lines += [indented(item.text, "  ")] if item.text else []
        for key in item.papers:
            lines += [indented(line, "  ") for line in paper_lines(view.paper(key))]
        if item.own:
            lines.append(indented(f"You chose: {item.label} [{item.scene} / {item.option}]", "  "))
            lines += [indented(f"Reason: {item.reason}", "  ")] if item.reason else []
        lines += [indented(item.outcome, "  ")] if item.outcome else []
    return lines
