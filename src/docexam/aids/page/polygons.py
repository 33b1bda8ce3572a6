"""Polygons in fractions of a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from docexam.aids.raster.arrays import Floats


def area(points: Floats) -> float:
    """Return the area of a polygon of n × 2 points."""
    if len(points) < 3:
        return 0.0
    x, y = points.T
    return float(abs((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2)


def within(points: Sequence[Sequence[float]] | Floats) -> Floats:
    """Return the part of a polygon inside the picture (0 to 1 both ways), n × 2, maybe empty."""
    kept = np.asarray(points, np.float64)
    for axis in (0, 1):
        for edge, sign in ((0.0, 1.0), (1.0, -1.0)):
            kept = _half(kept, axis, edge, sign)
    return kept


def _half(points: Floats, axis: int, edge: float, sign: float) -> Floats:
    out: list[Floats] = []
    for k in range(len(points)):
        here, following = points[k], points[(k + 1) % len(points)]
        a, b = (here[axis] - edge) * sign, (following[axis] - edge) * sign
        if a >= 0:
            out.append(here)
        if a * b < 0:
            out.append(here + (following - here) * (a / (a - b)))
    return np.array(out).reshape(-1, 2)
