"""A new game: scenario, chairs, school, luck, seed, each with a plain explanation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from excomm_game import DEFAULT_SCENARIO
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.fate import MAX_SEED
from excomm_game.engine.scenario import Scenario
from excomm_game.tui.archive import Archive, Wanted
from excomm_game.tui.screens.dialogs import Notice, WriteLine
from excomm_game.tui.screens.form import Field, FormScreen, after
from excomm_game.tui.settings import Settings

_LUCK = {
    "drawn": ("as it falls", "Chance may do anything, also end the world."),
    "spared": (
        "spared",
        (
            "Chance never ends the game in nuclear war where it can be helped; what you were spared is counted and "
            "told at the end. Good for a lesson. Decisions can still end the world."
        ),
    ),
}

_ALONE = "Take it, and the others are simulated: the model plays them, by the odds of the school."
_SHARED = "A person's, or simulated: then the model plays it, by the odds of the school."


class NewGameScreen(FormScreen):
    """Asks what game it is to be; everything has a value, so that one key begins."""

    HEADING = "New game"
    ABOUT = "Everything here has a value already. Change what you like, then begin."

    def __init__(self, archive: Archive, settings: Settings) -> None:
        super().__init__()
        self.archive = archive
        self.player = settings.player
        self.entries = list(archive.scenarios())
        self.loaded: dict[str, Scenario] = {}
        self.people: set[str] = set()
        self.is_shared = False
        self.school = ""
        self.scenario = self._first()
        self.luck = "drawn"
        self.seed: int | None = None

    def _ids(self) -> list[str]:
        return [entry.id for entry in self.entries]

    def _first(self) -> Scenario:
        """Load the first scenario that can be played, Thirteen Days before others. Raises ExcommError if none can."""
        refusal = ExcommError("There is no scenario to play. `excomm scenario list` says where they are looked for.")
        for scenario_id in sorted(self._ids(), key=lambda one: one != DEFAULT_SCENARIO):
            try:
                return self._load(scenario_id)
            except ExcommError as error:
                refusal = error
        raise refusal

    def _load(self, scenario_id: str) -> Scenario:
        """Load a scenario once; whoever plays keeps a chair and a school that it has too, else gets its first."""
        if scenario_id not in self.loaded:
            self.loaded[scenario_id] = self.archive.scenario(scenario_id)
        loaded = self.loaded[scenario_id]
        self.people = {seat for seat in loaded.seats if seat in self.people} or {loaded.seats[0]}
        self.school = self.school if self.school in loaded.draft.schools else loaded.default_school()
        return loaded

    def fields(self) -> Sequence[Field]:
        """Return the game as it stands so far."""
        one = self.scenario
        luck, meaning = _LUCK[self.luck]
        return [
            Field("begin", "Begin", "", f"{one.head.summary} {self._chairs()}".strip()),
            Field("scenario", "Crisis", one.head.title, self._length()),
            *(self._seat(seat) for seat in one.seats),
            *self._players(),
            *self._school(),
            Field("luck", "Luck", luck, meaning),
            Field(
                "seed", "Seed", "a new one" if self.seed is None else str(self.seed),
                "The same seed meets the same luck, whatever you choose. Give the same number to a whole class, or to "
                "yourself to try another road under the same stars.",
            ),
        ]  # fmt: skip

    def _length(self) -> str:
        minutes = self.scenario.head.minutes
        return (
            f"{self.scenario.head.summary} A game takes about {minutes} minutes."
            if minutes
            else self.scenario.head.summary
        )

    def _chairs(self) -> str:
        labels = [self.scenario.draft.seats[seat].label for seat in self.scenario.seats if seat in self.people]
        return f"You play {' and '.join(labels)}."

    def _seat(self, seat: str) -> Field:
        chair = self.scenario.draft.seats[seat]
        is_person = seat in self.people
        who = "you" if is_person and len(self.people) == 1 else "a person" if is_person else "simulated"
        return Field(
            f"seat {seat}", chair.label, who,
            f"{chair.office or chair.label}. {_SHARED if self.is_shared else _ALONE}",
        )  # fmt: skip

    def _players(self) -> list[Field]:
        if len(self.scenario.seats) == 1:
            return []
        return [
            Field(
                "players", "Players", "several, one table" if self.is_shared else "you alone",
                "Several people can each hold a chair: the table then passes from hand to hand, hides what another has "
                "read, and takes nothing back.",
            )
        ]  # fmt: skip

    def _school(self) -> list[Field]:
        schools = self.scenario.draft.schools
        if not schools:
            return []
        label = schools[self.school].label
        return [
            Field(
                "school", "Assumptions", label,
                "How dangerous the world was. The figure is the chance of war, or of nuclear war, that each gave the "
                "thirteen days; they differ by a factor of fifty. The odds behind every chance follow it.",
            )
        ]  # fmt: skip

    def changed(self, field: str) -> None:
        """Change a field, ask for the seed, or begin."""
        match field.split():
            case ["begin"]:
                self._begin()
            case ["scenario"]:
                self._next_scenario()
            case ["seat", seat]:
                self._turn_seat(seat)
            case ["players"]:
                self.is_shared = not self.is_shared
                self.people = {next(seat for seat in self.scenario.seats if seat in self.people)}
            case ["school"]:
                self.school = after(self.school, list(self.scenario.draft.schools))
            case ["luck"]:
                self.luck = after(self.luck, list(_LUCK))
            case _:
                hint = "an empty line draws a new one"
                self.app.push_screen(WriteLine(f"A whole number from 0 to {MAX_SEED}:", "", 16, hint), self._seeded)
        self.show()

    def _next_scenario(self) -> None:
        """Go to the next scenario that can be loaded; say of each between why it cannot."""
        scenario_id = self.scenario.head.id
        refused = []
        for _ in self.entries:
            scenario_id = after(scenario_id, self._ids())
            try:
                self.scenario = self._load(scenario_id)
                break
            except ExcommError as error:
                refused.append(str(error))
        if refused:
            self.excomm.refuse("\n\n".join(refused))

    def _turn_seat(self, seat: str) -> None:
        turned = self.people ^ {seat} if self.is_shared else {seat}
        if turned:
            self.people = turned
        else:
            self.excomm.say("Somebody has to play. Give another chair to a person first.")

    def _seeded(self, line: str | None) -> None:
        if line is None:
            return
        if not line:
            self.seed = None
        elif re.fullmatch("[0-9]{1,16}", line) and int(line) <= MAX_SEED:
            self.seed = int(line)
        else:
            self.app.push_screen(Notice(f"A seed is a whole number from 0 to {MAX_SEED}."))
        self.show()

    def _begin(self) -> None:
        seats = tuple(seat for seat in self.scenario.seats if seat in self.people)
        wanted = Wanted(self.scenario.head.id, seats, self.school, self.luck, self.seed, self.player)
        self.excomm.play(lambda: self.archive.begin(wanted))
