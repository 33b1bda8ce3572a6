"""Smaller pictures by area, so that nothing aliases."""

from __future__ import annotations

import numpy as np
from PIL import Image

from docexam.aids.raster.arrays import Pixels, Plane


def resized(picture: Pixels, width: int, height: int) -> Pixels:
    """Return the uint8 picture (1 or 3 channels) at another size: area mean when smaller."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    return np.asarray(image.resize((max(1, width), max(1, height)), Image.Resampling.BOX))


def resized_plane(plane: Plane, width: int, height: int) -> Plane:
    """Return the float32 plane at another size: area mean when smaller, bilinear when larger."""
    larger = width > plane.shape[1] or height > plane.shape[0]
    method = Image.Resampling.BILINEAR if larger else Image.Resampling.BOX
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.resize((max(1, width), max(1, height)), method), np.float32)


def fitted(picture: Pixels, longest: int) -> tuple[Pixels, float]:
    """Return the picture with its longer side at most `longest`, and the factor (at most 1)."""
    height, width = picture.shape[:2]
    factor = min(1.0, longest / max(height, width))
    if factor == 1.0:
        return picture, 1.0
    small = resized(picture, round(width * factor), round(height * factor))
    return small, factor
