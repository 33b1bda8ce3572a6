"""Lines of a level picture as strips of one height: what the reader of type is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from docexam.aids.raster.arrays import Floats, Pixels, Plane
from docexam.aids.typed.prepare import evened

HIGH = 32  # rows of a strip
PLANES = 2  # ink in the channel in which it is faintest, and in the one in which it is darkest
SPREAD = 4.6  # rows that a line's ink spreads up and down in a strip (one sigma)
LEAST_WIDE, MOST_WIDE = 32, 1600
_PAPER, _FAINT = 225.0, 0.12  # grey level of paper; ink that is paper's grain
_ROW = 0.02  # share of a row with ink in a line
_LEAST, _SHARE = 8, 0.5  # pixels of a line's height; of the tallest line's
_AROUND = 0.3  # of a line's height, looked at above and below it


@dataclass(frozen=True, slots=True)
class Strip:
    """A line: HIGH × columns × PLANES, 0 for paper and 1 for ink, and where it was cut.

    `scale` is pixels of the strip for one of the picture, `top` and `bottom` the rows of the
    picture that it shows.
    """

    pixels: Plane
    scale: float
    top: int
    bottom: int


def strips(picture: Pixels) -> tuple[Strip, ...]:
    """Return the lines of a level picture (rows × columns × 3), from the top.

    Bands of ink cut by the upper or lower edge are neighbours' and left out where others are.
    """
    ink = inked(picture)
    return tuple(strip for band in bands(ink[..., 0]) if (strip := cut(ink, band)))


def inked(picture: Pixels) -> Plane:
    """Return the ink of a picture, rows × columns × PLANES, 0 for paper and about 1 for black."""
    faint = evened(picture)
    dark = evened(picture.min(axis=2, keepdims=True))
    ink = np.stack((faint, dark), axis=2).astype(np.float32)
    return np.asarray(np.clip((_PAPER - ink) / _PAPER, 0.0, 1.0))


def bands(ink: Plane) -> list[tuple[int, int]]:
    """Return the rows (first, last + 1) of each line of a plane of ink."""
    rows = (ink > _FAINT).mean(axis=1) > _ROW
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    found = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    whole = [(a, b) for a, b in found if a > 0 and b < len(rows)]
    tallest = max((b - a for a, b in whole), default=0)
    kept = [(a, b) for a, b in whole if b - a >= max(_LEAST, _SHARE * tallest)]
    return kept or [(0, len(rows))]


def cut(ink: Plane, band: tuple[int, int], wanted: float = SPREAD) -> Strip | None:
    """Return a line brought to one height, its ink's middle in the middle; None where none is.

    `wanted` is how far its ink is to spread.
    """
    around = max(2, round(_AROUND * (band[1] - band[0])))
    first, last = max(0, band[0] - around), min(len(ink), band[1] + around)
    part = ink[first:last]
    measured = _middle(np.where(part[..., 0] > _FAINT, part[..., 0], 0.0).sum(axis=1))
    if measured is None:
        return None
    middle, spread = measured
    scale = wanted / max(spread, 1.0)
    wide = min(MOST_WIDE, max(1, round(ink.shape[1] * scale)))
    across = ink.shape[1] / wide
    top = first + middle - HIGH / 2 / scale
    planes = [
        _resized(ink[..., n], (0.0, top, wide * across, top + HIGH / scale), wide) for n in (0, 1)
    ]
    strip = np.stack(planes, axis=2)
    full = max(0.15, float(np.quantile(strip[..., 0], 0.98)))
    beside = max(0, LEAST_WIDE - wide)  # paper: a letter by itself is not to be drawn out
    strip = np.pad(strip, ((0, 0), (0, beside), (0, 0)))
    return Strip(np.clip(strip / full, 0.0, 1.2), 1 / across, round(top), round(top + HIGH / scale))


def _middle(rows: Floats) -> tuple[float, float] | None:
    total = float(rows.sum())
    if total < 1.0:
        return None
    places = np.arange(len(rows)) + 0.5
    middle = float((rows * places).sum() / total)
    return middle, float(np.sqrt((rows * (places - middle) ** 2).sum() / total))


def _resized(plane: Plane, box: tuple[float, float, float, float], wide: int) -> Plane:
    """Return a box of a plane (left, top, right, bottom) at HIGH × `wide`; beyond it is paper."""
    left, top, right, bottom = box
    above, below = max(0, int(np.ceil(-top))), max(0, int(np.ceil(bottom - plane.shape[0])))
    padded = np.pad(plane, ((above, below), (0, 0)))
    image = Image.fromarray(padded)
    resized = image.resize(
        (wide, HIGH), Image.Resampling.BILINEAR, box=(left, top + above, right, bottom + above)
    )
    return np.asarray(resized, np.float32)
