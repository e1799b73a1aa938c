"""Worlds on a real Dask cluster: its workers find what this process finds, also when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 75
KILLED = """
import os, signal
import distributed
from excomm_game.engine.rules import opening
from excomm_game.files.scenarios import load
from excomm_game.worlds.run import joined, parts_of, played, run_from
from tests.worlds.test_run import same

if __name__ == "__main__":
    scenario = load("thirteen-days")
    run = run_from(scenario, opening(scenario, "kennedy").state)
    options = dict(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True, silence_logs=50)
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster, set_as_default=False) as client:
        parts = parts_of(run, 1_200, client.get_executor(), 8)
        done = [next(parts)]
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        done += parts
        print("same" if same(joined(done), played(run, 1_200)) else "other", flush=True)
        os._exit(0)
"""


def test_a_worker_may_die(tmp_path):
    """With a worker killed half-way another plays its worlds, and the result is the same.

    A scheduler on a busy machine can take minutes to give a silent worker up; then nothing is said either way.
    """
    pytest.importorskip("distributed")
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ,
        start_new_session=True,
    ) as program:  # fmt: skip
        try:
            said, _ = program.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            pytest.skip("the scheduler did not give the killed worker up in time")
    assert said.strip() == "same"
