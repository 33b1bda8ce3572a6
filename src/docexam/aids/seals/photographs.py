"""Whether a seal lies across the edge of a photograph that the photo aid sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from docexam.aids.photo.proposing import candidates
from docexam.aids.protocol import CaptureImage
from docexam.aids.raster.arrays import Floats, Mask

_LEAST, _MOST = 0.04, 0.97  # share of a seal's spots in a photograph whose edge it crosses


def photographs_on(capture: CaptureImage) -> list[Floats]:
    """Return the corners (4 × 2, fractions, clockwise) of what is seen as photographs."""
    return [
        seen.corners
        for seen in candidates(capture) or ()
        if seen.present and seen.corners is not None
    ]


def crosses(spots: Floats, photographs: Sequence[Floats]) -> bool | None:
    """Return whether spots (n × 2 in fractions, within a seal) lie both in and out of one.

    None where there is no photograph.
    """
    if not photographs:
        return None
    return any(_LEAST < held_by(corners, spots) < _MOST for corners in photographs)


def held_by(corners: Floats, spots: Floats) -> float:
    """Return the share of spots (n × 2) that lie within corners (4 × 2, convex, clockwise)."""
    within: Mask = np.ones(len(spots), np.bool_)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        (u, v), off = end - start, spots - start
        within &= u * off[:, 1] - v * off[:, 0] >= 0
    return float(within.mean())
