"""The network on numpy: convolutions and a dense layer, from views to scores.

`weights.npz` is written by `training/export.py`: the convolutions (see `read_layers`), `dense` and
`offset` of the last layer, and `temperature`, which divides the scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from docexam.aids.raster.convolution import Layer, read_layers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.uint8]

CLASSES = ("Hang", "Cyrl", "Latn", "Hani", "Arab", "Zzzz", "Zxxx")
WEIGHTS = Path(__file__).with_name("weights.npz")
# What follows each convolution: rows and columns of the maximum, and the stride before it.
_STRIDES = (2, 2, 1, 1, 1, 1)
_POOLS = ((1, 1), (1, 1), (2, 2), (2, 1), (1, 1), (1, 1))
_ADDED = (False, False, False, False, False, True)  # to what goes in


@dataclass(frozen=True, slots=True)
class Network:
    """The convolutions, the weights and offsets of the dense layer, and the temperature."""

    layers: tuple[Layer, ...]
    dense: Floats
    offset: Floats
    temperature: float


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the shipped network."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return Network(
            read_layers(WEIGHTS),
            kept["dense"].astype(np.float32),
            kept["offset"].astype(np.float32),
            float(kept["temperature"]),
        )


def logits(views: Bytes, net: Network) -> Floats:
    """Return the scores before softmax, n × classes, of views (n × rows × columns)."""
    summed = np.stack([_summed(view, net.layers) for view in views])
    return np.asarray(summed @ net.dense.T + net.offset, np.float32)


def shares(views: Bytes) -> NDArray[np.float64]:
    """Return calibrated scores of views, n × classes, each row adding up to 1."""
    net = network()
    scores = logits(views, net).astype(np.float64) / net.temperature
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _summed(view: Bytes, layers: tuple[Layer, ...]) -> Floats:
    """Return the mean and the maximum of every channel over a view."""
    seen = view.astype(np.float32)[..., None] / 255.0
    for layer, stride, pool, added in zip(layers, _STRIDES, _POOLS, _ADDED, strict=True):
        drawn = layer.of(seen, stride)
        seen = _pooled(seen + drawn if added else drawn, *pool)
    places = seen.reshape(-1, seen.shape[-1])
    return np.concatenate([places.mean(axis=0), places.max(axis=0)])


def _pooled(seen: Floats, rows: int, columns: int) -> Floats:
    """Return the maximum over blocks, and nothing below 0."""
    high, wide, channels = seen.shape
    blocks = seen.reshape(high // rows, rows, wide // columns, columns, channels)
    return np.asarray(np.maximum(blocks.max(axis=(1, 3)), 0.0), np.float32)
