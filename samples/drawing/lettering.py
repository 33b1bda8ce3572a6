"""Letters: printed, typed and written, as masks and on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from .paper import Colour, Plane, Sheet, blur, noise, step

FONTS = Path(__file__).resolve().parent.parent / "fonts"

BLACK: Colour = (0.13, 0.13, 0.14)
RED: Colour = (0.72, 0.16, 0.15)
POINT_GAP = 0.07  # of the size, each side: the hands' own points drown in old-style figures


@lru_cache(maxsize=256)
def face(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """Return the font file ``name`` at ``size_px``; SystemExit when the file is missing."""
    path = FONTS / f"{name}.ttf"
    if not path.is_file():
        raise SystemExit(f"{path} is missing: it is part of the sources, restore samples/fonts")
    return ImageFont.truetype(path, max(4, size_px), layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes: the face, the slant (shear), the unrest and the ink."""

    face: str
    ink: Colour
    size: float = 5.2
    slant: float = 0.12
    unrest: float = 1.0
    stretch: float = 1.0


def plane(image: Image.Image) -> Plane:
    """Return an 8-bit image as a plane from 0 to 1."""
    return np.asarray(image, dtype=np.float32) / 255


def printed(
    sheet: Sheet,
    at: tuple[float, float],
    text: str,
    size: float,
    *,
    face_name: str = "print-regular",
    colour: Colour = BLACK,
    anchor: str = "ls",
    tracking: float = 0.0,
) -> tuple[float, float, float, float]:
    """Print ``text`` with its baseline at ``at``; return its box in millimetres."""
    font = face(face_name, sheet.px(size))
    gap = tracking * sheet.ppm
    width = sum(font.getlength(letter) + gap for letter in text) - gap
    ascent = sheet.px(1.25 * size)
    image = Image.new("L", (int(width) + 8, ascent + sheet.px(0.45 * size)))
    draw, x = ImageDraw.Draw(image), 4.0
    for letter in text:
        draw.text((x, ascent), letter, fill=255, font=font, anchor="ls")
        x += font.getlength(letter) + gap
    shift = {"l": 0.0, "m": width / 2, "r": width}[anchor[0]]
    left, top = round(at[0] * sheet.ppm - shift) - 4, round(at[1] * sheet.ppm) - ascent
    sheet.ink(blur(plane(image), 0.5), left, top, colour)
    x0 = at[0] - shift / sheet.ppm
    return (x0, at[1] - 0.78 * size, x0 + width / sheet.ppm, at[1] + 0.24 * size)


def rule(sheet: Sheet, x0: float, x1: float, y: float) -> None:
    """Print a thin level rule from ``x0`` to ``x1`` (millimetres)."""
    sheet.lines_at([((x0, y), (x1, y))], 0.16, (0.45, 0.45, 0.45))


def typed(
    sheet: Sheet, at: tuple[float, float], text: str, size: float, name: str
) -> tuple[float, float, float, float]:
    """Type ``text`` as a machine with a worn ribbon would; return its box in millimetres."""
    rng, font = sheet.rng(f"typed {name}"), face("typewriter", sheet.px(size))
    advance = font.getlength("Н")
    image = Image.new("L", (int(advance * len(text)) + 12, sheet.px(size * 1.7)))
    draw, base = ImageDraw.Draw(image), sheet.px(size * 1.15)
    for number, letter in enumerate(text):
        x = 6 + number * advance + rng.normal(0, 0.012) * advance
        y = base + rng.normal(0, 0.03) * size * sheet.ppm
        strength = int(np.clip(rng.normal(225, 22), 150, 255))
        draw.text((x, y), letter, fill=strength, font=font, anchor="ls")
    mask = blur(plane(image), 0.045 * sheet.ppm)
    rough = noise(image.width, image.height, max(1.5, 0.13 * sheet.ppm), rng)
    mask = step(0.18, 0.62, mask + 0.09 * rough) * np.clip(0.86 + 0.1 * rough, 0, 1)
    sheet.ink(mask.astype(np.float32), round(at[0] * sheet.ppm) - 6, sheet.px(at[1]) - base, BLACK)
    width = advance * len(text) / sheet.ppm
    return (at[0], at[1] - 0.8 * size, at[0] + width, at[1] + 0.25 * size)


def _glyph(letter: str, font: ImageFont.FreeTypeFont, turn: float, size: int) -> Image.Image:
    image = Image.new("L", (3 * size, 3 * size))
    ImageDraw.Draw(image).text((size, 2 * size), letter, fill=255, font=font, anchor="ls")
    centre = (1.3 * size, 1.8 * size)
    return image.rotate(turn, Image.Resampling.BICUBIC, center=centre)


def written_length(text: str, hand: Hand) -> float:
    """Return how long ``text`` is in this hand, in sizes of its letters."""
    letters = face(hand.face, 100).getlength(text) / 100 * hand.stretch
    return float(letters + 2 * POINT_GAP * text.count("."))


def _strung(text: str, hand: Hand, size: int, rng: np.random.Generator) -> tuple[Plane, float]:
    """Return the letters of ``text`` strung along a wandering line, and the line's length."""
    base = face(hand.face, size)
    width = int((written_length(text, hand) + 4) * size * 1.12)
    image, x, lift = Image.new("L", (width, 3 * size)), float(size), 0.0
    for letter in text:
        own = max(4, round(size * (1 + 0.035 * hand.unrest * rng.standard_normal())))
        font, turn = face(hand.face, own), 1.5 * hand.unrest * rng.standard_normal()
        lift = 0.75 * lift + 0.018 * size * hand.unrest * rng.standard_normal()
        x += POINT_GAP * size * (letter == ".")
        glyph = _glyph(letter, font, turn, own)
        spot = (round(x) - own, round(2 * size + lift) - 2 * own)
        layer = Image.new("L", image.size)
        layer.paste(glyph, spot)
        image = ImageChops.lighter(image, layer)
        x += base.getlength(letter) * hand.stretch * (1 + 0.02 * rng.standard_normal())
        x += POINT_GAP * size * (letter == ".")
    return plane(image), x - size


def _warped(mask: Plane, slant: float, unrest: float, rng: np.random.Generator) -> Plane:
    """Return ``mask`` sheared and pulled about, so that no two letters are alike."""
    height, width = mask.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    pull = 0.02 * height * unrest
    u = x + slant * (y - height * 2 / 3) + pull * noise(width, height, height * 0.32, rng)
    v = y + pull * noise(width, height, height * 0.4, rng)
    u, v = np.clip(u, 0, width - 2), np.clip(v, 0, height - 2)
    i, j = v.astype(np.int32), u.astype(np.int32)
    a, b = v - i, u - j
    upper = mask[i, j] * (1 - b) + mask[i, j + 1] * b
    lower = mask[i + 1, j] * (1 - b) + mask[i + 1, j + 1] * b
    return np.asarray(upper * (1 - a) + lower * a, dtype=np.float32)


def pen(mask: Plane, ppm: float, rng: np.random.Generator) -> Plane:
    """Return ``mask`` as a pen would leave it: pressure, skips and a soft edge."""
    height, width = mask.shape
    soft = blur(mask, max(0.5, 0.05 * ppm))
    press = noise(width, height, 2.2 * ppm, rng)
    tooth = noise(width, height, max(1.5, 0.12 * ppm), rng)
    line = step(0.14, 0.6, soft + 0.07 * press * soft + 0.05 * tooth * soft)
    return np.asarray(line * np.clip(0.84 + 0.1 * press + 0.05 * tooth, 0.3, 1), dtype=np.float32)


def written(
    sheet: Sheet, at: tuple[float, float], text: str, hand: Hand, name: str
) -> tuple[float, float, float, float]:
    """Write ``text`` by hand with its baseline at ``at``; return its box in millimetres."""
    rng, size = sheet.rng(f"written {name}"), sheet.px(hand.size)
    mask, length = _strung(text, hand, size, rng)
    mask = pen(_warped(mask, hand.slant, hand.unrest, rng), sheet.ppm, rng)
    sheet.ink(mask, sheet.px(at[0]) - size, sheet.px(at[1]) - 2 * size, hand.ink)
    right = at[0] + length / sheet.ppm
    return (at[0] - 0.4, at[1] - 0.85 * hand.size, right + 0.6, at[1] + 0.35 * hand.size)


def stroke(
    sheet: Sheet, points: list[tuple[float, float]], width: float, ink: Colour, name: str
) -> None:
    """Draw one pen stroke through ``points`` (millimetres), thinner where it runs fast."""
    curve = _smooth(np.asarray(points, dtype=np.float64))
    low, high = curve.min(axis=0) - 2, curve.max(axis=0) + 2
    size = ((high - low) * sheet.ppm).astype(int)
    image = Image.new("L", (int(size[0]), int(size[1])))
    draw = ImageDraw.Draw(image)
    speed = np.hypot(*np.gradient(curve, axis=0).T)
    radius = width / 2 * (1.25 - 0.6 * speed / (speed.max() + 1e-9)) * sheet.ppm
    for (x, y), r in zip((curve - low) * sheet.ppm, radius, strict=True):
        draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
    mask = pen(plane(image), sheet.ppm, sheet.rng(f"stroke {name}"))
    sheet.ink(mask, sheet.px(float(low[0])), sheet.px(float(low[1])), ink)


def _smooth(points: np.ndarray) -> np.ndarray:
    """Return a Catmull-Rom curve through ``points``, shape (n, 2), densely sampled."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 90, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        cubic = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
        pieces.append(0.5 * (cubic + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*pieces, points[-1:]])


def scribble(sheet: Sheet, box: tuple[float, float, float, float], ink: Colour, name: str) -> None:
    """Write an official's illegible signature inside ``box`` (left, top, right, bottom)."""
    rng, (left, top, right, bottom) = sheet.rng(f"scribble {name}"), box
    count = 15
    along = np.linspace(0, 1, count)
    x = left + (right - left) * (along + 0.075 * np.sin(along * 40 + rng.uniform(0, 6)))
    reach = (0.95 - 0.62 * along) * np.where(np.arange(count) % 2, 1, -1)
    y = (top + bottom) / 2 + (bottom - top) / 2 * reach * rng.uniform(0.6, 1.0, count)
    stroke(sheet, list(zip(x.tolist(), y.tolist(), strict=True)), 0.42, ink, name)
    tail = [
        (right - 2, float(y[-1])),
        (right - 9, bottom + 0.4),
        (left + 4, bottom - 0.2),
        (right + 2, bottom - 1.8),
    ]
    stroke(sheet, tail, 0.36, ink, name + " tail")
