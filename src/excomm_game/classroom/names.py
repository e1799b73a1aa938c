"""Names as they are compared, without case, accents, punctuation or the order of their parts; and hidden in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Parts = tuple[str, ...]
HIDDEN = "[name]"
"""What stands in a text where a word of a name was."""
_WORD = re.compile(r"[^\W_]+")


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


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names that are looked for in a text: those of two signs or more, with a letter among them."""
    words = (word for name in names for word in parts(name))
    return frozenset(word for word in words if len(word) > 1 and any(one.isalpha() for one in word))


def without(names: frozenset[str], text: str) -> str:
    """Return a text with `HIDDEN` for every word that is one of these, by itself, whatever its case and accents.

    A word of two letters is only taken for a name where it is written with a capital: An, Do and So are names too.
    """

    def shown(found: re.Match[str]) -> str:
        word = found.group()
        is_name = folded(word) in names and (len(word) > 2 or word[0].isupper())
        return HIDDEN if is_name else word

    return _WORD.sub(shown, unicodedata.normalize("NFC", text))
