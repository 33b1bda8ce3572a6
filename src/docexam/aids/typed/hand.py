"""Whether a picture of text looks written by hand: such text is never read for filling in.

Three things count together: what a small network makes of the letters' shapes (`penned`),
Tesseract's doubt, and coloured ink. A neat upright hand in black ink can pass for print.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Pixels
from docexam.aids.typed.penned import penned

# The weights and the limit were fitted by logistic regression on fields of development pages in
# nine faces of type, two of print and two hands that the network had not seen; what comes of them
# the benchmark counts (`typed`: fields whole, written fields left unread).
LIMIT = 0.5
_SHAPES, _UNSURE, _COLOUR, _START = 4.0, 1.75, 4.2, 0.45
_SHAPE = 0.6
_TELLS = 0.5  # that a part adds to be named


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

    `confidence` is Tesseract's, 0 to 100.
    """
    unsure = _UNSURE * float(np.clip((85.0 - confidence) / 25.0, -0.4, 2.5))
    letters = _SHAPES * penned(picture)
    coloured = _COLOUR * float(np.clip(colour(picture), 0.0, 0.35))
    parts = (
        (unsure, "Tesseract is unsure of it"),
        (letters + _START, "its letters look like a pen's"),
        (coloured, "its ink is coloured like a pen's"),
    )
    total = sum(value for value, _ in parts)
    why = tuple(said for value, said in parts if value > _TELLS)
    return Doubt(total, total - unsure, why)


def colour(picture: Pixels) -> float:
    """Return how coloured the ink is against the paper: 0 for grey, about 0.3 for a blue pen."""
    bright = picture.max(axis=2).astype(np.float32)
    dark, paper = float(np.quantile(bright, 0.04)), float(np.median(bright))
    ink = bright <= dark + 0.25 * (paper - dark)
    share = picture[ink].mean(axis=0) / np.maximum(picture[bright >= paper].mean(axis=0), 1.0)
    return float(share.max() - share.min())
