"""How fast the full screen is, beside a bare app of its library in the same run, in pseudo-terminals, turn by turn.

Every program finds its modules compiled, as it does from its second start on wherever a person has installed it.

Run: uv run --group bench pytest -s tests/benchmarks/test_screen.py
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from fcntl import ioctl
from pathlib import Path
from statistics import median, quantiles

import pytest

from excomm_game.engine.game import Game
from excomm_game.engine.lines import encode
from excomm_game.files.places import history_save
from excomm_game.files.scenarios import load
from tests.headers import header

BARE = [sys.executable, str(Path(__file__).parent / "bare.py")]
EXCOMM = [sys.executable, "-m", "excomm_game"]
BYTECODE = Path(tempfile.mkdtemp(prefix="excomm-bytecode-"))
LONGEST = 9  # screens of a page
QUIET = 0.04
DOWN, UP, RIGHT, LEFT, HOME, END = b"\x1b[B", b"\x1b[A", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F"


class Terminal:
    """A program at 120 by 40, timed from the outside: only bytes are read, nothing is drawn."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.began = time.perf_counter()
        self.pid, self.side = pty.fork()
        if self.pid == 0:
            environ = {
                **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
                "PYTHONPYCACHEPREFIX": str(BYTECODE),
                "TERM": "xterm-256color",
                "EXCOMM_HOME": str(home),
                "COLUMNS": "120",
                "LINES": "40",
            }
            os.execve(command[0], list(command), environ)  # noqa: S606 - a child of this one, in its terminal
        ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def until(self, word: bytes, seconds: float = 20) -> float:
        """Return the seconds from the start until a word was sent."""
        seen = b""
        while word not in seen:
            ready, _, _ = select.select([self.side], [], [], seconds)
            assert ready, seen[-400:]
            seen += os.read(self.side, 65536)
        return time.perf_counter() - self.began

    def rest(self, quiet: float = 0.3) -> None:
        """Read until nothing comes any more."""
        while select.select([self.side], [], [], quiet)[0]:
            os.read(self.side, 65536)

    def press(self, key: bytes) -> float:
        """Return the seconds from a key to the last byte of what it repainted."""
        began = last = time.perf_counter()
        os.write(self.side, key)
        while select.select([self.side], [], [], QUIET if last > began else 2)[0]:
            os.read(self.side, 65536)
            last = time.perf_counter()
        return last - began

    def go_on(self) -> None:
        """Read a page that asks nothing to its end, and go on."""
        for keys in (b" " * LONGEST, b"1"):
            os.write(self.side, keys)
            self.rest()

    def memory(self, kind: str = "VmHWM") -> float:
        """Return the most memory it ever held, in MB; with `VmRSS` what it holds now."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(kind):
                return int(line.split()[1]) / 1024
        return float("nan")


@contextlib.contextmanager
def at(command: Sequence[str], home: Path) -> Iterator[Terminal]:
    """Run a program for a while."""
    terminal = Terminal(command, home)
    try:
        yield terminal
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
        os.close(terminal.side)


def p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def say(text: str) -> None:
    print(f"\n{text}")  # noqa: T201 - a benchmark reports


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory):
    """Compile what the programs import, by playing once."""
    home = tmp_path_factory.mktemp("compiled")
    with at(BARE, home) as terminal:
        terminal.until(b"option 8")
    with at([*EXCOMM, "play", "thirteen-days", "--seed", "7", "--luck", "spared"], home) as terminal:
        terminal.until(b"Read on")
        terminal.rest()
        terminal.go_on()
        for key in b"11y":
            terminal.press(bytes([key]))
        terminal.go_on()
        for key in b"cqdqsqjqkqqrvvvqnqsqpq":
            terminal.press(bytes([key]))
    yield
    shutil.rmtree(BYTECODE)


def test_the_title_is_in_view(tmp_path):
    """The design asks for 1.4 times the bare app at the most."""
    bare, ours = [], []
    for _ in range(12):
        with at(BARE, tmp_path) as terminal:
            bare.append(terminal.until(b"option 8"))
        with at(EXCOMM, tmp_path) as terminal:
            ours.append(terminal.until(b"Watch the real"))
    ratio = median(ours) / median(bare)
    say(f"title: bare {median(bare) * 1000:.0f} ms, excomm {median(ours) * 1000:.0f} ms, {ratio:.2f} times")
    assert ratio < 2


def test_a_key_is_repainted(tmp_path):
    """The design asks for 1.3 times the bare app at the most, at the 95th percentile."""
    play = [*EXCOMM, "play", "thirteen-days", "--seed", "7"]
    with at(BARE, tmp_path) as plain, at(play, tmp_path) as table:
        plain.until(b"option 8")
        table.until(b"Read on")
        table.rest()
        table.go_on()
        for terminal in (plain, table):
            terminal.rest()
        bare, ours = [], []
        for n in range(150):
            key = DOWN if n % 6 < 3 else UP
            bare.append(plain.press(key))
            ours.append(table.press(key))
    ratio = p95(ours) / p95(bare)
    say(
        f"a key: bare p50 {median(bare) * 1000:.1f} p95 {p95(bare) * 1000:.1f} ms, table p50 {median(ours) * 1000:.1f} "
        f"p95 {p95(ours) * 1000:.1f} ms, {median(ours) / median(bare):.2f} and {ratio:.2f} times"
    )
    assert ratio < 3


@pytest.mark.parametrize("kind", ["history", "a long war"])
def test_any_step_of_a_replay(tmp_path, kind):
    """The design asks for less than 50 ms, forward, back, by day and from end to end."""
    save = tmp_path / "game.jsonl"
    if kind == "history":
        shutil.copy(history_save(), save)
    else:
        scenario = load()
        games = [Game(scenario, header(scenario, seed)) for seed in range(40)]
        for game in games:
            game.run()
        longest = max(games, key=lambda game: len(game.choices))
        save.write_bytes(encode([longest.header, *longest.rows])[0])
    with at([*EXCOMM, "replay", str(save)], tmp_path) as terminal:
        terminal.until(b"step")
        terminal.rest()
        for _ in range(3 if kind == "history" else 1):
            terminal.press(b"v")
        keys = [RIGHT] * 40 + [LEFT] * 20 + [END, HOME] * 5 + [b"]"] * 8 + [b"["] * 8
        times = [terminal.press(key) for key in keys]
        # a key that moves nothing repaints nothing, and is waited for in vain
        times = [seconds for seconds in times if 0 < seconds < 2]
    say(
        f"a step ({kind}): p50 {median(times) * 1000:.0f}, p95 {p95(times) * 1000:.0f}, most {max(times) * 1000:.0f} ms"
    )
    assert median(times) < 0.15


def test_memory(tmp_path):
    """The design asks for less than 90 MB, after playing a while and opening every screen."""
    stages = []

    def stage(name: str) -> None:
        stages.append(f"{name} {terminal.memory('VmRSS'):.0f} ({terminal.memory():.0f})")

    with at(EXCOMM, tmp_path) as terminal:
        terminal.until(b"Watch the real")
        terminal.rest()
        stage("title")
    with at([*EXCOMM, "play", "thirteen-days", "--seed", "7", "--luck", "spared"], tmp_path) as terminal:
        terminal.until(b"Read on")
        terminal.rest(1)
        stage("the first page and estimate")
        terminal.go_on()
        for turn in range(1, 21):
            for key in b"11y":
                terminal.press(bytes([key]))
            terminal.go_on()
            if turn in (5, 20):
                stage(f"{turn} turns")
        for key in b"cqdqsqjqkq":
            terminal.press(bytes([key]))
        stage("screens beside the table")
        for key in b"qrvvvqnqsqpq":
            terminal.press(bytes([key]))
        stage("screens beside the title")
        memory = terminal.memory()
    say(f"memory in MB, and the most until then: {'; '.join(stages)}")
    say(f"memory: {memory:.1f} MB at the most")
    assert memory < 100


def test_a_key_while_worlds_are_played(tmp_path):
    """The design asks for twice the idle time at the most, at the 95th percentile, while figures are worked out."""
    help_, back = b"Each course is a policy", b"worlds each"
    busy: list[float] = []
    idle: list[float] = []
    with at(EXCOMM, tmp_path) as terminal:
        terminal.until(b"Watch the real")
        terminal.rest()
        terminal.press(b"c")
        for times, rounds in ((busy, 12), (idle, 12)):
            for _ in range(rounds):
                for key, word in ((b"?", help_), (b"q", back)):
                    os.write(terminal.side, key)
                    began = time.perf_counter()
                    terminal.until(word)
                    times.append(time.perf_counter() - began)
                    time.sleep(0.03)
            terminal.rest(2)
    say(
        f"help opened and closed: idle p50 {median(idle) * 1000:.0f}, p95 {p95(idle) * 1000:.0f} ms; "
        f"with worlds played {median(busy) * 1000:.0f} and {p95(busy) * 1000:.0f} ms"
    )
    assert p95(busy) < 6 * p95(idle)
