"""Rubber stamps: a design is cut once, every strike of it differs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from . import emblems
from .fonts import FontBook
from .sheet import Colour, Plane, Rng, plane
from .truth import Quad
from .words import date, digits, office, pick, town

SHAPES = ("round", "oval", "rect", "triangle", "square")
_SHARES = {"dev": (0.7, 0.08, 0.1, 0.07, 0.05), "test": (0.62, 0.1, 0.13, 0.09, 0.06)}
PIGMENTS: dict[str, dict[str, tuple[Colour, ...]]] = {
    "dev": {
        "blue": ((0.16, 0.27, 0.64), (0.11, 0.30, 0.62)),
        "violet": ((0.40, 0.20, 0.58), (0.45, 0.24, 0.64)),
        "red": ((0.74, 0.15, 0.17), (0.80, 0.20, 0.16)),
        "black": ((0.15, 0.15, 0.17), (0.20, 0.19, 0.19)),
    },
    "test": {
        "blue": ((0.09, 0.33, 0.70), (0.20, 0.31, 0.58), (0.13, 0.22, 0.56)),
        "violet": ((0.36, 0.17, 0.55), (0.48, 0.22, 0.60), (0.42, 0.28, 0.66)),
        "red": ((0.70, 0.11, 0.22), (0.82, 0.24, 0.20), (0.62, 0.12, 0.14)),
        "black": ((0.12, 0.13, 0.15), (0.24, 0.23, 0.24)),
    },
}
INKS = ("blue", "violet", "red", "black")
INK_SHARES = (0.42, 0.28, 0.17, 0.13)
# The rings of a round stamp: fractions of the radius and line widths in mm, by split.
_RINGS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "dev": (
        ((0.98, 0.55), (0.90, 0.25), (0.60, 0.3)),
        ((0.98, 0.7), (0.62, 0.35)),
        ((0.98, 0.9), (0.86, 0.3)),
        ((0.98, 0.35), (0.93, 0.35), (0.58, 0.25)),
    ),
    "test": (
        ((0.98, 0.45),),
        ((0.98, 1.1), (0.64, 0.4)),
        ((0.98, 0.3), (0.92, 0.75), (0.66, 0.3), (0.62, 0.3)),
        ((0.98, 0.6), (0.55, 0.5)),
        ((0.98, 0.4), (0.90, 0.4), (0.52, 0.2)),
    ),
}


@dataclass(frozen=True, slots=True)
class Design:
    """A stamp's design as a sharp mask, and the mask of its outline alone; sizes in mm."""

    id: int
    shape: str
    text: str
    width: float
    height: float
    mask: Plane
    outline: Plane


@dataclass(frozen=True, slots=True)
class Blow:
    """How a strike was made: where (mm), its turn in degrees, ink and how well it printed."""

    centre: tuple[float, float]
    turn: float
    ink: str
    colour: Colour
    pressure: float
    uneven: float
    gap: float
    double: float


@dataclass(frozen=True, slots=True)
class Struck:
    """What a strike left: its corners in mm, mean density on its lines, share of the outline."""

    blow: Blow
    design: Design
    quad: Quad
    strength: float
    ring: float


def cut(split: str, book: FontBook, rng: Rng, ppm: float, limit: float = 99.0) -> Design:
    """Cut a stamp at `ppm` pixels a millimetre, no wider than `limit` mm."""
    key = "test" if split == "test" else "dev"
    shape = str(rng.choice(SHAPES, p=_SHARES[key]))
    number = int(rng.integers(1 << 30))
    words = (office(split, rng), f"Г. {town(split, rng).upper()}", f"№ {digits(rng, 3)}")
    maker = {"round": _round, "oval": _round, "triangle": _triangle}.get(shape, _box)
    return maker(_Cutting(number, shape, key, book, rng, ppm, limit, words))


@dataclass(frozen=True, slots=True)
class _Cutting:
    number: int
    shape: str
    split: str
    book: FontBook
    rng: Rng
    ppm: float
    limit: float
    words: tuple[str, str, str]


def _round(c: _Cutting) -> Design:
    radius = min(float(c.rng.uniform(13.5, 20.5)), c.limit / 2)
    side = 2 * max(8, round(radius * c.ppm * 1.04))
    flat = float(c.rng.uniform(0.6, 0.72)) if c.shape == "oval" else 1.0
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side * 2.08 - 1.04
    y /= flat
    r, angle = np.hypot(x, y), np.arctan2(x, -y)
    rings = _RINGS[c.split][int(c.rng.integers(len(_RINGS[c.split])))]
    outline = _ring(r, rings[0][0], max(rings[0][1], 1.2 / c.ppm) / radius)
    mask = outline.copy()
    for where, mm in rings[1:]:
        np.maximum(mask, _ring(r, where, max(mm, 1.1 / c.ppm) / radius), out=mask)
    inner = min([where for where, _ in rings[1:] if where < 0.8], default=0.6)
    outer = min(where for where, _ in rings if where > 0.8)
    text = f"{c.words[0]} {c.words[1]}"
    band = _around(c, (r, angle), text, (inner + 0.04, outer - 0.05))
    np.maximum(mask, band, out=mask)
    np.maximum(mask, _centre(c, (x, y), inner), out=mask)
    # An oval is cut off above and below, so that its corners are those of the oval.
    trim = round(side * (1 - flat) / 2)
    rows = slice(trim, side - trim)
    size = 2 * radius * 1.04
    high = size * (side - 2 * trim) / side
    return Design(c.number, c.shape, text, size, high, mask[rows], outline[rows])


def _ring(r: Plane, where: float, width: float) -> Plane:
    edge = 0.012
    return np.clip((width / 2 - np.abs(r - where)) / edge + 0.5, 0, 1).astype(np.float32)


def _around(c: _Cutting, polar: tuple[Plane, Plane], text: str, band: tuple[float, float]) -> Plane:
    """Set text on a circle: a straight strip, bent by looking up where each pixel lies in it."""
    r, angle = polar
    inner, outer = band
    middle = (inner + outer) / 2
    high = 40
    face = c.book.face(c.book.pick("seal", c.rng), high * float(c.rng.uniform(0.72, 0.95)))
    mark = pick(c.rng, (" * ", " • ", "  ", " — "))
    around = 2 * np.pi * middle / (outer - inner) * high
    gap = max(0.0, (around - face.length(text + mark)) / max(1, len(text + mark)))
    strip = Image.new("L", (round(max(around, face.length(text + mark))), high))
    draw, at = ImageDraw.Draw(strip), 0.0
    for letter in text + mark:
        at = face.draw(draw, (at, 0.80 * high), letter) + gap
    pixels = plane(strip)
    u = ((angle + np.pi * (1 + float(c.rng.uniform(-0.1, 0.1)))) / (2 * np.pi)) % 1
    v = (outer - r) / (outer - inner)
    column = np.minimum((u * strip.width).astype(np.int32), strip.width - 1)
    row = np.clip((v * high).astype(np.int32), 0, high - 1)
    return pixels[row, column] * ((v >= 0) & (v < 1))


def _centre(c: _Cutting, xy: tuple[Plane, Plane], inner: float) -> Plane:
    way = c.rng.random()
    if way < 0.6:
        return emblems.emblem(c.split, (xy[0] / inner, xy[1] / inner), c.rng)
    side = xy[0].shape[0]
    image = Image.new("L", (side, side))
    lines = [c.words[2]] if way < 0.8 else [c.words[2], "ДЛЯ", "СПРАВОК"]
    size = inner * side / 2 * (0.55 if len(lines) == 1 else 0.36)
    _lines(c, image, lines, size)
    return plane(image)


def _lines(c: _Cutting, image: Image.Image, lines: list[str], size: float) -> None:
    face = c.book.face(c.book.pick("seal", c.rng), size)
    draw = ImageDraw.Draw(image)
    for k, line in enumerate(lines):
        x = (image.width - face.length(line)) / 2
        y = image.height / 2 + (k - (len(lines) - 1) / 2) * 1.25 * face.size + 0.36 * face.size
        face.draw(draw, (x, y), line)


def _box(c: _Cutting) -> Design:
    wide = float(c.rng.uniform(38, 58)) if c.shape == "rect" else float(c.rng.uniform(24, 32))
    wide = min(wide, c.limit)
    high = wide * float(c.rng.uniform(0.38, 0.5)) if c.shape == "rect" else wide
    image = Image.new("L", (max(8, round(wide * c.ppm)), max(8, round(high * c.ppm))))
    frame = Image.new("L", image.size)
    line = max(1, round(c.ppm * float(c.rng.uniform(0.4, 0.8))))
    ImageDraw.Draw(frame).rectangle(
        (0, 0, image.width - 1, image.height - 1), outline=255, width=line
    )
    if c.rng.random() < 0.4:
        inset = 2 * line + 1
        corner = (image.width - 1 - inset, image.height - 1 - inset)
        ImageDraw.Draw(image).rectangle(
            (inset, inset, *corner), outline=255, width=max(1, line // 2)
        )
    lines = [c.words[0], c.words[1], pick(c.rng, (f"ВХ. {c.words[2]}", date(c.rng, 2001), "ВЫДАН"))]
    if c.shape == "square":
        lines = [*c.words[0].split(), *c.words[1:]]
    trial = c.book.face(c.book.pick("seal", c.rng), 20)
    longest = max(trial.length(line) for line in lines)
    size = min(0.86 * image.width / longest * 20, 0.72 * image.height / len(lines))
    _lines(c, image, lines, size)
    outline = plane(frame)
    mask = np.maximum(plane(image), outline)
    return Design(c.number, c.shape, " ".join(lines), wide, high, mask, outline)


def _triangle(c: _Cutting) -> Design:
    side = min(float(c.rng.uniform(36, 46)), c.limit)
    high = side * 0.87
    image = Image.new("L", (max(8, round(side * c.ppm)), max(8, round(high * c.ppm))))
    frame = Image.new("L", image.size)
    width = max(2, round(c.ppm * float(c.rng.uniform(0.5, 0.9))))
    w, h, e = image.width, image.height, width
    corners = [(w / 2, e), (w - e, h - e), (e, h - e), (w / 2, e), (w - e, h - e)]
    ImageDraw.Draw(frame).line(corners, fill=255, width=width, joint="curve")
    if c.rng.random() < 0.5:
        inner = [((x - w / 2) * 0.84 + w / 2, (y - h * 0.66) * 0.84 + h * 0.66) for x, y in corners]
        ImageDraw.Draw(image).line(inner, fill=255, width=max(1, width // 2), joint="curve")
    lines = [c.words[2], *c.words[0].split(), c.words[1]]
    face = c.book.face(c.book.pick("seal", c.rng), max(5, h * 0.105))
    draw = ImageDraw.Draw(image)
    for k, line in enumerate(lines):
        draw_at = ((w - face.length(line)) / 2, h * (0.55 + 0.13 * k))
        face.draw(draw, draw_at, line)
    outline = plane(frame)
    text = " ".join(lines)
    return Design(
        c.number, "triangle", text, side, high, np.maximum(plane(image), outline), outline
    )
