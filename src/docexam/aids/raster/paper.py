"""The colour of the paper at each place of a page, and how far each pixel is from it."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.blur import box_mean

_WITHIN = 14.0
_ROUNDS = 2


def paper_of(lab: Plane, radius: int) -> Plane:
    """Return the local colour of the paper (rows × columns × 3), from L*a*b* without strokes.

    The commonest brightness is taken for paper, then everything near it is averaged over
    2·`radius` pixels; where nothing near it is close by, the page's own mean stands in.
    """
    start = commonest(lab.reshape(-1, 3))
    paper = np.broadcast_to(start.astype(np.float32), lab.shape)
    for _ in range(_ROUNDS):
        near = (np.abs(lab - paper).sum(axis=2) < _WITHIN * 1.5).astype(np.float32)
        weight = box_mean(box_mean(near, radius), radius)
        total = box_mean(box_mean(lab * near[..., None], radius), radius)
        mean = np.asarray((lab * near[..., None]).sum(axis=(0, 1)) / max(float(near.sum()), 1.0))
        pull = 0.02
        paper = (total + pull * mean.astype(np.float32)) / (weight + pull)[..., None]
    return np.asarray(paper, np.float32)


def commonest(lab: Plane) -> Floats:
    """Return the mean colour about the commonest brightness of n × 3 L*a*b*, bright ones first."""
    light = lab[:, 0]
    counts, edges = np.histogram(light, 50, (0.0, 100.0))
    smooth = np.convolve(counts, (1, 2, 3, 2, 1), "same") * (0.3 + np.arange(50) / 50)
    at = int(np.argmax(smooth))
    near = np.abs(light - (edges[at] + 1.0)) < 6
    if not near.any():
        near[:] = True
    return np.asarray(lab[near].mean(axis=0), np.float64)


def away_from(lab: Plane, paper: Plane) -> Plane:
    """Return how far each pixel is from the paper's colour (CIE 1976)."""
    gap = lab - paper
    return np.asarray(np.sqrt((gap * gap).sum(axis=-1)), np.float32)
