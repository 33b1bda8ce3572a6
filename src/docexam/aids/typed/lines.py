"""Where lines of text lie on a level page: strokes of like size that follow each other.

Tesseract's own layout analysis loses lines on patterned paper and beside photographs.
"""

from __future__ import annotations

import numpy as np

from docexam.aids.mrz.image_place import chains, strokes
from docexam.aids.raster.arrays import Floats, Pixels

_LEAST = 2  # strokes of a line
_GAP = 2.2  # between words of one line, in heights of a letter
_ABOVE, _BELOW = 0.85, 0.85  # of the line's middle, in heights of its tallest letters
_FLAT = 1.2
Box = tuple[int, int, int, int]


def line_boxes(grey: Pixels) -> tuple[Box, ...]:
    """Return boxes (left, top, right, bottom) of what looks like lines, from the top.

    `grey` is a page whose text runs level, rows × columns.
    """
    points = strokes(np.asarray(grey, np.float32))
    found = []
    for chain in chains(points):
        if len(chain) >= _LEAST:
            x, y, size = points.x[chain], points.y[chain], points.size[chain]
            tall = float(np.quantile(size, 0.8))
            found.append((x[0] - size[0] / 2, x[-1] + size[-1] / 2, float(np.median(y)), tall))
    merged = _merged(np.array(sorted(found), np.float64).reshape(-1, 4))
    high, wide = grey.shape
    boxes = []
    for left, right, middle, tall in merged.tolist():
        if right - left < _FLAT * tall:
            continue
        box = (
            left - tall * 0.5,
            middle - _ABOVE * tall,
            right + tall * 0.5,
            middle + _BELOW * tall,
        )
        x0, y0, x1, y1 = (round(value) for value in box)
        boxes.append((max(0, x0), max(0, y0), min(wide, x1), min(high, y1)))
    return tuple(sorted(boxes, key=lambda one: (one[1], one[0])))


def _merged(lines: Floats) -> Floats:
    """Return lines (left, right, middle, height) with the pieces of one line put together."""
    out: list[list[float]] = []
    for left, right, middle, tall in lines.tolist():
        for one in reversed(out):
            height = max(one[3], tall)
            level = abs(one[2] - middle) < 0.4 * height
            if level and left - one[1] < _GAP * height and 0.5 < tall / one[3] < 2.0:
                weight = (one[1] - one[0]) / max(1.0, one[1] - one[0] + right - left)
                one[2] = weight * one[2] + (1 - weight) * middle
                one[1], one[3] = max(one[1], right), height
                break
        else:
            out.append([left, right, middle, tall])
    return np.array(out, np.float64).reshape(-1, 4)
