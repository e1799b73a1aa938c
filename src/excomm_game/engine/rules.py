"""The rules: `advance` is the one door through which the world changes.

In the terms of game theory a scenario is an extensive-form game: seats are its players, fate its chance player, an
occurrence with options a decision node. Presidents, the modelled adversary and accidents all do the same thing: take
one option of a scene.
"""

from __future__ import annotations

from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import Moves, Value
from excomm_game.engine.draft import Option
from excomm_game.engine.errors import IllegalChoice
from excomm_game.engine.fate import mix, pick, total, uniform
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State, before_opening
from excomm_game.engine.text import printable


class Told(NamedTuple):
    """News reached its readers, who read it with these values."""

    occurrence: Occurrence
    values: tuple[Value, ...]


class Chose(NamedTuple):
    """Somebody took an option: the values before it (what the seat read) and after it (what its outcome prints).

    What changed is the difference of the two.
    """

    occurrence: Occurrence
    option: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


class Ended(NamedTuple):
    """The game is over."""

    ending: str


Event = Told | Chose | Ended


class Step(NamedTuple):
    """What a choice made: the new state, and what happened, in order."""

    state: State
    events: tuple[Event, ...]


class Choice(NamedTuple):
    """An option taken at an occurrence; who took it and why is the record's to keep."""

    scene: str
    option: str


class Offer(NamedTuple):
    """An option as a seat finds it: open, or closed with a reason, which may be empty (then it is not shown)."""

    option: Option
    is_open: bool
    barred: str


class Draw(NamedTuple):
    """What chance takes: the option's place, and the probability of nuclear war that was spared in drawing it."""

    option: int
    spared: float


def opening(scenario: Scenario, school: str, people: tuple[str, ...] = ()) -> Step:
    """Begin a game: tell what comes before the first choice."""
    return _move_on(scenario, before_opening(scenario, school, people), [])


def pending(scenario: Scenario, state: State) -> Occurrence | None:
    """Return the occurrence that awaits a choice, or None when the game is over."""
    return scenario.agenda[state.position] if state.ending is None else None


def options(scenario: Scenario, state: State) -> tuple[Offer, ...]:
    """Return every option of the awaited scene; none when the game is over."""
    occurrence = pending(scenario, state)
    if occurrence is None:
        return ()
    v, day = state.values, occurrence.day
    offers = []
    for option, opens in zip(scenario.scene_of(occurrence).option, scenario.moves(occurrence.scene).opens, strict=True):
        is_open = opens(v, day)
        offers.append(Offer(option, is_open, "" if is_open else scenario.print(option.barred, v, day)))
    return tuple(offers)


def odds(scenario: Scenario, state: State) -> tuple[tuple[str, float], ...]:
    """Return the open options and the probability with which a simulated seat takes each. They sum to one."""
    occurrence = pending(scenario, state)
    if occurrence is None:
        return ()
    moves = scenario.moves(occurrence.scene)
    weights = moves.weights(state.values, occurrence.day)
    summed = total(weights)
    chances = (
        [weight / summed for weight in weights] if summed > 0 else [float(k == moves.free) for k in range(len(weights))]
    )
    return tuple(
        (option.id, chance)
        for option, opens, chance in zip(scenario.scene_of(occurrence).option, moves.opens, chances, strict=True)
        if opens(state.values, occurrence.day)
    )


def draw(scenario: Scenario, state: State, seed: int, *, spare: bool = False) -> Draw:
    """Draw the awaited choice by its weights, keyed by seed and occurrence.

    With `spare`, options that would end the world in nuclear war are left out where any other has weight, and their
    share is told.
    """
    occurrence = scenario.agenda[state.position]
    moves = scenario.moves(occurrence.scene)
    weights = moves.weights(state.values, occurrence.day)
    u = uniform(mix(seed), occurrence.key)
    if spare:
        rest = tuple(0 if w > 0 and _is_war(scenario, state, moves, k) else w for k, w in enumerate(weights))
        if rest != weights and total(rest) > 0:
            return Draw(pick(rest, u, moves.free), 1 - total(rest) / total(weights))
    return Draw(pick(weights, u, moves.free), 0.0)


def _is_war(scenario: Scenario, state: State, moves: Moves, k: int) -> bool:
    """Look one option ahead: does it end the game in nuclear war?"""
    ending = moves.do[k](list(state.values), scenario.agenda[state.position].day)
    return ending >= 0 and scenario.trees.endings[ending].nuclear


def advance(scenario: Scenario, state: State, choice: Choice) -> Step:
    """Take an option of the awaited scene. Raises IllegalChoice, changing nothing, when the rules do not allow it."""
    occurrence = pending(scenario, state)
    if occurrence is None:
        raise IllegalChoice("The game is over; there is nothing left to choose.")
    if choice.scene not in (occurrence.label, occurrence.full):
        raise IllegalChoice(
            f"The scene '{printable(choice.scene)}' does not await a choice; '{occurrence.label}' does."
        )
    k = scenario.option(occurrence, choice.option)
    if k is None:
        raise IllegalChoice(f"The scene '{occurrence.label}' has no option '{printable(choice.option)}'.")
    moves = scenario.moves(occurrence.scene)
    if not moves.opens[k](state.values, occurrence.day):
        raise IllegalChoice(f"The option '{choice.option}' of '{occurrence.label}' is not open here.")
    v: list[Value] = list(state.values)
    ending = moves.do[k](v, occurrence.day)
    after = tuple(v)
    events: list[Event] = [Chose(occurrence, choice.option, state.values, after)]
    moved = State(after, state.position + 1, None, state.people, state.school)
    if ending >= 0:
        return _end(scenario, moved, ending, events)
    return _move_on(scenario, moved, events)


def _move_on(scenario: Scenario, state: State, events: list[Event]) -> Step:
    """Go on to the next occurrence that arises and awaits a choice, telling the news on the way."""
    v = state.values
    for occurrence, moves in scenario.from_position(state.position):
        if moves.when(v, occurrence.day):
            if moves.opens:
                return Step(State(v, occurrence.position, None, state.people, state.school), tuple(events))
            events.append(Told(occurrence, v))
    return _end(scenario, state._replace(position=len(scenario.agenda)), close(scenario, v), events)


def _end(scenario: Scenario, state: State, ending: int, events: list[Event]) -> Step:
    name = scenario.endings[ending].id
    return Step(state._replace(ending=name), (*events, Ended(name)))


def close(scenario: Scenario, values: tuple[Value, ...]) -> int:
    """Return the place of the ending at the close: the first conditional one that holds, else the bare one."""
    day, bare = last_day(scenario), -1
    for place, trees in enumerate(scenario.trees.endings):
        if not trees.at_close:
            continue
        if trees.when is None:
            bare = place
        elif scenario.function(trees.when)(values, day):
            return place
    return bare


def last_day(scenario: Scenario) -> int:
    """Return the day of `ends`, counted from 1."""
    return (scenario.head.ends.date() - scenario.head.begins.date()).days + 1
