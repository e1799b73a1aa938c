"""Play at the plain table: read a line, answer with lines, until the game ends or the input does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from excomm_game.engine.dossier import Dossier, after_choice, dossier
from excomm_game.engine.errors import IllegalChoice, UsageError
from excomm_game.engine.game import Game
from excomm_game.engine.reader import Page
from excomm_game.engine.record import Row
from excomm_game.engine.text import printable
from excomm_game.plain import page
from excomm_game.plain.ending import aftermath, ending
from excomm_game.plain.reflection import reflect
from excomm_game.words.assigned import ASK_REASON, NO_ESTIMATE, duration, rules
from excomm_game.words.figures import about_estimate, estimated
from excomm_game.words.phrases import change

Write = Callable[[str], None]
Save = Callable[[Sequence[Row]], None]
Seconds = Callable[[], float]
"""Returns seconds since some fixed moment, to tell how long a choice took."""
_HIDING_LINES = 60
_LEAVE = ("quit", "q", "exit")


class Table:
    """A person, or several in turn, at a game in plain lines.

    `begun` is what was begun elsewhere on the questions after the end, `heard` counts what each seat has been read
    out, `since` what others changed after its last choice, `kept` is a line from a pipe that came where only Enter was
    asked for, `began` when the page was shown.
    """

    def __init__(
        self, game: Game, save: Save, lines: Iterator[str], write: Write, clock: Seconds, begun: Mapping[str, str],
        *, is_typed: bool = False,
    ) -> None:  # fmt: skip
        self.is_typed = is_typed
        self.game = game
        self.save = save
        self.lines = lines
        self.write = write
        self.clock = clock
        self.begun = begun
        self.heard: dict[str, int] = {}
        self.since: dict[str, list[str]] = {}
        self.seat = ""
        self.kept: str | None = None
        self.began = 0.0

    def play(self) -> bool:
        """Play until the game is over, and all that is asked then is answered (true), or the player leaves or the input
        ends (false).
        """
        asked = self.game.assignment
        if asked is not None and self.game.awaited is not None:
            self._say([f"{asked.title}.", *rules(asked)])
        while (occurrence := self.game.awaited) is not None:
            if occurrence.seat != self.seat and not self._hand_over(occurrence.seat):
                return False
            view = self._show()
            if not self._turn(view):
                return False
        self._say(ending(self.game))
        if not reflect(self.game, self.save, self._typed(), self.write, self.begun):
            return False
        self._pause("\nPress Enter for what nobody could tell you while it lasted.")
        self._say(aftermath(self.game))
        return True

    # -- showing

    def _say(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    def _show(self) -> Dossier:
        """Show what reached the seat since its last choice, then the page, whole for whoever has just sat down."""
        view = dossier(self.game, self.seat)
        is_first = self.seat not in self.heard
        last_own = max((n for n, item in enumerate(view.told, start=1) if item.own), default=0)
        news = [item for item in view.told[self.heard.get(self.seat, last_own) :] if not item.own]
        self._say(page.told(view, news))
        since = self.since.pop(self.seat, [])
        self._say([f"Since then: {'; '.join(since)}."] if since else [])
        self.heard[self.seat] = len(view.told)
        self._say(page.page(view, full=is_first or bool(news) or not self.game.is_free_back(), again=is_first))
        self.began = self.clock()
        self._say(self._time())
        return view

    def _left(self) -> float | None:
        """Return how many seconds there are left for this choice; None where no time runs."""
        asked = self.game.assignment
        return None if asked is None or asked.seconds is None else asked.seconds - (self.clock() - self.began)

    def _time(self) -> list[str]:
        left = self._left()
        return [] if left is None else [f"Time for this choice: {duration(max(0, round(left)))}."]

    def _hand_over(self, seat: str) -> bool:
        """Give the table to another seat; where several play, hide what was shown until they say they are there."""
        is_first, self.seat = not self.seat, seat
        if len(self.game.people) == 1:
            return True
        label = self.game.scenario.draft.seats[seat].label
        if not is_first:
            if not self._pause(f"The table passes to {label}. Press Enter to clear the page."):
                return False
            self.write("\n" * _HIDING_LINES)
        return self._pause(f"{label}, press Enter when you sit here alone.")

    def _pause(self, message: str) -> bool:
        """Wait for Enter; false at the end of the input, or at quit.

        What somebody types here is nobody's choice; a pipe, which presses no Enter, has its line kept for the turn.
        """
        self.write(message)
        if self.kept is None:
            answer = next(self.lines, None)
            if answer is None or (self.is_typed and answer.strip().lower() in _LEAVE):
                return False
            self.kept = answer if answer.strip() and not self.is_typed else None
        return True

    # -- one turn

    def _turn(self, view: Dossier) -> bool:
        """Read lines until one moves the game; false when the player leaves or the input ends."""
        assert view.page is not None
        for line in self._typed():
            word = line.lower()
            named = any(way.id == line for way in view.page.ways)
            is_leaving = word in _LEAVE and not named
            if self._has_run_out(view):
                return not is_leaving
            if is_leaving:
                return False
            if word == "back" and not named:
                if self._back():
                    return True
            elif not line or (not named and self._shown(view, view.page, word)):
                continue
            elif self._choose(view, view.page, line):
                return True
        return False

    def _has_run_out(self, view: Dossier) -> bool:
        """Let the odds decide where the time for this choice is over; say whether it was."""
        left = self._left()
        if left is None or left > 0:
            return False
        n = len(self.game.choices) + 1
        self.save(self.game.let_time_run_out())
        self.write("\nYour time ran out before that line: the odds decided.")
        self._outcome(len(view.told), n, "THEY TOOK")
        return True

    def _typed(self) -> Iterator[str]:
        while (line := next(self.lines, None) if self.kept is None else self.kept) is not None:
            self.kept = None
            yield line.strip()

    def _shown(self, view: Dossier, shown: Page, word: str) -> bool:
        """Show what a word asks for; false when it asks for nothing."""
        asked: dict[str, Callable[[], list[str]]] = {
            "help": lambda: page.help_lines(self.game.assignment),
            "?": lambda: page.help_lines(self.game.assignment),
            "again": lambda: [*page.page(view, again=True), *self._time()],
            "council": lambda: page.council(shown),
            "papers": lambda: page.papers(view),
            "situation": lambda: page.situation(view),
            "ladder": lambda: page.ladder(view),
            "journal": lambda: page.journal(view),
            "estimate": self._estimate,
            "sources": lambda: page.sources(shown),
        }
        verb, _, rest = word.partition(" ")
        wanted: dict[str, Callable[[str], list[str]]] = {
            "read": lambda number: page.read(view, number),
            "about": lambda way: page.about(shown, way),
            "who": lambda name: page.who(shown, name),
        }
        if word in asked:
            self._say(asked[word]())
        elif verb in wanted:
            self._say(wanted[verb](rest.strip()))
        return word in asked or verb in wanted

    def _estimate(self) -> list[str]:
        """Work the estimate of the risk out, and say what it is."""
        from excomm_game.worlds.estimate import TABLE_WORLDS, estimate  # noqa: PLC0415 - arrays only when asked for

        game = self.game
        if game.assignment is not None and not game.assignment.estimate:
            return [NO_ESTIMATE]
        told = estimate(game.scenario, game.state, game.choices, self.seat, TABLE_WORLDS)
        figure = f"The model's estimate: {estimated(told.p)}." if told else "So far from the odds there is no estimate."
        return [figure, *about_estimate(TABLE_WORLDS, game.scenario, game.header.school).split("\n")]

    def _choose(self, view: Dossier, shown: Page, line: str) -> bool:
        """Take the option a line names; say why not when it names none that is open, or lacks a reason it needs."""
        named, _, reason = re.sub(r"\s+because\s+", "\n", line, count=1, flags=re.IGNORECASE).partition("\n")
        named = named.rstrip(".) ").lower()
        key = "number" if re.fullmatch("[0-9]+", named) else "id"
        way = next((w for w in shown.ways if w.number is not None and str(getattr(w, key)) == named), None)
        if way is None:
            closed = next((w for w in shown.ways if w.number is None and w.id == named), None)
            why = f"That is closed: {closed.barred}" if closed else f"'{printable(line)}' is none of the options."
            numbers = max((w.number or 0 for w in shown.ways), default=0)
            self.write(f"{why} Type a number from 1 to {numbers}, an option's id, or help.")
            return False
        if self.game.needs_reason() and not reason.strip():
            self.write(ASK_REASON)
            reason = next(self._typed(), "")
            if self._has_run_out(view):
                return True
            if reason.lower() in _LEAVE:
                self.kept = reason
                return False
        n = len(self.game.choices) + 1
        try:
            rows = self.game.choose(way.id, reason.strip() or None, round(self.clock() - self.began, 1))
        except IllegalChoice as error:
            self.write(str(error))
            return False
        self.save(rows)
        self._outcome(len(view.told), n)
        return True

    def _outcome(self, heard: int, n: int, said: str = "YOU CHOSE") -> None:
        """Tell what came of choice n at once; what others have done since is told after the news of it."""
        view = dossier(self.game, self.seat)
        own = next((item for item in view.told[heard:] if item.own), None)
        if own is not None:
            self._say(["", f"{said}: {own.label}", *([own.outcome] if own.outcome else [])])
        by_choice, since = after_choice(self.game, self.seat, n)
        if by_choice:
            self._say([f"What changed: {'; '.join(change(one) for one in by_choice)}."])
        self.since[self.seat] = [change(one) for one in since]

    def _back(self) -> bool:
        """Take back the last choice; say why not when there is none, or when others have seen it."""
        n = self.game.last_own()
        if n is None:
            self.write("There is no choice of yours to take back yet.")
        elif len(self.game.people) > 1 and not self.game.is_free_back():
            self.write("Nothing is taken back where several people play.")
        else:
            try:
                self.save(self.game.back(n))
            except UsageError as error:
                self.write(str(error))
                return False
            self.heard[self.seat] = min(self.heard.get(self.seat, 0), len(dossier(self.game, self.seat).told))
            self.write("Your last choice is taken back.")
            return True
        return False
