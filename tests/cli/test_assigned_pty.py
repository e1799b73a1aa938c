"""At a real terminal, in plain lines: an assignment from its file to the line that says what to hand in."""

from __future__ import annotations

import signal

from excomm_game.files import saves
from tests.cli.test_assigned import answers
from tests.program import chosen, run
from tests.terminal import Terminal

QUESTIONS = ("Why one?", "Why two?", "Why three?")


def test_from_file_to_hand_in_with_a_kill_between_two_answers(tmp_path):
    """Reasons are given, a takeback is refused, no estimate shown; a kill after the first answer loses nothing, and
    `resume` asks the other two, in two goes.
    """
    lesson, path = tmp_path / "lesson.toml", tmp_path / "game.jsonl"
    asked = [word for question in QUESTIONS for word in ("--question", question)]
    made = run("class", "assign", "small-crisis", "--out", lesson, "--seed", 5, "--reasons", "every",
               "--no-takebacks", "--no-estimate", *asked)  # fmt: skip
    assert made.code == 0
    with Terminal("play", "--assignment", lesson, "--save", path, "--plain") as terminal:
        terminal.read_until("Your name")
        terminal.type("A. Student")
        terminal.read_until("What will you do?")
        for line, until in (
            ("1", "Why?"), ("It costs nothing.", "What will you do?"), ("back", "lets no choice"),
            ("estimate", "shows no estimate"), ("3 because they must hear us", "What will you do?"), ("1", "Why?"),
            ("", "asks for a reason"), ("1 because of the reply", "What will you do?"), ("warm", "Why?"),
            ("To end it.", "What will you do?"), ("settle because we can", "Why one?"), ("", "answer is empty"),
            ("The first.", "Why two?"),
        ):  # fmt: skip
            terminal.type(line)
            terminal.read_until(until)
        terminal.signal(signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
    assert answers(path) == [("Why one?", "The first.")]
    assert run("verify", path).code == 0

    with Terminal("resume", path, "--plain") as terminal:
        terminal.read_until("Why two?")
        terminal.type("The second.")
        terminal.read_until("Why three?")
        terminal.type("later")
        terminal.read_until("Go on with: excomm resume")
        assert terminal.ends() == 0
    with Terminal("resume", path, "--plain") as terminal:
        terminal.read_until("Why three?")
        terminal.type("The third.")
        terminal.read_until("Press Enter")
        terminal.type("")
        terminal.read_until(f"Hand in this file: {path}")
        assert terminal.ends() == 0

    assert answers(path) == list(zip(QUESTIONS, ("The first.", "The second.", "The third."), strict=True))
    assert chosen(path) == ["wait", "threaten", "wait", "warm", "settle"]
    assert all(choice.reason for choice in saves.read(path).record.standing() if choice.by == "person")
    assert saves.header(path).player == "A. Student"
    assert run("verify", path).code == 0
