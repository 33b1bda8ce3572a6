"""Whether a picture of text looks written by hand: such text is never read for filling in.

Four things count together: what the network that reads type makes of the strokes (`reader`), how
sure it is of its letters, coloured ink, and how far Tesseract, where it is here, reads something
else. A neat upright hand in black ink can pass for print.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Pixels
from docexam.aids.typed.choosing import Chosen
from docexam.aids.typed.words import languages

# The weights were fitted by `training/doubt.py` on development pages in types and hands that the
# network had not seen; what comes of them the benchmark counts (`typed`: fields whole, written
# fields left unread). At the limit 95 in 100 written fields of those pages are left unread.
LIMIT = 0.25
_WEIGHTS, _START = (1.9, 0.78, 13.67, 0.61), 2.15  # of `parts_of`
_ALONE, _ALONE_START = (1.89, 0.82, 12.06, 0.0), 2.17  # where Tesseract does not read too
_MIDDLE = -1.9  # the network's odds (log) for lines of which as many are written as typed
_SHAPE = 0.9  # of strokes and colour, from which a pen is named
_TELLS = 0.5  # that a part adds to be named
_FEW = 12  # steps of the network at which its verdict is half believed
_SHORT = 4  # letters and digits at which two readings alike are half believed
_ALIKE = 0.7  # how far two readings are alike where that tells nothing
_DOUBTS = 0.1  # of the shapes' reader for one of Tesseract's, which is hardly ever quite sure
_HALF = 3.0  # minus the logarithm of an unsureness that tells nothing
_LEAST = 1e-3  # the least unsureness


Parts = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Doubt:
    """How much a text looks written: `value` is the sum, `parts` what is weighed (`parts_of`).

    `shape` is what strokes and colour bring to it, believed less where few places tell; `why` is
    what it is made of, in words.
    """

    value: float
    shape: float
    why: tuple[str, ...]
    parts: Parts

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
    weights, start = (_WEIGHTS, _START) if languages() else (_ALONE, _ALONE_START)
    strokes, unsure, coloured, unlike = (w * part for w, part in zip(weights, parts, strict=True))
    total = strokes + unsure + coloured + unlike + start
    # A digit or two may be left unread as unclear; that a pen wrote them is not said as soon.
    strokes += start * chosen.steps / (chosen.steps + _FEW)
    named = (
        (unsure, "its letters are not clearly those of type"),
        (strokes, "its strokes look like a pen's"),
        (coloured, "its ink is coloured like a pen's"),
        (unlike, "two readers read different things"),
    )
    why = tuple(said for value, said in named if value > _TELLS)
    return Doubt(total, strokes + coloured, why, parts)


def parts_of(picture: Pixels, chosen: Chosen) -> Parts:
    """Return what counts, before it is weighed: strokes, unsure letters, coloured ink, unlikeness.

    The strokes' verdict is believed less where few places tell: a digit is typed and written alike;
    and so are two readings that agree. Where Tesseract reads the same, and of Latin letters, of
    which the network learnt few, it may be the surer one: 0 alone could be О.
    """
    sure = chosen.clear
    if chosen.agreed or chosen.script == "Latn":
        sure = max(sure, 1.0 - _DOUBTS * (1.0 - chosen.confidence / 100))
    pen = (chosen.pen - _MIDDLE) * chosen.steps / (chosen.steps + _FEW)
    unsure = float(np.log(1.0 - sure + _LEAST)) + _HALF
    long = sum(letter.isalnum() for letter in chosen.text)
    unlike = (_ALIKE - chosen.alike) * long / (long + _SHORT)
    return pen, unsure, float(np.clip(colour(picture), 0.0, 0.35)), unlike


def colour(picture: Pixels) -> float:
    """Return how coloured the ink is against the paper: 0 for grey, about 0.3 for a blue pen."""
    bright = picture.max(axis=2).astype(np.float32)
    dark, paper = float(np.quantile(bright, 0.04)), float(np.median(bright))
    ink = bright <= dark + 0.25 * (paper - dark)
    share = picture[ink].mean(axis=0) / np.maximum(picture[bright >= paper].mean(axis=0), 1.0)
    return float(share.max() - share.min())
