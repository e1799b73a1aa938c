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


@lru_cache(maxsize=4096)
def words(text: str) -> int:
    """Return how many words a text has; a mark that stands alone is none, a printed value is one."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def texts(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt every text over its budget."""
    for place, scene in enumerate(scenario.scenes):
        spot = ledger.spot("scene", place, scene.id)
        whole = words(scene.text)
        if whole + sum(words(passage.text) for passage in scene.passage) > SCENE_WORDS:
            trees = scenario.trees.scenes[place].passages
            whole += max((_longest(scene.passage, trees, known) for known in can.within[place]), default=0)
        _over(spot.at("text"), whole, SCENE_WORDS, "with its passages" if scene.passage else "")
        _inside(spot, scene)


def _inside(spot: Spot, scene: Scene) -> None:
    for counsel in scene.counsel:
        _over(spot.at(f"counsel {counsel.by}", "says"), words(counsel.says), COUNSEL_WORDS)
    for option in scene.option:
        inner = spot.at(f"option {option.id}")
        _over(inner.at("label"), words(option.label), LABEL_WORDS)
        _over(inner.at("outcome"), words(option.outcome), OUTCOME_WORDS)


def _over(spot: Spot, count: int, budget: int, of_what: str = "") -> None:
    if count > budget:
        shown = f"{of_what} " if of_what else ""
        spot.doubt(f"{shown}is {count} words long; the budget is {budget}. Cut as many as are over, or part it.")


def _longest(passages: Sequence[Passage], trees: Sequence[Node | None], known: Known) -> int:
    """Return the words of the longest set of passages that can stand together, as far as bounds tell."""
    weighed = sorted(
        ((words(passage.text), tree) for passage, tree in zip(passages, trees, strict=True)),
        key=lambda one: -one[0],
    )
    left_over = [sum(count for count, _ in weighed[n:]) for n in range(len(weighed) + 1)]
    best = 0

    def weigh(n: int, so_far: int, left: Known) -> None:
        nonlocal best
        best = max(best, so_far)
        if so_far + left_over[n] <= best:
            return
        count, tree = weighed[n]
        standing = given(tree, left)
        if standing is not None:
            weigh(n + 1, so_far + count, standing)
        weigh(n + 1, so_far, left)

    weigh(0, 0, known)
    return best
