"""A recorded game as frames: each choice as its chooser met it, what came of it, and what was done in 1962."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.content import Content

from excomm_game.engine.account import Account, account
from excomm_game.engine.dossier import Dossier, Viewing, changes
from excomm_game.engine.game import Game
from excomm_game.engine.hour import by_scenario
from excomm_game.engine.policy import historical
from excomm_game.engine.reader import Item, paper, text_of
from excomm_game.engine.record import YOURS, ChoiceLine
from excomm_game.engine.rules import Told, odds
from excomm_game.tui import sheets
from excomm_game.words.ending import closing
from excomm_game.words.phrases import BY, stamp

EVERYTHING = ""


class Frame(NamedTuple):
    """One step of a replay: what a seat could see then, the page, the options with the one taken, and what came of it.

    `n` is the choice it shows, 0 for the opening; a finished game's last frame shows its ending, without options.
    """

    n: int
    view: Dossier
    title: str
    chair: str
    blocks: list[sheets.Block]
    ways: list[Content]
    day: int


class Reel:
    """Frames of a game, as one seat saw it or, where all may be told, with everything that happened."""

    def __init__(self, game: Game, *, is_open: bool) -> None:
        self.game = game
        self.is_open = is_open or game.state.ending is not None
        self._viewings: dict[str, Viewing] = {}
        seats = game.scenario.seats
        self._agenda = {occurrence.label: occurrence for occurrence in game.scenario.agenda}
        played = {self.seat(choice) for choice in game.choices if choice.by in YOURS}
        own = [seat for seat in seats if seat in game.people or seat in played]
        self.own = own or [seats[0]]
        self.eyes = (
            [*self.own, *(seat for seat in seats if seat not in self.own), EVERYTHING] if self.is_open else self.own
        )

    def seat(self, choice: ChoiceLine) -> str:
        """Return whose choice it was."""
        return self._agenda[choice.scene].seat

    def is_decided_after(self, n: int) -> bool:
        """Say whether the chairs that are played have something to choose after choice n."""
        return self.game.state.ending is None or any(self.seat(one) in self.own for one in self.game.choices[n:])

    def steps(self, eyes: str) -> list[int]:
        """Return the choices that are frames: a seat's own, or all; the opening; and the end, if any."""
        last = len(self.game.choices)
        if eyes == EVERYTHING:
            shown = list(range(1, last + 1))
        else:
            shown = [n for n, item in self._viewing(eyes).told() if item.own]
        return [0, *shown, *([last + 1] if self._is_shown_to_end(eyes, shown) else [])]

    def _is_shown_to_end(self, eyes: str, shown: list[int]) -> bool:
        """Say whether a frame follows the last choice: the ending, or what has reached the seat since."""
        return self.game.state.ending is not None or (eyes != EVERYTHING and shown[-1:] != [len(self.game.choices)])

    def label(self, eyes: str) -> str:
        """Return whose eyes these are."""
        return self.game.scenario.draft.seats[eyes].label if eyes != EVERYTHING else "everything that happened"

    def frame(self, n: int, before: int, eyes: str, *, with_1962: bool = True) -> Frame:
        """Return the frame of choice n, with what was told since choice `before`, the frame before it."""
        if n == 0:
            return self._opening(eyes)
        if n > len(self.game.choices):
            return self._last(before, eyes)
        told = account(self.game, n)
        seat = told.occurrence.seat
        is_seat = seat in self.game.scenario.draft.seats
        view = self._viewing(seat if is_seat else self._first(eyes)).at(n - 1)
        blocks = self._news(before, n - 1, eyes)
        if view.page is not None:
            blocks += sheets.page(view, view.page, whole=True)
        else:
            text = text_of(self.game.scenario, told.occurrence, told.before)
            blocks += [sheets.Text(text)] if text else []
        blocks += self._came(told, seat if is_seat else self._first(eyes))
        chair = f"{told.seat or 'Chance'}{BY[told.by] if told.by != 'fate' else ''}"
        ways = self._ways(n, told, with_1962=with_1962)
        return Frame(n, view, told.title, chair, blocks, ways, told.occurrence.day)

    def differs(self, n: int) -> bool:
        """Say whether choice n is another than that of 1962, where that is known."""
        if not 1 <= n <= len(self.game.choices):
            return False
        choice = self.game.choices[n - 1]
        named = historical(self.game.scenario, self._agenda[choice.scene])
        return named is not None and named != choice.option

    def day(self, n: int) -> int:
        """Return the day of choice n; that of the first or last choice beyond them."""
        if not self.game.choices:
            return 1
        return self._agenda[self.game.choices[min(max(n, 1), len(self.game.choices)) - 1].scene].day

    def dossier(self, n: int, eyes: str) -> Dossier:
        """Return what may be looked at beside a frame."""
        return self.frame(n, n, eyes).view

    def _first(self, eyes: str) -> str:
        return eyes if eyes != EVERYTHING else self.own[0]

    def _viewing(self, seat: str) -> Viewing:
        if seat not in self._viewings:
            self._viewings[seat] = Viewing(self.game, seat)
        return self._viewings[seat]

    def _opening(self, eyes: str) -> Frame:
        view = self._viewing(self._first(eyes)).at(0)
        blocks = self._news(-1, 0, eyes) or [sheets.Note("Nothing has been told yet. → goes on.")]
        return Frame(0, view, "The opening", self.label(eyes), blocks, [], 1)

    def _last(self, before: int, eyes: str) -> Frame:
        last = len(self.game.choices)
        view = self._viewing(self._first(eyes)).at(last)
        blocks = self._news(before, last, eyes)
        if self.game.state.ending is None:
            return Frame(last + 1, view, "Where the game stands", self.label(eyes), blocks, [], self.day(last))
        told = closing(self.game)
        blocks += [sheets.Heading(told.title, f"{told.moment} · {told.kind}")]
        blocks.append(sheets.Text(told.text))
        return Frame(last + 1, view, "The end", self.label(eyes), blocks, [], self.day(last))

    def _news(self, after: int, upto: int, eyes: str) -> list[sheets.Block]:
        """Tell what was told by the choices after `after` up to `upto`."""
        if eyes != EVERYTHING:
            viewing = self._viewing(eyes)
            items: list[Item] = [item for n, item in viewing.told() if after < n <= upto and not item.own]
            return sheets.news(viewing.at(upto), items)
        blocks: list[sheets.Block] = []
        for step in self.game.steps[max(0, after + (after < 0)) : upto + 1]:
            for event in step.events:
                if isinstance(event, Told):
                    blocks += self._told(event)
        return blocks

    def _told(self, event: Told) -> list[sheets.Block]:
        scenario = self.game.scenario
        scene = scenario.scene_of(event.occurrence)
        to = ", ".join(scenario.draft.seats[seat].label for seat in scenario.readers(scene)) or "nobody"
        text = text_of(scenario, event.occurrence, event.values)
        when = stamp(by_scenario(scenario, event.occurrence.local))
        blocks: list[sheets.Block] = [sheets.Heading(scene.title, f"{when} · told to {to}")]
        blocks += [sheets.Text(text)] if text else []
        return blocks + [
            sheets.Document(paper(scenario, key, event.values, event.occurrence.day)) for key in scene.documents
        ]

    def _came(self, told: Account, seat: str) -> list[sheets.Block]:
        blocks: list[sheets.Block] = [sheets.Heading("What came of it", told.label)]
        blocks += [sheets.Text(told.outcome, is_new=True)] if told.outcome else []
        if told.spared:
            blocks.append(sheets.Note(f"Luck was spared here: nuclear war in {told.spared:.1%} of draws."))
        return blocks + sheets.moves("What changed", changes(self.game.scenario, seat, told.before, told.after))

    def _ways(self, n: int, told: Account, *, with_1962: bool) -> list[Content]:
        """List the open options: the one taken, its odds where it was drawn, and what was done in 1962."""
        scenario, state = self.game.scenario, self.game.steps[n - 1].state
        chances = dict(odds(scenario, state))
        lines = []
        for option in scenario.scene_of(told.occurrence).option:
            if option.id not in chances:
                continue
            is_taken = option.id == told.option
            chance = f"{chances[option.id]:>6.1%}  " if told.by in ("fate", "model") else ""
            in_1962 = ("   ◇ 1962", "$quiet") if with_1962 and option.label == told.in_1962 else ""
            head = ("▸ ", "bold $new") if is_taken else "  "
            lines.append(
                Content.assemble(head, (chance, "$quiet"), (option.label, "bold" if is_taken else ""), in_1962)
            )
        if told.reason:
            lines.append(Content.assemble(("    because ", "$quiet"), (told.reason, "italic")))
        return lines


def notes_lines(notes: Mapping[int, str], n: int) -> list[Content]:
    """Return the note on a step, if there is one."""
    return [Content.assemble(("Note: ", "bold $new"), notes[n])] if n in notes else []
