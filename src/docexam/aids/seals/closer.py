"""A closer look at what the first network takes for a seal: is it one, or does it resemble one?

The part of the picture around a sighting is brought to one size and shape, so that the edge of a
round seal is a circle and a frame a square, and a second small network says how much it looks like
a seal. `closer.npz` is written by `training/seals/export.py` as the weights of the first are; the
form of the network is told in `training/seals/closer.py`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.convolution import Layer, read_layers
from docexam.aids.raster.halves import halved
from docexam.aids.seals.network import DARKEST, PALEST
from docexam.aids.seals.outline import Outline

WEIGHTS = Path(__file__).with_name("closer.npz")
SIDE = 96  # pixels of a view
REACH = 1.5  # of the outline: how far a view reaches
_COARSE = 1.5  # pixels of the picture for one of the view, above which it is halved first
# How many convolutions each stage has; the first of each halves the view.
STAGES = (1, 2, 2, 2)


def view(dense: Plane, outline: Outline) -> Plane:
    """Return densities (3 × rows × columns) around an outline as a view: SIDE × SIDE × 3.

    Beyond the picture there is paper.
    """
    part, outline = _part(dense, outline)
    while outline.radius * 2 * REACH / SIDE > _COARSE:
        part = np.stack([halved(plane) for plane in part])
        outline = outline.in_picture(0.5)
    along = ((np.arange(SIDE) + 0.5) / SIDE * 2 - 1) * REACH
    u, v = along[None, :], along[:, None]
    x = outline.x + outline.a * u + outline.b * v
    y = outline.y + outline.b * u + outline.d * v
    return np.clip(_bilinear(part, x, y), PALEST, DARKEST)


def likeness(dense: Plane, outline: Outline) -> float:
    """Return how much what an outline holds looks like a struck seal, 0 to 1."""
    *layers, last = _layers()
    seen, at = view(dense, outline), 0
    for count in STAGES:
        for number, layer in enumerate(layers[at : at + count]):
            seen = layer.positive(seen, stride=1 if number else 2)
        at += count
    summed = np.concatenate([seen.mean(axis=(0, 1)), seen.max(axis=(0, 1))])
    said = float(last.of(summed[None, None])[0, 0, 0])
    return 1.0 / (1.0 + math.exp(-min(max(said, -30.0), 30.0)))


@lru_cache(maxsize=1)
def _layers() -> tuple[Layer, ...]:
    return read_layers(WEIGHTS)


def _part(dense: Plane, outline: Outline) -> tuple[Plane, Outline]:
    """Return what a view can hold of a picture, and the outline in its pixels."""
    across, down = (abs(p) + abs(q) for p, q in ((outline.a, outline.b), (outline.b, outline.d)))
    height, width = dense.shape[1:]
    left = min(max(0, int(outline.x - REACH * across) - 4), width - 1)
    top = min(max(0, int(outline.y - REACH * down) - 4), height - 1)
    right = max(left + 1, int(outline.x + REACH * across) + 5)
    bottom = max(top + 1, int(outline.y + REACH * down) + 5)
    moved = Outline(outline.x - left, outline.y - top, outline.a, outline.b, outline.d)
    return dense[:, top:bottom, left:right], moved


def _bilinear(part: Plane, x: Floats, y: Floats) -> Plane:
    """Return what stands at places: rows × columns × channels, 0 where the picture has ended."""
    padded = np.pad(part, ((0, 0), (1, 1), (1, 1)))
    height, width = padded.shape[1:]
    x, y = np.clip(x + 1, 0, width - 1.001), np.clip(y + 1, 0, height - 1.001)
    column, row = x.astype(np.int32), y.astype(np.int32)
    right, down = ((x - column).astype(np.float32), (y - row).astype(np.float32))
    at = row * width + column
    flat = padded.reshape(len(padded), -1)
    upper = flat[:, at] * (1 - right) + flat[:, at + 1] * right
    lower = flat[:, at + width] * (1 - right) + flat[:, at + width + 1] * right
    return np.asarray((upper * (1 - down) + lower * down).transpose(1, 2, 0), np.float32)
