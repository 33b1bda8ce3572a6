"""The letters of a zone by a small network: how much each cell looks like what.

Tesseract knows text; it has never seen the machine's own face with its short I and its fillers,
nor zeros with a dot or a stroke. The network has seen nothing else: it looks at one cell at a
time, as the strips give it. `letters.npz` is written by `training/zone_letters.py`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from docexam.aids.mrz.alphabet import FILLER
from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.dense import Dense, directed, read_dense

KINDS = FILLER + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = Path(__file__).with_name("letters.npz")
_POOL = (3, 2)  # rows and columns of a half-size cell that are taken together


@lru_cache(maxsize=1)
def network() -> Dense:
    """Return the shipped network, with an output for each of KINDS."""
    return read_dense(WEIGHTS)


def kinds(cells: Plane) -> Floats:
    """Return for every cell (as `cells_of` gives them) the shares of KINDS, each row summing to 1.

    They are the network's scores made comparable, no probabilities of being right.
    """
    scores = network().of(features(cells))
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float64)


def features(cells: Plane) -> Floats:
    """Return what the network sees of cells: ink and edges by direction, coarsely, centred."""
    half = _half(_centred(cells))
    return directed(half, half, _POOL)


def _centred(cells: Plane) -> Plane:
    """Return cells with the middle of their ink in the middle."""
    ink = cells.astype(np.float64) ** 2 + 1e-9
    total = ink.sum(axis=(1, 2))
    high, wide = cells.shape[1:]
    down = (ink.sum(axis=2) @ (np.arange(high) + 0.5)) / total - high / 2
    across = (ink.sum(axis=1) @ (np.arange(wide) + 0.5)) / total - wide / 2
    out = np.zeros_like(cells)
    moves = np.stack((np.rint(down), np.rint(across)), axis=1).astype(np.int64).tolist()
    for cell, moved, (y, x) in zip(cells, out, moves, strict=True):
        seen = cell[max(0, y) : high + min(0, y), max(0, x) : wide + min(0, x)]
        moved[max(0, -y) : high - max(0, y), max(0, -x) : wide - max(0, x)] = seen
    return out


def _half(cells: Plane) -> Floats:
    rows, columns = cells.shape[1] // 2, cells.shape[2] // 2
    means = cells.reshape(-1, rows, 2, columns, 2).mean(axis=(2, 4), dtype=np.float64)
    top = np.quantile(means.reshape(len(means), -1), 0.97, axis=1)
    return np.asarray(np.clip(means / np.maximum(top, 0.15)[:, None, None], 0, 1.2))
