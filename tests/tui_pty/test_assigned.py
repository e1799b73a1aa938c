"""The full screen at a real terminal: an assignment from its file to the line that says what to hand in."""

from __future__ import annotations

import signal
from pathlib import Path

from excomm_game.files import saves
from tests.cli.test_assigned import answers
from tests.program import chosen, run
from tests.terminal import Terminal
from tests.tui_pty.playing import ASKED, DIALOG, REST, assert_whole, step, to_page

QUESTIONS = ("Why one?", "Why two?", "Why three?")


def made(tmp_path: Path, *options: object) -> Path:
    """An assignment of the small crisis that asks for everything and forbids what it can."""
    lesson = tmp_path / "lesson.toml"
    asked = [word for question in QUESTIONS for word in ("--question", question)]
    said = run("class", "assign", "small-crisis", "--out", lesson, "--seed", 5, "--reasons", "every",
               "--no-takebacks", "--no-estimate", *asked, *options)  # fmt: skip
    assert said.code == 0, said
    return lesson


def choose(terminal: Terminal, reason: str) -> None:
    """Take the first option of a page, and give the reason it needs."""
    terminal.press("1", "1")
    terminal.until("Why? One line")
    terminal.until_quiet(REST)
    terminal.press(*reason, "enter")
    terminal.until(f"Your reason: {reason}")
    terminal.until_quiet(REST)
    terminal.press("enter")
    terminal.until_gone(DIALOG)
    terminal.until_quiet(REST)


def begin(lesson: Path, path: Path) -> Terminal:
    """Begin a game under an assignment, give a name when asked for it, and read the rules."""
    terminal = Terminal("play", "--assignment", lesson, "--save", path)
    terminal.until("Your name")
    terminal.until_quiet(REST)
    terminal.press("enter")
    terminal.until_quiet(REST)
    terminal.press(*"Zoe", "enter")
    terminal.until("No choice can be taken back")
    terminal.until_quiet(REST)
    terminal.press("enter")
    terminal.until_gone("No choice can be taken back")
    return terminal


def go_on_to_the_questions(terminal: Terminal, until: str) -> None:
    """Open the questions from the ending."""
    terminal.until("of your assignment")
    terminal.until_quiet(REST)
    terminal.press("enter")
    terminal.until(until)


def answer(terminal: Terminal, text: str, until: str) -> None:
    """Answer the question that stands there, and wait for what follows it."""
    terminal.until_quiet(REST)
    terminal.press(*text)
    terminal.until(text)
    terminal.press("\x13")
    terminal.until(until)
    terminal.until_quiet(REST)


def test_from_file_to_hand_in_with_a_kill_between_two_answers(tmp_path, path):
    """The name is asked for first; reasons are given, a takeback is refused, no estimate stands there; a kill after
    the first answer loses nothing, and `resume` asks the others, in two goes.
    """
    with begin(made(tmp_path), path) as terminal:
        to_page(terminal)
        assert "stimate" not in terminal.sees()
        choose(terminal, "it costs nothing")
        terminal.press("u")
        terminal.until("lets no choice be taken back")
        terminal.press("enter")
        terminal.until_gone("lets no choice be taken back")
        terminal.until_quiet(REST)
        while "of your assignment" not in terminal.sees():
            if ASKED in terminal.sees():
                choose(terminal, "so")
            else:
                step(terminal)
        go_on_to_the_questions(terminal, QUESTIONS[0])
        answer(terminal, "The first.", QUESTIONS[1])
        terminal.press(*"lost with the kill")
        terminal.until("lost with the kill")
        terminal.signal(signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
    assert answers(path) == [(QUESTIONS[0], "The first.")]
    assert_whole(path)

    with Terminal("resume", path) as terminal:
        go_on_to_the_questions(terminal, QUESTIONS[1])
        answer(terminal, "The second.", QUESTIONS[2])
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        said = terminal.after()
        assert f"1 of the 3 questions of your assignment is open. Go on with: excomm resume {path}\n" in said
        assert f"Then hand in this file: {path}\n" in said
    with Terminal("resume", path) as terminal:
        go_on_to_the_questions(terminal, QUESTIONS[2])
        answer(terminal, "The third.", "After the end")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
        assert f"Hand in this file: {path}\n" in terminal.after()

    assert answers(path) == list(zip(QUESTIONS, ("The first.", "The second.", "The third."), strict=True))
    own = [choice for choice in saves.read(path).record.standing() if choice.by == "person"]
    assert [choice.reason for choice in own] == ["it costs nothing", *["so"] * (len(own) - 1)]
    assert saves.header(path).player == "Zoe"
    assert_whole(path)


def test_the_time_is_redrawn_while_nobody_types(tmp_path, path):
    """A clock over the choices goes down by itself, and no choice is made before it is over."""
    with Terminal("play", "--assignment", made(tmp_path, "--seconds", 90), "--name", "Zoe", "--save", path) as terminal:
        terminal.until("1 minute 30 seconds")
        terminal.until_quiet(REST)
        terminal.press("enter")
        to_page(terminal)
        terminal.until("1:27 left")
        assert chosen(path) == []
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert f"is not over. Go on with: excomm resume {path}\nThen hand in this file: {path}\n" in terminal.after()
        assert terminal.faults() == []


def test_leaving_instead_of_a_name_begins_nothing(tmp_path, path):
    """Escape at the question for the name leaves, with code 0 and no save."""
    with Terminal("play", "--assignment", made(tmp_path), "--save", path) as terminal:
        terminal.until("Your name")
        terminal.until_quiet(REST)
        terminal.press("escape")
        assert terminal.ends() == 0
        assert terminal.faults() == []
    assert not path.exists()
