"""The commands of the replay theatre: moving through a game, and doing something with it."""

from __future__ import annotations

from excomm_game.tui.commands import Command
from excomm_game.tui.screens.base import Help


class Next(Command):
    """Go to the next step."""

    KEYS, SHOWN, WORD, ACTION, RANK = "right,full_stop,f", "→ f", "next", "step(1)", 0


class Previous(Command):
    """Go to the step before."""

    KEYS, SHOWN, WORD, ACTION, RANK = "left,comma,r", "← r", "back", "step(-1)", 1


class NextDay(Command):
    """Go to the first step of the next day."""

    KEYS, SHOWN, WORD, ACTION, RANK = "right_square_bracket,z", "] z", "day on", "day(1)", 3


class PreviousDay(Command):
    """Go to the first step of this day, or of the day before."""

    KEYS, SHOWN, WORD, ACTION, RANK = "left_square_bracket,a", "[ a", "day back", "day(-1)", 4


class First(Command):
    """Go to the opening."""

    KEYS, WORD, ACTION = "home,i", "opening", "jump(0)"


class Last(Command):
    """Go to the end."""

    KEYS, WORD, ACTION = "end,t", "end", "jump(-1)"


class Play(Command):
    """Let it run by itself, or stop it."""

    KEYS, SHOWN, WORD, ACTION, RANK = "space,p", "space", "play", "play", 2


class Faster(Command):
    """Run faster."""

    KEYS, WORD, ACTION, RANK = "plus,equals_sign,u", "faster", "pace(-1)", 9


class Slower(Command):
    """Run slower."""

    KEYS, WORD, ACTION, RANK = "minus,y", "slower", "pace(1)", 9


class In1962(Command):
    """Show or hide what was done in 1962."""

    KEYS, WORD, ACTION, RANK = "h", "1962", "in_1962", 5


class NextDifference(Command):
    """Go to the next choice that is another than that of 1962."""

    KEYS, WORD, ACTION, RANK = "e", "where it parts", "difference", 6


class Eyes(Command):
    """See it through another chair's eyes, or see everything that happened."""

    KEYS, WORD, ACTION, RANK = "v", "whose eyes", "eyes", 5


class Branch(Command):
    """Take the chair at this step: a new game that shares all before it."""

    KEYS, WORD, ACTION, RANK = "b", "branch", "branch", 3


class WriteNote(Command):
    """Write a note on this step, kept in a file beside the save."""

    KEYS, WORD, ACTION, RANK = "n", "note", "note", 4


class Beside(Command):
    """Compare this game with another."""

    KEYS, WORD, ACTION, RANK = "o", "compare", "compare", 7


class OpenDebrief(Command):
    """Have this finished game explained: the risk that was run, choices and luck told apart, the judges, the truth."""

    KEYS, WORD, ACTION, RANK = "g", "debrief", "debrief", 5


class ReadOn(Command):
    """Read on: the next page of the text."""

    KEYS, SHOWN, WORD, ACTION, RANK = "pagedown,m", "m", "read on", "more", 6


class HelpHere(Help):
    """Say what every key here does."""

    KEYS = "question_mark,f1"


class Leave(Command):
    """Leave the replay for the title."""

    KEYS, WORD, ACTION, RANK = "q,escape", "leave", "leave", 0


MOVES: tuple[type[Command], ...] = (Next, Previous, NextDay, PreviousDay, Play, In1962, NextDifference, Eyes)
USES: tuple[type[Command], ...] = (OpenDebrief, Branch, WriteNote, Beside, Faster, Slower, First, Last, ReadOn)
