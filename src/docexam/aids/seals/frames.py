"""Stamps with straight sides: frames of three or four lines of ink around lettering.

Each clump of ink is looked at on its own. Its strongest straight lines are found by voting
(Hough), and every three or four of them that enclose something are tried: ink must run along the
sides, stop at the corners (the rules of a form go on), leave the paper outside bare and stand
within.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Mask, Plane
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.lines import vote
from docexam.aids.raster.morphology import dilate
from docexam.aids.seals.clumps import Clumps

_INKED = 0.25
_ANGLES, _STEP = 120, 1.25
_LINES = 13
_LONGEST_SHAPE = 4.5  # times its height: longer ones are lines of text
_PARALLEL, _ACROSS = np.radians(9.0), np.radians(58.0)
_APART = 0.14  # of the clump's diagonal
_ALONG = 28
_POINTS = 3000


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
        bare = self.beyond + self.outside + 0.5 * max(0.0, self.inset - 0.45)
        thick = 2.0 * max(0.0, self.filling - 0.62)
        lettered = 1.5 * min(self.filling, 0.25)
        return self.sides + 0.5 * self.weakest + lettered - 0.8 * bare - thick


def frames(clumps: Clumps) -> list[Frame]:
    """Return at most one frame of each clump of ink, in pixels of the map they were cut from."""
    plane = clumps.plane
    out = []
    for left, top, right, bottom in clumps.boxes:
        margin = 4
        x, y = max(0, left - margin), max(0, top - margin)
        part = plane[y : bottom + margin, x : right + margin]
        best = _best(part)
        if best is not None:
            out.append(_placed(best, x, y, clumps.factor))
    return out


def _placed(frame: Frame, x: int, y: int, factor: float) -> Frame:
    corners = tuple(
        ((u + x + 0.5) / factor - 0.5, (v + y + 0.5) / factor - 0.5) for u, v in frame.corners
    )
    return replace(frame, corners=corners)


def _best(part: Plane) -> Frame | None:
    lines = _lines(part)
    tried = [t for t in (_quads(lines, part.shape), _triangles(lines, part.shape)) if t.size]
    found = [_judged(part, corners) for corners in tried]
    good = [one for one in found if one is not None]
    return max(good, key=lambda one: one.points) if good else None


def _lines(part: Plane) -> Floats:
    """Return the strongest lines as rows of angle and distance from the middle of the part."""
    across, down = slopes(part)
    steep = np.hypot(across, down)
    rows, columns = np.nonzero(steep > 0.06)
    step = max(1, len(rows) // _POINTS)
    rows, columns = rows[::step], columns[::step]
    height, width = part.shape
    reach = float(np.hypot(height, width) / 2) + 2
    weight = np.minimum(steep[rows, columns], 0.25).astype(np.float64)
    angle = np.mod(np.arctan2(down[rows, columns], across[rows, columns]), np.pi).astype(np.float64)
    x, y = columns - (width - 1) / 2, rows - (height - 1) / 2
    votes = vote(x, y, angle, weight, _ANGLES, reach, _STEP)
    votes[:, 1:-1] += votes[:, 2:] + votes[:, :-2]
    out = []
    for _ in range(_LINES):
        row, column = divmod(int(np.argmax(votes)), votes.shape[1])
        if votes[row, column] <= 0:
            break
        out.append((row * np.pi / _ANGLES, column * _STEP - reach))
        _forget(votes, row, column, reach)
    return np.array(out).reshape(-1, 2)


def _forget(votes: Floats, row: int, column: int, reach: float) -> None:
    """Strike the votes for about the same line; beyond half a turn distances change sign."""
    for turn in range(-3, 4):
        at = row + turn
        middle = column
        if not 0 <= at < _ANGLES:
            at %= _ANGLES
            middle = round((reach - (column * _STEP - reach)) / _STEP)
        votes[at, max(0, middle - 3) : middle + 4] = 0


def _meet(lines: Floats, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> Floats:
    """Return where lines cross, from the middle of the part; far away where they hardly do."""
    a, p = lines[one, 0], lines[one, 1]
    b, q = lines[other, 0], lines[other, 1]
    det = np.sin(b - a)
    det = np.where(np.abs(det) < 1e-3, 1e-3, det)
    x = (p * np.sin(b) - q * np.sin(a)) / det
    y = (q * np.cos(a) - p * np.cos(b)) / det
    return np.stack((x, y), axis=-1)


def _quads(lines: Floats, shape: tuple[int, ...]) -> Floats:
    """Return the corners of every four lines that make a quadrilateral: n × 4 × 2."""
    apart = _APART * float(np.hypot(shape[0], shape[1]))
    pairs = [
        (i, j)
        for i, j in combinations(range(len(lines)), 2)
        if _turn(lines, i, j) < _PARALLEL and _gap(lines, i, j) > apart
    ]
    fours = [
        (i, k, j, m) for (i, j), (k, m) in combinations(pairs, 2) if _turn(lines, i, k) > _ACROSS
    ]
    if not fours:
        return np.zeros((0, 4, 2))
    four = np.array(fours)
    rings = [_meet(lines, four[:, s], four[:, (s + 1) % 4]) for s in range(4)]
    return _within(np.stack(rings, axis=1), shape)


def _triangles(lines: Floats, shape: tuple[int, ...]) -> Floats:
    threes = [
        three
        for three in combinations(range(len(lines)), 3)
        if min(_turn(lines, i, j) for i, j in combinations(three, 2)) > np.radians(35)
    ]
    if not threes:
        return np.zeros((0, 3, 2))
    three = np.array(threes)
    corners = [_meet(lines, three[:, s], three[:, (s + 1) % 3]) for s in range(3)]
    return _within(np.stack(corners, axis=1), shape)


def _turn(lines: Floats, one: int, other: int) -> float:
    apart = abs(lines[one, 0] - lines[other, 0])
    return float(min(apart, np.pi - apart))


def _gap(lines: Floats, one: int, other: int) -> float:
    flipped = abs(lines[one, 0] - lines[other, 0]) > np.pi / 2
    return float(
        abs(lines[one, 1] + lines[other, 1] if flipped else lines[one, 1] - lines[other, 1])
    )


def _within(corners: Floats, shape: tuple[int, ...]) -> Floats:
    """Return those that lie within the part and are large enough, in its pixels, clockwise."""
    height, width = shape[:2]
    placed = corners + np.array(((width - 1) / 2, (height - 1) / 2))
    slack = 3.0
    inside = (placed > -slack) & (placed < np.array((width, height)) + slack)
    following = np.roll(placed, -1, axis=1)
    cross = placed[..., 0] * following[..., 1] - following[..., 0] * placed[..., 1]
    area = cross.sum(axis=1) / 2
    placed[area < 0] = placed[area < 0, ::-1]
    sides = np.linalg.norm(following - placed, axis=2)
    shortest = sides.min(axis=1)
    long = sides.max(axis=1) > _LONGEST_SHAPE * shortest
    keep = inside.all(axis=(1, 2)) & (np.abs(area) > 0.12 * height * width) & (shortest > 8) & ~long
    return np.asarray(placed[keep], np.float64)


def _judged(part: Plane, corners: Floats) -> Frame | None:
    """Return the best of the shapes n × (3 or 4) × 2, by what is seen along their sides."""
    if not len(corners):
        return None
    ink = max(
        _INKED, 0.5 * float(np.quantile(part[part > _INKED], 0.75)) if (part > _INKED).any() else 1
    )
    middle = corners.mean(axis=1, keepdims=True)
    along = np.linspace(0.04, 0.96, _ALONG)
    sides = _inked(part, _sides(corners, along), ink).mean(axis=2)
    ends = np.array((-0.22, -0.17, -0.12, -0.07, 1.07, 1.12, 1.17, 1.22))
    beyond = _inked(part, _sides(corners, ends), ink).mean(axis=(1, 2))
    around = middle + (corners - middle) * 1.14
    outside = _inked(part, _sides(around, along), ink, 0).mean(axis=(1, 2))
    inset = _inked(part, _sides(middle + (corners - middle) * 0.87, along), ink, 0)
    inner = np.concatenate(
        [_sides(middle + (corners - middle) * k, along) for k in (0.3, 0.45, 0.6, 0.72)], axis=1
    )
    filling = _inked(part, inner, ink, 0).mean(axis=(1, 2))
    seen = (beyond, outside, inset.mean(axis=(1, 2)), filling)
    every = [
        Frame(tuple((float(x), float(y)) for x, y in c), float(s.mean()), float(s.min()), *rest)
        for c, s, *rest in zip(corners, sides, *(v.tolist() for v in seen), strict=True)
    ]
    return max(every, key=lambda one: one.points)


def _sides(corners: Floats, along: Floats) -> Floats:
    """Return points on the sides: n × sides × along × 2."""
    start, end = corners[:, :, None], np.roll(corners, -1, axis=1)[:, :, None]
    points: Floats = start + (end - start) * along[None, None, :, None]
    return points


def _inked(part: Plane, points: Floats, ink: float, slack: int = 1) -> Mask:
    """Return whether there is ink at points, or within `slack` pixels of them."""
    height, width = part.shape
    grown = dilate(part > ink, slack) if slack else part > ink
    x, y = np.rint(points[..., 0]).astype(int), np.rint(points[..., 1]).astype(int)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    there: Mask = grown[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] & inside
    return there
