"""Questions over a screen: a notice, yes or no, one line of text, the commitment to a choice."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from excomm_game.engine.text import harmless
from excomm_game.tui.prose import prose
from excomm_game.tui.screens.base import Dialog
from excomm_game.tui.widgets.answers import Answers, Offer
from excomm_game.tui.widgets.pane import Pane


class Notice(Dialog[None]):
    """Says one thing, and goes at any answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,y,n,q,escape,space", "close", "Close", show=False)]

    def __init__(self, text: str, title: str = "") -> None:
        super().__init__()
        self.text = text
        self.heading = title

    def body(self) -> ComposeResult:
        """Compose the text and the way out."""
        with Pane(classes="dialog"):
            if self.heading:
                yield Static(Content.styled(self.heading, "bold"), classes="heading")
            yield Static(Content(self.text))
            yield Answers(Offer("enter", "close", "close"))

    def action_close(self) -> None:
        """Go."""
        self.dismiss(None)


class Ask(Dialog[bool]):
    """Asks yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", show=False),
        Binding("n,q,escape", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: str, yes: str = "yes", no: str = "no") -> None:
        super().__init__()
        self.question = question
        self.yes, self.no = yes, no

    def body(self) -> ComposeResult:
        """Compose the question and its two answers."""
        with Pane(classes="dialog"):
            yield Static(Content(self.question))
            yield Answers(Offer("y", self.yes, "answer(True)"), Offer("n", self.no, "answer(False)"))

    def action_answer(self, is_yes: bool) -> None:
        """Answer."""
        self.dismiss(is_yes)


class TextLine(Input):
    """A line to type in. Of a paste it takes the first line, without what may not be in a text, as far as it fits."""

    def on_paste(self, event: events.Paste) -> None:
        """Take in what fits; the library's own line takes all of a paste or nothing."""
        event.prevent_default()
        event.stop()
        pasted = harmless("".join(event.text.splitlines()[:1]))
        room = (self.max_length or len(pasted)) - len(self.value) + len(self.selected_text)
        self.replace(pasted[: max(0, room)], *self.selection)


EMPTY = "an empty line leaves it out"


class WriteLine(Dialog[str | None]):
    """Asks for one line; None when the person leaves without it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(self, question: str, text: str = "", longest: int = 2_000, hint: str = EMPTY) -> None:
        super().__init__()
        self.question = question
        self.text = text
        self.longest = longest
        self.hint = hint

    def body(self) -> ComposeResult:
        """Compose the question and the line."""
        with Pane(classes="dialog"):
            yield Static(Content(self.question))
            yield TextLine(self.text, max_length=self.longest, compact=True, select_on_focus=False)
            yield Answers(Offer("enter", "keep it", "keep"), Offer("esc", "leave", "leave"), hint=self.hint)

    async def action_keep(self) -> None:
        """Submit the line, as enter does."""
        await self.query_one(TextLine).action_submit()

    @on(Input.Submitted)
    def keep(self, event: Input.Submitted) -> None:
        """Answer with the line, without what may not be in a text."""
        self.dismiss(harmless(event.value).strip())

    def action_leave(self) -> None:
        """Answer with nothing; what was written stays to be asked for."""
        self.text = self.query_one(TextLine).value
        self.dismiss(None)


class Commitment(NamedTuple):
    """A choice that stands, and the reason given for it, which may be empty."""

    reason: str


class Commit(Dialog[Commitment | None]):
    """Asks whether a choice stands; None: it does not. A reason may be given, and must be where it `is_needed`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "commit", "Commit", show=False),
        Binding("r", "reason", "Give a reason", show=False),
        Binding("n,q,escape", "leave", "Not this", show=False),
    ]

    def __init__(self, label: str, text: str, longest_reason: int, *, is_needed: bool = False) -> None:
        super().__init__()
        self.is_needed = is_needed
        self.label = label
        self.text = text
        self.longest_reason = longest_reason
        self.reason = self.begun = ""
        self.line: WriteLine | None = None

    def body(self) -> ComposeResult:
        """Compose the option, what it would mean, the reason so far and the answers."""
        with Pane(classes="dialog"):
            yield Static(Content.styled(self.label, "bold"), classes="heading")
            yield Static(self._given(), id="reason", classes="note")
            if self.text:
                yield Static(prose(self.text), classes="text")
            yield Answers(
                Offer("enter", "do it", "commit"),
                Offer("r", "give a reason", "reason"),
                Offer("n", "not this", "leave"),
            )

    def on_mount(self) -> None:
        """Ask for a reason at once where one is needed."""
        if self.is_needed:
            self.action_reason()

    def _given(self) -> Content:
        if self.reason:
            return Content(f"Your reason: {self.reason}")
        return Content(f"No reason given; {'your assignment asks for one' if self.is_needed else 'none is needed'}.")

    def action_reason(self) -> None:
        """Ask for the reason."""

        def keep(line: str | None) -> None:
            self.begun = ask.text if line is None else line
            if line is not None:
                self.reason = line
                self.query_one("#reason", Static).update(self._given())

        hint = "your assignment asks for it" if self.is_needed else EMPTY
        ask = self.line = WriteLine("Why? One line, kept in the save.", self.begun, self.longest_reason, hint)
        self.app.push_screen(ask, keep)

    def so_far(self) -> str:
        """Return the reason as it stands, or as it is being written."""
        is_open = self.line is not None and self.line.is_attached
        return harmless(self.line.query_one(TextLine).value).strip() if self.line and is_open else self.reason

    def action_commit(self) -> None:
        """Let the choice stand; without a reason that is needed, ask for it."""
        if self.is_needed and not self.reason:
            self.action_reason()
            return
        self.dismiss(Commitment(self.reason))

    def action_leave(self) -> None:
        """Go back to the choices."""
        self.dismiss(None)
