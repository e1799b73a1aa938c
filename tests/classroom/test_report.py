"""The report is one page that opens without a network, prints, and holds as text whatever the students wrote."""

from __future__ import annotations

import re
import subprocess
from xml.etree import ElementTree as ET

import pytest

from excomm_game.debrief.whole import SHORT, WORLDS
from tests.classroom import lessons
from tests.debrief.test_page import CHROMIUM, QUIET, Page, in_chromium, opened


@pytest.fixture(scope="module")
def written(out) -> str:
    return (out / "report.html").read_text(encoding="utf-8")


def test_nothing_refers_outside_and_nothing_runs(written):
    """No address, no script, no picture; what is referred to is in the page."""
    made = Page(written)
    assert set(made.tags).isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form", "image"})
    ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in made.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            if name in ("src", "href", "xlink:href", "action", "srcset", "data"):
                assert value[0] == "#", value
                assert value[1:] in ids
    assert "@import" not in written
    assert "url(" not in written
    assert set(re.findall(r"\w+://[^\s\"'<]*", written)) == {"http://www.w3.org/2000/svg"}


def test_names_titles_and_reasons_are_text(written):
    """Markup in a name or a reason is read, and runs nowhere."""
    assert "<script" not in written
    text = Page(written).text
    assert "<script>alert(1)</script> 1" in text
    assert "Saturday <b>27</b>" in text
    assert "<i>" not in written


def test_why_a_students_own_page_has_other_figures_is_said(written):
    """Beside the table of the risks: in how many worlds each was played."""
    (caption,) = re.findall(r"<caption>(Every game.*?)</caption>", written, re.DOTALL)
    assert f"All are of {SHORT} worlds; a student’s own page plays {WORLDS:,}, so its figures differ" in caption


def test_charts_can_be_read_by_who_cannot_see_them(written):
    """Each is well-formed, has a title and a description, and says its numbers as text."""
    charts = re.findall(r"<svg.*?</svg>", written, re.DOTALL)
    assert len(charts) >= 4
    for chart in charts:
        root = ET.fromstring(chart)  # noqa: S314 - drawn here
        title, described = list(root)[:2]
        assert root.get("role") == "img"
        assert title.text
        assert re.search(r"\d", described.text)


def test_the_risk_run_ranks_nobody(tmp_path):
    """The bars stand in the roster's order, and their figures in a column that the line of the mean does not cross."""
    from tests.program import run  # noqa: PLC0415

    names = ["Zoe", "Al", "Mo", "Cy"]
    (tmp_path / "in").mkdir()
    for k, who in enumerate(names):
        (tmp_path / "in" / who).write_bytes(lessons.written(lessons.play(lessons.begun(k, who=who), k)))
    (tmp_path / "r.csv").write_text("\n".join(["name", *names]), encoding="utf-8")
    said = run("class", "collect", tmp_path / "in", "--roster", tmp_path / "r.csv", "--out", tmp_path / "out")
    assert said.code == 0, said
    written = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    chart = ET.fromstring(re.findall(r'<svg[^>]*"risk-.*?</svg>', written, re.DOTALL)[0])  # noqa: S314 - drawn here
    texts = [one for one in chart.iter() if one.tag.endswith("text")]
    assert [one.text for one in texts if one.text in names] == names
    shares = re.findall(r": ([^;]*%)", chart[1].text)
    column = [one for one in texts if "text-anchor: start" in one.get("style", "")]
    assert [one.text for one in column] == shares
    (at,) = {float(one.get("x")) for one in column}
    (mean,) = [one.get("d") for one in chart.iter() if "stroke-dasharray" in one.get("style", "")]
    assert max(float(x) for x in re.findall(r"[ML] ([\d.]+)", mean)) < at


def test_a_class_of_which_nothing_counts_has_a_report_too(tmp_path):
    """Only who is missing, and what was left out."""
    from tests.program import run  # noqa: PLC0415

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x").write_bytes(b"")
    (tmp_path / "a.toml").write_text(lessons._toml(lessons.assignment()), encoding="utf-8")
    (tmp_path / "r.csv").write_text("name\nZoë Bell\n", encoding="cp1252")
    said = run("class", "collect", tmp_path / "in", "--assignment", tmp_path / "a.toml", "--roster",
               tmp_path / "r.csv", "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 0, said
    text = Page((tmp_path / "out" / "report.html").read_text(encoding="utf-8")).text
    assert "1 on the roster: 0 finished, 0 unfinished, 0 with nothing that could be counted, 1 missing." in text
    assert "There is no game to tell of." in text
    assert "Zoë Bell" in text


@in_chromium
def test_the_report_opens_in_a_browser_and_asks_for_nothing(out, written, tmp_path):
    """Its text stands there, and no request leaves it."""
    seen = opened(out / "report.html", tmp_path)
    assert seen.asked == []
    assert Page(seen.dom).text == Page(written).text


@in_chromium
def test_the_report_prints(out, tmp_path):
    """On A4, as a document of some pages."""
    pdf = tmp_path / "report.pdf"
    subprocess.run(
        [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}",
         (out / "report.html").as_uri()],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    printed = pdf.read_bytes()
    assert 8 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 40
    assert re.search(rb"/MediaBox\s*\[\s*0 0 59[45]", printed)
