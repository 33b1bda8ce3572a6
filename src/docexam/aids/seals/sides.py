"""Drawing the sides of a frame onto the lines of ink beside them.

Voting for lines tells a side only to a few pixels and degrees, and the edges of a thick line are
two. Here both ends of each side are moved across until most ink lies along it.
"""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane

_REACH = 4  # pixels that an end of a side is moved across, both ways
_ALONG = np.linspace(0.03, 0.97, 22)
_UNMOVED = 0.004  # for each pixel of a move: of equally inked sides the nearest
_FARTHEST = 12.0  # pixels a corner may move


def drawn(part: Plane, corners: Floats) -> Floats:
    """Return frames (n × corners × 2, in pixels of `part`) with their sides drawn to the ink."""
    ends = np.roll(corners, -1, axis=1)
    along = ends - corners
    normal = np.stack((-along[..., 1], along[..., 0]), axis=-1)
    normal = normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    first, last = _moved(part, corners, ends, normal)
    moved_start, moved_end = (
        at + by[..., None] * normal for at, by in ((corners, first), (ends, last))
    )
    met = _crossings(np.roll(moved_start, 1, 1), np.roll(moved_end, 1, 1), moved_start, moved_end)
    far = np.linalg.norm(met - corners, axis=-1).max(axis=1) > _FARTHEST
    return np.where(far[:, None, None], corners, met)


def _moved(part: Plane, starts: Floats, ends: Floats, normal: Floats) -> tuple[Floats, Floats]:
    """Return by how much the first and the last end of each side are best moved."""
    by = np.arange(-_REACH, _REACH + 1.0)
    first, last = (v.ravel() for v in np.meshgrid(by, by, indexing="ij"))
    shift = first[:, None] * (1 - _ALONG) + last[:, None] * _ALONG
    spots = starts[:, :, None] + (ends - starts)[:, :, None] * _ALONG[None, None, :, None]
    x, y = (
        spots[..., axis][:, :, None] + normal[..., axis][:, :, None, None] * shift
        for axis in (0, 1)
    )
    height, width = part.shape
    column = np.clip(np.rint(x), 0, width - 1).astype(np.int64)
    row = np.clip(np.rint(y), 0, height - 1).astype(np.int64)
    inked = part[row, column].mean(axis=3) - _UNMOVED * (np.abs(first) + np.abs(last))
    best = np.argmax(inked, axis=2)
    return first[best], last[best]


def _crossings(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Return where the lines through a and b cross those through c and d (… × 2)."""
    one, other, between = b - a, d - c, c - a
    det = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    det = np.where(np.abs(det) < 1e-6, 1e-6, det)
    share = (between[..., 0] * other[..., 1] - between[..., 1] * other[..., 0]) / det
    return np.asarray(a + share[..., None] * one)
