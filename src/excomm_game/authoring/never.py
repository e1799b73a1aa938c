"""Doubts about what can never be: conditions that no course of events lets hold, and endings that none comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from excomm_game.authoring.bounds import Known, May, Span, given, joined
from excomm_game.authoring.possible import Possible, start_of
from excomm_game.engine.check.ledger import Ledger, Spot
from excomm_game.engine.node import Node
from excomm_game.engine.scenario import Scenario

REMEDY = "Mend the condition, or let something before it bring about what it asks for."
MOST_WORDS = 6  # of a fact, that a message lists


def conditions(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt every `when` that can never hold; of a scene that never stands nothing further."""
    for place, scene in enumerate(scenario.scenes):
        trees, spot = scenario.trees.scenes[place], ledger.spot("scene", place, scene.id)
        within = can.within[place]
        if not within:
            _never(spot, trees.when, can.before[place], scenario)
            continue
        for option, option_trees in zip(scene.option, trees.options, strict=True):
            _doubt(spot.at(f"option {option.id}"), option_trees.when, within, scenario)
        for n, tree in enumerate(trees.passages, start=1):
            _doubt(spot.at(f"passage no. {n}"), tree, within, scenario)
        for n, (counsel, tree) in enumerate(zip(scene.counsel, trees.counsel, strict=True), start=1):
            _doubt(spot.at(f"counsel no. {n} by {counsel.by}"), tree, within, scenario)


def endings(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt every ending that cannot come; one that no option names and that has no condition is doubted already."""
    named = {option.ends for trees in scenario.trees.scenes for option in trees.options}
    for place, (ending, trees) in enumerate(zip(scenario.endings, scenario.trees.endings, strict=True)):
        if place in can.endings or (trees.when is None and not trees.at_close and place not in named):
            continue
        ledger.spot("ending", place, ending.id).doubt(
            "can never come: no option that names it can be taken, and its own condition cannot hold when it is looked "
            "at. Mend what leads to it, or take it out."
        )


def afterwards(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt the conditions of what is told when a game is over: judges' criteria and epilogues."""
    over = [can.over] if can.over is not None else []
    for place, (judge, criteria) in enumerate(zip(scenario.draft.judges, scenario.trees.criteria, strict=True)):
        blind = {name: start_of(scenario, name) for name in judge.blind_to}
        for n, (tree, _) in enumerate(criteria, start=1):
            spot = ledger.spot("judge", place, judge.id).at(f"criterion no. {n}")
            _doubt(spot, tree, [{**known, **blind} for known in over], scenario)
    for place, (epilogue, tree) in enumerate(zip(scenario.draft.epilogues, scenario.trees.epilogues, strict=True)):
        _doubt(ledger.spot("epilogue", place, str(epilogue.year)), tree, over, scenario)


def papers(scenario: Scenario, can: Possible, ledger: Ledger) -> None:
    """Doubt the conditions of documents' passages, at every hour and place where they are told."""
    told: dict[str, list[Known]] = {}
    for place, scene in enumerate(scenario.scenes):
        for key in scene.documents:
            told.setdefault(key, []).extend(can.within[place])
    for epilogue in scenario.draft.epilogues:
        for key in epilogue.documents:
            told.setdefault(key, []).extend([can.over] if can.over is not None else [])
    for key, trees in scenario.trees.documents.items():
        for n, tree in enumerate(trees, start=1):
            _doubt(ledger.spot("document", key).at(f"passage no. {n}"), tree, told.get(key, []), scenario)


def _doubt(spot: Spot, tree: Node | None, worlds: Sequence[Known], scenario: Scenario) -> None:
    if tree is not None and worlds and all(given(tree, known) is None for known in worlds):
        _never(spot, tree, worlds, scenario)


def _never(spot: Spot, tree: Node | None, worlds: Sequence[Known], scenario: Scenario) -> None:
    known = joined(worlds)
    if tree is None or known is None:
        spot.doubt("can never stand: every game is over by then. Let some way lead past the endings before it.")
        return
    names = [name for name in tree.names if name == "day" or scenario.scope[name].slot < scenario.width]
    here = ", ".join(f"{name} is {_in_words(known[name])}" for name in names)
    spot.at("when").doubt(f"can never hold{f': when it is asked {here}' if here else ''}. {REMEDY}")


def _in_words(may: May) -> str:
    if isinstance(may, Span):
        return f"{may.low:g}" if may.low == may.high else f"{may.low:g} to {may.high:g}"
    words = sorted(_quoted(may))
    return " or ".join(words) if len(words) <= MOST_WORDS else f"one of {len(words)} words"


def _quoted(may: Iterable[bool | str]) -> list[str]:
    return [str(one) if isinstance(one, bool) else f"'{one}'" for one in may]
