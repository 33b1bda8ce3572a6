"""How sharp a picture or a part of it is: the width of its sharpest edges, in pixels.

An edge's width is its contrast over its steepest slope between neighbouring pixels, the share
of noise in that slope taken off. A perfect edge is 1 wide, a well-focused photograph 1.5 to 2.5,
a blur of σ pixels about 2.5·σ. Measured on tiles, so that one sharp zone counts, and in pixels,
so that it compares across picture sizes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

Grey = npt.NDArray[np.uint8]

TILE = 64
MOST_TILES = 240
LEAST_CONTRAST = 36.0
SHARP = 2.2
SOFT = 3.6
BLURRED = 6.5
_SHRINK = 4
_FLAT_TILES = 24
_STEEPEST = 0.996
_RANGE = (0.01, 0.99)
# Of purely noisy differences, as many standard deviations as `_STEEPEST` cuts off.
_NOISE_REACH = 2.88
_MEAN_TO_DEVIATION = 1.2533
_LEAST_SIDE = 8
_CLIPPED = 12.0


@dataclass(frozen=True, slots=True)
class Sharpness:
    """`width`: edge width in pixels of the sharpest tenth of the tiles; `typical`: the median.

    `tiles`: how many tiles had enough contrast to tell. `noise`: standard deviation of the
    differences between neighbouring pixels in the evenest parts, in levels of 255.
    """

    width: float
    typical: float
    tiles: int
    noise: float


def luma_of(pixels: npt.NDArray[np.uint8]) -> Grey:
    """Return brightness, uint8 h×w, of uint8 h×w×3 (or h×w as it is)."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(Image.fromarray(pixels).convert("L"))


def measure(grey: Grey) -> Sharpness | None:
    """Measure a whole picture on its tiles of most contrast; None where nothing has contrast."""
    lively, flat = _tiles(grey)
    noise = noise_of(flat)
    widths = [w for w in (edge_width(tile, noise) for tile in lively) if w is not None]
    if not widths:
        return None
    low, middle = np.percentile(widths, (10, 50))
    return Sharpness(round(float(low), 2), round(float(middle), 2), len(widths), round(noise, 2))


def edge_width(tile: Grey, noise: float = 0.0) -> float | None:
    """Return the width in pixels of a tile's steepest edges; None below `LEAST_CONTRAST`.

    `tile` is uint8 h×w, at least 8×8; `noise` the deviation of differences that is no edge.
    """
    if min(tile.shape) < _LEAST_SIDE:
        return None
    low, high = _levels(tile, _RANGE)
    contrast = float(high - low)
    if contrast < LEAST_CONTRAST:
        return None
    steep = max(_levels(_steps(tile, axis), (_STEEPEST,))[0] for axis in (0, 1))
    slope = math.sqrt(max(steep**2 - (_NOISE_REACH * noise) ** 2, 1.0))
    return max(1.0, contrast / slope)


def noise_of(tiles: list[Grey]) -> float:
    """Return the deviation of the differences between neighbours in even tiles, in levels.

    Tiles at the ends of the scale are passed over: clipping hides their noise.
    """
    telling = [t for t in tiles if _CLIPPED < float(t.mean()) < 255 - _CLIPPED]
    if not telling:
        return 0.0
    found = [float(_steps(tile, 1).mean()) * _MEAN_TO_DEVIATION for tile in telling]
    return float(np.median(found))


def words(width: float) -> str:
    """Say an edge width in plain words."""
    if width <= SHARP:
        return "sharp"
    if width <= SOFT:
        return "slightly soft"
    return "soft" if width <= BLURRED else "blurred"


def _steps(tile: Grey, axis: int) -> Grey:
    one, other = (tile[:-1], tile[1:]) if axis == 0 else (tile[:, :-1], tile[:, 1:])
    return np.maximum(one, other) - np.minimum(one, other)


def _levels(values: Grey, shares: tuple[float, ...]) -> list[int]:
    """Return the levels below which the given shares of the values lie."""
    counts = np.bincount(values.ravel(), minlength=256).cumsum()
    return [int(np.searchsorted(counts, share * counts[-1])) for share in shares]


def _tiles(grey: Grey) -> tuple[list[Grey], list[Grey]]:
    """Return the tiles with most contrast and the evenest, found on a reduced copy."""
    height, width = grey.shape
    if height < TILE or width < TILE:
        return [grey], []
    small = np.asarray(Image.fromarray(grey).reduce(_SHRINK)).astype(np.int16)
    side = TILE // _SHRINK
    rows, columns = height // TILE, width // TILE
    blocks = small[: rows * side, : columns * side].reshape(rows, side, columns, side)
    span = blocks.max(axis=(1, 3)) - blocks.min(axis=(1, 3))
    order = np.argsort(span, axis=None, kind="stable")
    cut = [_tile(grey, int(spot), columns) for spot in order]
    return cut[::-1][:MOST_TILES], cut[: min(_FLAT_TILES, len(cut) // 4)]


def _tile(grey: Grey, spot: int, columns: int) -> Grey:
    row, column = divmod(spot, columns)
    return grey[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
