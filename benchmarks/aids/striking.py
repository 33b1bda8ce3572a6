"""Striking a stamp on a sheet: uneven ink, weak sides, missing parts, a shaken hand."""

from __future__ import annotations

import numpy as np
from PIL import Image

from .sheet import Plane, Rng, Sheet, blur, grain, noise, picture, plane
from .stamps import INK_SHARES, INKS, PIGMENTS, Blow, Design, Struck
from .truth import Point, Quad

CLEAR_STRENGTH, CLEAR_RING = 0.42, 0.7


def blow(split: str, centre: Point, rng: Rng, hard: bool) -> Blow:
    """Draw at random how a stamp is struck; hard ones are fainter and less whole."""
    ink = str(rng.choice(INKS, p=INK_SHARES))
    colours = PIGMENTS["test" if split == "test" else "dev"][ink]
    colour = tuple(
        np.clip(np.array(colours[int(rng.integers(len(colours)))]) + rng.normal(0, 0.015, 3), 0, 1)
    )
    faint = rng.random() < (0.35 if hard else 0.1)
    pressure = float(rng.uniform(0.30, 0.5) if faint else rng.uniform(0.68, 1.0))
    return Blow(
        centre=centre,
        turn=float(rng.normal(0, 14) if rng.random() < 0.75 else rng.uniform(-180, 180)),
        ink=ink,
        colour=colour,
        pressure=pressure,
        uneven=float(rng.uniform(0.05, 0.3) + (0.2 if hard and rng.random() < 0.4 else 0)),
        gap=float(rng.uniform(40, 150)) if rng.random() < (0.35 if hard else 0.12) else 0.0,
        double=float(rng.uniform(0.4, 1.1)) if rng.random() < (0.2 if hard else 0.06) else 0.0,
    )


def again(first: Blow, centre: Point, rng: Rng) -> Blow:
    """Return another strike of the same stamp from the same pad."""
    return Blow(
        centre=centre,
        turn=float(rng.uniform(-40, 40)),
        ink=first.ink,
        colour=first.colour,
        pressure=float(np.clip(first.pressure + rng.uniform(-0.15, 0.15), 0.45, 1)),
        uneven=float(rng.uniform(0.05, 0.35)),
        gap=float(rng.uniform(30, 80)) if rng.random() < 0.2 else 0.0,
        double=0.0,
    )


def strike(sheet: Sheet, design: Design, one: Blow) -> Struck:
    """Strike the stamp, and return what it left."""
    rng = sheet.rng
    film = _film(design.mask.shape, one, rng, sheet.ppm)
    inked = _worn(design.mask, film, sheet.ppm)
    if one.double:
        inked = np.maximum(inked, 0.55 * _moved(inked, one.double * sheet.ppm, rng))
    turned = picture(inked).rotate(-one.turn, Image.Resampling.BICUBIC, expand=True)
    mask = _on_fibres(plane(turned), sheet, rng)
    left = one.centre[0] * sheet.ppm - mask.shape[1] / 2
    top = one.centre[1] * sheet.ppm - mask.shape[0] / 2
    sheet.ink(mask, left, top, one.colour)
    on = design.mask > 0.5
    strength = float(film[on].mean()) if on.any() else 0.0
    return Struck(one, design, _corners(design, one), strength, _share(design, film))


def _film(shape: tuple[int, int], one: Blow, rng: Rng, ppm: float) -> Plane:
    """Return how much ink each spot gives, 0 to 1."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1
    film = np.full(shape, one.pressure, dtype=np.float32)
    film += one.uneven * 0.55 * noise(rng, width, height, 5.0 * ppm)
    lean = float(rng.uniform(-np.pi, np.pi))
    film += one.uneven * (np.cos(lean) * x + np.sin(lean) * y)
    if one.gap:
        away = np.abs((np.arctan2(x, -y) - lean + np.pi) % (2 * np.pi) - np.pi)
        edge = np.radians(one.gap / 2) + 0.25 * noise(rng, width, height, 6 * ppm)
        film *= np.clip((away - edge) / 0.25, 0, 1)
    return np.clip(film, 0, 1)


def _worn(mask: Plane, film: Plane, ppm: float) -> Plane:
    """Lines swell where there is much ink and thin out where there is little."""
    soft = blur(mask, 0.10 * ppm)
    limit = 0.62 - 0.25 * film
    edge = np.clip((soft - limit) / 0.3 + 0.5, 0, 1)
    return (edge * np.minimum(1, 0.12 + film) * (film > 0.06)).astype(np.float32)


def _moved(mask: Plane, far: float, rng: Rng) -> Plane:
    angle = rng.uniform(-np.pi, np.pi)
    shift = round(far * np.sin(angle)), round(far * np.cos(angle))
    return np.roll(mask, shift, axis=(0, 1))


def _on_fibres(mask: Plane, sheet: Sheet, rng: Rng) -> Plane:
    height, width = mask.shape
    fibres = noise(rng, width, height, 0.35 * sheet.ppm) * 0.10 + grain(rng, width, height) * 0.06
    return np.clip(mask * (0.9 + fibres), 0, 0.96).astype(np.float32)


def _corners(design: Design, one: Blow) -> Quad:
    angle = np.radians(one.turn)
    w, h = design.width / 2, design.height / 2
    made = []
    for x, y in ((-w, -h), (w, -h), (w, h), (-w, h)):
        turned = (x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle))
        made.append((float(one.centre[0] + turned[0]), float(one.centre[1] + turned[1])))
    return (made[0], made[1], made[2], made[3])


def _share(design: Design, film: Plane) -> float:
    """Return the share of the outline whose ink can be seen."""
    on = design.outline > 0.5
    return float((film[on] > 0.22).mean()) if on.any() else 0.0


def is_clear(struck: Struck) -> bool:
    """Return whether a strike is clear: dense enough, and most of its outline there."""
    return struck.strength >= CLEAR_STRENGTH and struck.ring >= CLEAR_RING
