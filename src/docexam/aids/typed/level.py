"""A region's text made level: a box drawn around a tilted line holds the neighbours' ends too.

How far the text leans is the angle at which its ink falls into the sharpest rows. The picture is
turned by it and cut to the lines that run through the region's own middle part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.warp import warped
from docexam.aids.typed.prepare import evened

_MOST = 16.0  # degrees
_LEAST = 0.6
_SHARPER = 1.1  # the rows' sharpness against that of the picture as it lies
_INK = 170
_SMALL = 500  # pixels of the width at which the angle is looked for
_FLAT = 1.2  # width against height below which a line's angle cannot be told
_BAND = 0.02  # share of the fullest row's ink that belongs to a line
_MARGIN = 0.35  # of a line's height, kept above and below


@dataclass(frozen=True, slots=True)
class Level:
    """A picture with level text, and the homography from its pixels to those it was made of."""

    pixels: Pixels
    back: Floats


def levelled(picture: Pixels) -> Level:
    """Return the picture with its text level, as it is where it lies level already."""
    same = Level(picture, np.eye(3))
    high, wide = picture.shape[:2]
    if wide < _FLAT * high or high < 12:
        return same
    grey = evened(picture)
    angle = lean(grey)
    if abs(angle) < _LEAST:
        return same
    turned = _turned(picture, np.radians(angle), _paper(picture))
    inner = _inner(wide, high, abs(np.radians(angle)))
    band = _band(evened(turned.pixels), inner)
    if band is None:
        return same
    top, bottom = band
    shift = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, float(top)], [0.0, 0.0, 1.0]])
    return Level(np.ascontiguousarray(turned.pixels[top:bottom]), turned.back @ shift)


def lean(grey: Pixels) -> float:
    """Return by how many degrees text runs down to the right, 0 where that cannot be told."""
    step = max(1, round(grey.shape[1] / _SMALL))
    small = grey[::step, ::step]
    y, x = np.nonzero(small < _INK)
    if len(x) < 40:
        return 0.0
    weights = (255.0 - small[y, x]).astype(np.float64)

    def sharpness(angle: float) -> float:
        rows = y - np.tan(np.radians(angle)) * (x - small.shape[1] / 2)
        low = np.floor(rows).astype(np.int64)
        part = rows - low
        low -= low.min()
        size = int(low.max()) + 2
        sums = np.bincount(low, weights * (1 - part), size)
        sums = sums + np.bincount(low + 1, weights * part, size)
        return float((sums * sums).sum())

    coarse = max(np.arange(-_MOST, _MOST + 1), key=sharpness)
    best = max(coarse + np.arange(-0.8, 0.81, 0.2), key=sharpness)
    return float(best) if sharpness(best) > _SHARPER * sharpness(0.0) else 0.0


def _paper(picture: Pixels) -> float:
    return float(np.median(picture.max(axis=2)))


def _turned(picture: Pixels, angle: float, fill: float) -> Level:
    high, wide = picture.shape[:2]
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    width, height = int(wide * cos + high * abs(sin)) + 1, int(high * cos + wide * abs(sin)) + 1
    back = np.array(
        [
            [cos, -sin, wide / 2 - cos * width / 2 + sin * height / 2],
            [sin, cos, high / 2 - sin * width / 2 - cos * height / 2],
            [0.0, 0.0, 1.0],
        ]
    )
    return Level(np.asarray(warped(picture, back, width, height, fill), np.uint8), back)


def _inner(wide: float, high: float, angle: float) -> float:
    """Return the height of the tilted rectangle whose upright box is so wide and high."""
    sin, cos = np.sin(angle), np.cos(angle)
    return float(max(0.0, (high * cos - wide * sin) / (cos * cos - sin * sin)))


def _band(grey: Pixels, inner: float) -> tuple[int, int] | None:
    """Return the rows of the lines that run through the middle part of a level picture."""
    ink = (grey < _INK).sum(axis=1).astype(np.float64)
    rows = ink > max(1.0, _BAND * float(ink.max(initial=0.0)))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    middle, reach = len(rows) / 2, max(inner / 2, 3.0)
    bands = [
        (int(a), int(b))
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if a < middle + 0.8 * reach and b > middle - 0.8 * reach and b - a > 3
    ]
    if not bands:
        return None
    tallest = max(b - a for a, b in bands)
    top, bottom = min(a for a, _ in bands), max(b for _, b in bands)
    margin = round(_MARGIN * tallest) + 2
    return max(0, top - margin), min(len(rows), bottom + margin)
