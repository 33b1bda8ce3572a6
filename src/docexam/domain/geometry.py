"""Regions as geometry: four points in fractions of the upright image.

Points are (x, y) with x to the right and y down, 0..1 of width and height, in order around the
region. A box is the simple case: its corners from the top left, clockwise. Lengths in pixels
need the capture's width and height, because the two fractions differ in scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from docexam.errors import InputError

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
Box = tuple[float, float, float, float]

_CORNERS = 4
_EDGE_SLACK = 1e-6
_LEAST_AREA = 1e-10
_SAME_POINT = 1e-7
_DIGITS = 6
_LEAST_FACTOR = 0.05


def problem(points: Sequence[Sequence[float]]) -> str:
    """Return what keeps `points` from being a region, as a sentence, or an empty string.

    A region has four finite corners within the image (a hair of rounding outside is let pass),
    no two of them alike, encloses an area, and its outline does not cross itself.
    """
    if len(points) != _CORNERS:
        return f"A region has four corners; this one has {len(points)}."
    for pair in points:
        fault = _corner_problem(pair)
        if fault:
            return fault
    a, b, c, d = ((pair[0], pair[1]) for pair in points)
    if _crosses(a, b, c, d) or _crosses(b, c, d, a):
        return "The outline of the region crosses itself; give its corners in order."
    if area((a, b, c, d)) < _LEAST_AREA:
        return "The region encloses no area; give it some width and height."
    if any(_near(p, q) for p, q in combinations((a, b, c, d), 2)):
        return "Two corners of the region are the same point."
    return ""


def _corner_problem(pair: Sequence[float]) -> str:
    if len(pair) != 2:
        return "A corner is two numbers, across and down."
    for value in pair:
        if not math.isfinite(value):
            return "A corner of the region is not a finite number."
        if not -_EDGE_SLACK <= value <= 1.0 + _EDGE_SLACK:
            return f"{value:g} lies outside the image; corners are fractions of it from 0 to 1."
    return ""


def quad(points: Iterable[Sequence[float]]) -> Quad:
    """Return `points` as a region, rounding outside the image pulled onto its edge.

    Raises InputError with the sentence of `problem`.
    """
    spots = [tuple(pair) for pair in points]
    fault = problem(spots)
    if fault:
        raise InputError("DX-REGION", fault)
    a, b, c, d = (within_image((pair[0], pair[1])) for pair in spots)
    return a, b, c, d


def within_image(point: Point) -> Point:
    """Return the point of the image nearest to `point`."""
    return min(max(float(point[0]), 0.0), 1.0), min(max(float(point[1]), 0.0), 1.0)


# --- boxes -------------------------------------------------------------------------------------


def box_quad(x: float, y: float, width: float, height: float) -> Quad:
    """Return a box, given in fractions, as a checked region. Raises InputError."""
    if not (width > 0 and height > 0):
        raise InputError("DX-REGION", "The box has no width or no height; give both above 0.")
    right, bottom = x + width, y + height
    return quad(((x, y), (right, y), (right, bottom), (x, bottom)))


def spanned(one: Point, other: Point) -> Quad | None:
    """Return the box between two opposite corners, or None where it encloses nothing."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return None if problem(corners) else quad(corners)


def bounding_box(points: Iterable[Point]) -> Box:
    """Return x, y, width, height of the upright box around the points."""
    spots = list(points)
    left, top = min(p[0] for p in spots), min(p[1] for p in spots)
    return left, top, max(p[0] for p in spots) - left, max(p[1] for p in spots) - top


def is_box(shape: Sequence[Point]) -> bool:
    """Whether four points are an upright box (from any corner, either way round)."""
    if len(shape) != _CORNERS:
        return False
    left, top, width, height = bounding_box(shape)
    corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    return all(any(_near(p, corner) for p in shape) for corner in corners)


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= _SAME_POINT and abs(one[1] - other[1]) <= _SAME_POINT


# --- measures ----------------------------------------------------------------------------------


def area(points: Sequence[Point]) -> float:
    """Return the area of a polygon (shoelace), in the square of its points' unit."""
    twice = 0.0
    for (x, y), (next_x, next_y) in zip(points, [*points[1:], *points[:1]], strict=True):
        twice += x * next_y - next_x * y
    return abs(twice) / 2.0


def shorter_side_px(shape: Sequence[Point], width: int, height: int) -> float:
    """Return a region's shorter side in pixels of an image of `width`×`height`.

    For any quadrilateral it is its least thickness: the narrowest strip that holds it whole.
    For a box, also a tilted one, that is the shorter side; a flat rhombus does not pass as
    large because its sides are long.
    """
    spots = [(x * width, y * height) for x, y in shape]
    reaches = [_reach(a, b, spots) for a, b in combinations(spots, 2) if a != b]
    return min(reaches, default=0.0)


def _reach(a: Point, b: Point, spots: Sequence[Point]) -> float:
    """Return how wide a strip along the line a-b must be to hold every point."""
    along_x, along_y = b[0] - a[0], b[1] - a[1]
    length = math.hypot(along_x, along_y)
    offsets = [((p[0] - a[0]) * along_y - (p[1] - a[1]) * along_x) / length for p in spots]
    return max(offsets) - min(offsets)


def contains(shape: Sequence[Point], point: Point) -> bool:
    """Whether a point lies in a region (its edge counts)."""
    return any(_in_triangle(triangle, point) for triangle in _triangles(shape))


def overlap(one: Sequence[Point], other: Sequence[Point]) -> float:
    """Return the share of their union that two regions have in common, 0 to 1."""
    common = sum(area(_clipped(a, b)) for a in _triangles(one) for b in _triangles(other))
    union = area(one) + area(other) - common
    return min(max(common / union, 0.0), 1.0) if union > 0 else 0.0


# --- changing ----------------------------------------------------------------------------------


def nearest_corner(shape: Quad, point: Point, width: int, height: int) -> tuple[int, float]:
    """Return the index of the corner nearest to a point and its distance in image pixels."""
    distances = [math.hypot((x - point[0]) * width, (y - point[1]) * height) for x, y in shape]
    index = min(range(_CORNERS), key=distances.__getitem__)
    return index, distances[index]


def move_corner(shape: Quad, index: int, to: Point, *, keep_box: bool = False) -> Quad | None:
    """Return the region with one corner moved (kept within the image), None if that is no region.

    With `keep_box` a box stays a box: the opposite corner is held, the neighbours follow.
    """
    target = within_image(to)
    if keep_box and is_box(shape):
        return spanned(shape[(index + 2) % _CORNERS], target)
    moved = list(shape)
    moved[index] = target
    return None if problem(moved) else quad(moved)


def nudge(shape: Quad, dx: float, dy: float) -> Quad:
    """Move a region by fractions of the image; it stops, unchanged in shape, at the edge."""
    left, top, width, height = bounding_box(shape)
    dx = min(max(dx, -left), 1.0 - left - width)
    dy = min(max(dy, -top), 1.0 - top - height)
    a, b, c, d = (within_image((x + dx, y + dy)) for x, y in shape)
    return a, b, c, d


def grow(shape: Quad, dx: float, dy: float) -> Quad:
    """Scale a region about its middle so that its box is `2·dx` wider and `2·dy` higher.

    Negative values shrink it; it neither leaves the image nor loses its area.
    """
    left, top, width, height = bounding_box(shape)
    middle = (left + width / 2, top + height / 2)
    across = _factor(width, dx)
    down = _factor(height, dy)
    moved = [
        within_image((middle[0] + (x - middle[0]) * across, middle[1] + (y - middle[1]) * down))
        for x, y in shape
    ]
    return shape if problem(moved) else quad(moved)


def _factor(side: float, change: float) -> float:
    wanted = (side + 2 * change) / side if side > 0 else 1.0
    return max(wanted, _LEAST_FACTOR)


# --- forms -------------------------------------------------------------------------------------


def region_text(shape: Sequence[Point]) -> str:
    """Return the command line's form: `X,Y,W,H` for a box, else `X1,Y1;X2,Y2;X3,Y3;X4,Y4`."""
    if is_box(shape):
        return ",".join(_short(v) for v in bounding_box(shape))
    return ";".join(f"{_short(x)},{_short(y)}" for x, y in shape)


def region_json(shape: Sequence[Point]) -> dict[str, list[float] | list[list[float]]]:
    """Return the JSON form: `box` as [x, y, w, h], or `polygon` as [[x, y], …]."""
    if is_box(shape):
        return {"box": [round(v, _DIGITS) for v in bounding_box(shape)]}
    return {"polygon": [[round(x, _DIGITS), round(y, _DIGITS)] for x, y in shape]}


def _short(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".") or "0"


# --- plane geometry ----------------------------------------------------------------------------


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the sides a-b and c-d cut through each other."""
    return (_cross(a, b, c) * _cross(a, b, d) < 0) and (_cross(c, d, a) * _cross(c, d, b) < 0)


def _triangles(shape: Sequence[Point]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Split a simple quadrilateral in two, along the diagonal that lies inside it."""
    a, b, c, d = shape
    if _cross(a, c, b) * _cross(a, c, d) <= 0:
        return (a, b, c), (a, c, d)
    return (b, c, d), (b, d, a)


def _in_triangle(triangle: Sequence[Point], point: Point) -> bool:
    a, b, c = triangle
    sides = _cross(a, b, point), _cross(b, c, point), _cross(c, a, point)
    return not (min(sides) < -_LEAST_AREA and max(sides) > _LEAST_AREA)


def _clipped(subject: Sequence[Point], triangle: Sequence[Point]) -> list[Point]:
    """Return the part of a convex polygon within a triangle (Sutherland and Hodgman)."""
    a, b, c = triangle
    turn = 1.0 if _cross(a, b, c) >= 0 else -1.0
    kept = list(subject)
    for start, end in ((a, b), (b, c), (c, a)):
        kept = _half(kept, start, end, turn)
    return kept


def _half(points: Sequence[Point], start: Point, end: Point, turn: float) -> list[Point]:
    out: list[Point] = []
    for here, following in zip(points, [*points[1:], *points[:1]], strict=True):
        side, next_side = _cross(start, end, here) * turn, _cross(start, end, following) * turn
        if side >= 0:
            out.append(here)
        if (side > 0 > next_side) or (side < 0 < next_side):
            share = side / (side - next_side)
            out.append(
                (
                    here[0] + share * (following[0] - here[0]),
                    here[1] + share * (following[1] - here[1]),
                )
            )
    return out
