"""The colour of the ink within an outline, as density, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.seals.density import Ink
from docexam.aids.seals.outline import Outline

_SIDE = 88  # most pixels along a side that are looked at
_INKED = 0.35
_AROUND = 1.32  # of the outline: how far the ground around it is looked at


@dataclass(frozen=True, slots=True)
class Shade:
    """The middle density of the inked pixels in red, green and blue, and how many there are.

    `tint` is how much darker the ground between them is than the ground around the outline.
    """

    red: float
    green: float
    blue: float
    share: float
    tint: float

    @property
    def strength(self) -> float:
        """Return the highest of the three: how clear the ink stands against the paper."""
        return max(self.red, self.green, self.blue)

    @property
    def colourfulness(self) -> float:
        """Return how unlike the three are, as a share of the highest; 0 is black or grey."""
        return (self.strength - min(self.red, self.green, self.blue)) / max(self.strength, 0.02)


_NOTHING = Shade(0.0, 0.0, 0.0, 0.0, 0.0)


def shade(ink: Ink, soft: Plane, outline: Outline) -> Shade:
    """Return the shade of the ink that `soft` shows in the outer half of an outline."""
    height, width = soft.shape
    across, down = (reach * _AROUND for reach in outline.reach)
    left, right = int(max(0, outline.x - across)), int(min(width, outline.x + across + 1))
    top, bottom = int(max(0, outline.y - down)), int(min(height, outline.y + down + 1))
    if right - left < 2 or bottom - top < 2:
        return _NOTHING
    step = max(1, max(right - left, bottom - top) // _SIDE)
    y, x = np.mgrid[top:bottom:step, left:right:step]
    share = _share(outline, x, y)
    here = soft[top:bottom:step, left:right:step]
    ring = (share < 1.03) & (share > 0.5)
    level = max(_INKED, float(np.quantile(here[ring], 0.9)) * 0.7) if ring.any() else 1.0
    inked = ring & (here >= level)
    if inked.sum() < 8:
        return _NOTHING
    paper = _paper(ink, y[inked], x[inked])
    density = np.median(ink.log[:, y[inked], x[inked]] - paper, axis=1)
    red, green, blue = (float(v) for v in density)
    tint = _tint(ink.log[:, top:bottom:step, left:right:step].mean(axis=0), share)
    return Shade(red, green, blue, float(inked.sum() / ring.sum()), tint)


def _tint(log: Plane, share: Floats) -> float:
    """Return how much darker the bare ground is within an outline than around it."""
    within, around = (share > 0.1) & (share < 0.85), (share > 1.08) & (share < _AROUND)
    if within.sum() < 8 or around.sum() < 8:
        return 0.0
    return float(np.quantile(log[within], 0.3) - np.quantile(log[around], 0.5))


def _share(outline: Outline, x: Floats, y: Floats) -> Floats:
    det = max(outline.a * outline.d - outline.b * outline.b, 1e-6)
    dx, dy = x - outline.x, y - outline.y
    u = (outline.d * dx - outline.b * dy) / det
    v = (outline.a * dy - outline.b * dx) / det
    return np.asarray(np.hypot(u, v))


def _paper(ink: Ink, y: Floats, x: Floats) -> Floats:
    rows, columns = ink.paper.shape[1:]
    height, width = ink.shape
    row = np.minimum((y * rows) // height, rows - 1).astype(int)
    column = np.minimum((x * columns) // width, columns - 1).astype(int)
    return np.asarray(ink.paper[:, row, column])
