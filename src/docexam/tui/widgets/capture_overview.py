"""A small map of the whole capture in the pane's corner: where am I on this page?

At 1:1 a pane shows a thousandth of a photograph. The map is drawn from the same picture, without
enhancement, and framed; a heavy rectangle in it is what the pane shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from docexam.imaging import view as views
from docexam.imaging.view import Frame, View
from docexam.tui.widgets.capture_marks import INKS, NO_INK, Ink, Kind, Mark, Marks, draw_box
from docexam.tui.widgets.capture_picture import Drawing, Picture

LEAST_PANE = (40, 16)
LARGEST = (24, 9)
SHARE = 0.25
SHOWN_WHEN_BELOW = 0.2
_BYTES_SHARE = 1.5
_MOST_BYTES_PER_CELL = 16.0
_FRAME = Ink(0xB8B8B8, 0x202020)


def wanted(picture: Picture) -> bool:
    """Whether a map helps: the pane is large enough and shows a small part of the picture."""
    frame = picture.frame
    if picture.pyramid is None or frame.columns < LEAST_PANE[0] or frame.rows < LEAST_PANE[1]:
        return False
    _, _, width, height = views.to_box(picture.view, frame)
    return width * height < SHOWN_WHEN_BELOW


class Overview:
    """Draws the map of a picture; keeps the last one, which changes only with the capture."""

    def __init__(self) -> None:
        self._map: Picture | None = None

    def marks(self, picture: Picture, drawing: Drawing, inks: Mapping[Kind, Ink] = INKS) -> Marks:
        """Return the map as marks in the lower right corner of the picture's part of the pane."""
        small = self._small(picture)
        cost = min(drawing.bytes_per_cell * _BYTES_SHARE, _MOST_BYTES_PER_CELL)
        cells = small.cells(replace(drawing, bytes_per_cell=cost))
        if cells is None:
            return {}
        left = picture.frame.columns - cells.columns - 1
        top = picture.frame.rows - cells.rows - 1
        marks: Marks = {}
        colourless = inks["current"] == NO_INK
        ink = NO_INK if colourless else _FRAME
        draw_box(
            marks,
            (left - 1, top - 1, left + cells.columns, top + cells.rows),
            "finding",
            picture.frame,
            ink,
        )
        for y, line in enumerate(cells.lines):
            glyphs = [(char, fg, bg) for text, fg, bg in line for char in text]
            for x, (char, fg, bg) in enumerate(glyphs):
                marks[left + x, top + y] = Mark(char, Ink(fg, bg))
        _draw_window(marks, picture, small, (left, top), inks["current"])
        return marks

    def _small(self, picture: Picture) -> Picture:
        small = self._map
        frame = _map_frame(picture)
        rotation = picture.view.rotation
        if small is None or small.pyramid is not picture.pyramid or small.frame != frame:
            small = Picture(picture.capture, pyramid=picture.pyramid, frame=frame)
        small.view = views.fit(View(rotation=rotation), frame)
        self._map = small
        return small


def _map_frame(picture: Picture) -> Frame:
    """Return a frame as large as the map may be, in the shape of the picture as it is turned."""
    frame = picture.frame
    wide, tall = views.turned_size(frame, picture.view.rotation)
    most_columns = min(LARGEST[0], int(frame.columns * SHARE))
    most_rows = min(LARGEST[1], int(frame.rows * SHARE))
    scale = min(most_columns / wide, most_rows * 2 / tall)
    columns, rows = max(4, round(wide * scale)), max(2, round(tall * scale / 2))
    return Frame(columns, rows, frame.width, frame.height)


def _draw_window(
    marks: Marks, picture: Picture, small: Picture, corner: tuple[int, int], ink: Ink
) -> None:
    x, y, width, height = views.to_box(picture.view, picture.frame)
    spots = [
        views.image_to_screen(small.view, small.frame, point)
        for point in ((x, y), (x + width, y + height))
    ]
    columns = sorted(_within(spot[0], small.frame.columns) for spot in spots)
    rows = sorted(_within(spot[1] / 2, small.frame.rows) for spot in spots)
    box = (corner[0] + columns[0], corner[1] + rows[0], corner[0] + columns[1], corner[1] + rows[1])
    if columns[0] == columns[1] and rows[0] == rows[1]:
        marks[box[0], box[1]] = Mark("◆", ink)
    else:
        draw_box(marks, box, "current", picture.frame, ink)


def _within(at: float, size: int) -> int:
    return min(max(int(at), 0), size - 1)
