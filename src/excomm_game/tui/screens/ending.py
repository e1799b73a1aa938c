"""The end: date, hour and a few sentences, alone on the screen; then what nobody could tell while it lasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from excomm_game.tui import sheets
from excomm_game.tui.archive import Sitting
from excomm_game.tui.commands import Command, bindings
from excomm_game.tui.prose import prose
from excomm_game.tui.screens.base import Close, Down, GameScreen, Help, Less, More, Palette, Up, WriteText
from excomm_game.tui.screens.dialogs import Ask
from excomm_game.tui.screens.reading import Leaf, ReadingScreen
from excomm_game.words.assigned import to_hand_in
from excomm_game.words.ending import aftermath, closing

if TYPE_CHECKING:
    from excomm_game.tui.screens.reflection import Drafts


class GoOn(Command):
    """Read what nobody could tell you while it lasted; what an assignment asks comes before it."""

    KEYS, WORD, ACTION, RANK = "enter,g", "go on", "go_on", 0


class Watch(Command):
    """Watch this game again, step by step, beside what 1962 did."""

    KEYS, WORD, ACTION, RANK = "r", "replay", "watch", 1


class OpenDebrief(Command):
    """Have the game explained: the risk you ran, your choices and luck told apart, the judges, the truth."""

    KEYS, WORD, ACTION, RANK = "d", "debrief", "debrief", 1


class Leave(Command):
    """Go back to the title. The game is saved."""

    KEYS, WORD, ACTION, RANK = "q", "title", "leave", 0


class EndingScreen(GameScreen):
    """Gives the ending the whole screen until the player goes on."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (GoOn, OpenDebrief, Watch, WriteText, Help, Palette, Leave)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*ORDERS)
    ABOUT = "The game is over. Nothing here is in a hurry."

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.told = closing(sitting.game)
        self.drafts: Drafts | None = None

    def body(self) -> ComposeResult:
        """Compose the hour, the title and the sentences, in the middle of an empty screen."""
        told = self.told
        with Vertical(classes="ending"):
            yield Static(Content.styled(told.moment, "$quiet"), classes="hour")
            yield Static(Content.styled(told.title, "bold"), classes="title")
            yield Static(prose(told.text), classes="text")
            yield Static(Content.styled(f"{told.kind[:1].upper()}{told.kind[1:]}.", "$quiet"), classes="kind")
            if self.sitting.game.assignment is not None:
                yield Static(self._left_to_do(), id="assigned", classes="note")

    def _left_to_do(self) -> Content:
        """Say what the assignment still asks, or which file to hand in."""
        owed = len(self.sitting.game.unanswered())
        asked = f"{owed} question{'' if owed == 1 else 's'} of your assignment {'is' if owed == 1 else 'are'} open."
        return Content(asked if owed else to_hand_in(self.sitting.game, self.sitting.key))

    def on_screen_resume(self) -> None:
        """Say anew what is left to do: something may have been answered."""
        for line in self.query("#assigned").results(Static):
            line.update(self._left_to_do())
        self.refresh_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what explains the game while the assignment still asks what its player makes of it."""
        if action in ("debrief", "watch"):
            return not self.sitting.game.unanswered()
        return super().check_action(action, parameters)

    def written(self) -> tuple[str, str] | None:
        """Return the ending."""
        told = self.told
        return told.title, f"{told.moment}\n{told.title} ({told.kind})\n\n{told.text}\n"

    def action_go_on(self) -> None:
        """Open the aftermath, or before it the questions that are open."""
        if self.sitting.game.unanswered():
            from excomm_game.tui.screens.reflection import Drafts, Reflection

            if self.drafts is None:
                self.drafts = Drafts(self.excomm.archive, self.sitting, self.excomm.say)
            self.app.push_screen(Reflection(self.sitting, self.drafts))
        else:
            self.app.push_screen(Aftermath(self.sitting))

    def action_debrief(self) -> None:
        """Open the debrief."""
        self.excomm.open_debrief(self.sitting.game)

    def action_watch(self) -> None:
        """Open the replay."""
        self.excomm.open_replay(self.sitting.key)

    def action_leave(self) -> None:
        """Let go of the save and go to the title; what was begun waits beside the save, or it is asked what of it."""
        if self.drafts is None or not self.drafts.would_be_lost:
            self.excomm.go_to_title()
            return

        def leave(is_yes: bool | None) -> None:
            if is_yes:
                self.excomm.go_to_title()

        question = "You began an answer that could not be noted beside the save. Leave, and lose it?"
        self.app.push_screen(Ask(question, "leave without it", "stay"), leave)


class Aftermath(ReadingScreen):
    """What the chair could not know while it played, a section a line."""

    ORDERS: ClassVar[tuple[type[Command], ...]] = (
        Down, Up, More, Less, OpenDebrief, Watch, WriteText, Close, Help, Palette,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(OpenDebrief, Watch)

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        leaves = [Leaf(Content(one.heading), sheets.section(one), one.heading) for one in aftermath(sitting.game)]
        super().__init__("After the end", leaves)

    def action_debrief(self) -> None:
        """Open the debrief."""
        self.excomm.open_debrief(self.sitting.game)

    def action_watch(self) -> None:
        """Open the replay."""
        self.excomm.open_replay(self.sitting.key)
