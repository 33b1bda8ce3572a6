"""Strokes gathered into inks by their colour, and inks compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.ink.strokes import Strokes
from docexam.aids.raster.arrays import Floats
from docexam.aids.raster.colour import delta_e

_APART = 11.0
_LEAST_SHARE = 0.04
_MOST = 6
_NEUTRAL = 11.0
_LIGHTNESS = 40.0
# Upper ends of hue in degrees of the a*b* plane and what people call the ink.
_HUES = ((15.0, "red"), (55.0, "red"), (100.0, "brown"), (215.0, "green"), (297.0, "blue"))
_VIOLET = 340.0


@dataclass(frozen=True, slots=True)
class Ink:
    """An ink: its name, mean L*a*b* as on white paper, its share of all strokes' pixels, and the
    box (left, top, right, bottom in pixels) around its strokes."""

    name: str
    lab: Floats
    share: float
    weight: float
    box: tuple[float, float, float, float]


def inks_of(strokes: Strokes) -> list[Ink]:
    """Return the inks of some strokes, the commonest first; those of a few pixels are left out."""
    if not len(strokes.weights):
        return []
    centres = _centres(strokes)
    far = np.linalg.norm(strokes.colours[:, None, 1:] - centres[None], axis=2)
    nearest = far.argmin(axis=1)
    total = float(strokes.weights.sum())
    made = []
    for k in range(len(centres)):
        own = nearest == k
        weight = float(strokes.weights[own].sum())
        if weight >= _LEAST_SHARE * total:
            made.append(_ink(strokes.only(own), weight, weight / total))
    return sorted(made, key=lambda ink: -ink.weight)


def _centres(strokes: Strokes) -> Floats:
    """Return the tints that stand apart: the heaviest first, then what is far from all so far."""
    tint, left = strokes.colours[:, 1:], strokes.weights.copy()
    centres: list[Floats] = []
    for _ in range(_MOST):
        if left.sum() < _LEAST_SHARE * strokes.weights.sum():
            break
        cells = np.rint(tint / 5.0)
        _, cell = np.unique(cells, axis=0, return_inverse=True)
        heaviest = np.bincount(cell.ravel(), left).argmax()
        spot = tint[cell.ravel() == heaviest].mean(axis=0)
        for _ in range(3):
            near = np.linalg.norm(tint - spot, axis=1) < _APART / 1.5
            if not (strokes.weights * near).sum():
                break
            spot = np.average(tint, axis=0, weights=strokes.weights * near)
        centres.append(spot)
        left[np.linalg.norm(tint - spot, axis=1) < _APART] = 0.0
    return np.array(centres)


def _ink(strokes: Strokes, weight: float, share: float) -> Ink:
    colour = np.average(strokes.colours, axis=0, weights=strokes.weights)
    low, high = strokes.boxes[:, :2].min(axis=0), strokes.boxes[:, 2:].max(axis=0)
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return Ink(name_of(colour), colour, share, weight, box)


def name_of(colour: Floats) -> str:
    """Return what people call an ink of that L*a*b*."""
    if float(np.hypot(colour[1], colour[2])) < _NEUTRAL:
        return "black" if colour[0] < 60 else "grey"
    hue = float(np.degrees(np.arctan2(colour[2], colour[1])) % 360)
    if hue >= _VIOLET:
        return "red"
    return next((name for end, name in _HUES if hue < end), "violet")


def difference(one: Floats, other: Floats) -> float:
    """Return CIEDE2000 of the tints alone: pressure and light change how dark a stroke is."""
    pair = np.array((one, other), np.float64)
    pair[:, 0] = _LIGHTNESS
    return float(delta_e(pair[0], pair[1]))
