"""A disk that refuses: a plain sentence in a dialog or on standard error, and what was saved before stays whole."""

from __future__ import annotations

import os

import pytest

from tests.files.disk import REFUSING, refusing
from tests.program import PROGRAM, chosen
from tests.terminal import Terminal
from tests.tui_pty.playing import ASKED, REST, TITLE, assert_whole, choose, leave, seated, step, to_page

UNWRITTEN = "try again"


def full(blocks: int) -> list[str]:
    """Return the program on a disk that takes so many blocks of a file and no more."""
    return ["sh", "-c", f'ulimit -S -f {blocks}; exec "$@"', "sh", *PROGRAM]


def told(terminal: Terminal) -> str:
    """Return the words on the screen, without the lines around them."""
    return " ".join("".join(c if c not in "│╭╮╰╯─" else " " for c in terminal.sees()).split())


@pytest.fixture(params=["a file", "no permission", "no place"])
def refused(request, home, monkeypatch):
    """A save folder that cannot be made or written to, and the words that say so."""
    folder = home / "saves"
    if request.param == "a file":
        folder.write_text("in the way")
        return "cannot be made"
    if request.param == "no permission":
        folder.mkdir()
        folder.chmod(0o555)
        if os.access(folder, os.W_OK):
            pytest.skip("permissions do not stop whoever runs these tests")
        return "cannot be written"
    if not REFUSING.exists():
        pytest.skip(refusing.kwargs["reason"])
    monkeypatch.setenv("EXCOMM_HOME", str(REFUSING))
    return "cannot be made"


def test_a_folder_that_refuses_a_new_game(refused):
    """At the title a dialog says which folder it is and what to do, and the title is there again after it."""
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.press("n")
        terminal.until("Begin")
        terminal.until_quiet(REST)
        terminal.press("1")
        terminal.until("cannot be")
        terminal.until_quiet(REST)
        assert refused in told(terminal)
        assert "--save" in told(terminal)
        terminal.press("enter")
        terminal.until_gone("cannot be")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
        assert terminal.faults() == []
        assert terminal.after() == ""


def test_a_folder_that_refuses_the_command(refused):
    """Before the screen is taken it is said on standard error, with the code of a file that cannot be written."""
    with Terminal("play", "thirteen-days") as terminal:
        assert terminal.ends() == 3
        assert terminal.faults() == []
        assert terminal.shown.startswith("excomm: ")
        assert refused in terminal.shown
        assert "\x1b" not in terminal.shown


def test_a_disk_that_is_full_from_the_first(path):
    """No room for the first line: said in a sentence, and no save is there."""
    with Terminal("play", "small-crisis", "--save", path, program=full(0)) as terminal:
        assert terminal.ends() == 3
        assert terminal.faults() == []
        assert "cannot be written" in terminal.shown
    assert not path.exists()


def to_refusal(terminal: Terminal) -> None:
    """Play until the disk has no room for a choice."""
    while UNWRITTEN not in terminal.sees():
        step(terminal)


def test_a_disk_that_fills_up(path):
    """A dialog asks; trying again asks again, leaving says the same on standard error, and the save is whole."""
    with seated(path, program=full(2)) as terminal:
        choose(terminal, path)
        to_refusal(terminal)
        before = chosen(path)
        assert before
        assert "cannot be written" in told(terminal)
        terminal.press("y")
        terminal.until_quiet(REST)
        assert UNWRITTEN in terminal.sees()
        terminal.press("n")
        assert terminal.ends() == 3
        assert terminal.faults() == []
        assert terminal.after().startswith(f"excomm: {path} cannot be written")
    assert chosen(path) == before
    assert_whole(path)
    with Terminal("resume", path) as terminal:
        to_page(terminal)
        choose(terminal, path)
        assert leave(terminal) == 0
    assert chosen(path)[: len(before)] == before
    assert len(chosen(path)) == len(before) + 1


def test_leaving_a_full_disk_by_ctrl_q_is_no_success(path):
    """Whoever leaves at once, with a choice that could not be kept, is told so, and not that the game is saved."""
    with seated(path, program=full(2)) as terminal:
        to_refusal(terminal)
        terminal.press("ctrl+q")
        code = terminal.ends()
        assert terminal.faults() == []
        assert (code, "cannot be written" in terminal.after()) == (3, True)
    assert_whole(path)


def test_a_full_disk_has_room_again(path, tmp_path):
    """After trying again with room the choice that was refused is in the save, once, and the game goes on."""
    with seated(path, program=full(2)) as terminal:
        to_refusal(terminal)
        before = len(chosen(path))
        resource = pytest.importorskip("resource")
        if not hasattr(resource, "prlimit"):
            pytest.skip("this system does not lift another process's limits")
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        terminal.press("y")
        terminal.until_gone(UNWRITTEN)
        terminal.until_quiet(REST)
        assert len(chosen(path)) == before + 1
        choose(terminal, path)
        assert len(chosen(path)) == before + 2
        assert leave(terminal) == 0
        assert terminal.faults() == []
    assert_whole(path)


def test_a_text_that_cannot_be_kept(path, home):
    """Saving a text where there is no room for it is told in a dialog, and the game goes on."""
    (home / "texts").write_text("in the way")
    with seated(path) as terminal:
        terminal.press("w")
        terminal.until("cannot be")
        terminal.press("enter")
        terminal.until_gone("cannot be")
        assert ASKED in terminal.sees()
        choose(terminal, path)
        assert leave(terminal) == 0
        assert terminal.faults() == []
    assert_whole(path)


def test_a_save_that_somebody_else_plays(path):
    """A second program is refused the save of the first, in a sentence; the first goes on."""
    with seated(path) as first:
        with Terminal("resume", path) as second:
            assert second.ends() != 0
            assert second.faults() == []
            assert "is being played in another window" in second.shown
        choose(first, path)
        assert leave(first) == 0
    assert_whole(path)
