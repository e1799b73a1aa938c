"""What one seat reads: the pages laid before it, the news it is told, its documents as they first read.

A reader takes in a game once, choice by choice, and keeps with everything the choice that brought it. So any moment of
the game can be opened again at once, whatever came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.compiled import Values
from excomm_game.engine.draft import Option, Rung
from excomm_game.engine.hour import Clock, by_person, by_seat
from excomm_game.engine.outcome import rung
from excomm_game.engine.rules import Chose, Step, Told, options
from excomm_game.engine.scenario import Scenario
from excomm_game.engine.state import State


class Paper(NamedTuple):
    """A document as it read when it was first told; `sent` and `received` by the clocks of who did."""

    id: str
    form: str
    title: str
    sender: str
    receiver: str
    channel: str
    sent: Clock | None
    received: Clock | None
    text: str


class Advice(NamedTuple):
    """What an adviser says: `backs` an option of the scene, `leans` to a course, and did to another `before`."""

    person: str
    name: str
    office: str
    backs: str
    leans: str
    before: str
    tags: tuple[str, ...]
    says: str
    about: str


class Way(NamedTuple):
    """An option as the page shows it. `number` counts the open ones; a closed one has none, and its reason."""

    number: int | None
    id: str
    label: str
    text: str
    barred: str


class Page(NamedTuple):
    """The scene that awaits this seat, `at` its own hour.

    `fresh` is its text without what a repeated scene has said to it before.
    """

    scene: str
    title: str
    at: Clock
    text: str
    fresh: str
    papers: tuple[str, ...]
    advice: tuple[Advice, ...]
    ways: tuple[Way, ...]
    sources: tuple[str, ...]


class Item(NamedTuple):
    """Something this seat has been told, `at` its own hour: news, or a scene with its outcome.

    `own` is true, and `option`, `label` and `reason` are there, where the seat itself chose.
    """

    at: Clock
    scene: str
    title: str
    text: str
    papers: tuple[str, ...]
    own: bool
    option: str
    label: str
    reason: str
    outcome: str


class Moment(NamedTuple):
    """How far a seat had read after some choice: how much it was told, by which occurrence last, the highest rung."""

    told: int
    last: Occurrence | None
    peak: Rung | None


class Reader:
    """Reads a game's events in order as one seat does.

    `numbers` are the choices that brought what it was told; `moments[n]` is how far it had read after choice n.
    """

    def __init__(self, scenario: Scenario, seat: str) -> None:
        self.scenario = scenario
        self.seat = seat
        self.told: list[Item] = []
        self.numbers: list[int] = []
        self.moments: list[Moment] = []
        self._n = 0
        self._papers: dict[str, tuple[int, Paper]] = {}
        self._leans: dict[str, list[tuple[int, str]]] = {}
        self._heard: dict[tuple[str, str], int] = {}
        self._last: Occurrence | None = None
        self._peak: Rung | None = None

    def read(self, step: Step, reason: str) -> None:
        """Take in what the next choice brought, as far as this seat learns of it; `reason` was given for it."""
        self._n = len(self.moments)
        for event in step.events:
            if isinstance(event, Told):
                self._news(event)
            elif isinstance(event, Chose):
                self._choice(event, reason)
        self.numbers += [self._n] * (len(self.told) - len(self.numbers))
        self.moments.append(Moment(len(self.told), self._last, self._peak))

    def papers(self, n: int) -> dict[str, Paper]:
        """Return the documents this seat had been told after choice n, in the order in which they came."""
        return {key: paper for key, (since, paper) in self._papers.items() if since <= n}

    def open(self, occurrence: Occurrence, state: State, n: int) -> tuple[Page, dict[str, Paper]]:
        """Lay the page of the scene that awaits this seat after choice n, and the documents it holds by then."""
        scenario, scene = self.scenario, self.scenario.scene_of(occurrence)
        ways, number = [], 0
        for offer in options(scenario, state):
            option = offer.option
            if offer.is_open:
                number += 1
                text = scenario.print(option.text, state.values, occurrence.day)
                ways.append(Way(number, option.id, option.label, text, ""))
            elif offer.barred:
                ways.append(Way(None, option.id, option.label, "", offer.barred))
        held = self.papers(n)
        for key in scene.documents:
            if key not in held:
                held[key] = paper(scenario, key, state.values, occurrence.day)
        leans = {person: course for person in self._leans if (course := self._leaned(person, n))}
        advice = self._advice(occurrence, state.values, leans)
        text = text_of(scenario, occurrence, state.values)
        fresh = _join(one for one in text.split("\n\n") if self._heard.get((scene.id, one), n + 1) > n)
        sources = tuple(scenario.draft.sources[key].title for key in scene.sources)
        page = Page(
            occurrence.label, scene.title, self._hour(occurrence), text, fresh, tuple(scene.documents), advice,
            tuple(ways), sources,
        )  # fmt: skip
        return page, held

    def highest(self, peak: Rung | None, values: Values, day: int) -> Rung | None:
        """Return the higher of a peak and the rung that these values show to this seat."""
        step = rung(self.scenario, values, day, self.seat)
        return step if step is not None and (peak is None or step.number > peak.number) else peak

    def _news(self, event: Told) -> None:
        occurrence, values = event
        scene = self.scenario.scene_of(occurrence)
        if self.seat not in self.scenario.readers(scene):
            return
        self._last = occurrence
        papers = self._hand_over(scene.documents, values, occurrence.day)
        text = text_of(self.scenario, occurrence, values)
        self.told.append(
            Item(self._hour(occurrence), occurrence.label, scene.title, text, papers, False, "", "", "", "")
        )

    def _choice(self, event: Chose, reason: str) -> None:
        occurrence, scene = event.occurrence, self.scenario.scene_of(event.occurrence)
        own = occurrence.seat == self.seat
        if not own and self.seat not in self.scenario.readers(scene):
            return
        self._last = occurrence
        option = self._option(event)
        papers: tuple[str, ...] = ()
        text = ""
        if own:
            papers = self._hand_over(scene.documents, event.before, occurrence.day)
            text = text_of(self.scenario, occurrence, event.before)
            for paragraph in text.split("\n\n"):
                self._heard.setdefault((scene.id, paragraph), self._n)
            for advice in self._advice(occurrence, event.before, {}):
                if advice.leans:
                    self._leans.setdefault(advice.person, []).append((self._n, advice.leans))
        outcome = self.scenario.print(option.outcome, event.after, occurrence.day)
        self._peak = self.highest(self._peak, event.before, occurrence.day)
        self._peak = self.highest(self._peak, event.after, occurrence.day)
        taken = (option.id, option.label, reason) if own else ("", "", "")
        self.told.append(
            Item(self._hour(occurrence), occurrence.label, scene.title, text, papers, own, *taken, outcome)
        )

    def _hour(self, occurrence: Occurrence) -> Clock:
        return by_seat(self.scenario, self.seat, occurrence.local)

    def _option(self, event: Chose) -> Option:
        place = self.scenario.option(event.occurrence, event.option)
        assert place is not None
        return self.scenario.scene_of(event.occurrence).option[place]

    def _hand_over(self, documents: Sequence[str], values: Values, day: int) -> tuple[str, ...]:
        for key in documents:
            if key not in self._papers:
                self._papers[key] = (self._n, paper(self.scenario, key, values, day))
        return tuple(documents)

    def _leaned(self, person: str, n: int) -> str:
        """Return the course a person favoured last after choice n; nothing where none was known."""
        return next((course for since, course in reversed(self._leans[person]) if since <= n), "")

    def _advice(self, occurrence: Occurrence, values: Values, leaned: dict[str, str]) -> tuple[Advice, ...]:
        """Return what is said at an occurrence by people who favoured these courses before it."""
        draft, scene = self.scenario.draft, self.scenario.scene_of(occurrence)
        trees = self.scenario.trees.scenes[occurrence.scene].counsel
        given = []
        courses = {course.id: course.label for course in draft.courses}
        for counsel, tree in zip(scene.counsel, trees, strict=True):
            if not self.scenario.function(tree)(values, occurrence.day):
                continue
            before = leaned.get(counsel.by, "")
            leans = courses.get(counsel.leans or "", "")
            if leans:
                leaned[counsel.by] = leans
            person = draft.persons[counsel.by]
            says, about = (self.scenario.print(text, values, occurrence.day) for text in (counsel.says, person.about))
            backs = counsel.backs or ""
            given.append(
                Advice(counsel.by, person.name, person.office, backs, leans, before, counsel.tags, says, about)
            )  # fmt: skip
        return tuple(given)


def text_of(scenario: Scenario, occurrence: Occurrence, values: Values) -> str:
    """Return a scene's text and passages as they read under these values."""
    scene, trees = scenario.scene_of(occurrence), scenario.trees.scenes[occurrence.scene].passages
    parts = [scene.text] + [
        passage.text
        for passage, tree in zip(scene.passage, trees, strict=True)
        if scenario.function(tree)(values, occurrence.day)
    ]
    return _join(scenario.print(part, values, occurrence.day) for part in parts)


def paper(scenario: Scenario, key: str, values: Values, day: int) -> Paper:
    """Return a document as it reads under these values."""
    document, persons = scenario.document(key), scenario.draft.persons
    parts = [document.text] + [
        passage.text
        for passage, tree in zip(document.passage, scenario.trees.documents[key], strict=True)
        if scenario.function(tree)(values, day)
    ]
    sender, receiver = (persons[one].name if one else "" for one in (document.sender, document.receiver))
    text = _join(scenario.print(part, values, day) for part in parts)
    return Paper(
        key, document.form, document.title, sender, receiver, document.channel,
        by_person(scenario, document.sender, document.sent), by_person(scenario, document.receiver, document.received),
        text,
    )  # fmt: skip


def _join(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
