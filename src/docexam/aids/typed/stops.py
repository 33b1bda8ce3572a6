"""A full stop at the end of a line that is none: Tesseract takes what stands beside for one.

The end of a ruled line, a seal's stroke and plain paper pass for a stop; a stop is a small dark
spot that stands by itself on the line, as large as the other stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from docexam.aids.raster.arrays import Floats
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.strokes import DARKER, Inked, letter_numbers

# In heights of a letter: how high a stop is, how far its foot lies off the line.
_LEAST, _MOST, _OFF = 0.06, 0.4, 0.2
_FLAT = 2.2  # width against height, or height against width, of a stop at most
_LIKE = 2.0  # against the other stops' size
_NEAR = 1.7  # letters from the word's end


def without_stray_stop(words: Sequence[Piece], seen: Inked) -> tuple[Piece, ...]:
    """Return words without a full stop at their end where no spot on the picture is one.

    `seen` is what is inked on the picture they were read on, the boxes in its pixels.
    """
    if not words or len(words[-1].text) < 2 or not words[-1].text.endswith("."):
        return tuple(words)
    if any(_stands(words[-1], seen.boxes(share)) for share in DARKER):
        return tuple(words)
    last = replace(words[-1], text=words[-1].text[:-1])
    return (*words[:-1], last)


def _stands(word: Piece, boxes: Floats) -> bool:
    """Return whether a stop stands at the end of a word."""
    letters = boxes[letter_numbers(word, boxes)]
    if not len(letters):
        return True  # nothing can be told
    high = float(np.median(letters[:, 3] - letters[:, 1]))
    spots = _spots(boxes, high, float(np.median(letters[:, 3])))
    left, _, right, _ = word.box
    # A seal's stroke may pass for the last letter, and the word's box may be too wide.
    begins = min(float(letters[:, 2].max()), right - _NEAR * (right - left) / len(word.text))
    middle = (spots[:, 0] + spots[:, 2]) / 2
    size = spots[:, 3] - spots[:, 1]
    others = size[(middle > left) & (middle < begins)]
    last = (middle >= begins) & (middle < right + 0.5 * high)
    if len(others) and word.text.count(".") > 1:
        usual = float(np.median(others))
        last &= (size < _LIKE * usual) & (size > usual / _LIKE)
    return bool(last.any())


def _spots(boxes: Floats, high: float, base: float) -> Floats:
    """Return the boxes that are as small as stops and stand on the line."""
    tall, wide = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    small = (tall > _LEAST * high) & (tall < _MOST * high)
    even = (wide < _FLAT * tall) & (tall < _FLAT * wide)
    on_line = np.abs(boxes[:, 3] - base) < _OFF * high
    return np.asarray(boxes[small & even & on_line])
