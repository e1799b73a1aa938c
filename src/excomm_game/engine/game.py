"""A game in play: a record and the states it folds into. It chooses, takes back and branches; it never saves itself."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

from excomm_game.engine.agenda import Occurrence
from excomm_game.engine.assignment import MAX_ANSWER, Assignment
from excomm_game.engine.draft import EndingKind
from excomm_game.engine.errors import IllegalChoice, UsageError
from excomm_game.engine.policy import Policy, historical, open_ids, policy
from excomm_game.engine.record import YOURS, Answer, AnswerLine, BackLine, By, ChoiceLine, EndLine, Header, Record, Row
from excomm_game.engine.rules import Choice, Event, Step, advance, draw, opening, pending
from excomm_game.engine.scenario import FATE, Scenario
from excomm_game.engine.state import State, digest, require_seat
from excomm_game.engine.text import refused

MAX_REASON = 2_000
MAX_SECONDS = 1e9
PERSON, MODEL = "person", "model"


class Move(NamedTuple):
    """What somebody other than a person takes, who they count as, and the probability of war that was spared."""

    option: str
    by: By
    spared: float = 0.0


class Game:
    """One game: `steps[n]` is the world after choice n (0 the opening), `record` what a save holds.

    Whatever is not a person's to choose is chosen at once, so that a game always awaits a person or is over. Each
    change returns the rows it added: one append of the save.
    """

    def __init__(self, scenario: Scenario, header: Header) -> None:
        self.scenario = scenario
        self.header = header
        self.assignment = Assignment.of_header(header.assignment) if header.assignment is not None else None
        self.rows: list[Row] = []
        self._policies: dict[str, Policy] = {
            seat: policy(scenario, sits.partition(":")[2])
            for seat, sits in header.seats.items()
            if sits.startswith("policy:")
        }
        people = tuple(seat for seat in scenario.seats if header.seats.get(seat) == PERSON)
        for seat in header.seats:
            require_seat(scenario, seat)
        self.steps: list[Step] = [opening(scenario, header.school, people)]
        self.choices: list[ChoiceLine] = []

    # -- reading

    @property
    def state(self) -> State:
        """The state now."""
        return self.steps[-1].state

    @property
    def record(self) -> Record:
        """What a save holds."""
        return Record(self.header, tuple(self.rows))

    @property
    def awaited(self) -> Occurrence | None:
        """The occurrence that awaits a choice; None when the game is over."""
        return pending(self.scenario, self.state)

    @property
    def people(self) -> tuple[str, ...]:
        """The seats that people hold, in the author's order."""
        return self.state.people

    @property
    def kind(self) -> EndingKind | None:
        """The ending's kind; None while the game goes on."""
        return next((e.kind for e in self.scenario.endings if e.id == self.state.ending), None)

    def events(self) -> list[tuple[int, Event]]:
        """Return every event so far with the number of the choice that brought it (0: the opening)."""
        return [(n, event) for n, step in enumerate(self.steps) for event in step.events]

    def states_stand(self) -> bool:
        """Say whether every standing choice leads to the state recorded with it."""
        return all(
            digest(self.scenario, step.state) == row.state
            for step, row in zip(self.steps[1:], self.choices, strict=True)
        )

    def yours(self) -> int:
        """Count the choices that people or policies made."""
        return sum(choice.by in YOURS for choice in self.choices)

    # -- playing

    def run(self) -> list[Row]:
        """Choose for everybody who is no person, until a person is awaited or the game is over; return the rows."""
        rows: list[Row] = []
        while (occurrence := self.awaited) is not None and not self._is_persons(occurrence):
            rows.append(self._apply(occurrence, self.move(occurrence)))
        if occurrence is None and not self.is_closed():
            rows.append(self._ended())
        return rows

    def is_closed(self) -> bool:
        """Say whether the record already ends in the ending; answers may follow it."""
        return any(isinstance(row, EndLine) for row in takewhile(_leaves_ended, reversed(self.rows)))

    def choose(self, option: str, reason: str | None = None, took: float | None = None) -> list[Row]:
        """Take a person's choice and all that follows until the next; return the rows, one append.

        Raises IllegalChoice, and changes nothing, when the rules do not allow it or the reason is not safe text.
        """
        occurrence = self.awaited
        if occurrence is None or not self._is_persons(occurrence):
            raise IllegalChoice("The game is over; there is nothing left to choose.")
        if reason is not None:
            if (character := refused(reason)) is not None:
                raise IllegalChoice(
                    f"The reason holds {character}, a character that is not allowed. Leave it out and choose again."
                )
            if len(reason) > MAX_REASON:
                raise IllegalChoice(f"The reason is longer than {MAX_REASON} characters. Shorten it and choose again.")
        if self.needs_reason() and not (reason or "").strip():
            raise IllegalChoice("Your assignment asks for a reason here. Say in a sentence why, with the choice.")
        if took is not None and not 0 <= took <= MAX_SECONDS:
            raise IllegalChoice(f"A choice cannot have taken {took} seconds.")
        row = self._apply(occurrence, Move(option, "person"), reason or None, took)
        return [row, *self.run()]

    def let_time_run_out(self) -> list[Row]:
        """Let the odds decide what a person did not decide in the time an assignment gives; return the rows.

        Raises UsageError where no time runs.
        """
        occurrence = self.awaited
        if self.assignment is None or self.assignment.seconds is None or occurrence is None:
            raise UsageError("No time runs in this game.")
        return [self._apply(occurrence, self.drawn(occurrence), took=self.assignment.seconds), *self.run()]

    def needs_reason(self) -> bool:
        """Say whether the choice that is awaited must be given a reason."""
        occurrence = self.awaited
        if self.assignment is None or occurrence is None:
            return False
        return self.assignment.needs_reason(self.scenario.scene_of(occurrence).id)

    def back(self, n: int) -> list[Row]:
        """Go back to where the game stood after choice n (0: the opening); return the rows.

        Raises UsageError where there is no such choice, and where an assignment lets nothing be taken back.
        """
        if not 0 <= n <= len(self.choices):
            raise UsageError(f"There is no choice {n} to go back to: the game has {len(self.choices)}.")
        if self.assignment is not None and not self.assignment.takebacks and not self.is_free_back(n):
            raise UsageError("Your assignment lets no choice be taken back once its page is left.")
        self._truncate(n)
        row = BackLine(back_to=n)
        self.rows.append(row)
        return [row, *self.run()]

    def answers(self) -> dict[str, str]:
        """Return what was answered, by question."""
        return {row.answer.question: row.answer.text for row in self.rows if isinstance(row, AnswerLine)}

    def unanswered(self) -> tuple[str, ...]:
        """Return the questions of the assignment that a finished game still owes an answer to, in their order."""
        if self.assignment is None or self.state.ending is None:
            return ()
        answered = self.answers()
        return tuple(question for question in self.assignment.questions if question not in answered)

    def answer(self, question: str, text: str) -> list[Row]:
        """Keep an answer to a question of the assignment; return the rows.

        Raises UsageError, and changes nothing, for a question that is not owed and for a text that cannot be kept.
        """
        if question not in self.unanswered():
            raise UsageError("That question is not asked, or is answered already.")
        if not text.strip():
            raise UsageError("The answer is empty. A sentence is enough.")
        if (character := refused(text)) is not None:
            raise UsageError(f"The answer holds {character}, a character that is not allowed. Write it without.")
        if len(text) > MAX_ANSWER:
            raise UsageError(f"The answer is longer than {MAX_ANSWER} characters. Shorten it.")
        row = AnswerLine(Answer(question=question, text=text))
        self.rows.append(row)
        return [row]

    def last_own(self) -> int | None:
        """Return the n to go back to so that the last person's choice is open again; None when there is none."""
        return next((choice.n - 1 for choice in reversed(self.choices) if choice.by == "person"), None)

    def is_free_back(self, n: int | None = None) -> bool:
        """Say whether going back to after choice n stays inside one sitting, where it is free and is not counted.

        Without n, going back is to where the last person's choice is open again.
        """
        n, now = self.last_own() if n is None else n, self.awaited
        if n is None or now is None:
            return False
        return self.scenario.agenda[self.steps[n].state.position].sitting == now.sitting

    def takebacks(self) -> int:
        """Count the steps back that left their sitting."""
        return len(self.taken_back())

    def taken_back(self) -> list[ChoiceLine]:
        """Return what was taken back: of each step back that left its sitting, the first choice that it undid."""
        replayed = Game(self.scenario, self.header)
        undone: list[ChoiceLine] = []
        for row in self.rows:
            if isinstance(row, BackLine):
                before, gone = replayed.awaited, replayed.choices[row.back_to :]
                replayed._truncate(row.back_to)
                after = replayed.awaited
                if gone and (before is None or after is None or before.sitting != after.sitting):
                    undone.append(gone[0])
            elif isinstance(row, ChoiceLine):
                replayed.apply_row(row)
        return undone

    # -- the parts that replay shares

    def move(self, occurrence: Occurrence) -> Move:
        """Say what fate, a model or a policy takes at the awaited occurrence."""
        scenario, header, state = self.scenario, self.header, self.state
        chosen = self._policies.get(occurrence.seat)
        if chosen is not None:
            named = chosen(scenario, state, header.seed)
            if named is not None:
                return Move(named, "policy")
        elif header.luck == "history":
            named = historical(scenario, occurrence)
            if named in open_ids(scenario, state, occurrence):
                assert named is not None
                return Move(named, "history")
        return self.drawn(occurrence)

    def drawn(self, occurrence: Occurrence) -> Move:
        """Say what the weights take at the awaited occurrence."""
        is_fate = occurrence.seat == FATE
        spare = is_fate and self.header.luck == "spared"
        drawn = draw(self.scenario, self.state, self.header.seed, spare=spare)
        option = self.scenario.scene_of(occurrence).option[drawn.option].id
        return Move(option, "fate" if is_fate else "model", drawn.spared)

    def apply_row(self, row: ChoiceLine) -> None:
        """Apply a recorded choice as it stands. Raises IllegalChoice when it does not apply.

        A record may name an occurrence by its number where its scene has only one; a choice of the game never does.
        """
        occurrence = self.awaited
        step = advance(self.scenario, self.state, Choice(row.scene, row.option))
        assert occurrence is not None
        self.steps.append(step)
        self.choices.append(row._replace(scene=occurrence.label))
        self.rows.append(row)

    def apply_back(self, row: BackLine) -> None:
        """Apply a recorded step back."""
        self._truncate(row.back_to)
        self.rows.append(row)

    def _apply(
        self, occurrence: Occurrence, move: Move, reason: str | None = None, took: float | None = None
    ) -> ChoiceLine:
        step = advance(self.scenario, self.state, Choice(occurrence.label, move.option))
        row = ChoiceLine(
            n=len(self.steps),
            at=occurrence.at,
            scene=occurrence.label,
            option=move.option,
            by=move.by,
            reason=reason,
            took=took,
            spared=move.spared or None,
            state=digest(self.scenario, step.state),
        )
        self.steps.append(step)
        self.choices.append(row)
        self.rows.append(row)
        return row

    def _truncate(self, n: int) -> None:
        del self.steps[n + 1 :]
        del self.choices[n:]

    def _ended(self) -> EndLine:
        ending, kind = self.state.ending, self.kind
        assert ending is not None
        assert kind is not None
        row = EndLine(ended=ending, kind=kind, state=digest(self.scenario, self.state))
        self.rows.append(row)
        return row

    def _is_persons(self, occurrence: Occurrence) -> bool:
        return occurrence.seat in self.state.people


def _leaves_ended(row: Row) -> bool:
    return isinstance(row, EndLine | AnswerLine)
