"""How every test here runs: examples repeat exactly, and the real scenario is loaded once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from excomm_game.engine.scenario import Scenario
from excomm_game.files import scenarios

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "promises",
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],  # whole scenarios are large examples
)
settings.load_profile("promises")


@pytest.fixture(scope="session")
def thirteen_days() -> Scenario:
    """The scenario that ships."""
    return scenarios.load("thirteen-days")


def pytest_configure(config: pytest.Config) -> None:
    """A failing example may hold the whole scenario; its size is no fault of its own."""
    config.addinivalue_line("filterwarnings", "ignore:Generating overly large repr")


def _uv() -> list[str] | None:
    """Return how uv is called here: the one that runs these tests, the one on the path, or this interpreter's own."""
    found = os.environ.get("UV") or shutil.which("uv")
    if found:
        return [found]
    own = subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True, check=False)
    return [sys.executable, "-m", "uv"] if own.returncode == 0 else None


@pytest.fixture(scope="session")
def installed_python(tmp_path_factory) -> Path:
    """The interpreter of an empty environment into which the wheel was installed."""
    uv = _uv()
    if uv is None:
        pytest.skip("uv is neither on the path nor a module of this interpreter, so no wheel can be built")
    place = tmp_path_factory.mktemp("installed")
    environ = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT")}

    def call(*args: object) -> None:
        done = subprocess.run(
            [*uv, *(str(arg) for arg in args)],
            capture_output=True, text=True, timeout=120, check=False, cwd=place, env=environ,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    call("build", "-q", "--wheel", "--out-dir", place / "wheels", ROOT)
    (wheel,) = (place / "wheels").glob("*.whl")
    call("venv", "-q", "--python", sys.executable, place / "venv")
    interpreter = place / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    call("pip", "install", "-q", "--python", interpreter, wheel)
    return interpreter
