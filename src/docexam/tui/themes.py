"""The colours: dark, light, high contrast, and none at all.

Every state is also told by a sign, so colours are a comfort only. A palette gives the toolkit's
theme and the style of each role that lines are written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme


class Palette(NamedTuple):
    """A theme, and a style for each role of a span; `line` and `line-focus` lie over a line."""

    theme: Theme
    roles: Mapping[str, Style]


def _palette(name: str, colours: Mapping[str, str], *, dark: bool) -> Palette:
    c = colours
    theme = Theme(
        name=f"docexam-{name}",
        primary=c["primary"],
        secondary=c["dim"],
        accent=c["accent"],
        warning=c["warning"],
        error=c["error"],
        success=c["good"],
        foreground=c["foreground"],
        background=c["background"],
        surface=c["surface"],
        panel=c["panel"],
        dark=dark,
        variables={"border": c["accent"]},
    )
    roles = {
        "ask": Style(bold=True),
        "head": Style(bold=True),
        "key": Style(color=c["accent"], bold=True),
        "chosen": Style(color=c["good"], bold=True),
        "cursor": Style(reverse=True),
        "dim": Style(color=c["dim"]),
        "critical": Style(color=c["warning"], bold=True),
        "warn": Style(color=c["warning"]),
        "error": Style(color=c["error"], bold=True),
        "good": Style(color=c["good"]),
        "reading": Style(underline=True),
        "line": Style(bgcolor=c["surface"], bold=True),
        "line-focus": Style(bgcolor=c["focus"], bold=True),
    }
    return Palette(theme, roles)


_DARK = {
    "primary": "#5b8fc9",
    "accent": "#7cc4d8",
    "warning": "#e6b450",
    "error": "#ff7a7a",
    "good": "#8cc99b",
    "dim": "#939ca7",
    "foreground": "#d8dce2",
    "background": "#14171b",
    "surface": "#20262d",
    "panel": "#262d35",
    "focus": "#2b4460",
}
_LIGHT = {
    "primary": "#2b5d96",
    "accent": "#0f6a80",
    "warning": "#805300",
    "error": "#b3261e",
    "good": "#1f6b3a",
    "dim": "#5c6670",
    "foreground": "#1b1f24",
    "background": "#fbfbf9",
    "surface": "#eceff0",
    "panel": "#e0e4e7",
    "focus": "#bcd3ec",
}
_CONTRAST = {
    "primary": "#4da3ff",
    "accent": "#00e5ff",
    "warning": "#ffe000",
    "error": "#ff8080",
    "good": "#6dff8b",
    "dim": "#d0d0d0",
    "foreground": "#ffffff",
    "background": "#000000",
    "surface": "#202020",
    "panel": "#303030",
    "focus": "#00459e",
}
THEMES: Mapping[str, Palette] = {
    "dark": _palette("dark", _DARK, dark=True),
    "light": _palette("light", _LIGHT, dark=False),
    "contrast": _palette("contrast", _CONTRAST, dark=True),
}
PLAIN = Palette(
    BUILTIN_THEMES["ansi-dark"],
    {
        "ask": Style(bold=True),
        "head": Style(bold=True),
        "key": Style(bold=True),
        "chosen": Style(bold=True),
        "cursor": Style(reverse=True),
        "dim": Style(dim=True),
        "critical": Style(bold=True),
        "warn": Style(bold=True),
        "error": Style(bold=True, reverse=True),
        "good": Style(),
        "reading": Style(underline=True),
        "line": Style(underline=True),
        "line-focus": Style(reverse=True),
    },
)
