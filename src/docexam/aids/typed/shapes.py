"""What the reader of letters' shapes reads in a picture of typed lines, and where the words lie."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.reader import look
from docexam.aids.typed.strip import Strip, strips
from docexam.aids.typed.whole_words import Word, words

_MOST = 0.8  # of the letters, the surest, that tell whether a text can be read at all


@dataclass(frozen=True, slots=True)
class ShapeRead:
    """Words in reading order, and `lines`, the shares that tell how likely another text is.

    `share` is the mean share (0 to 1, geometric) of their letters against all others; print that
    stands upside down or is no print has a low one. `clear` is that of the surer four fifths of
    them: a stamp or a fold spoils some letters, a pen's are unclear all along. `pen` is how much
    the lines look written by hand (the logarithm of the odds), over `steps` places with ink.
    """

    words: tuple[Piece, ...]
    share: float
    clear: float
    lines: tuple[Floats, ...]
    pen: float
    steps: int

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)


def read_by_shapes(picture: Pixels, *, lines: int = 1) -> ShapeRead:
    """Return what the shapes of letters read in a level picture, rows × columns × 3.

    Of a picture of one line only the strip nearest its middle is read.
    """
    found = strips(picture)
    if lines == 1 and found:
        middle = len(picture) / 2
        found = (min(found, key=lambda one: abs((one.top + one.bottom) / 2 - middle)),)
    looks = [look(one.pixels) for one in found]
    read = [words(one.shares) for one in looks]
    pieces = [
        _piece(word, strip, line)
        for line, (strip, row) in enumerate(zip(found, read, strict=True))
        for word in row
    ]
    all_ = [word for row in read for word in row]
    steps = sum(one.steps for one in looks)
    pen = sum(one.pen * one.steps for one in looks) / max(1, steps)
    shares = tuple(one.shares for one in looks)
    return ShapeRead(tuple(pieces), _share(all_), _share(all_, _MOST), shares, pen, steps)


def _share(found: list[Word], most: float = 1.0) -> float:
    """Return the mean share of words' letters, or of so large a part of them, the surest."""
    logs = sorted(-np.log(letter.share) for word in found for letter in word.letters)
    return float(np.exp(-np.mean(logs[: ceil(most * len(logs))]))) if logs else 0.0


def _piece(word: Word, strip: Strip, line: int) -> Piece:
    """Return a word in pixels of the picture; its confidence is that of its letters' mean share."""
    left, right = word.letters[0].left / strip.scale, word.letters[-1].right / strip.scale
    box = (round(left), max(0, strip.top), round(right), max(1, strip.bottom))
    return Piece(word.text, 100 * _share([word]), box, line)
