"""The charts of a debrief: what they say, and that lines, bars and marks lie where the figures are."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from excomm_game.debrief import charts
from excomm_game.debrief.charts import MARKED, MARKS
from excomm_game.engine.draft import ENDING_KINDS
from excomm_game.words.ending import kind_words
from excomm_game.words.figures import interval, percent
from excomm_game.words.phrases import moment_words, road_words
from excomm_game.worlds.risk import Figure, Shares
from tests.debrief.svg import SVG, bars, elements, points, style, words

# -- what they say


@pytest.mark.parametrize("name", ["line", "roads", "courses", "no courses"])
def test_charts_are_whole_and_can_be_read_by_who_cannot_see_them(told, name):
    """Well-formed, the same each time, with a title and a description, and their words as text."""
    rows = [("Air strike", one.label, one.ran) for one in told.schools]
    draw = {
        "line": lambda: charts.risk_line(told),
        "roads": lambda: charts.roads(told.ran),
        "courses": lambda: charts.courses_chart(rows),
        "no courses": lambda: charts.courses_chart([]),
    }[name]
    svg = draw()
    assert svg == draw()
    root = ET.fromstring(svg)  # noqa: S314 - drawn here
    assert [one.tag for one in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("role") == "img"
    assert elements(svg, "title")[0].text
    assert name == "no courses" or elements(svg, "desc")[0].text
    assert words(svg)


def test_the_risk_line_has_a_mark_and_a_legend_for_each_who_moved_it(told):
    """A disc, a triangle and a ring; the days; and where it ended."""
    said = words(charts.risk_line(told))
    for mark in charts.MARKS.values():
        assert mark.legend in said
    assert len({(mark.glyph, mark.marker, mark.fill) for mark in charts.MARKS.values()}) == 3
    assert all(str(day) in said.split() for day in range(16, 29))
    assert percent(told.turns[-1].after.p) in said


def test_the_roads_and_the_courses_name_all_that_they_draw(told):
    """Every road with its share, every kind of ending, every course and school, the risk with its interval."""
    said = words(charts.roads(told.ran))
    for name, one in told.ran.pathways.items():
        assert road_words(name) in said
        assert percent(one.p) in said
    said = words(charts.courses_chart([("Air strike", one.school, one.ran) for one in told.schools]))
    assert "Air strike" in said
    for kind in told.ran.kinds:
        assert kind_words(kind) in said
    for one in told.schools:
        assert one.school in said
        assert interval(*one.ran.nuclear) in said


def test_a_label_of_any_letters_is_drawn_as_it_is(told):
    """Dollars are no formulas, brackets no elements, and what neither XML nor the font has does no harm."""
    label = "<b> & $x_1$ _é 危機 \U0001f600"
    said = words(charts.courses_chart([(label, "by '\"{{ 7 }}\uffff", told.ran)]))
    assert label in said
    assert "by '\"{{ 7 }}\ufffd" in said


def test_drawing_leaves_no_trace_in_this_process(told):
    """The drawing library's settings are as they were, and its shared state was never loaded."""
    import matplotlib as mpl  # noqa: PLC0415

    before = dict(mpl.rcParams)
    charts.roads(told.ran)
    assert dict(mpl.rcParams) == before
    program = (
        "import sys\nfrom excomm_game.debrief import page\nfrom excomm_game.debrief.charts import courses_chart\n"
        "assert not {'matplotlib', 'jinja2'} & set(sys.modules)\ncourses_chart([])\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], timeout=60, check=True)


def test_the_risk_line_in_words_names_its_worst_hour(told):
    """Who cannot see the line hears where it began, where it ended, and how high it went, and when."""
    described = elements(charts.risk_line(told), "desc")[0].text
    risks = [turn.after.p for turn in told.turns]
    worst = told.turns[risks.index(max(risks))]
    assert f"From {percent(told.opening.p)} at the opening to {percent(risks[-1])} after {len(risks)}" in described
    assert f"At its highest {percent(max(risks))}, {moment_words(worst.told.hour)}." in described


# -- where they lie


def sure(p: float) -> Figure:
    return Figure(p, p, p)


@pytest.fixture(scope="module")
def lopsided() -> Shares:
    """Half of the worlds at war, by two roads, and an interval that lies mostly below."""
    war = Figure(0.5, 0.1, 0.6)
    kinds = {"nuclear": war, "war": sure(0.3), "unresolved": sure(0), "retreat": sure(0), "settlement": sure(0.2)}
    return Shares(100, war, kinds, {}, {"by-sea": sure(0.2), "by-land": sure(0.3)})


def test_each_road_begins_where_the_one_before_it_ends(lopsided):
    """The strongest first; and the whole is as long as all of them together."""
    svg = charts.roads(lopsided)
    assert words(svg).index("By land") < words(svg).index("By sea") < words(svg).index("All together")
    first, second, whole = [(begins, ends) for _, begins, ends in bars(svg)]
    zero, length = whole[0], whole[1] - whole[0]
    assert first == pytest.approx((zero, zero + 0.6 * length))
    assert second == pytest.approx((first[1], whole[1]))


def test_kinds_of_ending_lie_end_to_end_and_the_whisker_spans_the_interval(lopsided):
    """Nuclear war first, from nothing to its share; from its lower end to its upper one goes a line."""
    svg = charts.courses_chart([("Blockade", "Kennedy", lopsided)])
    drawn = bars(svg)[: len(ENDING_KINDS)]
    zero = drawn[0][1]
    whole = drawn[-1][2] - zero
    place = 0.0
    for kind, (colour, begins, ends) in zip(ENDING_KINDS[::-1], drawn, strict=True):
        assert colour == charts.KIND_COLOURS[kind].lower()
        assert begins == pytest.approx(zero + place * whole)
        place += lopsided.kinds[kind].p
        assert ends == pytest.approx(zero + place * whole)
    whiskers = [path for path in elements(svg, "path") if style(path).get("stroke-width") == "1.3"]
    assert [x for path in whiskers for x, _ in points(path)] == pytest.approx([zero + 0.1 * whole, zero + 0.6 * whole])


def test_the_line_goes_through_every_risk_and_its_marks_lie_on_it(told):
    """A mark for each choice that moved it by a point or more, at the risk after that choice."""
    svg = charts.risk_line(told)
    line = max((points(one) for one in elements(svg, "path") if style(one).get("stroke-width") == "1.4"), key=len)
    risks = [told.opening.p, *(turn.after.p for turn in told.turns)]
    (top, bottom), (high, low) = (line[0][1], line[-1][1]), (risks[0], risks[-1])
    heights = [top + (bottom - top) * (p - high) / (low - high) for p in risks]
    assert {round(y, 1) for _, y in line} <= {round(y, 1) for y in heights}, "straight on, a corner is left out"
    for doing, mark in MARKS.items():
        expected = [heights[turn.told.n] for turn in told.turns if turn.doing == doing and abs(turn.moved) >= MARKED]
        uses = [use for use in elements(svg, "use") if style(use).get("stroke") == mark.colour.lower()]
        drawn = [float(use.get("y")) for use in uses if style(use).get("fill") == mark.fill.lower()]
        assert drawn[: len(expected)] == pytest.approx(expected, abs=0.01)
        assert len(drawn) == len(expected) + 1, "and the legend's"
