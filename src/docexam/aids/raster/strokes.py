"""Pictures without their thin strokes, so that tones and paper remain."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Pixels


def without_strokes(rgb: Pixels, reach: int) -> Pixels:
    """Return the picture without strokes thinner than 2·reach + 1: closed, then opened."""
    closed = _ranked(_ranked(rgb, reach, np.maximum), reach, np.minimum)
    return _ranked(_ranked(closed, reach, np.minimum), reach, np.maximum)


def without_dark_strokes(rgb: Pixels, reach: int) -> Pixels:
    """Return the picture with dark strokes thinner than 2·reach + 1 filled from beside."""
    return _ranked(_ranked(rgb, reach, np.maximum), reach, np.minimum)


def _ranked(rgb: Pixels, reach: int, pick: np.ufunc) -> Pixels:
    out = rgb
    for axis in (0, 1):
        widths = [(0, 0)] * rgb.ndim
        widths[axis] = (reach, reach)
        out = _windowed(np.pad(out, widths, mode="edge"), 2 * reach + 1, axis, pick)
    return out


def _windowed(padded: Pixels, size: int, axis: int, pick: np.ufunc) -> Pixels:
    """Return the highest or lowest of each `size` neighbours, by windows that double in width."""
    out, wide = padded, 1
    while wide < size:
        step = min(wide, size - wide)
        n = out.shape[axis] - step
        out = pick(_from(out, 0, n, axis), _from(out, step, n, axis))
        wide += step
    return out


def _from(padded: Pixels, start: int, n: int, axis: int) -> Pixels:
    return padded[start : start + n] if axis == 0 else padded[:, start : start + n]
