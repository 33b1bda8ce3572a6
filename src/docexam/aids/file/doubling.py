"""Was the picture compressed as JPEG once before, on the same grid and with other steps?

Every coefficient of a JPEG is a multiple of its step. Where an earlier compression had coarser
steps on the same 8-pixel grid, some multiples are rarer and others more frequent than any single
compression would leave them. Both are predicted here and compared with what is found, for every
earlier step (after Lukáš and Fridrich 2003, Bianchi and Piva 2012); the prediction needs how the
coefficients were spread before any quantisation, for which the same picture read four pixels
further serves.

What cannot be seen: an earlier compression whose steps divide the later ones, the same steps
again, most coarser ones after a finer one, and anything resized, turned or cropped in between
(see `lattice` for a cropped one). Of drawn pages and screen shots, mostly even, nothing is said.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from docexam.aids.file.tables import scaled

Floats = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]

MOST_PIXELS = 80_000_000
FOUND = 0.1
_MOST_BLOCKS = 40_000
_LEAST_BLOCKS = 400
_ENOUGH = 12_000
_WEIGHT = 60_000.0
_TELLING = 5e-4
_CLIFF = 6.0
_LEAST_MODES = 4
_LEAST_COUNT = 300
_LARGEST_STEP = 48
_LONGEST = 80
_FINE = 0.25
# Of what is drawn and not photographed most blocks are even, and the others repeat a few edges:
# their counts have gaps of their own. What a photograph must have, by shares of blocks.
_LEAST_BUSY = 0.5
_LEAST_STRONG = 0.13
_STRONG = 0.4
_LEAST_UNLIKE = 0.7
_LEAST_INSIDE = 0.6
_PLAIN = 1.0
# Rounding to whole pixels and through RGB in between moves a coefficient by about this much.
_NOISE = 0.45
_QUALITIES = range(35, 100)
# Low frequencies in zigzag order without the mean: higher ones are nearly all zero.
MODES = (
    *((0, 1), (1, 0), (2, 0), (1, 1), (0, 2), (0, 3), (1, 2), (2, 1), (3, 0)),
    *((4, 0), (3, 1), (2, 2), (1, 3), (0, 4)),
)


@dataclass(frozen=True, slots=True)
class Doubling:
    """How much better two compressions explain the counts than one.

    `score`: nats per hundred coefficients, lowered where few were counted or where the gain is
    not what the earlier compression would bring; about 0 for one compression. `quality`: the
    earlier compression's likeliest one on the standard scale, 0 where none fits. `fit`: the gain
    as a share of what that compression would have brought. `count`: the coefficients counted.
    """

    score: float
    fit: float
    quality: int
    count: int

    @property
    def found(self) -> bool:
        """Whether that is a sign of two compressions."""
        return self.score >= FOUND


def luma_of(content: bytes) -> tuple[Grey, tuple[int, ...]] | None:
    """Return a JPEG's brightness as it is stored, rows × columns, and its table row by row.

    None for what is no three- or one-component JPEG. Raises what Pillow raises for bad data.
    """
    image: Any = Image.open(io.BytesIO(content), formats=("JPEG",))
    if image.width * image.height > MOST_PIXELS or image.mode not in ("L", "RGB"):
        return None
    layers = image.layer
    if image.mode == "RGB" and (image.info.get("adobe_transform") == 0 or layers[0][0] == 82):
        return None
    table = tuple(int(v) for v in image.quantization[layers[0][3]])
    # Read as grey, libjpeg hands out the stored brightness without the way through RGB.
    image.draft("L", image.size)
    return np.asarray(image.convert("L")), table


def find_doubling(
    luma: Grey, table: tuple[int, ...], told: Callable[[float], None] | None = None
) -> Doubling | None:
    """Compare one compression with two; None where too little or too even to tell by counts."""
    found, moved = amounts(luma, (0, 0)), _unquantised(luma)
    if found is None or moved is None or not len(found):
        return None
    steps = np.array([max(table[8 * down + across], 1) for down, across in MODES])
    highest = np.abs(np.rint(found / steps)).max(axis=1)
    if (highest > 0).mean() < _LEAST_BUSY:
        return None
    # Gained and expected log likelihood of every earlier step over none, mode by mode.
    gains = np.zeros((2, len(MODES), _LARGEST_STEP + 1))
    counts = 0.0
    for index, (down, across) in enumerate(MODES):
        step = table[8 * down + across]
        made = _gains(found[:, index], moved[:, index], step)
        if made is not None:
            gains[:, index], counted = made
            counts += counted
        if told:
            told((index + 1) / len(MODES))
    if counts < 2 * _LEAST_COUNT:
        return None
    best = _best(gains, counts)
    # A faint sign is not believed of noise on even areas, nor where much was clipped.
    if not best.found or best.score >= _PLAIN:
        return best
    clipped = len(found) < _LEAST_INSIDE * _sampled(luma)
    return None if clipped or _repeats(np.rint(found / steps), highest) else best


def _repeats(steps: npt.NDArray[Any], highest: npt.NDArray[Any]) -> bool:
    """Whether few blocks have more than noise, or blocks are much the same as others."""
    strong = float((highest > 1).mean())
    if strong < _LEAST_STRONG:
        return True
    busy = steps[highest > 0]
    return strong < _STRONG and len(np.unique(busy, axis=0)) < _LEAST_UNLIKE * len(busy)


def _best(gains: Floats, counts: float) -> Doubling:
    """Take the earlier tables that gain most: standard ones, else any step for each mode."""
    modes = np.arange(len(MODES))
    standard = [_steps(quality) for quality in _QUALITIES]
    totals = [float(gains[0, modes, steps].sum()) for steps in standard]
    at = int(np.argmax(totals))
    known = _judged(gains, standard[at], counts, _QUALITIES[at] if totals[at] > 0 else 0)
    if known.found:
        return known
    free = gains[0].argmax(axis=1)
    own = _judged(gains, [int(step) for step in free], counts, 0)
    telling = int((gains[0].max(axis=1) > _TELLING * counts).sum())
    return own if own.score >= 2 * FOUND and telling >= _LEAST_MODES else known


def _steps(quality: int) -> list[int]:
    table = scaled("standard luminance", quality)
    return [min(table[8 * down + across], _LARGEST_STEP) for down, across in MODES]


def _judged(gains: Floats, steps: list[int], counts: float, quality: int) -> Doubling:
    modes = np.arange(len(MODES))
    gained = max(float(gains[0, modes, steps].sum()), 0.0)
    expected = float(gains[1, modes, steps].sum())
    fit = min(gained / max(expected, 1e-9), 1.0)
    score = 100 * gained / (counts + _WEIGHT) * fit
    return Doubling(round(score, 3), round(fit, 3), quality, int(counts))


def _unquantised(luma: Grey) -> npt.NDArray[np.float32] | None:
    """Return coefficients off the grid: spread as they were before quantisation, or nearly."""
    first = amounts(luma, (4, 4))
    if first is None or len(first) >= _ENOUGH:
        return first
    # Of a small picture several shifts together, because one alone would be too uneven.
    more = [amounts(luma, shift) for shift in ((3, 4), (4, 3), (5, 4), (4, 5), (3, 3), (5, 5))]
    return np.concatenate([first, *(m for m in more if m is not None)])


def amounts(luma: Grey, shift: tuple[int, int]) -> npt.NDArray[np.float32] | None:
    """Return the coefficients of `MODES` for a sample of blocks, the grid moved by `shift`."""
    part = luma[shift[0] :, shift[1] :]
    rows, columns = part.shape[0] // 8, part.shape[1] // 8
    if rows * columns < _LEAST_BLOCKS:
        return None
    whole = part[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8)
    step = max(1, -(-rows * columns // _MOST_BLOCKS))
    some = whole[::step].transpose(0, 2, 1, 3).reshape(-1, 64)
    # A block that touches black or white was clipped, which no quantisation explains.
    inside = (some.min(axis=1) > 0) & (some.max(axis=1) < 255)
    return np.asarray((some[inside].astype(np.float32) - 128.0) @ _basis(), np.float32)


def _sampled(luma: Grey) -> int:
    """Return how many blocks `amounts` looks at, clipped ones among them."""
    blocks = int(luma.shape[0] // 8) * int(luma.shape[1] // 8)
    return -(-blocks // max(1, -(-blocks // _MOST_BLOCKS)))


@lru_cache(maxsize=1)
def _basis() -> npt.NDArray[np.float32]:
    x = np.arange(8)
    waves = [np.cos((2 * x + 1) * u * np.pi / 16) * (0.5 if u else 8**-0.5) for u in range(8)]
    patterns = [np.outer(waves[down], waves[across]).ravel() for down, across in MODES]
    return np.stack(patterns, axis=1).astype(np.float32)


def _gains(
    found: npt.NDArray[np.float32], moved: npt.NDArray[np.float32], step: int
) -> tuple[Floats, float] | None:
    """Return gained and expected log likelihood of every earlier step over none, and the count."""
    steps = np.abs(np.rint(found / max(step, 1))).astype(np.intp)
    tally = np.bincount(np.minimum(steps, _LONGEST + 1), minlength=_LONGEST + 2)
    counts = tally[: _LONGEST + 1].astype(np.float64)
    total = counts[1:].sum()
    if total < _LEAST_COUNT:
        return None
    used = int((counts[1:].cumsum() < 0.997 * total).sum()) + 1
    first = _first(counts, used)
    found_counts = counts[first : used + 1]
    total = found_counts.sum()
    if used - first < 2 or total < _LEAST_COUNT:
        return None
    fine = _fine(moved, (used + 1) * step)
    gains = np.zeros((2, _LARGEST_STEP + 1))
    single = _single(fine, step, used)
    for earlier in range(2, _LARGEST_STEP + 1):
        if earlier == step:
            continue
        reach = max(3, 2 * math.ceil(earlier / step) + 1)
        once = _fitted(found_counts, single[first:], reach)
        twice = _fitted(found_counts, _double(fine, earlier, step, used)[first:], reach)
        change = np.log(twice / once)
        gains[0, earlier] = float((found_counts * change).sum())
        gains[1, earlier] = float(total * (twice * change).sum())
    return gains, float(total)


def _first(counts: Floats, used: int) -> int:
    """Return the first count to look at: past the cliff that plain noise leaves at the lowest."""
    first = 1
    while first < used - 2 and counts[first] > _CLIFF * counts[first + 1]:
        first += 1
    return first


def _fine(moved: npt.NDArray[np.float32], longest: float) -> Floats:
    """Return the smoothed share of amounts below each quarter step, from 0 upwards."""
    size = int(longest / _FINE) + 4
    places = np.minimum(np.abs(moved) / _FINE, size - 1).astype(np.intp)
    density = np.bincount(places, minlength=size)[:size].astype(np.float64)
    kernel = np.hanning(11)
    padded = np.concatenate((density[5:0:-1], density, np.zeros(5)))
    smooth = np.convolve(padded, kernel / kernel.sum(), "same")[5:-5]
    return np.concatenate(((0.0,), np.cumsum(smooth)))


def _below(fine: Floats, amount: npt.NDArray[Any]) -> Floats:
    return np.interp(amount / _FINE, np.arange(fine.size), fine)


def _single(fine: Floats, step: int, used: int) -> Floats:
    k = np.arange(used + 1)
    low, high = np.maximum(k - 0.5, 0) * step, (k + 0.5) * step
    return _below(fine, high) - _below(fine, low)


def _double(fine: Floats, earlier: int, step: int, used: int) -> Floats:
    spread = _spread(earlier, step, used)
    m = np.arange(spread.shape[0])
    low, high = np.maximum(m - 0.5, 0) * earlier, (m + 0.5) * earlier
    return (_below(fine, high) - _below(fine, low)) @ spread


@lru_cache(maxsize=4096)
def _spread(earlier: int, step: int, used: int) -> Floats:
    """Return with which share a multiple of `earlier` becomes each multiple of `step`."""
    middles = np.arange(int((used + 1) * step / earlier) + 2) * float(earlier)
    edges = (np.arange(-used, used + 2) - 0.5) * step
    share = _normal((edges[None, :] - middles[:, None]) / _NOISE)
    cells = np.diff(share, axis=1)
    folded = cells[:, used:].copy()
    folded[:, 1:] += cells[:, :used][:, ::-1]
    return folded


def _normal(z: Floats) -> Floats:
    """Return the normal distribution function, to about 1e-4 (Page 1977)."""
    return 1.0 / (1.0 + np.exp(-np.clip(1.5976 * z * (1 + 0.04417 * z * z), -60, 60)))


def _fitted(found: Floats, model: Floats, reach: int) -> Floats:
    """Return the model as shares, its slow part taken from the counts themselves."""
    window = np.hanning(2 * reach + 3)[1:-1]
    level = _smoothed(found, window)
    slow = level / np.maximum(_smoothed(np.maximum(model, 1e-9), window), 1e-9)
    fitted = model * slow + 1e-3 * level / window.sum() + 1e-6
    return np.asarray(fitted / fitted.sum(), np.float64)


def _smoothed(values: Floats, window: Floats) -> Floats:
    half = window.size // 2
    padded = np.concatenate((np.zeros(half), values, np.zeros(half)))
    return np.asarray(np.convolve(padded, window, "valid"), np.float64)
