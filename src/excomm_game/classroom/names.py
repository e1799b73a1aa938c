"""Names as they are compared: without case, accents, punctuation or the order of their parts."""

from __future__ import annotations

import unicodedata

Parts = tuple[str, ...]


def parts(name: str) -> Parts:
    """Return the parts of a name in the order of the alphabet: "Bell, Zoë" and "zoe BELL" are the same.

    A name without a letter or digit is its own only part.
    """
    return tuple(sorted(folded(name).split())) or ((name.strip().casefold(),) if name.strip() else ())


def folded(text: str) -> str:
    """Return letters and digits alone, in small letters without accents, with single spaces between words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (" " if not one.isalnum() else one for one in plain if not unicodedata.combining(one))
    return " ".join("".join(kept).split())
