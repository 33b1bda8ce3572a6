"""How much ink of which direction lies on the paper, pixel by pixel.

Ink is seen against the paper beside it, as optical density: minus the logarithm of the share of
the paper's light that is left, for each channel. Uneven and coloured light and coloured paper
fall out, because they take the same share of both. Blue and violet ink takes red and green and
leaves blue; red ink leaves red; black takes everything alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_KNEE = {"cool": 0.10, "warm": 0.12, "grey": 0.30}
_LEAST_NOISE, _MOST_NOISE = 0.012, 0.25
_CELL = 16  # of the thinned picture, for the noise
_MASS = 4  # half of the pixels of what is too wide for a line, at half size
_GRAIN = 3.0  # spans from the fifth to the middle: 2.5 standard deviations
_THINNED = 60_000  # places that are looked at for the noise
_PRINT_SIDE, _SOME, _MOST, _FEW = 640, 0.3, 0.95, 200  # places that are looked at for the print

Window = tuple[int, int, int, int]


@dataclass(frozen=True)
class Ink:
    """The densities of a picture against the paper beside: 3 × rows × columns (red, green, blue).

    Below 0 it is brighter than the paper.
    """

    dense: Plane

    @property
    def shape(self) -> tuple[int, int]:
        """Return rows and columns."""
        return self.dense.shape[1], self.dense.shape[2]

    @cached_property
    def noise(self) -> dict[Direction, float]:
        """Return what is grain in each direction of ink, on the calmer part of the picture."""
        step = max(1, int(np.sqrt(self.dense[0].size / _THINNED)))
        thin = self.dense[:, ::step, ::step]
        return {direction: _noise(_amount(thin, direction)) for direction in DIRECTIONS}

    @cached_property
    def print_density(self) -> float:
        """Return how dark strokes of print and pen are on the whole; 0 where there are few."""
        height, width = self.shape
        step = max(1, max(self.shape) // _PRINT_SIDE)
        thin = self.soft("grey", (0, 0, width, height))[::step, ::step]
        strokes = thin[thin > _SOME]
        if strokes.size < _FEW:
            return 0.0
        level = min(float(np.quantile(strokes, 0.75)), _MOST)
        return _KNEE["grey"] * level / (1.0 - level)

    def soft(self, direction: Direction, window: Window) -> Plane:
        """Return the lines of one direction of ink in a window (left, top, right, bottom).

        0 for none, towards 1 for much, so that a faint strike counts half as much as a strong one
        and not a tenth. Clothes, bars and the ground around are ink too, but no lines.
        """
        left, top, right, bottom = window
        amount = _amount(self.dense[:, top:bottom, left:right], direction)
        amount = np.maximum(amount - np.float32(self.noise[direction]), 0.0)
        return without_masses(amount / (amount + np.float32(_KNEE[direction])), _MASS)


def ink_of(rgb: Pixels) -> Ink:
    """Return the ink of a picture (rows × columns × 3)."""
    dense = _light_lost(rgb)
    for plane, paper in zip(dense, _around(_blocks(dense)), strict=True):
        plane -= _spread(paper, plane.shape)
    return Ink(dense)


def _amount(dense: Plane, direction: Direction) -> Plane:
    """Return the density in one direction of ink."""
    red, green, blue = dense
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


def _around(blocks: Plane) -> Plane:
    """Return for each block the middle of the blocks around it: the paper."""
    half = _WINDOW // 2
    padded = np.pad(blocks, ((0, 0), (half, half), (half, half)), mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, (_WINDOW, _WINDOW), axis=(1, 2))
    flat = views.reshape(*blocks.shape, -1)
    at = flat.shape[3] // 2
    return np.asarray(np.partition(flat, at, axis=3)[..., at])


def _noise(thin: Plane) -> float:
    """Return the level under which an amount is grain, as on the calmer part of the picture."""
    rows, columns = (max(1, n // _CELL) for n in thin.shape)
    high, wide = thin.shape[0] // rows, thin.shape[1] // columns
    cells = thin[: rows * high, : columns * wide].reshape(rows, high, columns, wide)
    flat = cells.transpose(0, 2, 1, 3).reshape(rows * columns, -1)
    low, middle = flat.shape[1] // 5, flat.shape[1] // 2
    parted = np.partition(flat, (low, middle), axis=1)
    spans = np.sort(parted[:, middle] - parted[:, low])
    return float(np.clip(_GRAIN * spans[int(0.4 * len(spans))], _LEAST_NOISE, _MOST_NOISE))
