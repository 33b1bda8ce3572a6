"""Regions in true pixels: cropped to a new picture that carries nothing else of the original."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from docexam.domain.geometry import Point, bounding_box, problem
from docexam.errors import InputError
from docexam.imaging import sharpness
from docexam.imaging.decode import open_upright

MOST_CROP_PIXELS = 40_000_000
_NEAR = (1, 2, 4, 8)


def pixel_box(points: Sequence[Point], width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the whole pixels a region touches."""
    x, y, w, h = bounding_box(points)
    # A hair of rounding must not add a row of pixels.
    left, top = math.floor(x * width + 1e-6), math.floor(y * height + 1e-6)
    right, bottom = math.ceil((x + w) * width - 1e-6), math.ceil((y + h) * height - 1e-6)
    left, top = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
    return left, top, min(max(right, left + 1), width), min(max(bottom, top + 1), height)


def crop_png(
    source: bytes | Path, points: Sequence[Point], out_size_cap: int = MOST_CROP_PIXELS
) -> bytes:
    """Return a region of an original as PNG bytes: its true pixels, upright, nothing else.

    `points` are four corners in fractions of the upright image. A box gives exactly its pixels,
    a polygon the pixels of the box around it; nothing is resampled. Raises InputError for a
    region that is none, a crop over `out_size_cap` pixels, or a picture that cannot be opened.
    """
    fault = problem(points)
    if fault:
        raise InputError("DX-REGION", fault)
    image = open_upright(source)
    box = pixel_box(points, *image.size)
    size = (box[2] - box[0], box[3] - box[1])
    if size[0] * size[1] > out_size_cap:
        raise InputError(
            "DX-CROP-SIZE",
            f"The region has {size[0]} × {size[1]} pixels, too many for one crop.",
            todo="Crop a smaller region.",
        )
    clean = Image.new("RGB", size)
    clean.paste(image.crop(box), (0, 0))
    out = io.BytesIO()
    clean.save(out, "PNG")
    return out.getvalue()


def local_sharpness(pixels: npt.NDArray[np.uint8], points: Sequence[Point]) -> float | None:
    """Return the edge width in pixels within a region; None where it has too little contrast.

    `pixels`: uint8 h×w×3, the full level of a pyramid.
    """
    height, width = pixels.shape[:2]
    left, top, right, bottom = pixel_box(points, width, height)
    part = sharpness.luma_of(np.ascontiguousarray(pixels[top:bottom, left:right]))
    tiles = _tiled(part)
    widths = [w for w in map(sharpness.edge_width, tiles) if w is not None]
    return round(min(widths), 2) if widths else None


def sharpness_nearby(pixels: npt.NDArray[np.uint8], points: Sequence[Point]) -> float | None:
    """Return the edge width of the nearest print: in the region, else in ever wider rings.

    Tells whether a region is sharp enough to say that something is absent from it, when the
    region itself is empty. None where the picture has no contrast within eight times its size.
    """
    x, y, w, h = bounding_box(points)
    for reach in _NEAR:
        grown_x, grown_y = w * (reach - 1) / 2, h * (reach - 1) / 2
        left, top = max(0.0, x - grown_x), max(0.0, y - grown_y)
        right, bottom = min(1.0, x + w + grown_x), min(1.0, y + h + grown_y)
        ring = ((left, top), (right, top), (right, bottom), (left, bottom))
        found = local_sharpness(pixels, ring)
        if found is not None:
            return found
    return None


def _tiled(grey: sharpness.Grey) -> list[sharpness.Grey]:
    side = sharpness.TILE
    height, width = grey.shape
    if height <= side * 2 and width <= side * 2:
        return [grey]
    rows, columns = range(0, max(height - side, 1), side), range(0, max(width - side, 1), side)
    every = [grey[r : r + side, c : c + side] for r in rows for c in columns]
    return every[:: max(1, len(every) // sharpness.MOST_TILES)]
