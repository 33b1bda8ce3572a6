"""Faces in a picture: a cascade from a coarse scan to boxes with landmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.face.networks import run
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.resize import resized

LEAST_FACE = 20
_CELL, _STRIDE, _STEP = 12, 2, 0.709
_MOST_BOXES = 400
LANDMARKS = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure each of the three networks must be for a candidate to go on."""

    scan: float
    second: float
    third: float


STRICT = Limits(0.6, 0.7, 0.9)
# Inside what looks like a photograph a face is expected: seals and old prints cost certainty.
EASY = Limits(0.4, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Face:
    """A face: box left, top, right, bottom, the network's score, five landmarks (x, y), pixels."""

    box: Floats
    score: float
    landmarks: Floats


def faces_in(rgb: Pixels, tell: Callable[[float], None], limits: Limits = STRICT) -> list[Face]:
    """Return the faces of a picture, the surest first; `tell` hears the share done."""
    boxes = _scanned(rgb, tell, limits.scan)
    tell(0.6)
    if not len(boxes):
        return []
    shifts, odds = run("rnet", _cut(rgb, boxes, 24))
    boxes, shifts, score = _passed(boxes, shifts, odds[:, 1], limits.second)
    keep = _separate(boxes, score, 0.7, least=False)
    boxes = _square(_shifted(boxes[keep], shifts[keep]))
    tell(0.8)
    return _last(rgb, boxes, limits.third) if len(boxes) else []


def _last(rgb: Pixels, boxes: Floats, least: float) -> list[Face]:
    shifts, marks, odds = run("onet", _cut(rgb, boxes, 48))
    score = odds[:, 1]
    sure = score > least
    boxes, shifts, marks, score = boxes[sure], shifts[sure], marks[sure], score[sure]
    size = boxes[:, 2:] - boxes[:, :2] + 1
    x = boxes[:, :1] + marks[:, :5] * size[:, :1]
    y = boxes[:, 1:2] + marks[:, 5:] * size[:, 1:]
    boxes = _shifted(boxes, shifts)
    keep = _separate(boxes, score, 0.6, least=True)
    return [Face(boxes[k], float(score[k]), np.stack((x[k], y[k]), axis=1)) for k in keep]


def _scanned(rgb: Pixels, tell: Callable[[float], None], least: float) -> Floats:
    """Return the candidates of the coarse scan over all sizes, as squares."""
    height, width = rgb.shape[:2]
    scale = _CELL / LEAST_FACE
    found: list[Floats] = []
    scores: list[Floats] = []
    while min(height, width) * scale >= _CELL:
        small = resized(rgb, int(np.ceil(width * scale)), int(np.ceil(height * scale)))
        shifts, odds = run("pnet", small[None])
        boxes, score = _cells(shifts[0], odds[0, :, :, 1], scale, least)
        keep = _separate(boxes, score, 0.5, least=False)[:_MOST_BOXES]
        found.append(boxes[keep])
        scores.append(score[keep])
        scale *= _STEP
        tell(min(0.5, 0.05 * len(found)))
    if not found:
        return np.zeros((0, 4))
    boxes, score = np.concatenate(found), np.concatenate(scores)
    keep = _separate(boxes, score, 0.7, least=False)[:_MOST_BOXES]
    return _square(boxes[keep])


def _cells(shifts: Floats, odds: Floats, scale: float, least: float) -> tuple[Floats, Floats]:
    rows, columns = np.nonzero(odds > least)
    corner = np.stack((columns, rows), axis=1).astype(np.float64) * _STRIDE
    boxes = np.concatenate((corner, corner + _CELL), axis=1) / scale
    side = _CELL / scale
    return boxes + shifts[rows, columns] * side, odds[rows, columns]


def _passed(
    boxes: Floats, shifts: Floats, score: Floats, least: float
) -> tuple[Floats, Floats, Floats]:
    sure = score > least
    return boxes[sure], shifts[sure], score[sure]


def _shifted(boxes: Floats, shifts: Floats) -> Floats:
    size = boxes[:, 2:] - boxes[:, :2] + 1
    return np.asarray(boxes + shifts * np.concatenate((size, size), axis=1))


def _square(boxes: Floats) -> Floats:
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True, initial=1.0) / 2
    return np.asarray(np.rint(np.concatenate((middle - half, middle + half), axis=1)), np.float64)


def _cut(rgb: Pixels, boxes: Floats, side: int) -> Pixels:
    """Return each box as a `side` × `side` picture, black where it leaves the picture."""
    height, width = rgb.shape[:2]
    out = np.zeros((len(boxes), side, side, 3), np.uint8)
    for k, (left, top, right, bottom) in enumerate(boxes.astype(int).tolist()):
        piece = np.zeros((max(1, bottom - top), max(1, right - left), 3), np.uint8)
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        if x1 > x0 and y1 > y0:
            piece[y0 - top : y1 - top, x0 - left : x1 - left] = rgb[y0:y1, x0:x1]
        out[k] = resized(piece, side, side)
    return out


def _separate(boxes: Floats, score: Floats, most: float, *, least: bool) -> npt.NDArray[np.int64]:
    """Return the numbers of the best boxes, without those that cover a better one too far.

    The share is of the union, or with `least` of the smaller of the two.
    """
    order = np.argsort(-score, kind="stable")
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    kept: list[int] = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(int(best))
        low = np.maximum(boxes[order, :2], boxes[best, :2])
        high = np.minimum(boxes[order, 2:], boxes[best, 2:])
        common = np.prod(np.maximum(high - low, 0), axis=1)
        whole = np.minimum(area[order], area[best]) if least else area[order] + area[best] - common
        order = order[common <= most * np.maximum(whole, 1e-9)]
    return np.array(kept, np.int64)
