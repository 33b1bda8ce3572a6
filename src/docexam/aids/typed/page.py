"""The typed and printed lines of a whole page: turned upright, found, and read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from docexam.aids.mrz.image_place import text_direction
from docexam.aids.protocol import Cancelled, CaptureImage, Run
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.resize import fitted
from docexam.aids.raster.warp import mapped, warped
from docexam.aids.typed.choosing import Chosen, choose
from docexam.aids.typed.hand import Doubt, doubt
from docexam.aids.typed.lines import Box, line_boxes
from docexam.aids.typed.shapes import read_by_shapes
from docexam.aids.typed.words import read_line
from docexam.domain.geometry import Quad, problem, quad, within_image

_LONGEST = 1900
_SEARCHED = 1100
_LEAST_SIDE = 40
_MOST_LINES = 80
_TRIED = 5  # lines by which up and down are told apart
_LEAST_HIGH = 11
_LEAST_SURE = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: what was read, where it lies (fractions, clockwise), how written it looks.

    What `doubt.refused` tells of is not to be used.
    """

    chosen: Chosen
    shape: Quad
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class _Upright:
    """The page turned so that its text runs level, and the way back to the capture's pixels."""

    pixels: Pixels
    back: Floats


def read_page(capture: CaptureImage, run: Run) -> tuple[Line, ...]:
    """Return the lines of a page, from the top; empty where there are none. Raises Cancelled."""
    pixels = capture.rgb(_LONGEST)
    if min(pixels.shape[:2]) < _LEAST_SIDE:
        return ()
    run.progress(0.05, "finding the lines")
    small, _ = fitted(np.asarray(pixels.max(axis=2), np.uint8), _SEARCHED)
    angle = text_direction(small.astype(np.float32))
    if angle is None:
        return ()
    page = _turned(pixels, angle)
    boxes = _lines(page.pixels)
    if _stands_on_its_head(page.pixels, boxes):
        page = _turned(pixels, angle + np.pi)
        boxes = _lines(page.pixels)
    size = pixels.shape[1], pixels.shape[0]
    return tuple(_read_all(page, boxes, size, run))


def _turned(pixels: Pixels, angle: float) -> _Upright:
    high, wide = pixels.shape[:2]
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    width = int(abs(wide * cos) + abs(high * sin)) + 1
    height = int(abs(wide * sin) + abs(high * cos)) + 1
    back = np.array(
        [
            [cos, -sin, wide / 2 - cos * width / 2 + sin * height / 2],
            [sin, cos, high / 2 - sin * width / 2 - cos * height / 2],
            [0.0, 0.0, 1.0],
        ]
    )
    fill = float(np.median(pixels))
    return _Upright(np.asarray(warped(pixels, back, width, height, fill), np.uint8), back)


def _lines(pixels: Pixels) -> tuple[Box, ...]:
    high = pixels.shape[0]
    boxes = line_boxes(np.asarray(pixels.max(axis=2), np.uint8))
    return tuple(box for box in boxes if _LEAST_HIGH <= box[3] - box[1] <= high / 5)


def _cut(pixels: Pixels, box: Box) -> Pixels:
    left, top, right, bottom = box
    return pixels[top:bottom, left:right]


def _stands_on_its_head(pixels: Pixels, boxes: tuple[Box, ...]) -> bool:
    """Return whether the shapes of letters in the longest lines fit better when turned over."""
    longest = sorted(boxes, key=lambda box: (box[0] - box[2], box))[:_TRIED]
    balance = 0.0
    for box in longest:
        line = _cut(pixels, box)
        balance += read_by_shapes(line[::-1, ::-1]).share - read_by_shapes(line).share
    return balance > 0


def _read_all(
    page: _Upright, boxes: tuple[Box, ...], size: tuple[int, int], run: Run
) -> Iterator[Line]:
    for number, box in enumerate(boxes[:_MOST_LINES]):
        if run.cancelled():
            raise Cancelled
        run.progress(0.2 + 0.8 * number / len(boxes), "reading the lines")
        shape = _shape(page, box, size)
        picture = _cut(page.pixels, box)
        chosen = choose(read_by_shapes(picture), read_line(picture))
        if shape is None or chosen.sureness < _LEAST_SURE:
            continue
        yield Line(chosen, shape, doubt(picture, chosen))


def _shape(page: _Upright, box: Box, size: tuple[int, int]) -> Quad | None:
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    spots = mapped(page.back, corners)
    points = [within_image((x / size[0], y / size[1])) for x, y in spots.tolist()]
    return None if problem(points) else quad(points)
