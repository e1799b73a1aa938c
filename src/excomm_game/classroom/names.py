"""Names as they are compared, without case, accents, punctuation or the order of their parts; and hidden in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

Parts = tuple[str, ...]
HIDDEN = "[name]"
"""What stands in a text where a word of a name was."""
COMMON = frozenset({
    "all", "and", "any", "are", "but", "can", "else", "even", "ever", "for", "her", "just", "like", "long", "may",
    "mine", "more", "most", "much", "not", "one", "over", "she", "the", "they", "was", "way", "who", "why", "will",
    "you",
})  # fmt: skip
"""Words that students write more often than a name that is spelt so, in small letters; the list is ours."""
_STROKES = str.maketrans("øłđħŧı", "oldhti")
"""Letters that no decomposition parts from their stroke or missing dot."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
"""Names in scripts that set no space between words, or join endings to a name: Thai to Khmer, Japanese to Korean."""


class Sought(NamedTuple):
    """What is looked for in a text: whole words, and names that stand within a run of letters, the longest first."""

    words: frozenset[str]
    within: tuple[str, ...]


def parts(name: str) -> Parts:
    """Return the parts of a name in the order of the alphabet: "Bell, Zoë" and "zoe BELL" are the same.

    A name without a letter or digit is its own only part.
    """
    return tuple(sorted(folded(name).split())) or ((name.strip().casefold(),) if name.strip() else ())


def folded(text: str) -> str:
    """Return letters and digits alone, in small letters without accents, with single spaces between words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (one if _in_word(one) else " " for one in plain.translate(_STROKES) if not unicodedata.combining(one))
    return " ".join("".join(kept).split())


def _in_word(one: str) -> bool:
    """Say whether a sign is part of a word: a letter, a digit, or a mark that belongs to the letter before it."""
    return one.isalnum() or unicodedata.category(one).startswith("M")


def words_of(names: Iterable[str]) -> Sought:
    """Return the words of names that are looked for in a text: those of two signs or more, with a letter among them.

    Of a name with hyphens or apostrophes also the whole, as it is written without them; of an address what stands
    before the @, as the rest is a school's.
    """
    pieces = [piece.partition("@")[0] for name in names for piece in name.split()]
    found = {word for piece in pieces for word in (*parts(piece), folded(piece).replace(" ", ""))}
    words = frozenset(word for word in found if len(word) > 1 and any(one.isalpha() for one in word))
    within = filter(_UNSPACED.fullmatch, (unicodedata.normalize("NFC", word) for word in words))
    return Sought(words, tuple(sorted(within, key=lambda word: (-len(word), word))))


def without(names: Sought, text: str) -> str:
    """Return a text with `HIDDEN` for every word that is one of these, by itself, whatever its case and accents.

    A word of two letters, and one of the commonest, is only taken for a name where it is written with a capital: An
    and Will are names too. In scripts without spaces between words a name is also found within a run of letters.
    """
    runs = groupby(unicodedata.normalize("NFC", text), _in_word)
    return "".join(_shown(names, "".join(run)) if is_word else "".join(run) for is_word, run in runs)


def _shown(names: Sought, word: str) -> str:
    is_common = word.islower() and (len(word) <= 2 or word in COMMON)
    if folded(word) in names.words and not is_common:
        return HIDDEN
    for name in names.within:
        word = word.replace(name, HIDDEN)
    return word
