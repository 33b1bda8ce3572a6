"""Straight lines: from edge points by voting (Hough), and by least squares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats

_Index = npt.NDArray[np.int64]


def vote(
    x: Floats, y: Floats, angle: Floats, weight: Floats, angles: int, reach: float, step: float
) -> Floats:
    """Return the votes of edge points for lines: `angles` × distances.

    A point at (x, y) whose edge runs across the direction `angle` (0 to π) votes for lines of
    that direction and the two beside it; a line is x·cos + y·sin = distance, and column 0 stands
    for -`reach`, each column for `step` pixels.
    """
    columns = int(2 * reach / step) + 2
    near = np.asarray(np.rint(angle / np.pi * angles), np.int64)
    out = np.zeros(angles * columns)
    for turn, share in ((-1, 0.5), (0, 1.0), (1, 0.5)):
        row = (near + turn) % angles
        theta = row * (np.pi / angles)
        distance = x * np.cos(theta) + y * np.sin(theta)
        column = np.asarray(np.rint((distance + reach) / step), np.int64)
        out += np.bincount(row * columns + column, weight * share, angles * columns)
    return out.reshape(angles, columns)


def fitted_line(x: Floats, y: Floats, weight: Floats | None = None) -> tuple[float, float, float]:
    """Return cos, sin and distance of the line nearest to the points (total least squares)."""
    w = np.ones_like(x) if weight is None else weight
    total = w.sum()
    mx, my = (w * x).sum() / total, (w * y).sum() / total
    dx, dy = x - mx, y - my
    xx, yy, xy = (w * dx * dx).sum(), (w * dy * dy).sum(), (w * dx * dy).sum()
    along = 0.5 * np.arctan2(2 * xy, xx - yy)
    c, s = -np.sin(along), np.cos(along)
    return float(c), float(s), float(c * mx + s * my)


def crossing(one: tuple[float, float, float], other: tuple[float, float, float]) -> Floats | None:
    """Return the point where two lines (cos, sin, distance) cross, None where they are parallel."""
    (a, b, p), (c, d, q) = one, other
    det = a * d - b * c
    if abs(det) < 1e-6:
        return None
    return np.array(((p * d - b * q) / det, (a * q - p * c) / det))
