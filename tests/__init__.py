"""Promises the program keeps; the folders mirror `src/excomm_game`."""
