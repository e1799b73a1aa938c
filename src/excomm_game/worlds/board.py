"""A scenario made ready for columns: its scenes compiled, its roads to nuclear war, its endings at the close."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from excomm_game.engine.compiled import OptionTrees, looked_at
from excomm_game.engine.rules import last_day
from excomm_game.engine.scenario import DELIBERATE, Scenario
from excomm_game.worlds.columns import SceneColumns, column, is_sure, scene_columns
from excomm_game.worlds.printing import Column, either
from excomm_game.worlds.terms import Road


class Board:
    """A scenario made ready for columns: its scenes' functions, its roads to war, and the endings at the close."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.keys = [np.array([occurrence.key], np.uint64) for occurrence in scenario.agenda]
        self._scenes: dict[int, SceneColumns] = {}
        self._risky: dict[int, tuple[int, ...]] = {}
        self._rests: dict[int, bool] = {}
        self.is_nuclear = np.array([*(ending.nuclear for ending in scenario.trees.endings), False])
        at_close = (Road(DELIBERATE, place) for place, ending in enumerate(scenario.trees.endings) if ending.at_close)
        travelled = (
            Road(scenario.pathway(occurrence, k), place)
            for occurrence in scenario.agenda
            for k, option in enumerate(scenario.trees.scenes[occurrence.scene].options)
            for place in self._may_end(option)
        )
        roads = dict.fromkeys((*at_close, *travelled))
        self.roads = tuple(road for road in roads if self.is_nuclear[road.ending])
        self._places = {road: place for place, road in enumerate(self.roads)}

    def scene(self, place: int) -> SceneColumns:
        """Return a scene's functions, compiled when first asked for."""
        made = self._scenes.get(place)
        if made is None:
            trees = self.scenario.trees
            scene = trees.scenes[place]
            made = scene_columns(scene.when, scene.options, trees.endings, self.scenario.scope)
            self._scenes[place] = made
        return made

    def road(self, pathway: str, ending: int) -> int:
        """Return the place of a road."""
        return self._places[Road(pathway, ending)]

    def risky(self, place: int) -> tuple[int, ...]:
        """Return the options of a scene that can end the world in nuclear war by what they do themselves."""
        made = self._risky.get(place)
        if made is None:
            options = range(len(self.scenario.trees.scenes[place].options))
            made = self._risky[place] = tuple(k for k in options if self._is_risky(place, k))
        return made

    def has_rest(self, place: int) -> bool:
        """Say whether something that is no risk always has weight in a scene."""
        made = self._rests.get(place)
        if made is None:
            options = self.scenario.trees.scenes[place].options
            safe = (option for k, option in enumerate(options) if k not in self.risky(place))
            made = self._rests[place] = any(map(is_sure, safe))
        return made

    def _is_risky(self, place: int, k: int) -> bool:
        return any(self.is_nuclear[ending] for ending in self._may_end(self.scenario.trees.scenes[place].options[k]))

    def _may_end(self, option: OptionTrees) -> list[int]:
        """Return the places of the endings that an option may bring by what it does itself."""
        if option.ends is not None:
            return [option.ends]
        return [place for place, _ in looked_at(option, self.scenario.trees.endings)]

    @cached_property
    def close(self) -> Callable[[list[Column]], Column]:
        """What tells the ending at the close from the columns."""
        day, bare = last_day(self.scenario), -1
        tests = []
        for place, trees in enumerate(self.scenario.trees.endings):
            if trees.at_close and trees.when is None:
                bare = place
            elif trees.at_close and trees.when is not None:
                tests.append((place, column(trees.when, self.scenario.scope)))

        def ending(values: list[Column]) -> Column:
            found: Column = bare
            for place, test in reversed(tests):
                found = either(test(values, day), place, found)
            return found

        return ending
