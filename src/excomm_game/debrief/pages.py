"""The debrief in words, page by page: what a terminal prints, a screen shows and an HTML page lays out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from excomm_game.debrief.judgement import Decisive, Doing, Turn, luckiest
from excomm_game.debrief.own import Own, Undone, own_choices, replies
from excomm_game.debrief.whole import Debrief
from excomm_game.engine.outcome import Grade
from excomm_game.engine.record import YOURS
from excomm_game.words.ending import (
    Entry,
    Section,
    belief_and_truth,
    closing,
    kind_words,
    last_step,
    peak_words,
    spared_by_luck,
    what_came_after,
)
from excomm_game.words.figures import interval, percent, points
from excomm_game.words.phrases import date_words, moment_words, road_words

MARKED = "What was chosen is as in 1962, except where something else is noted under it."
OPEN = (
    "Your choices that moved the risk of nuclear war most, the strongest first, and what else was open then, the least "
    "dangerous first. Each risk is of what could still follow, if everybody, you too, then went on by the model's "
    "odds."
)
IS_LUCK = "A risk that was run and came to nothing is luck, not judgement."
NO_MERIT = "To be like 1962 is no merit by itself."
NO_1962 = "1962 has nothing to set beside this."
ASSUMED = (
    "The same choices, if the crisis was as dangerous as others have held it to be. Each line names whom it follows, "
    "what they gave as the risk of the whole crisis, and what came of your choices under it."
)

UNANSWERED = "Not answered."
_DOINGS: dict[Doing, str] = {"judgement": "your choices", "theirs": "the other seats", "luck": "luck"}


class Page(NamedTuple):
    """A page of the debrief: which it is, the name it is shown under, and its sections in order."""

    id: Literal["story", "risk", "choices", "judges", "truth", "sources"]
    name: str
    sections: tuple[Section, ...]


def pages(told: Debrief) -> list[Page]:
    """Return the pages; one with nothing to tell is left out."""
    made = [
        Page("story", "Story", (*_ending(told), *last_step(told.game), *_days(told), *_answers(told))),
        Page("risk", "Risk", _risk(told)),
        Page("choices", "Choices", _choices(told)),
        Page("judges", "Judges", (*verdicts(told.judges), *masks(told.judges))),
        Page("truth", "Truth", truth(told)),
        Page("sources", "Sources", sources(told)),
    ]
    return [page for page in made if page.sections]


# -- story


def _ending(told: Debrief) -> tuple[Section, ...]:
    game = told.game
    if not told.is_over:
        return (Section("Where it stands", (Entry(f"The game is not over, after {len(game.choices)} choices."),)),)
    end = closing(game)
    notes = (end.moment, f"{end.kind[:1].upper()}{end.kind[1:]}.")
    return (Section(end.title, (Entry(end.text, notes),)),)


def _days(told: Debrief) -> list[Section]:
    """Tell day by day what you and the other seats chose, and what 1962 did where that was something else."""
    seats = [turn for turn in told.turns if turn.doing != "luck"]
    own = {one.turn.told.n: one for one in own_choices(told)}
    days = groupby(seats, key=lambda turn: turn.told.occurrence.local.date())
    told_days = [
        Section(date_words(made[0].told.occurrence.local), tuple(_deed(turn, own.get(turn.told.n)) for turn in made))
        for made in (list(group) for _, group in days)
    ]
    return [Section("Day by day", (Entry(MARKED),)), *told_days] if told_days else []


def _deed(turn: Turn, own: Own | None) -> Entry:
    told = turn.told
    who = "You" if told.by in YOURS else told.seat
    notes = [f"You wrote: {told.reason}"] if told.reason else []
    if own is not None and own.seconds is not None:
        notes.append(clock_words(own.seconds))
    notes += [undone_words(one) for one in own.undone] if own is not None else []
    if not told.in_1962:
        notes.append(NO_1962)
    elif not told.was_history:
        notes.append(f"In 1962: {told.in_1962}")
    return Entry(f"{who}, {told.title.lower() if told.title.isupper() else told.title}: {told.label}", tuple(notes))


def clock_words(seconds: int) -> str:
    """Say that a choice was left to the clock."""
    return f"Nothing was chosen within {seconds} seconds: the odds decided."


def undone_words(one: Undone) -> str:
    """Say what was chosen and taken back, with the reason given then."""
    reason = f". You had written: {one.reason}" if one.reason else ""
    return f"Taken back: {f'{one.title}: ' if one.title else ''}{one.label}{reason}"


def _answers(told: Debrief) -> tuple[Section, ...]:
    """Set each question that is put after the ending above its answer, a line of it a note."""
    entries = tuple(
        Entry(one.question, tuple(line for line in (one.text or UNANSWERED).split("\n") if line.strip()))
        for one in replies(told.game)
    )
    return (Section("Questions, and your answers", entries),) if entries else ()


# -- risk


def _risk(told: Debrief) -> tuple[Section, ...]:
    ran = told.ran
    survived = f"Your choices survived {told.survived:,} of {told.worlds:,} worlds."
    sections = [
        Section(
            "The risk you ran",
            (
                Entry(
                    f"{survived} Nuclear war: {interval(*ran.nuclear)}.",
                    (
                        "The same choices, as far as they were open, under other luck and other moods of the others.",
                        "In brackets, here and elsewhere, the 95% interval: more worlds would make it narrower.",
                    ),
                ),
            ),
        ),
        Section(
            "How those worlds ended",
            tuple(Entry(f"{kind_words(kind).capitalize()}: {percent(one.p)}") for kind, one in ran.kinds.items()),
        ),
        Section(
            "By which road nuclear war came",
            tuple(
                Entry(f"{road_words(pathway)}: {percent(one.p)} of all worlds")
                for pathway, one in sorted(ran.pathways.items(), key=lambda pair: -pair[1].p)
            ),
        ),
        Section("Whose doing it was", _doings(told)),
        Section("Where luck had the most to say", _luckiest(told)),
        Section("By other assumptions", _schools(told)),
        *spared(told),
    ]
    return tuple(section for section in sections if section.entries)


def spared(told: Debrief) -> tuple[Section, ...]:
    """Tell of a finished game where chance was not let end it."""
    return spared_by_luck(told.game) if told.is_over else ()


def _doings(told: Debrief) -> tuple[Entry, ...]:
    last = told.turns[-1].after.p if told.turns else told.opening.p
    end = "at the end" if told.is_over else "now"
    return (
        Entry(f"At the opening the risk of nuclear war was {percent(told.opening.p)}; {end} it is {percent(last)}."),
        *(Entry(f"Of that, {name}: {points(told.summed(doing))}") for doing, name in doings(told).items()),
        Entry(f"Together they make the whole way from the one to the other. {IS_LUCK}"),
    )


def doings(told: Debrief) -> dict[Doing, str]:
    """Return whose doing it can have been; what the clock decided stands with the other seats."""
    if any(one.seconds is not None for one in own_choices(told)):
        return {**_DOINGS, "theirs": "the other seats and the clock"}
    return _DOINGS


def _luckiest(told: Debrief) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            f"{moment_words(turn.told.hour)}, {turn.told.title}: {turn.told.label}",
            (f"{percent(turn.before.p)} before, {percent(turn.after.p)} after",),
        )
        for turn in luckiest(told.turns)
    )


def _schools(told: Debrief) -> tuple[Entry, ...]:
    if not told.schools:
        return ()
    return (
        Entry(ASSUMED),
        *(
            Entry(
                f"{one.label}{' (this game)' if one.is_own else ''}. "
                f"Nuclear war in {interval(*one.ran.nuclear)} of worlds."
            )
            for one in told.schools
        ),
    )


# -- choices


def _choices(told: Debrief) -> tuple[Section, ...]:
    versus = told.versus
    sections = [Section("What mattered most", (Entry(OPEN),))] if told.decisive else []
    sections += [_mattered(one) for one in told.decisive]
    if versus.of:
        said = f"For {versus.of} of your choices it is known what was chosen in 1962. {versus.same} were the same."
        notes: tuple[str, ...] = ()
        if versus.first_divergence is not None:
            turn = told.turns[versus.first_divergence - 1]
            when = moment_words(turn.told.hour)
            notes = (f"Where the game first left 1962, whoever chose: {when}, {turn.told.title}: {turn.told.label}.",)
        sections.append(Section("Beside 1962", (Entry(said, notes), Entry(NO_MERIT))))
    if said := peak_words(told.game):
        sections.append(Section("The ladder", (Entry(said),)))
    return tuple(sections)


def _mattered(one: Decisive) -> Section:
    told = one.turn.told
    notes = [_moved(one.turn)]
    notes += [f"Your reason: {told.reason}"] if told.reason else []
    if told.in_1962:
        notes.append("1962 chose the same." if told.was_history else f"In 1962: {told.in_1962}")
    entries = [
        Entry(f"You chose: {told.label}", tuple(notes)),
        *(Entry(f"Also open: {other.label}. Risk after it: {interval(*other.after)}") for other in one.others),
    ]
    return Section(f"{moment_words(told.hour)}: {told.title}", tuple(entries))


def _moved(turn: Turn) -> str:
    return f"Risk of nuclear war {percent(turn.before.p)} before, {percent(turn.after.p)} after: {points(turn.moved)}"


# -- judges, truth, sources


def verdicts(judges: Sequence[Grade]) -> tuple[Section, ...]:
    """Lay the judges side by side, without their names."""
    entries = tuple(
        Entry(
            f"Judge {place}: {grade.letter} ({grade.points:g} points)",
            tuple(f"{gained:+g}  {says}" for gained, says in grade.says),
        )
        for place, grade in enumerate(judges, start=1)
    )
    return (Section("What they say", entries),) if entries else ()


def masks(judges: Sequence[Grade]) -> tuple[Section, ...]:
    """Say who each judge is: what a reader who wants to guess should not see before."""
    entries = tuple(Entry(f"Judge {place}: {grade.judge.label}") for place, grade in enumerate(judges, start=1))
    return (Section("Who they are", entries),) if entries else ()


def truth(told: Debrief) -> tuple[Section, ...]:
    """Set belief beside truth and tell what came after, of a finished game."""
    return (*belief_and_truth(told.game), *what_came_after(told.game)) if told.is_over else ()


def sources(told: Debrief) -> tuple[Section, ...]:
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
