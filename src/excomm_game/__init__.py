"""A turn-based decision simulation of the Cuban Missile Crisis."""

__version__ = "0.1.0"
DEFAULT_SCENARIO = "thirteen-days"
"""The scenario that is meant where none is named."""
