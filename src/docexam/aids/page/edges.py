"""What the search for an outline looks at: a small picture, its colours and its edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Mask, Pixels, Plane
from docexam.aids.raster.blur import gaussian
from docexam.aids.raster.colour import lab
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.resize import resized
from docexam.aids.raster.strokes import without_strokes

_FINE, _COARSE = 0.9, 0.8
# Half a unit of L* is a hair of contrast; below it everything is a camera's noise.
_LEAST_FINE, _LEAST_COARSE = 0.35, 0.3
_NOISES = 2.2
_REACH = 2
_STEPPED = 4.0
MOST_POINTS = 12000


@dataclass(frozen=True, slots=True)
class Slopes:
    """The edges of a picture at one size.

    `xx`, `xy`, `yy` are the structure tensor over the colours, `floor` the slope that noise and
    texture reach. `rows`, `columns`, `angle` (0 to π, across the edge) and `steep` are the points
    where an edge's crest runs; `scale` the pixels of the small picture to one here.
    """

    xx: Plane
    xy: Plane
    yy: Plane
    floor: float
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    angle: Floats
    steep: Floats
    scale: float


@dataclass(frozen=True, slots=True)
class Edges:
    """A small picture: its size, its edges, and half the size and without strokes its colours.

    `plain` is L*a*b*, smoothed, without strokes of either polarity; `coarse` are its edges.
    """

    width: int
    height: int
    fine: Slopes
    coarse: Slopes
    plain: Plane

    def plain_at(self, x: Floats, y: Floats) -> Plane:
        """Return the plain colours at points (… of any shape) of the small picture: … × 3."""
        rows, columns = self.plain.shape[:2]
        column = np.clip((x * (columns / self.width)).astype(np.intp), 0, columns - 1)
        row = np.clip((y * (rows / self.height)).astype(np.intp), 0, rows - 1)
        return np.asarray(self.plain[row, column])

    def density(self, cell: int) -> Plane:
        """Return what share of the pixels in each square of `cell` pixels lies on an edge."""
        rows, columns = -(-self.height // cell), -(-self.width // cell)
        at = self.fine.rows // cell * columns + self.fine.columns // cell
        counts = np.bincount(at, minlength=rows * columns).reshape(rows, columns)
        return np.asarray(counts / cell**2, np.float32)


@dataclass(frozen=True, slots=True)
class Points:
    """Edge points (pixels of the small picture), by rising direction across the edge."""

    x: Floats
    y: Floats
    angle: Floats
    weight: Floats

    def turned(self, theta: float, slack: float) -> Points:
        """Return the points whose direction is within `slack` of `theta`."""
        low, high = (theta - slack) % np.pi, (theta + slack) % np.pi
        first, last = np.searchsorted(self.angle, (low, high))
        if low <= high:
            return self.only(slice(first, last))
        return self.only(np.r_[0:last, first : len(self.x)])

    def only(self, which: slice | npt.NDArray[np.generic]) -> Points:
        """Return some of the points."""
        return Points(self.x[which], self.y[which], self.angle[which], self.weight[which])


def edges_of(rgb: Pixels) -> Edges:
    """Return the planes of a picture that is already small (some 400 pixels)."""
    height, width = rgb.shape[:2]
    stripped = resized(without_strokes(rgb, _REACH), max(1, width // 2), max(1, height // 2))
    plain = gaussian(lab(stripped), _COARSE)
    fine = _slopes(gaussian(lab(rgb), _FINE), _LEAST_FINE, 1.0)
    return Edges(width, height, fine, _slopes(plain, _LEAST_COARSE, 2.0), plain)


def points_of(edges: Edges) -> Points:
    """Return the edge points of both sizes; those between two colours weigh more than strokes."""
    both = [_points(edges, edges.fine), _points(edges, edges.coarse)]
    columns = zip(*((p.x, p.y, p.angle, p.weight) for p in both), strict=True)
    x, y, angle, weight = (np.concatenate(c).astype(np.float64) for c in columns)
    if len(x) > MOST_POINTS:
        heavy = np.sort(np.argsort(-weight, kind="stable")[:MOST_POINTS])
        x, y, angle, weight = x[heavy], y[heavy], angle[heavy], weight[heavy]
    return Points(x, y, angle, weight).only(np.argsort(angle, kind="stable"))


def _points(edges: Edges, slopes: Slopes) -> Points:
    x = np.asarray((slopes.columns + 0.5) * slopes.scale, np.float64)
    y = np.asarray((slopes.rows + 0.5) * slopes.scale, np.float64)
    angle, steep = slopes.angle, slopes.steep
    dx, dy = np.cos(angle) * _STEPPED, np.sin(angle) * _STEPPED
    gap = edges.plain_at(x + dx, y + dy) - edges.plain_at(x - dx, y - dy)
    step = np.sqrt((gap * gap).sum(axis=-1)).astype(np.float64)
    sharp = steep / (steep + 4 * slopes.floor)
    return Points(x, y, angle, slopes.scale * sharp * (0.15 + step / (step + 6.0)))


def _slopes(colour: Plane, least: float, scale: float) -> Slopes:
    across, down = slopes(colour)
    ones = np.ones(3, np.float32)
    xx = np.asarray(across**2 @ ones, np.float32)
    yy = np.asarray(down**2 @ ones, np.float32)
    xy = np.asarray((across * down) @ ones, np.float32)
    gap = xx - yy
    steep = np.sqrt((xx + yy + np.sqrt(gap * gap + 4 * xy * xy)) / 2)
    floor = max(least, _NOISES * float(np.median(steep[::2, ::2])))
    rows, columns = np.nonzero(steep[1:-1, 1:-1] > floor)
    rows, columns = rows + 1, columns + 1
    angle = np.mod(0.5 * np.arctan2(2 * xy[rows, columns], gap[rows, columns]), np.pi)
    angle = angle.astype(np.float64)
    crest = _crest(steep, rows, columns, angle)
    rows, columns, angle = rows[crest], columns[crest], angle[crest]
    high = steep[rows, columns].astype(np.float64)
    return Slopes(xx, xy, yy, floor, rows, columns, angle, high, scale)


def _crest(
    steep: Plane, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], angle: Floats
) -> Mask:
    """Return at which of the points the slope is not lower than beside it, across the edge."""
    turn = np.rint(angle * (4 / np.pi)).astype(np.intp) % 4
    dx, dy = np.array((1, 1, 0, -1))[turn], np.array((0, 1, 1, 1))[turn]
    here = steep[rows, columns]
    top = (here >= steep[rows + dy, columns + dx]) & (here > steep[rows - dy, columns - dx])
    return np.asarray(top)
