"""Whether a picture of text looks written by hand: such text is never read for filling in.

Three things count together: what the network that reads type makes of the strokes (`reader`), how
sure it is of its letters, and coloured ink. A neat upright hand in black ink can pass for print.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Pixels
from docexam.aids.typed.choosing import Chosen

# The weights were fitted by `training/doubt.py` on development pages in types and hands that the
# network had not seen; what comes of them the benchmark counts (`typed`: fields whole, written
# fields left unread).
LIMIT = 0.5
_WEIGHTS, _START = (1.34, 2.54, 5.11), 1.32  # of `parts_of`
_MIDDLE = -1.9  # the network's odds (log) for lines of which as many are written as typed
_SHAPE = 0.6
_TELLS = 0.5  # that a part adds to be named
_FEW = 12  # steps of the network at which its verdict is half believed


@dataclass(frozen=True, slots=True)
class Doubt:
    """How much a text looks written: the sum, its part that does not come from unsure letters,
    what it is made of in words, and before it is weighed (`parts_of`)."""

    value: float
    shape: float
    why: tuple[str, ...]
    parts: tuple[float, float, float]

    @property
    def refused(self) -> bool:
        """Return whether the text is not to be read for filling in."""
        return self.value >= LIMIT

    @property
    def written(self) -> bool:
        """Return whether it is refused for its shape, not only for being unclear."""
        return self.refused and self.shape >= _SHAPE


def doubt(picture: Pixels, chosen: Chosen) -> Doubt:
    """Return how much an upright picture of a line (rows × columns × 3) looks written by hand."""
    parts = parts_of(picture, chosen)
    strokes, unsure, coloured = (w * part for w, part in zip(_WEIGHTS, parts, strict=True))
    named = (
        (unsure, "its letters are not clearly those of type"),
        (strokes + _START, "its strokes look like a pen's"),
        (coloured, "its ink is coloured like a pen's"),
    )
    total = sum(value for value, _ in named)
    why = tuple(said for value, said in named if value > _TELLS)
    return Doubt(total, total - unsure, why, parts)


def parts_of(picture: Pixels, chosen: Chosen) -> tuple[float, float, float]:
    """Return what counts, before it is weighed: strokes, unsure letters, coloured ink.

    The strokes' verdict is believed less where few places tell: a digit is typed and written alike.
    Where Tesseract reads the same, and of Latin letters, of which the network learnt few, it may be
    the surer one: 0 alone could be О.
    """
    sure = chosen.share
    if chosen.agreed or chosen.script == "Latn":
        sure = max(sure, chosen.confidence / 100)
    pen = (chosen.pen - _MIDDLE) * chosen.steps / (chosen.steps + _FEW)
    unsure = float(np.clip((0.9 - sure) / 0.1, -1.0, 4.0))
    return pen, unsure, float(np.clip(colour(picture), 0.0, 0.35))


def colour(picture: Pixels) -> float:
    """Return how coloured the ink is against the paper: 0 for grey, about 0.3 for a blue pen."""
    bright = picture.max(axis=2).astype(np.float32)
    dark, paper = float(np.quantile(bright, 0.04)), float(np.median(bright))
    ink = bright <= dark + 0.25 * (paper - dark)
    share = picture[ink].mean(axis=0) / np.maximum(picture[bright >= paper].mean(axis=0), 1.0)
    return float(share.max() - share.min())
