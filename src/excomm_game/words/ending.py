"""The end of a game in lines: the ending, what luck spared, the judges, belief beside truth, what came after."""

from __future__ import annotations

from excomm_game.engine.game import Game
from excomm_game.engine.outcome import grades, peak
from excomm_game.engine.reader import paper
from excomm_game.engine.rules import Chose, last_day
from excomm_game.plain.words import date_words, indented, moment_words, paper_lines

_KINDS = {
    "settlement": "a settlement",
    "retreat": "a retreat",
    "unresolved": "nothing settled",
    "war": "war",
    "nuclear": "nuclear war",
}


def ending(game: Game) -> list[str]:
    """Return the ending itself: date and hour, title, and its few sentences."""
    scenario, state = game.scenario, game.state
    one = next(e for e in scenario.endings if e.id == state.ending)
    day = last_day(scenario)
    lines = ["", "THE END"]
    last = next((event.occurrence for _, event in reversed(game.events()) if isinstance(event, Chose)), None)
    if last is not None and not one.at_close:
        lines.append(f"{moment_words(last.local)}.")
        day = last.day
    elif one.at_close:
        lines.append(f"{moment_words(scenario.head.ends)}.")
    assert game.kind is not None
    return [*lines, f"{one.title} ({_KINDS[game.kind]})", "", scenario.print(one.text, state.values, day)]


def aftermath(game: Game) -> list[str]:
    """Return what the chair could not know while it played."""
    return [*_spared(game), *_peak(game), *_taken_back(game), *_judges(game), *_truth(game), *_after(game)]


def _spared(game: Game) -> list[str]:
    spared = [(choice, choice.spared) for choice in game.choices if choice.spared]
    if not spared:
        return []
    lines = ["", "WHERE LUCK SPARED YOU"]
    at = {event.occurrence.label: event.occurrence for _, event in game.events() if isinstance(event, Chose)}
    for choice, p in spared:
        occurrence = at[choice.scene]
        title = game.scenario.scene_of(occurrence).title
        worlds = f"{p * 100:.0f} worlds of 100" if p >= 0.01 else f"{p * 10_000:.0f} worlds of 10,000"
        lines.append(
            indented(f"{moment_words(occurrence.local)}: {title}. Here you would have died in {worlds}.", "  ")
        )
    return lines


def _peak(game: Game) -> list[str]:
    highest = peak(game)
    if highest is None:
        return []
    step, occurrence = highest
    said = f"The highest rung of the ladder was {step.number}, {step.label}, on {date_words(occurrence.local)}."
    return ["", said]


def _taken_back(game: Game) -> list[str]:
    count = game.takebacks()
    return [f"You took back {count} choice{'' if count == 1 else 's'}."] if count else []


def _judges(game: Game) -> list[str]:
    lines: list[str] = []
    for grade in grades(game.scenario, game.state.values):
        blind = [_label(game, name) for name in grade.judge.blind_to]
        masked = f" It could not see: {', '.join(blind)}." if blind else ""
        lines.append(indented(f"{grade.judge.label}: {grade.letter} ({grade.points:g} points).{masked}", "  "))
        lines += [indented(f"{points:+g}  {says}", "    ") for points, says in grade.says]
    return ["", "HOW IT WAS JUDGED", *lines] if lines else []


def _label(game: Game, name: str) -> str:
    draft = game.scenario.draft
    return draft.tracks[name].label if name in draft.tracks else draft.facts[name].label


def _truth(game: Game) -> list[str]:
    lines: list[str] = []
    values, day = game.state.values, last_day(game.scenario)
    for one in game.scenario.draft.revelations:
        lines.append(indented(one.question, "  "))
        for label, text in (("Believed", one.believed), ("True", one.truth)):
            if text:
                lines.append(indented(f"{label}: {game.scenario.print(text, values, day)}", "    "))
    return ["", "WHAT WAS BELIEVED, AND WHAT WAS SO", *lines] if lines else []


def _after(game: Game) -> list[str]:
    scenario, values, day = game.scenario, game.state.values, last_day(game.scenario)
    lines: list[str] = []
    for epilogue, tree in zip(scenario.draft.epilogues, scenario.trees.epilogues, strict=True):
        if scenario.function(tree)(values, day):
            lines.append(indented(f"{epilogue.year}. {scenario.print(epilogue.text, values, day)}", "  "))
            for key in epilogue.documents:
                lines += [indented(line, "    ") for line in paper_lines(paper(scenario, key, values, day))]
    return ["", "WHAT CAME AFTER", *lines] if lines else []
