"""How every test here runs: examples repeat exactly, and the real scenario is loaded once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

from excomm_game.engine.scenario import Scenario
from excomm_game.files import scenarios

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
