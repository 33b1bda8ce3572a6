"""How far the characters of a zone lean, by their own strokes.

Where the rows begin tells how far a photograph taken from the side makes them lean. Letters that
lean by themselves, as oblique type does, are told by their stems: sheared upright, their ink
stands in fewer columns.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from docexam.aids.mrz.image_comb import ink_of
from docexam.aids.mrz.image_place import Placed
from docexam.aids.mrz.image_strip import Grid, lean_of
from docexam.aids.raster.arrays import Floats, Pixels, Plane

_FINE = 20  # samples a cell
_ACROSS, _DEEP = 0.6, 19  # of a cell above and below the row's middle; samples
_BEYOND = 3.0  # cells looked at before and after the rows
_LEANS = np.linspace(-0.4, 0.4, 41)
_GAIN = 1.015  # how much denser the columns must be; upright letters reached 1.003
_LEAST, _MOST = 0.05, 0.45


def leaning(grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], factor: float) -> Placed:
    """Return the zone with the lean of its characters where their stems tell of one."""
    dense = sum(_density(grey, zone, rows, n, factor) for n in range(len(rows)))
    dense = np.asarray(dense)
    upright = float(dense[len(_LEANS) // 2])
    best = int(np.argmax(dense))
    if abs(_LEANS[best]) < _LEAST or dense[best] <= _GAIN * upright:
        return zone
    lean = lean_of(zone, rows) + float(_LEANS[best])
    return replace(zone, lean=float(np.clip(lean, -_MOST, _MOST)))


def _density(
    grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], number: int, factor: float
) -> Floats:
    """Return for every lean how densely the ink of a row stands in columns."""
    row = rows[number]
    unit = abs(float(np.polyval(np.polyder(row.step), row.cells / 2)))
    ends = sorted((float(row.along(0.0)), float(row.along(row.cells - 1.0))))
    along = np.arange(ends[0] - _BEYOND * unit, ends[1] + _BEYOND * unit, unit / _FINE)
    offsets = np.linspace(-_ACROSS, _ACROSS, _DEEP) * unit
    ink = ink_of(grey, zone, rows, number, factor, along, offsets)
    moves = np.rint(_LEANS[:, None] * offsets / (unit / _FINE)).astype(np.int64)
    columns = np.clip(np.arange(len(along)) + moves[..., None], 0, len(along) - 1)
    sheared = ink[np.arange(_DEEP)[:, None], columns].mean(axis=1)
    return np.asarray((sheared**2).sum(axis=1))
