"""A recorded game in lines, choice by choice."""

from __future__ import annotations

from excomm_game.engine.dossier import dossier, told
from excomm_game.engine.game import Game
from excomm_game.engine.policy import historical
from excomm_game.engine.reader import paper, text_of
from excomm_game.engine.rules import Chose, Told
from excomm_game.plain.ending import ending
from excomm_game.plain.words import indented, moment_words, paper_lines

_BY = {"person": "", "policy": " (by policy)", "model": " (simulated)", "fate": " (chance)", "history": " (as in 1962)"}


def replayed(game: Game, first: int, last: int) -> list[str]:
    """Return choices `first` to `last` with all that happened, whoever saw it, beside what 1962 did."""
    lines: list[str] = []
    for n, event in game.events():
        if not first <= n <= last:
            continue
        if isinstance(event, Told):
            scene = game.scenario.scene_of(event.occurrence)
            to = ", ".join(game.scenario.draft.seats[seat].label for seat in game.scenario.readers(scene))
            lines += [
                "",
                f"{moment_words(event.occurrence.local)}. News to {to or 'nobody'}: {scene.title}",
            ]
            text = text_of(game.scenario, event.occurrence, event.values)
            lines += [indented(text, "  ")] if text else []
            for key in scene.documents:
                shown = paper_lines(paper(game.scenario, key, event.values, event.occurrence.day))
                lines += [indented(line, "  ") for line in shown]
        elif isinstance(event, Chose):
            lines += _choice(game, n, event)
    if game.state.ending is not None and last >= len(game.choices):
        lines += ending(game)
    return lines


def _choice(game: Game, n: int, event: Chose) -> list[str]:
    occurrence, choice = event.occurrence, game.choices[n - 1]
    scene = game.scenario.scene_of(occurrence)
    option = next(one for one in scene.option if one.id == event.option)
    seat = game.scenario.draft.seats.get(occurrence.seat)
    lines = [
        "",
        f"{n}. {moment_words(occurrence.local)}. {seat.label if seat else 'Fate'}: {scene.title}",
    ]
    lines.append(indented(f"{option.label} [{occurrence.label} / {option.id}]{_BY[choice.by]}", "  "))
    if choice.reason:
        lines.append(indented(f"Reason: {choice.reason}", "  "))
    if option.outcome:
        lines.append(indented(game.scenario.print(option.outcome, event.after, occurrence.day), "  "))
    if choice.spared:
        lines.append(f"  Luck was spared here: nuclear war in {choice.spared:.1%} of draws.")
    named = historical(game.scenario, occurrence)
    if named is not None and named != option.id:
        label = next(one.label for one in scene.option if one.id == named)
        lines.append(indented(f"In 1962: {label}", "  "))
    return lines


def as_told(game: Game, seat: str, first: int, last: int) -> list[str]:
    """Return what one seat was told of choices `first` to `last`, and nothing more."""
    view = dossier(game, seat)
    lines: list[str] = []
    for n, item in told(game, seat):
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
