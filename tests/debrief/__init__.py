"""Promises of the debrief as a page and as charts."""
