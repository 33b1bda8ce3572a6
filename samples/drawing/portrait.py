"""The portrait: a shaded, plainly invented head and shoulders in black and white."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .paper import Plane, generator, noise, step

WIDTH, HEIGHT = 600, 800


@dataclass(frozen=True, slots=True)
class Face:
    """The proportions of one invented face; 1.0 everywhere is the plain one."""

    seed: int
    width: float = 1.0
    jaw: float = 1.0
    eyes: float = 1.0
    brow: float = 1.0
    nose: float = 1.0
    mouth: float = 1.0
    hair: float = 0.16
    hairline: float = 0.0
    skin: float = 0.74


def _over(picture: Plane, alpha: Plane, tone: Plane | float) -> Plane:
    return np.asarray(picture + np.clip(alpha, 0, 1) * (tone - picture), dtype=np.float32)


def _blob(x: Plane, y: Plane, at: tuple[float, float], size: tuple[float, float]) -> Plane:
    """Return a soft spot: 1 in the middle, e^-1 at ``size`` from it."""
    return np.exp(-(((x - at[0]) / size[0]) ** 2) - ((y - at[1]) / size[1]) ** 2)


def _disc(
    x: Plane, y: Plane, at: tuple[float, float], size: tuple[float, float], soft: float
) -> Plane:
    """Return a filled ellipse with an edge ``soft`` wide (as a share of its size)."""
    distance = np.hypot((x - at[0]) / size[0], (y - at[1]) / size[1])
    return 1 - step(1 - soft, 1 + soft, distance.astype(np.float32))


def _body(picture: Plane, x: Plane, y: Plane) -> Plane:
    """Add the shoulders in a plain tunic with shirt and tie."""
    slope = 0.62 + 0.30 * np.clip((np.abs(x) - 0.16) / 0.5, 0, 1.6) ** 1.5
    body = step(-0.008, 0.008, y - slope)
    folds = 0.34 + 0.08 * (0.5 - x) - 0.05 * np.exp(-(((np.abs(x) - 0.42) / 0.08) ** 2))
    picture = _over(picture, body, folds.astype(np.float32))
    opening = step(-0.008, 0.008, (y - 0.60) * 0.62 - np.abs(x) * 1.0 + 0.13) * body
    reach = step(-0.008, 0.008, 0.23 - np.abs(x) - (y - 0.62) * 0.42)
    shirt = opening * reach
    picture = _over(picture, shirt, 0.66)
    knot = step(-0.006, 0.006, 0.05 + 0.04 * (y - 0.7) - np.abs(x)) * step(0.69, 0.71, y)
    picture = _over(picture, knot * body, 0.14)
    lapel = np.exp(-(((np.abs(x) - 0.235 + (y - 0.62) * 0.40) / 0.012) ** 2)) * body
    picture = _over(picture, 0.6 * lapel, 0.10)
    for side in (-1, 1):
        tab = _disc(x, y, (side * 0.30, 0.80), (0.030, 0.045), 0.15)
        picture = _over(picture, 0.7 * tab * body, 0.55)
    return picture


def _half_width(y: Plane, face: Face) -> Plane:
    """Return half the head's width at each height: round above, tapering to the chin."""
    upper = np.sqrt(np.clip(1 - ((y + 0.12) / 0.50) ** 2, 0, 1))
    lower = np.clip(1 - np.clip((y + 0.12) / 0.585, 0, 1) ** 3.4, 0, 1) ** 0.5
    taper = 1 - 0.27 * np.clip((y - 0.02) / 0.45, 0, 1) ** 1.1 * (2 - face.jaw)
    half = np.where(y < -0.12, upper, lower * taper) * 0.335 * face.width
    return np.asarray(half, dtype=np.float32)


def _head(picture: Plane, x: Plane, y: Plane, face: Face) -> Plane:
    """Add neck, ears and the rounded head under light from the upper left."""
    neck = step(-0.01, 0.01, 0.165 * face.width - np.abs(x) + 0.1 * np.clip(y - 0.52, 0, 1))
    neck = neck * step(0.30, 0.34, y) * (1 - step(0.70, 0.715, y + 0.28 * np.abs(x)))
    shade = face.skin * (
        0.70 - 0.55 * np.clip(x, -0.2, 0.3) - 0.42 * _blob(x, y, (0.02, 0.42), (0.3, 0.12))
    )
    picture = _over(picture, neck, shade.astype(np.float32))
    for side in (-1, 1):
        ear = _disc(x, y, (side * 0.338 * face.width, -0.03), (0.045, 0.105), 0.12)
        tone = face.skin * (0.80 - 0.2 * side) - 0.2 * _blob(
            x, y, (side * 0.338 * face.width, -0.03), (0.018, 0.05)
        )
        picture = _over(picture, ear, tone.astype(np.float32))
    half = np.maximum(_half_width(y, face), 1e-3)
    inside = step(-0.006, 0.006, half - np.abs(x)) * (np.abs(y + 0.07) < 0.56)
    nx, ny = np.clip(x / half, -1, 1), np.clip((y + 0.05) / 0.60, -1, 1)
    nz = np.sqrt(np.clip(1 - 0.80 * nx**2 - 0.45 * ny**2, 0, 1))
    light = -0.34 * nx - 0.20 * ny + 0.86 * nz
    return _over(
        picture, inside, (face.skin * (0.30 + 0.80 * np.clip(light, 0, 1))).astype(np.float32)
    )


def _eyes(picture: Plane, x: Plane, y: Plane, face: Face) -> Plane:
    for side in (-1, 1):
        cx, cy = side * 0.135 * face.width, -0.045
        picture = _over(picture, 0.34 * _blob(x, y, (cx, cy - 0.01), (0.085, 0.055)), 0.25)
        arch = 0.030 * face.eyes * (1 - ((x - cx) / 0.066) ** 2)
        lids = step(-0.004, 0.004, arch - np.abs(y - cy + 0.1 * side * (x - cx)))
        picture = _over(picture, lids, 0.80)
        iris = _disc(x, y, (cx, cy - 0.002), (0.027, 0.027), 0.12) * lids
        picture = _over(picture, iris, 0.24)
        picture = _over(picture, _disc(x, y, (cx, cy - 0.002), (0.011, 0.011), 0.2) * lids, 0.05)
        picture = _over(picture, _disc(x, y, (cx - 0.009, cy - 0.012), (0.006, 0.006), 0.3), 0.95)
        upper = np.exp(-(((y - cy + arch) / 0.007) ** 2)) * (np.abs(x - cx) < 0.07)
        picture = _over(picture, 0.85 * upper, 0.12)
        bend = -0.135 - 0.022 * np.cos((x - cx) / 0.1 * 1.5) + 0.02 * side * (x - cx)
        hairs = np.exp(-(((y - bend) / (0.016 * face.brow)) ** 2)) * _disc(
            x, y, (cx, -0.14), (0.105, 0.1), 0.2
        )
        picture = _over(picture, 0.78 * hairs, 0.16)
    return picture


def _middle(picture: Plane, x: Plane, y: Plane, face: Face) -> Plane:
    """Add the nose and the mouth."""
    tip = 0.165 * face.nose
    side = (
        np.exp(-(((x - 0.048) / 0.026) ** 2))
        * step(-0.08, 0.06, y)
        * (1 - step(tip - 0.03, tip + 0.02, y))
    )
    picture = _over(picture, 0.30 * side, 0.30)
    ridge = (
        np.exp(-(((x + 0.008) / 0.022) ** 2)) * step(-0.1, 0.02, y) * (1 - step(tip - 0.03, tip, y))
    )
    picture = _over(picture, 0.30 * ridge, 0.92)
    picture = _over(picture, 0.42 * _blob(x, y, (0.012, tip + 0.022), (0.075, 0.020)), 0.22)
    for wing in (-1, 1):
        picture = _over(
            picture, 0.75 * _blob(x, y, (wing * 0.030, tip + 0.008), (0.015, 0.009)), 0.10
        )
    low = 0.295
    width = 0.105 * face.mouth
    lips = _disc(x, y, (0, low), (width, 0.030), 0.25)
    picture = _over(picture, 0.55 * lips, 0.42)
    line = np.exp(-(((y - low + 0.006 * np.cos(x / width * 3.1)) / 0.006) ** 2)) * (
        np.abs(x) < width
    )
    picture = _over(picture, 0.8 * line, 0.14)
    picture = _over(picture, 0.30 * _blob(x, y, (0, low + 0.055), (0.07, 0.016)), 0.22)
    return _over(picture, 0.22 * _blob(x, y, (-0.02, 0.43), (0.06, 0.03)), 0.85)


def _hair(picture: Plane, x: Plane, y: Plane, face: Face, rng: np.random.Generator) -> Plane:
    """Add short hair: everything of the skull above a curved hairline."""
    skull = np.hypot(x / (0.362 * face.width), (y + 0.10) / 0.545) - 1
    strands = noise(WIDTH, HEIGHT, 5, rng)
    cap = 1 - step(-0.02, 0.02, (skull + 0.010 * strands).astype(np.float32))
    brow = -0.36 + face.hairline + 0.9 * np.abs(x) ** 2.4 + 0.02 * np.cos(9 * x)
    temple = np.abs(x) / face.width + 0.006 * strands
    side = 0.10 * step(0.20, 0.29, temple) + 0.15 * step(0.285, 0.315, temple)
    cover = cap * (1 - step(-0.02, 0.03, (y - brow - side + 0.008 * strands).astype(np.float32)))
    sheen = 0.10 * _blob(x, y, (-0.12, -0.50), (0.16, 0.06))
    tone = face.hair + sheen + 0.025 * strands
    return _over(picture, cover, tone.astype(np.float32))


def portrait(face: Face) -> Image.Image:
    """Return the portrait as an 8-bit grey image of 600 by 800 pixels."""
    rng = generator(face.seed, "portrait")
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x, y = (x + 0.5) / WIDTH - 0.5, (y + 0.5) / HEIGHT * 4 / 3 - 0.62
    x, y = x * 1.22, y * 1.22
    picture = np.asarray(0.80 - 0.12 * x - 0.06 * y, dtype=np.float32)
    picture = _over(picture, 0.16 * _blob(x, y, (0.30, 0.15), (0.35, 0.6)), 0.45)
    picture = _body(picture, x, y)
    picture = _head(picture, x, y, face)
    picture = _eyes(picture, x, y, face)
    picture = _middle(picture, x, y, face)
    picture = _hair(picture, x, y, face, rng)
    picture = picture + 0.015 * noise(WIDTH, HEIGHT, 2.2, rng)
    return Image.fromarray((np.clip(picture, 0.03, 0.97) * 255).astype(np.uint8))
