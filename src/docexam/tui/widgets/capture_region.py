"""Drawing a region: four corners on a capture, moved by keys or by the mouse. Pure.

A `Sketch` is what is being drawn; every function returns another one. Corners are fractions of
the upright image. Directions are the screen's: right is right also on a turned picture, so the
functions that move take the view and the frame. Steps are whole pixels of the original.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docexam.domain import geometry
from docexam.domain.finding import Region, region_of
from docexam.domain.geometry import Quad
from docexam.imaging import view as views
from docexam.imaging.view import Frame, Point, View

CELL = (1.0, 2.0)
_START_SHARE = 0.3
_LEAST_PX = 1.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """A region being drawn. `corner`: the selected one, 0 to 3, or None for the whole."""

    points: Quad
    corner: int | None = None

    def shorter_side(self, frame: Frame) -> float:
        """Return the shorter side in pixels of the original."""
        return geometry.shorter_side_px(self.points, frame.width, frame.height)

    def problem(self) -> str:
        """Return why this is no region, in words, or an empty string."""
        return geometry.problem(self.points)

    def region(self, capture: str) -> Region:
        """Return the region on the capture of that SHA-256; raises InputError."""
        return region_of(capture, geometry.quad(self.points))


def started(view: View, frame: Frame, remembered: Sequence[Point] = ()) -> Sketch:
    """Begin with the remembered corners, else with a box in the middle of what is shown."""
    if len(remembered) == 4:
        return Sketch(_quad(remembered))
    half_x = frame.screen_width * _START_SHARE / 2
    half_y = frame.screen_height * _START_SHARE / 2
    middle_x, middle_y = frame.screen_width / 2, frame.screen_height / 2
    return boxed(
        view, frame, (middle_x - half_x, middle_y - half_y), (middle_x + half_x, middle_y + half_y)
    )


def boxed(view: View, frame: Frame, one: Point, other: Point) -> Sketch:
    """Return an upright box between two screen positions, cut at the image's edges."""
    a = views.screen_to_image(view, frame, one)
    b = views.screen_to_image(view, frame, other)
    left, right = _extent(a[0], b[0], frame.width)
    top, bottom = _extent(a[1], b[1], frame.height)
    return Sketch(((left, top), (right, top), (right, bottom), (left, bottom)))


def _extent(a: float, b: float, pixels: int) -> tuple[float, float]:
    """Return two fractions on whole pixels, at least one pixel apart."""
    low, high = sorted((round(_held(a) * pixels), round(_held(b) * pixels)))
    if low == high:
        low, high = (low - 1, high) if high >= pixels else (low, high + 1)
    return low / pixels, high / pixels


def _held(value: float) -> float:
    return min(max(value, 0.0), 1.0)


# --- by keys -----------------------------------------------------------------------------------


def moved(sketch: Sketch, view: View, frame: Frame, dx: float, dy: float) -> Sketch:
    """Move the selected corner, or the whole, by cells of the screen."""
    step = _step(view, frame, dx, dy)
    if sketch.corner is not None:
        at = sketch.points[sketch.corner]
        return put_corner(sketch, sketch.corner, (at[0] + step[0], at[1] + step[1]), frame)
    return replace(sketch, points=geometry.nudge(sketch.points, *step))


def sized(sketch: Sketch, view: View, frame: Frame, dx: float, dy: float) -> Sketch:
    """Make the whole wider (right) or narrower (left), taller (down) or lower (up).

    The side that lies left and up on the screen stays where it is.
    """
    spots = [views.image_to_screen(view, frame, p) for p in sketch.points]
    left, top = min(s[0] for s in spots), min(s[1] for s in spots)
    wide, tall = max(s[0] for s in spots) - left, max(s[1] for s in spots) - top
    least = max(view.scale * _LEAST_PX, 1e-9)
    unit = max(1.0, view.scale)
    across = max(wide + dx * max(CELL[0], unit), least) / max(wide, 1e-9)
    down = max(tall + dy * max(CELL[1], unit), least) / max(tall, 1e-9)
    grown = [(left + (x - left) * across, top + (y - top) * down) for x, y in spots]
    points = [views.screen_to_image(view, frame, spot) for spot in grown]
    return replace(sketch, points=_quad([_snapped(p, frame) for p in points]))


def _step(view: View, frame: Frame, dx: float, dy: float) -> Point:
    """Return a move by cells of the screen in fractions of the image, in whole pixels."""
    here = views.screen_to_image(view, frame, (0.0, 0.0))
    there = views.screen_to_image(view, frame, (dx * CELL[0], dy * CELL[1]))
    return (
        _whole((there[0] - here[0]) * frame.width) / frame.width,
        _whole((there[1] - here[1]) * frame.height) / frame.height,
    )


def _whole(pixels: float) -> float:
    """Round to whole pixels, to one at least where there is any movement."""
    if abs(pixels) < 1e-6:
        return 0.0
    return math.copysign(max(1.0, round(abs(pixels))), pixels)


def _snapped(point: Point, frame: Frame) -> Point:
    x = round(_held(point[0]) * frame.width) / frame.width
    y = round(_held(point[1]) * frame.height) / frame.height
    return x, y


def next_corner(sketch: Sketch, step: int = 1) -> Sketch:
    """Select the next corner; after the last one, the whole again."""
    at = 4 if sketch.corner is None else sketch.corner
    following = (at + step) % 5
    return replace(sketch, corner=None if following == 4 else following)


# --- by mouse ----------------------------------------------------------------------------------


def put_corner(sketch: Sketch, corner: int, point: Point, frame: Frame) -> Sketch:
    """Put one corner at a point of the image (fractions), on whole pixels within its edges."""
    points = list(sketch.points)
    points[corner] = _snapped(point, frame)
    return replace(sketch, points=_quad(points))


def _quad(points: Sequence[Point]) -> Quad:
    a, b, c, d = points
    return a, b, c, d


def corner_at(sketch: Sketch, view: View, frame: Frame, column: int, row: int) -> int | None:
    """Return the corner within one cell of a cell of the screen, the nearest, or None."""
    best: tuple[int, int] | None = None
    for number, point in enumerate(sketch.points):
        x, y = handle_cell(view, frame, point)
        distance = max(abs(x - column), abs(y - row))
        if distance <= 1 and (best is None or distance < best[0]):
            best = distance, number
    return best[1] if best else None


def handle_cell(view: View, frame: Frame, point: Point) -> tuple[int, int]:
    """Return the cell in which a corner is drawn: the one that holds it, seen from within."""
    # A corner on the far edge of the image lies, by the numbers, one cell outside of it.
    inward = (point[0] - 1e-9 if point[0] >= 1 else point[0], point[1])
    inward = (inward[0], point[1] - 1e-9 if point[1] >= 1 else point[1])
    return views.image_to_cell(view, frame, inward)


def followed(sketch: Sketch, view: View, frame: Frame) -> View:
    """Return the view panned just enough to show the selected corner, or the whole's middle."""
    if sketch.corner is not None:
        spot = views.image_to_screen(view, frame, sketch.points[sketch.corner])
    else:
        spots = [views.image_to_screen(view, frame, p) for p in sketch.points]
        spot = sum(s[0] for s in spots) / 4, sum(s[1] for s in spots) / 4
    dx, dy = _beyond(spot[0], frame.screen_width), _beyond(spot[1], frame.screen_height)
    return views.pan_by(view, frame, dx, dy) if dx or dy else view


def _beyond(at: float, size: float, margin: float = 3.0) -> float:
    margin = min(margin, size / 4)
    if at < margin:
        return at - margin
    return max(0.0, at - (size - margin))
