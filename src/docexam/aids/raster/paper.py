"""The colour of the paper at each place of a page, and how far each pixel is from it."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.blur import box_mean
from docexam.aids.raster.resize import resized_plane

_WITHIN = 14.0
_ROUNDS = 1
_PULL = np.float32(0.01)
_QUARTER, _HALF, _WINDOW = 4, 2, 0.36


def paper_of(lab: Plane, radius: int) -> Plane:
    """Return the local colour of the paper (rows × columns × 3), from L*a*b* without strokes.

    The commonest brightness is taken for paper, then everything near it is averaged over
    2·`radius` pixels; where nothing near it is close by, the page's own mean stands in.
    """
    height, width = lab.shape[:2]
    # Paper changes slowly over a page: a quarter of the size shows all of it.
    small = _sized(lab, max(1, width // _QUARTER), max(1, height // _QUARTER))
    radius = max(1, radius // _QUARTER)
    surface = _bright_surface(small[..., 0])
    near = np.asarray(np.abs(small[..., 0] - surface) < _WITHIN, np.float32)
    paper = _mean_near(small, near, radius)
    for _ in range(_ROUNDS):
        near = (np.abs(small - paper).sum(axis=2) < _WITHIN * 1.5).astype(np.float32)
        paper = _mean_near(small, near, radius)
    return _sized(paper, width, height)


def _sized(planes: Plane, width: int, height: int) -> Plane:
    sized = [resized_plane(planes[..., k], width, height) for k in range(planes.shape[2])]
    return np.stack(sized, axis=-1)


def _mean_near(lab: Plane, near: Plane, radius: int) -> Plane:
    """Return the local mean of the pixels with weight `near`, drawn a little to the page's own."""
    weight = box_mean(box_mean(near, radius), radius)
    total = box_mean(box_mean(lab * near[..., None], radius), radius)
    mean = (lab * near[..., None]).sum(axis=(0, 1)) / max(float(near.sum()), 1.0)
    paper = (total + _PULL * mean.astype(np.float32)) / (weight + _PULL)[..., None]
    return np.asarray(paper, np.float32)


def _bright_surface(light: Plane) -> Plane:
    """Return the brightness of the paper under everything darker and smaller than a photograph.

    A closing over a window of _WINDOW of the longer side, at half the size: slopes and shadows of
    the light stay, pictures and seals go.
    """
    height, width = light.shape
    small = resized_plane(light, max(1, width // _HALF), max(1, height // _HALF))
    reach = max(1, round(_WINDOW * max(small.shape) / 2))
    for pick in (np.maximum, np.minimum):
        for axis in (0, 1):
            side = small.shape[axis]
            widths = [(0, 0), (0, 0)]
            widths[axis] = (reach, reach)
            padded = np.pad(small, widths, mode="edge")
            views = [padded.take(range(i, i + side), axis) for i in range(2 * reach + 1)]
            small = pick.reduce(views)
    return resized_plane(np.asarray(small, np.float32), width, height)


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
