"""Signs that a picture was compressed as JPEG before: an older grid, a doubled quantisation.

Both are signs, never verdicts: any messenger or website recompresses, innocently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.imaging.resampling import differences

Grey = npt.NDArray[np.uint8]

DOUBLED = 18.0
GRID_CLEAR = 4.0
_MOST_BLOCKS = 40_000
_LEAST_BLOCKS = 300
_LONGEST_HISTOGRAM = 64
_SHORTEST_HISTOGRAM = 12
_SPECTRUM = 64
_SLOW = 8
# Low frequencies only: higher ones are nearly all zero after quantisation.
_MODES = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (0, 3), (3, 0))


@dataclass(frozen=True, slots=True)
class Grid:
    """An 8-pixel grid: how far its first line lies from the picture's left and upper edge."""

    across: int
    down: int
    strength: float

    @property
    def shifted(self) -> bool:
        """Whether the grid does not begin at the picture's corner, as after a crop."""
        return bool(self.across or self.down)


def find_grid(grey: Grey) -> Grid | None:
    """Look for the 8-pixel grid that JPEG leaves; `grey` uint8 h×w in file orientation."""
    if min(grey.shape) < 64:
        return None
    across, down = _phase(differences(grey, 1, 1)), _phase(differences(grey, 0, 1))
    if min(across[1], down[1]) < GRID_CLEAR:
        return None
    return Grid(across[0], down[0], round(min(across[1], down[1]), 1))


def _phase(trace: npt.NDArray[np.float64]) -> tuple[int, float]:
    """Return at which position modulo 8 differences stand out, and by how many deviations."""
    level = np.log(trace + 0.3)
    excess = (level[1:-1] - (level[:-2] + level[2:]) / 2).clip(-0.5, 0.5)
    position = (np.arange(excess.size) + 2) % 8
    groups = [excess[position == p] for p in range(8)]
    means = np.array([g.mean() for g in groups])
    best = int(means.argmax())
    second = float(np.delete(means, best).max())
    spread = float(groups[best].std()) / np.sqrt(groups[best].size)
    return best, (float(means[best]) - second) / max(spread, 1e-9)


def doubling(grey: Grey, table: Sequence[int]) -> float | None:
    """Return how periodic the counts of quantised coefficients are; above `DOUBLED` is a sign.

    `grey` is the luma of a decoded JPEG in file orientation, `table` its luminance table, row
    by row. None where the picture is too small or too even to tell. Finds a second compression
    that is finer than the first (85 then 95), hardly one that is coarser.
    """
    blocks = _blocks(grey)
    if len(blocks) < _LEAST_BLOCKS or len(table) != 64:
        return None
    amounts = blocks @ _basis()
    found = [
        _periodicity(amounts[:, i], table[8 * down + across])
        for i, (down, across) in enumerate(_MODES)
    ]
    telling = [f for f in found if f is not None]
    return round(float(np.median(telling)), 1) if len(telling) >= 3 else None


def _blocks(grey: Grey) -> npt.NDArray[np.float32]:
    rows, columns = grey.shape[0] // 8, grey.shape[1] // 8
    whole = grey[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8)
    # Whole block rows are skipped, so that only what is used is copied.
    step = max(1, -(-rows * columns // _MOST_BLOCKS))
    some = whole[::step].transpose(0, 2, 1, 3).reshape(-1, 64)
    return some.astype(np.float32) - 128.0


def _basis() -> npt.NDArray[np.float32]:
    """Return the cosine patterns of `_MODES`, float32 64×modes."""
    x = np.arange(8)
    waves = [np.cos((2 * x + 1) * u * np.pi / 16) * (0.5 if u else 8**-0.5) for u in range(8)]
    patterns = [np.outer(waves[down], waves[across]).ravel() for down, across in _MODES]
    return np.stack(patterns, axis=1).astype(np.float32)


def _periodicity(amounts: npt.NDArray[np.float32], step: int) -> float | None:
    steps = np.abs(np.rint(amounts / max(step, 1))).astype(np.intp)
    counts = np.bincount(np.minimum(steps, _LONGEST_HISTOGRAM), minlength=_LONGEST_HISTOGRAM + 1)
    counts = counts[1:_LONGEST_HISTOGRAM]
    total = counts.sum()
    used = int((counts.cumsum() < 0.995 * total).sum())
    if used < _SHORTEST_HISTOGRAM or total < 400:
        return None
    # The root of a count has a deviation of one half, whatever the count.
    roots = np.sqrt(counts[:used].astype(np.float64))
    smooth = np.convolve(np.pad(roots, 2, mode="reflect"), np.ones(5) / 5, "valid")
    window = np.hanning(used)
    power = np.abs(np.fft.rfft((roots - smooth) * window, _SPECTRUM)) ** 2
    return float(power[_SLOW:].max() / (0.25 * (window**2).sum()))
