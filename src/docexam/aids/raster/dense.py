"""Small networks of two dense layers, and what they see: edges by direction, coarsely."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from docexam.aids.raster.arrays import Floats

_TURNS = 8  # directions of edges that are told apart


@dataclass(frozen=True, slots=True)
class Dense:
    """Two layers: features × hidden, hidden × outputs, their offsets, the temperature."""

    first: Floats
    first_offset: Floats
    second: Floats
    second_offset: Floats
    temperature: float

    def of(self, seen: Floats) -> Floats:
        """Return the scores, count × outputs, of features (count × features)."""
        hidden = np.maximum(0.0, seen @ self.first + self.first_offset)
        return np.asarray((hidden @ self.second + self.second_offset) / self.temperature)


def read_dense(weights: Path) -> Dense:
    """Return the network of a file of weights (.npz), each layer with a scale for each output."""
    with np.load(weights, allow_pickle=False) as kept:
        return Dense(
            kept["first"].astype(np.float64) * kept["first_scale"],
            kept["first_offset"].astype(np.float64),
            kept["second"].astype(np.float64) * kept["second_scale"],
            kept["second_offset"].astype(np.float64),
            float(kept["temperature"]),
        )


def directed(seen: Floats, ink: Floats, pool: tuple[int, int]) -> Floats:
    """Return features of pictures: the edges of `seen` by direction, and `ink`, all of one length.

    Both are count × rows × columns; `pool` is how many rows and columns are taken together.
    """
    down, across = np.gradient(seen, axis=(1, 2))
    turns = np.arange(_TURNS) * 2 * np.pi / _TURNS
    edges = [np.maximum(0.0, across * np.cos(t) + down * np.sin(t)) for t in turns]
    planes = np.stack([*(2.0 * one for one in edges), ink], axis=1)
    rows, columns = seen.shape[1] // pool[0], seen.shape[2] // pool[1]
    parts = planes.reshape(len(seen), -1, rows, pool[0], columns, pool[1])
    flat = np.sqrt(parts.mean(axis=(3, 5)).reshape(len(seen), -1))
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6) * 8.0)
