"""How fast the engine is, beside another open-source game engine in the same run. Ratios, not timed assertions.

Run: uv run --group bench pytest tests/benchmarks
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from catanatron import Color, RandomPlayer
from catanatron import Game as CatanGame

from excomm_game.engine.game import Game
from excomm_game.engine.lines import decode, encode
from excomm_game.engine.replay import replay
from excomm_game.files.scenarios import check_folder, find, load
from tests.headers import header

GAMES = 50


@pytest.fixture(scope="module")
def crisis():
    """Thirteen Days, every scene compiled."""
    scenario = load()
    for scene in range(len(scenario.scenes)):
        scenario.moves(scene)
    return scenario


def _played(scenario, seed):
    game = Game(scenario, header(scenario, seed))
    game.run()
    return game


def _report(benchmark, decisions):
    """Keep decisions a second, from the fastest round, beside the timing."""
    benchmark.extra_info["decisions_per_second"] = round(decisions / benchmark.stats.stats.min)


@pytest.mark.benchmark(group="whole games")
def test_catanatron_random_players(benchmark):
    """The yardstick: four random players of catanatron."""

    def play():
        decisions = 0
        for seed in range(4):
            players = [RandomPlayer(color) for color in (Color.RED, Color.BLUE, Color.WHITE, Color.ORANGE)]
            game = CatanGame(players, seed=seed)
            game.play()
            decisions += len(game.state.actions)
        return decisions

    totals = []
    benchmark.pedantic(lambda: totals.append(play()), rounds=10, warmup_rounds=1)
    _report(benchmark, min(totals))


@pytest.mark.benchmark(group="whole games")
def test_games_with_events_and_record(benchmark, crisis):
    """Whole games by the weights, with events, digests and a record."""
    decisions = sum(len(_played(crisis, seed).choices) for seed in range(GAMES))
    benchmark.pedantic(lambda: [_played(crisis, seed) for seed in range(GAMES)], rounds=20, warmup_rounds=2)
    _report(benchmark, decisions)


@pytest.mark.benchmark(group="saves")
def test_verify(benchmark, crisis):
    """Decode, replay, draw again and compare whole saves; the design asks for 400 a second."""
    saves = [encode([game.header, *game.rows])[0] for game in (_played(crisis, seed) for seed in range(GAMES))]

    def verify():
        for data in saves:
            assert replay(crisis, decode(data, "a save").record, redraw=True).fault is None

    benchmark.pedantic(verify, rounds=10, warmup_rounds=1)
    benchmark.extra_info["saves_per_second"] = round(GAMES / benchmark.stats.stats.min)


@pytest.mark.benchmark(group="start")
def test_load_and_check(benchmark):
    """Read and check the whole scenario; the design asks for less than 150 ms."""
    folder = find("thirteen-days")
    benchmark.pedantic(lambda: check_folder(folder), rounds=10, warmup_rounds=1)


@pytest.mark.benchmark(group="start")
def test_help(benchmark):
    """`excomm --help` as a process; the design asks for less than 200 ms."""
    command = [sys.executable, "-m", "excomm_game", "--help"]
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=10, warmup_rounds=1)


@pytest.mark.benchmark(group="start")
def test_bare_interpreter(benchmark):
    """The interpreter's own start, to set the one before beside."""
    command = [sys.executable, "-c", "pass"]
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=10, warmup_rounds=1)
