"""Stamps with straight sides: frames of three or four lines of ink around lettering.

The strongest straight lines near a sighting are found by voting (Hough), and every three or four
of them that enclose about what was seen are tried: ink must run along the sides, stop at the
corners (the rules of a form go on), leave the paper outside bare and stand within.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask, Plane
from docexam.aids.raster.morphology import dilate
from docexam.aids.seals.sides import drawn
from docexam.aids.seals.straight import Size, lines_of, quads, triangles

_INKED = 0.25
_OFF = 0.35  # of the radius: how far from where it is expected the middle may be
_ALONG = 28
_TURN, _SIZES = 4.0, (0.93, 1.0, 1.07)  # degrees, and shares of what is expected
_DRAWN, _HOPELESS = 8, 0.3  # so many of the best are drawn to the ink, and what is none of them


@dataclass(frozen=True, slots=True)
class Expected:
    """What frame is looked for: how many corners, its middle, half its sides, its size (pixels)."""

    corners: int
    middle: tuple[float, float]
    half: tuple[float, float]
    size: Size

    @property
    def radius(self) -> float:
        """Return half the side of a square of the same area."""
        return float(np.sqrt(self.half[0] * self.half[1]))

    def shapes(self) -> Floats:
        """Return the frame turned every way and a little smaller and larger: n × corners × 2."""
        plain = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1)), np.float64)
        if self.corners == 3:
            plain = np.array(((0, -1), (1, 1), (-1, 1)), np.float64)
        turns = np.radians(np.arange(0.0, 360.0 if self.corners == 3 else 180.0, _TURN))
        c, s = np.cos(turns), np.sin(turns)
        spins = np.stack((c, s, -s, c), axis=1).reshape(-1, 2, 2)
        turned = (plain * self.half) @ spins
        sized = np.concatenate([turned * size for size in _SIZES])
        return np.asarray(sized + np.array(self.middle), np.float64)


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

    def times(self, factor: float) -> Frame:
        """Return the frame in pixels of the picture that is `factor` times as large."""
        corners = tuple(
            ((x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5) for x, y in self.corners
        )
        return replace(self, corners=corners)


def frame_near(part: Plane, expected: Expected) -> Frame | None:
    """Return the frame that best stands where one is expected, in pixels of the part."""
    lines = lines_of(part)
    shapes = triangles if expected.corners == 3 else quads
    found = shapes(lines, part.shape, expected.size)
    off = np.hypot(*(found.mean(axis=1) - expected.middle).T)
    return _judged(part, np.concatenate([found[off < _OFF * expected.radius], expected.shapes()]))


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
