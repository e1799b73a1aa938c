"""Phrases that several front ends share."""

from __future__ import annotations

import pytest

from excomm_game.words.phrases import sound


@pytest.mark.parametrize(
    ("n", "said"), [(0, "No choice is sound"), (1, "Its first choice is sound"), (7, "Its first 7 choices are sound")]
)
def test_how_many_choices_are_sound(n, said):
    """In good grammar, also of a save of which nothing is."""
    assert sound(n) == said
