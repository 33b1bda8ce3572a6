"""Straight lines of ink, and the shapes with three or four corners that they make.

Edges of ink vote for the lines they lie on (Hough); every three or four of the strongest lines
are tried, whatever else they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.lines import vote

_ANGLES, _STEP = 120, 1.25
_LINES = 13
_LONGEST_SHAPE = 4.5  # times its height: longer ones are lines of text
_PARALLEL, _ACROSS, _POINTED = np.radians(9.0), np.radians(58.0), np.radians(35.0)
_STEEP = 0.06  # of an edge that votes
_POINTS = 3000
_MOST_SHAPES = 600

_Index = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Size:
    """What a shape has to measure in pixels: its least and most area, and sides that far apart."""

    least: float
    most: float
    apart: float


def lines_of(part: Plane) -> Floats:
    """Return the strongest lines as rows of angle and distance from the middle of the part."""
    across, down = slopes(part)
    steep = np.hypot(across, down)
    rows, columns = np.nonzero(steep > _STEEP)
    weight = np.minimum(steep[rows, columns], 0.25).astype(np.float64)
    angle = np.mod(np.arctan2(down[rows, columns], across[rows, columns]), np.pi).astype(np.float64)
    some = slice(None, None, max(1, len(rows) // _POINTS))
    return _strongest(part.shape, rows[some], columns[some], weight[some], angle[some])


def _strongest(
    shape: tuple[int, ...], rows: _Index, columns: _Index, weight: Floats, angle: Floats
) -> Floats:
    """Return the lines that most edge points vote for."""
    height, width = shape[:2]
    reach = float(np.hypot(height, width) / 2) + 2
    x = np.asarray(columns - (width - 1) / 2, np.float64)
    y = np.asarray(rows - (height - 1) / 2, np.float64)
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


def _meet(lines: Floats, one: _Index, other: _Index) -> Floats:
    """Return where lines cross, from the middle of the part; far away where they hardly do."""
    a, p = lines[one, 0], lines[one, 1]
    b, q = lines[other, 0], lines[other, 1]
    det = np.sin(b - a)
    det = np.where(np.abs(det) < 1e-3, 1e-3, det)
    x = (p * np.sin(b) - q * np.sin(a)) / det
    y = (q * np.cos(a) - p * np.cos(b)) / det
    return np.stack((x, y), axis=-1)


def quads(lines: Floats, shape: tuple[int, ...], size: Size) -> Floats:
    """Return the corners of every four lines that make a quadrilateral: n × 4 × 2, clockwise."""
    apart = size.apart
    turn, gap = _turns(lines), _gaps(lines)
    one, other = np.nonzero(np.triu((turn < _PARALLEL) & (gap > apart), 1))
    first, second = np.nonzero(np.triu(turn[one][:, one] > _ACROSS, 1))
    if not first.size:
        return np.zeros((0, 4, 2))
    four = np.stack((one[first], one[second], other[first], other[second]), axis=1)
    rings = [_meet(lines, four[:, s], four[:, (s + 1) % 4]) for s in range(4)]
    return _within(np.stack(rings, axis=1), shape, size)


def triangles(lines: Floats, shape: tuple[int, ...], size: Size) -> Floats:
    """Return the corners of every three lines that make a triangle: n × 3 × 2."""
    aslant = _turns(lines) > _POINTED
    three = np.array(list(combinations(range(len(lines)), 3)), np.int64).reshape(-1, 3)
    three = three[np.all([aslant[three[:, s], three[:, (s + 1) % 3]] for s in range(3)], axis=0)]
    if not len(three):
        return np.zeros((0, 3, 2))
    corners = [_meet(lines, three[:, s], three[:, (s + 1) % 3]) for s in range(3)]
    return _within(np.stack(corners, axis=1), shape, size)


def _turns(lines: Floats) -> Floats:
    """Return by how much each line is turned against each other, 0 to a quarter turn."""
    apart = np.abs(lines[:, None, 0] - lines[None, :, 0])
    return np.asarray(np.minimum(apart, np.pi - apart))


def _gaps(lines: Floats) -> Floats:
    """Return how far lines that run alike are apart; beyond half a turn distances change sign."""
    angle, distance = lines.T
    flipped = np.abs(angle[:, None] - angle) > np.pi / 2
    return np.asarray(np.abs(distance[:, None] - np.where(flipped, -distance, distance)))


def _within(corners: Floats, shape: tuple[int, ...], size: Size) -> Floats:
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
    keep = inside.all(axis=(1, 2)) & (shortest > 8) & ~long
    keep &= (np.abs(area) >= size.least) & (np.abs(area) <= size.most)
    return np.asarray(placed[keep][:_MOST_SHAPES], np.float64)
