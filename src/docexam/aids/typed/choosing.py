"""Which of two readings of a field is followed: Tesseract's, or that of the letters' shapes.

Tesseract knows words and reads clear print well; the other reader knows none, and reads worn and
blurred type better. How sure each is of its own, and how likely the shapes make what Tesseract
read, is weighed. Where they differ both are told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.lookalikes import is_cyrillic, is_latin
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.shapes import ShapeRead
from docexam.aids.typed.words import Read

# How much likelier (natural logarithm) the shapes may make their own reading than Tesseract's for
# Tesseract's to be followed: so much for each point of its confidence above the second number.
# Both were set on development pages in six faces of type that nothing had learnt from. The reader
# of shapes learnt little Latin, so that there Tesseract's may be less likely by so much more.
_LIKELIER, _FROM = 0.15, 73.0
_LATIN = 15.0
_DIFFER = 0.6  # of the follower's sureness, where the readers differ


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words that are followed, in reading order, and what both readers made of the place.

    `shapes` and `tesseract` are their texts, "" where nothing was read; `share` (0 to 1) and
    `confidence` (0 to 100) how sure each is of its own. `by_shapes` tells whose words they are.
    `pen` and `steps` are those of ShapeRead.
    """

    words: tuple[Piece, ...]
    by_shapes: bool
    shapes: str
    share: float
    tesseract: str
    confidence: float
    pen: float = 0.0
    steps: int = 0

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def agreed(self) -> bool:
        """Return whether both readers read the same."""
        return bool(self.shapes) and self.shapes == self.tesseract

    @property
    def other(self) -> str:
        """Return what the reader that is not followed read, where that is something else."""
        other = self.tesseract if self.by_shapes else self.shapes
        return "" if other == self.text else other

    @property
    def sureness(self) -> float:
        """Return how sure the readers are, 0 to 1: the mean of both where they agree.

        Else that of the one that is followed, less where the other read something else.
        """
        if self.agreed:
            return (self.share + self.confidence / 100) / 2
        own = self.share if self.by_shapes else self.confidence / 100
        return own * (_DIFFER if self.other else 1.0)

    @property
    def script(self) -> str:
        """Return the script of most of its letters (ISO 15924), "" where it has none."""
        return script_of(self.text)


def choose(shapes: ShapeRead, tesseract: Read) -> Chosen:
    """Return which of two readings of one picture is followed, and both."""
    texts = shapes.text, tesseract.text
    by_shapes = bool(texts[0]) and (not texts[1] or not _tesseract_is_followed(shapes, tesseract))
    words = shapes.words if by_shapes else tesseract.words
    sure = shapes.share, texts[1], tesseract.confidence
    return Chosen(words, by_shapes, texts[0], *sure, shapes.pen, shapes.steps)


def _tesseract_is_followed(shapes: ShapeRead, tesseract: Read) -> bool:
    if shapes.text == tesseract.text:
        return True  # its boxes lie closer
    there = shapes.likelihood(tesseract.words)
    likelier = shapes.likelihood(shapes.words) - there if there > -np.inf else np.inf
    allowed = _LIKELIER * (tesseract.confidence - _FROM)
    if allowed > 0 and script_of(shapes.text) == script_of(tesseract.text) == "Latn":
        allowed += _LATIN
    return bool(likelier < allowed)


def script_of(text: str) -> str:
    """Return the script of most of a text's letters (ISO 15924), "" where it has none."""
    own, other = sum(map(is_cyrillic, text)), sum(map(is_latin, text))
    return "" if not own + other else "Cyrl" if own >= other else "Latn"
