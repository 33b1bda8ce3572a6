"""The colour of the ink within an outline, as density, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Plane
from docexam.aids.seals.outline import Outline

_SIDE = 88  # most pixels along a side that are looked at
_INKED, _HARDLY_INKED, _FEW = 0.35, 0.10, 8  # soft ink; the second where the first gives too few


@dataclass(frozen=True, slots=True)
class Shade:
    """The middle density of the inked pixels in red, green and blue."""

    red: float
    green: float
    blue: float

    @property
    def strength(self) -> float:
        """Return the highest of the three: how clear the ink stands against the paper."""
        return max(self.red, self.green, self.blue)

    @property
    def colourfulness(self) -> float:
        """Return how unlike the three are, as a share of the highest; 0 is black or grey."""
        return (self.strength - min(self.red, self.green, self.blue)) / max(self.strength, 0.02)


_NOTHING = Shade(0.0, 0.0, 0.0)


def shade(dense: Plane, soft: Plane, outline: Outline) -> Shade:
    """Return the shade of the ink that `soft` shows in the outer half of an outline.

    `dense` are the densities of the same place, 3 × rows × columns.
    """
    height, width = soft.shape
    across, down = outline.reach
    left, right = int(max(0, outline.x - across)), int(min(width, outline.x + across + 1))
    top, bottom = int(max(0, outline.y - down)), int(min(height, outline.y + down + 1))
    if right - left < 2 or bottom - top < 2:
        return _NOTHING
    step = max(1, max(right - left, bottom - top) // _SIDE)
    y, x = np.mgrid[top:bottom:step, left:right:step]
    share = outline.share(x, y)
    here = soft[top:bottom:step, left:right:step]
    ring = (share < 1.03) & (share > 0.5)
    usual = float(np.quantile(here[ring], 0.9)) * 0.7 if ring.any() else 1.0
    for least in (_INKED, _HARDLY_INKED):
        inked = ring & (here >= max(least, usual))
        if inked.sum() >= _FEW:
            red, green, blue = (float(v) for v in np.median(dense[:, y[inked], x[inked]], axis=1))
            return Shade(red, green, blue)
    return _NOTHING
