"""How much ink of which direction lies on the paper, pixel by pixel.

Ink is seen against the paper beside it, as optical density: minus the logarithm of the share of
the paper's light that is left, for each channel. Uneven and coloured light and coloured paper
fall out, because they take the same share of both. Blue and violet ink takes red and green and
leaves blue; red ink leaves red; black takes everything alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from docexam.aids.raster.arrays import Pixels, Plane
from docexam.aids.raster.lines_only import without_masses
from docexam.aids.raster.resize import resized_plane

Direction = Literal["cool", "warm", "grey"]
DIRECTIONS: tuple[Direction, ...] = ("cool", "warm", "grey")

_LIFT = 10.0  # added to every value, so that noise in the dark is not taken for ink
_BLOCKS = 96  # along the longer side, for the local paper
_WINDOW = 9  # blocks
_BRIGHT = 0.15  # the share of brighter blocks around that also pass for paper
_KNEE = {"cool": 0.10, "warm": 0.12, "grey": 0.30}
_LEAST_NOISE, _MOST_NOISE = 0.012, 0.25
_CELL = 16  # of the thinned picture, for the noise
_MASS = 4  # half of the pixels of what is too wide for a line, at half size
_PRINT_SIDE, _SOME, _FEW = 640, 0.3, 200
_GRAIN = 3.0  # spans from the fifth to the middle: 2.5 standard deviations


@dataclass(frozen=True, slots=True)
class Ink:
    """The densities of a picture.

    `log` is minus the logarithm of the light, `paper` the same of the paper beside, both 3 × rows
    × columns (red, green, blue), the paper on a coarse grid. `soft` has a plane of lines for each
    direction of ink: 0 for none, towards 1 for much, so that a faint strike counts half as much
    as a strong one and not a tenth. `noise` is what was taken off for grain. `print_density` is
    how dark strokes of print and pen are on the whole, as sharp as this picture shows them.
    """

    log: Plane
    paper: Plane
    soft: dict[Direction, Plane]
    noise: dict[Direction, float]
    print_density: float

    @property
    def shape(self) -> tuple[int, int]:
        """Return rows and columns."""
        return self.log.shape[1], self.log.shape[2]


def ink_of(rgb: Pixels) -> Ink:
    """Return the ink of a picture (rows × columns × 3)."""
    log = _light_lost(rgb)
    blocks = _blocks(log)
    middle, bright = _around(blocks, 0.5), _around(blocks, _BRIGHT)
    soft: dict[Direction, Plane] = {}
    noise: dict[Direction, float] = {}
    for direction in DIRECTIONS:
        # The paper is the middle of the surroundings or, in a corner of the sheet, the brighter
        # part of them: what is ink against only one of the two is an edge, not ink.
        bare = np.maximum(_amount(middle, direction), _amount(bright, direction))
        amount = _amount(log, direction)
        amount -= _spread(bare, log.shape[1:])
        noise[direction] = _noise(amount)
        amount -= np.float32(noise[direction])
        np.maximum(amount, 0.0, out=amount)
        # Clothes, bars and the ground around are ink too, but no lines: rings lie on them.
        soft[direction] = without_masses(amount / (amount + np.float32(_KNEE[direction])), _MASS)
    return Ink(log, middle, soft, noise, _print_density(soft["grey"]))


def _amount(log: Plane, direction: Direction) -> Plane:
    """Return the density in one direction of ink, before the paper's is taken off."""
    red, green, blue = log
    if direction == "cool":
        return np.asarray((red + green) * np.float32(0.5) - blue)
    if direction == "warm":
        return np.asarray(green * np.float32(0.7) + blue * np.float32(0.3) - red)
    return np.asarray(np.minimum(np.minimum(red, green), blue))


def _light_lost(rgb: Pixels) -> Plane:
    value = np.arange(256, dtype=np.float32)
    curve = -np.log((value + np.float32(_LIFT)) / np.float32(255.0 + _LIFT))
    return np.asarray(curve[np.ascontiguousarray(np.moveaxis(rgb, 2, 0))], np.float32)


def _blocks(log: Plane) -> Plane:
    """Return the brighter quarter of each block of pixels: paper even among text."""
    height, width = log.shape[1:]
    size = max(3, -(-max(height, width) // _BLOCKS))
    rows, columns = -(-height // size), -(-width // size)
    beyond = ((0, 0), (0, rows * size - height), (0, columns * size - width))
    cells = np.pad(log, beyond, mode="edge").reshape(3, rows, size, columns, size)
    flat = cells[:, :, 1::2, :, 1::2].transpose(0, 1, 3, 2, 4).reshape(3, rows, columns, -1)
    at = flat.shape[3] // 4
    return np.asarray(np.partition(flat, at, axis=3)[..., at])


def _spread(coarse: Plane, size: tuple[int, ...]) -> Plane:
    """Return a coarse plane at the size (rows, columns) of the picture, bilinear."""
    down, across = (_weights(few, many) for few, many in zip(coarse.shape, size, strict=True))
    return np.asarray((down @ coarse) @ across.T)


@lru_cache(maxsize=4)
def _weights(few: int, many: int) -> Plane:
    """Return how much each of a few values counts for each of many: rows × few."""
    return resized_plane(np.eye(few, dtype=np.float32), few, many)


def _around(blocks: Plane, share: float) -> Plane:
    """Return for each block that value of the blocks around it which `share` are brighter than."""
    half = _WINDOW // 2
    padded = np.pad(blocks, ((0, 0), (half, half), (half, half)), mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, (_WINDOW, _WINDOW), axis=(1, 2))
    flat = views.reshape(*blocks.shape, -1)
    at = int(flat.shape[3] * share)
    return np.asarray(np.partition(flat, at, axis=3)[..., at])


def _print_density(soft: Plane) -> float:
    """Return the upper quartile of the density of grey strokes; 0 where there are too few."""
    step = max(1, max(soft.shape) // _PRINT_SIDE)
    thin = soft[::step, ::step]
    thin = thin[thin > _SOME]
    if thin.size < _FEW:
        return 0.0
    level = min(float(np.quantile(thin, 0.75)), 0.95)
    return _KNEE["grey"] * level / (1.0 - level)


def _noise(amount: Plane) -> float:
    """Return the level under which an amount is grain, as on the calmer part of the picture."""
    step = max(1, int(np.sqrt(amount.size / 60_000)))
    thin = amount[::step, ::step]
    rows, columns = (max(1, n // _CELL) for n in thin.shape)
    high, wide = thin.shape[0] // rows, thin.shape[1] // columns
    cells = thin[: rows * high, : columns * wide].reshape(rows, high, columns, wide)
    flat = cells.transpose(0, 2, 1, 3).reshape(rows * columns, -1)
    low, middle = flat.shape[1] // 5, flat.shape[1] // 2
    parted = np.partition(flat, (low, middle), axis=1)
    spans = np.sort(parted[:, middle] - parted[:, low])
    return float(np.clip(_GRAIN * spans[int(0.4 * len(spans))], _LEAST_NOISE, _MOST_NOISE))
