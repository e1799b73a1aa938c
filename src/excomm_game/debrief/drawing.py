"""What every chart is drawn with: one style, sheets of a size, labels that fit, and SVG that can stand in a page."""

from __future__ import annotations

import re
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:  # drawing takes long to load, and words should not pay for it
    from matplotlib.figure import Figure as Sheet

INK, FAINT = "#222222", "#D8D8D8"
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_WIDTH = 5.6  # inches: shown at its own size on a phone held upright, the words can still be read
_NO_XML = re.compile("[\ufffe\uffff]")  # safe text, but no character of XML
_LONGEST = 32  # characters of a label before it is broken
_STYLE: dict[Any, Any] = {
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "none",
    "font.size": 10,
    "legend.frameon": False,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",  # words stay words: they can be found, copied and read aloud
    "svg.hashsalt": "excomm",
    "text.color": INK,
    "text.parse_math": False,  # a dollar in a label is a dollar
    "xtick.color": INK,
    "ytick.color": INK,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw by the library's own defaults and our few, whatever a reader's files set; all is as it was afterwards."""
    import matplotlib as mpl  # noqa: PLC0415 - loaded when a chart is drawn

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # the reader's fonts draw the words, not ours
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def new_sheet(height: float, width: float = _WIDTH) -> Sheet:
    """Return an empty sheet of so many inches."""
    from matplotlib.figure import Figure as Drawn  # noqa: PLC0415 - loaded when a chart is drawn

    return Drawn(figsize=(width, height), layout="constrained")


def svg(sheet: Sheet, name: str, title: str, described: str) -> str:
    """Return a sheet as an SVG element that can stand in a page beside others: its ids begin with `name`.

    It holds no date, no metadata and no rule for the whole page, and refers to nothing but itself.
    """
    drawn = BytesIO()
    sheet.savefig(drawn, format="svg", metadata={"Date": None})
    root = ET.fromstring(drawn.getvalue())  # noqa: S314 - the drawing library wrote it a moment ago
    _tidy(root, f"{name}-")
    root.attrib |= {"xmlns": _SVG, "role": "img", "aria-labelledby": f"{name}-title {name}-desc"}
    for place, (tag, text) in enumerate((("title", title), ("desc", described))):
        told = ET.Element(tag, id=f"{name}-{tag}")
        told.text = _NO_XML.sub("\ufffd", text)
        root.insert(place, told)
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    return ET.tostring(root, encoding="unicode")


def _tidy(element: ET.Element, prefix: str) -> None:
    """Take from an element and all below it what an element of a page needs no more, and give its ids a prefix."""
    for child in list(element):
        child.tag = child.tag.rpartition("}")[2]
        if child.tag in ("metadata", "style", "clipPath"):  # nothing is drawn past the axes
            element.remove(child)
        else:
            _tidy(child, prefix)
    element.tag = element.tag.rpartition("}")[2]
    element.attrib.pop("clip-path", None)
    if own := element.attrib.get("id"):
        element.set("id", prefix + own)
    if refers := element.attrib.pop(_XLINK, None):
        element.set("href", f"#{prefix}{refers.removeprefix('#')}")


def one_line(text: str) -> str:
    """Return words from outside as one line of a chart, cut where it would run out of the sheet."""
    return textwrap.shorten(_NO_XML.sub("\ufffd", text), 2 * _LONGEST, placeholder="…")


def label(text: str) -> str:
    """Break a label that would take the bars' room."""
    return textwrap.fill(one_line(text), _LONGEST)


def percent_tick(p: float, _place: object) -> str:
    """Say a share along an axis in percent."""
    return f"{p * 100:.3g}%"
