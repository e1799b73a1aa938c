"""The game that is explained here: the thirteen days as they were, by few worlds."""

from __future__ import annotations

import pytest

from excomm_game.cli.archive import Disk
from excomm_game.debrief.page import page
from excomm_game.debrief.whole import Debrief, debrief
from excomm_game.files import places

WORLDS = 200


@pytest.fixture(scope="session")
def told() -> Debrief:
    """The whole debrief of the historical game."""
    return debrief(Disk().recording(str(places.history_save())).game, WORLDS)


@pytest.fixture(scope="session")
def written(told) -> str:
    """Its page."""
    return page(told)
