"""Promises of the words that front ends share."""
