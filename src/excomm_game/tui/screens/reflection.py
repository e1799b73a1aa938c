"""The questions of an assignment after the ending: one after the other, each answered in a page of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea

from excomm_game.engine.assignment import MAX_ANSWER
from excomm_game.engine.errors import ExcommError
from excomm_game.engine.text import harmless
from excomm_game.tui import sheets
from excomm_game.tui.archive import Archive, Sitting
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.screens.base import Close, Dialog, Down, Help, Less, More, Palette, Up, WriteText
from excomm_game.tui.screens.reading import Leaf, ReadingScreen
from excomm_game.tui.widgets.answers import Answers, Offer
from excomm_game.tui.widgets.menu import Menu
from excomm_game.tui.widgets.pane import Pane
from excomm_game.words.assigned import BEFORE_YOU_READ, numbered, to_hand_in

NOTED_SECONDS = 1.0  # after which what is being written is noted


class Write(Command):
    """Write your answer to the marked question, or go on with what you began."""

    KEYS, WORD, ACTION, RANK = "enter,a", "write", "answer", 0


class Keep(Command):
    """Keep what you wrote on the marked question. It stands in the save then, and is not changed any more."""

    KEYS, WORD, ACTION, RANK = "y", "keep it", "keep", 1


class Drafts:
    """Answers that were begun and not kept: here, and beside the save as far as that works. `say` tells where not."""

    def __init__(self, archive: Archive, sitting: Sitting, say: Callable[[str], None]) -> None:
        self._archive = archive
        self._sitting = sitting
        self._say = say
        self._told = ""
        self._begun: dict[str, str] = {}
        self._only_here: set[str] = set()
        try:
            self._begun |= archive.drafts(sitting.key, sitting.game.header)
        except ExcommError as error:
            self._tell(error)
        for question in sitting.game.answers():
            self.note(question, "")

    def of(self, question: str) -> str:
        """Return what was begun on a question."""
        return self._begun.get(question, "")

    def note(self, question: str, text: str) -> None:
        """Note what was begun on a question; nothing, once it is kept."""
        if text == self.of(question) and question not in self._only_here:
            return
        self._begun[question] = text
        self._only_here.discard(question)
        try:
            self._archive.keep_draft(self._sitting.key, self._sitting.game.header, question, text)
        except ExcommError as error:
            self._tell(error)
            if text.strip():
                self._only_here.add(question)

    @property
    def would_be_lost(self) -> bool:
        """Whether something was begun that stands nowhere but here."""
        return bool(self._only_here)

    def _tell(self, error: ExcommError) -> None:
        if str(error) != self._told:
            self._told = str(error)
            self._say(self._told)


class Reflection(ReadingScreen):
    """Lists the questions with what was answered, and asks for the next. `drafts` holds what is not kept yet."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (
        Write, Keep, Down, Up, More, Less, WriteText, Close, Help, Palette,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(Write, Keep)
    ABOUT = "Each answer is kept in the save, as your choices are. What you began waits here, and beside the save."

    def __init__(self, sitting: Sitting, drafts: Drafts) -> None:
        self.sitting = sitting
        self.game = sitting.game
        self.drafts = drafts
        asked = self.game.assignment
        assert asked is not None
        self.asked = asked
        super().__init__("Your reflection", self._leaves(), above=Content.styled(BEFORE_YOU_READ, "$quiet"))

    async def arrive(self) -> None:
        """Show the questions, and ask the first that is open."""
        self.ask_next()

    def ask_next(self) -> None:
        """Ask the next open question; when there is none left, tell what could not be known."""
        owed = self.game.unanswered()
        if owed:
            self._show(owed[0])
            self._ask(owed[0])
            return
        from excomm_game.tui.screens.ending import Aftermath

        self.app.switch_screen(Aftermath(self.sitting))
        self.excomm.say(to_hand_in(self.game, self.sitting.key))

    def _leaves(self) -> list[Leaf]:
        kept = self.game.answers()
        return [self._leaf(question, kept.get(question)) for question in self.asked.questions]

    def _leaf(self, question: str, answer: str | None) -> Leaf:
        draft = self.drafts.of(question)
        state = "✓ kept" if answer is not None else "begun" if draft else "open"
        said = (answer if answer is not None else draft) or "Nothing yet."
        name = numbered(self.asked, question)
        line = Content.assemble(name, (f"\n{state}", "$quiet"))
        return Leaf(line, [sheets.Heading(question), *map(sheets.Note, harmless(said).split("\n"))], name)

    def _show(self, question: str) -> None:
        self.leaves = self._leaves()
        self.first = self.asked.questions.index(question)
        self.show_leaves()
        self.refresh_keys()

    @property
    def marked(self) -> str | None:
        """The marked question."""
        place = self.query_one(Menu).highlighted
        return None if place is None else self.asked.questions[place]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which commands are open now: what is kept is not changed any more."""
        if action in ("answer", "keep"):
            is_open = self.is_drawn and self.marked in self.game.unanswered()
            return is_open and (action == "answer" or bool(self.drafts.of(self.marked or "").strip()))
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def look(self) -> None:
        """Show the commands that are open for the marked question."""
        self.refresh_keys()

    @on(OptionList.OptionSelected)
    def taken(self, event: OptionList.OptionSelected) -> None:
        """Answer the question that was taken."""
        event.stop()
        self.action_answer()

    def action_answer(self) -> None:
        """Write on the marked question."""
        if (question := self.marked) in self.game.unanswered():
            self._ask(question)

    def action_keep(self) -> None:
        """Keep the draft of the marked question."""
        if self.marked is not None:
            self._keep(self.marked)

    def _ask(self, question: str) -> None:
        def written(answer: Written | None) -> None:
            if answer is not None:
                self.drafts.note(question, answer.text)
                self._show(question)
                if answer.is_to_keep:
                    self._keep(question)

        head = f"{numbered(self.asked, question)}. {question}"
        self.app.push_screen(Answer(head, self.drafts.of(question), partial(self.drafts.note, question)), written)

    def _keep(self, question: str) -> None:
        try:
            rows = self.game.answer(question, harmless(self.drafts.of(question)).strip())
        except ExcommError as error:
            self.excomm.refuse(str(error))
            return

        def go_on() -> None:
            self.drafts.note(question, "")
            self.ask_next()

        self.excomm.keep(self.sitting, rows, go_on)


class Written(NamedTuple):
    """What was written, and whether it is to be kept as the answer now."""

    text: str
    is_to_keep: bool


class Page(TextArea):
    """A page to write on. Of a paste it takes what fits, without what may not be in a text."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        room = MAX_ANSWER - len(self.text) + len(self.selected_text)
        self.replace(harmless(event.text)[: max(0, room)], *self.selection)


class Answer(Dialog[Written]):
    """Asks one question over a page to write on. `begun` is told now and then what stands there, and on the way out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "keep", "Keep", show=False, priority=True),
        Binding("escape,tab", "leave", "Back", show=False, priority=True),
    ]

    def __init__(self, question: str, draft: str, begun: Callable[[str], None]) -> None:
        super().__init__()
        self.question = question
        self.draft = draft
        self.begun = begun
        self.pause: Timer | None = None
        self.is_answered = False

    def body(self) -> ComposeResult:
        """Compose the question, the page and the ways out."""
        with Vertical(classes="answer"):
            with Pane(classes="question"):
                yield Static(Content(self.question))
            page = Page(self.draft, compact=True, highlight_cursor_line=False)
            page.cursor_blink = False
            yield page
            yield Answers(Offer("ctrl+s", "keep it", "keep"), Offer("tab", "back, to do it later", "leave"))

    def on_mount(self) -> None:
        """Write on where the draft ends."""
        page = self.query_one(Page)
        page.move_cursor(page.document.end)
        page.focus()

    @on(TextArea.Changed)
    def changed(self, event: TextArea.Changed) -> None:
        """Have what is written noted in a moment."""
        event.stop()
        self.draft = event.text_area.text
        if self.pause is None:
            self.pause = self.set_timer(NOTED_SECONDS, self._note)

    def _note(self) -> None:
        self.pause = None
        self.begun(self.draft)

    def on_unmount(self) -> None:
        """Note what was written last, if the program is left from here."""
        if not self.is_answered:
            self.begun(self.draft)

    def action_keep(self) -> None:
        """Have it kept."""
        self._answer(is_to_keep=True)

    def action_leave(self) -> None:
        """Go back to the questions."""
        self._answer(is_to_keep=False)

    def _answer(self, *, is_to_keep: bool) -> None:
        self.is_answered = True
        self.dismiss(Written(self.query_one(Page).text, is_to_keep))
