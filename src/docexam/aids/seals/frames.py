"""Stamps with straight sides: frames of three or four lines of ink around lettering.

Each clump of ink is looked at on its own. Its strongest straight lines are found by voting
(Hough), and every three or four of them that enclose something are tried: ink must run along the
sides, stop at the corners (the rules of a form go on), leave the paper outside bare and stand
within.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask, Plane
from docexam.aids.raster.morphology import dilate
from docexam.aids.seals.clumps import Clumps
from docexam.aids.seals.sides import drawn
from docexam.aids.seals.straight import Size, lines_of, quads, triangles

_INKED = 0.25
_APART, _LEAST_OF_PART = 0.14, 0.12  # of the clump's diagonal, and of its area
_LEAST_OF_PAGE, _MOST_OF_PAGE, _NARROWEST = 0.07, 0.36, 0.04  # of the page's longer side
_ALONG = 28
_DRAWN, _HOPELESS = 4, 0.5  # so many of the best are drawn to the ink, and what is none of them


@dataclass(frozen=True, slots=True)
class Frame:
    """Three or four corners in pixels of the map, clockwise, and what was seen of the frame.

    `sides` is the share of its sides that carry ink, `weakest` that of the weakest side, `beyond`
    that of their continuations, `outside` of a line around, `inset` of one just within, and
    `filling` of its inside.
    """

    corners: tuple[tuple[float, float], ...]
    sides: float
    weakest: float
    beyond: float
    outside: float
    inset: float
    filling: float

    @property
    def points(self) -> float:
        """Return how much of a stamp it looks; higher is more."""
        lettered = 1.5 * min(self.filling, 0.25) - 2.0 * max(0.0, self.filling - 0.62)
        against = 1.1 * self.beyond + 0.8 * self.outside + 1.2 * max(0.0, self.inset - 0.45)
        return self.sides + 0.5 * self.weakest + lettered - against


def frames(clumps: Clumps) -> list[Frame]:
    """Return at most one frame of each clump of ink, in pixels of the map they were cut from."""
    plane = clumps.plane
    out = []
    for left, top, right, bottom in clumps.boxes:
        # A side may be too faint to hang together with the rest.
        margin = 4 + max(right - left, bottom - top) // 12
        x, y = max(0, left - margin), max(0, top - margin)
        part = plane[y : bottom + margin, x : right + margin]
        best = _best(part, lines_of(part), _of_part(part.shape))
        if best is not None:
            out.append(_placed(best, x, y, clumps.factor))
    best = _best(plane, lines_of(plane, aslant=True), _of_page(plane.shape))
    if best is not None:
        out.append(_placed(best, 0, 0, clumps.factor))
    return out


def _of_part(shape: tuple[int, ...]) -> Size:
    """Return what the frame of a clump measures: it is most of the clump."""
    area = float(shape[0] * shape[1])
    return Size(_LEAST_OF_PART * area, area * 2, _APART * float(np.hypot(shape[0], shape[1])))


def _of_page(shape: tuple[int, ...]) -> Size:
    """Return what a frame that stands askew anywhere on the page measures."""
    side = max(shape)
    return Size((_LEAST_OF_PAGE * side) ** 2 / 2, (_MOST_OF_PAGE * side) ** 2, _NARROWEST * side)


def _placed(frame: Frame, x: int, y: int, factor: float) -> Frame:
    corners = tuple(
        ((u + x + 0.5) / factor - 0.5, (v + y + 0.5) / factor - 0.5) for u, v in frame.corners
    )
    return replace(frame, corners=corners)


def _best(part: Plane, lines: Floats, size: Size) -> Frame | None:
    found = [_judged(part, shapes(lines, part.shape, size)) for shapes in (quads, triangles)]
    good = [one for one in found if one is not None]
    return max(good, key=lambda one: one.points) if good else None


def _judged(part: Plane, corners: Floats) -> Frame | None:
    """Return the best of the shapes n × (3 or 4) × 2, by what is seen along their sides."""
    if not len(corners):
        return None
    rough = _seen(part, corners)
    order = sorted(range(len(rough)), key=lambda i: (-rough[i].points, i))[:_DRAWN]
    if rough[order[0]].points < _HOPELESS:
        return None
    tight = _seen(part, drawn(part, corners[order]))
    return max([*tight, rough[order[0]]], key=lambda one: one.points)


def _seen(part: Plane, corners: Floats) -> list[Frame]:
    """Return what is seen of each shape."""
    bare = part > _INKED
    inked = part > (max(_INKED, 0.5 * float(np.quantile(part[bare], 0.75))) if bare.any() else 1)
    near = dilate(inked, 1)
    middle = corners.mean(axis=1, keepdims=True)
    along = np.linspace(0.04, 0.96, _ALONG)
    sides = _there(near, _sides(corners, along)).mean(axis=2)
    ends = np.array((-0.22, -0.17, -0.12, -0.07, 1.07, 1.12, 1.17, 1.22))
    beyond = _there(near, _sides(corners, ends)).mean(axis=(1, 2))
    around = middle + (corners - middle) * 1.14
    outside = _there(inked, _sides(around, along)).mean(axis=(1, 2))
    inset = _there(inked, _sides(middle + (corners - middle) * 0.87, along))
    inner = np.concatenate(
        [_sides(middle + (corners - middle) * k, along) for k in (0.3, 0.45, 0.6, 0.72)], axis=1
    )
    filling = _there(inked, inner).mean(axis=(1, 2))
    seen = (beyond, outside, inset.mean(axis=(1, 2)), filling)
    return [
        Frame(tuple((float(x), float(y)) for x, y in c), float(s.mean()), float(s.min()), *rest)
        for c, s, *rest in zip(corners, sides, *(v.tolist() for v in seen), strict=True)
    ]


def _sides(corners: Floats, along: Floats) -> Floats:
    """Return points on the sides: n × sides × along × 2."""
    start, end = corners[:, :, None], np.roll(corners, -1, axis=1)[:, :, None]
    points: Floats = start + (end - start) * along[None, None, :, None]
    return points


def _there(inked: Mask, points: Floats) -> Mask:
    """Return whether there is ink at points; beyond the part there is none."""
    height, width = inked.shape
    x, y = np.rint(points[..., 0]).astype(np.int32), np.rint(points[..., 1]).astype(np.int32)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    there: Mask = inked[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] & inside
    return there
