"""How high the print in a picture is, in pixels: the heights of its letter-like marks.

Marks darker than what surrounds them are grouped to connected components (8-neighbourhood, by
runs of pixels, vectorised); those of a letter's size and fill are counted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Grey = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.intp]

_LONGEST = 2400
_SURROUND = 12
_DARKER = 20
_LEAST_MARKS = 40
_LEAST, _MOST = 5, 90
_FILL = (0.15, 0.92)
_MOST_RUNS = 400_000
_ROUNDS = 40
# Capitals among mixed letters: most of the smaller marks are lower case, dots and accents.
_CAPITALS = 75.0


def capital_height(grey: Grey) -> float | None:
    """Return the height of capitals in pixels of `grey` (uint8 h×w), about; None without print.

    Measured across the shorter direction for pages turned by a quarter. Handwriting, patterns
    and photographs blur it: it is a guide for how close one has to look, nothing more.
    """
    shrink: int = -(-max(grey.shape) // _LONGEST)
    image = Image.fromarray(grey)
    small = image.reduce(shrink) if shrink > 1 else image
    boxes = _components(_marks(small))
    if boxes is None:
        return None
    height, width, area = boxes
    longer = np.maximum(height, width)
    fill = area / np.maximum(height * width, 1)
    shorter = np.minimum(height, width)
    letter = (longer >= _LEAST) & (longer <= _MOST) & (shorter * 6 >= longer)
    letter &= (fill >= _FILL[0]) & (fill <= _FILL[1])
    if int(letter.sum()) < _LEAST_MARKS:
        return None
    capitals = float(np.percentile(longer[letter], _CAPITALS))
    return round(capitals * shrink, 1)


def _marks(image: Image.Image) -> npt.NDArray[np.bool_]:
    around = np.asarray(image.filter(ImageFilter.BoxBlur(_SURROUND))).astype(np.int16)
    return np.asarray(image).astype(np.int16) < around - _DARKER


def _components(marks: npt.NDArray[np.bool_]) -> tuple[Ints, Ints, Ints] | None:
    """Return height, width and area of each connected component; None for none or far too many."""
    padded = np.pad(marks, ((0, 0), (1, 1))).astype(np.int8)
    row, start = np.nonzero(np.diff(padded, axis=1) == 1)
    end = np.nonzero(np.diff(padded, axis=1) == -1)[1]
    if not 0 < row.size <= _MOST_RUNS:
        return None
    label = _joined(row.size, *_touching(row, start, end, marks.shape[1]))
    _, group = np.unique(label, return_inverse=True)
    count = int(group.max()) + 1
    area = np.bincount(group, end - start, count).astype(np.intp)
    top, left = np.full(count, 1 << 30), np.full(count, 1 << 30)
    bottom, right = np.zeros(count, np.intp), np.zeros(count, np.intp)
    np.minimum.at(top, group, row)
    np.maximum.at(bottom, group, row + 1)
    np.minimum.at(left, group, start)
    np.maximum.at(right, group, end)
    return bottom - top, right - left, area


def _touching(row: Ints, start: Ints, end: Ints, width: int) -> tuple[Ints, Ints]:
    """Return pairs of runs of neighbouring rows that touch, corners included."""
    stride = width + 2
    # Runs lie in reading order, so those of the next row that touch form a stretch.
    first = np.searchsorted(row * stride + end, (row + 1) * stride + start)
    last = np.searchsorted(row * stride + start, (row + 1) * stride + end, side="right")
    many = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(row.size), many)
    offset = np.arange(upper.size) - np.repeat(many.cumsum() - many, many)
    return upper, np.repeat(first, many) + offset


def _joined(count: int, one: Ints, other: Ints) -> Ints:
    """Return a label for each of `count` things, alike for those that pairs connect."""
    label = np.arange(count)
    for _ in range(_ROUNDS):
        low = np.minimum(label[one], label[other])
        before = label.copy()
        np.minimum.at(label, before[one], low)
        np.minimum.at(label, before[other], low)
        label = label[label]
        if (label == before).all():
            break
    return label
