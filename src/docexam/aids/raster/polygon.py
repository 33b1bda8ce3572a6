"""Polygons as masks."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from docexam.aids.raster.arrays import Floats, Mask


def covered(corners: Floats, width: int, height: int) -> Mask:
    """Return which of height × width pixels a polygon (n × 2, in pixels) covers."""
    image = Image.new("1", (width, height))
    ImageDraw.Draw(image).polygon([(float(x), float(y)) for x, y in corners], fill=1)
    return np.asarray(image, np.bool_)
