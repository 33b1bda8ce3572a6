"""Homographies, and pictures seen through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from PIL import Image

from docexam.aids.raster.arrays import Floats, Pixels, Plane

_TINY = 1e-12


Points: TypeAlias = Sequence[Sequence[float]] | Floats


def homography(source: Points, target: Points) -> Floats:
    """Return the 3 × 3 matrix that takes four points of `source` to those of `target`.

    Raises numpy.linalg.LinAlgError where three of them lie on one line.
    """
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    solved = np.linalg.solve(np.array(rows, np.float64), np.array(right, np.float64))
    return np.append(solved, 1.0).reshape(3, 3)


def mapped(matrix: Floats, points: Points) -> Floats:
    """Return `points` (n × 2) moved by a homography."""
    spots = np.asarray(points, np.float64).reshape(-1, 2)
    moved = np.column_stack((spots, np.ones(len(spots)))) @ matrix.T
    depth = moved[:, 2:]
    return np.asarray(moved[:, :2] / np.where(np.abs(depth) < _TINY, _TINY, depth))


def corners_of(width: float, height: float) -> Floats:
    """Return the corners of an upright rectangle at the origin, clockwise from the top left."""
    return np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float64)


def warped(
    picture: Pixels | Plane, back: Floats, width: int, height: int, fill: float = 0.0
) -> Pixels | Plane:
    """Return `width` × `height` pixels, each read bilinearly where `back` takes its place to.

    `back` is the homography from the result to `picture`. Takes uint8 pictures (1 or 3 channels)
    and float32 planes. Beyond the picture it is `fill`. Reducing aliases: reduce first.
    """
    way = tuple((back / back[2, 2]).ravel()[:8].tolist())
    image = Image.fromarray(picture)
    shade = (round(fill),) * 3 if image.mode == "RGB" else fill
    if image.mode == "L":
        shade = round(fill)
    seen = image.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        way,
        Image.Resampling.BILINEAR,
        fillcolor=shade,
    )
    return np.asarray(seen)


def unwarped(picture: Pixels, corners: Floats, width: int, height: int) -> Pixels:
    """Return the inside of the quad `corners` (pixels) as an upright `width` × `height` picture.

    The picture is reduced first where the quad is much larger than the result.
    """
    matrix = homography(corners_of(width, height), corners)
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    coarse = int(min(max(sides[0], sides[2]) / width, max(sides[1], sides[3]) / height))
    if coarse > 1:
        picture = np.asarray(Image.fromarray(picture).reduce(coarse))
        matrix = np.diag((1 / coarse, 1 / coarse, 1.0)) @ matrix
    return np.asarray(warped(picture, matrix, width, height), np.uint8)
