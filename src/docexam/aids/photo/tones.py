"""Whether an area looks like a photograph: many tones, away from the paper, without strokes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Mask, Pixels, Plane

AWAY = 13.0
_GLARE = 250
_BINS = 16


@dataclass(frozen=True, slots=True)
class Tones:
    """What an area looks like once thin strokes are taken out.

    `away` share of pixels far from the paper, `span` of brightness between the 5th and 95th of a
    hundred (L*), `many` how evenly brightness spreads over its range (0 to 1), `glare` share of
    pixels burnt out.
    """

    away: float
    span: float
    many: float
    glare: float


def tones_of(lab: Plane, distance: Plane, rgb: Pixels, mask: Mask | None = None) -> Tones:
    """Return the tones of an area: its L*a*b* and distance from paper, without strokes."""
    inside = np.ones(distance.shape, np.bool_) if mask is None else mask
    light = lab[..., 0][inside]
    if not light.size:
        return Tones(0.0, 0.0, 0.0, 0.0)
    low, high = np.percentile(light, (5, 95))
    counts = np.histogram(light, _BINS, (0.0, 100.0))[0] / light.size
    some = counts[counts > 0]
    many = float(-(some * np.log(some)).sum() / np.log(_BINS))
    burnt = float((rgb.min(axis=2)[inside] >= _GLARE).mean())
    return Tones(float((distance[inside] > AWAY).mean()), float(high - low), many, burnt)
