"""The rows of a zone made straight: one picture a row, every character in a cell of one width.

The grid of a row is fitted to the strokes that were seen; which strokes stand over each other in
the rows tells how far the characters lean, so that bend, turn, foreshortening and lean are undone
in one sampling.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from docexam.aids.mrz.image_place import Placed, Row
from docexam.aids.raster.arrays import Floats, Pixels, Plane
from docexam.aids.raster.blur import box_mean

_Index = npt.NDArray[np.int64]

PITCH = 28  # pixels of a cell's width in a strip
HALF = 21  # pixels from a row's middle to the strip's upper and lower edge
MARGIN = 1  # empty cells before and after the row


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a row: `step` gives the place along the zone for a cell's number (from 0)."""

    row: Row
    step: Floats
    cells: int

    def along(self, cell: Floats | float) -> Floats:
        """Return the places along the zone of the middles of cells."""
        return np.asarray(np.polyval(self.step, cell))

    def spot(self, cell: Floats | float) -> Floats:
        """Return along and across (… × 2) of the middles of cells."""
        along = self.along(cell)
        return np.stack((along, self.row.at(along)), axis=-1)


def grids(zone: Placed) -> tuple[Grid, ...]:
    """Return the grid of every row, all of one length: that of a layout where they come near it."""
    numbered = [_numbered(row) for row in zone.rows]
    steps = [
        _fitted(cells, row.along[kept])
        for row, (cells, kept) in zip(zone.rows, numbered, strict=True)
    ]
    seen = [cells for cells, _ in numbered]
    length = _length(seen)
    starts = [_windows(cells, length) for cells in seen]
    # The rows of a zone begin one under the other; where a row alone leaves it open, that tells.
    seen_best = max(range(len(seen)), key=lambda i: (_most_inside(seen[i], length), -i))
    first = float(np.polyval(steps[seen_best], starts[seen_best][0]))
    out = []
    for row, step, possible in zip(zone.rows, steps, starts, strict=True):
        start = min(possible, key=lambda at: (abs(float(np.polyval(step, at)) - first), at))
        out.append(Grid(row, shifted(step, start), length))
    return tuple(out)


def _numbered(row: Row) -> tuple[_Index, _Index]:
    """Return the cells of a row's strokes, from 0, and which strokes were kept (one a cell)."""
    usual = row.pitch
    cells, kept, at = [0], [0], 0
    pitch = usual
    for i in range(1, len(row.along)):
        step = (row.along[i] - row.along[at]) / pitch
        if step < 0.6:
            continue
        count = max(1, round(float(step)))
        cells.append(cells[-1] + count)
        kept.append(i)
        if abs(step - count) < 0.25:
            own = (row.along[i] - row.along[at]) / count
            pitch = float(np.clip(0.85 * pitch + 0.15 * own, 0.8 * usual, 1.25 * usual))
        at = i
    return np.array(cells, np.int64), np.array(kept, np.int64)


def _fitted(cells: _Index, along: Floats) -> Floats:
    """Fit place against cell, strokes off the grid left out step by step."""
    use = np.ones(len(cells), np.bool_)
    step: Floats = np.polyfit(cells, along, 1)
    for _ in range(3):
        step = np.polyfit(cells[use], along[use], 2)
        off = np.abs(np.polyval(step, cells) - along)
        use = off < max(0.18 * abs(step[-2]), 2.5 * float(np.median(off)))
    return step


def _length(seen: list[_Index]) -> int:
    """Return the cells of every row: a layout's length where that accounts for the strokes."""
    wanted = (30,) if len(seen) == 3 else (36, 44)

    def merit(length: int) -> float:
        total = 0.0
        for cells in seen:
            inside = _most_inside(cells, length)
            total += inside - 0.5 * (length - inside) - 0.8 * (len(cells) - inside)
        return total

    own = sorted(int(cells[-1]) + 1 for cells in seen)[len(seen) // 2]
    best = max(wanted, key=merit)
    return best if own in wanted or merit(best) >= merit(own) - 2.0 * len(seen) else own


def _most_inside(cells: _Index, length: int) -> int:
    return max(_inside(cells, start, length) for start in _starts(cells, length))


def _inside(cells: _Index, start: int, length: int) -> int:
    return int(((cells >= start) & (cells < start + length)).sum())


def _starts(cells: _Index, length: int) -> range:
    spare = int(cells[-1]) + 1 - length
    return range(min(0, spare), max(0, spare) + 1)


def _windows(cells: _Index, length: int) -> list[int]:
    """Return the first cells of the windows that hold most strokes, the nearest to 0 first."""
    most = _most_inside(cells, length)
    found = [at for at in _starts(cells, length) if _inside(cells, at, length) == most]
    return sorted(found, key=lambda at: (abs(at), at))


def shifted(step: Floats, by: float) -> Floats:
    """Return a grid whose cell 0 is the cell `by` of another one."""
    a, b, c = step
    return np.array([a, 2 * a * by + b, a * by * by + b * by + c])


def strips(
    grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], factor: float
) -> list[Plane]:
    """Return a straight picture of every row, 0 (ink) to 1 (paper): 2·HALF × cells·PITCH pixels.

    `grey` may be larger than the image the zone was found on, by `factor`. Cell i of a row
    begins at column (i + MARGIN)·PITCH.
    """
    cells = (np.arange((rows[0].cells + 2 * MARGIN) * PITCH) + 0.5) / PITCH - MARGIN - 0.5
    offsets = (np.arange(2 * HALF) - HALF + 0.5) / PITCH
    beyond = np.abs(offsets) > reach_of(rows)
    out = []
    for number in range(len(rows)):
        x, y = spots(zone, rows, number, cells, offsets)
        strip = even(sampled(grey, x * factor, y * factor))
        strip[beyond] = 1.0
        out.append(strip)
    return out


def spots(
    zone: Placed, rows: tuple[Grid, ...], number: int, cells: Floats, offsets: Floats
) -> tuple[Floats, Floats]:
    """Return x and y of places of a row, in pixels of the image the zone was found on.

    `cells` are numbers of cells (0 is the middle of the first, halves lie between), `offsets`
    how far below the row's middle, in widths of a cell. The results are offsets × cells.
    """
    middle = rows[number].spot(cells)
    unit = np.polyval(np.polyder(rows[number].step), cells)
    down = np.stack((lean_of(zone, rows) * unit, unit), axis=-1)
    at = middle[None] + offsets[:, None, None] * down[None]
    cos, sin = np.cos(zone.angle), np.sin(zone.angle)
    return at[..., 0] * cos - at[..., 1] * sin, at[..., 0] * sin + at[..., 1] * cos


def reach_of(rows: tuple[Grid, ...]) -> float:
    """Return how far up and down a row's own strokes may reach, in widths of a cell."""
    middle = np.array([rows[0].cells / 2])
    across = [float(row.spot(middle)[0, 1]) for row in rows]
    return 0.54 * min(b - a for a, b in pairwise(across)) / float(rows[0].step[-2])


def lean_of(zone: Placed, rows: tuple[Grid, ...]) -> float:
    """Return how far the characters lean, along per across: as the rows begin, if not known."""
    if zone.lean is not None:
        return zone.lean
    ends = np.array([0.0, rows[0].cells / 2, rows[0].cells - 1.0])
    apart = rows[-1].spot(ends) - rows[0].spot(ends)
    lean = float(np.median(apart[:, 0] / apart[:, 1]))
    return lean if abs(lean) < 0.35 else 0.0


def sampled(grey: Plane | Pixels, x: Floats, y: Floats) -> Plane:
    """Return the grey values at places between pixels (bilinear), the edge pixels repeated."""
    height, width = grey.shape
    x, y = np.clip(x - 0.5, 0, width - 1), np.clip(y - 0.5, 0, height - 1)
    left, top = np.minimum(x.astype(np.int64), max(0, width - 2)), y.astype(np.int64)
    top = np.minimum(top, max(0, height - 2))
    right, below = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    a, b = (x - left).astype(np.float32), (y - top).astype(np.float32)
    upper = grey[top, left] * (1 - a) + grey[top, right] * a
    lower = grey[below, left] * (1 - a) + grey[below, right] * a
    return np.asarray(upper * (1 - b) + lower * b, np.float32)


def even(strip: Plane) -> Plane:
    """Return a strip with the paper at 1 and the ink near 0, whatever the light did."""
    paper = box_mean(_highest(strip), PITCH)
    ratio = strip / np.maximum(paper, 1.0)
    dark = float(np.quantile(ratio, 0.03))
    return np.asarray(np.clip((ratio - dark) / max(1e-3, 0.88 - dark), 0, 1), np.float32)


def _highest(strip: Plane) -> Plane:
    """Return the bright level around every column: the paper between the strokes."""
    levels = np.quantile(strip, 0.8, axis=0)
    padded = np.pad(levels, PITCH // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, PITCH + 1)
    return np.asarray(np.broadcast_to(windows.max(axis=1), strip.shape), np.float32)
