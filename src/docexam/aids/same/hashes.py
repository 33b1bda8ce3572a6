"""Perceptual hashes of 256 bits: near for what looks alike, far for the rest.

For what lies upright (pages, portraits) the signs of the lowest cosine terms; for seals, which
are struck at any turn, the strength of the lowest waves around the middle at several radii, which
no turn changes. Each bit says whether a term lies above the median of all.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from docexam.aids.raster.arrays import Floats, Plane

BITS = 256
_SIDE = 64
_TERMS = 16
_RINGS = 16
_ANGLES = 128


def upright_hash(plane: Plane) -> int:
    """Return the hash of a square plane by its lowest 16 × 16 cosine terms but the mean."""
    small = np.asarray(Image.fromarray(plane).resize((_SIDE, _SIDE), Image.Resampling.BOX))
    waves = _cosines()
    terms = (waves @ small.astype(np.float64) @ waves.T).ravel()
    terms[0] = 0.0
    return _bits(terms)


def turned_hash(plane: Plane) -> int:
    """Return the hash of a square plane that is the same at every turn about the middle."""
    strengths = np.abs(np.fft.rfft(_polar(plane), axis=1))[:, 1 : _TERMS + 1]
    # Every ring by itself: how much ink a ring carries depends on the pressure.
    levels = strengths / np.maximum(strengths.mean(axis=1, keepdims=True), 1e-9)
    return _bits((levels - np.median(levels, axis=0)).ravel())


def differing(one: int, other: int) -> float:
    """Return the share of bits in which two hashes differ."""
    return (one ^ other).bit_count() / BITS


def quarters(plane: Plane) -> tuple[int, int, int, int]:
    """Return the upright hashes of a plane and of its three further quarter turns."""
    a, b, c, d = (upright_hash(np.ascontiguousarray(np.rot90(plane, k))) for k in range(4))
    return a, b, c, d


def _cosines() -> Floats:
    place = np.arange(_SIDE) + 0.5
    return np.cos(np.pi / _SIDE * np.outer(np.arange(_TERMS), place))


def _polar(plane: Plane) -> Floats:
    middle = plane.shape[0] / 2
    radii = middle * (0.15 + 0.8 * (np.arange(_RINGS) + 0.5) / _RINGS)
    angles = 2 * np.pi * np.arange(_ANGLES) / _ANGLES
    across = np.clip(middle + np.outer(radii, np.cos(angles)), 0, plane.shape[1] - 1).astype(int)
    down = np.clip(middle + np.outer(radii, np.sin(angles)), 0, plane.shape[0] - 1).astype(int)
    return np.asarray(plane[down, across], np.float64)


def _bits(terms: Floats) -> int:
    above = terms > np.median(terms)
    return int("".join("1" if bit else "0" for bit in above), 2)
