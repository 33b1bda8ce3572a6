"""Halving and doubling of planes: what box and bilinear resampling do, many times faster."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Plane

_QUARTER, _REST = np.float32(0.25), np.float32(0.75)


def halved(plane: Plane) -> Plane:
    """Return the means of two by two pixels; of an odd side the last pixel counts twice."""
    high, wide = (side % 2 for side in plane.shape)
    if high or wide:
        plane = np.pad(plane, ((0, high), (0, wide)), mode="edge")
    rows = plane[::2] + plane[1::2]
    return np.asarray((rows[:, ::2] + rows[:, 1::2]) * _QUARTER, np.float32)


def doubled(plane: Plane) -> Plane:
    """Return the plane twice as wide and high, bilinear: the way back from `halved`."""
    grown = np.pad(plane, 1, mode="edge")
    near, far = grown * _REST, grown * _QUARTER
    rows = np.empty((2 * plane.shape[0], grown.shape[1]), np.float32)
    np.add(near[1:-1], far[:-2], out=rows[::2])
    np.add(near[1:-1], far[2:], out=rows[1::2])
    near, far = rows * _REST, rows * _QUARTER
    out = np.empty((rows.shape[0], 2 * plane.shape[1]), np.float32)
    np.add(near[:, 1:-1], far[:, :-2], out=out[:, ::2])
    np.add(near[:, 1:-1], far[:, 2:], out=out[:, 1::2])
    return out
