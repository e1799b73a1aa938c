"""The debrief in words, page by page: what a terminal prints, a screen shows and an HTML page lays out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from excomm_game.debrief.judgement import Decisive, Doing, Turn
from excomm_game.debrief.whole import Debrief
from excomm_game.engine.outcome import Grade
from excomm_game.words.ending import Entry, Section, aftermath, closing, kind_words
from excomm_game.words.phrases import date_words, moment_words
from excomm_game.worlds.plans import YOURS
from excomm_game.worlds.risk import Figure

LEAST = 0.0005  # a move of the risk smaller than this is not told: it is within the noise of the worlds
LUCKIEST = 5

DOINGS: dict[Doing, str] = {"judgement": "your choices", "theirs": "the other seats", "luck": "luck"}


class Page(NamedTuple):
    """A page of the debrief: its name, and its sections in order."""

    name: str
    sections: tuple[Section, ...]


def pages(told: Debrief) -> list[Page]:
    """Return the pages; one with nothing to tell is left out."""
    after = {section.heading: section for section in aftermath(told.game)} if told.judges else {}
    truth = [after[name] for name in ("What was believed, and what was so", "What came after") if name in after]
    made = [
        Page("Story", (*_ending(told), *_days(told))),
        Page("Risk", _risk(told)),
        Page("Choices", _choices(told)),
        Page("Judges", _judges(told.judges)),
        Page("Truth", tuple(truth)),
        Page("Sources", _sources(told)),
    ]
    return [page for page in made if page.sections]


def percent(p: float) -> str:
    """Return a probability as a person reads it: whole percents, tenths below ten, and never quite nothing."""
    if 0 < p < LEAST:
        return "less than 0.1%"
    if 1 - LEAST < p < 1:
        return "more than 99.9%"
    return f"{p:.0%}" if p >= 0.1 or p == 0 else f"{p:.1%}"


def one_in(p: float) -> str:
    """Return a probability as one in so many."""
    if p <= 0:
        return "none seen"
    return f"about 1 in {1 / p:.0f}" if p < 0.5 else f"about {p * 10:.0f} in 10"


def interval(figure: Figure) -> str:
    """Return a probability with its 95% interval."""
    return f"{percent(figure.p)} ({percent(figure.low)} to {percent(figure.high)})"


def points(moved: float) -> str:
    """Return a move of the risk in points of a percent, with its sign."""
    return f"{moved * 100:+.1f}".replace("-", "−") + " points"


# -- story


def _ending(told: Debrief) -> tuple[Section, ...]:
    game = told.game
    if game.state.ending is None:
        return (Section("Where it stands", (Entry(f"The game is not over, after {len(game.choices)} choices."),)),)
    end = closing(game)
    return (Section(end.title, (Entry(end.text, tuple(one for one in (end.moment, end.kind) if one)),)),)


def _days(told: Debrief) -> list[Section]:
    """Tell day by day what you and the other seats chose, beside what was chosen in 1962."""
    seats = [turn for turn in told.turns if turn.doing != "luck"]
    days = groupby(seats, key=lambda turn: turn.told.occurrence.local.date())
    return [
        Section(date_words(first.told.occurrence.local), tuple(_deed(turn) for turn in (first, *rest)))
        for _, (first, *rest) in ((day, list(group)) for day, group in days)
    ]


def _deed(turn: Turn) -> Entry:
    told = turn.told
    who = "You" if told.by in YOURS else told.seat
    notes = [f"You wrote: {told.reason}"] if told.reason else []
    if told.in_1962:
        notes.append("As in 1962." if told.was_history else f"1962: {told.in_1962}")
    return Entry(f"{who}, {told.title.lower() if told.title.isupper() else told.title}: {told.label}", tuple(notes))


# -- risk


def _risk(told: Debrief) -> tuple[Section, ...]:
    ran = told.ran
    survived = f"Your choices survived {told.survived:,} of {told.worlds:,} worlds."
    sections = [
        Section(
            "The risk you ran",
            (
                Entry(
                    f"{survived} Nuclear war: {interval(ran.nuclear)}.",
                    ("The same choices, as far as they were open, under other luck and other moods of the others.",),
                ),
                *(Entry(f"{kind_words(kind).capitalize()}: {percent(one.p)}") for kind, one in ran.kinds.items()),
            ),
        ),
        Section(
            "By which road",
            tuple(
                Entry(f"{pathway.replace('-', ' ').capitalize()}: {percent(one.p)}")
                for pathway, one in sorted(ran.pathways.items(), key=lambda pair: -pair[1].p)
            ),
        ),
        Section("Whose doing it was", _doings(told)),
        Section("Where luck had the most to say", _luckiest(told)),
        Section("By other assumptions", _schools(told)),
        *(section for section in aftermath(told.game) if told.judges and section.heading == "Where luck spared you"),
    ]
    return tuple(section for section in sections if section.entries)


def _doings(told: Debrief) -> tuple[Entry, ...]:
    last = told.turns[-1].after.p if told.turns else told.opening.p
    end = "at the end" if told.judges else "now"
    return (
        Entry(f"At the opening the risk of nuclear war was {percent(told.opening.p)}; {end} it is {percent(last)}."),
        *(Entry(f"Of that, {name}: {points(told.summed(doing))}") for doing, name in DOINGS.items()),
        Entry("The three sum to the whole way. A risk that was run and came to nothing is luck, not judgement."),
    )


def _luckiest(told: Debrief) -> tuple[Entry, ...]:
    moved = [turn for turn in told.turns if turn.doing == "luck" and abs(turn.moved) >= LEAST]
    strongest = sorted(moved, key=lambda turn: -abs(turn.moved))[:LUCKIEST]
    return tuple(
        Entry(
            f"{moment_words(turn.told.occurrence.local)}, {turn.told.title}: {turn.told.label}",
            (f"{percent(turn.before.p)} before, {percent(turn.after.p)} after",),
        )
        for turn in sorted(strongest, key=lambda turn: turn.told.n)
    )


def _schools(told: Debrief) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{one.label}: nuclear war in {interval(one.ran.nuclear)}", ("this game's own",) if one.is_own else ())
        for one in told.schools
    )


# -- choices


def _choices(told: Debrief) -> tuple[Section, ...]:
    versus = told.versus
    sections = [_mattered(one) for one in told.decisive]
    if versus.of:
        said = f"{versus.same} of your {versus.of} choices were those of 1962, where it is known what was chosen."
        notes: tuple[str, ...] = ()
        if versus.first_divergence is not None:
            turn = told.turns[versus.first_divergence - 1]
            when = moment_words(turn.told.occurrence.local)
            notes = (f"The first that was another, by whoever it was: {when}, {turn.told.title}: {turn.told.label}.",)
        sections.append(Section("Beside 1962", (Entry(said, notes), Entry("To be like 1962 is no merit by itself."))))
    if (peak := told.peak) is not None and peak.rung is not None:
        said = f"The highest rung was {peak.rung.number}, {peak.rung.label}, on day {peak.day}."
        sections.append(Section("The ladder", (Entry(said),)))
    return tuple(sections)


def _mattered(one: Decisive) -> Section:
    told = one.turn.told
    reason = (f"Your reason: {told.reason}",) if told.reason else ()
    entries = [
        Entry(f"You chose: {told.label}", (_moved(one.turn), *reason)),
        *(Entry(f"Also open: {other.label}", (f"risk after it {interval(other.after)}",)) for other in one.others),
    ]
    if told.in_1962:
        entries.append(Entry("In 1962 the same was chosen." if told.was_history else f"In 1962: {told.in_1962}"))
    return Section(f"{moment_words(told.occurrence.local)}: {told.title}", tuple(entries))


def _moved(turn: Turn) -> str:
    return f"risk {percent(turn.before.p)} before, {percent(turn.after.p)} after: {points(turn.moved)}"


# -- judges, sources


def _judges(judges: Sequence[Grade]) -> tuple[Section, ...]:
    """Lay the judges side by side; who each is stands last, so that a reader may guess first."""
    verdicts = tuple(
        Entry(
            f"Judge {place}: {grade.letter} ({grade.points:g} points)",
            tuple(f"{gained:+g}  {says}" for gained, says in grade.says),
        )
        for place, grade in enumerate(judges, start=1)
    )
    masks = tuple(Entry(f"Judge {place}: {grade.judge.label}") for place, grade in enumerate(judges, start=1))
    return (Section("What they say", verdicts), Section("Who they are", masks)) if judges else ()


def _sources(told: Debrief) -> tuple[Section, ...]:
    """Name what the scenes of this game, its judges, schools and revelations rest on."""
    draft = told.game.scenario.draft
    cited: dict[str, None] = {}
    for turn in told.turns:
        cited |= dict.fromkeys(told.game.scenario.scene_of(turn.told.occurrence).sources)
    cited |= dict.fromkeys(key for owner in draft.judges for key in owner.sources)
    cited |= dict.fromkeys(key for owner in draft.schools.values() for key in owner.sources)
    cited |= dict.fromkeys(key for owner in draft.revelations for key in owner.sources)
    sources = [draft.sources[key] for key in cited]
    entries = tuple(Entry(source.title, (source.note,) if source.note else ()) for source in sources)
    return (Section("What this rests on", entries),) if entries else ()
