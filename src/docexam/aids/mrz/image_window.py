"""Where the rows of a zone begin and end, by what can be read there.

Strokes alone leave it open: the page's edge or a border beside the zone looks like one more
character, and a faint first character like none.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from docexam.aids.mrz.formats import FORMATS
from docexam.aids.mrz.image_fillers import cells_of, inked
from docexam.aids.mrz.image_find import Found, straightened
from docexam.aids.mrz.image_letters import kinds
from docexam.aids.mrz.image_picture import Picture
from docexam.aids.mrz.image_strip import shifted
from docexam.aids.raster.arrays import Floats, Plane

_BEYOND = 2  # cells looked at before and after the rows
_MOST_OFF = 3  # cells that rows may be longer than their layout
_WEAK = 0.5  # share by which the cells of an end column are read, below which it is looked into
_BETTER = 0.4  # by how much another beginning must be better read, in columns


def settled(picture: Picture, found: Found) -> Found:
    """Return the zone with rows of a layout's length that begin where they are read best."""
    count = found.grids[0].cells
    length = _layout(len(found.grids), count)
    if not length:
        return found
    ends = _columns(found.rows)
    if length == count and min(ends[0], ends[-1]) > _WEAK:
        return found
    wide = _windowed(picture, found, -_BEYOND, count + 2 * _BEYOND)
    columns = _columns(wide.rows)
    if found.upside_down:
        columns = columns[::-1]
    sums = np.convolve(columns, np.ones(length), "valid")
    spare = (count - length) / 2 + _BEYOND
    best = max(range(len(sums)), key=lambda at: (round(float(sums[at]), 3), -abs(at - spare)))
    if length == count and sums[best] < sums[_BEYOND] + _BETTER:
        return found
    return _windowed(picture, found, best - _BEYOND, length)


def _layout(rows: int, count: int) -> int:
    """Return the layout's length that rows of so many cells are meant for, 0 where none is."""
    lengths = {one.length for one in FORMATS if one.lines == rows}
    near = [length for length in lengths if 0 <= count - length <= _MOST_OFF]
    return max(near, default=0)


def _columns(rows: tuple[Plane, ...]) -> Floats:
    """Return how well the cells that stand over each other are read, 0 to 1."""
    cells = [cells_of(row) for row in rows]
    shares = [kinds(one).max(axis=1) * inked(one) for one in cells]
    return np.asarray(np.mean(shares, axis=0), np.float64)


def _windowed(picture: Picture, found: Found, start: int, length: int) -> Found:
    grids = tuple(
        replace(grid, step=shifted(grid.step, start), cells=length) for grid in found.grids
    )
    return straightened(picture, found.zone, grids, found.factor)
