"""Planes without their masses: what is left is lines, letters and dots (a top-hat)."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Plane
from docexam.aids.raster.halves import doubled, halved

_MOST = 0.85  # of what a mass covers more, what is left cannot be judged
_EDGE = 2  # pixels at half size that the edge of a mass is wide


def without_masses(plane: Plane, reach: int) -> Plane:
    """Return a plane of 0 to 1 without what is wider than about 4·`reach` + 2 pixels.

    What lies on a mass is kept as the share of what the mass left free. Done at half size.
    """
    height, width = plane.shape
    half = halved(plane)
    mass = _ranked(_ranked(half, reach, np.minimum), reach + _EDGE, np.maximum)
    below = doubled(mass)[:height, :width]
    left = plane - below
    np.maximum(left, 0.0, out=left)
    np.minimum(below, np.float32(_MOST), out=below)
    np.subtract(np.float32(1.0), below, out=below)
    left /= below
    return np.asarray(left, np.float32)


def _ranked(plane: Plane, reach: int, pick: np.ufunc) -> Plane:
    """Return the least or greatest value within `reach` of each pixel, across and down."""
    out = plane
    for axis in (0, 1):
        widths = [(0, 0), (0, 0)]
        widths[axis] = (reach, reach)
        grown, n, done = np.pad(out, widths, mode="edge"), out.shape[axis], 1
        while done < 2 * reach + 1:
            step = min(done, 2 * reach + 1 - done)
            rest = grown.shape[axis] - step
            grown = pick(_part(grown, 0, rest, axis), _part(grown, step, rest, axis))
            done += step
        out = _part(grown, 0, n, axis)
    return out


def _part(plane: Plane, start: int, count: int, axis: int) -> Plane:
    return plane[start : start + count] if axis == 0 else plane[:, start : start + count]
