"""What speaks for a seal within an outline: its rings, how much of them is there, its filling.

Everything is read from one strip: the ink on ellipses from the centre to well beyond the edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.seals.fit import along, angles
from docexam.aids.seals.outline import Outline, Pyramid

ANGLES = 120
_STEP = 0.02
SHARES: Floats = np.arange(_STEP / 2, 1.5, _STEP)
_LEVEL = 56.0  # pixels of the radius at which the strip is read
_RIM = (0.93, 1.05)
_WITHIN = (0.30, 0.86)
_BEYOND = (1.08, 1.30)
_WORDS = (0.60, 0.92)  # where the words of a stamp stand, along its ring
_INKED, _TRACE = 0.35, 0.12  # of the ring's strength
_FEW_ROWS = 3  # on which words change most
_HALF_AS_STRONG = 0.40
_SHORTEST_GAP = 15.0  # degrees

FEATURES = (
    "ring", "coverage", "longest", "edge", "coherence", "contrast", "filling", "spread", "rings",
    "lettering", "turnover", "solid", "flat", "centre", "beyond", "size", "aspect", "inside",
    "evenness", "wording",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features by name (see `FEATURES`), and the gaps of the ring in degrees.

    A gap is its first and last angle, clockwise from the right (x towards y), as on the picture.
    """

    features: Floats
    gaps: tuple[tuple[float, float], ...]
    coverage: float

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the features."""
        return FEATURES

    def of(self, name: str) -> float:
        """Return one feature."""
        return float(self.features[FEATURES.index(name)])


def evidence(pyramid: Pyramid, outline: Outline) -> Evidence:
    """Return what is seen within and around an outline on one soft ink map."""
    strip, inside = pyramid.strip(outline, SHARES, angles(ANGLES), _LEVEL)
    seen = np.asarray(inside[_rows(*_RIM)].any(axis=0), np.bool_)
    ring, there = _ring(strip, seen)
    coverage = float(there.sum() / max(1, seen.sum()))
    long, short, _ = outline.axes
    height, width = pyramid.shape
    features: list[float] = [ring, coverage, _longest(there) / ANGLES]
    features += [*_edges(strip, seen), *_filling(strip, inside, ring)]
    features += [outline.radius / max(height, width), short / long, float(seen.mean())]
    features += [_evenness(strip, there), _wording(strip, ring)]
    return Evidence(np.array(features), _gaps(there | ~seen), coverage)


def _rows(low: float, high: float) -> slice:
    return slice(round(low / _STEP), round(high / _STEP))


def _ring(strip: Plane, seen: npt.NDArray[np.bool_]) -> tuple[float, npt.NDArray[np.bool_]]:
    """Return the ring's own strength, and at which angles it is there."""
    rim = strip[_rows(*_RIM)]
    level = 0.5 * (rim[:-1] + rim[1:]).max(axis=0) + 0.5 * rim.max(axis=0) * 0.5
    smooth = (level + np.roll(level, 1) + np.roll(level, -1)) / 3
    usual = float(np.quantile(smooth[seen], 0.75)) if seen.any() else 0.0
    beyond = np.median(strip[_rows(*_BEYOND)], axis=0)
    there = (smooth > max(_HALF_AS_STRONG * usual, 0.05)) & (smooth > 1.15 * beyond) & seen
    return usual, there


def _evenness(strip: Plane, there: npt.NDArray[np.bool_]) -> float:
    """Return how much the ring's ink varies along it, as a share: even print, uneven strikes."""
    rim = strip[_rows(0.90, 1.06)].sum(axis=0)
    smooth = (rim + np.roll(rim, 1) + np.roll(rim, -1))[there] / 3
    return float(smooth.std() / max(float(smooth.mean()), 1e-3)) if smooth.size > 8 else 1.0


def _wording(strip: Plane, ring: float) -> float:
    """Return how often ink begins or ends on the way around, where words stand along a ring.

    That is the share of steps of three degrees, on the rows with most changes. Letters change
    at every second step or third, an emblem or an empty ring seldom.
    """
    rows = strip[_rows(*_WORDS)]
    level = np.quantile(rows, 0.8, axis=1, keepdims=True) / 2
    inked = rows > np.maximum(level, _TRACE * max(ring, 0.05))
    changes = (inked != np.roll(inked, 1, 1)).mean(axis=1)
    return float(np.sort(changes)[-_FEW_ROWS:].mean())


def _longest(there: npt.NDArray[np.bool_]) -> int:
    """Return the longest unbroken run around the circle."""
    if there.all():
        return len(there)
    twice = np.concatenate((there, there))
    breaks = np.flatnonzero(~twice)
    return int(np.diff(breaks).max() - 1) if breaks.size > 1 else 0


def _gaps(there: npt.NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    if there.all():
        return ()
    if not there.any():
        return ((0.0, 360.0),)
    first = int(np.flatnonzero(there)[0])
    turned = np.roll(there, -first)
    steps = np.diff(np.concatenate(([1], turned.astype(np.int8), [1])))
    step = 360.0 / len(there)
    gaps = [
        (((start + first) * step) % 360.0, ((end + first) * step) % 360.0)
        for start, end in zip(np.flatnonzero(steps < 0), np.flatnonzero(steps > 0), strict=True)
        if (end - start) * step >= _SHORTEST_GAP
    ]
    return tuple(sorted(gaps))


def _edges(strip: Plane, seen: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """Return how sharply the ink ends at the edge, how alike all around, and against beyond."""
    level = along(strip, 4)
    drop = np.maximum(level[:-3] - level[3:], 0.0)
    edge = drop[_rows(0.92, 1.04)].max(axis=0)
    around = np.abs(np.roll(strip, -1, 1) - strip)[_rows(0.95, 1.03)].mean()
    across = np.abs(np.diff(strip, axis=0))[_rows(0.93, 1.05)].mean()
    rim = strip[_rows(0.93, 1.03)].mean()
    beyond = strip[_rows(*_BEYOND)].mean()
    usual = float(edge[seen].mean()) if seen.any() else 0.0
    coherence = float((across - around) / (across + around + 1e-3))
    return usual, coherence, float((rim - beyond) / (rim + beyond + 0.02))


def _filling(
    strip: Plane, inside: npt.NDArray[np.bool_], ring: float
) -> tuple[float, float, float, float, float, float, float, float, float]:
    """Return features of what is within the ring, relative to the ring's strength."""
    unit = max(ring, 0.05)
    within = strip[_rows(*_WITHIN)] / unit
    inked = within > _INKED
    sectors = inked.reshape(inked.shape[0], 12, -1).mean(axis=(0, 2))
    band = inked[_rows(0.32, 0.56)]
    turnover = float((band != np.roll(band, 1, 1)).sum(axis=1).mean()) / ANGLES
    profile = along(strip, 7).mean(axis=1) / unit
    peaks = (profile[1:-1] > profile[:-2] + 0.02) & (profile[1:-1] >= profile[2:] + 0.02)
    rings = float(peaks[_rows(0.3, 1.05)].sum())
    lettering = float(np.abs(np.diff(within, axis=1)).mean())
    centre = float((strip[: round(0.3 / _STEP)] / unit).mean())
    beyond = float((strip[_rows(*_BEYOND)] / unit).mean())
    return (
        float(inked.mean()),
        float((sectors > 0.04).mean()),
        rings,
        lettering,
        turnover,
        float((within > 0.8).mean()),
        float(profile[_rows(0.9, 1.04)].max()),
        centre,
        beyond,
    )
