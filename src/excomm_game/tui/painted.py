"""What was painted on screens that are closed: let go of, where the library would keep it."""

from __future__ import annotations

from textual._styles_cache import StylesCache

_REMEMBERED = StylesCache.get_inner_outer
"""A cache of a method's results. With them it keeps up to 1,024 widgets' painted lines, those of closed screens too."""


def forget() -> None:
    """Let go of lines that were painted; what is still on a screen is remembered again when it is next painted."""
    clear = getattr(_REMEMBERED, "cache_clear", None)
    if clear is not None:  # in a version of the library that remembers nothing there is nothing to forget
        clear()
