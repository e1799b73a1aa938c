"""The page of a debrief: whole, the same each time, harmless whatever names it holds, and at home without a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from excomm_game.debrief import charts
from excomm_game.debrief.page import page
from excomm_game.debrief.pages import pages
from excomm_game.debrief.whole import Debrief, debrief
from excomm_game.engine.game import Game
from excomm_game.files import scenarios
from excomm_game.words.ending import closing
from excomm_game.words.figures import interval, percent, points
from excomm_game.words.phrases import road_words
from tests.debrief.svg import words
from tests.headers import header
from tests.program import SMALL
from tests.strategies import scenario_of

HOSTILE = "</p><script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 77 * 77 }} {% raw %} &amp; $x_1$"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
OWN = "not an origin"  # who asks when the browser itself does, for its own upkeep
in_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium or chromium-browser on the path to open the page with"
)


class Page(HTMLParser):
    """What a page holds: its elements, each a tag with its attributes, and the text that is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self._unread = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._unread += tag == "style"

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self._unread -= tag == "style"

    def handle_data(self, data):
        if not self._unread:
            self.said.append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).split())


class Opened(NamedTuple):
    """What a browser made of a page: its elements as they stand, and all that the page asked the network for."""

    dom: str
    asked: list[str]


def opened(path: Path, folder: Path) -> Opened:
    """Open a page in a browser that can resolve no name, and write down what it asks for all the same."""
    log = folder / "net.json"
    done = subprocess.run(
        [str(CHROMIUM), *QUIET, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom",
         path.as_uri()],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    told = json.loads(log.read_text(encoding="utf-8"))
    started = told["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    requests = [event["params"] for event in told["events"] if event["type"] == started and "params" in event]
    return Opened(done.stdout, [one["url"] for one in requests if "url" in one and one.get("initiator") != OWN])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Debrief:
    """A game in which every name, title, text and reason is an attack, up to a settlement on the third day."""
    line, prose = json.dumps(HOSTILE), json.dumps(HOSTILE.replace("{", "{{").replace("}", "}}"))
    text = SMALL.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(label|title|office|name) = .*$", lambda one: f"{one[1]} = {line}", text)
    text = re.sub(r"(?m)^(text|says|outcome|barred) = .*$", lambda one: f"{one[1]} = {prose}", text)
    text = re.sub(r'(?m)^id = "(morning|letter-terms)"$', r'\g<0>\nsources = ["book"]', text)
    text += f"""
[[revelation]]
question = {line}
believed = {prose}
truth = {prose}
[[epilogue]]
year = 1963
text = {prose}
documents = ["note"]
[source.book]
title = {line}
note = {prose}
"""
    folder = tmp_path_factory.mktemp("hostile") / "crisis"
    folder.mkdir()
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    scenario = scenarios.load(str(folder))
    begun = header(scenario, 7, {"west": "person"}).model_copy(update={"player": HOSTILE, "started": HOSTILE})
    game = Game(scenario, begun)
    game.run()
    while game.awaited is not None:
        game.choose({"letter-tone": "cold", "letter-terms": "settle"}.get(game.awaited.label, "wait"), HOSTILE)
    return debrief(game, 50)


# -- what it says


def test_every_figure_of_the_debrief_stands_in_the_page(told, written):
    """Nothing worked out is left out: the risk with its interval, every kind, road and school, the judges."""
    text = Page(written).text
    shares = [told.ran.nuclear, *told.ran.kinds.values(), *told.ran.pathways.values()]
    shares += [one.ran.nuclear for one in told.schools]
    shares += [other.after for one in told.decisive for other in one.others]
    for one in shares:
        assert f"{percent(one.p)}{percent(one.low)} to {percent(one.high)}" in text
    for one in (told.ran.nuclear, told.opening):
        assert interval(*one) in text
    for doing in charts.MARKS:
        assert points(told.summed(doing)) in text
    for grade in told.judges:
        assert f"{grade.letter} ({f'{grade.points:g}'.replace('-', '−')} points)" in text
        assert grade.judge.label in text
    assert f"{told.survived} of {told.worlds}" in text
    assert f"{told.versus.same} of your {told.versus.of}" in text


def test_a_road_to_war_is_named_in_words(told, written):
    """No scenario's short name of a road is shown: its row begins with a capital, and has spaces for hyphens."""
    roads = list(told.ran.pathways)
    assert any("-" in one for one in roads)
    rows = [entry.text for page in pages(told) for section in page.sections for entry in section.entries]
    text = Page(written).text
    for name in roads:
        worded = road_words(name)
        assert worded[0].isupper()
        assert "-" not in worded
        assert f"{worded}{percent(told.ran.pathways[name].p)}" in text
        assert any(row.startswith(f"{worded}: ") for row in rows)
        assert "-" not in name or name not in f"{written} {rows}"


def test_every_choice_stands_in_the_table(told, written):
    """One row a choice, with its hour, what was chosen, and the risk before and after it with intervals."""
    rows = re.findall(r'<tr id="choice-(\d+)".*?</tr>', written, re.DOTALL)
    assert [int(n) for n in rows] == [turn.told.n for turn in told.turns]
    for turn, row in zip(told.turns, re.findall(r'<tr id="choice-\d+".*?</tr>', written, re.DOTALL), strict=True):
        text = Page(row).text
        assert f"{turn.told.occurrence.local:%H:%M}" in text
        assert f"{turn.told.title}: {turn.told.label}" in text
        for one in (turn.before, turn.after):
            assert f"{percent(one.p)}{percent(one.low)} to {percent(one.high)}" in text


def test_the_ending_comes_first_then_the_risk_the_line_and_the_choices_that_mattered(told, written):
    """A reader with a minute has read what counts."""
    end = closing(told.game)
    first = told.decisive[0].turn.told
    order = [f"<h1>{end.title}", end.text[:40], f"survived {told.survived}", "<svg", f": {first.title}</h3>", "Sources"]
    places = [written.index(one) for one in order[:-1]]
    assert places == sorted(places)
    assert f"<title>{told.game.scenario.head.title} · {end.title}</title>" in written


def test_headings_go_down_one_step_at_a_time(written):
    """One first heading, and none that skips a level."""
    levels = [int(tag[1]) for tag in Page(written).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_game_makes_the_same_page(told, written):
    """Byte for byte, however often it is drawn."""
    assert page(told) == written


# -- what it holds


def test_nothing_refers_outside(written):
    """No address, no import, no script, no picture: what is referred to is in the page."""
    made = Page(written)
    assert set(made.tags).isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form", "image"})
    for _, attributes in made.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            if name in ("src", "href", "xlink:href", "action", "srcset", "poster", "data"):
                assert value, name
                assert value.startswith("#"), value
    ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    refers = {value[1:] for _, one in made.elements for name, value in one.items() if name == "href" and value}
    assert refers <= set(ids)
    assert "@import" not in written
    assert "url(" not in written
    assert set(re.findall(r"\w+://[^\s\"'<]*", written)) == {"http://www.w3.org/2000/svg"}


def test_it_forbids_itself_to_load_anything(written):
    """Should a name slip through after all, the page may fetch and run nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in written
    assert '<html lang="en">' in written


def test_whatever_names_and_reasons_hold_is_text(hostile):
    """Tags, quotes, character references and braces are read as they were written, and run nowhere."""
    written = page(hostile)
    made = Page(written)
    assert set(made.tags).isdisjoint({"script", "img"})
    assert not [name for _, attributes in made.elements for name in attributes if name.startswith("on")]
    assert "<script" not in written
    assert "5929" not in written
    said = " ".join(HOSTILE.split())
    assert made.text.count(said) > 3 * len(hostile.turns)
    for begins in ("You chose: ", "LETTER: ", "1963. ", "Believed: ", "True: ", "Judge 1: "):
        assert f"{begins}{said}" in made.text.replace("CABLE: ", "LETTER: "), begins
    ET.fromstring(written[written.index("<svg") : written.index("</svg>") + 6])  # noqa: S314 - drawn here


def test_a_game_that_is_not_over_has_a_page_too(thirteen_days):
    """It says so, has no judges, and gives the risk as it stands now; also before the first choice."""
    game = Game(thirteen_days, header(thirteen_days, 3, {"washington": "person"}))
    game.run()
    for option in ("more-photographs", "press-on"):
        text = Page(page(debrief(game, 20, short=True, reveal=True))).text
        assert "The game is not over" in text
        assert "at the end" not in text
        assert "Judge 1" not in text
        game.choose(option)


def test_a_scenario_without_schools_has_a_page_too():
    """What it goes by then are its own numbers, and it says so."""
    tables = tomllib.loads(SMALL.read_text(encoding="utf-8"))
    del tables["school"]
    scenario = scenario_of(tables)
    game = Game(scenario, header(scenario, 1))
    game.run()
    assert "the scenario&#39;s own numbers" in page(debrief(game, 50))


def test_a_war_is_told_soberly(thirteen_days):
    """A game that ended in nuclear war ends its line at the top."""
    seed, game = 0, Game(thirteen_days, header(thirteen_days, 0))
    while game.run() and game.kind != "nuclear":
        seed += 1
        game = Game(thirteen_days, header(thirteen_days, seed, school="ellsberg"))
    told = debrief(game, 20, short=True)
    assert "100%" in words(charts.risk_line(told))
    assert "to 100% at the end" in Page(page(told)).text


# -- in a browser


@in_chromium
def test_the_page_opens_in_a_browser_and_asks_for_nothing(written, told, tmp_path):
    """Its text and charts stand there, and no request leaves it."""
    path = tmp_path / "debrief.html"
    path.write_text(written, encoding="utf-8")
    seen = opened(path, tmp_path)
    assert seen.asked == []
    made = Page(seen.dom)
    assert made.tags.count("svg") == 2
    assert made.tags.count("details") == len(told.judges)
    assert made.text == Page(written).text


@in_chromium
def test_hostile_names_do_nothing_in_a_browser(hostile, tmp_path):
    """Opened, the page holds the text it was given and no element more."""
    path = tmp_path / "debrief.html"
    path.write_text(page(hostile), encoding="utf-8")
    seen = opened(path, tmp_path)
    assert seen.asked == []
    assert {"script", "img"}.isdisjoint(Page(seen.dom).tags)
    assert Page(seen.dom).text == Page(path.read_text(encoding="utf-8")).text


@in_chromium
def test_a_page_that_did_ask_would_be_seen(tmp_path):
    """The promises above would be empty if the log missed what a page asks for."""
    path = tmp_path / "asks.html"
    page = "<!DOCTYPE html><style>@import url(http://elsewhere.invalid/a.css);</style>"
    path.write_text(f'{page}<img src="http://elsewhere.invalid/b.png">', encoding="utf-8")
    assert set(opened(path, tmp_path).asked) == {"http://elsewhere.invalid/a.css", "http://elsewhere.invalid/b.png"}


@in_chromium
def test_the_page_prints(written, tmp_path):
    """As a document of some pages, whatever the reader's paper."""
    path, pdf = tmp_path / "debrief.html", tmp_path / "debrief.pdf"
    path.write_text(written, encoding="utf-8")
    subprocess.run(
        [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}", path.as_uri()],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    printed = pdf.read_bytes()
    assert printed.startswith(b"%PDF")
    assert 5 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 40
