"""The network that looks for seals, on numpy: densities in, a coarse map of middles out.

`weights.npz` is written by `training/seals/export.py`, its layers in the order in which they are
used (see `read_layers`). The form of the network is told in `training/seals/net.py`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from docexam.aids.raster.arrays import Plane
from docexam.aids.raster.convolution import Layer, read_layers

WEIGHTS = Path(__file__).with_name("weights.npz")
STEP = 16  # pixels of the picture for each place of the map
PALEST, DARKEST = -0.5, 2.05  # densities that were learnt
_DEEPEST = 64  # pixels for each place of the coarsest stage
# How many convolutions each stage has; the first of each halves the picture.
_STAGES = (1, 1, 2, 3, 3, 3)


@lru_cache(maxsize=1)
def layers() -> tuple[Layer, ...]:
    """Return the shipped layers."""
    return read_layers(WEIGHTS)


def middles(dense: Plane) -> Plane:
    """Return the map of densities (3 × rows × columns, against the paper): … × … × 9.

    Each place says, before the logistic function, how much the middle of a seal it is; then its
    kind (round, boxed, triangle), how far right and down of the place the middle is in places, and
    the logarithms of half its width and height in units of 64 pixels, and its skew.
    """
    height, width = dense.shape[1:]
    beyond = ((0, -height % _DEEPEST), (0, -width % _DEEPEST), (0, 0))
    seen = np.pad(np.clip(dense, PALEST, DARKEST).transpose(1, 2, 0), beyond)
    *stages, lift, narrow, join, out = layers()
    kept, at = [], 0
    for count in _STAGES:
        seen = _stage(seen, stages[at : at + count])
        kept.append(seen)
        at += count
    quarter, eighth, deepest = kept[-3:]
    seen = lift.positive(eighth + _doubled(deepest))
    seen = join.positive(quarter + _doubled(narrow.of(seen)))
    return out.of(seen)


def _stage(seen: Plane, some: list[Layer]) -> Plane:
    first = some[0].positive(seen, stride=2)
    seen = first
    for layer in some[1:]:
        seen = layer.positive(seen)
    return seen + first if len(some) > 2 else seen


def _doubled(seen: Plane) -> Plane:
    return seen.repeat(2, axis=0).repeat(2, axis=1)
