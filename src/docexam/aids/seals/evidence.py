"""How much of a seal's ring is there, where it is not, and whether letters stand within.

Read from one strip: the ink on ellipses from near the middle to beyond the outline.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.seals.fit import angles
from docexam.aids.seals.outline import Outline, Pyramid

ANGLES = 120
_STEP, _FIRST = 0.02, 0.30
_SHARES: Floats = np.arange(_FIRST + _STEP / 2, 1.32, _STEP)
_LEVEL = 56.0  # pixels of the radius at which the strip is read
_RIM, _BEYOND = (0.93, 1.05), (1.08, 1.30)
_WORDS, _MIDST = (0.60, 0.92), (0.32, 0.56)  # where the words of a stamp stand
_INKED, _TRACE = 0.35, 0.12  # of the ring's strength
_FEW_ROWS = 3  # on which words change most
_HALF_AS_STRONG = 0.40
_SHORTEST_GAP = 15.0  # degrees


@dataclass(frozen=True, slots=True)
class Evidence:
    """The share of the ring that carries ink, its gaps in degrees, and the lettering within.

    A gap is its first and last angle, clockwise from the right (x towards y), as on the picture.
    `lettering` is how often ink begins or ends on the way around, for each step of three degrees:
    letters change at every second step or third, an emblem, a large letter or an empty ring seldom.
    """

    coverage: float
    gaps: tuple[tuple[float, float], ...]
    lettering: float


def evidence(pyramid: Pyramid, outline: Outline) -> Evidence:
    """Return what is seen of the ring at an outline on one soft ink map."""
    strip, inside = pyramid.strip(outline, _SHARES, angles(ANGLES), _LEVEL)
    seen = np.asarray(inside[_rows(*_RIM)].any(axis=0), np.bool_)
    usual, there = _there(strip, seen)
    lettering = max(_wording(strip, usual), _turnover(strip, usual))
    return Evidence(float(there.sum() / max(1, seen.sum())), _gaps(there | ~seen), lettering)


def _rows(low: float, high: float) -> slice:
    return slice(round((low - _FIRST) / _STEP), round((high - _FIRST) / _STEP))


def _there(strip: Plane, seen: npt.NDArray[np.bool_]) -> tuple[float, npt.NDArray[np.bool_]]:
    """Return the ring's own strength, and at which angles it is there."""
    rim = strip[_rows(*_RIM)]
    level = 0.5 * (rim[:-1] + rim[1:]).max(axis=0) + 0.5 * rim.max(axis=0) * 0.5
    smooth = (level + np.roll(level, 1) + np.roll(level, -1)) / 3
    usual = float(np.quantile(smooth[seen], 0.75)) if seen.any() else 0.0
    beyond = np.median(strip[_rows(*_BEYOND)], axis=0)
    there = (smooth > max(_HALF_AS_STRONG * usual, 0.05)) & (smooth > 1.15 * beyond) & seen
    return usual, np.asarray(there)


def _wording(strip: Plane, ring: float) -> float:
    """Return how often ink changes on those rows along the ring where it changes most."""
    rows = strip[_rows(*_WORDS)]
    level = np.quantile(rows, 0.8, axis=1, keepdims=True) / 2
    inked = rows > np.maximum(level, _TRACE * max(ring, 0.05))
    changes = (inked != np.roll(inked, 1, 1)).mean(axis=1)
    return float(np.sort(changes)[-_FEW_ROWS:].mean())


def _turnover(strip: Plane, ring: float) -> float:
    """Return how often ink changes farther within."""
    inked = strip[_rows(*_MIDST)] > _INKED * max(ring, 0.05)
    return float((inked != np.roll(inked, 1, 1)).mean())


def _gaps(there: npt.NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    if there.all():
        return ()
    if not there.any():
        return ((0.0, 360.0),)
    first = int(np.flatnonzero(there)[0])
    turned = np.roll(there, -first)
    steps = np.diff(np.concatenate(([1], turned.astype(np.int8), [1])))
    step = 360.0 / len(there)
    gaps = [
        (((start + first) * step) % 360.0, ((end + first) * step) % 360.0)
        for start, end in zip(np.flatnonzero(steps < 0), np.flatnonzero(steps > 0), strict=True)
        if (end - start) * step >= _SHORTEST_GAP
    ]
    return tuple(sorted(gaps))
