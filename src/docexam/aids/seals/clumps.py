"""Clumps of ink that have the size of a stamp: parts of an ink map that hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Mask, Plane
from docexam.aids.raster.blur import box_mean
from docexam.aids.raster.labels import connected
from docexam.aids.raster.morphology import dilate
from docexam.aids.seals.outline import Outline, Pyramid

_SIDE = 640  # pixels along the longer side
_CUTS = ((0.25, 3), (0.5, 2), (0.3, 6))  # soft ink, and pixels that part one clump from the next
_CLUMPS = 10
_NARROWEST, _LEAST, _MOST = 0.036, 0.06, 0.62  # of the longer side
_CELL, _SOLID = 3, 0.7
_SPREAD = 1.85  # from the standard deviation of ink to its edge: 1.41 for a ring, 2 for a disc


@dataclass(frozen=True, slots=True)
class Clumps:
    """A soft ink map reduced by `factor`, and boxes left, top, right, bottom of clumps on it."""

    plane: Plane
    factor: float
    boxes: tuple[tuple[int, int, int, int], ...]

    def ellipses(self) -> list[Outline]:
        """Return for each clump the ellipse that has the spread of its ink, on the whole map."""
        return [e for box in self.boxes if (e := self._ellipse(box)) is not None]

    def _ellipse(self, box: tuple[int, int, int, int]) -> Outline | None:
        left, top, right, bottom = box
        part = self.plane[top:bottom, left:right]
        # Not how much ink but where: occupied cells, without what is inked throughout.
        inked = (part > _CUTS[0][0]) & (box_mean(part, 3) < _SOLID)
        rows, columns = inked.shape[0] // _CELL, inked.shape[1] // _CELL
        cells = inked[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL)
        y, x = (v * _CELL + _CELL / 2 for v in np.nonzero(cells.any(axis=(1, 3))))
        if x.size < 20:
            return None
        values, vectors = np.linalg.eigh(np.cov(np.stack((x, y))))
        axes = _SPREAD * np.sqrt(np.maximum(values, 1.0)) / self.factor
        m = (vectors * axes) @ vectors.T
        middle_x, middle_y = (x.mean() + left) / self.factor, (y.mean() + top) / self.factor
        spread = float(m[0, 0]), float(m[0, 1]), float(m[1, 1])
        return Outline(float(middle_x - 0.5), float(middle_y - 0.5), *spread)


def clumps_of(soft: Pyramid) -> Clumps:
    """Return the clumps of a soft ink map."""
    plane, factor = soft.reduced(_SIDE)
    return Clumps(plane, factor, tuple(_cut(plane)))


def _cut(plane: Plane) -> list[tuple[int, int, int, int]]:
    """Return the boxes of the clumps of ink that have the size of a stamp, the fullest first.

    A high threshold parts a strong stamp from a pattern it lies on, a low one keeps a faint one.
    """
    boxes: list[tuple[int, tuple[int, int, int, int]]] = []
    for level, join in _CUTS:
        boxes += _boxes(plane > level, join)
    boxes.sort(key=lambda one: (-one[0], one[1]))
    out: list[tuple[int, int, int, int]] = []
    for _, box in boxes:
        if not any(max(abs(p - q) for p, q in zip(box, other, strict=True)) < 8 for other in out):
            out.append(box)
    return out[:_CLUMPS]


def _boxes(mask: Mask, join: int) -> list[tuple[int, tuple[int, int, int, int]]]:
    parts = connected(dilate(mask, join))
    longest = max(mask.shape)
    out = []
    for number in range(1, parts.count + 1):
        left, top, right, bottom = (int(v) for v in parts.boxes[number])
        narrow, wide = sorted((right - left, bottom - top))
        if narrow >= _NARROWEST * longest and _LEAST * longest <= wide <= _MOST * longest:
            out.append((int(mask[top:bottom, left:right].sum()), (left, top, right, bottom)))
    return out
