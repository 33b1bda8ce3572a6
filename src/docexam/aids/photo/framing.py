"""The straight edges about a dark mass: a photograph reaches as far as they do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask, Plane
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.morphology import dilate

Box = tuple[int, int, int, int]
_STEEP, _NOISES = 0.9, 2.5
_SLACK = 1
_LEAST_COVER = 0.5
_FAR = 0.2
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Frames:
    """Where edges run down (`upright`) and across (`level`) a page, a pixel of slack each."""

    upright: Mask
    level: Mask


def frames_of(colours: Plane) -> Frames:
    """Return the edges of a page's L*a*b* without strokes."""
    across, down = slopes(colours)
    x = np.sqrt((across * across).sum(axis=2))
    y = np.sqrt((down * down).sum(axis=2))
    least = max(_STEEP, _NOISES * float(np.median(np.maximum(x, y))))
    return Frames(
        dilate((x > least) & (x > y), _SLACK, 0), dilate((y > least) & (y > x), 0, _SLACK)
    )


def framed(frames: Frames, box: Box) -> tuple[Box, float]:
    """Return the box moved onto the straight edges about it, and how much of each side has one.

    A side without an edge stays where it was; the share is the mean over the four sides.
    """
    left, top, right, bottom = box
    cover = np.zeros(4)
    for _ in range(_ROUNDS):
        width, height = right - left, bottom - top
        # Often only shoulders or hair stand out, and a page may lie sideways.
        far, in_x, in_y = 1.2 * max(width, height), 0.25 * width, 0.25 * height
        shares = frames.upright[top:bottom].mean(axis=0)
        left, cover[0] = _moved(shares, left, left - far, left + in_x, far)
        right, cover[1] = _moved(shares, right, right - in_x, right + far, far)
        shares = frames.level[:, left:right].mean(axis=1)
        top, cover[2] = _moved(shares, top, top - far, top + in_y, far)
        bottom, cover[3] = _moved(shares, bottom, bottom - in_y, bottom + far, far)
    return (left, top, right, bottom), float(cover.mean())


def _moved(shares: Floats, now: int, low: float, high: float, side: float) -> tuple[int, float]:
    first, last = max(0, int(low)), min(len(shares), int(high) + 1)
    if last - first < 2:
        return now, 0.0
    places = np.arange(first, last)
    value = shares[first:last] - _FAR * np.abs(places - now) / max(side, 1.0)
    best = int(places[int(value.argmax())])
    share = float(shares[best])
    return (best, share) if share > _LEAST_COVER else (now, share)
