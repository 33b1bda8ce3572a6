"""The letters of a zone by a small network: how much each cell looks like what.

Tesseract knows text; it has never seen the machine's own face with its short I and its fillers,
nor zeros with a dot or a stroke. The network has seen nothing else: it looks at one cell at a
time, as the strips give it. `letters.npz` is written by `training/zone_letters.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from docexam.aids.mrz.alphabet import FILLER
from docexam.aids.raster.arrays import Floats, Plane

KINDS = FILLER + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = Path(__file__).with_name("letters.npz")
_TURNS = 8  # directions of edges that are told apart
_POOL = (3, 2)  # rows and columns of a half-size cell that are taken together


@dataclass(frozen=True, slots=True)
class Network:
    """Two dense layers: features × hidden, hidden × kinds, their offsets, the temperature."""

    first: Floats
    first_offset: Floats
    second: Floats
    second_offset: Floats
    temperature: float


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the shipped network."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return Network(
            kept["first"].astype(np.float64) * kept["first_scale"],
            kept["first_offset"].astype(np.float64),
            kept["second"].astype(np.float64) * kept["second_scale"],
            kept["second_offset"].astype(np.float64),
            float(kept["temperature"]),
        )


def kinds(cells: Plane) -> Floats:
    """Return for every cell (as `cells_of` gives them) the shares of KINDS, each row summing to 1.

    They are the network's scores made comparable, no probabilities of being right.
    """
    net = network()
    hidden = np.maximum(0.0, features(cells) @ net.first + net.first_offset)
    scores = (hidden @ net.second + net.second_offset) / net.temperature
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float64)


def features(cells: Plane) -> Floats:
    """Return what the network sees of cells: ink and edges by direction, coarsely, centred."""
    half = _half(_centred(cells))
    down, across = np.gradient(half, axis=(1, 2))
    turns = np.arange(_TURNS) * 2 * np.pi / _TURNS
    edges = [np.maximum(0.0, across * np.cos(t) + down * np.sin(t)) for t in turns]
    planes = np.stack([_pooled(2.0 * one) for one in edges] + [_pooled(half)], axis=1)
    flat = np.sqrt(planes.reshape(len(cells), -1))
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6) * 8.0)


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


def _pooled(planes: Floats) -> Floats:
    rows, columns = planes.shape[1] // _POOL[0], planes.shape[2] // _POOL[1]
    return np.asarray(planes.reshape(-1, rows, _POOL[0], columns, _POOL[1]).mean(axis=(2, 4)))
