"""Doubts about texts that are longer than a reader at the table has patience for; the budgets are ours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from excomm_game.authoring.bounds import Known, given
from excomm_game.authoring.possible import Possible
from excomm_game.engine.check.ledger import Ledger, Spot
from excomm_game.engine.draft import Passage, Scene
from excomm_game.engine.node import Node
from excomm_game.engine.scenario import Scenario

SCENE_WORDS = 220  # the text of a scene with the most of its passages that can stand together
OUTCOME_WORDS = 90
COUNSEL_WORDS = 110
LABEL_WORDS = 8
MOST_WEIGHED = 250_000  # sets of a scene's passages, and beginnings of sets: some seconds' work


@lru_cache(maxsize=4096)
def words(text: str) -> int:
    """Return how many words a text has; a mark that stands alone is none, a printed value is one."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def texts(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt every text over its budget."""
    for place, scene in enumerate(scenario.scenes):
        spot = ledger.spot("scene", place, scene.id)
        whole, at_least = words(scene.text), ""
        if whole + sum(words(passage.text) for passage in scene.passage) > SCENE_WORDS:
            most, is_all = longest(scene.passage, scenario.trees.scenes[place].passages, can.within[place])
            whole, at_least = whole + most, "" if is_all else "at least "
        _over(spot.at("text"), whole, SCENE_WORDS, "with its passages " if scene.passage else "", at_least)
        _inside(spot, scene)


def _inside(spot: Spot, scene: Scene) -> None:
    for counsel in scene.counsel:
        _over(spot.at(f"counsel {counsel.by}", "says"), words(counsel.says), COUNSEL_WORDS)
    for option in scene.option:
        inner = spot.at(f"option {option.id}")
        _over(inner.at("label"), words(option.label), LABEL_WORDS)
        _over(inner.at("outcome"), words(option.outcome), OUTCOME_WORDS)


def _over(spot: Spot, count: int, budget: int, of_what: str = "", at_least: str = "") -> None:
    if count > budget:
        long = f"{of_what}is {at_least}{count} words long"
        spot.doubt(f"{long}; the budget is {budget}. Cut as many as are over, or part it.")


def longest(passages: Sequence[Passage], trees: Sequence[Node | None], worlds: Sequence[Known]) -> tuple[int, bool]:
    """Return the words of the longest set of passages that can stand together, and whether every set was weighed.

    They stand together as far as bounds tell. Where there are too many sets, it is the longest that was found.
    """
    weighed = sorted(
        ((words(passage.text), tree) for passage, tree in zip(passages, trees, strict=True)),
        key=lambda one: -one[0],
    )
    left_over = [sum(count for count, _ in weighed[n:]) for n in range(len(weighed) + 1)]
    best = 0
    to_weigh = [(0, 0, known) for known in reversed(worlds)]
    for _ in range(MOST_WEIGHED):
        if not to_weigh:
            break
        n, so_far, known = to_weigh.pop()
        best = max(best, so_far)
        if so_far + left_over[n] <= best:
            continue
        count, tree = weighed[n]
        to_weigh.append((n + 1, so_far, known))
        standing = given(tree, known)
        if standing is not None:
            to_weigh.append((n + 1, so_far + count, standing))
    return best, not to_weigh
