"""Commands: one class each, which feeds the key, the line of keys, the palette and the help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

if TYPE_CHECKING:
    from textual.screen import Screen


class Command:
    """What a person can ask for; a subclass's docstring is its help, in one sentence.

    `KEYS` are Textual's key names, the first one shown as `SHOWN` unless that is empty; `WORD` stands in the line of
    keys, where `RANK` says which commands give way first when there is little room (0 never does; None: not there).
    """

    KEYS: ClassVar[str]
    SHOWN: ClassVar[str] = ""
    WORD: ClassVar[str]
    ACTION: ClassVar[str]
    RANK: ClassVar[int | None] = None

    @classmethod
    def help(cls) -> str:
        """Return what it does, in one sentence."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def key(cls) -> str:
        """Return the key as a person reads it."""
        first = cls.KEYS.partition(",")[0]
        return cls.SHOWN or _KEY_NAMES.get(first, first)

    @classmethod
    def binding(cls) -> Binding:
        """Return the binding that calls it."""
        return Binding(cls.KEYS, cls.ACTION, cls.WORD, show=False)


_KEY_NAMES = {
    "question_mark": "?",
    "right": "→",
    "left": "←",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def bindings(*commands: type[Command]) -> list[BindingType]:
    """Return the bindings of these commands, for a screen's BINDINGS."""
    return [command.binding() for command in commands]


def commands_of(screen: Screen[Any]) -> Sequence[type[Command]]:
    """Return the commands that are open on a screen now, in its own order."""
    listed: Sequence[type[Command]] = getattr(screen, "ORDERS", ())
    return [command for command in listed if screen.check_action(command.ACTION, ())]


LEAST_SCORE = 0.01
CLOSE, CLOSE_HELP = "close this list", "Go back without a command; Escape does the same."


def _nothing() -> None:
    """Answer to the last line of the palette, which only closes it."""


class CommandSearch(Provider):
    """Lets the palette find the commands of the screen it was opened on."""

    async def discover(self) -> Hits:
        """Yield every command that is open now."""
        for command in commands_of(self.screen):
            run = partial(self.screen.run_action, command.ACTION)
            yield DiscoveryHit(f"{command.WORD} ({command.key()})", run, help=command.help())
        yield DiscoveryHit(CLOSE, _nothing, help=CLOSE_HELP)

    async def search(self, query: str) -> Hits:
        """Yield the commands whose word or help matches."""
        matcher = self.matcher(query)
        for command in commands_of(self.screen):
            text = f"{command.WORD} ({command.key()})"
            score = max(matcher.match(text), matcher.match(command.help()) / 2)
            if score > 0:
                run = partial(self.screen.run_action, command.ACTION)
                yield Hit(score, matcher.highlight(text), run, text=text, help=command.help())
        yield Hit(max(matcher.match(CLOSE), LEAST_SCORE), CLOSE, _nothing, text=CLOSE, help=CLOSE_HELP)


class PaletteScreen(CommandPalette, inherit_bindings=False):
    """The palette, without the keys that turn its pages: they fail while the list is still being filled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", "Next", show=False),
        Binding("up", "command_list('cursor_up')", "Previous", show=False),
        Binding("escape", "escape", "Close", show=False),
    ]
