"""Drawing a sighting tight to its ink, and telling what is seen of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.resize import resized_plane
from docexam.aids.seals.colour import Shade, shade
from docexam.aids.seals.density import DIRECTIONS, Direction, Ink, Window
from docexam.aids.seals.evidence import evidence
from docexam.aids.seals.fit import refined, settled
from docexam.aids.seals.frames import Expected, Frame, frame_near
from docexam.aids.seals.glance import promise
from docexam.aids.seals.naming import shape_name
from docexam.aids.seals.outline import Outline, Pyramid, as_rows, of_rows
from docexam.aids.seals.sightings import Sighting
from docexam.aids.seals.straight import Size

_AROUND = 1.45  # of the outline: how far the ink around it is looked at
_TRIES = (0.88, 0.94, 1.0, 1.06, 1.13)  # of a sighting's size, from which its ring is looked for
_MOVED, _GROWN = 0.22, 1.3  # a fitted ring farther off than that is not what was seen
_LONGEST = 300  # pixels of the part in which a frame is looked for
_LEAST_POINTS = 0.75  # of a frame that is believed
_LESS, _MORE, _APART = 0.55, 1.6, 0.5
_COLOURED = 1.0  # promise that grey must have more: every ink is grey, too
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A seal in pixels of the picture it was found on; for `lettering` see `evidence`."""

    outline: Outline
    corners: tuple[Point, ...]
    shape: str
    shade: Shade
    score: float
    ring: float
    gaps: tuple[tuple[float, float], ...]
    lettering: float


@dataclass(frozen=True, slots=True)
class _Traced:
    """An outline in one direction of ink, in pixels of the window, and how much it promises."""

    direction: Direction
    outline: Outline
    promise: float


def traced(ink: Ink, seen: Sighting) -> Found:
    """Return a sighting with its outline drawn to the ink, its shade, and how much is there."""
    window = _window(seen.outline, ink.shape)
    left, top, right, bottom = window
    start = _moved(seen.outline, -left, -top)
    planes = {direction: ink.soft(direction, window) for direction in DIRECTIONS}
    pyramids = {direction: Pyramid(plane) for direction, plane in planes.items()}
    best = max((_ring(pyramids[d], d, start) for d in DIRECTIONS), key=lambda one: one.promise)
    dense = ink.dense[:, top:bottom, left:right]
    tone = shade(dense, planes[best.direction], best.outline)
    told = evidence(pyramids[best.direction], best.outline)
    corners: tuple[Point, ...] = ()
    if seen.kind == "round":
        outline = _moved(best.outline, left, top)
        shape, ring, gaps = shape_name(outline), told.coverage, told.gaps
    else:
        frame = _frame(planes[best.direction], seen, start)
        corners = tuple((x + left, y + top) for x, y in frame.corners)
        shape = "triangle" if seen.kind == "triangle" else "rect"
        outline, ring, gaps = within(corners), frame.sides, ()
    return Found(outline, corners, shape, tone, seen.score, ring, gaps, told.lettering)


def _window(outline: Outline, shape: tuple[int, int]) -> Window:
    across, down = (reach * _AROUND + 8 for reach in outline.reach)
    height, width = shape
    left, top = max(0, int(outline.x - across)), max(0, int(outline.y - down))
    right = min(width, max(left + 32, int(outline.x + across) + 1))
    bottom = min(height, max(top + 32, int(outline.y + down) + 1))
    return max(0, min(left, right - 32)), max(0, min(top, bottom - 32)), right, bottom


def _moved(outline: Outline, x: float, y: float) -> Outline:
    return Outline(outline.x + x, outline.y + y, outline.a, outline.b, outline.d)


def _ring(pyramid: Pyramid, direction: Direction, start: Outline) -> _Traced:
    """Return the outline near a sighting that looks most like the edge of a ring."""
    tries = as_rows([start.scaled(factor) for factor in _TRIES])
    rows = np.concatenate([as_rows([start]), refined(pyramid, settled(pyramid, tries))])
    points = promise(pyramid, rows)
    good = np.array([k == 0 or _near(o, start) for k, o in enumerate(of_rows(rows))])
    points = np.where(good, points, -np.inf)
    at = int(np.argmax(points))
    least = _COLOURED if direction == "grey" else 0.0
    return _Traced(direction, of_rows(rows[at : at + 1])[0], float(points[at]) - least)


def _near(one: Outline, start: Outline) -> bool:
    grown = one.radius / start.radius
    apart = math.hypot(one.x - start.x, one.y - start.y)
    return apart < _MOVED * start.radius and 1 / _GROWN < grown < _GROWN


def _frame(plane: Plane, seen: Sighting, start: Outline) -> Frame:
    """Return the frame near a sighting; where none stands out, the one that was expected."""
    factor = min(1.0, _LONGEST / max(plane.shape))
    part = plane
    if factor < 1:
        part = resized_plane(plane, round(plane.shape[1] * factor), round(plane.shape[0] * factor))
    count = 3 if seen.kind == "triangle" else 4
    area = (2.0 if count == 3 else 4.0) * (start.radius * factor) ** 2
    size = Size(_LESS * area, _MORE * area, _APART * start.axes[1] * factor)
    corners = _expected(start, count)
    long, short, _ = start.axes
    middle = (start.x * factor, start.y * factor)
    wanted = Expected(count, middle, (long * factor, short * factor), size)
    frame = frame_near(part, wanted)
    if frame is None or frame.points < _LEAST_POINTS:
        return Frame(corners, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return frame.times(1 / factor)


def _expected(outline: Outline, count: int) -> tuple[Point, ...]:
    """Return the corners of the box along the axes of an ellipse; of three, of the upright one."""
    if count == 3:
        across, down = outline.reach
        x, y = outline.x, outline.y
        return (x, y - down), (x + across, y + down), (x - across, y + down)
    long, short, angle = outline.axes
    c, s = math.cos(angle), math.sin(angle)
    return tuple(
        (outline.x + u * long * c - v * short * s, outline.y + u * long * s + v * short * c)
        for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    )


def within(points: Sequence[Point]) -> Outline:
    """Return the ellipse that has the spread of the sides between corners."""
    corners = np.array(points)
    along = np.linspace(0, 1, 16, endpoint=False)[:, None, None]
    sides: Floats = corners[None] * (1 - along) + np.roll(corners, -1, axis=0)[None] * along
    sides = sides.reshape(-1, 2)
    middle = sides.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov((sides - middle).T))
    root = (vectors * np.sqrt(np.maximum(values, 1e-6) * 2)) @ vectors.T
    return Outline(
        float(middle[0]), float(middle[1]), float(root[0, 0]), float(root[0, 1]), float(root[1, 1])
    )
