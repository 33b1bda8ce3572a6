"""Whether a picture of text looks written by hand: such text is never read for filling in.

Five things count together: Tesseract's doubt, letters off the common baseline, few strokes that
run exactly level or stand upright, and coloured ink. A neat upright hand in black ink can pass
for print.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Pixels
from docexam.aids.raster.labels import connected
from docexam.aids.raster.threshold import otsu
from docexam.aids.typed.prepare import evened

LIMIT = 1.2
_SHAPE = 0.6
_STEEP = 40.0  # grey levels of an edge that counts
_BIN = 3.0  # degrees


@dataclass(frozen=True, slots=True)
class Doubt:
    """How much a text looks written: the sum, its part that does not come from Tesseract's
    doubt, and what it is made of, in words."""

    value: float
    shape: float
    why: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Return whether the text is not to be read for filling in."""
        return self.value >= LIMIT

    @property
    def written(self) -> bool:
        """Return whether it is refused for its shape, not only for being unclear."""
        return self.refused and self.shape >= _SHAPE


def doubt(picture: Pixels, confidence: float) -> Doubt:
    """Return how much an upright picture of a line (rows × columns × 3) looks written by hand.

    `confidence` is Tesseract's, 0 to 100. The weights come from drawn fields in typewriter and
    printing faces and in three handwriting faces.
    """
    grey = evened(picture)
    level, upright = levelness(grey), uprightness(grey)
    # In few pixels the shapes tell less.
    clear = min(1.0, picture.shape[0] / 40.0)
    # What, how far it speaks for handwriting (print lies below 0), and what is said of it.
    parts = (
        (np.clip((85.0 - confidence) / 25.0, -0.4, 2.5), "Tesseract is unsure of it"),
        (
            0.5 * clear * np.clip((unevenness(grey) - 0.04) / 0.05, 0, 2),
            "its letters do not keep to a line",
        ),
        (clear * np.clip((0.065 - level) / 0.02, -1.5, 1.5), "few of its strokes run level"),
        (clear * np.clip((0.12 - upright) / 0.04, -1.5, 1.5), "few of its strokes stand upright"),
        (1.2 if colour(picture) > 0.12 else 0.0, "its ink is coloured like a pen's"),
    )
    why = tuple(said for value, said in parts if value > 0.4)
    total = float(sum(value for value, _ in parts))
    return Doubt(total, total - float(parts[0][0]), why)


def unevenness(grey: Pixels) -> float:
    """Return how far the letters' feet lie from one line, in letter heights (median)."""
    level, _ = otsu(grey)
    parts = connected(grey < min(level, 190.0))
    boxes = parts.boxes[1:].astype(np.float64)
    if not len(boxes):
        return 0.04
    high = boxes[:, 3] - boxes[:, 1]
    keep = (high > 0.25 * high.max()) & (parts.areas[1:] > 6)
    if keep.sum() < 3:
        return 0.04
    foot, middle = boxes[keep, 3], (boxes[keep, 0] + boxes[keep, 2]) / 2
    usual = float(np.median(high[keep]))
    line = np.polyfit(middle, foot, 1)
    for _ in range(4):
        off = foot - np.polyval(line, middle)
        near = np.abs(off - np.median(off)) < 0.35 * usual
        if near.sum() > 2:
            line = np.polyfit(middle[near], foot[near], 1)
    off = foot - np.polyval(line, middle)
    return float(np.median(np.abs(off - np.median(off)))) / usual


def levelness(grey: Pixels) -> float:
    """Return the share of edges that run level, within about 9 degrees around one direction."""
    return _edges_at(grey, 90.0, 0.065)


def uprightness(grey: Pixels) -> float:
    """Return the share of edges that stand upright, within about 9 degrees around one direction."""
    return _edges_at(grey, 0.0, 0.12)


def _edges_at(grey: Pixels, slope: float, unknown: float) -> float:
    """Return the share of edges whose steepest way runs so, in degrees; `unknown` without any."""
    plane = grey.astype(np.float32)
    across = plane[1:-1, 2:] - plane[1:-1, :-2]
    down = plane[2:, 1:-1] - plane[:-2, 1:-1]
    steep = np.hypot(across, down)
    keep = steep > _STEEP
    if not keep.any():
        return unknown
    turn = np.degrees(np.arctan2(down[keep], across[keep])) % 180.0
    bins = int(180 / _BIN)
    counts = np.bincount((turn / _BIN).astype(np.int64) % bins, steep[keep], bins)
    share = counts / counts.sum()
    three = share + np.roll(share, 1) + np.roll(share, -1)
    off = np.abs((np.arange(bins) + 0.5) * _BIN - slope)
    return float(three[np.minimum(off, 180.0 - off) <= 9.0].max())


def colour(picture: Pixels) -> float:
    """Return how coloured the ink is against the paper: 0 for grey, about 0.3 for a blue pen."""
    bright = picture.max(axis=2).astype(np.float32)
    dark, paper = float(np.quantile(bright, 0.04)), float(np.median(bright))
    ink = bright <= dark + 0.25 * (paper - dark)
    share = picture[ink].mean(axis=0) / np.maximum(picture[bright >= paper].mean(axis=0), 1.0)
    return float(share.max() - share.min())
