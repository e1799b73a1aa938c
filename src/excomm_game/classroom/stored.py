"""How programs on other people's machines store text: in UTF-16, or behind a byte order mark."""

from __future__ import annotations

import codecs

_LOOKED_AT = 200


def codec_of(data: bytes) -> str | None:
    """Return the encoding that a file's mark tells, or, of UTF-16 without one, its zeros; None where nothing does."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    begins = data[:_LOOKED_AT]
    if (zeros := begins.count(0)) and zeros >= len(begins) // 4:
        return "utf-16-be" if begins[:1] == b"\0" else "utf-16-le"
    return None
