"""The grey pixels in which a zone is looked for, and where they lie on the capture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from docexam.aids.protocol import CaptureImage, Region
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.domain.geometry import Point, bounding_box, within_image

MOST = 5000  # pixels of the longer side of a capture that are ever fetched


@dataclass(frozen=True, slots=True)
class Picture:
    """Grey pixels of a capture or of a region's box, and the same in colour.

    `left`, `top`, `width`, `height` in fractions of the capture; `reduced` tells whether the
    capture has more pixels than were fetched.
    """

    grey: Pixels
    rgb: Pixels
    left: float
    top: float
    width: float
    height: float
    reduced: bool

    def fractions(self, x: Floats, y: Floats) -> list[Point]:
        """Return places in pixels as fractions of the capture."""
        high, wide = self.grey.shape
        return [
            within_image((self.left + a / wide * self.width, self.top + b / high * self.height))
            for a, b in zip(x.tolist(), y.tolist(), strict=True)
        ]


def picture_of(capture: CaptureImage, region: Region | None, longest: int) -> Picture:
    """Return a capture's grey pixels, or those of a region's box, about `longest` at most.

    The grey is the brightest channel: coloured patterns fade in it, black print does not.
    """
    left, top, width, height = bounding_box(region.shape) if region else (0.0, 0.0, 1.0, 1.0)
    share = max(width * capture.width, height * capture.height, 1.0)
    wanted = math.ceil(longest * max(capture.width, capture.height) / share)
    pixels = capture.rgb(min(wanted, MOST))
    high, wide = pixels.shape[:2]
    x0, y0 = min(int(left * wide), wide - 1), min(int(top * high), high - 1)
    x1 = max(x0 + 1, math.ceil((left + width) * wide))
    y1 = max(y0 + 1, math.ceil((top + height) * high))
    rgb = np.asarray(pixels[y0:y1, x0:x1], np.uint8)
    grey = np.asarray(rgb.max(axis=2), np.uint8)
    high_part, wide_part = grey.shape
    reduced = max(capture.width, capture.height) > max(high, wide)
    return Picture(grey, rgb, x0 / wide, y0 / high, wide_part / wide, high_part / high, reduced)
