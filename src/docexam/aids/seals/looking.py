"""Looking at one capture: reducing it, taking the region asked for, and telling in fractions."""

from __future__ import annotations

import numpy as np

from docexam.aids.protocol import CaptureImage
from docexam.aids.raster.arrays import Pixels
from docexam.aids.seals.finding import LONGEST, Tick, found_on, seal_of, spots_within
from docexam.aids.seals.photographs import crosses, photographs_on
from docexam.aids.seals.seal import Seal
from docexam.domain.geometry import Quad, bounding_box
from docexam.errors import InputError

_LEAST_SIDE = 48
_MOST_FOR_REGION = 4000

Frame = tuple[float, float, float, float]
_WHOLE: Frame = (0.0, 0.0, 1.0, 1.0)


def seals_of(capture: CaptureImage, region: Quad | None, tick: Tick) -> list[Seal]:
    """Return the seals of a capture, or of a region of it, in fractions of the whole.

    Raises InputError (DX-AID-SMALL) where there are too few pixels.
    """
    tick(0.0, "reading the picture")
    if region is None:
        return _seals(_checked(capture.rgb(longest=LONGEST)), tick, capture, _WHOLE)
    rgb = capture.rgb(longest=_MOST_FOR_REGION)
    height, width = rgb.shape[:2]
    x, y, wide, high = bounding_box(region)
    left, top = int(x * width), int(y * height)
    right, bottom = int(np.ceil((x + wide) * width)), int(np.ceil((y + high) * height))
    part = _checked(rgb[top:bottom, left:right])
    frame = (left / width, top / height, part.shape[1] / width, part.shape[0] / height)
    return [seal.within(frame) for seal in _seals(_reduced(part), tick, capture, frame)]


def _seals(rgb: Pixels, tick: Tick, capture: CaptureImage, frame: Frame) -> list[Seal]:
    """Return the seals of a part of a capture; `frame` is where that lies, in fractions."""
    size = (rgb.shape[1], rgb.shape[0])

    found = found_on(rgb, tick)
    # Of the whole capture: the part may hold no more than a corner of a photograph.
    zones = [(c - frame[:2]) / frame[2:] for c in photographs_on(capture)] if found else []
    return [seal_of(one, size, crosses(spots_within(one, size), zones)) for one in found]


def _reduced(rgb: Pixels) -> Pixels:
    from docexam.aids.raster.resize import fitted

    return fitted(rgb, LONGEST)[0]


def _checked(rgb: Pixels) -> Pixels:
    if min(rgb.shape[:2]) < _LEAST_SIDE:
        raise InputError(
            "DX-AID-SMALL",
            f"{rgb.shape[1]} × {rgb.shape[0]} pixels are too few to look for seals.",
            todo="Give a larger capture or region.",
        )
    return rgb
