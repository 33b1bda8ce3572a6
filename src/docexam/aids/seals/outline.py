"""The outline of a seal as an ellipse, and what lies on ellipses of its shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.halves import halved

_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Outline:
    """An ellipse in pixels: its centre, and the symmetric matrix that makes it of the unit circle.

    The point at angle θ and share ρ of the way to the edge is centre + ρ·(a cos θ + b sin θ,
    b cos θ + d sin θ).
    """

    x: float
    y: float
    a: float
    b: float
    d: float

    @property
    def radius(self) -> float:
        """Return the radius of the circle of the same area."""
        return math.sqrt(max(self.a * self.d - self.b * self.b, 1e-9))

    @property
    def axes(self) -> tuple[float, float, float]:
        """Return both semi-axes, longer first, and the longer one's angle from x in radians."""
        middle, half = (self.a + self.d) / 2, math.hypot((self.a - self.d) / 2, self.b)
        angle = 0.5 * math.atan2(2 * self.b, self.a - self.d)
        return middle + half, max(middle - half, 1e-6), angle

    @property
    def reach(self) -> tuple[float, float]:
        """Return how far the ellipse reaches from its centre, across and down."""
        return math.hypot(self.a, self.b), math.hypot(self.b, self.d)

    def share(self, x: Floats, y: Floats) -> Floats:
        """Return at which share of the way to the edge points lie."""
        det = max(self.a * self.d - self.b * self.b, 1e-6)
        dx, dy = x - self.x, y - self.y
        u, v = self.d * dx - self.b * dy, self.a * dy - self.b * dx
        return np.asarray(np.hypot(u, v) / det, np.float64)

    def scaled(self, factor: float) -> Outline:
        """Return the outline with the same centre, `factor` times as large."""
        return Outline(self.x, self.y, self.a * factor, self.b * factor, self.d * factor)

    def in_picture(self, factor: float) -> Outline:
        """Return the outline in pixels of the picture that is `factor` times as large."""
        x, y = (self.x + 0.5) * factor - 0.5, (self.y + 0.5) * factor - 0.5
        return Outline(x, y, self.a * factor, self.b * factor, self.d * factor)

    def points(self, share: Floats, angle: Floats) -> tuple[Floats, Floats]:
        """Return x and y at these shares of the way to the edge, and angles."""
        cosine, sine = np.cos(angle), np.sin(angle)
        return (
            self.x + share * (self.a * cosine + self.b * sine),
            self.y + share * (self.b * cosine + self.d * sine),
        )


def as_rows(outlines: Sequence[Outline]) -> Floats:
    """Return outlines as rows of x, y, a, b, d."""
    return np.array([(o.x, o.y, o.a, o.b, o.d) for o in outlines], np.float64).reshape(-1, 5)


def of_rows(rows: Floats) -> list[Outline]:
    """Return rows of x, y, a, b, d as outlines."""
    return [Outline(*(float(v) for v in row)) for row in rows]


class Pyramid:
    """A plane at full size, half, a quarter, …, to be read on many ellipses at once."""

    def __init__(self, plane: Plane) -> None:
        sizes = [plane.shape]
        while len(sizes) < _LEVELS and min(sizes[-1]) >= 32:
            sizes.append(tuple(-(-side // 2) for side in sizes[-1]))
        counts = [high * wide for high, wide in sizes]
        self.shape = plane.shape
        self._sizes: npt.NDArray[np.int64] = np.array(sizes, np.int64)
        self._starts = np.cumsum([0, *counts[:-1]])
        self._flat = np.empty(sum(counts), np.float32)
        self.planes: list[Plane] = []
        for start, size in zip(self._starts, sizes, strict=True):
            level = self._flat[start : start + size[0] * size[1]].reshape(size)
            level[:] = halved(self.planes[-1]) if self.planes else plane
            self.planes.append(level)

    def strips(
        self, rows: Floats, shares: Floats, angle: Floats, radius: float
    ) -> tuple[Plane, npt.NDArray[np.bool_]]:
        """Return the plane on ellipses (outlines × shares × angles), and where that is within it.

        Each is read from the coarsest level on which its radius is at least `radius` pixels.
        """
        size = np.sqrt(np.maximum(rows[:, 2] * rows[:, 4] - rows[:, 3] ** 2, 1e-9))
        level = np.floor(np.log2(np.maximum(size / radius, 1.0))).astype(int)
        level = np.minimum(level, len(self._sizes) - 1)
        height, width = (self._sizes[level, axis][:, None, None] for axis in (0, 1))
        x, y = self._spots(rows, shares, angle)
        scale = 0.5 ** level[:, None, None]
        x = (x + 0.5) * scale - 0.5
        y = (y + 0.5) * scale - 0.5
        inside = (x > -0.5) & (x < width - 0.5) & (y > -0.5) & (y < height - 0.5)
        values = self._bilinear(x, y, width, height, self._starts[level][:, None, None])
        return np.where(inside, values, np.float32(0)), inside

    def strip(
        self, outline: Outline, shares: Floats, angle: Floats, radius: float
    ) -> tuple[Plane, npt.NDArray[np.bool_]]:
        """Return what `strips` does for one outline: shares × angles."""
        values, inside = self.strips(as_rows([outline]), shares, angle, radius)
        return values[0], inside[0]

    @staticmethod
    def _spots(rows: Floats, shares: Floats, angle: Floats) -> tuple[Floats, Floats]:
        cosine, sine = np.cos(angle)[None, None, :], np.sin(angle)[None, None, :]
        centre_x, centre_y, a, b, d = (rows[:, k, None, None] for k in range(5))
        out = shares[None, :, None]
        return centre_x + out * (a * cosine + b * sine), centre_y + out * (b * cosine + d * sine)

    def _bilinear(
        self, x: Floats, y: Floats, width: Floats, height: Floats, start: Floats
    ) -> Plane:
        x = np.clip(x, 0, width - 1.001).astype(np.float32)
        y = np.clip(y, 0, height - 1.001).astype(np.float32)
        column, row = x.astype(np.int32), y.astype(np.int32)
        x -= column
        y -= row
        at = start + row * width + column
        flat = self._flat
        upper = flat[at]
        upper += (flat[at + 1] - upper) * x
        at += width
        lower = flat[at]
        lower += (flat[at + 1] - lower) * x
        return np.asarray(upper + (lower - upper) * y)
