"""What a report of coverage calls each part of a scenario, in the order of files."""

from __future__ import annotations

from excomm_game.engine.scenario import Scenario

KINDS = ("options", "passages", "documents", "endings", "counsel", "criteria", "epilogues")
Hits = dict[str, dict[str, int]]
"""How often each thing was reached, by kind and by its name in the order of files."""


def no_hits(scenario: Scenario) -> Hits:
    """Return every name there is to reach, unreached: of counsel, criteria and epilogues those with a condition."""
    names = Names(scenario)
    draft, trees = scenario.draft, scenario.trees
    hits: Hits = {kind: {} for kind in KINDS}
    for place, scene in enumerate(scenario.scenes):
        hits["options"] |= dict.fromkeys((names.option(place, k) for k in range(len(scene.option))), 0)
        hits["passages"] |= dict.fromkeys((names.passage(place, n) for n in range(len(scene.passage))), 0)
        hits["counsel"] |= {names.counsel(place, n): 0 for n, one in enumerate(trees.scenes[place].counsel) if one}
    for key, document in draft.documents.items():
        hits["documents"][key] = 0
        hits["passages"] |= dict.fromkeys((names.paper_passage(key, n) for n in range(len(document.passage))), 0)
    hits["endings"] |= {ending.id: 0 for ending in scenario.endings}
    for place, criteria in enumerate(trees.criteria):
        hits["criteria"] |= {names.criterion(place, n): 0 for n, (when, _) in enumerate(criteria) if when}
    hits["epilogues"] |= {names.epilogue(place): 0 for place, when in enumerate(trees.epilogues) if when}
    return hits


class Names:
    """What a report calls each part of a scenario, by its place."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._scenes = {scene.id for scene in scenario.scenes}

    def option(self, scene: int, k: int) -> str:
        """Return `scene/option`."""
        found = self._scenario.scenes[scene]
        return f"{found.id}/{found.option[k].id}"

    def passage(self, scene: int, n: int) -> str:
        """Return `scene/passage N`, counted from 1."""
        return f"{self._scenario.scenes[scene].id}/passage {n + 1}"

    def counsel(self, scene: int, n: int) -> str:
        """Return `scene/counsel N by person`."""
        found = self._scenario.scenes[scene]
        return f"{found.id}/counsel {n + 1} by {found.counsel[n].by}"

    def paper_passage(self, document: str, n: int) -> str:
        """Return `document/passage N`; a document that shares a scene's id says what it is."""
        return f"{'document ' if document in self._scenes else ''}{document}/passage {n + 1}"

    def criterion(self, judge: int, n: int) -> str:
        """Return `judge/criterion N`."""
        return f"{self._scenario.draft.judges[judge].id}/criterion {n + 1}"

    def epilogue(self, place: int) -> str:
        """Return `epilogue N`, with its year."""
        return f"epilogue {place + 1} of {self._scenario.draft.epilogues[place].year}"
