"""From a pyramid and a view to the samples a pane's cells are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from docexam.imaging.enhance import Samples, enhance, needs_paper
from docexam.imaging.pyramid import Pixels, Pyramid
from docexam.imaging.view import Frame, View, screen_to_image


@dataclass(frozen=True, slots=True)
class Grid:
    """How many samples a cell has across and down: half-cells 1×2, quadrants 2×2, braille 2×4."""

    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """`samples` float32 h×w×3 in 0..255; `inside` bool h×w, true where the image is."""

    samples: Samples
    inside: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Axis:
    """One direction of the image: samples `first`..`last` see it, over `low`..`high` pixels."""

    first: int
    last: int
    low: float
    high: float


def sample(
    pyramid: Pyramid, view: View, frame: Frame, grid: Grid, background: tuple[int, int, int]
) -> Sampled:
    """Sample the view, enhanced, one sample per part of a cell; `background` beside the image."""
    across, down = frame.columns * grid.across, frame.rows * grid.down
    canvas = np.empty((down, across, 3), dtype=np.float32)
    canvas[:] = background
    inside = np.zeros((down, across), dtype=bool)
    turned = bool(view.rotation % 180)
    x_axis, y_axis = _axes(pyramid, view, frame, (down, across) if turned else (across, down))
    if x_axis.last <= x_axis.first or y_axis.last <= y_axis.first:
        return Sampled(canvas, inside)
    piece = _piece(pyramid, x_axis, y_axis)
    paper = _paper_at(pyramid, x_axis, y_axis) if needs_paper(view) else None
    shown = enhance(piece.astype(np.float32), view, paper, pyramid.ink_span)
    shown = np.rot90(shown, -(view.rotation // 90))
    place = _place(view.rotation, x_axis, y_axis, across, down)
    canvas[place] = shown
    inside[place] = True
    return Sampled(canvas, inside)


def _axes(
    pyramid: Pyramid, view: View, frame: Frame, counts: tuple[int, int]
) -> tuple[_Axis, _Axis]:
    """Return the image's x and y direction; `counts` samples lie along each of them."""
    a = screen_to_image(view, frame, (0.0, 0.0))
    b = screen_to_image(view, frame, (frame.screen_width, frame.screen_height))
    x = _axis(
        min(a[0], b[0]) * pyramid.width, abs(b[0] - a[0]) * pyramid.width, counts[0], pyramid.width
    )
    y = _axis(
        min(a[1], b[1]) * pyramid.height,
        abs(b[1] - a[1]) * pyramid.height,
        counts[1],
        pyramid.height,
    )
    return x, y


def _axis(start: float, span: float, count: int, size: int) -> _Axis:
    """Find the samples whose middle lies on the image, counted along rising image pixels."""
    step = span / count
    first = max(0, int(np.ceil(-start / step - 0.5 - 1e-9)))
    last = min(count, int(np.floor((size - start) / step - 0.5 + 1e-9)) + 1)
    return _Axis(first, last, start + first * step, start + last * step)


def _place(
    rotation: int, x_axis: _Axis, y_axis: _Axis, across: int, down: int
) -> tuple[slice, slice]:
    """Return the rows and columns of the canvas that the turned piece fills."""
    x, y = slice(x_axis.first, x_axis.last), slice(y_axis.first, y_axis.last)
    x_back = slice(across - x_axis.last, across - x_axis.first)
    y_back = slice(down - y_axis.last, down - y_axis.first)
    if rotation == 90:
        return x, slice(across - y_axis.last, across - y_axis.first)
    if rotation == 180:
        return y_back, x_back
    if rotation == 270:
        return slice(down - x_axis.last, down - x_axis.first), y
    return y, x


def _piece(pyramid: Pyramid, x_axis: _Axis, y_axis: _Axis) -> Pixels:
    """Resample the part of the best level that the two axes cover: reduced smoothly.

    Magnified pixels stay square and untouched: an examiner must see what is there.
    """
    across, down = x_axis.last - x_axis.first, y_axis.last - y_axis.first
    per_sample = min((x_axis.high - x_axis.low) / across, (y_axis.high - y_axis.low) / down)
    level = pyramid.level_for(per_sample)
    box = [v / level.factor for v in (x_axis.low, y_axis.low, x_axis.high, y_axis.high)]
    crop, local = _crop(level.pixels, box)
    method = Image.Resampling.BOX if per_sample <= level.factor else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(crop).resize((across, down), method, box=local))


def _crop(pixels: Pixels, box: list[float]) -> tuple[Pixels, tuple[float, float, float, float]]:
    """Cut `box` with a margin for the filter; edge pixels are repeated where it sticks out."""
    height, width = pixels.shape[:2]
    margin = 3 + int(3 * max((box[2] - box[0]), (box[3] - box[1])) / 64)
    left, top = max(0, int(box[0]) - margin), max(0, int(box[1]) - margin)
    right, bottom = min(width, int(box[2]) + margin + 1), min(height, int(box[3]) + margin + 1)
    crop = pixels[top:bottom, left:right]
    before_x, before_y = max(0, -int(np.floor(box[0]))), max(0, -int(np.floor(box[1])))
    after_x, after_y = max(0, int(np.ceil(box[2])) - width), max(0, int(np.ceil(box[3])) - height)
    if before_x or before_y or after_x or after_y:
        crop = np.pad(crop, ((before_y, after_y), (before_x, after_x), (0, 0)), mode="edge")
    dx, dy = before_x - left, before_y - top
    local = (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)
    limit_x, limit_y = crop.shape[1], crop.shape[0]
    return np.ascontiguousarray(crop), (
        max(0.0, local[0]),
        max(0.0, local[1]),
        min(float(limit_x), local[2]),
        min(float(limit_y), local[3]),
    )


def _paper_at(pyramid: Pyramid, x_axis: _Axis, y_axis: _Axis) -> Samples:
    """Return the local paper colour at each sample, bilinear from the coarse grid."""
    grid = pyramid.paper
    rows = _places(y_axis, pyramid.height, grid.shape[0])
    columns = _places(x_axis, pyramid.width, grid.shape[1])
    return _blend(_blend(grid, rows, 0), columns, 1)


def _places(axis: _Axis, size: int, cells: int) -> npt.NDArray[np.float32]:
    count = axis.last - axis.first
    step = (axis.high - axis.low) / count
    middles = axis.low + (np.arange(count, dtype=np.float32) + 0.5) * step
    return (middles * (cells / size) - 0.5).clip(0, cells - 1).astype(np.float32)


def _blend(grid: Samples, places: npt.NDArray[np.float32], axis: int) -> Samples:
    low = np.floor(places).astype(np.intp)
    high = np.minimum(low + 1, grid.shape[axis] - 1)
    share = (places - low).reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
    mixed: Samples = grid.take(low, axis) * (1 - share) + grid.take(high, axis) * share
    return mixed
