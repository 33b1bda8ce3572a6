"""Regions as outlines over the cells of a picture. Pure; told apart without colour.

What is being drawn and the current finding have heavy lines, other findings light ones, places
dashed ones, what an aid points at dotted ones with round corners; each carries its label, a
number for a region of the examiner's and a letter for a place that an aid names. A corner that
can be dragged is a diamond, the selected one a filled block with its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import get_character_cell_size

from docexam.domain.finding import Region
from docexam.domain.text import visible
from docexam.imaging.view import Frame, View
from docexam.tui.widgets.capture_region import Sketch, handle_cell

if TYPE_CHECKING:
    from docexam.imaging.cells import Run

Kind = Literal["place", "aid", "aid-current", "finding", "current", "drawn"]
Spot = tuple[int, int]

NO_COLOUR = -1
_LONGEST_LABEL = 24
_STEPS = 2_000
_MIDDLE_GREY = 128


class Lines(NamedTuple):
    """Glyphs of an outline: sides, corners clockwise from upper left, slopes."""

    across: str
    down: str
    corners: str
    rising: str
    falling: str


LINES: dict[Kind, Lines] = {
    "place": Lines("╌", "╎", "┌┐┘└", "╱", "╲"),
    "aid": Lines("┈", "┊", "╭╮╯╰", "·", "·"),
    "aid-current": Lines("┉", "┋", "╭╮╯╰", "•", "•"),
    "finding": Lines("─", "│", "┌┐┘└", "╱", "╲"),
    "current": Lines("━", "┃", "┏┓┛┗", "╱", "╲"),
    "drawn": Lines("═", "║", "╔╗╝╚", "╱", "╲"),
}
_ORDER: dict[Kind, int] = {kind: order for order, kind in enumerate(LINES)}


class Ink(NamedTuple):
    """Colours of an outline as 0xRRGGBB.

    With `bg` `NO_COLOUR` the picture stays behind the line, and `fg` is used where it is dark,
    `fg_on_light` where it is light. All `NO_COLOUR`: no colours at all.
    """

    fg: int
    bg: int = NO_COLOUR
    fg_on_light: int = NO_COLOUR


class Mark(NamedTuple):
    """One cell over the picture. An empty glyph lies under the wide one on its left."""

    glyph: str
    ink: Ink


Marks = dict[Spot, Mark]

INKS: Mapping[Kind, Ink] = {
    "place": Ink(0xC8C8C8, NO_COLOUR, 0x505050),
    "aid": Ink(0xFF9FE5, NO_COLOUR, 0x8A0062),
    "aid-current": Ink(0xFF9FE5, 0x1E0A18),
    "finding": Ink(0x87D7FF, NO_COLOUR, 0x00468C),
    "current": Ink(0x5FE0FF, 0x10181C),
    "drawn": Ink(0xFFD75F, 0x1C1808),
}
NO_INK = Ink(NO_COLOUR)
NO_INKS: Mapping[Kind, Ink] = dict.fromkeys(INKS, NO_INK)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A region to show, with a short label such as “⌖1”."""

    region: Region
    label: str = ""
    kind: Kind = "finding"


def outlines(
    overlays: Iterable[Overlay],
    capture: str,
    view: View,
    frame: Frame,
    inks: Mapping[Kind, Ink] = INKS,
) -> Marks:
    """Return the marks of the overlays on one capture, by column and row of its part."""
    marks: Marks = {}
    chosen = [o for o in overlays if o.region.capture == capture]
    for overlay in sorted(chosen, key=lambda o: _ORDER[o.kind]):
        cells = [handle_cell(view, frame, p) for p in overlay.region.points]
        _draw(marks, cells, overlay.kind, visible(overlay.label), frame, inks[overlay.kind])
    return marks


def sketched(sketch: Sketch, view: View, frame: Frame, inks: Mapping[Kind, Ink] = INKS) -> Marks:
    """Return the marks of the region being drawn, with its corners."""
    marks: Marks = {}
    ink = inks["drawn"]
    cells = [handle_cell(view, frame, p) for p in sketch.points]
    _draw(marks, cells, "drawn", "", frame, ink)
    for number, cell in enumerate(cells):
        selected = number == sketch.corner
        _put(marks, cell, str(number + 1) if selected else "◆", frame, _swapped(ink, selected))
    return marks


def _swapped(ink: Ink, selected: bool) -> Ink:
    return Ink(ink.bg, ink.fg) if selected and ink.bg >= 0 else ink


def _draw(
    marks: Marks, cells: Sequence[Spot], kind: Kind, label: str, frame: Frame, ink: Ink
) -> None:
    lines = LINES[kind]
    xs, ys = sorted({c[0] for c in cells}), sorted({c[1] for c in cells})
    if len(xs) <= 2 and len(ys) <= 2:
        draw_box(marks, (xs[0], ys[0], xs[-1], ys[-1]), kind, frame, ink)
        start = (xs[0], ys[0])
    else:
        for a, b in zip(cells, [*cells[1:], cells[0]], strict=True):
            _draw_side(marks, a, b, lines, frame, ink)
        start = min(cells, key=lambda c: (c[1], c[0]))
    _write(marks, start, label, frame, ink)


def draw_box(
    marks: Marks, box: tuple[int, int, int, int], kind: Kind, frame: Frame, ink: Ink
) -> None:
    """Draw a box through the cells left, top, right, bottom, as far as it lies in the frame."""
    lines = LINES[kind]
    left, top, right, bottom = box
    for x in _range(left + 1, right - 1, frame.columns):
        _put(marks, (x, top), lines.across, frame, ink)
        _put(marks, (x, bottom), lines.across, frame, ink)
    for y in _range(top + 1, bottom - 1, frame.rows):
        _put(marks, (left, y), lines.down, frame, ink)
        _put(marks, (right, y), lines.down, frame, ink)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    for corner, glyph in zip(corners, lines.corners, strict=True):
        _put(marks, corner, glyph, frame, ink)


def _range(first: int, last: int, size: int) -> range:
    return range(max(first, 0), min(last, size - 1) + 1)


def _draw_side(marks: Marks, a: Spot, b: Spot, lines: Lines, frame: Frame, ink: Ink) -> None:
    dx, dy = b[0] - a[0], b[1] - a[1]
    if abs(dx) > 3 * abs(dy):
        glyph = lines.across
    elif abs(dy) > abs(dx) * 1.2:
        glyph = lines.down
    else:
        glyph = lines.falling if (dx > 0) == (dy > 0) else lines.rising
    for spot in _between(a, b):
        _put(marks, spot, glyph, frame, ink)


def _between(a: Spot, b: Spot) -> Iterator[Spot]:
    steps = min(_STEPS, max(abs(b[0] - a[0]), abs(b[1] - a[1]), 1))
    for at in range(steps + 1):
        share = at / steps
        yield round(a[0] + (b[0] - a[0]) * share), round(a[1] + (b[1] - a[1]) * share)


def _write(marks: Marks, start: Spot, label: str, frame: Frame, ink: Ink) -> None:
    """Write a label into the upper side, within the pane also where the corner is not."""
    glyphs = _glyphs(f" {label[:_LONGEST_LABEL]} ") if label else []
    if not 0 <= start[1] < frame.rows or start[0] >= frame.columns:
        return
    column = max(0, min(start[0] + 1, frame.columns - len(glyphs)))
    for at, glyph in enumerate(glyphs[: frame.columns]):
        _put(marks, (column + at, start[1]), glyph, frame, ink)


def _glyphs(text: str) -> list[str]:
    """Split a text in cells: marks that combine stay with their letter, wide ones take two."""
    cells: list[str] = []
    for char in text:
        width = get_character_cell_size(char)
        if width == 0 and cells:
            cells[-1] += char
        elif width > 0:
            cells.extend([char, ""][:width])
    return cells


def _put(marks: Marks, spot: Spot, glyph: str, frame: Frame, ink: Ink) -> None:
    if 0 <= spot[0] < frame.columns and 0 <= spot[1] < frame.rows:
        marks[spot] = Mark(glyph, ink)


# --- over a row of the picture -----------------------------------------------------------------


def overlaid(line: Sequence[Run], marks: Mapping[int, Mark]) -> list[tuple[str, int, int]]:
    """Return a row as (text, fg, bg) with some cells (by column) replaced, in few runs."""
    cells = [(char, fg, bg) for text, fg, bg in line for char in text]
    for column, mark in marks.items():
        if column < len(cells):
            cells[column] = _inked(mark, cells[column])
    return [
        ("".join(cell[0] for cell in run), *colours)
        for colours, run in groupby(cells, key=lambda cell: cell[1:])
    ]


def _inked(mark: Mark, under: tuple[str, int, int]) -> tuple[str, int, int]:
    ink = mark.ink
    if ink.fg == NO_COLOUR or ink.bg != NO_COLOUR:
        return mark.glyph, ink.fg, ink.bg
    behind = under[1] if under[0] == "█" else under[2]
    return mark.glyph, ink.fg_on_light if _light(behind) else ink.fg, behind


def _light(colour: int) -> bool:
    red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
    return 0.299 * red + 0.587 * green + 0.114 * blue > _MIDDLE_GREY
