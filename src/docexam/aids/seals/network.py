"""The network that looks for seals, on numpy: densities in, a coarse map of middles out.

`weights.npz` is written by `training/seals/export.py`. Convolutions carry their batch norm folded
in; `wN` are 8-bit integers with one scale for each output channel (`sN`), `bN` the offsets, in the
order in which they are used. The form of the network is told in `training/seals/net.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from docexam.aids.raster.arrays import Plane
from docexam.aids.raster.convolution import convolved, gathered

WEIGHTS = Path(__file__).with_name("weights.npz")
STEP = 16  # pixels of the picture for each place of the map
PALEST, DARKEST = -0.5, 2.05  # densities that were learnt
_DEEPEST = 64  # pixels for each place of the coarsest stage
# How many convolutions each stage has; the first of each halves the picture.
_STAGES = (1, 1, 2, 3, 3, 3)


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution: its kernel (see `gathered`), side and offsets."""

    kernel: Plane
    side: int
    offset: Plane

    def of(self, seen: Plane, stride: int = 1) -> Plane:
        """Return the convolution of rows × columns × channels."""
        out = convolved(seen, self.kernel, self.side, stride)
        out += self.offset
        return out

    def positive(self, seen: Plane, stride: int = 1) -> Plane:
        """Return the convolution, and nothing below 0."""
        out = self.of(seen, stride)
        return np.maximum(out, 0.0, out=out)


@lru_cache(maxsize=1)
def layers() -> tuple[Layer, ...]:
    """Return the shipped layers."""
    return read_layers(WEIGHTS)


def read_layers(weights: Path) -> tuple[Layer, ...]:
    """Return the layers that a file holds."""
    with np.load(weights, allow_pickle=False) as kept:
        count = sum(name.startswith("w") for name in kept.files)
        return tuple(_layer(kept[f"w{n}"], kept[f"s{n}"], kept[f"b{n}"]) for n in range(count))


def _layer(weight: Plane, scale: Plane, offset: Plane) -> Layer:
    whole = weight.astype(np.float32) * scale.astype(np.float32)[:, None, None, None]
    return Layer(gathered(whole), weight.shape[2], offset.astype(np.float32))


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
