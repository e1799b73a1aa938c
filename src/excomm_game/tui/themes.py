"""The four themes. Each has one colour for danger and one for what is new; no colour says anything alone."""

from __future__ import annotations

from textual.theme import Theme

_QUIET = {"block-cursor-text-style": "bold", "block-cursor-blurred-text-style": "bold"}


def _theme(  # noqa: PLR0913 - a theme is its inks
    name: str, *, ink: str, ground: str, lifted: str, quiet: str, rule: str, new: str, danger: str, dark: bool
) -> Theme:
    """Make a theme from its few inks: text, quieter text, rules, what is new, what is dangerous."""
    return Theme(
        name=name, primary=new, secondary=quiet, accent=new, warning=new, error=danger, success=new, foreground=ink,
        background=ground, surface=ground, panel=lifted, dark=dark, text_alpha=1.0,
        variables={
            **_QUIET,
            "quiet": quiet,
            "rule": rule,
            "new": new,
            "danger": danger,
            "block-cursor-background": lifted,
            "block-cursor-foreground": ink,
            "block-cursor-blurred-background": lifted,
            "block-cursor-blurred-foreground": ink,
            "block-hover-background": lifted,
            "border": rule,
            "border-blurred": rule,
            "text-disabled": quiet,
            "text-muted": quiet,
            "scrollbar": rule,
            "scrollbar-hover": quiet,
            "scrollbar-active": ink,
            "scrollbar-background": ground,
            "scrollbar-corner-color": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "input-cursor-background": ink,
            "input-cursor-foreground": ground,
            "input-selection-background": lifted,
        },
    )  # fmt: skip


THEMES = (
    _theme(
        "dark", ink="#d8d4c8", ground="#14161a", lifted="#262a31", quiet="#9a978d", rule="#4a4d54", new="#7fb4c8",
        danger="#e5705f", dark=True,
    ),
    _theme(
        "paper", ink="#1f1d1a", ground="#f3eee1", lifted="#ded6c3", quiet="#5d584e", rule="#9c9483", new="#1f5673",
        danger="#9c2415", dark=False,
    ),
    _theme(
        "high-contrast", ink="#ffffff", ground="#000000", lifted="#303030", quiet="#d0d0d0", rule="#a0a0a0",
        new="#ffff00", danger="#ff8080", dark=True,
    ),
    _theme(  # Okabe and Ito's sky blue and orange, which people with any common colour blindness tell apart
        "colour-blind", ink="#e4e4e4", ground="#16181d", lifted="#2a2e36", quiet="#a4a4a4", rule="#50545c",
        new="#56b4e9", danger="#e69f00", dark=True,
    ),
)  # fmt: skip
