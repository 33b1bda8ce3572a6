"""Straight lines that could be sides of a page, and how well the picture bears each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.page.edges import Edges, Points, Slopes
from docexam.aids.raster.arrays import Floats
from docexam.aids.raster.lines import fitted_line, vote

ANGLES = 180
_STEP = 1.5
STRIDE = 2
MOST = 60
_PEAKS = 100
_SAME_TURN = float(np.cos(np.radians(0.6)))
_SAME_PLACE = 1.2
_NEAR = 2.5
_ALIGNED = float(np.radians(15))


@dataclass(frozen=True, slots=True)
class Sides:
    """Candidate lines x·cos + y·sin = distance, n of them.

    The last four are the picture's own borders. `borne` (n × steps + 1) is the running sum, along
    each line from parameter -reach on, of whether an edge follows it; `parted` the same without
    strokes; `inside` of whether the line is within the picture. The parameter of a point is
    y·cos - x·sin.
    """

    cos: Floats
    sin: Floats
    distance: Floats
    borne: Floats
    parted: Floats
    inside: Floats
    reach: int

    def along(self, lines: npt.NDArray[np.int64], points: Floats) -> Floats:
        """Return the parameters of points (… × 2), each on its line (…)."""
        return points[..., 1] * self.cos[lines] - points[..., 0] * self.sin[lines]

    def place(self, along: Floats) -> npt.NDArray[np.int64]:
        """Return the column of the running sums for parameters on the lines."""
        column = np.rint((along + self.reach) / STRIDE).astype(np.int64)
        return np.asarray(np.clip(column, 0, self.borne.shape[1] - 1))


def sides_of(edges: Edges, points: Points) -> Sides:
    """Return the lines of the most edge points, and the picture's borders."""
    lines = _voted(edges, points)
    width, height = edges.width, edges.height
    borders = [
        (1.0, 0.0, 0.0),
        (0.0, 1.0, 0.0),
        (1.0, 0.0, float(width)),
        (0.0, 1.0, float(height)),
    ]
    table = np.array([*lines, *borders], np.float64)
    return _measured(edges, table, len(borders))


def _voted(edges: Edges, points: Points) -> list[tuple[float, float, float]]:
    reach = float(np.hypot(edges.width, edges.height))
    votes = _smoothed(vote(points.x, points.y, points.angle, points.weight, ANGLES, reach, _STEP))
    lines: list[tuple[float, float, float]] = []
    middle = edges.width / 2, edges.height / 2
    for row, column in _peaks(votes, _PEAKS):
        line = _refined(points, row * np.pi / ANGLES, column * _STEP - reach)
        if not any(_alike(line, other, middle) for other in lines):
            lines.append(line)
        if len(lines) == MOST:
            break
    return lines


def _alike(
    one: tuple[float, float, float],
    other: tuple[float, float, float],
    middle: tuple[float, float],
) -> bool:
    along = one[0] * other[0] + one[1] * other[1]
    if abs(along) < _SAME_TURN:
        return False
    sign = 1.0 if along > 0 else -1.0
    here = one[0] * middle[0] + one[1] * middle[1] - one[2]
    there = other[0] * middle[0] + other[1] * middle[1] - other[2]
    return abs(here - sign * there) < _SAME_PLACE


def _smoothed(votes: Floats) -> Floats:
    out = votes.copy()
    out[:, 1:] += 0.5 * votes[:, :-1]
    out[:, :-1] += 0.5 * votes[:, 1:]
    return out


def _peaks(votes: Floats, most: int) -> list[tuple[int, int]]:
    """Return the highest local maxima, row and column, the angle's axis wrapped round."""
    n = votes.shape[0]
    # A line at angle π is the line at 0 with its distance negated.
    wrapped = np.vstack((votes[-2:, ::-1], votes, votes[:2, ::-1]))
    down = wrapped[:n].copy()
    for turn in range(1, 5):
        np.maximum(down, wrapped[turn : turn + n], out=down)
    best = down.copy()
    for shift in (1, 2):
        np.maximum(best[:, shift:], down[:, :-shift], out=best[:, shift:])
        np.maximum(best[:, :-shift], down[:, shift:], out=best[:, :-shift])
    high = np.flatnonzero((votes >= best) & (votes > 4))
    order = high[np.argsort(-votes.ravel()[high], kind="stable")][:most]
    return [(int(i) // votes.shape[1], int(i) % votes.shape[1]) for i in order]


def _refined(points: Points, theta: float, distance: float) -> tuple[float, float, float]:
    """Return the line through the edge points near a voted one that run its way."""
    line = (float(np.cos(theta)), float(np.sin(theta)), distance)
    mine = points.turned(theta, _ALIGNED)
    for near in (2 * _NEAR, _NEAR):
        off = np.abs(mine.x * line[0] + mine.y * line[1] - line[2])
        mine = mine.only(off < near)
        if len(mine.x) < 8:
            break
        c, s, d = fitted_line(mine.x, mine.y, mine.weight)
        line = (c, s, d) if c * line[0] + s * line[1] > 0 else (-c, -s, -d)
    return line


def _measured(edges: Edges, table: Floats, borders: int) -> Sides:
    cos, sin, distance = table.T
    reach = int(np.hypot(edges.width, edges.height)) + 2
    t = np.arange(-reach, reach, STRIDE) + 0.5
    x = (cos * distance)[:, None] - sin[:, None] * t
    y = (sin * distance)[:, None] + cos[:, None] * t
    within = (x >= 1) & (x < edges.width - 1) & (y >= 1) & (y < edges.height - 1)
    line, at = np.nonzero(within)
    where = x[line, at], y[line, at], cos[line], sin[line]
    fine, coarse = np.zeros(x.shape), np.zeros(x.shape)
    fine[line, at] = _followed(edges.fine, (-2, -1, 0, 1, 2), *where)
    coarse[line, at] = _followed(edges.coarse, (-1, 0, 1), *where)
    inside = within.astype(np.float64)
    inside[-borders:] = 1.0
    either = np.maximum(fine, coarse)
    return Sides(cos, sin, distance, _running(either), _running(coarse), _running(inside), reach)


def _followed(
    slopes: Slopes, offsets: tuple[int, ...], x: Floats, y: Floats, cos: Floats, sin: Floats
) -> npt.NDArray[np.bool_]:
    """Return at which points of lines an edge runs along the line, some pixels beside counted."""
    height, width = slopes.xx.shape
    best = np.zeros(len(x), np.float32)
    x, y = x / slopes.scale, y / slopes.scale
    cc, cs, ss = cos * cos, 2 * cos * sin, sin * sin
    for off in offsets:
        column = np.clip((x + off * cos).astype(np.intp), 0, width - 1)
        row = np.clip((y + off * sin).astype(np.intp), 0, height - 1)
        xx, xy, yy = slopes.xx[row, column], slopes.xy[row, column], slopes.yy[row, column]
        across = cc * xx + cs * xy + ss * yy
        best = np.maximum(best, np.where(across > 0.75 * (xx + yy), across, 0))
    return best > slopes.floor**2


def _running(values: Floats) -> Floats:
    out = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values * STRIDE, axis=1, out=out[:, 1:])
    return out
