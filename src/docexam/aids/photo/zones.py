"""Where on a page a photograph could be: large compact areas with the tones of a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.photo.framing import Box, framed, frames_of
from docexam.aids.photo.tones import AWAY, Tones, tones_of
from docexam.aids.raster.arrays import Floats, Mask, Pixels, Plane
from docexam.aids.raster.blur import gaussian
from docexam.aids.raster.colour import lab
from docexam.aids.raster.labels import connected
from docexam.aids.raster.morphology import closed, filled, opened
from docexam.aids.raster.paper import away_from, paper_of
from docexam.aids.raster.strokes import without_strokes

LONGEST = 480
_REACH = 2
_LEAST, _MOST = 0.008, 0.45
_OPENED, _CLOSED = 0.022, 0.008
_RIM = 0.012
_GLARING = 7.0
_FAINT = 6.5


@dataclass(frozen=True, slots=True)
class Zone:
    """A candidate on an upright page: box left, top, right, bottom in its pixels.

    `size` its share of the page, `shape` width against height, `edged` how much of its outline
    is a straight edge, `dark` the share of it that its mass away from paper fills, `inky` from 0
    to 1 how much that mass is of one colour, as a seal's is.
    """

    box: Box
    size: float
    shape: float
    edged: float
    dark: float
    inky: float
    tones: Tones


def zones_of(page: Pixels) -> list[Zone]:
    """Return the candidates on an upright page of some LONGEST pixels, in reading order."""
    plain = without_strokes(page, _REACH)
    colours = gaussian(lab(plain), 0.8)
    paper = paper_of(colours, LONGEST // 6)
    distance = away_from(colours, paper)
    lighter = colours[..., 0] - paper[..., 0]
    frames = frames_of(colours)
    made: list[Zone] = []
    # A portrait's ground is often close to the paper: what is bold first, then what is faint.
    for least in (AWAY, _FAINT):
        mask = _masses(distance, lighter, least)
        for box in _boxes(mask):
            moved, edged = framed(frames, box)
            if all(one.box != moved for one in made):
                made.append(_zone(moved, edged, distance > AWAY, colours, paper, page))
    return made


def _boxes(mask: Mask) -> list[Box]:
    parts = connected(filled(mask))
    share = parts.areas / mask.size
    numbers = np.flatnonzero((share > _LEAST) & (share < _MOST))
    boxes = parts.boxes[numbers[numbers > 0]]
    return [(int(b[0]), int(b[1]), int(b[2]), int(b[3])) for b in boxes]


def _masses(distance: Plane, lighter: Plane, least: float) -> Mask:
    """Return the compact areas away from paper, without glare and a rim along the outline."""
    mask = np.asarray((distance > least) & (lighter < _GLARING))
    height, width = mask.shape
    rim = max(1, round(_RIM * max(height, width)))
    mask[:rim] = mask[-rim:] = False
    mask[:, :rim] = mask[:, -rim:] = False
    joined = closed(mask, max(1, round(_CLOSED * max(height, width))))
    return opened(joined, max(1, round(_OPENED * min(height, width))))


def _zone(box: Box, edged: float, mask: Mask, colours: Plane, paper: Plane, page: Pixels) -> Zone:
    left, top, right, bottom = box
    place = np.s_[top:bottom, left:right]
    width, height = max(1, right - left), max(1, bottom - top)
    own = mask[place]
    return Zone(
        box,
        width * height / (mask.shape[0] * mask.shape[1]),
        width / height,
        edged,
        float(own.mean()) if own.size else 0.0,
        inky(colours[place], paper[place], own),
        tones_of(colours[place], away_from(colours[place], paper[place]), page[place]),
    )


def inky(colours: Plane, paper: Plane, mask: Mask) -> float:
    """Return how much of the way from paper to the mass is colour of one hue, 0 to 1."""
    if not mask.any():
        return 0.0
    gap = (colours - paper)[mask]
    tint = gap[:, 1:].mean(axis=0)
    one = float(np.hypot(*tint))
    every = float(np.hypot(gap[:, 1], gap[:, 2]).mean())
    dark = float(np.abs(gap[:, 0]).mean())
    return rising(one / max(every, 1e-6), 0.6, 0.9) * rising(every / max(dark, 1e-6), 0.35, 0.8)


def like_photo(zone: Zone) -> float:
    """Return from 0 to 1 how much a candidate looks like a photograph."""
    shape = zone.shape if zone.shape <= 1 else 1 / zone.shape
    signs: Floats = np.array(
        (
            rising(zone.dark, 0.15, 0.4),
            rising(shape, 0.45, 0.62),
            rising(zone.tones.span, 16, 40),
            rising(zone.tones.many, 0.3, 0.55),
            rising(zone.size, 0.008, 0.02),
            max(rising(zone.edged, 0.5, 0.8), _bold(zone)),
            # A strike of a seal has no straight outline; a tinted portrait has one.
            1 - zone.inky * (1 - rising(zone.edged, 0.7, 0.9)),
        )
    )
    return float(np.prod(signs) ** (1 / len(signs)))


def _bold(zone: Zone) -> float:
    """Return how much strong tones make up for a photograph's edge that does not show."""
    return 0.5 * rising(zone.tones.span, 35, 60) * rising(zone.dark, 0.35, 0.55)


def rising(value: float, low: float, high: float) -> float:
    """Return 0 up to `low`, 1 from `high` on, and the way between in between."""
    return min(max((value - low) / (high - low), 0.0), 1.0)
