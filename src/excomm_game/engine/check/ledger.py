"""Where faults and doubts are written down, each with its file and its place in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple, TypeVar

from excomm_game.engine.check.written import Written
from excomm_game.engine.draft import Draft
from excomm_game.engine.node import Effect, ExpressionFault, Node, Symbol, Undeclared
from excomm_game.engine.reading import NAMED, Fault
from excomm_game.engine.template import TemplateFault, pieces
from excomm_game.engine.text import printable

NOTHING = Node("number", (0,), "number")
T = TypeVar("T")


class Ledger:
    """A draft under check: the names it declares, and what was found wrong so far."""

    def __init__(self, draft: Draft, faults: list[Fault], root: str) -> None:
        self.draft = draft
        self.faults = list(faults)
        self.doubts: list[Fault] = []
        self.root = root
        self.scope: dict[str, Symbol] = {}
        self.written = Written()
        self.seats: tuple[str, ...] = tuple(draft.seats)
        self.endings = {ending.id: place for place, ending in enumerate(draft.endings)}
        self.readers: dict[str, set[str]] = {}
        """Which seats read each document."""
        self.ended_by: set[str] = set()
        """The endings that some option names."""

    def spot(self, section: str, key: str | int, label: str = "") -> Spot:
        """Return the spot of one table: `key` is its key, or its place in its array, `label` what it is called."""
        return Spot(self, self.draft.places.get((section, key), self.root), (f"{section} {label or key}",))

    def whole(self, where: str) -> Spot:
        """Return a spot that belongs to no file."""
        return Spot(self, self.root, (where,))

    def sees(self, seat: str, name: str) -> bool:
        """Say whether a seat may see a track or fact; everybody knows the day."""
        declared = self.draft.tracks.get(name) or self.draft.facts.get(name)
        return name == "day" or (declared is not None and seat in declared.seen_by)

    def unique(self, section: str, ids: list[str]) -> None:
        """Every id stands once."""
        before: set[str] = set()
        for place, one in enumerate(ids):
            if one in before:
                self.spot(section, place, one).fault("stands twice: ids are unique")
            before.add(one)


class Spot(NamedTuple):
    """A place in a scenario, as steps from the outside in: what is found wrong there is written to the ledger."""

    ledger: Ledger
    file: str
    steps: tuple[str, ...]

    def at(self, *steps: str) -> Spot:
        """Return a place further in."""
        return Spot(self.ledger, self.file, (*self.steps, *steps))

    def fault(self, message: str) -> None:
        """Write down what cannot stand."""
        self.ledger.faults.append(Fault(self.file, " › ".join(self.steps), message))

    def doubt(self, message: str) -> None:
        """Write down what may not be meant."""
        self.ledger.doubts.append(Fault(self.file, " › ".join(self.steps), message))

    def refers(self, kind: str, target: str | None, known: Collection[str]) -> bool:
        """Say whether a reference holds. One to something that is itself at fault is no second fault."""
        if target is None or target in known:
            return target is not None
        if target not in self.ledger.draft.broken.get(kind, ()):
            self.fault(f"names the {kind} '{printable(target)}', which there is none of")
        return False

    def sources(self, sources: Iterable[str]) -> None:
        """Check that every source is declared."""
        for source in sources:
            self.at("sources").refers("source", source, self.ledger.draft.sources)

    def condition(self, source: str | None) -> Node | None:
        """Check a `when`; None is a condition that always holds."""
        if source is None:
            return None
        return self.at("when").checked(lambda: self.ledger.written.condition(source, self.ledger.scope))

    def number(self, source: str | float) -> Node:
        """Check a number or an expression for one."""
        written = source if isinstance(source, str) else repr(source)
        return self.checked(lambda: self.ledger.written.number(written, self.ledger.scope)) or NOTHING

    def effect(self, source: str) -> Effect | None:
        """Check an effect; parameters are constant and the day is the clock's."""
        draft = self.ledger.draft
        changeable = frozenset([*draft.tracks, *draft.facts])
        return self.checked(lambda: self.ledger.written.effect(source, self.ledger.scope, changeable))

    def checked(self, make: Callable[[], T]) -> T | None:
        """Return what `make` makes, or write down why the expression cannot stand."""
        try:
            return make()
        except ExpressionFault as fault:
            broken = self.ledger.draft.broken
            if not (isinstance(fault, Undeclared) and any(fault.name in broken.get(kind, ()) for kind in NAMED)):
                self.fault(printable(str(fault), 200))
            return None

    def text(self, text: str, readers: Iterable[str] | None) -> None:
        """Check a text's braces and that each reader may see what it prints; None is the debrief, which may see all."""
        try:
            named = [piece.text for piece in pieces(text) if piece.is_name]
        except TemplateFault as fault:
            self.fault(str(fault))
            return
        draft = self.ledger.draft
        for name in named:
            if name == "day" or any(name in draft.broken.get(kind, ()) for kind in NAMED):
                continue
            if name not in draft.tracks and name not in draft.facts:
                self.fault(f"prints '{name}', which is no track or fact")
            elif blind := [seat for seat in readers or () if not self.ledger.sees(seat, name)]:
                self.fault(f"prints '{name}', which {', '.join(sorted(blind))} may not see")
