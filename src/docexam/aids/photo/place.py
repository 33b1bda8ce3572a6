"""Whether a photograph is in a place that a person points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docexam.aids.photo.tones import Tones, tones_of
from docexam.aids.photo.zones import inky, rising
from docexam.aids.raster.arrays import Floats, Mask, Pixels, Plane
from docexam.aids.raster.blur import gaussian
from docexam.aids.raster.colour import lab
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.paper import away_from, commonest
from docexam.aids.raster.resize import fitted
from docexam.aids.raster.strokes import without_strokes
from docexam.aids.raster.warp import unwarped

LEAST_SIDE = 24
_SIDE = 150
_AROUND = 1.4
_CORE = 0.94
_STROKE = 2
_DARKER = 18.0
_SHARP = 0.9
_BURNT = 0.5
PRESENT, EMPTY, REMAINS, UNCLEAR = "photograph", "empty", "remains", "unclear"
SMALL, BLURRED, GLARE = "too-small", "too-blurred", "glare"


@dataclass(frozen=True, slots=True)
class Place:
    """What was seen in a place: `kind`, a score from 0 (empty) to 1 (photograph), the tones."""

    kind: str
    score: float
    tones: Tones | None = None


def place_of(rgb: Pixels, corners: Sequence[Sequence[float]]) -> Place:
    """Return what is in a quad (fractions of `rgb`, clockwise)."""
    height, width = rgb.shape[:2]
    spots = np.asarray(corners, np.float64) * (width, height)
    across, down = _sides(spots)
    if min(across, down) < LEAST_SIDE:
        return Place(SMALL, 0.0)
    view = _with_surroundings(rgb, spots, across, down)
    colours = gaussian(lab(without_strokes(view, _STROKE)), 0.7)
    inside = _inner(view.shape[:2], _CORE / _AROUND)
    near = ~_inner(view.shape[:2], 1.06 / _AROUND)
    paper = _paper(colours[near], rgb)
    distance = away_from(colours, np.broadcast_to(paper, colours.shape))
    tones = tones_of(colours, distance, view, inside)
    if tones.glare > _BURNT and tones.away < 0.25:
        return Place(GLARE, 0.0, tones)
    if _softest(lab(view)) < _SHARP:
        return Place(BLURRED, 0.0, tones)
    mass = inside & (distance > 13.0)
    return _judged(tones, inky(colours, np.broadcast_to(paper, colours.shape), mass))


def _judged(tones: Tones, ink: float) -> Place:
    signs = (
        rising(tones.away, 0.1, 0.35),
        rising(tones.span, 12, 34),
        rising(tones.many, 0.2, 0.45),
        1 - 0.8 * ink,
    )
    score = float(np.prod(signs) ** (1 / len(signs)))
    if score >= 0.5:
        return Place(PRESENT, score, tones)
    if tones.away < 0.12:
        return Place(EMPTY, score, tones)
    return Place(REMAINS if tones.span < 24 or ink > 0.5 else UNCLEAR, score, tones)


def _sides(spots: Floats) -> tuple[float, float]:
    lengths = np.hypot(*(np.roll(spots, -1, axis=0) - spots).T)
    return float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2


def _with_surroundings(rgb: Pixels, spots: Floats, across: float, down: float) -> Pixels:
    """Return the place upright with a margin; what lies beyond the picture repeats its edge."""
    middle = spots.mean(axis=0)
    wide = middle + (spots - middle) * _AROUND
    height, width = rgb.shape[:2]
    wide = np.clip(wide, (0, 0), (width, height))
    factor = min(1.0, _SIDE / max(across, down)) * _AROUND
    return unwarped(rgb, wide, max(8, round(across * factor)), max(8, round(down * factor)))


def _inner(shape: tuple[int, ...], share: float) -> Mask:
    rows, columns = shape[0], shape[1]
    off = (1 - share) / 2
    mask = np.zeros((rows, columns), np.bool_)
    top, left = round(rows * off), round(columns * off)
    mask[top : rows - top, left : columns - left] = True
    return mask


def _paper(near: Plane, rgb: Pixels) -> Floats:
    """Return the paper's colour beside the place, the page's own where that is much darker."""
    beside = commonest(near)
    small, _ = fitted(rgb, 200)
    page = commonest(lab(without_strokes(small, 1)).reshape(-1, 3))
    return beside if beside[0] > page[0] - _DARKER else page


def _softest(colours: Plane) -> float:
    """Return the slope that only the steepest edges of the view reach, in L* a pixel."""
    across, down = slopes(colours[..., :1])
    return float(np.percentile(np.hypot(across, down), 99))
