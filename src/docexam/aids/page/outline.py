"""The outline of the document in a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.page.choosing import chosen
from docexam.aids.page.edges import Edges, Points, edges_of, points_of
from docexam.aids.page.judging import worth
from docexam.aids.page.quads import Quads, quads_of
from docexam.aids.page.rectify import aspect
from docexam.aids.page.sides import Sides, sides_of
from docexam.aids.protocol import CaptureImage
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.lines import crossing, fitted_line
from docexam.aids.raster.polygon import covered
from docexam.aids.raster.resize import fitted
from docexam.aids.remembering import remembered

LONGEST = 420
LEAST_SIDE = 24
FOUND, FILLS, NOTHING = "found", "fills", "nothing"
_NEAR = 2.0
_TURNED = float(np.radians(12))
_ENDS = 0.05
_LEAST_POINTS = 12
_SURE = 0.0
_PLAIN = 0.004
_SIDES = ("top", "right", "bottom", "left")
_OFF = 0.004
_AS_DRAWN, _AS_COLOURED = 0.25, 26.0


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the document lies.

    `kind` is FOUND, FILLS (no edge stands out, but the picture has content up to its edges) or
    NOTHING (no content either); `corners` 4 × 2 in fractions, clockwise from the top left, partly
    outside the picture where the document is; `cut` the document's sides that the picture's edge
    cuts off; `worth` what the judging gave, higher is better, 0 in doubt.
    """

    kind: str
    corners: Floats
    worth: float
    cut: tuple[str, ...]
    aspect: float


@remembered
def outline_on(capture: CaptureImage) -> Outline:
    """Return the outline in a capture."""
    return outline_of(capture.rgb(longest=LONGEST))


def outline_of(rgb: Pixels) -> Outline:
    """Return the outline in a picture (rows × columns × 3); cheap on pictures up to 2000 pixels."""
    small, _ = fitted(rgb, LONGEST)
    if min(small.shape[:2]) < LEAST_SIDE:
        return _whole(NOTHING, rgb)
    edges = edges_of(small)
    points = points_of(edges)
    sides = sides_of(edges, points)
    quads = quads_of(sides, edges.width, edges.height)
    values = worth(edges, sides, quads)
    if not len(values) or values.max() < _SURE:
        busy = len(edges.fine.rows) / (edges.width * edges.height)
        return _whole(FILLS if busy > _PLAIN else NOTHING, rgb, values)
    best = chosen(sides, quads, values)
    corners = _upright(_refined(points, sides, quads, best))
    size = np.array((edges.width, edges.height), np.float64)
    height, width = rgb.shape[:2]
    cut = _cut(corners / size)
    if len(cut) == 4 or (len(cut) == 3 and _goes_on(edges, corners)):
        return _whole(FILLS, rgb, values)
    shape = aspect(corners / size * (width, height), width, height)
    return Outline(FOUND, corners / size, float(values[best]), cut, shape)


def _goes_on(edges: Edges, corners: Floats) -> bool:
    """Whether what lies beyond the only side inside the picture is more of the document.

    A coloured head or the other half of a booklet has its colour and its print; a table has not.
    """
    inside = covered(corners, edges.width, edges.height)
    if inside.all() or not inside.any():
        return False
    drawn = np.bincount(inside[edges.fine.rows, edges.fine.columns].astype(np.intp), minlength=2)
    dense = drawn[0] / (~inside).sum(), drawn[1] / inside.sum()
    rows, columns = edges.plain.shape[:2]
    scale = (columns / edges.width, rows / edges.height)
    near = covered(corners * scale, columns, rows)
    if near.all() or not near.any():
        return False
    gap = np.median(edges.plain[near], axis=0) - np.median(edges.plain[~near], axis=0)
    return bool(dense[0] > _AS_DRAWN * dense[1] and np.linalg.norm(gap) < _AS_COLOURED)


def _whole(kind: str, rgb: Pixels, values: Floats | None = None) -> Outline:
    corners = np.array(((0, 0), (1, 0), (1, 1), (0, 1)), np.float64)
    best = float(values.max()) if values is not None and len(values) else -20.0
    return Outline(kind, corners, best, _SIDES, rgb.shape[1] / rgb.shape[0])


def _refined(points: Points, sides: Sides, quads: Quads, number: int) -> Floats:
    """Return the corners with each side fitted anew to the edge points along it."""
    corners = quads.corners[number]
    lines = []
    for k, side in enumerate(quads.sides[number]):
        line = (float(sides.cos[side]), float(sides.sin[side]), float(sides.distance[side]))
        if side < len(sides.cos) - 4:
            line = _fitted(points, line, corners[k], corners[(k + 1) % 4])
        lines.append(line)
    spots = [crossing(lines[k - 1], lines[k]) for k in range(4)]
    moved = np.array([p if p is not None else corners[k] for k, p in enumerate(spots)])
    # A fit that runs away followed something else.
    return moved if np.abs(moved - corners).max() < 4 * _NEAR else corners


def _fitted(
    points: Points, line: tuple[float, float, float], start: Floats, end: Floats
) -> tuple[float, float, float]:
    theta = float(np.arctan2(line[1], line[0]) % np.pi)
    mine = points.turned(theta, _TURNED)
    way = end - start
    length = float(np.hypot(*way))
    along = ((mine.x - start[0]) * way[0] + (mine.y - start[1]) * way[1]) / length**2
    off = mine.x * line[0] + mine.y * line[1] - line[2]
    mine = mine.only((np.abs(off) < _NEAR) & (along > _ENDS) & (along < 1 - _ENDS))
    return fitted_line(mine.x, mine.y, mine.weight) if len(mine.x) >= _LEAST_POINTS else line


def _upright(corners: Floats) -> Floats:
    """Return the corners from that one whose side runs most nearly from left to right."""
    step = np.roll(corners, -1, axis=0) - corners
    return np.asarray(np.roll(corners, -int(np.argmax(step[:, 0] / np.hypot(*step.T))), axis=0))


def _cut(corners: Floats) -> tuple[str, ...]:
    """Return which sides of the page lie on the picture's edge or beyond it."""
    beyond = []
    for k, name in enumerate(_SIDES):
        one, other = corners[k], corners[(k + 1) % 4]
        middle = (one + other) / 2
        both = [
            (one[axis] - edge) * sign < _OFF and (other[axis] - edge) * sign < _OFF
            for axis, edge, sign in ((0, 0, 1), (1, 0, 1), (0, 1, -1), (1, 1, -1))
        ]
        if any(both) or (middle < 0).any() or (middle > 1).any():
            beyond.append(name)
    return tuple(beyond)
