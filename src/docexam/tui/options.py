"""What a call may choose about the screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

THEMES = ("dark", "light", "contrast", "none")
RENDERERS = ("auto", "half", "quadrant")
LINKS = ("fast", "slow")


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for one run of the screen.

    `theme`: one of `THEMES`, or None for the dark one. `keymap`: a TOML file of
    the user's own keys. `renderer`: how captures are drawn in cells. `link`: `slow` sends less.
    `no_color`: no colours at all, as NO_COLOR asks.
    """

    theme: str | None = None
    keymap: Path | None = None
    renderer: str = "auto"
    link: str = "fast"
    no_color: bool = False

    @property
    def plain(self) -> bool:
        """Whether no colour is sent at all."""
        return self.no_color or self.theme == "none"
