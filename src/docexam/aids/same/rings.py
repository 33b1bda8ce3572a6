"""A square read ring by ring about its middle, compared at every turn at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Plane

Waves: TypeAlias = npt.NDArray[np.complex128]

_RINGS = 20
_ANGLES = 96


@dataclass(frozen=True, slots=True)
class Rings:
    """The waves of every ring, rings × frequencies, and the length of the whole."""

    waves: Waves
    length: float


def rings_of(plane: Plane, across: float = 0.0, down: float = 0.0, size: float = 1.0) -> Rings:
    """Return the rings about the middle moved by `across`, `down` pixels, at a size.

    Each ring is freed of its mean, so that plain circles, which every round stamp has, count for
    nothing.
    """
    middle = plane.shape[0] / 2
    radii = middle * size * (0.15 + 0.8 * (np.arange(_RINGS) + 0.5) / _RINGS)
    angles = 2 * np.pi * np.arange(_ANGLES) / _ANGLES
    last = plane.shape[0] - 1
    x = np.clip(middle + across + np.outer(radii, np.cos(angles)), 0, last).astype(np.intp)
    y = np.clip(middle + down + np.outer(radii, np.sin(angles)), 0, last).astype(np.intp)
    read = plane[y, x].astype(np.float64)
    read = (read - read.mean(axis=1, keepdims=True)) * np.sqrt(radii)[:, None]
    return Rings(np.fft.rfft(read, axis=1), float(np.sqrt((read * read).sum())))


def likeness_of(searched: list[Rings], one: Rings) -> float:
    """Return the best correlation of `one` with any of `searched` at any turn, -1 to 1."""
    waves = np.stack([rings.waves for rings in searched])
    product = (waves * np.conj(one.waves)[None]).sum(axis=1)
    best = np.fft.irfft(product, n=_ANGLES, axis=1).max(axis=1)
    lengths = np.array([rings.length for rings in searched]) * one.length
    return float((best / np.maximum(lengths, 1e-9)).max())
