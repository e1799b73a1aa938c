"""The full screen, played: its helpers' assertions say as much as those of the tests."""

import pytest

pytest.register_assert_rewrite("tests.tui.deeds", "tests.tui.games", "tests.tui.keyboard", "tests.tui.rooms")
