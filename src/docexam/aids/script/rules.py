"""Ruled lines under and beside handwriting: found by their straightness, taken out of the ink.

A line is a thin run of ink over most of the crop's width, at a slope of up to six degrees; at the
left and right edge also one over most of the height (the frame of a field). Where a stroke crosses
a line, the crossing is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_SLOPES = np.linspace(-0.1, 0.1, 21)
_LEAST_WIDTH = 40
# Over this share of the width a line runs; narrow crops hold single strokes as long as that.
_LONG, _LONG_NARROW = 0.55, 0.9
_NARROW = 2.2
_EDGE = 0.14
# So many columns are enough to find a slope by.
_LOOKED_AT = 96


def without_lines(share: Grey) -> tuple[Grey, float | None]:
    """Return the ink less its ruled lines, and the slope of those that run across, if any."""
    high, wide = share.shape
    if min(high, wide) < 12 or wide < _LEAST_WIDTH:
        return share, None
    mask = share > 0.25
    long = _LONG if wide > _NARROW * high else _LONG_NARROW
    lines, slope = _across(mask, long)
    sides, _ = _across(mask.T, 0.85)
    keep = slice(round(_EDGE * wide), wide - round(_EDGE * wide))
    sides = sides.T.copy()
    sides[:, keep] = False
    both = lines | sides
    return (np.where(both, np.float32(0), share) if both.any() else share), slope


def _across(mask: Mask, long: float) -> tuple[Mask, float | None]:
    """Return the pixels of lines that run across a mask, and their slope."""
    slope, peak = _slope(mask)
    if peak < long:
        return np.zeros_like(mask), None
    rows, columns = _sheared(mask.shape, slope)
    level = mask[rows, columns]
    line = _lines(level, max(8, round(long * mask.shape[1])))
    found = np.zeros_like(mask)
    found[rows, columns] = line
    return found, slope if bool(line.any()) else None


def _slope(mask: Mask) -> tuple[float, float]:
    """Return the slope at which a row is fullest, and how full it is."""
    step = 1 + mask.shape[1] // _LOOKED_AT
    thin = np.ascontiguousarray(mask[:, ::step])
    thin[:-1] |= thin[1:].copy()
    shift = np.arange(thin.shape[1]) * step - mask.shape[1] / 2
    rows = np.arange(thin.shape[0])[:, None]
    columns = np.arange(thin.shape[1])[None, :]
    best = (0.0, 0.0)
    for slope in _SLOPES:
        at = (rows + np.round(shift * slope).astype(np.intp)) % thin.shape[0]
        full = float(thin[at, columns].mean(axis=1).max())
        if full > best[1] + 0.02:
            best = (float(slope), full)
    return best


def _sheared(shape: tuple[int, ...], slope: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and columns to read for a mask in which that slope is level."""
    columns = np.arange(shape[1])
    shift = np.round((columns - shape[1] / 2) * slope).astype(np.intp)
    rows = (np.arange(shape[0])[:, None] + shift[None, :]) % shape[0]
    return rows, np.broadcast_to(columns[None, :], rows.shape)


def _lines(level: Mask, length: int) -> Mask:
    """Return the pixels of thin level runs at least `length` long, less what crosses them."""
    thick = max(2, level.shape[0] // 24)
    fat = level | _moved(level, 1) | _moved(level, -1)
    runs = _opened(fat, length) & level
    bold = _opened(runs.T, thick + 2).T
    above, below = _moved(level, thick + 1), _moved(level, -thick - 1)
    return runs & ~bold & ~(above & below)


def _moved(mask: Mask, by: int) -> Mask:
    """Return the mask moved down by some rows, nothing coming in."""
    moved = np.zeros_like(mask)
    if by > 0:
        moved[by:] = mask[:-by]
    else:
        moved[:by] = mask[-by:]
    return moved


def _opened(mask: Mask, length: int) -> Mask:
    """Return the parts of a mask that lie in level runs at least `length` long."""
    wide = mask.shape[1]
    if length > wide:
        return np.zeros_like(mask)
    summed = np.cumsum(np.pad(mask, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    starts = (summed[:, length:] - summed[:, :-length]) == length
    spread = np.cumsum(np.pad(starts, ((0, 0), (length, length - 1))), axis=1, dtype=np.int32)
    opened: Mask = (spread[:, length:] - spread[:, :-length])[:, :wide] > 0
    return opened
