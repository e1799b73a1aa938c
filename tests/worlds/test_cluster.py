"""Worlds on a real Dask cluster: its workers find what this process finds, also when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 240
SILENT = "60s"  # after which the scheduler gives a worker up that says nothing; by default it waits five minutes
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
    print("starting", flush=True)
    options = dict(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True, silence_logs=50)
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster, set_as_default=False) as client:
        print("up", flush=True)
        parts = parts_of(run, 1_200, client.get_executor(), 8)
        done = [next(parts)]
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        done += parts
        print("same" if same(joined(done), played(run, 1_200)) else "other", flush=True)
        os._exit(0)
"""


def test_a_worker_may_die(tmp_path):
    """With a worker killed half-way another plays its worlds, and the result is the same.

    Where no cluster can be started nothing is said either way; one that has come up must come to the end.
    """
    pytest.importorskip("distributed")
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": SILENT,
    }
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ,
        start_new_session=True,
    ) as program:  # fmt: skip
        try:
            said, noise = program.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            said, noise = program.communicate()
    if said.split() == ["starting"]:
        pytest.skip(f"no cluster can be started here:\n{noise}")
    assert said.split() == ["starting", "up", "same"], noise
