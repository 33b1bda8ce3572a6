"""A look at several outlines at once: which of them lies on the edge of a ring.

Pages are full of words, and words end somewhere at every angle around any outline. A ring ends at
the same distance all around, with bare paper beyond it and ink that goes on along it; that is what
is counted here, on coarse ellipses and for all outlines together.
"""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.seals.fit import along, angles, endings
from docexam.aids.seals.outline import Pyramid

_ANGLES = 48
_STEP = 0.03
_FIRST = 0.79
_SHARES = np.arange(_FIRST, 1.34, _STEP)
_LEVEL = 24.0  # pixels of the radius at which outlines are read
_RIM, _BEYOND, _BAND = (0.90, 1.05), (1.10, 1.30), (0.94, 1.06)
_FAINT = 0.05
# What is counted: the edge, how it goes on around, bare paper beyond.
_OF_EDGE, _OF_COHERENCE, _OF_CONTRAST, _OF_ALIKE = 4.5, 5.0, 4.0, 4.0


def promise(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return how much each outline looks like the edge of a ring; higher is more."""
    if not len(rows):
        return np.zeros(0)
    strips, _ = pyramid.strips(rows, _SHARES, angles(_ANGLES), _LEVEL)
    edge = endings(along(strips, 1))
    rim, beyond = (strips[:, _at(*band)].mean(axis=(1, 2)) for band in (_RIM, _BEYOND))
    contrast = (rim - beyond) / (rim + beyond + 0.02)
    across = np.abs(np.diff(strips[:, _at(*_RIM)], axis=1)).mean(axis=(1, 2))
    around = np.abs(np.roll(strips, 1, axis=2) - strips)[:, _at(*_BAND)].mean(axis=(1, 2))
    coherence = (across - around) / (across + around + 1e-3)
    total = along(edge, 3)[:, _at(*_BAND)].max(axis=1).mean(axis=1)
    points = _OF_EDGE * np.minimum(total, 0.6) + _OF_COHERENCE * np.minimum(coherence, 0.6)
    points += _OF_CONTRAST * np.minimum(contrast, 0.7) + _OF_ALIKE * _alike(edge)
    return np.asarray(points, np.float64)


def _alike(edge: Plane) -> Floats:
    """Return at which share of the angles ink ends most at the outline itself."""
    band = slice(2, _at(*_BEYOND).start + 3)
    near = edge[:, band]
    best = np.argmax(near, axis=1)
    middle = round((1.0 - _FIRST) / _STEP) - band.start
    there = (np.abs(best - middle) <= 1) & (near.max(axis=1) > _FAINT)
    return np.asarray(there.mean(axis=1))


def _at(low: float, high: float) -> slice:
    return slice(round((low - _FIRST) / _STEP), round((high - _FIRST) / _STEP) + 1)
