"""Checks of scenes: the calendar, who reads what, options and history, courses through them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from excomm_game.engine import agenda
from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.check.ledger import Ledger, Spot
from excomm_game.engine.check.told import is_zone, passages
from excomm_game.engine.compiled import OptionTrees
from excomm_game.engine.draft import Head, Option, Scene
from excomm_game.engine.node import Node
from excomm_game.engine.scenario import FATE, SceneTrees
from excomm_game.engine.text import printable

RESERVED_COURSES = ("history", "weights", "random")


def calendar(ledger: Ledger) -> bool:
    """Check the calendar and every scene's hour; say whether the agenda can be laid."""
    head = ledger.draft.head
    if head is None:
        return False
    spot = Spot(ledger, ledger.draft.places.get(("scenario", "scenario"), ledger.root), ("scenario",))
    if not is_zone(spot.at("clock"), head.clock):
        return False
    if head.begins >= head.ends:
        spot.at("ends").fault("must come after begins")
        return False
    sound = [_moments(ledger, place, head) for place in range(len(ledger.draft.scenes))]
    return all(sound)


def is_past_limit(ledger: Ledger) -> bool:
    """Say whether the agenda, whose calendar is sound, is longer than any may be, which is a fault."""
    head = ledger.draft.head
    occurrences = sum(agenda.count(scene, head) for scene in ledger.draft.scenes) if head else 0
    if occurrences > agenda.MAX_OCCURRENCES:
        ledger.whole("agenda").fault(f"has {occurrences} occurrences; the limit is {agenda.MAX_OCCURRENCES}")
    return occurrences > agenda.MAX_OCCURRENCES


def _moments(ledger: Ledger, place: int, head: Head) -> bool:
    scene, spot = ledger.draft.scenes[place], _spot(ledger, place)
    if isinstance(scene.at, datetime) and (scene.first or scene.last):
        spot.at("from").fault("goes with a time of day only; this scene has a date of its own")
        return False
    first, last = agenda.days_of(scene, head)
    if not isinstance(scene.at, datetime) and first > last:
        spot.at("to").fault("comes before from")
        return False
    if not isinstance(scene.at, datetime):
        ends = datetime.combine(first, scene.at), datetime.combine(last, scene.at)
    else:
        ends = scene.at, scene.at
    if head.begins <= ends[0] and ends[1] <= head.ends:
        return True
    stands = f"{ends[0]}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    spot.at("at").fault(f"{stands} lies outside the calendar, {head.begins} to {head.ends}")
    return False


def scenes(ledger: Ledger) -> tuple[SceneTrees, ...]:
    """Check every scene and return its trees."""
    ledger.unique("scene", [scene.id for scene in ledger.draft.scenes])
    return tuple(_scene(ledger, place) for place in range(len(ledger.draft.scenes)))


def _spot(ledger: Ledger, place: int) -> Spot:
    return ledger.spot("scene", place, ledger.draft.scenes[place].id)


def _scene(ledger: Ledger, place: int) -> SceneTrees:
    scene, spot, draft = ledger.draft.scenes[place], _spot(ledger, place), ledger.draft
    spot.at("seat").refers("seat", scene.seat, (*ledger.seats, FATE))
    for seat in scene.told or ():
        spot.at("told").refers("seat", seat, ledger.seats)
    spot.sources(scene.sources)
    told = set(scene.told if scene.told is not None else (scene.seat,)) & set(ledger.seats)
    chooser = {scene.seat} & set(ledger.seats)
    readers = chooser if scene.option else told
    for document in scene.documents:
        spot.at("documents").refers("document", document, draft.documents)
        ledger.readers.setdefault(document, set()).update(readers)
    spot.at("text").text(scene.text, readers)
    trees = passages(spot, scene.passage, readers)
    for n, tree in enumerate(trees, start=1):
        _hidden(spot.at(f"passage no. {n}", "when"), scene, tree, readers)
    counsel = tuple(_counsel(spot, scene, n, chooser) for n in range(len(scene.counsel)))
    options = tuple(_option(spot, scene, option, told | chooser) for option in scene.option)
    if scene.option:
        _options(spot, scene, draft.head)
    elif scene.counsel or scene.history is not None:
        spot.fault("is news: without options it has neither counsel nor history")
    elif not readers and draft.broken.get("seat") is None:
        spot.doubt("is news that nobody is told")
    return SceneTrees(spot.condition(scene.when), options, trees, counsel)


def _options(spot: Spot, scene: Scene, head: Head | None) -> None:
    ids = [option.id for option in scene.option]
    for one in sorted(one for one, times in Counter(ids).items() if times > 1):
        spot.at(f"option {one}").fault("stands twice: ids are unique")
    if all(option.when is not None for option in scene.option):
        spot.fault("has no option without `when`, so some state could be a dead end")
    history = scene.history
    for option in (history,) if isinstance(history, str) else tuple(option for _, option in history or ()):
        spot.at("history").refers("option", option, ids)
    if isinstance(history, tuple) and head is not None:
        days = {moment.date() for moment in agenda.moments(scene, head)}
        for day, _ in history:
            if day not in days:
                spot.at("history").fault(f"names {day}, when this scene does not stand")


def _hidden(spot: Spot, scene: Scene, tree: Node | None, readers: set[str]) -> None:
    """Doubt a condition that a person's page depends on and the person cannot see."""
    if tree is None or scene.seat == FATE:
        return
    for name in tree.names:
        if any(not spot.ledger.sees(seat, name) for seat in readers):
            spot.doubt(f"reads '{name}', which the seat may not see")


def _counsel(scene_spot: Spot, scene: Scene, n: int, chooser: set[str]) -> Node | None:
    counsel, draft = scene.counsel[n], scene_spot.ledger.draft
    spot = scene_spot.at(f"counsel {counsel.by}")
    spot.at("by").refers("person", counsel.by, draft.persons)
    spot.at("backs").refers("option", counsel.backs, [option.id for option in scene.option])
    spot.at("leans").refers("course", counsel.leans, [course.id for course in draft.courses])
    spot.at("says").text(counsel.says, chooser)
    tree = spot.condition(counsel.when)
    _hidden(spot.at("when"), scene, tree, chooser)
    return tree


def _option(scene_spot: Spot, scene: Scene, option: Option, readers: set[str]) -> OptionTrees:
    spot = scene_spot.at(f"option {option.id}")
    chooser = {scene.seat} & set(spot.ledger.seats)
    spot.at("text").text(option.text, chooser)
    spot.at("barred").text(option.barred, chooser)
    spot.at("outcome").text(option.outcome, readers)
    if option.barred and option.when is None:
        spot.at("barred").doubt("is never read: the option has no `when`")
    when = spot.condition(option.when)
    _hidden(spot.at("when"), scene, when, chooser)
    made = [spot.at("effects").effect(source) for source in option.effects]
    ends = None
    if spot.at("ends").refers("ending", option.ends, spot.ledger.endings) and option.ends is not None:
        spot.ledger.ended_by.add(option.ends)
        ends = spot.ledger.endings[option.ends]
    weight = spot.at("weight").number(option.weight)
    return OptionTrees(when, weight, tuple(effect for effect in made if effect is not None), ends)


def courses(ledger: Ledger, laid: tuple[Occurrence, ...]) -> None:
    """Check that every course names scenes or occurrences, and options they have."""
    ledger.unique("course", [course.id for course in ledger.draft.courses])
    stand = {scene.id: scene for scene in ledger.draft.scenes}
    stand |= {name: ledger.draft.scenes[one.scene] for one in laid for name in (one.full, one.label)}
    for place, course in enumerate(ledger.draft.courses):
        spot = ledger.spot("course", place, course.id)
        if course.id in RESERVED_COURSES:
            spot.fault("takes the name of a policy that every scenario has")
        for named, option in course.choose:
            if named in stand:
                spot.at("choose", named).refers("option", option, [one.id for one in stand[named].option])
            elif (laid or "@" not in named) and named.split("@")[0] not in ledger.draft.broken.get("scene", ()):
                spot.at("choose").fault(f"names '{printable(named)}', which is no scene or occurrence")
