"""Strokes gathered into inks by their colour, and inks compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.ink.strokes import Strokes
from docexam.aids.raster.arrays import Floats
from docexam.aids.raster.colour import delta_e

_APART = 13.0
_LEAST_SHARE, _LEAST_PIXELS = 0.025, 40
_MOST = 6
_CELL = 4.0
# More cells than a* and b* have, so that a pair of steps makes one number.
_APART_CELLS = 1000
_NEUTRAL = 9.0
_LIGHTNESS = 40.0
_TRIMMED = 2.0
# Upper ends of hue in degrees of the a*b* plane and what people call the ink.
_HUES = ((55.0, "red"), (100.0, "brown"), (215.0, "green"), (306.0, "blue"), (340.0, "violet"))


@dataclass(frozen=True, slots=True)
class Ink:
    """An ink: its name, mean L*a*b* as on white paper, its share of all the strokes' pixels and
    how many they are, and the box (left, top, right, bottom in pixels) around most of them."""

    name: str
    lab: Floats
    share: float
    pixels: int
    box: tuple[float, float, float, float]


def inks_of(strokes: Strokes) -> list[Ink]:
    """Return the inks of some strokes, the commonest first; those of a few pixels are left out."""
    count = len(strokes.x)
    if count < _LEAST_PIXELS:
        return []
    centres = _centres(strokes)
    nearest = np.argmin([_far(strokes.colours[:, 1:], spot) for spot in centres], axis=0)
    made = []
    for k in range(len(centres)):
        own = nearest == k
        if own.sum() >= max(_LEAST_PIXELS, _LEAST_SHARE * count):
            made.append(_ink(strokes.only(own), count))
    return sorted(made, key=lambda ink: -ink.pixels)


def _centres(strokes: Strokes) -> Floats:
    """Return the tints that stand apart: the commonest first, then what is far from all so far."""
    tint = strokes.colours[:, 1:]
    left = np.ones(len(tint))
    steps = np.rint(tint / _CELL).astype(np.int64)
    _, cell = np.unique(steps[:, 0] * _APART_CELLS + steps[:, 1], return_inverse=True)
    centres: list[Floats] = []
    for _ in range(_MOST):
        if centres and left.sum() < _LEAST_SHARE * len(tint):
            break
        spot = tint[cell == np.bincount(cell, left).argmax()].mean(axis=0)
        for _ in range(3):
            near = _far(tint, spot) < _APART / 2
            spot = tint[near].mean(axis=0) if near.any() else spot
        centres.append(spot)
        left[_far(tint, spot) < _APART] = 0.0
    return np.array(centres)


def _far(tint: Floats, spot: Floats) -> Floats:
    return np.asarray(np.hypot(tint[:, 0] - spot[0], tint[:, 1] - spot[1]))


def _ink(strokes: Strokes, count: int) -> Ink:
    colour = np.median(strokes.colours, axis=0)
    left, right = np.percentile(strokes.x, (_TRIMMED, 100 - _TRIMMED))
    top, bottom = np.percentile(strokes.y, (_TRIMMED, 100 - _TRIMMED))
    box = (float(left), float(top), float(right), float(bottom))
    return Ink(name_of(colour), colour, len(strokes.x) / count, len(strokes.x), box)


def name_of(colour: Floats) -> str:
    """Return what people call an ink of that L*a*b*."""
    if float(np.hypot(colour[1], colour[2])) < _NEUTRAL:
        return "black" if colour[0] < 60 else "grey"
    hue = float(np.degrees(np.arctan2(colour[2], colour[1])) % 360)
    return next((name for end, name in _HUES if hue < end), "red")


def difference(one: Floats, other: Floats) -> float:
    """Return CIEDE2000 of the tints alone: pressure and light change how dark a stroke is."""
    pair = np.array((one, other), np.float64)
    pair[:, 0] = _LIGHTNESS
    return float(delta_e(pair[0], pair[1]))
