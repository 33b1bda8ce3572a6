"""Quads made of four candidate sides, the best-borne ones first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.page.sides import STRIDE, Sides
from docexam.aids.raster.arrays import Floats

_Index = npt.NDArray[np.int64]
_SLOTS, _MOST_PAIRS = 12, 70
_LEAN = np.cos(np.radians(28))
_SQUARE = np.cos(np.radians(52))
_LEAST_SHARE = 0.03
_LEAST_SIDE = 0.1
_OUTSIDE = 0.25
_BORDER = 0.8
_STROKES = 0.4
_ALIKE = 3.0
KEPT = 90


@dataclass(frozen=True, slots=True)
class Quads:
    """Candidates, best first: `corners` n × 4 × 2 in pixels, clockwise; `sides` n × 4 numbers of
    the lines from corner k to corner k + 1; `borne` n × 4 share of each side an edge follows;
    `rough` n scores."""

    corners: Floats
    sides: _Index
    borne: Floats
    rough: Floats


def quads_of(sides: Sides, width: int, height: int) -> Quads:
    """Return the best-borne quads of a picture of that size, none that says the same twice."""
    first, second = _pairs(sides, width, height)
    one, other = _crossed(sides, first, second)
    a, b, c, d = first[one], second[one], first[other], second[other]
    x, y, t = _crossings(sides)
    near = (np.abs(x / width - 0.5) < 0.5 + _OUTSIDE) & (np.abs(y / height - 0.5) < 0.5 + _OUTSIDE)
    all_near = near[a, c] & near[a, d] & near[b, c] & near[b, d]
    a, b, c, d = a[all_near], b[all_near], c[all_near], d[all_near]
    order = np.stack((a, c, b, d), axis=1)
    behind = np.stack((d, a, c, b), axis=1)
    ahead = np.stack((c, b, d, a), axis=1)
    corners = np.stack((x[order, behind], y[order, behind]), axis=2)
    keep = _sound(corners, width, height)
    order, behind, ahead, corners = order[keep], behind[keep], ahead[keep], corners[keep]
    spans = t[order, behind], t[order, ahead]
    borne = followed(sides, sides.borne, order, *spans)
    parted = followed(sides, sides.parted, order, *spans)
    rough = _rough(_STROKES * borne + (1 - _STROKES) * parted, corners, width, height)
    best = _different(corners, rough)
    return _clockwise(Quads(corners[best], order[best], borne[best], rough[best]))


def _pairs(sides: Sides, width: int, height: int) -> tuple[_Index, _Index]:
    """Return pairs of lines that could face each other."""
    cos, sin = sides.cos, sides.sin
    along = np.abs(cos[:, None] * cos + sin[:, None] * sin)
    sign = np.sign(cos[:, None] * cos + sin[:, None] * sin)
    middle = sides.distance - cos * width / 2 - sin * height / 2
    apart = np.abs(middle[:, None] - sign * middle)
    upper = np.triu(np.ones(along.shape, np.bool_), 1)
    fits = upper & (along > _LEAN) & (apart > _LEAST_SIDE * min(width, height))
    first, second = np.nonzero(fits)
    # Lines of writing are many and all run one way: each direction gets its own share of pairs.
    borne = sides.parted[:, -1] + 0.3 * sides.borne[:, -1]
    borne[-4:] = _BORDER * np.array((height, width, height, width))
    worth = np.sqrt(borne[first] * borne[second])
    turn = np.arctan2(sin[first], cos[first]) % np.pi
    slot = np.asarray(turn * (_SLOTS / np.pi), np.int64) % _SLOTS
    order = np.lexsort((-worth, slot))
    starts = np.searchsorted(slot[order], np.arange(_SLOTS))
    rank = np.arange(len(order)) - starts[slot[order]]
    best = np.sort(order[rank < _MOST_PAIRS])
    return first[best], second[best]


def _crossed(sides: Sides, first: _Index, second: _Index) -> tuple[_Index, _Index]:
    """Return pairs of pairs that stand roughly square to each other."""
    turn = np.arctan2(sides.sin, sides.cos) * 2
    cos, sin = np.cos(turn), np.sin(turn)
    mean = np.arctan2(sin[first] + sin[second], cos[first] + cos[second]) / 2
    along = np.abs(np.cos(mean[:, None] - mean))
    upper = np.triu(np.ones(along.shape, np.bool_), 1)
    one, other = np.nonzero(upper & (along < _SQUARE))
    return one, other


def _crossings(sides: Sides) -> tuple[Floats, Floats, Floats]:
    """Return where each two lines cross (x, y), and the parameter on the first of them."""
    c, s, d = sides.cos, sides.sin, sides.distance
    det = c[:, None] * s - s[:, None] * c
    det = np.where(np.abs(det) < 1e-6, np.nan, det)
    x = (d[:, None] * s - s[:, None] * d) / det
    y = (c[:, None] * d - d[:, None] * c) / det
    t = y * c[:, None] - x * s[:, None]
    return x, y, t


def _sound(corners: Floats, width: int, height: int) -> npt.NDArray[np.bool_]:
    """Return which quads lie near the picture, turn one way and are large enough."""
    with np.errstate(invalid="ignore"):
        after = np.roll(corners, -1, axis=1)
        step = after - corners
        following = np.roll(step, -1, axis=1)
        turn = step[..., 0] * following[..., 1] - step[..., 1] * following[..., 0]
        convex = (turn > 0).all(axis=1) | (turn < 0).all(axis=1)
        lengths = np.hypot(step[..., 0], step[..., 1])
        long_enough = lengths.min(axis=1) > _LEAST_SIDE * min(width, height)
        large = np.abs(areas(corners)) > _LEAST_SHARE * width * height
        sound: npt.NDArray[np.bool_] = convex & long_enough & large
    return sound


def areas(corners: Floats) -> Floats:
    """Return the area of each quad (… × 4 × 2) in square pixels, negative where anticlockwise."""
    x, y = corners[..., 0], corners[..., 1]
    nx, ny = np.roll(x, -1, axis=-1), np.roll(y, -1, axis=-1)
    return np.asarray((x * ny - nx * y).sum(axis=-1) / 2)


def followed(sides: Sides, running: Floats, lines: _Index, start: Floats, end: Floats) -> Floats:
    """Return the share of lines between two parameters, as far as in view, that an edge follows.

    `running` is one of the running sums of `sides`. The picture's borders count as 0.8.
    """
    low = sides.place(np.minimum(start, end))
    high = sides.place(np.maximum(start, end))
    seen = sides.inside[lines, high] - sides.inside[lines, low]
    borne = running[lines, high] - running[lines, low]
    share = borne / np.maximum(seen, 1)
    # A side that hardly shows cannot count as borne, however well its rest is.
    share *= np.minimum(1.0, seen / np.maximum(0.3 * STRIDE * (high - low), 1))
    return np.where(lines >= len(sides.cos) - 4, _BORDER, share)


def _rough(borne: Floats, corners: Floats, width: int, height: int) -> Floats:
    share = np.clip(np.abs(areas(corners)) / (width * height), 0, 1)
    even = np.prod(np.maximum(borne, 0.01), axis=1) ** 0.25
    borders = (borne == _BORDER).sum(axis=1)
    return np.asarray(even * share**0.12 - 1.0 * (borders > 3))


def _different(corners: Floats, rough: Floats) -> _Index:
    """Return the numbers of the best quads, without those like a better one."""
    order = np.argsort(-rough, kind="stable")[: 8 * KEPT]
    # The greatest of eight rows is found many times faster than that of eight columns.
    turned = np.ascontiguousarray(_sorted(corners[order]).reshape(len(order), 8).T)
    left = np.ones(len(order), np.bool_)
    kept: list[int] = []
    for i in range(len(order)):
        if left[i]:
            kept.append(int(order[i]))
            left &= np.abs(turned - turned[:, i, None]).max(axis=0) > _ALIKE
            if len(kept) == KEPT:
                break
    return np.array(kept, np.int64)


def _sorted(corners: Floats) -> Floats:
    """Return each quad's corners from the one nearest to the top left."""
    first = np.argmin(corners.sum(axis=2), axis=1)
    at = (first[:, None] + np.arange(4)) % 4
    turned = np.take_along_axis(corners, at[..., None], axis=1)
    flip = areas(turned) < 0
    turned[flip] = turned[flip][:, (0, 3, 2, 1)]
    return turned


def _clockwise(quads: Quads) -> Quads:
    """Return the quads with every one going clockwise on the screen."""
    flip = areas(quads.corners) < 0
    corners, sides, borne = quads.corners.copy(), quads.sides.copy(), quads.borne.copy()
    corners[flip] = corners[flip][:, (0, 3, 2, 1)]
    sides[flip] = sides[flip][:, (3, 2, 1, 0)]
    borne[flip] = borne[flip][:, (3, 2, 1, 0)]
    return Quads(corners, sides, borne, quads.rough)
