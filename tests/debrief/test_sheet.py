"""The sheet under every printed page: it escapes what it is told, guesses at nothing, and is written once."""

from __future__ import annotations

from importlib.resources import files

import pytest
from jinja2 import UndefinedError

from excomm_game.debrief.sheet import environment

PAGES = {"excomm_game.debrief": "debrief.html", "excomm_game.classroom": "report.html"}
both = pytest.mark.parametrize("home", PAGES)


def rules(css: str) -> list[str]:
    """Return the rules of a sheet or a page that stand on a line of their own."""
    return [line.strip() for line in css.splitlines() if line.endswith("}") and "{ " in line and "{%" not in line]


def source(home: str, name: str) -> str:
    return (files(home) / "templates" / name).read_text(encoding="utf-8")


@both
def test_what_a_page_is_told_is_text(home):
    """Markup becomes text, unless a template says of a drawing that it is one."""
    assert environment(home).from_string("{{ told }}").render(told="<b>&") == "&lt;b&gt;&amp;"
    assert source(home, PAGES[home]).count("| safe") == 0
    assert source("excomm_game.debrief", "parts.html").count("| safe") == 1


@both
def test_a_name_that_nobody_gave_is_an_error(home):
    """A slip in a template is found, not printed as nothing."""
    with pytest.raises(UndefinedError):
        environment(home).from_string("{{ nowhere }}").render()


@both
def test_a_page_has_its_own_rules_alone(home):
    """It stands on the sheet, and no rule of style is written in both."""
    own, common = source(home, PAGES[home]), source("excomm_game.debrief", "sheet.html")
    assert own.startswith('{% extends "sheet.html" %}')
    assert "<style" not in own
    assert len(rules(common)) > 20
    assert set(rules(own)).isdisjoint(rules(common))


def test_the_two_pages_share_no_rule():
    """What both would have belongs on the sheet."""
    debrief, report = (rules(source(home, name)) for home, name in PAGES.items())
    assert set(debrief).isdisjoint(report)
