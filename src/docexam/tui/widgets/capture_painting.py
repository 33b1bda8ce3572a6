"""Cells of a picture as Textual strips, with few style objects and no work done twice."""

from __future__ import annotations

from collections.abc import Iterable

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

NO_COLOUR = -1
_MOST_STYLES = 8_000


class Painter:
    """Turns runs of cells into strips; a `Style` is made once for each pair of colours.

    `plain` is the style of runs without colours: theme text on the pane's background.
    """

    def __init__(self) -> None:
        self.plain = Style.null()
        self._styles: dict[tuple[int, int], Style] = {}

    def strip(self, runs: Iterable[tuple[str, int, int]], columns: int) -> Strip:
        """Return one row of runs (text, foreground, background), `columns` cells wide in all."""
        styles, made = self._styles, []
        for text, fg, bg in runs:
            style = styles.get((fg, bg)) or self._style(fg, bg)
            made.append(Segment(text, style))
        return Strip(made, columns)

    def _style(self, fg: int, bg: int) -> Style:
        if fg == bg == NO_COLOUR:
            return self.plain
        if len(self._styles) > _MOST_STYLES:
            self._styles.clear()
        style = Style(color=_colour(fg), bgcolor=_colour(bg))
        self._styles[fg, bg] = style
        return style


def _colour(packed: int) -> Color | None:
    if packed == NO_COLOUR:
        return None
    return Color.from_triplet(ColorTriplet(packed >> 16, packed >> 8 & 255, packed & 255))
