"""A flat sheet in millimetres on which everything is drawn, and the noise it is drawn with."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from .fonts import Face, FontBook
from .truth import Quad, rect

Plane: TypeAlias = NDArray[np.float32]
Colour: TypeAlias = tuple[float, float, float]
Rng: TypeAlias = np.random.Generator


def plane(image: Image.Image) -> Plane:
    """Return an L image as floats from 0 to 1."""
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def picture(mask: Plane) -> Image.Image:
    """Return floats from 0 to 1 as an L image."""
    return Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8))


def blur(mask: Plane, radius: float) -> Plane:
    """Return a plane of 0..1 blurred with a Gaussian."""
    if radius < 0.2:
        return mask
    return plane(picture(mask).filter(ImageFilter.GaussianBlur(radius)))


def noise(rng: Rng, width: int, height: int, scale: float, stretch: float = 1.0) -> Plane:
    """Return smooth noise of mean 0 and spread about 1 whose grains are `scale` pixels wide,
    and `stretch` times as long across."""
    columns = max(2, round(width / max(scale * stretch, 1.0)) + 2)
    rows = max(2, round(height / max(scale, 1.0)) + 2)
    coarse = rng.standard_normal((rows, columns)).astype(np.float32)
    # Straight lines between grains of a few pixels cannot be seen, and are twice as fast.
    way = Image.Resampling.BICUBIC if scale > 8 else Image.Resampling.BILINEAR
    image = Image.fromarray(coarse).resize((width, height), way)
    return np.asarray(image, dtype=np.float32) * np.float32(1.2)


@lru_cache(maxsize=1)
def _grain() -> Plane:
    return np.random.default_rng(7).standard_normal((2560, 2560)).astype(np.float32)


def grain(rng: Rng, width: int, height: int) -> Plane:
    """Return white noise of spread 1; cut from one tile at random, which is cheaper."""
    tile = _grain()
    if max(width, height) > 2500:
        return rng.standard_normal((height, width), dtype=np.float32)
    y, x = int(rng.integers(2561 - height)), int(rng.integers(2561 - width))
    return tile[y : y + height, x : x + width]


class Sheet:
    """Paper of `width` × `height` millimetres at `ppm` pixels a millimetre, colours 0 to 1."""

    def __init__(
        self, size: tuple[float, float], ppm: float, paper: Colour, rng: Rng, book: FontBook
    ) -> None:
        self.width, self.height = size
        self.ppm, self.rng, self.book = ppm, rng, book
        shape = (round(self.height * ppm), round(self.width * ppm), 3)
        self.rgb: Plane = np.empty(shape, dtype=np.float32)
        self.rgb[:] = np.asarray(paper, dtype=np.float32)

    def px(self, mm: float) -> int:
        """Return a length in pixels, at least 1."""
        return max(1, round(mm * self.ppm))

    def tone(self, factor: Plane) -> None:
        """Multiply the whole sheet by a plane."""
        self.rgb *= factor[..., None]

    def ink(self, mask: Plane, left: float, top: float, colour: Colour) -> None:
        """Lay transparent ink: `mask` (0..1) with its corner at pixels (left, top)."""
        x, y = round(left), round(top)
        height, width = self.rgb.shape[:2]
        x0, y0 = max(0, x), max(0, y)
        x1, y1 = min(width, x + mask.shape[1]), min(height, y + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        part = mask[y0 - y : y1 - y, x0 - x : x1 - x, None]
        absorbed = 1 - np.asarray(colour, dtype=np.float32)
        self.rgb[y0:y1, x0:x1] *= 1 - part * absorbed

    def cover(self, mask: Plane, left: float, top: float, colour: Plane | Colour) -> None:
        """Lay something opaque: a colour or a picture through `mask`."""
        x, y = round(left), round(top)
        height, width = self.rgb.shape[:2]
        x0, y0 = max(0, x), max(0, y)
        x1, y1 = min(width, x + mask.shape[1]), min(height, y + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        rows, columns = slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)
        part = mask[rows, columns, None]
        laid = np.asarray(colour, dtype=np.float32)
        laid = laid[rows, columns] if laid.ndim == 3 else laid
        under = self.rgb[y0:y1, x0:x1]
        under += part * (laid - under)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], mm: float, c: Colour
    ) -> None:
        """Print an upright or level line."""
        (x0, y0), (x1, y1) = start, end
        thick = max(0.8, mm * self.ppm)
        across = (abs(x1 - x0) * self.ppm or thick, abs(y1 - y0) * self.ppm or thick)
        full = max(1, round(across[0])), max(1, round(across[1]))
        density = min(1.0, thick) if min(full) == 1 else 1.0
        mask = np.full((full[1], full[0]), 0.9 * density, dtype=np.float32)
        self.ink(mask, min(x0, x1) * self.ppm, min(y0, y1) * self.ppm, c)

    def frame(self, box: tuple[float, float, float, float], mm: float, c: Colour) -> None:
        """Print a rectangle's outline (x, y, width, height)."""
        x, y, w, h = box
        for a, b in (((x, y), (x + w, y)), ((x, y + h), (x + w, y + h))):
            self.line(a, b, mm, c)
        for a, b in (((x, y), (x, y + h)), ((x + w, y), (x + w, y + h))):
            self.line(a, b, mm, c)

    def length(self, text: str, name: str, mm: float) -> float:
        """Return how many millimetres a text takes at a type size."""
        return self.book.face(name, mm * self.ppm).length(text) / self.ppm

    def text(
        self,
        at: tuple[float, float],
        text: str,
        name: str,
        mm: float,
        colour: Colour = (0.12, 0.12, 0.13),
        *,
        anchor: str = "l",
        spread: float = 0.0,
    ) -> Quad:
        """Print text of a family at a size in mm, its baseline at `at`; return its box in mm.

        `anchor` l, m or r; `spread` adds space between letters in mm.
        """
        face = self.book.face(name, mm * self.ppm)
        mask, width = _set(face, text, spread * self.ppm)
        x = at[0] * self.ppm - {"l": 0, "m": width / 2, "r": width}[anchor]
        pad = face.size
        self.ink(0.93 * mask, x - pad, at[1] * self.ppm - 1.3 * pad, colour)
        ink = np.argwhere(mask > 0.3)
        if not len(ink):
            return rect(at[0], at[1] - mm, mm, mm)
        (y0, x0), (y1, x1) = ink.min(0), ink.max(0) + 1
        left, top = (x - pad + x0) / self.ppm, at[1] + (y0 - 1.3 * pad) / self.ppm
        return rect(left, top, (x1 - x0) / self.ppm, (y1 - y0) / self.ppm)


def _set(face: Face, text: str, spread: float) -> tuple[Plane, float]:
    pad = face.size
    width = face.length(text) + spread * len(text)
    image = Image.new("L", (round(width) + 2 * pad, round(1.9 * pad)))
    draw = ImageDraw.Draw(image)
    if spread:
        x = float(pad)
        for letter in text:
            x = face.draw(draw, (x, 1.3 * pad), letter) + spread
    else:
        face.draw(draw, (pad, 1.3 * pad), text)
    return plane(image), width
