"""The debrief as plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from excomm_game.debrief.pages import pages
from excomm_game.debrief.whole import Debrief


def printed(told: Debrief) -> Iterator[str]:
    """Yield the debrief, page after page."""
    for place, page in enumerate(pages(told)):
        yield from [""] * (place > 0)
        yield f"=== {page.name} ==="
        for section in page.sections:
            yield ""
            yield f"-- {section.heading}"
            for entry in section.entries:
                yield entry.text
                yield from (f"  {note}" for note in entry.notes)
                yield from (f"  [{paper.title}] {paper.text}" for paper in entry.papers)
