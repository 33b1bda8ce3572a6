"""The network on numpy: convolutions and a dense layer, from views to scores.

`weights.npz` is written by `training/export.py`. Convolutions carry their batch norm folded in;
`wN` are 8-bit integers with one scale for each output channel (`sN`), `bN` the offsets. `dense`,
`offset` are the last layer, `temperature` divides the scores (calibrated on the validation split).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

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
    """Weights: a kernel (outputs × inputs·k·k), its side k and offsets for each convolution."""

    kernels: tuple[Floats, ...]
    sides: tuple[int, ...]
    offsets: tuple[Floats, ...]
    dense: Floats
    offset: Floats
    temperature: float


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the shipped network."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        stages = range(len(_STRIDES))
        whole = [kept[f"w{n}"].astype(np.float32) for n in stages]
        scaled = [
            w * kept[f"s{n}"].astype(np.float32)[:, None, None, None] for n, w in enumerate(whole)
        ]
        return Network(
            tuple(w.reshape(w.shape[0], -1) for w in scaled),
            tuple(w.shape[2] for w in scaled),
            tuple(kept[f"b{n}"].astype(np.float32) for n in stages),
            kept["dense"].astype(np.float32),
            kept["offset"].astype(np.float32),
            float(kept["temperature"]),
        )


def logits(views: Bytes, net: Network) -> Floats:
    """Return the scores before softmax, n × classes, of views (n × rows × columns)."""
    seen = views.astype(np.float32)[..., None] / 255.0
    stages = zip(net.kernels, net.sides, net.offsets, _STRIDES, _POOLS, _ADDED, strict=True)
    for kernel, side, offset, stride, pool, added in stages:
        drawn = _convolved(seen, kernel, side, stride) + offset
        seen = _pooled(seen + drawn if added else drawn, *pool)
    places = seen.reshape(len(seen), -1, seen.shape[-1])
    summed = np.concatenate([places.mean(axis=1), places.max(axis=1)], axis=1)
    return np.asarray(summed @ net.dense.T + net.offset, np.float32)


def shares(views: Bytes) -> NDArray[np.float64]:
    """Return calibrated scores of views, n × classes, each row adding up to 1."""
    net = network()
    scores = logits(views, net).astype(np.float64) / net.temperature
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _convolved(seen: Floats, kernel: Floats, side: int, stride: int) -> Floats:
    """Return n × rows × columns × outputs; the picture is padded with nothing around it."""
    pad = side // 2
    padded = np.pad(seen, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    n, rows, columns = windows.shape[:3]
    flat = windows.reshape(n * rows * columns, -1) @ kernel.T
    return np.asarray(flat.reshape(n, rows, columns, -1), np.float32)


def _pooled(seen: Floats, rows: int, columns: int) -> Floats:
    """Return the maximum over blocks, and nothing below 0."""
    n, high, wide, channels = seen.shape
    blocks = seen.reshape(n, high // rows, rows, wide // columns, columns, channels)
    return np.asarray(np.maximum(blocks.max(axis=(2, 4)), 0.0), np.float32)
