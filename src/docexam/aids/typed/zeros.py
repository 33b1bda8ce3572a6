"""Zeros with a stroke or a dot in them, which Tesseract takes for a 9 or a 6.

A 9 has no ink on its left under its bowl, a 6 none on its right over it; a zero has both sides
from top to bottom, and no waist as an 8 has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.strokes import DARKER, Inked, letter_numbers

_DIGITS = re.compile(r"^[0-9.,:;-]+$")
_DOUBTED = frozenset("96")
_LEAST_HIGH = 10  # pixels in which a side can be told
_GAP = 0.25  # of the width: how far from its side a zero's ink may begin
_WAIST = 0.03  # of the width: how far both sides of a zero may draw in at half its height
_NOTCH = 0.05  # of the width: how far the side of a zero may draw in between its ends
# Parts of the height: under the bowl of a 9, over that of a 6, about the middle, and below it.
_UNDER, _OVER, _MIDDLE, _LOWER = (0.55, 0.8), (0.2, 0.45), (0.4, 0.6), (0.62, 0.78)


def with_zeros(words: Sequence[Piece], seen: Inked) -> tuple[Piece, ...]:
    """Return words of digits in which a 9 or a 6 with two whole sides is a 0.

    `seen` is what is inked on the picture they were read on, the boxes in its pixels.
    """
    if not any(_doubtful(word.text) for word in words):
        return tuple(words)
    return tuple(
        replace(word, text=_mended(word, seen)) if _doubtful(word.text) else word for word in words
    )


def _doubtful(text: str) -> bool:
    return bool(_DIGITS.match(text)) and not _DOUBTED.isdisjoint(text)


def _mended(word: Piece, seen: Inked) -> str:
    """Return the text of a word of digits; as it is where its strokes are not its digits."""
    places = [i for i, char in enumerate(word.text) if char.isdigit()]
    for share in DARKER:
        parts = seen.parts(share)
        numbers = letter_numbers(word, seen.boxes(share))
        if len(numbers) == len(places):
            chars = list(word.text)
            for place, number in zip(places, numbers, strict=True):
                if chars[place] in _DOUBTED and _is_zero(parts.mask_of(number + 1)):
                    chars[place] = "0"
            return "".join(chars)
    return word.text


def _is_zero(stroke: Mask) -> bool:
    """Return whether a digit's stroke has both sides from top to bottom and no waist."""
    if stroke.shape[0] < _LEAST_HIGH:
        return False
    left, right = _inset(stroke), _inset(stroke[:, ::-1])
    closed = _part(left, _UNDER).max() < _GAP and _part(right, _OVER).max() < _GAP
    waist = sum(
        float(np.median(_part(side, _MIDDLE)) - np.median(_part(side, _LOWER)))
        for side in (left, right)
    )
    notched = max(_notch(left, (0.45, 0.9)), _notch(right, (0.15, 0.6))) > _NOTCH
    return bool(closed) and not notched and waist <= _WAIST


def _notch(side: Floats, span: tuple[float, float]) -> float:
    """Return how far a side draws in against what lies above and below it, in widths."""
    first, last = int(0.1 * len(side)), int(0.95 * len(side))
    begin, end = (int(share * len(side)) for share in span)
    rows = range(begin, max(begin + 1, end))
    return max(float(side[i] - max(side[first : i + 1].min(), side[i:last].min())) for i in rows)


def _inset(stroke: Mask) -> Floats:
    """Return for each row how far from the left edge its ink begins, in widths; 1 without any."""
    first = np.where(stroke.any(axis=1), stroke.argmax(axis=1), stroke.shape[1])
    return np.asarray(first / stroke.shape[1], np.float64)


def _part(rows: Floats, span: tuple[float, float]) -> Floats:
    begin, end = (int(share * len(rows)) for share in span)
    return rows[begin : max(begin + 1, end)]
