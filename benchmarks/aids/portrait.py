"""Portraits of nobody: enough of a face for a face to be found, on a passport photograph."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .sheet import Plane, Rng, noise

_SKINS = ((224, 188, 164), (206, 164, 134), (178, 132, 102), (236, 204, 184), (140, 98, 76))
_HAIR = ((40, 30, 26), (78, 54, 38), (120, 96, 66), (30, 30, 34), (150, 148, 146))


def portrait(rng: Rng, width: int, height: int, *, colour: bool) -> Plane:
    """Return a head and shoulders as floats, `height` × `width` × 3."""
    scale = 2
    w, h = width * scale, height * scale
    image = Image.new("RGB", (w, h), tuple(int(v) for v in rng.integers(176, 232, 3)))
    draw = ImageDraw.Draw(image)
    cx, cy = w * (0.5 + float(rng.normal(0, 0.02))), h * (0.42 + float(rng.normal(0, 0.02)))
    face = w * float(rng.uniform(0.22, 0.27)), h * float(rng.uniform(0.23, 0.27))
    skin = np.array(_SKINS[int(rng.integers(5))])
    hair = _HAIR[int(rng.integers(5))]
    _shoulders(draw, (cx, cy), face, (w, h), skin, rng)
    _head(draw, (cx, cy), face, skin, hair, rng)
    _features(draw, (cx, cy), face, skin, hair, rng)
    soft = image.filter(ImageFilter.GaussianBlur(0.006 * w)).resize((width, height))
    pixels = np.asarray(soft, dtype=np.float32) / np.float32(255)
    side = float(rng.choice((-1.0, 1.0))) * np.linspace(-0.11, 0.11, width, dtype=np.float32)
    pixels = pixels * (1 + side)[None, :, None]
    pixels = pixels * (1 + 0.03 * noise(rng, width, height, 0.06 * width))[..., None]
    return _toned(pixels, rng, colour)


def _toned(pixels: Plane, rng: Rng, colour: bool) -> Plane:
    if not colour:
        grey = pixels @ np.array([0.3, 0.59, 0.11], dtype=np.float32)
        grey = np.clip((grey - 0.5) * float(rng.uniform(0.9, 1.15)) + 0.48, 0.04, 0.94)
        tint = (1.0, 0.985, 0.95) if rng.random() < 0.5 else (1.0, 1.0, 1.0)
        pixels = grey[..., None] * np.asarray(tint, dtype=np.float32)
    return np.clip(pixels, 0.03, 0.96).astype(np.float32)


def _shoulders(draw, at, face, size, skin, rng) -> None:  # type: ignore[no-untyped-def]
    (cx, cy), (fx, fy), (w, h) = at, face, size
    coat = tuple(int(v) for v in rng.integers(20, 120, 3))
    top = cy + fy * 1.25
    draw.polygon(
        [
            (cx - fx * 0.5, top - fy * 0.15),
            (cx + fx * 0.5, top - fy * 0.15),
            (cx + w * 0.44, top + h * 0.1),
            (cx + w * 0.52, h),
            (cx - w * 0.52, h),
            (cx - w * 0.44, top + h * 0.1),
        ],
        fill=coat,
    )
    neck = tuple(int(v * 0.86) for v in skin)
    draw.rectangle((cx - fx * 0.46, cy + fy * 0.6, cx + fx * 0.46, top + fy * 0.05), fill=neck)
    draw.polygon([(cx - fx * 0.46, top), (cx + fx * 0.46, top), (cx, top + fy * 0.5)], fill=neck)
    if rng.random() < 0.5:
        shirt = tuple(int(v) for v in rng.integers(170, 240, 3))
        draw.polygon(
            [
                (cx - fx * 0.6, top - fy * 0.1),
                (cx - fx * 0.1, top + fy * 0.5),
                (cx - fx * 0.5, top + fy * 0.6),
            ],
            fill=shirt,
        )
        draw.polygon(
            [
                (cx + fx * 0.6, top - fy * 0.1),
                (cx + fx * 0.1, top + fy * 0.5),
                (cx + fx * 0.5, top + fy * 0.6),
            ],
            fill=shirt,
        )


def _head(draw, at, face, skin, hair, rng) -> None:  # type: ignore[no-untyped-def]
    (cx, cy), (fx, fy) = at, face
    tone = tuple(int(v) for v in skin)
    dark = tuple(int(v * 0.85) for v in skin)
    long = rng.random() < 0.35
    if long:
        draw.rounded_rectangle(
            (cx - fx * 1.22, cy - fy * 0.9, cx + fx * 1.22, cy + fy * 1.25), fx * 0.6, fill=hair
        )
    draw.ellipse((cx - fx * 1.1, cy - fy * 1.22, cx + fx * 1.1, cy + fy * 0.3), fill=hair)
    for side in (-1, 1):
        ear = cx + side * fx * 0.98
        draw.ellipse((ear - fx * 0.14, cy - fy * 0.16, ear + fx * 0.14, cy + fy * 0.26), fill=dark)
    draw.ellipse((cx - fx, cy - fy * 0.95, cx + fx, cy + fy * 1.05), fill=tone)
    draw.ellipse(
        (cx + fx * 0.35, cy - fy * 0.3, cx + fx * 0.98, cy + fy * 0.8),
        fill=tuple(int(v * 0.95) for v in skin),
    )
    fringe = float(rng.uniform(0.42, 0.62))
    draw.pieslice(
        (cx - fx * 1.02, cy - fy * 1.1, cx + fx * 1.02, cy - fy * (fringe - 0.35)),
        180,
        360,
        fill=hair,
    )


def _features(draw, at, face, skin, hair, rng) -> None:  # type: ignore[no-untyped-def]
    (cx, cy), (fx, fy) = at, face
    dark = tuple(int(v * 0.62) for v in skin)
    for side in (-1, 1):
        x, y = cx + side * fx * 0.42, cy - fy * 0.08
        draw.ellipse(
            (x - fx * 0.26, y - fy * 0.14, x + fx * 0.26, y + fy * 0.13),
            fill=tuple(int(v * 0.88) for v in skin),
        )
        draw.ellipse(
            (x - fx * 0.19, y - fy * 0.075, x + fx * 0.19, y + fy * 0.075), fill=(236, 234, 230)
        )
        draw.ellipse(
            (x - fx * 0.09, y - fy * 0.08, x + fx * 0.09, y + fy * 0.08), fill=(44, 34, 28)
        )
        draw.arc(
            (x - fx * 0.21, y - fy * 0.1, x + fx * 0.21, y + fy * 0.1),
            190,
            350,
            fill=(40, 30, 26),
            width=max(1, round(fx * 0.04)),
        )
        draw.line(
            (x - fx * 0.27, y - fy * 0.24, x, y - fy * 0.29, x + fx * 0.27, y - fy * 0.23),
            fill=hair,
            width=max(2, round(fx * 0.085)),
        )
    draw.line(
        (cx - fx * 0.05, cy, cx - fx * 0.12, cy + fy * 0.3),
        fill=dark,
        width=max(1, round(fx * 0.05)),
    )
    draw.arc(
        (cx - fx * 0.17, cy + fy * 0.2, cx + fx * 0.17, cy + fy * 0.4),
        15,
        165,
        fill=dark,
        width=max(1, round(fx * 0.06)),
    )
    lip = tuple(int(v) for v in np.array(skin) * (0.78, 0.55, 0.55))
    wide = fx * float(rng.uniform(0.28, 0.38))
    draw.ellipse((cx - wide, cy + fy * 0.54, cx + wide, cy + fy * 0.69), fill=lip)
    draw.line(
        (cx - wide, cy + fy * 0.61, cx + wide, cy + fy * 0.61),
        fill=dark,
        width=max(1, round(fx * 0.035)),
    )
    if rng.random() < 0.25:
        for side in (-1, 1):
            x = cx + side * fx * 0.42
            draw.ellipse(
                (x - fx * 0.3, cy - fy * 0.28, x + fx * 0.3, cy + fy * 0.12),
                outline=(40, 36, 34),
                width=max(2, round(fx * 0.04)),
            )
        draw.line(
            (cx - fx * 0.13, cy - fy * 0.1, cx + fx * 0.13, cy - fy * 0.1),
            fill=(40, 36, 34),
            width=max(2, round(fx * 0.04)),
        )
    if rng.random() < 0.2:
        draw.arc(
            (cx - fx * 0.75, cy + fy * 0.1, cx + fx * 0.75, cy + fy * 1.02),
            20,
            160,
            fill=hair,
            width=max(3, round(fx * 0.22)),
        )
