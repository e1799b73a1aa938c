"""The one family of errors a person may see: each is one or two plain sentences with file, place and remedy."""

from __future__ import annotations


class ExcommError(Exception):
    """Something a person can put right. `exit_code` is what a command that meets it ends with.

    Codes: 2 wrong usage, 3 an invalid file, 4 a newer or incompatible format, 5 in use by another process.
    """

    exit_code = 3


class UsageError(ExcommError):
    """A request that names what is not there, or asks for what cannot be."""

    exit_code = 2


class IllegalChoice(UsageError):
    """A choice the rules do not allow here; nothing has changed."""


class NewerFormat(ExcommError):
    """A file written by a later version."""

    exit_code = 4


class InUse(ExcommError):
    """A save that another process holds."""

    exit_code = 5
