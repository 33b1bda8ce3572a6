"""Signs that a picture was enlarged: interpolated pixels vary less at regular intervals.

The mean difference between neighbouring pixels, one value per column (and per row), becomes
periodic when the columns were interpolated: its period tells the factor (Gallagher 2005; Mahdian
and Saic 2008). Second differences show every factor but 2 and 4, whose periods also fall on the
8-pixel grid of JPEG; first differences show those two, and the grid's other harmonics tell them
from JPEG. A sign, never proof: an older JPEG grid that was reduced, or a screen's own pixels
photographed, can look the same, and JPEG below quality 90 or a Lanczos filter often hide it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

_LINES = 500
_SEGMENT = 512
_LEAST_SIDE = 160
_LARGEST_STEP = 24
_LOWEST = 0.07
_GRID_MARGIN = 0.006
_CLEAR = 60.0
_CLEAR_HALF = 30.0
_LEAST_PEAK = 9.0
_SAME = 0.005
_GRID_RATIO = 1.6
_FOUR_RATIO = 2.5
_LARGE_FACTOR_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class Resampling:
    """`factor`: the likeliest enlargement; `other`: another that leaves the same trace, or None.

    `strength`: how far the trace stands out of what surrounds it (60 is the least taken).
    """

    factor: float
    other: float | None
    strength: float


def find(grey: Grey, edge_width: float | None) -> Resampling | None:
    """Look for traces of enlargement in uint8 h×w; None where there are none.

    `edge_width` (pixels, see sharpness) decides between a small factor and the large one that
    leaves the same period. Needs 160 pixels a side.
    """
    if min(grey.shape) < _LEAST_SIDE:
        return None
    odd = _odd_factor(grey)
    if odd is not None:
        frequency, strength = odd
        return _factors(frequency, strength, edge_width)
    return _even_factor(grey)


def differences(grey: Grey, axis: int, order: int) -> Floats:
    """Return the mean absolute difference (of `order`) at each position along `axis`.

    Steps are cut at 24 levels, so that a few strong edges do not drown everything; at most 500
    lines are looked at.
    """
    lines = grey if axis == 1 else grey.T
    some = lines[:: max(1, lines.shape[0] // _LINES)].astype(np.int16)
    steps = np.minimum(np.abs(np.diff(some, n=order, axis=1)), _LARGEST_STEP)
    means: Floats = steps.mean(axis=0)
    return means


def _spectrum(trace: Floats) -> Floats:
    """Return the power of a trace's rapid variation by frequency, relative to its median."""
    level = np.log(trace + 0.3)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(level, 4, mode="edge"), 9)
    rapid = level - np.median(around, axis=1)
    count = min(_SEGMENT, rapid.size) // 2 * 2
    window = np.hanning(count)
    starts = range(0, rapid.size - count + 1, count // 2)
    power = [np.abs(np.fft.rfft(rapid[s : s + count] * window)) ** 2 for s in starts]
    mean = np.mean(power, axis=0)
    usual = float(np.median(mean[int(_LOWEST * count) :]))
    relative: Floats = mean / max(usual, 1e-12)
    return relative


def _odd_factor(grey: Grey) -> tuple[float, float] | None:
    """Return frequency and strength of a period that both directions share, off JPEG's grid."""
    across, down = (_peak(_spectrum(differences(grey, axis, 2))) for axis in (1, 0))
    if across is None or down is None or abs(across[0] - down[0]) > _SAME:
        return None
    return (across[0] + down[0]) / 2, min(across[1], down[1])


def _peak(spectrum: Floats) -> tuple[float, float] | None:
    count = 2 * (spectrum.size - 1)
    frequency = np.arange(spectrum.size) / count
    grid = np.abs(frequency * 8 - np.round(frequency * 8)) / 8 < _GRID_MARGIN
    allowed = np.where(grid | (frequency < _LOWEST), 0.0, spectrum)
    top = int(allowed.argmax())
    strength = float(allowed[top]) / _around(spectrum, top)
    if strength < _CLEAR or allowed[top] < _LEAST_PEAK:
        return None
    return _refined(spectrum, top) / count, strength


def _around(spectrum: Floats, top: int) -> float:
    """Return the usual power near a peak, the peak itself left out."""
    beside = np.r_[spectrum[max(0, top - 24) : max(0, top - 3)], spectrum[top + 4 : top + 25]]
    return max(float(np.median(beside)), 1e-3) if beside.size else 1e9


def _refined(spectrum: Floats, top: int) -> float:
    near = slice(max(0, top - 1), top + 2)
    weights = spectrum[near]
    return float((np.arange(near.start, near.start + weights.size) * weights).sum() / weights.sum())


def _factors(frequency: float, strength: float, edge_width: float | None) -> Resampling:
    """Turn a period into factors: 1/(1-f) for an enlargement below 2, 1/f for one above."""
    small, large = 1.0 / (1.0 - frequency), 1.0 / frequency
    is_large = edge_width is not None and edge_width >= max(_LARGE_FACTOR_WIDTH, 0.7 * large)
    factor, other = (large, small) if is_large else (small, large)
    return Resampling(round(factor, 2), round(other, 2), round(strength, 1))


def _even_factor(grey: Grey) -> Resampling | None:
    across, down = (_even(_spectrum(differences(grey, axis, 1))) for axis in (1, 0))
    if across is None or down is None or across[0] != down[0]:
        return None
    return Resampling(across[0], None, min(across[1], down[1]))


def _even(spectrum: Floats) -> tuple[float, float] | None:
    count = 2 * (spectrum.size - 1)
    spots = [round(share * count) for share in (0.125, 0.25, 0.375, 0.5)]
    eighth, quarter, three, half = (float(spectrum[spot]) for spot in spots)
    if quarter > max(_LEAST_PEAK, _FOUR_RATIO * max(eighth, three)):
        strength = quarter / _around(spectrum, spots[1])
        return (4.0, round(strength, 1)) if strength > _CLEAR else None
    if half > max(_LEAST_PEAK, _GRID_RATIO * max(quarter, three)):
        strength = half / _around(spectrum, spots[3])
        return (2.0, round(strength, 1)) if strength > _CLEAR_HALF else None
    return None
