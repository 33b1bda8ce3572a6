"""Where the network sees seals: the middles of its map, apart from each other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from docexam.aids.raster.arrays import Mask, Plane
from docexam.aids.raster.halves import halved
from docexam.aids.seals.network import STEP, middles
from docexam.aids.seals.outline import Outline

Kind = Literal["round", "boxed", "triangle"]
KINDS: tuple[Kind, ...] = ("round", "boxed", "triangle")
_UNIT = 64.0  # pixels of half a seal for which the network says 0
_SAME = 0.55  # of the way to the edge: middles nearer than this are of one seal
_LARGE, _NOT_SMALL = 180.0, 130.0  # pixels of the radius
_MOST_SKEWED, _SMALLEST, _LARGEST = 0.95, 8.0, 1500.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the network takes for a seal, in pixels.

    `outline` is the ellipse that a round seal fills; of one with corners it is the one whose axes
    are half the sides of its frame, or of the box around a triangle.
    """

    score: float
    kind: Kind
    outline: Outline


def sightings(dense: Plane, least: float) -> list[Sighting]:
    """Return what looks like a seal on densities (3 × rows × columns), best first.

    Large ones are looked for at half the size: those as wide as half a picture were not learnt.
    """
    small = np.stack([halved(plane) for plane in dense])
    seen = [one for one in read(middles(dense), least) if one.outline.radius < _LARGE]
    coarse = [
        replace(one, outline=one.outline.in_picture(2.0)) for one in read(middles(small), least)
    ]
    return parted([*seen, *(one for one in coarse if one.outline.radius > _NOT_SMALL)])


def parted(seen: list[Sighting]) -> list[Sighting]:
    """Return the best of those that are of one seal, best first."""
    kept: list[Sighting] = []
    for one in sorted(seen, key=lambda one: (-one.score, one.outline.x, one.outline.y)):
        if all(apart(one.outline, other.outline) for other in kept):
            kept.append(one)
    return kept


def read(said: Plane, least: float) -> list[Sighting]:
    """Return the sightings of a map of `middles`, in pixels of what it was made of."""
    heat = np.asarray(1.0 / (1.0 + np.exp(-np.clip(said[..., 0], -30, 30))), np.float32)
    places = np.argwhere(_peaks(heat) & (heat >= least)).tolist()
    return [_sighting(float(heat[y, x]), said[y, x], x, y) for y, x in places]


def _peaks(heat: Plane) -> Mask:
    """Return which places are not less than those around them."""
    padded = np.pad(heat, 1)
    views = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return np.asarray(heat >= views.max(axis=(2, 3)))


def _sighting(score: float, said: Plane, column: int, row: int) -> Sighting:
    right, down, across, high, skew = (float(v) for v in said[4:9])
    x, y = (column + right + 0.5) * STEP - 0.5, (row + down + 0.5) * STEP - 0.5
    across, high = (min(max(math.exp(v) * _UNIT, _SMALLEST), _LARGEST) for v in (across, high))
    skew = min(max(skew, -_MOST_SKEWED), _MOST_SKEWED)
    mixed = skew * across * high
    # The ellipse's matrix is the root of the spread that the network tells.
    values, vectors = np.linalg.eigh(np.array(((across**2, mixed), (mixed, high**2))))
    root = (vectors * np.sqrt(np.maximum(values, 1.0))) @ vectors.T
    kind = KINDS[int(np.argmax(said[1:4]))]
    return Sighting(
        score, kind, Outline(x, y, float(root[0, 0]), float(root[0, 1]), float(root[1, 1]))
    )


def apart(one: Outline, other: Outline) -> bool:
    """Return whether two outlines can be of two seals: neither middle well within the other."""
    away = min(
        float(a.share(np.array(b.x), np.array(b.y))) for a, b in ((one, other), (other, one))
    )
    return away > _SAME
