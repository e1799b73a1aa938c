"""Names for files, made of what people typed: every system takes them, in any case and on any disk."""

from __future__ import annotations

from excomm_game.classroom.names import folded


def slug(text: str, most: int) -> str:
    """Return a text as lower-case letters, digits and hyphens, `most` of them; nothing where it has none of ours."""
    plain = folded(text).encode("ascii", "ignore").decode()
    return "-".join(plain.split())[:most].strip("-")
