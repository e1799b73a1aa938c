"""What can be the case when each scene stands: bounds carried along the agenda, from the opening to the close.

The agenda never turns back, so one walk is enough: at every occurrence whatever may follow from what may have been.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from excomm_game.authoring.bounds import EITHER, Known, May, Span, given, joined, written
from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import OptionTrees, looked_at
from excomm_game.engine.rules import last_day
from excomm_game.engine.scenario import Scenario


@dataclass
class Possible:
    """What may be, by any school, whoever chooses.

    `before[scene]` is what may be when a scene's hours strike, an entry an occurrence that a game can come to;
    `within[scene]` where its own condition holds too. `endings` are those that can come, `over` is what may be when a
    game is over and told of, on the calendar's last day; None where none ever is.
    """

    before: list[list[Known]]
    within: list[list[Known]]
    endings: set[int] = field(default_factory=set)
    over: Known | None = None


def possible(scenario: Scenario) -> Possible:
    """Walk the agenda once."""
    found = Possible([[] for _ in scenario.scenes], [[] for _ in scenario.scenes])
    standing: Known | None = opening(scenario)
    ended: list[Known | None] = []
    for occurrence in scenario.agenda:
        if standing is None:
            break
        standing = _met(scenario, occurrence, standing, found, ended)
    if standing is not None:
        _close(scenario, standing, found, ended)
    over = joined(ended)
    found.over = over and {**over, "day": Span(last_day(scenario), last_day(scenario))}
    return found


def opening(scenario: Scenario) -> Known:
    """Return what is known at the opening: everything but the school."""
    known: dict[str, May] = {"day": Span(1, 1)}
    for name, symbol in scenario.scope.items():
        if name == "day":
            continue
        if symbol.slot >= scenario.width:
            known[name] = Span(symbol.low, symbol.high)
        elif symbol.kind == "number":
            start = scenario.opening[symbol.slot]
            known[name] = Span(start, start)
        else:
            known[name] = start_of(scenario, name)
    return known


def start_of(scenario: Scenario, name: str) -> May:
    """Return a track's or fact's start as all it may be."""
    symbol = scenario.scope[name]
    start = scenario.opening[symbol.slot]
    match symbol.kind:
        case "number":
            return Span(start, start)
        case "truth":
            return EITHER & {bool(start)}
        case _:
            return frozenset({symbol.words[int(start)]})


def _met(
    scenario: Scenario, occurrence: Occurrence, standing: Known, found: Possible, ended: list[Known | None]
) -> Known | None:  # fmt: skip
    """Return what may be after an occurrence."""
    trees = scenario.trees.scenes[occurrence.scene]
    before = {**standing, "day": Span(occurrence.day, occurrence.day)}
    found.before[occurrence.scene].append(before)
    within = given(trees.when, before)
    if within is None:
        return before
    found.within[occurrence.scene].append(within)
    if not trees.options:
        return before
    goes_on = [given(trees.when, before, holds=False)]
    for option in trees.options:
        is_open = given(option.when, within)
        if is_open is not None:
            goes_on.append(_taken(scenario, option, written(option.effects, is_open), found, ended))
    return joined(goes_on)


def _taken(
    scenario: Scenario, option: OptionTrees, after: Known, found: Possible, ended: list[Known | None]
) -> Known | None:
    """Return what may be after an option where no ending comes of it."""
    if option.ends is not None:
        found.endings.add(option.ends)
        ended.append(after)
        return None
    left: Known | None = after
    for place, when in looked_at(option, scenario.trees.endings):
        if left is None:
            break
        over = given(when, left)
        if over is not None:
            found.endings.add(place)
            ended.append(over)
        left = given(when, left, holds=False)
    return left


def _close(scenario: Scenario, standing: Known, found: Possible, ended: list[Known | None]) -> None:
    """End what still goes on: by the conditional endings in their order, then by the bare one."""
    left: Known | None = {**standing, "day": Span(last_day(scenario), last_day(scenario))}
    places = [place for place, ending in enumerate(scenario.trees.endings) if ending.at_close]
    for place in sorted(places, key=lambda place: scenario.trees.endings[place].when is None):
        when = scenario.trees.endings[place].when
        over = None if left is None else given(when, left)
        if left is not None and over is not None:
            found.endings.add(place)
            ended.append(over)
            left = given(when, left, holds=False)
