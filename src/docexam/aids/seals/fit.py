"""Drawing outlines tight around rings of ink.

The plane is read on ellipses around each candidate. Where ink ends outwards, the ring's edge may
be; harmonics of the angle (size, shift, ellipse) are fitted to those places again and again in an
ever narrower band, so that text and strokes nearby lose their pull. All candidates of a map are
done together; outlines are rows of x, y, a, b, d (see `outline`).
"""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.seals.outline import Pyramid

_ANGLES = 48
_CLOSE = np.arange(0.85, 1.16, 0.015)
_FINE = np.arange(0.86, 1.15, 0.015)
_CLOSE_BANDS = (0.06, 0.045)
_FINE_BANDS = (0.05, 0.03)
_EDGE = 2  # steps of the share over which an edge is measured
_STIFF = (0.02, 0.1, 0.1, 1.0, 1.0)  # how unwilling each harmonic is
_MOST_BENT = 0.45


def angles(count: int) -> Floats:
    """Return `count` angles around the circle."""
    return np.asarray((np.arange(count) + 0.5) * (2 * np.pi / count), np.float64)


def settled(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return the outlines drawn to the rings close to them, and to no others."""
    for band in _CLOSE_BANDS:
        rows = _step(pyramid, rows, _CLOSE, band, 24.0)
    return rows


def refined(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return the outlines drawn closer, on a finer level."""
    for band in _FINE_BANDS:
        rows = _step(pyramid, rows, _FINE, band, 56.0)
    return rows


def _step(pyramid: Pyramid, rows: Floats, shares: Floats, band: float, level: float) -> Floats:
    if not len(rows):
        return rows
    turn = angles(_ANGLES)
    strips, _ = pyramid.strips(rows, shares, turn, level)
    edge = endings(strips)
    basis = np.stack(
        (np.ones_like(turn), np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn))
    )
    off = (shares - 1.0).astype(np.float32)
    products = (basis[:, None, :] * basis[None, :, :]).reshape(25, -1).T
    by = np.zeros((len(rows), 5))
    for _ in range(2):
        apart = off[None, :, None] - (by @ basis)[:, None, :].astype(np.float32)
        weight = edge * np.exp(apart * apart * np.float32(-0.5 / band**2))
        total, pull = weight.sum(axis=1), np.einsum("ksa,s->ka", weight, off)
        most = np.maximum(total.max(axis=1), 1e-6)[:, None, None]
        system = (total @ products).reshape(-1, 5, 5) + np.diag(_STIFF) * most * _ANGLES * 0.1
        by = np.linalg.solve(system, (pull @ basis.T)[:, :, None])[:, :, 0]
    return _bent(rows, np.clip(by, -_MOST_BENT, _MOST_BENT))


def _bent(rows: Floats, by: Floats) -> Floats:
    """Return the outlines moved by what is off at their edges.

    `by` are the harmonics of that in shares of the radius: constant, cos θ, sin θ, cos 2θ, sin 2θ.
    """
    x, y, a, b, d = rows.T
    size, right, down, even, skew = by.T
    matrix = np.stack((a, b, b, d), axis=1).reshape(-1, 2, 2)
    bend = np.stack((1 + size + even, skew, skew, 1 + size - even), axis=1).reshape(-1, 2, 2)
    # Turning the circle within leaves the ellipse: keep the symmetric factor of the product.
    u, stretch, _ = np.linalg.svd(matrix @ bend)
    kept = (u * stretch[:, None, :]) @ u.transpose(0, 2, 1)
    centre = (x + a * right + b * down, y + b * right + d * down)
    return np.stack((*centre, kept[:, 0, 0], kept[:, 0, 1], kept[:, 1, 1]), axis=1)


def endings(strips: Plane) -> Plane:
    """Return how much ink ends outwards at each share and angle, smoothed along the angle.

    The last two axes are shares and angles.
    """
    smooth = along(strips, 1)
    beyond = [(0, 0)] * (smooth.ndim - 2) + [(_EDGE + 1, _EDGE), (0, 0)]
    total = np.cumsum(np.pad(smooth, beyond, mode="edge"), axis=-2)
    n = strips.shape[-2]
    first, middle, last = (total[..., k : k + n, :] for k in (0, _EDGE, 2 * _EDGE))
    return np.asarray(np.maximum(2 * middle - first - last, 0.0) / _EDGE)


def along(strips: Plane, reach: int) -> Plane:
    """Return strips averaged along the angle: rings stay, letters become an even grey."""
    wrapped = np.concatenate((strips[..., -reach:], strips, strips[..., :reach]), axis=-1)
    n = strips.shape[-1]
    total = wrapped[..., :n].copy()
    for shift in range(1, 2 * reach + 1):
        total += wrapped[..., shift : shift + n]
    return np.asarray(total / np.float32(2 * reach + 1))
