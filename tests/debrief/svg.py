"""What a test reads out of a drawing: its elements, its words, and where its lines and bars lie."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def elements(svg: str, tag: str) -> list[ET.Element]:
    """Return all elements of a kind, in the order in which they stand."""
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))  # noqa: S314 - drawn here


def words(svg: str) -> str:
    """Return all that is written in a chart."""
    return " ".join(" ".join(one.itertext()) for one in elements(svg, "text"))


def style(element: ET.Element) -> dict[str, str]:
    """Return how an element is painted."""
    return dict(rule.split(": ", 1) for rule in element.get("style", "").split("; ") if ": " in rule)


def points(path: ET.Element) -> list[tuple[float, float]]:
    """Return the corners of a path of straight lines, from left and top."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML] (\S+) (\S+)", path.get("d", ""))]


def bars(svg: str) -> list[tuple[str, float, float]]:
    """Return the bars of a chart in the order of drawing: the colour, and where each begins and ends along the axis."""
    found = []
    for path in elements(svg, "path"):
        corners, fill = points(path), style(path).get("fill", "none")
        if len(corners) == 4 and fill != "none" and path.get("d", "").rstrip().endswith("z"):
            across = [x for x, _ in corners]
            found.append((fill, min(across), max(across)))
    return found
