"""A threshold between two kinds of pixels, after Otsu (1979)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BINS = 256


def otsu(values: npt.NDArray[np.generic], bins: int = _BINS) -> tuple[float, float]:
    """Return the threshold of the greatest variance between classes, and its share of all.

    Works on values of any range and shape. The share (0 to 1) says how well two classes explain
    the values; 0 where all are alike (the threshold is then that value) or there are none.
    """
    flat = np.asarray(values, np.float32).ravel()
    if not flat.size or flat.min() == flat.max():
        return (float(flat[0]) if flat.size else 0.0), 0.0
    counts, edges = np.histogram(flat, bins)
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = flat.size - below
    mass = np.cumsum(counts * middles)
    mean = mass[-1] / flat.size
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mean * below - mass) ** 2 / (below * above)
    between[~np.isfinite(between)] = 0.0
    # Between two far heaps every threshold is equally good: take the middle of the best ones.
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))
    at = int(best[len(best) // 2])
    variance = float((counts * (middles - mean) ** 2).sum() / flat.size)
    return float(edges[at + 1]), float(between[at] / variance) if variance > 0 else 0.0
