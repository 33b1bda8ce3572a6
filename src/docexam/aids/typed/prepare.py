"""A region of a capture made ready for Tesseract: upright, evenly lit, without ruled lines."""

from __future__ import annotations

import math

import numpy as np

from docexam.aids.protocol import CaptureImage, Region
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.blur import box_mean, gaussian
from docexam.aids.raster.warp import unwarped
from docexam.errors import InputError

MOST = 1800  # pixels of the longer side of a region
_MOST_FETCHED = 5000
_LEAST = 8
_PAPER = 235.0
_INK = 170


def upright(capture: CaptureImage, region: Region) -> Pixels:
    """Return a region's pixels as an upright picture at the capture's own resolution.

    At most `MOST` pixels wide or high. Raises InputError (DX-AID-SMALL) for a region in which no
    letter could be told.
    """
    corners = _corners(region, capture.width, capture.height)
    wide, high = _sides(corners)
    if min(wide, high) < _LEAST:
        raise InputError(
            "DX-AID-SMALL",
            "The region is too small to read anything in it.",
            todo="Mark the whole of the text, or take a closer capture.",
        )
    longest = max(capture.width, capture.height)
    wanted = min(longest, _MOST_FETCHED, math.ceil(longest * MOST / max(wide, high)))
    pixels = capture.rgb(wanted)
    rows, columns = pixels.shape[:2]
    corners = _corners(region, columns, rows)
    wide, high = _sides(corners)
    shrink = min(1.0, MOST / max(wide, high))
    size = max(_LEAST, round(wide * shrink)), max(_LEAST, round(high * shrink))
    try:
        return unwarped(pixels, corners, *size)
    except np.linalg.LinAlgError:
        raise InputError("DX-REGION", "The region has three corners on one line.") from None


def _corners(region: Region, width: int, height: int) -> Floats:
    return np.array([(x * width, y * height) for x, y in region.shape], np.float64)


def _sides(corners: Floats) -> tuple[float, float]:
    a, b, c, d = corners
    wide = (np.hypot(*(b - a)) + np.hypot(*(c - d))) / 2
    high = (np.hypot(*(d - a)) + np.hypot(*(c - b))) / 2
    return float(wide), float(high)


def evened(picture: Pixels, soften: float = 0.7, *, rules: bool = True, radius: int = 0) -> Pixels:
    """Return a picture (rows × columns × 3) as grey for Tesseract: dark letters on even paper.

    The brightest channel lets coloured patterns and stamps fade; `soften` is the Gaussian that
    takes the grain off. Without `rules` level lines longer than any letter's stroke are painted
    over. `radius` is that of the paper looked at around a pixel; 0 takes half the height.
    """
    grey = picture.max(axis=2).astype(np.float32)
    if not radius and float(np.median(grey)) < 0.5 * float(grey.max()):
        grey = grey.max() + grey.min() - grey  # light letters on a dark ground
    soft = gaussian(grey, soften)
    paper = box_mean(
        np.maximum(soft, float(np.median(soft))), radius or max(8, picture.shape[0] // 2)
    )
    even = np.clip(soft / np.maximum(paper, 1.0) * _PAPER, 0, 255).astype(np.uint8)
    return even if rules else _without_rules(even)


def _without_rules(grey: Pixels) -> Pixels:
    """Return the picture with level lines longer than any stroke of a letter painted over."""
    ink = grey < _INK
    length = max(30, min(ink.shape))
    if ink.shape[1] < length:
        return grey
    total = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = total[:, length:] - total[:, :-length] >= 0.92 * length
    if not full.any():
        return grey
    ends = np.zeros((ink.shape[0], ink.shape[1] + 1), np.int32)
    ends[:, : full.shape[1]] += full
    ends[:, length : length + full.shape[1]] -= full
    rule = np.cumsum(ends, axis=1)[:, :-1] > 0
    out = grey.copy()
    out[rule & ink] = int(_PAPER)
    return out
