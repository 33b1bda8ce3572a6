"""Rectangles of picture tones on a page, and whether a seal lies across their edge."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask, Pixels
from docexam.aids.raster.labels import connected
from docexam.aids.raster.morphology import opened
from docexam.aids.raster.resize import resized

Box = tuple[float, float, float, float]

_SIDE = 240
_PAPER = 0.85  # quantile of brightness over a wide neighbourhood
_DARKER = 0.13  # in log light
_LEAST, _MOST = 0.055, 0.42  # of the longer side
_FULL = 0.72  # share of its box that is darker
_ASPECT = (0.6, 1.75)


def photographs(rgb: Pixels) -> list[Box]:
    """Return left, top, right, bottom (fractions) of what looks like a photograph."""
    height, width = rgb.shape[:2]
    factor = min(1.0, _SIDE / max(height, width))
    small = resized(rgb, round(width * factor), round(height * factor))
    light = np.log(small.max(axis=2).astype(np.float32) + 12.0)
    dark = _paper(light) - light > _DARKER
    mass = opened(dark, 3)  # rings, letters and rules are thinner
    parts = connected(mass)
    out = []
    for number in range(1, parts.count + 1):
        left, top, right, bottom = (int(v) for v in parts.boxes[number])
        if _is_photograph(right - left, bottom - top, int(parts.areas[number]), mass):
            rows, columns = mass.shape
            out.append((left / columns, top / rows, right / columns, bottom / rows))
    return out


def _is_photograph(wide: int, high: int, area: int, mass: Mask) -> bool:
    longest = max(mass.shape)
    fits = _LEAST * longest <= min(wide, high) and max(wide, high) <= _MOST * longest
    return fits and _ASPECT[0] <= wide / high <= _ASPECT[1] and area >= _FULL * wide * high


def _paper(light: Floats) -> Floats:
    rows, columns = light.shape
    size = 12
    high, wide = -(-rows // size), -(-columns // size)
    padded = np.pad(light, ((0, high * size - rows), (0, wide * size - columns)), mode="edge")
    cells = padded.reshape(high, size, wide, size).transpose(0, 2, 1, 3).reshape(high, wide, -1)
    bright = np.quantile(cells, 0.75, axis=2)
    half = 5
    around = np.lib.stride_tricks.sliding_window_view(
        np.pad(bright, half, mode="edge"), (2 * half + 1, 2 * half + 1)
    ).reshape(high, wide, -1)
    level = np.quantile(around, _PAPER, axis=2)
    return np.repeat(np.repeat(level, size, axis=0), size, axis=1)[:rows, :columns]


def crosses(points: Floats, photographs_: list[Box]) -> bool | None:
    """Return whether points (n × 2 in fractions, within a seal) lie both in and out of one.

    None where there is no photograph.
    """
    if not photographs_:
        return None
    for left, top, right, bottom in photographs_:
        x, y = points[:, 0], points[:, 1]
        share = float(((x > left) & (x < right) & (y > top) & (y < bottom)).mean())
        if 0.04 < share < 0.97:
            return True
    return False
