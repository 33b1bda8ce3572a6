"""Do two planes agree everywhere both have something, or only in their outline?

Stamps of one office share their rings and differ in words and number; a correlation over the
whole hides that. Here small blocks are compared one by one, each with a little room to move, and
of a seal only those that a small turn about the middle would change: a ring tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.lib.stride_tricks as tricks
from PIL import Image

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.blur import gaussian

BLOCK = 16
_STEP = 8
_ROOM = 1
_DETAIL = 6.0
_TURN = 9.0
_STILL = 0.75
_LEAST_ENERGY = 0.35


@dataclass(frozen=True, slots=True)
class Agreement:
    """`mean`, `low` (a quarter lies below): correlations of the blocks both planes fill.

    `blocks` is how many there are, `share` which share of them correlates above 0.5.
    """

    mean: float
    low: float
    share: float
    blocks: int


def agreement(
    one: Plane, other: Plane, inside: Plane, *, rings: bool = False, step: int = _STEP
) -> Agreement:
    """Return how the blocks of two planes of one size agree where `inside` is 1.

    `rings`: leave out the blocks that a small turn about the middle does not change. `step`: the
    distance of the blocks in pixels.
    """
    found = []
    one, other = (plane - gaussian(plane, _DETAIL) for plane in (one, other))
    turned = [_turned(one, angle) for angle in (_TURN, -_TURN)] if rings else []
    energy = _energies(one, step), _energies(other, step)
    floors = [_LEAST_ENERGY * float(np.percentile(e, 80)) for e in energy]
    rows, columns = energy[0].shape
    for row in range(rows):
        for column in range(columns):
            top, left = row * step, column * step
            whole = inside[top : top + BLOCK, left : left + BLOCK].min() > 0.5
            filled = energy[0][row, column] > floors[0] and energy[1][row, column] > floors[1]
            if whole and filled and not any(_block(one, t, top, left) > _STILL for t in turned):
                found.append(_block(one, other, top, left))
    if not found:
        return Agreement(0.0, 0.0, 0.0, 0)
    values = np.array(found)
    low = float(np.percentile(values, 25))
    return Agreement(float(values.mean()), low, float((values > 0.5).mean()), len(values))


def _turned(plane: Plane, angle: float) -> Plane:
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.rotate(angle, Image.Resampling.BILINEAR), np.float32)


def _energies(plane: Plane, step: int) -> Floats:
    """Return the spread of every block."""
    blocks = tricks.sliding_window_view(plane, (BLOCK, BLOCK))[::step, ::step]
    return np.asarray(blocks.std(axis=(2, 3)), np.float64)


def _block(one: Plane, other: Plane, top: int, left: int) -> float:
    """Return the best correlation of a block of `one` with `other` around the same place."""
    wanted = one[top : top + BLOCK, left : left + BLOCK]
    wanted = wanted - wanted.mean()
    first, last = max(top - _ROOM, 0), max(left - _ROOM, 0)
    area = other[first : top + BLOCK + _ROOM, last : left + BLOCK + _ROOM]
    places = tricks.sliding_window_view(area, (BLOCK, BLOCK))
    free = places - places.mean(axis=(2, 3), keepdims=True)
    product = (free * wanted).sum(axis=(2, 3))
    length = np.sqrt((free * free).sum(axis=(2, 3)) * (wanted * wanted).sum())
    return float((product / np.maximum(length, 1e-9)).max())
