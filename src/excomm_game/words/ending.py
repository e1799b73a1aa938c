"""The end of a game in words: the ending, what luck spared, the judges, belief beside truth, what came after."""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.engine.account import Account, account
from excomm_game.engine.game import Game
from excomm_game.engine.hour import by_scenario
from excomm_game.engine.outcome import grades, peak
from excomm_game.engine.reader import Paper, paper
from excomm_game.engine.rules import Chose, last_day
from excomm_game.words.phrases import date_words, moment_words, road_words

_KINDS = {
    "settlement": "a settlement",
    "retreat": "a retreat",
    "unresolved": "nothing settled",
    "war": "war",
    "nuclear": "nuclear war",
}


class Closing(NamedTuple):
    """The ending itself: the hour in words, its title, its kind in words, a few sentences."""

    moment: str
    title: str
    kind: str
    text: str


class Entry(NamedTuple):
    """One thing told in the aftermath, and what is noted under it."""

    text: str
    notes: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()


class Section(NamedTuple):
    """A part of the aftermath under its heading."""

    heading: str
    entries: tuple[Entry, ...]


def closing(game: Game) -> Closing:
    """Return the ending of a finished game."""
    scenario, state = game.scenario, game.state
    one = next(e for e in scenario.endings if e.id == state.ending)
    last = _last(game)
    day = last.told.occurrence.day if last is not None else last_day(scenario)
    hour = last.told.hour if last is not None else by_scenario(scenario, scenario.head.ends)
    assert game.kind is not None
    return Closing(moment_words(hour), one.title, _KINDS[game.kind], scenario.print(one.text, state.values, day))


class _Last(NamedTuple):
    """The choice that ended a game, and the road to war that it lies on."""

    told: Account
    road: str


def _last(game: Game) -> _Last | None:
    """Return the choice that ended a game; None where it is not over, and where the calendar ran out."""
    scenario = game.scenario
    one = next((ending for ending in scenario.endings if ending.id == game.state.ending), None)
    if one is None or not game.choices:
        return None
    told = account(game, len(game.choices))
    place = scenario.option(told.occurrence, told.option)
    assert place is not None
    is_named = scenario.scene_of(told.occurrence).option[place].ends == one.id
    return _Last(told, scenario.pathway(told.occurrence, place)) if is_named or not one.at_close else None


def last_step(game: Game) -> tuple[Section, ...]:
    """Tell what ended a game, also where nobody who sat in it was told; nothing where the calendar ran out."""
    last = _last(game)
    if last is None:
        return ()
    told = last.told
    lines = [f"{moment_words(told.hour)}. {told.seat or 'Chance'}, {told.title}: {told.label}", told.outcome]
    if game.kind == "nuclear":
        lines.append(f"The road to nuclear war: {road_words(last.road)}")
    return (Section("The last step", tuple(Entry(line) for line in lines if line)),)


def kind_words(kind: str) -> str:
    """Return an ending's kind in words."""
    return _KINDS[kind]


def aftermath(game: Game) -> list[Section]:
    """Return what the chair could not know while it played; a section with nothing to tell is left out."""
    sections = [
        *last_step(game),
        *spared_by_luck(game),
        Section("How high it went", (*_peak(game), *_taken_back(game))),
        Section("How it was judged", _judges(game)),
        *belief_and_truth(game),
        *what_came_after(game),
    ]
    return [section for section in sections if section.entries]


def spared_by_luck(game: Game) -> tuple[Section, ...]:
    """Tell where chance was not let end a game, and how often it would have; nothing where it never came to that."""
    at = {event.occurrence.label: event.occurrence for _, event in game.events() if isinstance(event, Chose)}
    entries = []
    for choice in game.choices:
        if choice.spared:
            p, occurrence = choice.spared, at[choice.scene]
            title = game.scenario.scene_of(occurrence).title
            when = moment_words(by_scenario(game.scenario, occurrence.local))
            worlds = f"{p * 100:.0f} worlds of 100" if p >= 0.01 else f"{p * 10_000:.0f} worlds of 10,000"
            entries.append(Entry(f"{when}: {title}. Here you would have died in {worlds}."))
    return (Section("Where luck spared you", tuple(entries)),) if entries else ()


def peak_words(game: Game) -> str:
    """Say which rung was the highest and on which day it was first reached; nothing where there was none."""
    highest = peak(game)
    if highest is None:
        return ""
    step, occurrence = highest
    return f"The highest rung of the ladder was {step.number}, {step.label}, on {date_words(occurrence.local)}."


def _peak(game: Game) -> tuple[Entry, ...]:
    said = peak_words(game)
    return (Entry(said),) if said else ()


def _taken_back(game: Game) -> tuple[Entry, ...]:
    count = game.takebacks()
    return (Entry(f"You took back {count} choice{'' if count == 1 else 's'}."),) if count else ()


def _judges(game: Game) -> tuple[Entry, ...]:
    """Tell the grades alone: who gave them, why, and what each judge could not see is the debrief's to uncover."""
    given = grades(game.scenario, game.state.values)
    entries = [Entry(f"Judge {n}: {grade.letter}") for n, grade in enumerate(given, start=1)]
    said = "Who they are, and what each of them could not see, the debrief tells."
    return (*entries, Entry(said)) if entries else ()


def belief_and_truth(game: Game) -> tuple[Section, ...]:
    """Set what was believed beside what was so; nothing where the scenario has nothing to reveal."""
    values, day = game.state.values, last_day(game.scenario)
    entries = tuple(
        Entry(
            one.question,
            tuple(
                f"{label}: {game.scenario.print(text, values, day)}"
                for label, text in (("Believed", one.believed), ("True", one.truth))
                if text
            ),
        )
        for one in game.scenario.draft.revelations
    )
    return (Section("What was believed, and what was so", entries),) if entries else ()


def what_came_after(game: Game) -> tuple[Section, ...]:
    """Tell the years after in their order; within one, as the author has it. Nothing where there are none."""
    scenario, values, day = game.scenario, game.state.values, last_day(game.scenario)
    told = [
        epilogue
        for epilogue, tree in zip(scenario.draft.epilogues, scenario.trees.epilogues, strict=True)
        if scenario.function(tree)(values, day)
    ]
    entries = tuple(
        Entry(
            f"{epilogue.year}. {scenario.print(epilogue.text, values, day)}",
            papers=tuple(paper(scenario, key, values, day) for key in epilogue.documents),
        )
        for epilogue in sorted(told, key=lambda one: one.year)
    )
    return (Section("What came after", entries),) if entries else ()
