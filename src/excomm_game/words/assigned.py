"""What an assignment asks, and what is left to do for it, in words."""

from __future__ import annotations

from excomm_game.engine.assignment import Assignment
from excomm_game.engine.game import Game

NO_ESTIMATE = "Your assignment shows no estimate."
ASK_NAME = "Your name, as it should stand in what you hand in:"
ASK_REASON = "Why? One line, kept in the save. Your assignment asks for it."
BEFORE_YOU_READ = "Before you read what nobody could tell you while it lasted, say what you make of it yourself."


def rules(asked: Assignment) -> list[str]:
    """Return what holds in a game under an assignment, a sentence each."""
    said = ["Every choice is saved at once."]
    if not asked.takebacks:
        said.append("No choice can be taken back once its page is left.")
    if asked.reasons == "every":
        said.append("Every choice needs a reason in your own words.")
    elif asked.reasons == "marked":
        said.append("Some choices need a reason in your own words; you are asked for it there.")
    if not asked.estimate:
        said.append("No estimate of the risk is shown.")
    if asked.seconds is not None:
        said.append(f"You have {duration(asked.seconds)} for each choice; when they are over the odds decide.")
    said.append(f"After the end {len(asked.questions)} questions are put to you.")
    return said


def duration(seconds: int) -> str:
    """Return a number of seconds in words: 1 minute 30 seconds."""
    parts = [(seconds // 60, "minute"), (seconds % 60, "second")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count) or "0 seconds"


def clock(seconds: float) -> str:
    """Return the time that is left as a clock shows it: 1:05."""
    left = max(0, round(seconds))
    return f"{left // 60}:{left % 60:02}"


def numbered(asked: Assignment, question: str) -> str:
    """Return which of the questions this is."""
    return f"Question {asked.questions.index(question) + 1} of {len(asked.questions)}"


def to_hand_in(game: Game, path: str) -> str:
    """Return the line that says which file to hand in; nothing where none is asked, or something is left to do."""
    is_done = game.assignment is not None and game.state.ending is not None and not game.unanswered()
    return f"Hand in this file: {path}" if is_done else ""


def still_to_do(game: Game, path: str, command: str) -> list[str]:
    """Return what is left to do for an assignment, by what command, and which file is to be handed in then."""
    asked, owed = game.assignment, len(game.unanswered())
    if asked is None or (game.state.ending is not None and not owed):
        return []
    said = "The game of your assignment is not over."
    if game.state.ending is not None:
        said = f"{owed} of the {len(asked.questions)} questions of your assignment {'is' if owed == 1 else 'are'} open."
    return [f"{said} Go on with: {command}", f"Then hand in this file: {path}"]
