"""What holds of every sheet at every width: nothing sticks out, nothing is lost, and a document keeps its frame."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from excomm_game.engine.hour import Clock
from excomm_game.engine.reader import Paper
from excomm_game.tui.prose import prose
from excomm_game.tui.sheets import Block, Document, Entries, Heading, Note, Rows, Text
from excomm_game.tui.typeset import NARROWEST, WIDEST, typeset
from excomm_game.tui.widgets.pane import MORE
from excomm_game.tui.wrapping import HELD, wrapped
from excomm_game.words.ending import Entry

FORMS = ["letter", "cable", "broadcast", "newspaper", "photograph", "memorandum", "estimate", "minutes"]
MARKS = "▌█│╏┃─═┌┐└┘╍┏┓┗┛"
words = st.text("abcdefghij", min_size=1, max_size=9)
lines = st.lists(words, max_size=12).map(" ".join)
texts = st.lists(lines.filter(bool), min_size=1, max_size=4).map("\n\n".join)
hours = st.integers(0, 300).map(lambda hours: datetime(1962, 10, 16, tzinfo=UTC) + timedelta(hours=hours))
moments = st.none() | st.builds(Clock, words, hours)
papers = st.builds(
    Paper, id=words, form=st.sampled_from(FORMS), title=lines, sender=lines, receiver=lines, channel=lines,
    sent=moments, received=moments, text=texts,
)  # fmt: skip
entries = st.lists(st.builds(Entry, texts, st.lists(lines.filter(bool), max_size=2).map(tuple)), max_size=4).map(tuple)
blocks = st.one_of(
    st.builds(Entries, entries),
    st.builds(Heading, lines.filter(bool), lines),
    st.builds(Text, texts, st.booleans()),
    st.builds(Note, lines.filter(bool)),
    st.builds(Rows, st.lists(st.tuples(words, lines), min_size=1, max_size=3).map(tuple)),
    st.builds(Document, papers),
)
widths = st.integers(NARROWEST, 130)


def letters(text: str) -> str:
    """Return a text without its line breaks and frames, in small letters: a long word may be broken anywhere."""
    return re.sub(rf"[\s{MARKS}]", "", text).lower()


@given(st.lists(blocks, max_size=4), widths)
def test_nothing_sticks_out(sheet: list[Block], width: int) -> None:
    """No line is wider than its pane, nor than what reads well."""
    assert max((line.cell_length for line in typeset(sheet, width)), default=0) <= min(width, WIDEST)


@given(st.lists(texts, max_size=3), widths, st.booleans())
def test_no_word_is_lost(told: list[str], width: int, is_new: bool) -> None:
    """All words stand there in their order, whatever the width."""
    shown = "".join(line.plain for line in typeset([Text(text, is_new) for text in told], width))
    assert letters(shown) == letters("".join(prose(text).plain for text in told))


@given(entries, widths)
def test_entries_and_their_notes_are_whole(told: tuple[Entry, ...], width: int) -> None:
    """What is told, and what is noted under it, stands there in its order."""
    shown = letters("".join(line.plain for line in typeset([Entries(told)], width)))
    assert shown == letters("".join(text for one in told for text in (prose(one.text).plain, *one.notes)))


@given(papers, widths)
def test_a_document_is_whole(paper: Paper, width: int) -> None:
    """Its text and its title stand in it, in whatever shape."""
    shown = "".join(letters(line.plain) for line in typeset([Document(paper)], width))
    assert letters(prose(paper.text).plain) in shown
    assert letters(paper.title) in shown


@given(papers.filter(lambda paper: paper.form in ("letter", "cable", "photograph", "memorandum")), widths)
def test_a_frame_is_straight(paper: Paper, width: int) -> None:
    """What stands on a ground of its own or in a box is as wide in every line."""
    assert len({line.cell_length for line in typeset([Document(paper)], width)}) == 1


@pytest.mark.parametrize("width", [-1, 0, 1, NARROWEST - 1])
def test_where_nothing_fits(width: int) -> None:
    """In a window a hand's breadth wide nothing is set, and nothing raises."""
    assert typeset([Heading("Here"), Text("word " * 9), Rows((("a", "b"),))], width) == []


def test_the_marks_of_this_test_are_no_words() -> None:
    """What is left out of comparing is only what frames are drawn with."""
    assert not set(MARKS) & set(MORE)


@given(st.lists(words, min_size=1, max_size=9), widths)
def test_a_name_that_is_held_together_is_not_broken(before: list[str], width: int) -> None:
    """Where the author or the council holds a name together, no line ends within it; its words are as they were."""
    text = " ".join([*before, HELD.join(["O.", "Bravo", "Alto"]), *before])
    broken = [line.plain for line in wrapped([Content(text)], width)]
    assert any("O. Bravo Alto" in line for line in broken)
    assert " ".join(broken) == text.replace(HELD, " ")
    assert max(map(len, broken)) <= width
