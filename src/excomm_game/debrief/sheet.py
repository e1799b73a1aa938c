"""What every printed page is laid out by: one base with its rules of style, one escaping, one wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from excomm_game.debrief.pages import IS_LUCK, NO_1962, NO_MERIT
from excomm_game.words.ending import kind_words
from excomm_game.words.figures import interval, percent, points, tenths
from excomm_game.words.phrases import hour, moment_words

if TYPE_CHECKING:  # loaded when a page is made, and words should not pay for it
    from jinja2 import Environment

_OWN = "excomm_game.debrief"


def environment(home: str = _OWN) -> Environment:
    """Return what lays out the templates of the package `home`, which may extend and import those that lie here.

    Whatever a template is given is escaped, except the charts, drawn here, and a name it is not given is an error.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - as above

    laid = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined,
        loader=ChoiceLoader([PackageLoader(one) for one in dict.fromkeys((home, _OWN))]),
    )  # fmt: skip
    laid.filters |= {
        "percent": percent, "interval": lambda figure: interval(*figure), "points": points, "tenths": tenths,
        "moment": moment_words, "hour": hour, "kind": kind_words,
    }  # fmt: skip
    laid.globals |= {"is_luck": IS_LUCK, "no_merit": NO_MERIT, "no_1962": NO_1962}
    return laid
