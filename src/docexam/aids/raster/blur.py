"""Smoothing: box means of any radius, and Gaussian blur."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Plane

_MOST_TAPS_SIGMA = 3.0


def box_mean(plane: Plane, radius: int) -> Plane:
    """Return the mean over (2·radius + 1)² pixels; edge pixels are repeated beyond the edge.

    The last axis may hold channels (rows × columns × n). Cost does not depend on the radius.
    """
    out = np.asarray(plane, np.float32)
    if radius <= 0:
        return out
    return _mean_down(_mean_across(out, radius), radius)


def _mean_across(plane: Plane, radius: int) -> Plane:
    size, n = 2 * radius + 1, plane.shape[1]
    widths = [(0, 0), (radius + 1, radius)] + [(0, 0)] * (plane.ndim - 2)
    # float64: a running sum in single precision drifts visibly after a few thousand pixels.
    total = np.cumsum(np.pad(plane, widths, mode="edge"), axis=1, dtype=np.float64)
    sums = np.subtract(total[:, size:], total[:, :n], dtype=np.float32, casting="same_kind")
    return np.asarray(sums / np.float32(size), np.float32)


def _mean_down(plane: Plane, radius: int) -> Plane:
    """Slide the box row by row: many times faster than a running sum down the columns."""
    n = plane.shape[0]
    out = np.empty_like(plane)
    rows = [min(max(i, 0), n - 1) for i in range(-radius, radius + 1)]
    counts = np.bincount(rows, minlength=n)
    total = np.tensordot(counts.astype(np.float64), plane.astype(np.float64), axes=(0, 0))
    for i in range(n):
        np.divide(total, 2 * radius + 1, out=out[i], casting="same_kind")
        total += plane[min(i + radius + 1, n - 1)]
        total -= plane[max(i - radius, 0)]
    return out


def gaussian(plane: Plane, sigma: float) -> Plane:
    """Return the plane blurred with a Gaussian of `sigma` pixels; edge pixels are repeated.

    Up to 3 pixels by the sampled kernel, above by three box means of the same variance.
    """
    if sigma <= 0:
        return np.asarray(plane, np.float32)
    if sigma > _MOST_TAPS_SIGMA:
        out = plane
        for radius in _box_radii(sigma):
            out = box_mean(out, radius)
        return out
    kernel = _kernel(sigma)
    return _convolved(_convolved(np.asarray(plane, np.float32), kernel, 0), kernel, 1)


def _box_radii(sigma: float) -> tuple[int, ...]:
    """Return three radii whose box means together have about the variance of the Gaussian."""
    ideal = np.sqrt(4 * sigma * sigma + 1)
    low = (int(ideal) - 1) // 2
    smaller = round((12 * sigma * sigma - 12 * low * low - 36 * low - 24) / (-8 * low - 8))
    return tuple(low if i < smaller else low + 1 for i in range(3))


def _kernel(sigma: float) -> npt.NDArray[np.float32]:
    reach = max(1, int(np.ceil(3 * sigma)))
    steps = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (steps / sigma) ** 2)
    return np.asarray(weights / weights.sum(), np.float32)


def _convolved(plane: Plane, kernel: npt.NDArray[np.float32], axis: int) -> Plane:
    reach, n = len(kernel) // 2, plane.shape[axis]
    widths = [(0, 0)] * plane.ndim
    widths[axis] = (reach, reach)
    padded = np.pad(plane, widths, mode="edge")

    def shifted(by: int) -> Plane:
        place = [slice(None)] * plane.ndim
        place[axis] = slice(by, by + n)
        return padded[tuple(place)]

    out: Plane = shifted(reach) * kernel[reach]
    for k in range(reach):
        out += (shifted(k) + shifted(2 * reach - k)) * kernel[k]
    return out
