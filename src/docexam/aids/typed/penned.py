"""How much a line of text looks written by a pen rather than typed or printed, by a small network.

It looks at square windows along the line, each by itself; `penned.npz` is written by
`training/pens.py`, from drawn lines in hands and in faces of print and type.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from docexam.aids.raster.arrays import Floats, Pixels, Plane
from docexam.aids.raster.dense import PLANES, Dense, directed, read_dense
from docexam.aids.typed.prepare import evened

WEIGHTS = Path(__file__).with_name("penned.npz")
SIDE = 32  # pixels of a window
_STEP = 16  # between windows
_SPREAD = 5.6  # pixels that the ink of a line spreads up and down in a window (one sigma)
_MOST_WIDE = 2400  # pixels of a line, so brought to one height
_PAPER, _SOME = 225.0, 0.03  # grey level of paper; share of a window that is ink
_FAINT = 0.12  # ink that is paper's grain
_ROW, _LINE = 0.02, 0.5  # share of a row with ink in a line; of the tallest line's height
_FEW = 4  # windows beyond the first at which a line's verdict is half believed
_POOL = 4  # pixels a side that are taken together


@lru_cache(maxsize=1)
def network() -> Dense:
    """Return the shipped network; its one output is the logarithm of the odds of a pen."""
    return read_dense(WEIGHTS)


def penned(picture: Pixels) -> float:
    """Return how much an upright, level line (rows × columns × 3) looks written: above 0 it does.

    At least one pixel; longer than some seventy letters it is pushed together.

    The mean over the line of the network's logarithm of odds, nearer to 0 where few windows tell
    and 0 where at most one does: a digit alone is typed and written alike.
    """
    seen = features(windows(picture))
    if len(seen) < 2:
        return 0.0
    believed = (len(seen) - 1) / (len(seen) - 1 + _FEW)
    return believed * float(network().of(seen).mean())


def windows(picture: Pixels) -> Plane:
    """Return the windows of one or more lines that hold ink: count × SIDE × SIDE.

    0 is paper, 1 ink.
    """
    ink = np.clip((_PAPER - evened(picture).astype(np.float32)) / _PAPER, 0.0, 1.0)
    ink[ink < _FAINT] = 0.0
    return np.concatenate([_cut(part) for part in _lines(ink)])


def _lines(ink: Plane) -> list[Plane]:
    """Return the lines of a picture, each with what stands halfway to the next; one as it is."""
    rows = (ink > 0).mean(axis=1) > _ROW
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    bands = edges.reshape(-1, 2)
    high = bands[:, 1] - bands[:, 0]
    bands = bands[high >= _LINE * high.max(initial=0)]
    between = [(int(a) + int(b)) // 2 for a, b in zip(bands[:-1, 1], bands[1:, 0], strict=True)]
    return np.split(ink, between)


def _cut(ink: Plane) -> Plane:
    """Return the windows of one line."""
    rows = ink.sum(axis=1)
    if rows.sum() < 1.0:
        return np.zeros((0, SIDE, SIDE), np.float32)
    places = np.arange(len(rows)) + 0.5
    middle = float((rows * places).sum() / rows.sum())
    spread = float(np.sqrt((rows * (places - middle) ** 2).sum() / rows.sum()))
    line = _scaled(ink, middle, _SPREAD / max(spread, 1.0))
    starts = range(0, max(1, line.shape[1] - SIDE + 1), _STEP)
    cut = np.stack([line[:, at : at + SIDE] for at in starts])
    return np.asarray(cut[cut.mean(axis=(1, 2)) > _SOME])


def _scaled(ink: Plane, middle: float, scale: float) -> Plane:
    """Return a line brought to one height, its middle in the middle of SIDE rows."""
    high, wide = ink.shape
    size = max(SIDE, min(_MOST_WIDE, round(wide * scale))), max(1, round(high * scale))
    small = Image.fromarray(ink).resize(size, Image.Resampling.BILINEAR)
    top = round(middle * scale) - SIDE // 2
    return np.asarray(small.crop((0, top, size[0], top + SIDE)), np.float32)


def features(cells: Plane) -> Floats:
    """Return what the network sees of windows (`directed`)."""
    if not len(cells):
        return np.zeros((0, PLANES * (SIDE // _POOL) ** 2))
    dark = cells / np.maximum(np.quantile(cells, 0.97, axis=(1, 2), keepdims=True), 0.15)
    return directed(np.clip(dark, 0, 1.2), dark, (_POOL, _POOL))
