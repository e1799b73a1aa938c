"""What worlds are played by, and what their wars are booked to; without arrays, so that anybody may name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Luck = Literal["drawn", "spared"]


class Road(NamedTuple):
    """A road to nuclear war: the pathway, and the ending (its place in the scenario) it leads to."""

    pathway: str
    ending: int


class Plan(NamedTuple):
    """What is taken without drawing: `named` options by the position of their occurrence, and the seats that take any
    open option, each as likely. A named option that is not open is left to the weights.

    `leaning`, by position, holds a preference above 0 for each option. Those seats go by it among the options that are
    open, everybody else among those that have weight.
    """

    named: Mapping[int, int]
    at_random: tuple[str, ...] = ()
    leaning: Mapping[int, tuple[float, ...]] = {}
