"""Whether a photograph is in a place that a person points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docexam.aids.photo.tones import AWAY, Tones, tones_of
from docexam.aids.photo.zones import inky, rising
from docexam.aids.raster.arrays import Floats, Mask, Pixels, Plane
from docexam.aids.raster.blur import gaussian
from docexam.aids.raster.colour import lab
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.labels import connected
from docexam.aids.raster.paper import away_from, commonest
from docexam.aids.raster.resize import fitted
from docexam.aids.raster.strokes import without_dark_strokes, without_strokes
from docexam.aids.raster.warp import unwarped

LEAST_SIDE = 24
_SIDE = 150
_AROUND = 1.4
_WIDE = 2.5
_CORE = 0.94
_STROKE = 2
# Strokes of a seal, in shares of the place's longer side: hair and coats are broader.
_BROAD = 0.035
# A cube root of luminance a fifth below the paper's: half the light. It holds in any exposure.
_DEEP, _BLACKISH = 0.2, 0.32
_BLACK = 16.0
_DARKER = 18.0
_MOSTLY = 0.5
_SHARP = 0.9
_BURNT = 0.5
PRESENT, EMPTY, REMAINS, UNCLEAR = "photograph", "empty", "remains", "unclear"
SMALL, BLURRED, GLARE = "too-small", "too-blurred", "glare"


@dataclass(frozen=True, slots=True)
class Place:
    """What was seen in a place: `kind`, a score from 0 (empty) to 1 (photograph), the tones.

    `deep` is the share of it that is broad and much darker than paper, as hair and clothes are.
    """

    kind: str
    score: float
    tones: Tones | None = None
    deep: float = 0.0


def place_of(rgb: Pixels, corners: Sequence[Sequence[float]]) -> Place:
    """Return what is in a quad (fractions of `rgb`, clockwise)."""
    height, width = rgb.shape[:2]
    spots = np.asarray(corners, np.float64) * (width, height)
    across, down = _sides(spots)
    if min(across, down) < LEAST_SIDE:
        return Place(SMALL, 0.0)
    view = _with_surroundings(rgb, spots, across, down, _AROUND)
    wide = _with_surroundings(rgb, spots, across, down, _WIDE)
    colours = gaussian(lab(without_strokes(view, _STROKE)), 0.7)
    inside = _inner(view.shape[:2], _CORE / _AROUND)
    near = ~_inner(view.shape[:2], 1.06 / _AROUND)
    paper = _paper(colours[near], wide)
    distance = away_from(colours, np.broadcast_to(paper, colours.shape))
    tones = tones_of(colours, distance, view, inside)
    if tones.glare > _BURNT and tones.away < 0.25:
        return Place(GLARE, 0.0, tones)
    # Plain paper has no edges in the sharpest picture: then what lies around says how sharp it is.
    if max(_softest(view), _softest(wide)) < _SHARP:
        return Place(BLURRED, 0.0, tones)
    paper_there = np.broadcast_to(paper.astype(np.float32), colours.shape)
    deep, blackish = _depths(view, paper, inside)
    ink = inky(colours, paper_there, inside & (distance > AWAY))
    marks = _Marks(
        _share(deep, inside), _share(blackish, inside), ink, inky(colours, paper_there, deep)
    )
    return _judged(tones, marks)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Shares of a place that are deep and blackish; how inky all marks and the deep ones are."""

    deep: float
    blackish: float
    ink: float
    deep_ink: float


def _share(mask: Mask, inside: Mask) -> float:
    return float(mask[inside].mean())


def _depths(view: Pixels, paper: Floats, inside: Mask) -> tuple[Mask, Mask]:
    """Return where a place is broad and has at most half the light of the paper, and a third.

    Glue, torn paper and stains stay above that; what strikes of seals leave is too narrow. A mass
    that lies mostly outside, as the table does beside a slanting page, is not of the place.
    """
    reach = max(1, round(_BROAD * max(view.shape[:2]) / _AROUND))
    light = gaussian(lab(without_dark_strokes(view, reach)), 0.7)[..., 0]
    below = 1 - (light + _BLACK) / (float(paper[0]) + _BLACK)
    parts = connected(below > _DEEP)
    labels = parts.labels()
    within = np.bincount(labels[inside], minlength=parts.count + 1)
    own = within >= _MOSTLY * parts.areas
    own[0] = False
    deep: Mask = own[labels] & inside
    return deep, deep & (below > _BLACKISH)


def _judged(tones: Tones, marks: _Marks) -> Place:
    deep = marks.deep
    signs = (
        # Black counts twice: what shade and old glue leave is never so dark as hair or a coat.
        rising(deep + marks.blackish, 0.09, 0.22),
        rising(tones.span, 8, 22),
        rising(tones.many, 0.15, 0.4),
        # Old glue is dark and of one hue, as a sepia print is; only the print has black in it.
        1 - marks.ink * (1 - rising(marks.blackish, 0.02, 0.08)),
        # What is dark in a seal over glue is all its ink; a tinted print has more black.
        1 - marks.deep_ink * (1 - rising(marks.blackish, 0.06, 0.14)),
    )
    # One sign that is missing counts: a flat dark patch has the mass, but not the tones.
    score = (min(signs) + float(np.prod(signs) ** (1 / len(signs)))) / 2
    if score >= 0.5:
        return Place(PRESENT, score, tones, deep)
    if tones.away < 0.12:
        return Place(EMPTY, score, tones, deep)
    # Without anything dark it is at most a very pale photograph, and its shades would be few.
    faint = tones.span < 20 or tones.away < 0.25 or deep < 0.07
    other = faint or max(marks.ink, marks.deep_ink) > 0.5
    return Place(REMAINS if other else UNCLEAR, score, tones, deep)


def _sides(spots: Floats) -> tuple[float, float]:
    lengths = np.hypot(*(np.roll(spots, -1, axis=0) - spots).T)
    return float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2


def _with_surroundings(
    rgb: Pixels, spots: Floats, across: float, down: float, around: float
) -> Pixels:
    """Return the place upright, `around` times its size, as far as the picture goes."""
    middle = spots.mean(axis=0)
    wide = middle + (spots - middle) * around
    height, width = rgb.shape[:2]
    wide = np.clip(wide, (0, 0), (width, height))
    factor = min(1.0, _SIDE / max(across, down)) * around
    return unwarped(rgb, wide, max(8, round(across * factor)), max(8, round(down * factor)))


def _inner(shape: tuple[int, ...], share: float) -> Mask:
    rows, columns = shape[0], shape[1]
    off = (1 - share) / 2
    mask = np.zeros((rows, columns), np.bool_)
    top, left = round(rows * off), round(columns * off)
    mask[top : rows - top, left : columns - left] = True
    return mask


def _paper(near: Plane, wide: Pixels) -> Floats:
    """Return the paper's colour beside the place, or farther off where beside is much darker."""
    beside = commonest(near)
    small, _ = fitted(wide, 200)
    farther = commonest(lab(without_strokes(small, 1)).reshape(-1, 3))
    return beside if beside[0] > farther[0] - _DARKER else farther


def _softest(view: Pixels) -> float:
    """Return the slope that only the steepest edges of the view reach, in L* a pixel."""
    across, down = slopes(lab(view)[..., :1])
    return float(np.percentile(np.hypot(across, down), 99))
