"""Which part of a capture is looked at: the region, or the whole where it is a crop of writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from docexam.aids.protocol import CaptureImage, Material
from docexam.aids.raster.labels import connected
from docexam.aids.script.normalise import LONGEST, Ink, find_ink
from docexam.domain.geometry import Point, Quad, bounding_box, box_quad, is_box
from docexam.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

_LEAST_PX = 10
_CROP_PX = 600
_PAGE_PX = 900
# A signature, whatever is printed beside it, falls into fewer marks than that.
_PAGE_MARKS = 30
_SPECK = 6
_CROP_ASPECT = 2.2
_MOST_LINES = 3
_ENOUGH = 2000


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a capture: its number, its corners in fractions, its pixels."""

    capture: int
    shape: Quad
    crop: Bytes

    def place(self, x: float, y: float) -> Point:
        """Return where a point of the crop (fractions of it) lies on the capture."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.shape
        across = (1 - x) * (1 - y), x * (1 - y), x * y, (1 - x) * y
        px = sum(share * value for share, value in zip(across, (ax, bx, cx, dx), strict=True))
        py = sum(share * value for share, value in zip(across, (ay, by, cy, dy), strict=True))
        return min(max(px, 0.0), 1.0), min(max(py, 0.0), 1.0)


def spots(material: Material) -> tuple[Spot, ...]:
    """Return the parts to look at: the region, or every capture that is a crop of writing.

    Raises InputError where the region is too small, names no capture, or a capture without a
    region is a page.
    """
    if not material.captures:
        raise InputError("DX-AID-INPUT", "There is no capture to look at.", todo="Name an image.")
    region = material.region
    if region is None:
        return tuple(_whole(capture) for capture in material.captures)
    capture = next((c for c in material.captures if c.n == region.capture), None)
    if capture is None:
        raise InputError("DX-AID-REGION", f"There is no capture {region.capture}.")
    return (Spot(capture.n, region.shape, _cut(capture, region.shape)),)


def _cut(capture: CaptureImage, shape: Quad) -> Bytes:
    """Return the region's pixels, upright, with the longer side near `LONGEST`."""
    across, down = _sides(shape, capture.width, capture.height)
    if min(across, down) < _LEAST_PX:
        raise _too_small(across, down)
    longest = max(capture.width, capture.height)
    wanted = min(longest, int(longest * LONGEST / max(across, down)) + 1)
    pixels = capture.rgb(longest=0 if wanted > _ENOUGH else wanted)
    return _boxed(pixels, shape) if is_box(shape) else _levelled(pixels, shape)


def _boxed(pixels: Bytes, shape: Quad) -> Bytes:
    height, width = pixels.shape[:2]
    x, y, w, h = bounding_box(shape)
    left, top = int(x * width), int(y * height)
    right, bottom = max(int(np.ceil((x + w) * width)), left + 1), int(np.ceil((y + h) * height))
    return pixels[top : max(bottom, top + 1), left:right]


def _levelled(pixels: Bytes, shape: Quad) -> Bytes:
    """Return the inside of a tilted region as an upright picture."""
    height, width = pixels.shape[:2]
    across, down = _sides(shape, width, height)
    factor = min(1.0, LONGEST / max(across, down))
    size = max(1, round(across * factor)), max(1, round(down * factor))
    a, b, c, d = ((x * width, y * height) for x, y in shape)
    corners = (*a, *d, *c, *b)
    image = Image.fromarray(pixels)
    return np.asarray(
        image.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
    )


def _sides(shape: Quad, width: int, height: int) -> tuple[float, float]:
    """Return the mean width and height of a region in pixels."""
    spots_px = [(x * width, y * height) for x, y in shape]
    length = [
        float(np.hypot(b[0] - a[0], b[1] - a[1]))
        for a, b in zip(spots_px, [*spots_px[1:], spots_px[0]], strict=True)
    ]
    return (length[0] + length[2]) / 2, (length[1] + length[3]) / 2


def _whole(capture: CaptureImage) -> Spot:
    """Return a capture as the crop it seems to be. Raises InputError for a page."""
    if min(capture.width, capture.height) < _LEAST_PX:
        raise _too_small(capture.width, capture.height)
    crop = capture.rgb(longest=LONGEST * 2)
    if _is_page(capture, crop):
        raise InputError(
            "DX-AID-REGION",
            "This looks like a page with more than one line on it; which writing is meant is open.",
            todo="Mark the writing (on the command line: --region X,Y,W,H in fractions).",
        )
    return Spot(capture.n, box_quad(0.0, 0.0, 1.0, 1.0), crop)


def _is_page(capture: CaptureImage, crop: Bytes) -> bool:
    short, long = sorted((capture.width, capture.height))
    if long <= _CROP_PX or long >= _CROP_ASPECT * short:
        return False
    ink = find_ink(crop)
    if ink is None:
        return False
    return marks(ink) >= _PAGE_MARKS or (long > _PAGE_PX and lines(ink) > _MOST_LINES)


def marks(ink: Ink) -> int:
    """Return how many separate marks of ink there are, specks left out."""
    return int(np.count_nonzero(connected(ink.share > 0.4).areas[1:] >= _SPECK))


def lines(ink: Ink) -> int:
    """Return how many bands of ink lie above one another."""
    rows = (ink.share > 0.4).mean(axis=1)
    smooth = np.convolve(rows, np.ones(5) / 5, mode="same")
    busy = smooth > max(0.12 * float(smooth.max()), 0.004)
    return int(np.count_nonzero(busy[1:] & ~busy[:-1]) + busy[0])


def _too_small(across: float, down: float) -> InputError:
    return InputError(
        "DX-AID-SMALL",
        f"{across:.0f}×{down:.0f} pixels are too few to tell a script from.",
        todo=f"Give a part at least {_LEAST_PX} pixels wide and high; 40 is a better least.",
    )
