"""Seals: a rubber stamp's design, and one strike of it on a sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from .lettering import face, plane
from .paper import Colour, Plane, Sheet, blur, noise, step

BLUE: Colour = (0.20, 0.27, 0.66)
VIOLET: Colour = (0.40, 0.24, 0.62)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A round stamp: the outer and the inner line of text, the number in the middle."""

    outer: str
    inner: str
    middle: str
    radius: float = 18.5


@dataclass(frozen=True, slots=True)
class Strike:
    """One strike: centre, turn in degrees, ink, pressure 0..1 and where it was weak (degrees)."""

    centre: tuple[float, float]
    turn: float
    ink: Colour
    pressure: float = 0.85
    weak: float = 140.0
    tilt: float = 0.35


def _around(image: Image.Image, text: str, radius: float, size: int, span: float) -> Image.Image:
    """Return ``image`` with ``text`` set clockwise on a circle, spread over ``span`` degrees."""
    font, centre = face("seal-sans", size), image.width / 2
    lengths = [font.getlength(letter) for letter in text]
    needed = np.degrees(sum(lengths) / radius)
    extra = (span - needed) / len(text)
    angle = -span / 2
    for letter, length in zip(text, lengths, strict=True):
        own = np.degrees(length / radius) + extra
        angle += own / 2
        cell = Image.new("L", (3 * size, 3 * size))
        spot = (1.5 * size, 1.5 * size + size * 0.35)
        ImageDraw.Draw(cell).text(spot, letter, fill=255, font=font, anchor="ms")
        cell = cell.rotate(-angle, Image.Resampling.BICUBIC)
        x = centre + radius * np.sin(np.radians(angle)) - 1.5 * size
        y = centre - radius * np.cos(np.radians(angle)) - 1.5 * size
        layer = Image.new("L", image.size)
        layer.paste(cell, (round(x), round(y)))
        image = ImageChops.lighter(image, layer)
        angle += own / 2
    return image


def _emblem(radius: Plane, angle: Plane, reach: float) -> Plane:
    """Return an invented emblem, an eight-rayed rose with a ring: no state's arms."""
    ray = reach * (0.62 + 0.36 * np.abs(np.cos(4 * angle)) ** 7)
    star = (radius < ray) & (radius > 0.40 * reach)
    hatch = np.sin(radius / reach * 42) > -0.25
    core = (radius < 0.33 * reach) & (radius > 0.27 * reach)
    return np.asarray((star & hatch) | core, dtype=np.float32)


def design(stamp: Stamp, ppm: float) -> Plane:
    """Return the stamp's face as a mask, 1 where it carries ink."""
    side = round(2 * (stamp.radius + 1) * ppm)
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / ppm - side / ppm / 2
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    mask = np.zeros((side, side), dtype=np.float32)
    for share, width in ((0.98, 0.62), (0.915, 0.24), (0.565, 0.3)):
        ring = np.abs(radius - share * stamp.radius) - width / 2
        mask = np.maximum(mask, np.clip(0.5 - ring * ppm, 0, 1))
    mask = np.maximum(mask, _emblem(radius, angle, 0.42 * stamp.radius))
    letters = Image.new("L", (side, side))
    size = round(0.135 * stamp.radius * ppm)
    letters = _around(letters, stamp.outer, 0.825 * stamp.radius * ppm, size, 352)
    letters = _around(letters, stamp.inner, 0.665 * stamp.radius * ppm, round(size * 0.8), 338)
    mask = np.maximum(mask, plane(letters))
    return _middled(mask, stamp.middle, size)


def _middled(mask: Plane, text: str, size: int) -> Plane:
    """Return ``mask`` with ``text`` on a cleared band across the middle."""
    side, font = mask.shape[0], face("seal-sans", size)
    half, band = int(font.getlength(text) / 2) + size // 3, int(size * 0.72)
    mask[side // 2 - band : side // 2 + band, side // 2 - half : side // 2 + half] = 0
    image = Image.new("L", (side, side))
    spot = (side / 2, side / 2 + size * 0.35)
    ImageDraw.Draw(image).text(spot, text, fill=255, font=font, anchor="ms")
    return np.maximum(mask, plane(image))


def impression(stamp: Stamp, strike: Strike, ppm: float, rng: np.random.Generator) -> Plane:
    """Return one strike as a mask: turned, squeezed out at the edges, patchy, weak on one side."""
    mask = design(stamp, ppm)
    image = Image.fromarray((mask * 255).astype(np.uint8))
    turned = plane(image.rotate(strike.turn, Image.Resampling.BICUBIC))
    side = turned.shape[0]
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) / side - 0.5) * 2
    away = np.radians(strike.weak)
    lean = x * np.cos(away) - y * np.sin(away)
    patch = noise(side, side, 4.5 * ppm, rng)
    tooth = noise(side, side, max(1.5, 0.14 * ppm), rng)
    press = strike.pressure - strike.tilt * np.clip(lean + 0.15, 0, 2) ** 2 + 0.10 * patch
    spread = blur(turned, 0.09 * ppm)
    line = step(0.22, 0.62, spread + 0.12 * (press - 0.6) + 0.08 * tooth)
    rim = 0.78 + 0.5 * (line - blur(line, 0.22 * ppm))
    lay = np.clip(press + 0.20 * tooth - 0.05, 0, 1) * np.clip(rim, 0.5, 1.15)
    return np.asarray(np.clip(line * lay, 0, 1), dtype=np.float32)


def _windowed(plane_: Plane, left: int, top: int, shape: tuple[int, ...]) -> Plane:
    """Return the part of a sheet-sized plane under a mask of ``shape`` laid at left, top."""
    window = np.zeros(shape, dtype=np.float32)
    y0, x0 = max(0, top), max(0, left)
    part = plane_[y0 : top + shape[0], x0 : left + shape[1]]
    window[y0 - top : y0 - top + part.shape[0], x0 - left : x0 - left + part.shape[1]] = part
    return window


def strike(
    sheet: Sheet,
    stamp: Stamp,
    struck: Strike,
    name: str,
    *,
    inside: Plane | None = None,
    gloss: Plane | None = None,
) -> None:
    """Strike ``stamp`` on the sheet.

    ``inside`` and ``gloss`` are sheet-sized planes from 0 to 1: where ink lands at all,
    and where it lies on glossy film, on which it stays visible over dark tones.
    """
    mask = impression(stamp, struck, sheet.ppm, sheet.rng(f"seal {name}"))
    left = round(struck.centre[0] * sheet.ppm - mask.shape[1] / 2)
    top = round(struck.centre[1] * sheet.ppm - mask.shape[0] / 2)
    if inside is not None:
        mask = mask * _windowed(inside, left, top, mask.shape)
    film = np.zeros_like(mask) if gloss is None else _windowed(gloss, left, top, mask.shape)
    red, green, blue = (0.5 * part + 0.16 for part in struck.ink)
    sheet.ink(mask * (1 - film), left, top, struck.ink)
    sheet.ink(mask * film * 0.35, left, top, struck.ink)
    sheet.paint(mask * film * 0.62, left, top, (red, green, blue + 0.08))
