"""Masks drawn at random: what strikes and what must not be taken for them are made of.

A mask is SIDE × SIDE, 0 to 255; a design reaches to `REACH` of half its side.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Rng = np.random.Generator
Plane = np.ndarray
SIDE = 416
REACH = 0.88
_LETTERS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"


def to_bytes(plane: Plane) -> Plane:
    return (np.clip(plane, 0, 1) * 255).astype(np.uint8)


def words(rng: Rng, low: int, high: int) -> str:
    made: list[str] = []
    for _ in range(int(rng.integers(low, high))):
        count = int(rng.integers(2, 11))
        made.append("".join(_LETTERS[int(k)] for k in rng.integers(len(_LETTERS), size=count)))
    text = " ".join(made)
    if rng.random() < 0.3:
        text += " " + "".join(str(d) for d in rng.integers(0, 10, size=int(rng.integers(1, 14))))
    return text


@cache
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def face(rng: Rng, size: float) -> ImageFont.FreeTypeFont:
    return font(_paths()[int(rng.integers(len(_paths())))], max(6, round(size)))


@cache
def _paths() -> list[str]:
    """Return Debian's fonts that hold Cyrillic letters."""
    found: list[str] = []
    for folder, name in (("dejavu", "*"), ("liberation2", "*Bold"), ("paratype", "PT*")):
        found += [str(p) for p in Path("/usr/share/fonts/truetype", folder).glob(name + ".ttf")]
    return sorted(found)


def ellipse(image: Image.Image, rx: float, ry: float, width: float) -> None:
    """Draw a ring whose outer edge has these semi-axes."""
    big = Image.new("L", (SIDE * 2, SIDE * 2))
    draw = ImageDraw.Draw(big)
    c = SIDE
    draw.ellipse((c - 2 * rx, c - 2 * ry, c + 2 * rx, c + 2 * ry), fill=255)
    rx, ry = max(1.0, rx - width), max(1.0, ry - width)
    draw.ellipse((c - 2 * rx, c - 2 * ry, c + 2 * rx, c + 2 * ry), fill=0)
    ring = big.resize((SIDE, SIDE), Image.Resampling.BOX)
    image.paste(255, (0, 0), ring)


def blob(draw: ImageDraw.ImageDraw, radius: float, flat: float, rng: Rng) -> None:
    """Draw an invented figure: a few polygons and lines, alike on both sides."""
    c = SIDE / 2
    for _ in range(int(rng.integers(1, 5))):
        x = rng.uniform(0, 1, size=5) * radius
        y = rng.uniform(-1, 1, size=5) * radius * 0.8 * flat
        for side in (-1, 1):
            points = [(c + side * float(u), c + float(v)) for u, v in zip(x, y, strict=True)]
            if rng.random() < 0.5:
                draw.polygon(points, outline=255, fill=255 if rng.random() < 0.4 else None)
            else:
                draw.line(points, fill=255, width=int(rng.integers(2, 7)))


def lines(image: Image.Image, room: tuple[float, float], at: tuple[float, float], rng: Rng) -> None:
    """Set one to four lines of words in a room, around a place."""
    count = int(rng.integers(1, 5))
    rows = [words(rng, 1, 2 if room[0] < 1.6 * room[1] else 4) for _ in range(count)]
    size = min(room[1] / count * 0.9, 90)
    font = face(rng, size)
    longest = max(font.getlength(line) for line in rows)
    if longest > room[0]:
        size *= room[0] / longest
        font = face(rng, size)
    draw = ImageDraw.Draw(image)
    for k, line in enumerate(rows):
        y = at[1] + (k - (count - 1) / 2) * min(room[1] / count, 1.6 * size)
        draw.text((at[0], y), line, fill=255, font=font, anchor="mm")


def smooth(rng: Rng, cell: float) -> Plane:
    """Return smooth noise of about unit spread over a mask; `cell` pixels wide."""
    count = max(2, round(SIDE / cell)) + 1
    coarse = Image.fromarray(rng.normal(size=(count, count)).astype(np.float32))
    return np.asarray(coarse.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
