"""The colours: dark, light, high contrast, and none."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="docexam-dark",
    primary="#5b8fc9",
    secondary="#8a9bb0",
    accent="#7cc4d8",
    warning="#e6b450",
    error="#ff6b6b",
    success="#8cc99b",
    foreground="#d8dce2",
    background="#14171b",
    surface="#1d2228",
    panel="#242a31",
    dark=True,
    variables={"border": "#7cc4d8"},
)
LIGHT = Theme(
    name="docexam-light",
    primary="#2b5d96",
    secondary="#5a6b7d",
    accent="#0f6a80",
    warning="#8a5a00",
    error="#b3261e",
    success="#1f6b3a",
    foreground="#1b1f24",
    background="#fbfbf9",
    surface="#eef0f1",
    panel="#e2e5e8",
    dark=False,
    variables={"border": "#0f6a80"},
)
CONTRAST = Theme(
    name="docexam-contrast",
    primary="#4da3ff",
    secondary="#ffffff",
    accent="#00e5ff",
    warning="#ffe000",
    error="#ff5c5c",
    success="#6dff8b",
    foreground="#ffffff",
    background="#000000",
    surface="#1a1a1a",
    panel="#262626",
    dark=True,
    text_alpha=1.0,
    variables={"border": "#00e5ff", "text-muted": "#d0d0d0"},
)
THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
