"""What the reader of letters' shapes reads in a picture of typed lines, and where the words lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.reader import likelihood, look
from docexam.aids.typed.strip import Strip, strips
from docexam.aids.typed.whole_words import Word, words


@dataclass(frozen=True, slots=True)
class ShapeRead:
    """Words in reading order, and what is needed to ask how likely another text is.

    `share` is the mean share (0 to 1, geometric) of their letters against all others; print that
    stands upside down or is no print has a low one. `pen` is how much the lines look written by
    hand (the logarithm of the odds), over `steps` places with ink.
    """

    words: tuple[Piece, ...]
    share: float
    lines: tuple[Floats, ...]
    pen: float
    steps: int

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)

    def likelihood(self, found: Sequence[Piece]) -> float:
        """Return the logarithm of how likely words are here; minus infinity on another count of
        lines."""
        texts = [
            " ".join(word.text for word in words)
            for _, words in groupby(found, key=lambda word: word.line)
        ]
        if len(texts) != len(self.lines):
            return -np.inf
        pairs = zip(self.lines, texts, strict=True)
        return float(sum(likelihood(given, text) for given, text in pairs))


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
    share = _share([word for row in read for word in row])
    steps = sum(one.steps for one in looks)
    pen = sum(one.pen * one.steps for one in looks) / max(1, steps)
    return ShapeRead(tuple(pieces), share, tuple(one.shares for one in looks), pen, steps)


def _share(found: list[Word]) -> float:
    logs = [np.log(letter.share) for word in found for letter in word.letters]
    return float(np.exp(np.mean(logs))) if logs else 0.0


def _piece(word: Word, strip: Strip, line: int) -> Piece:
    """Return a word in pixels of the picture; its confidence is that of its letters' mean share."""
    left, right = word.letters[0].left / strip.scale, word.letters[-1].right / strip.scale
    box = (round(left), max(0, strip.top), round(right), max(1, strip.bottom))
    return Piece(word.text, 100 * _share([word]), box, line)
