"""The strokes of words on a picture: what is inked, how dark, and which of it is a letter.

Letters that hang together at the usual level of ink come apart at a darker one, until they break.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.labels import Parts, connected
from docexam.aids.raster.threshold import otsu
from docexam.aids.typed.engine import Piece

DARKER = (1.0, 0.8, 0.6)  # of the level of ink, where letters hang together
_LIGHTEST = 190.0  # grey that is ink at most
_BODY = 0.45  # of the tallest stroke's height: what is less is a mark or a part of a letter
_WIDE = 2.2  # letters that hang together, in heights


class Inked:
    """What is inked on a grey picture at one level and another, each worked out once."""

    def __init__(self, grey: Pixels) -> None:
        """Begin with nothing worked out."""
        self._grey = grey
        self._parts: dict[float, Parts] = {}

    @cached_property
    def _level(self) -> float:
        """The grey below which a pixel is ink."""
        return min(float(otsu(self._grey)[0]), _LIGHTEST)

    def parts(self, share: float) -> Parts:
        """Return the connected parts darker than a share (`DARKER`) of the level of ink."""
        if share not in self._parts:
            self._parts[share] = connected(self._grey < share * self._level)
        return self._parts[share]

    def boxes(self, share: float) -> Floats:
        """Return the boxes of `parts`, n × 4: left, top, right, bottom (exclusive)."""
        return self.parts(share).boxes[1:].astype(np.float64)


def letter_strokes(word: Piece, boxes: Floats) -> Floats:
    """Return the boxes of a word's letters from the left, none where some hang together."""
    own = boxes[letter_numbers(word, boxes)]
    if (own[:, 2] - own[:, 0] > _WIDE * (own[:, 3] - own[:, 1])).any():
        return np.zeros((0, 4))
    return own


def letter_numbers(word: Piece, boxes: Floats) -> list[int]:
    """Return which boxes are as high as a word's letters and inside it, from the left."""
    left, top, right, bottom = word.box
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    level = (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (middle > left - 2) & (middle < right + 2) & (level > top) & (level < bottom)
    high = boxes[:, 3] - boxes[:, 1]
    own = np.flatnonzero(inside & (high > _BODY * high[inside].max(initial=0.0)))
    return [int(i) for i in own[np.argsort(boxes[own, 0], kind="stable")]]
