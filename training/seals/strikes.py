"""Strikes of invented stamps of every kind, as masks: more kinds than any drawn page has.

A strike is a plane of ink, 0 to 1, with the half axes of its design. Rings, words, frames, what
stands in the middle, wear, gaps and pores are drawn at random; colour and strength come later.
`lures.py` draws what must not be taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from benchmarks.aids.emblems import emblem
from PIL import Image, ImageDraw, ImageFilter

from training.seals.icons import icon
from training.seals.masks import (
    REACH,
    SIDE,
    Plane,
    Rng,
    blob,
    ellipse,
    face,
    lines,
    smooth,
    to_bytes,
    words,
)
from training.seals.pages import BOXED, KINDS, ROUND, TRIANGLE

_SHARES = {"round": 0.4, "oval": 0.1, "rect": 0.19, "triangle": 0.18, "square": 0.13}


@dataclass(frozen=True, slots=True)
class Strike:
    """A mask (rows × columns, 0 to 255), its kind, and half its design's width and height."""

    mask: Plane
    kind: int
    half: tuple[float, float]


def strike(rng: Rng) -> Strike:
    """Return one strike at random."""
    shape = str(rng.choice(list(_SHARES), p=list(_SHARES.values())))
    image = Image.new("L", (SIDE, SIDE))
    makers = {ROUND: _round, BOXED: _box, TRIANGLE: _triangle}
    kind = KINDS[shape]
    half = makers[kind](image, shape, rng)
    plane = np.asarray(image, np.float32) / 255
    return Strike(to_bytes(worn(plane, rng)), kind, half)


def _round(image: Image.Image, shape: str, rng: Rng) -> tuple[float, float]:
    radius = SIDE / 2 * REACH
    flat = float(rng.uniform(0.52, 0.8)) if shape == "oval" else 1.0
    rings = _rings(rng)
    for share, width in rings:
        ellipse(image, radius * share, radius * share * flat, width * radius)
    edges = [share for share, _ in rings if share > 0.82]
    outer = min(edges) - 0.05
    inner = min([share for share, _ in rings if share < 0.8], default=float(rng.uniform(0.5, 0.68)))
    worded = rng.random() < 0.96 and outer - inner > 0.1
    if worded:
        _around(image, (radius * outer, radius * (inner + 0.03), flat), rng)
        if rng.random() < 0.25:
            band = inner - 0.03
            _around(image, (radius * band, radius * band * 0.72, flat), rng)
            inner = band * 0.7
    _middle(image, radius * inner * 0.9, flat, rng, must_tell=not worded)
    return radius, radius * flat


def _rings(rng: Rng) -> list[tuple[float, float]]:
    """Return outer edges and widths of rings, in shares of the radius."""
    rings = [(1.0, float(rng.uniform(0.012, 0.075)))]
    if rng.random() < 0.5:
        rings.append((float(rng.uniform(0.87, 0.955)), float(rng.uniform(0.01, 0.05))))
    if rng.random() < 0.72:
        rings.append((float(rng.uniform(0.5, 0.72)), float(rng.uniform(0.01, 0.045))))
        if rng.random() < 0.2:
            rings.append((rings[-1][0] - 0.05, 0.015))
    return rings


def _around(image: Image.Image, band: tuple[float, float, float], rng: Rng) -> None:
    """Set words along an ellipse, in a band of radii."""
    outer, inner, flat = band
    high = (outer - inner) * float(rng.uniform(0.62, 0.95))
    if high < 7:
        return
    font = face(rng, high)
    middle = (outer + inner) / 2
    around = 2 * np.pi * middle
    share = 1.0 if rng.random() < 0.75 else float(rng.uniform(0.35, 0.9))
    text = words(rng, 4, 12)
    while font.getlength(text) < around * share * 0.8:
        text += " " + words(rng, 1, 3)
    strip = Image.new("L", (round(around), round(outer - inner)))
    ImageDraw.Draw(strip).text((2, strip.height / 2), text, fill=255, font=font, anchor="lm")
    pixels = np.asarray(strip, np.float32)
    pixels[:, round(around * share) :] = 0
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + 0.5 - SIDE / 2
    y /= flat
    r = np.hypot(x, y)
    turn = (np.arctan2(x, -y) / (2 * np.pi) + float(rng.random())) % 1
    v = ((outer - r) / (outer - inner) * strip.height).astype(np.int32)
    u = np.minimum((turn * strip.width).astype(np.int32), strip.width - 1)
    there = (r < outer) & (r > inner)
    drawn = np.where(there, pixels[np.clip(v, 0, strip.height - 1), u], 0)
    image.paste(255, (0, 0), Image.fromarray(drawn.astype(np.uint8)))


def _middle(
    image: Image.Image, radius: float, flat: float, rng: Rng, *, must_tell: bool = False
) -> None:
    """Put an emblem, a sign, words or nothing in the middle; most without words around have some."""
    way = float(rng.uniform(0.55, 0.9)) if must_tell else rng.random()
    draw, c = ImageDraw.Draw(image), SIDE / 2
    if way < 0.2:
        side = max(8, round(2 * radius))
        y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side * 2 - 1
        mask = Image.fromarray(to_bytes(emblem("dev", (x, y / flat), rng)))
        image.paste(255, (round(c - side / 2), round(c - side / 2)), mask)
    elif way < 0.45:
        sign = icon(rng, max(8, round(2 * radius * flat * float(rng.uniform(0.5, 1.0)))))
        image.paste(255, (round(c - sign.width / 2), round(c - sign.height / 2)), sign)
    elif way < 0.6:
        blob(draw, radius * 0.9, flat, rng)
    elif way < 0.9:
        lines(image, (2 * radius * 0.82, 2 * radius * 0.7 * flat), (c, c), rng)


def _box(image: Image.Image, shape: str, rng: Rng) -> tuple[float, float]:
    wide = SIDE / 2 * REACH * (1.0 if shape == "rect" else 0.8)
    high = wide * float(rng.uniform(0.3, 0.6) if shape == "rect" else rng.uniform(0.85, 1))
    c, draw = SIDE / 2, ImageDraw.Draw(image)
    line = max(2, round(wide * float(rng.uniform(0.012, 0.05))))
    corner = float(rng.uniform(4, 30)) if rng.random() < 0.2 else 0.0
    box = (c - wide, c - high, c + wide, c + high)
    draw.rounded_rectangle(box, corner, outline=255, width=line)
    if rng.random() < 0.35:
        off = line + float(rng.uniform(3, 9))
        box = (box[0] + off, box[1] + off, box[2] - off, box[3] - off)
        draw.rounded_rectangle(box, corner * 0.8, outline=255, width=max(1, line // 2))
    lines(image, (2 * wide * 0.88, 2 * high * 0.84), (c, c), rng)
    return wide, high


def _triangle(image: Image.Image, _: str, rng: Rng) -> tuple[float, float]:
    half = SIDE / 2 * REACH
    high = half * float(rng.uniform(0.75, 0.95))
    c, draw = SIDE / 2, ImageDraw.Draw(image)
    line = max(2, round(half * float(rng.uniform(0.015, 0.05))))
    corners = [(c, c - high), (c + half, c + high), (c - half, c + high)]
    draw.line([*corners, *corners[:2]], fill=255, width=line, joint="curve")
    middle = (c, c + high / 3)
    if rng.random() < 0.5:
        share = float(rng.uniform(0.78, 0.9))
        inner = [
            (middle[0] + (x - middle[0]) * share, middle[1] + (y - middle[1]) * share)
            for x, y in corners
        ]
        draw.line([*inner, *inner[:2]], fill=255, width=max(1, line // 2), joint="curve")
    if rng.random() < 0.35:
        _along(image, corners, rng)
        lines(image, (half * 0.6, high * 0.4), (c, c + high * 0.35), rng)
    else:
        lines(image, (half * 0.95, high * 0.8), (c, c + high * 0.4), rng)
    return half, high


def _along(image: Image.Image, corners: list[tuple[float, float]], rng: Rng) -> None:
    """Set words along the sides of a triangle, their feet towards its middle."""
    size = float(rng.uniform(16, 30))
    for k in range(3):
        (x0, y0), (x1, y1) = corners[k - 1], corners[k]
        length = float(np.hypot(x1 - x0, y1 - y0))
        used, row = face(rng, size), words(rng, 1, 5)
        while row and used.getlength(row) > length * 0.6:
            row = row[:-1]
        strip = Image.new("L", (SIDE, SIDE))
        down = -SIDE / 2 + 1.1 * size  # from the side, towards the middle
        at = (SIDE / 2, SIDE / 2 + down + SIDE / 2)
        ImageDraw.Draw(strip).text(at, row, fill=255, font=used, anchor="mm")
        turn = float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
        middle = ((x0 + x1) / 2 - SIDE / 2, (y0 + y1) / 2 - SIDE / 2)
        moved = tuple(round(m) for m in middle)
        turned = strip.rotate(-turn, Image.Resampling.BILINEAR)
        image.paste(255, moved, turned)


def worn(plane: Plane, rng: Rng) -> Plane:
    """Return a mask as a strike leaves it: uneven, with a weak side, gaps, pores, a shaken hand."""
    if rng.random() < 0.15:
        shift = (int(rng.integers(-7, 8)), int(rng.integers(-7, 8)))
        plane = np.maximum(plane, float(rng.uniform(0.3, 0.7)) * np.roll(plane, shift, (0, 1)))
    uneven = float(rng.uniform(0.03, 0.4))
    film = 1 + uneven * 0.6 * smooth(rng, float(rng.uniform(25, 90)))
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + 0.5) / SIDE * 2 - 1
    lean = float(rng.uniform(-np.pi, np.pi))
    film += uneven * (np.cos(lean) * x + np.sin(lean) * y)
    if rng.random() < 0.25:
        away = np.abs((np.arctan2(y, x) - lean + np.pi) % (2 * np.pi) - np.pi)
        edge = np.radians(float(rng.uniform(20, 75))) + 0.25 * smooth(rng, 60)
        film *= np.clip((away - edge) / 0.25, 0, 1)
    pores = 1 + float(rng.uniform(0, 0.35)) * smooth(rng, float(rng.uniform(2, 6)))
    blurred = Image.fromarray(to_bytes(plane)).filter(
        ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.6)))
    )
    return np.asarray(blurred, np.float32) / 255 * np.clip(film, 0, 1.2) * np.clip(pores, 0.2, 1.2)
