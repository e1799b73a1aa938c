"""A scenario that has passed every check: what the rules play, frozen, with its functions compiled on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from excomm_game.engine import compiled
from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import EndingTrees, Moves, OptionTrees, Value, Values
from excomm_game.engine.draft import Document, Draft, Ending, Fact, Head, Scene, Track
from excomm_game.engine.errors import UsageError
from excomm_game.engine.node import Node, Scope, Symbol
from excomm_game.engine.template import pieces

FATE = "fate"
DELIBERATE = "deliberate"
"""The road to war of what lies on no pathway: somebody decided it."""
MANY = 10_000  # from here on a number prints with commas, as prose has it


class SceneTrees(NamedTuple):
    """A scene's checked conditions; `passages` and `counsel` follow the author's order."""

    when: Node | None
    options: tuple[OptionTrees, ...]
    passages: tuple[Node | None, ...]
    counsel: tuple[Node | None, ...]


class Trees(NamedTuple):
    """Every checked expression of a scenario outside its scenes."""

    scenes: tuple[SceneTrees, ...]
    endings: tuple[EndingTrees, ...]
    rungs: tuple[Node | None, ...]
    documents: Mapping[str, tuple[Node | None, ...]]
    criteria: tuple[tuple[tuple[Node | None, Node], ...], ...]
    epilogues: tuple[Node | None, ...]


@dataclass(frozen=True, eq=False)
class Scenario:
    """One crisis, checked and laid on the clock.

    `scope` has every declared name with its slot among the values: tracks and facts sorted by name, which `names`
    lists, fill the first `width` slots, parameters the rest. `sha256` is over the canonical JSON of the document it
    was read from.
    """

    head: Head
    draft: Draft
    scope: Scope
    width: int
    opening: tuple[Value, ...]
    schools: Mapping[str, tuple[Value, ...]]
    agenda: tuple[Occurrence, ...]
    trees: Trees
    sha256: str
    names: tuple[str, ...]
    _moves: dict[int, Moves] = field(default_factory=dict, repr=False)
    _functions: dict[int, Callable[[Values, int], Any]] = field(default_factory=dict, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        """Leave what is compiled behind: another process compiles it anew."""
        return {**self.__dict__, "_moves": {}, "_functions": {}}

    @property
    def scenes(self) -> list[Scene]:
        """The scenes, in the order of files."""
        return self.draft.scenes

    @property
    def endings(self) -> list[Ending]:
        """The endings, in the order of files."""
        return self.draft.endings

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats in the author's order; the first is the default."""
        return tuple(self.draft.seats)

    @cached_property
    def dates(self) -> frozenset[str]:
        """The tracks that keep the day of something: whatever writes them writes the day, or nought."""
        written: dict[str, list[Node]] = {}
        for scene in self.trees.scenes:
            for option in scene.options:
                for effect in option.effects:
                    written.setdefault(effect.symbol.name, []).append(effect.value)
        return frozenset(
            name
            for name, values in written.items()
            if any("day" in one.names for one in values) and all(_is_date(one, name) for one in values)
        )

    def moves(self, scene: int) -> Moves:
        """Return a scene's functions, compiled when first asked for."""
        made = self._moves.get(scene)
        if made is None:
            trees = self.trees.scenes[scene]
            made = self._moves[scene] = compiled.moves(trees.when, trees.options, self.trees.endings, self.scope)
        return made

    def from_position(self, position: int) -> Iterator[tuple[Occurrence, Moves]]:
        """Yield the occurrences from a position on, each with its scene's functions."""
        moves = self._moves
        for occurrence in islice(self.agenda, position, None):
            yield occurrence, moves.get(occurrence.scene) or self.moves(occurrence.scene)

    def function(self, tree: Node | None) -> Callable[[Values, int], Any]:
        """Return the function of one of this scenario's trees, compiled when first asked for."""
        made = self._functions.get(id(tree))
        if made is None:
            made = self._functions[id(tree)] = compiled.function(tree, self.scope)
        return made

    def scene_of(self, occurrence: Occurrence) -> Scene:
        """Return the scene an occurrence belongs to."""
        return self.draft.scenes[occurrence.scene]

    def option(self, occurrence: Occurrence, option_id: str) -> int | None:
        """Return the place of an option in its scene, or None."""
        for k, option in enumerate(self.scene_of(occurrence).option):
            if option.id == option_id:
                return k
        return None

    def pathway(self, occurrence: Occurrence, place: int) -> str:
        """Return the road to war an option lies on: its own, else its scene's, else `deliberate`."""
        scene = self.scene_of(occurrence)
        return scene.option[place].pathway or scene.pathway or DELIBERATE

    def readers(self, scene: Scene) -> tuple[str, ...]:
        """Return the seats that learn of a scene, in the author's order of seats."""
        told = set(scene.told) if scene.told is not None else {scene.seat}
        if scene.option:
            told.add(scene.seat)
        return tuple(seat for seat in self.draft.seats if seat in told)

    def sees(self, seat: str, name: str) -> bool:
        """Say whether a seat may see a track or fact; everybody knows the day."""
        declared: Track | Fact | None = self.draft.tracks.get(name) or self.draft.facts.get(name)
        return name == "day" or (declared is not None and seat in declared.seen_by)

    def school_values(self, school: str) -> tuple[Value, ...]:
        """Return the parameters' values under a school. Raises UsageError for one the scenario does not have."""
        if school not in self.schools:
            raise UsageError(
                f"There is no school '{school}' in {self.head.id}. It has: {', '.join(self.schools) or 'none'}."
            )
        return self.schools[school]

    def default_school(self) -> str:
        """Return the first school declared, or an empty name where there is none."""
        return next(iter(self.draft.schools), "")

    def assumptions(self, school: str) -> str:
        """Return how a school reads, also the nameless one of a scenario without schools."""
        return self.draft.schools[school].label if school else "the scenario's own numbers"

    def words(self, name: str, value: Value) -> str:
        """Return how a value reads: a number in digits, a truth as yes or no, a word as its author spells it."""
        symbol = self.scope[name]
        if symbol.kind == "number":
            return f"{value:,}" if abs(value) >= MANY else str(value)
        if symbol.kind == "truth":
            return "yes" if value else "no"
        word = symbol.words[int(value)]
        return dict(self.draft.facts[name].words).get(word, word)

    def band(self, name: str, value: Value) -> str:
        """Return a track's word for a value: that of the highest threshold at or below it, or nothing."""
        said = ""
        for threshold, word in self.draft.tracks[name].bands:
            if value >= threshold:
                said = word
        return said

    def print(self, text: str, values: Values, day: int) -> str:
        """Return a text with its values printed."""
        return "".join(
            (str(day) if piece.text == "day" else self.words(piece.text, values[self.scope[piece.text].slot]))
            if piece.is_name
            else piece.text
            for piece in pieces(text)
        )

    def document(self, document_id: str) -> Document:
        """Return a document by its id."""
        return self.draft.documents[document_id]


def symbols_of(draft: Draft) -> dict[str, Symbol]:
    """Lay the declared names on their slots. Bounds of parameters span their start and every school's value."""
    scope: dict[str, Symbol] = {}
    for slot, name in enumerate(sorted([*draft.tracks, *draft.facts])):
        if name in draft.tracks:
            low, high = draft.tracks[name].range
            scope[name] = Symbol(name, "number", slot, low, high)
        elif isinstance(draft.facts[name].start, bool):
            scope[name] = Symbol(name, "truth", slot)
        else:
            scope[name] = Symbol(name, "word", slot, words=draft.facts[name].values)
    for slot, name in enumerate(sorted(draft.parameters), start=len(scope)):
        numbers = [
            draft.parameters[name].start,
            *(value for s in draft.schools.values() for n, value in s.set if n == name),
        ]
        whole = all(float(number).is_integer() for number in numbers)
        scope[name] = Symbol(name, "number", slot, min(numbers), max(numbers), whole, fixed=True)
    return scope


def opening_values(draft: Draft, scope: Scope) -> tuple[Value, ...]:
    """Return the start values of tracks and facts, in slot order; a word is its place in its fact's list."""
    values: list[Value] = []
    for name in sorted([*draft.tracks, *draft.facts]):
        if name in draft.tracks:
            values.append(draft.tracks[name].start)
        else:
            start = draft.facts[name].start
            values.append(start if isinstance(start, bool) else scope[name].words.index(start))
    return tuple(values)


def parameter_values(draft: Draft, scope: Scope) -> dict[str, tuple[Value, ...]]:
    """Return each school's parameters in slot order; without schools, one nameless set of starts."""
    sets = {school: dict(s.set) for school, s in draft.schools.items()} or {"": {}}
    return {
        school: tuple(
            int(number) if scope[name].whole else float(number)
            for name, parameter in sorted(draft.parameters.items())
            for number in [chosen.get(name, parameter.start)]
        )
        for school, chosen in sets.items()
    }


def _is_date(value: Node, track: str) -> bool:
    """Say whether what is written is the day, nought, or what the track has kept already."""
    if value.op == "if":
        _, one, other = value.nodes
        return _is_date(one, track) and _is_date(other, track)
    return value.args[0] in (("day", track) if value.op == "name" else (0,) if value.op == "number" else ())
