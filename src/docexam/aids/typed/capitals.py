"""Capital letters that have the shape of their small ones, told by their height.

Tesseract brings every line to one height, so that К and к, С and с are the same to it; on the
picture a capital stands higher than the small letters beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.labels import connected
from docexam.aids.raster.threshold import otsu
from docexam.aids.typed.engine import Piece

_SAME = frozenset("вгжзиклмнопстхцчшщъыьэюяcosuvwxz")
_LOW = frozenset("авгежзиклмнопстхчшъыьэюяacemnorsuvwxz")  # neither above nor below the middle
# The first letter's height against the small letters beside it: a capital, and no capital.
_HIGHER, _NO_HIGHER = 1.15, 1.05
_LEAST = 2  # small letters that must be seen
_SHORT = 2  # a letter and its stop
_APART = 0.8  # share of a word's letters that must stand apart


def with_capitals(words: Sequence[Piece], grey: Pixels) -> tuple[Piece, ...]:
    """Return words whose first letter is a capital where it stands higher than the others.

    `grey` is the picture they were read on, the boxes in its pixels. Where all the letters there
    are have the shape of their capitals and stand equally high, they are capitals: an entry does
    not begin with a small letter.
    """
    made = tuple(words)
    if any(_open(word.text) or _short(word.text) for word in words):
        level, _ = otsu(grey)
        boxes = connected(grey < min(level, 190.0)).boxes[1:].astype(np.float64)
        made = _told(words, boxes)
    if made and all(char in _SAME for word in made for char in word.text):
        made = tuple(replace(word, text=word.text.upper()) for word in made)
    return made


def _open(text: str) -> bool:
    """Return whether the first letter may be a capital or a small one, by its shape."""
    rest = text[1:]
    return len(text) > _LEAST and text[0].lower() in _SAME and rest.isalpha() and rest.islower()


def _short(text: str) -> bool:
    """Return whether a text is a letter and a stop, as for a town, that may be a capital."""
    return len(text) == _SHORT and text[0].lower() in _SAME and text[1] == "."


def _told(words: Sequence[Piece], boxes: Floats) -> tuple[Piece, ...]:
    heights = [_heights(word, boxes) for word in words]
    every = [high for _, small in heights for high in small]
    out = []
    for word, (first, small) in zip(words, heights, strict=True):
        if _open(word.text):
            word = _as_high(word, first, small)
        elif _short(word.text):
            word = _as_high(word, first, every)
        out.append(word)
    return tuple(out)


def _as_high(word: Piece, first: float, small: Sequence[float]) -> Piece:
    """Return the word with its first letter as its height says, or as it is where none does."""
    higher = first / float(np.median(small)) if first and len(small) >= _LEAST else 0.0
    letter = word.text[0]
    if higher >= _HIGHER:
        letter = letter.upper()
    elif 0 < higher <= _NO_HIGHER:
        letter = letter.lower()
    return replace(word, text=letter + word.text[1:])


def _heights(word: Piece, boxes: Floats) -> tuple[float, list[float]]:
    """Return the heights of a word's first letter and of its small ones after that.

    0 and none where its strokes are too few for its letters.
    """
    left, top, right, bottom = word.box
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    high = boxes[:, 3] - boxes[:, 1]
    inside = (middle > left - 2) & (middle < right + 2) & (boxes[:, 3] > top)
    inside &= (boxes[:, 1] < bottom) & (high > 0.3 * (bottom - top))
    own = np.flatnonzero(inside)
    # Fewer strokes than letters: some hang together, by a ruled line or by blur.
    if len(own) < max(1, _APART * sum(map(str.isalpha, word.text))):
        return 0.0, []
    own = own[np.argsort(boxes[own, 0], kind="stable")]
    pitch = (right - left) / len(word.text)
    # Letters stand at about their place in the word; tall and deep ones tell nothing.
    places = ((middle[own] - left) / pitch).astype(np.int64).clip(0, len(word.text) - 1)
    small = [
        float(high[i])
        for i, place in zip(own[1:], places[1:], strict=True)
        if word.text[place] in _LOW
    ]
    return float(high[own[0]]), small
