"""Prose on the screen: the little Markdown of scenarios and guides as Textual content, never as markup."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

_UNREAD = ["html_inline", "html_block", "image", "link", "autolink", "reference", "fence"]  # each would hide words
_STYLES = {"strong": "bold", "em": "italic", "code_inline": "bold"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(_UNREAD)


@lru_cache(maxsize=512)
def prose(text: str) -> Content:
    """Return a text as content: paragraphs apart by an empty line, stress in italic and bold, lists with dashes."""
    blocks: list[Content] = []
    tight: list[bool] = []
    lists: list[int | None] = []
    mark, style = "", ""
    for token in _parser().parse(text):
        if token.type == "inline":
            indent = "  " * max(0, len(lists) - 1)
            hang = indent + " " * len(mark)
            lines = _inline(token, style).split("\n")
            block = Content(indent + mark) + Content(f"\n{hang}").join(lines)
            blocks.append(block)
            tight.append(bool(lists))
            mark = " " * len(mark)
        elif token.type == "code_block":
            blocks.append(Content("\n".join(f"    {line}" for line in token.content.rstrip("\n").split("\n"))))
            tight.append(False)
        elif token.type == "hr":
            blocks.append(Content.styled("* * *", "$quiet"))
            tight.append(False)
        elif token.type == "heading_open":
            style = "bold"
        elif token.type == "heading_close":
            style = ""
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(None if token.type.startswith("bullet") else int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            mark = ""
        elif token.type == "list_item_open":
            number = lists[-1]
            mark = "- " if number is None else f"{number}. "
            lists[-1] = number if number is None else number + 1
    return _stacked(blocks, tight)


def _stacked(blocks: list[Content], tight: list[bool]) -> Content:
    """Set blocks under each other, lines of a list without a gap."""
    stacked = Content("")
    for place, block in enumerate(blocks):
        if place:
            stacked += Content("\n" if tight[place] and tight[place - 1] else "\n\n")
        stacked += block
    return stacked


def _inline(token: Token, style: str) -> Content:
    parts: list[tuple[str, str]] = []
    styles = [style] if style else []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append((" " if child.type == "softbreak" else "\n", ""))
        elif child.nesting == 1:
            styles.append(_STYLES.get(child.tag, _STYLES.get(child.type.removesuffix("_open"), "")))
        elif child.nesting == -1:
            styles.pop()
        else:
            own = [_STYLES[child.type]] if child.type in _STYLES else []
            parts.append((child.content, " ".join(one for one in [*styles, *own] if one)))
    return Content.assemble(*((text, style) if style else text for text, style in parts))
