"""Handwriting as a mask of ink: a line of a family, bent, joined, pressed; or a scribble."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from .fonts import Face, FontBook, stepped
from .sheet import Plane, Rng, blur, noise, plane

SCRIPTS = ("Hang", "Cyrl", "Latn", "Hani", "Arab")


@dataclass(frozen=True, slots=True)
class Pen:
    """A writing instrument: how much it thickens strokes (parts of the letter height), how
    its ink varies along them, how much it skips."""

    name: str
    swell: float
    vary: float
    skip: float


PENS = (
    Pen("ballpoint", 0.002, 0.22, 0.12),
    Pen("gel", 0.008, 0.08, 0.0),
    Pen("fountain", 0.014, 0.30, 0.02),
    Pen("felt", 0.026, 0.10, 0.0),
    Pen("fine", -0.004, 0.15, 0.05),
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a hand writes: everything is 0 for the plain letters of the family."""

    slant: float = 0.0
    wave: float = 0.0
    tremor: float = 0.0
    jitter: float = 0.0
    shrink: float = 0.0
    climb: float = 0.0
    squeeze: float = 1.0
    join: bool = False
    flourish: str = ""


def manner(rng: Rng, script: str, freedom: float = 1.0) -> Manner:
    """Draw a manner; `freedom` 0 is a careful hand and 1 a practised signature."""
    flourishes = ("", "", "", "under", "loop", "tail", "strike")
    return Manner(
        slant=float(rng.normal(0.08, 0.20) * freedom),
        wave=float(abs(rng.normal(0, 0.035)) * freedom),
        tremor=float(rng.uniform(0, 0.012) if rng.random() < 0.25 * freedom else 0.0),
        jitter=float(rng.uniform(0, 0.07) * freedom),
        shrink=float(rng.uniform(0, 0.35) if rng.random() < 0.4 * freedom else 0.0),
        climb=float(rng.normal(0, 0.07) * freedom),
        squeeze=float(np.exp(rng.normal(0, 0.16) * freedom)),
        join=bool(script in ("Latn", "Cyrl") and rng.random() < 0.3 * freedom),
        flourish=flourishes[int(rng.integers(7))] if rng.random() < 0.6 * freedom else "",
    )


def written(text: str, face: Face, how: Manner, pen: Pen, rng: Rng, script: str = "Cyrl") -> Plane:
    """Return a line of handwriting as ink from 0 to 1, cut to its bounds."""
    mask = _letters(text, face, how, rng, script)
    mask = _bent(mask, face.size, how, rng)
    return trimmed(_inked(mask, face.size, pen, rng))


def scribble(rng: Rng, high: int, pen: Pen) -> Plane:
    """Return a stroke that is no writing: loops, zigzags, waves, or a tangle."""
    kind = int(rng.integers(5))
    t = np.linspace(0, 1, 900)
    turns = float(rng.uniform(3, 10))
    long = high * float(rng.uniform(1.0, 3.6))
    fade = 1 - float(rng.uniform(0, 0.7)) * t
    wander = np.interp(t, np.linspace(0, 1, 9), rng.normal(0, 0.18, 9))
    if kind == 0:  # zigzag
        y = fade * (2 * np.abs((t * turns) % 1 - 0.5) * 2 - 1) * 0.4 + 0.4 * wander
        x = t + 0.02 * wander
    elif kind == 1:  # a row of loops
        x = t + 0.5 / turns * np.sin(2 * np.pi * turns * t)
        y = fade * 0.4 * np.cos(2 * np.pi * turns * t) + 0.4 * wander
    elif kind == 2:  # waves that change their height
        y = 0.45 * np.sin(2 * np.pi * turns * t) * np.abs(np.sin(np.pi * t * 2.3 + 0.4)) * fade
        x = t + 0.03 * np.sin(9 * t)
    elif kind == 3:  # a tangle
        knots = int(rng.integers(8, 20))
        x = _smooth(rng.uniform(0, 1, knots), t) * 0.6
        y = _smooth(rng.uniform(-0.5, 0.5, knots), t)
        long = high * float(rng.uniform(1.0, 2.2))
    else:  # a capital-like sweep, then a line that runs out
        x = np.where(t < 0.4, 0.25 + 0.25 * np.cos(5 * np.pi * t), 0.25 + (t - 0.4) * 1.2)
        y = np.where(t < 0.4, 0.45 * np.sin(7 * np.pi * t), 0.1 * np.sin(30 * t) * (1 - t) + wander)
    points = np.stack([x * long, -y * high + high * 0.6], axis=1)
    mask = _stroke(points, max(1.4, high * float(rng.uniform(0.015, 0.045))), rng)
    how = Manner(slant=float(rng.normal(0.1, 0.2)), wave=0.03, climb=float(rng.normal(0, 0.08)))
    return trimmed(_inked(_bent(mask, high, how, rng), high, pen, rng))


def _smooth(values: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Return a curve near values at even steps (quadratic B-spline: it never kinks)."""
    n = len(values)
    at = t * (n - 2)
    k = np.minimum(at.astype(int), n - 3)
    u = at - k
    mid = (values[:-1] + values[1:]) / 2
    return (1 - u) ** 2 * mid[k] + 2 * u * (1 - u) * values[k + 1] + u**2 * mid[k + 1]


def _stroke(points: np.ndarray, width: float, rng: Rng) -> Plane:
    pad = 4 * width
    points = points - points.min(0) + pad
    size = points.max(0) + pad
    image = Image.new("L", (int(size[0]) + 1, int(size[1]) + 1))
    draw = ImageDraw.Draw(image)
    speed = np.hypot(*np.diff(points, axis=0).T)
    thick = width * np.clip(1.25 - 0.35 * speed / (speed.mean() + 1e-6), 0.6, 1.3)
    for a, b, w in zip(points[:-1], points[1:], thick, strict=True):
        draw.line((*a, *b), fill=255, width=max(1, round(w)))
    return blur(plane(image), 0.7)


def _letters(text: str, face: Face, how: Manner, rng: Rng, script: str) -> Plane:
    size = face.size
    width = int(face.length(text) * 1.3 + 4 * size)
    image = Image.new("L", (width, 4 * size))
    draw = ImageDraw.Draw(image)
    # Arabic letters join: they are set as one run, or their shapes would fall apart.
    pieces = [text] if script == "Arab" else list(text)
    x, ends = 1.5 * size, []
    for k, piece in enumerate(pieces):
        scale = 1 - how.shrink * k / max(1, len(pieces) - 1)
        font = face if scale > 0.97 else _smaller(face, scale)
        y = 2.3 * size + float(rng.normal(0, how.jitter)) * size
        if how.join and ends and piece.strip() and rng.random() < 0.7:
            _joined(draw, ends[-1], (x + 0.05 * size, y - 0.05 * size), size)
        end = font.draw(draw, (x, y), piece)
        ends.append((end - 0.08 * size, y - 0.02 * size))
        x = end + float(rng.normal(0, 0.4 * how.jitter)) * size
    _flourish(draw, how.flourish, (1.5 * size, x), 2.3 * size, size, rng)
    return plane(image)


_SIZES: dict[tuple[int, int], Face] = {}


def _smaller(face: Face, scale: float) -> Face:
    size = stepped(face.size * scale)
    key = (id(face), size)
    if key not in _SIZES:
        _SIZES[key] = face.at(size)
    return _SIZES[key]


def _joined(
    draw: ImageDraw.ImageDraw, a: tuple[float, float], b: tuple[float, float], size: int
) -> None:
    t = np.linspace(0, 1, 8)
    dip = 0.06 * size * np.sin(np.pi * t)
    points = [
        (a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u + d)
        for u, d in zip(t, dip, strict=True)
    ]
    draw.line(points, fill=255, width=max(1, round(0.035 * size)))


def _flourish(
    draw: ImageDraw.ImageDraw,
    kind: str,
    span: tuple[float, float],
    base: float,
    size: int,
    rng: Rng,
) -> None:
    if not kind:
        return
    t = np.linspace(0, 1, 60)
    x0, x1 = span
    wide = max(x1 - x0, size)
    if kind == "under":
        x = x1 - wide * t
        y = base + size * (0.22 + 0.10 * np.sin(np.pi * t * float(rng.uniform(0.8, 2.2))))
    elif kind == "strike":
        x, y = x0 + wide * 1.05 * t, base - size * (0.25 + 0.1 * t)
    elif kind == "loop":
        x = x1 + size * (0.9 * t - 0.35 * np.sin(2 * np.pi * t))
        y = base - size * (0.1 + 0.35 * np.sin(np.pi * t) ** 2)
    else:
        x = x1 + size * 1.3 * t
        y = base - size * 0.25 * np.sin(3 * np.pi * t) * (1 - t)
    thick = max(1, round(size * float(rng.uniform(0.025, 0.05))))
    draw.line(list(zip(x, y, strict=True)), fill=255, width=thick, joint="curve")


def _bent(mask: Plane, size: float, how: Manner, rng: Rng) -> Plane:
    """Shear, squeeze, climb, wave and tremble by looking up where each pixel comes from."""
    ink = np.argwhere(mask > 0.2)
    if not len(ink):
        return mask
    pad = round(0.6 * size)
    (y0, x0), (y1, x1) = np.maximum(ink.min(0) - pad, 0), ink.max(0) + pad
    mask = mask[y0:y1, x0:x1]
    height, width = mask.shape
    wide = round(width * how.squeeze + abs(how.slant) * height)
    rise = abs(how.climb) * wide
    high = round(height + rise)
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    sx = (x - wide / 2 + how.slant * (y - high / 2)) / how.squeeze + width / 2
    sy = y - high / 2 + height / 2 + how.climb * (x - wide / 2)
    for spread, amount in ((0.9, how.wave), (0.09, how.tremor)):
        if amount:
            sx = sx + amount * size * noise(rng, wide, high, spread * size)
            sy = sy + amount * size * noise(rng, wide, high, spread * size)
    return sampled(mask, sx, sy)


def sampled(mask: Plane, x: Plane, y: Plane) -> Plane:
    """Return a plane looked up at fractional places, 0 outside."""
    height, width = mask.shape
    inside = (x > 0) & (x < width - 1) & (y > 0) & (y < height - 1)
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    column, row = x.astype(np.int32), y.astype(np.int32)
    u, v = x - column, y - row
    flat = mask.ravel()
    at = row * width + column
    top = flat[at] * (1 - u) + flat[at + 1] * u
    low = flat[at + width] * (1 - u) + flat[at + width + 1] * u
    return np.where(inside, top * (1 - v) + low * v, 0).astype(np.float32)


def _inked(mask: Plane, size: float, pen: Pen, rng: Rng) -> Plane:
    """Thicken or thin the strokes, and let the ink vary along them."""
    height, width = mask.shape
    press = noise(rng, width, height, 0.5 * size)
    soft = blur(mask, max(0.4, 0.02 * size))
    limit = 0.5 - 8.0 * pen.swell - 0.10 * press
    ink = np.clip((soft - np.clip(limit, 0.20, 0.7)) / 0.35 + 0.5, 0, 1)
    ink *= np.clip(soft * 12, 0, 1)
    ink *= np.clip(0.92 - pen.vary * 0.5 + pen.vary * 0.5 * press, 0.35, 1)
    if pen.skip:
        streak = noise(rng, width, height, 0.03 * size)
        ink *= 1 - 0.7 * np.clip(streak - (2.2 - 8 * pen.skip), 0, 1)
    return ink.astype(np.float32)


def trimmed(mask: Plane, level: float = 0.15) -> Plane:
    """Cut away what carries no ink."""
    ink = np.argwhere(mask > level)
    if not len(ink):
        return mask
    (y0, x0), (y1, x1) = ink.min(0), ink.max(0) + 1
    return mask[y0:y1, x0:x1]


def signed(
    script: str, text: str, book: FontBook, rng: Rng, size: float, freedom: float = 1.0
) -> Plane:
    """Return a signature of a script, or a scribble for Zzzz."""
    pen = PENS[int(rng.integers(len(PENS)))]
    if script == "Zzzz":
        return scribble(rng, round(size * 1.3), pen)
    face = book.face(book.pick(script, rng), size)
    return written(text, face, manner(rng, script, freedom), pen, rng, script)
