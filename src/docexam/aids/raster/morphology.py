"""Growing and shrinking masks by rectangles, and what is made of both."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Mask
from docexam.aids.raster.labels import connected


def dilate(mask: Mask, across: int, down: int | None = None) -> Mask:
    """Return the mask grown by `across` pixels to both sides and `down` (or as many) up and down.

    Beyond the image everything is false.
    """
    out = _grown(mask, across, 1)
    return _grown(out, across if down is None else down, 0)


def erode(mask: Mask, across: int, down: int | None = None) -> Mask:
    """Return the mask shrunk likewise; beyond the image everything counts as true."""
    shrunk: Mask = ~dilate(~mask, across, down)
    return shrunk


def opened(mask: Mask, across: int, down: int | None = None) -> Mask:
    """Return the mask without parts narrower than the rectangle."""
    return dilate(erode(mask, across, down), across, down)


def closed(mask: Mask, across: int, down: int | None = None) -> Mask:
    """Return the mask with gaps narrower than the rectangle filled."""
    return erode(dilate(mask, across, down), across, down)


def filled(mask: Mask) -> Mask:
    """Return the mask with its holes filled: false parts that do not reach the image's edge."""
    rest = connected(~mask, diagonal=False)
    height, width = mask.shape
    boxes = rest.boxes
    outer = (boxes[:, 0] == 0) | (boxes[:, 1] == 0)
    outer |= (boxes[:, 2] == width) | (boxes[:, 3] == height)
    hole = ~outer
    hole[0] = True
    full: Mask = hole[rest.labels()]
    return full


def without_small(mask: Mask, least: int) -> Mask:
    """Return the mask without connected parts of fewer than `least` pixels."""
    parts = connected(mask)
    keep = parts.areas >= least
    keep[0] = False
    kept: Mask = keep[parts.labels()]
    return kept


def _grown(mask: Mask, by: int, axis: int) -> Mask:
    """Return the mask or-ed with its shifts by up to `by` both ways, doubling the reach."""
    out = np.array(mask)
    by = min(by, mask.shape[axis])
    done = 0
    while done < by:
        step = min(max(1, done), by - done) if done else 1
        out = _either_side(out, step, axis)
        done += step
    return out


def _either_side(mask: Mask, step: int, axis: int) -> Mask:
    out = mask.copy()
    ahead = [slice(None), slice(None)]
    behind = [slice(None), slice(None)]
    ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
    out[tuple(ahead)] |= mask[tuple(behind)]
    out[tuple(behind)] |= mask[tuple(ahead)]
    return out
