"""The ring of a seal unrolled into a strip, for a person to read."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.seals.seal import INNER, OUTER, Seal

OVERLAP = 40.0  # degrees shown twice, so that no word is cut at the seam
_MOST_HIGH, _MOST_WIDE = 400, 4000


def unrolled(rgb: Pixels, seal: Seal) -> Pixels:
    """Return the ring as a strip, rows × columns × 3: the rim on top, read clockwise.

    `rgb` is the whole upright image at any size; the strip is as fine as it is there. It starts at
    `seal.start`. A seal with corners is unrolled around its middle all the same.
    """
    height, width = rgb.shape[:2]
    long, short = (axis * width for axis in seal.axes)
    rows = int(np.clip(round((OUTER - INNER) * (long + short) / 2), 8, _MOST_HIGH))
    turn = 2 * np.pi * (360.0 + OVERLAP) / 360.0
    columns = int(np.clip(round(turn * (long + short) / 2 * 0.8), 16, _MOST_WIDE))
    angle = np.radians(seal.start) + np.linspace(0.0, turn, columns)[None, :]
    share = np.linspace(OUTER, INNER, rows)[:, None]
    x, y = _spots(seal, (width, height), share, angle)
    return _read(rgb, x, y)


def _spots(
    seal: Seal, size: tuple[int, int], share: Floats, angle: Floats
) -> tuple[Floats, Floats]:
    """Return the pixels at shares of the radius and angles of the picture."""
    long, short = (axis * size[0] for axis in seal.axes)
    lean = np.radians(seal.angle)
    c, s = np.cos(lean), np.sin(lean)
    # The symmetric matrix of the ellipse: both axes along the longer one's direction.
    a, b, d = long * c * c + short * s * s, (long - short) * c * s, long * s * s + short * c * c
    x = seal.centre[0] * size[0] + share * (a * np.cos(angle) + b * np.sin(angle)) - 0.5
    y = seal.centre[1] * size[1] + share * (b * np.cos(angle) + d * np.sin(angle)) - 0.5
    return x, y


def _read(rgb: Pixels, x: Floats, y: Floats) -> Pixels:
    """Return the picture at places between pixels; beyond its edge it is white."""
    height, width = rgb.shape[:2]
    inside = (x > -0.5) & (x < width - 0.5) & (y > -0.5) & (y < height - 0.5)
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    column, row = x.astype(int), y.astype(int)
    right, below = np.minimum(column + 1, width - 1), np.minimum(row + 1, height - 1)
    u, v = (x - column)[..., None], (y - row)[..., None]
    upper = rgb[row, column] * (1 - u) + rgb[row, right] * u
    lower = rgb[below, column] * (1 - u) + rgb[below, right] * u
    mixed = np.where(inside[..., None], upper * (1 - v) + lower * v, 255.0)
    return np.asarray(np.clip(np.rint(mixed), 0, 255), np.uint8)
