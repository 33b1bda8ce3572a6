"""A capture prescaled for quick views: the upright pixels at halving sizes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from docexam.imaging.decode import (
    decoding,
    open_guarded,
    open_upright,
    orientation_of,
    upright,
    upright_size,
)

if TYPE_CHECKING:
    from typing import Self

Pixels = npt.NDArray[np.uint8]
Cancelled = Callable[[], bool]

_SMALLEST_SIDE = 24
_PAPER_SIDE = 192
_REACH = 4
_BAND = 256
LOG_OFFSET = 24.0
_INK_SPAN = (0.14, 0.55)


class CancelledError(Exception):
    """The caller's `cancelled` said that the result is no longer wanted."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Level:
    """One size: `pixels` is uint8 h×w×3, each pixel covering `factor`×`factor` of the image."""

    factor: int
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Pyramid:
    """A capture at halving sizes, and what its paper looks like.

    `width`, `height`: pixels of the upright image. `levels`: finest first; a quick pyramid lacks
    the finest ones (`complete` is false). `paper`: float32 h×w×3, the local paper colour on a
    coarse grid over the whole image. `ink_span`: the log chroma that the strongest ink of this
    capture reaches, so that the ink channel has one brightness at every zoom.
    Memory: 4 bytes a pixel of the image (12 megapixels 48 MB, 60 megapixels 240 MB).
    """

    width: int
    height: int
    levels: tuple[Level, ...]
    paper: npt.NDArray[np.float32]
    ink_span: float
    complete: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright image in pixels."""
        return self.width, self.height

    @property
    def memory_bytes(self) -> int:
        """Bytes held by the levels and the paper grid."""
        return sum(level.pixels.nbytes for level in self.levels) + self.paper.nbytes

    @classmethod
    def build(cls, source: bytes | Path, cancelled: Cancelled = _never) -> Self:
        """Decode an original whole and prescale it.

        Raises InputError or MachineError as `open_upright`, CancelledError when `cancelled`
        says so between steps.
        """
        image = open_upright(source)
        return cls._from_image(image, image.size, 1, cancelled)

    @classmethod
    def quick(cls, source: bytes | Path, wanted: int = 400, cancelled: Cancelled = _never) -> Self:
        """Decode as little as a first view needs: at least `wanted` pixels on the longer side.

        JPEG is decoded at a half, quarter or eighth of its size; other formats whole. The
        result is `complete` only where nothing was left out.
        """
        with decoding():
            image = open_guarded(source)
            full, orientation = image.size, orientation_of(image)
            image.draft("RGB", _draft_size(full, wanted))
            image.load()
            factor = max(1, round(max(full) / max(image.size)))
            turned = upright(image, orientation)
        return cls._from_image(turned, upright_size(full, orientation), factor, cancelled)

    @classmethod
    def from_array(cls, pixels: Pixels) -> Self:
        """Build from upright pixels, uint8 h×w×3."""
        image = Image.fromarray(pixels)
        return cls._from_image(image, image.size, 1, _never)

    @classmethod
    def _from_image(
        cls, image: Image.Image, size: tuple[int, int], factor: int, cancelled: Cancelled
    ) -> Self:
        levels = []
        step, current = factor, image
        while True:
            if cancelled():
                raise CancelledError
            levels.append(Level(step, _pixels(current, cancelled)))
            if min(current.size) <= _SMALLEST_SIDE:
                break
            current, step = current.reduce(2), step * 2
        paper = _paper_colour(levels)
        span = _ink_span(levels, paper)
        return cls(size[0], size[1], tuple(levels), paper, span, factor == 1)

    def level_for(self, image_pixels_per_sample: float) -> Level:
        """Return the coarsest level that is still as fine as the samples wanted.

        Falls back to the finest level there is.
        """
        fitting = [lv for lv in self.levels if lv.factor <= image_pixels_per_sample]
        return fitting[-1] if fitting else self.levels[0]


def _pixels(image: Image.Image, cancelled: Cancelled) -> Pixels:
    """Copy an image's pixels in bands: each is short, so that other threads get their turn."""
    width, height = image.size
    out = np.empty((height, width, 3), dtype=np.uint8)
    for top in range(0, height, _BAND):
        if cancelled():
            raise CancelledError
        bottom = min(top + _BAND, height)
        out[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return out


def _draft_size(full: tuple[int, int], wanted: int) -> tuple[int, int]:
    shrink = max(1.0, max(full) / max(wanted, 1))
    return max(1, int(full[0] / shrink)), max(1, int(full[1] / shrink))


def _coarse(levels: list[Level], side: int) -> Pixels:
    small = [lv for lv in levels if max(lv.pixels.shape[:2]) >= side]
    return (small[-1] if small else levels[0]).pixels


def _paper_colour(levels: list[Level]) -> npt.NDArray[np.float32]:
    """Estimate the paper's colour around each place: the bright envelope, smoothed."""
    pixels = _coarse(levels, _PAPER_SIDE)
    image = Image.fromarray(pixels)
    image.thumbnail((_PAPER_SIDE, _PAPER_SIDE), Image.Resampling.BOX)
    smooth = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)))
    bright = _brightest(_brightest(smooth, 0), 1)
    wide = Image.fromarray(bright).filter(ImageFilter.GaussianBlur(8))
    return np.asarray(wide).astype(np.float32)


def _brightest(pixels: Pixels, axis: int) -> Pixels:
    """Return for each place the brightest within `_REACH` along an axis, colours apart."""
    pad = [(_REACH, _REACH) if n == axis else (0, 0) for n in range(3)]
    around = np.pad(pixels, pad, mode="edge")
    length = pixels.shape[axis]
    best = pixels
    for shift in range(2 * _REACH + 1):
        best = np.maximum(best, around.take(range(shift, shift + length), axis))
    return best


def log_ink(
    pixels: npt.NDArray[np.float32], paper: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return how much blue or violet ink lies on the paper, in log chroma, h×w, 0 for none.

    `pixels` and `paper` are h×w×3 in 0..255. Ink that absorbs red or green more than blue
    counts; black ink and shadow absorb all alike and vanish; red ink is negative, cut to 0.
    """
    density = np.log((paper + LOG_OFFSET) / (pixels + LOG_OFFSET))
    ink = np.maximum(density[..., 0], density[..., 1]) - density[..., 2]
    result: npt.NDArray[np.float32] = np.maximum(ink, 0.0).astype(np.float32)
    return result


def _ink_span(levels: list[Level], paper: npt.NDArray[np.float32]) -> float:
    pixels = _coarse(levels, 250)
    wide = Image.fromarray(paper.clip(0, 255).astype(np.uint8))
    grown = wide.resize((pixels.shape[1], pixels.shape[0]), Image.Resampling.BILINEAR)
    ink = log_ink(pixels.astype(np.float32), np.asarray(grown).astype(np.float32))
    return float(np.clip(np.percentile(ink, 99.5), *_INK_SPAN))
