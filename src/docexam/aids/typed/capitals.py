"""Capital letters that have the shape of their small ones, told by their height.

Tesseract brings every line to one height, so that К and к, С and с are the same to it; on the
picture a capital stands higher than the small letters beside it. Where the heights tell nothing,
what Tesseract reads stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from docexam.aids.lookalikes import is_cyrillic
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.labels import connected
from docexam.aids.raster.threshold import otsu
from docexam.aids.typed.engine import Piece

_UNLIKE = frozenset("абеёфabdefghijlnqrt")  # small letters that have a shape of their own
_TALL = frozenset("бёйфbdfhijklt")  # … whose height tells nothing
_DEEP = frozenset("дрруфцщgjpqy")  # letters that may reach below the line
_TWO = "ыЫ"  # letters of two strokes
_GAP, _HIGHER = 1.1, 1.15  # between the heights of small letters and of capitals
_HIGH, _LOW = 1.15, 1.06  # against small letters: capitals, and no capitals
_FULL, _LESS = 0.95, 0.88  # against capitals: the same, and small letters
_MOST = 0.7  # share of a word's letters that must agree
_BODY = 0.45  # of the tallest stroke's height: what is less is a mark or a part of a letter
_WIDE = 2.2  # letters that hang together, in heights
_EVEN = 0.07  # spread of the distances between letters of a typewriter
_NARROW = 0.94  # these distances in heights of capitals; small letters stand wider apart
_DARKER = (1.0, 0.8, 0.6)  # of the level of ink, where letters hang together
_SEVERAL = 4  # letters by which a word is told to be level
_PITCHED = 4  # letters by which the distances are told


@dataclass(frozen=True, slots=True)
class _Seen:
    """The heights of a word's letters above its line, NaN where one tells nothing.

    Without heights where its strokes are not its letters. `high` and `low` are the heights of
    capitals and of small letters where both are there; `pitch` is the distance between letters
    where it is the same throughout, else 0.
    """

    tops: Floats
    high: float
    low: float
    pitch: float

    @property
    def known(self) -> Floats:
        """Return the heights that tell something."""
        return self.tops[~np.isnan(self.tops)]


_NOTHING = _Seen(np.zeros(0), 0.0, 0.0, 0.0)


def with_capitals(words: Sequence[Piece], grey: Pixels) -> tuple[Piece, ...]:
    """Return words whose letters are capitals where they stand as high as capitals do.

    `grey` is the picture they were read on, the boxes in its pixels.
    """
    if not any(_letters(word.text) for word in words):
        return tuple(words)
    level, _ = otsu(grey)
    seen = [_NOTHING] * len(words)
    for share in _DARKER:
        boxes = connected(grey < share * min(level, 190.0)).boxes[1:].astype(np.float64)
        seen = [
            own if own.tops.size else _seen(word, boxes)
            for word, own in zip(words, seen, strict=True)
        ]
        if all(own.tops.size for word, own in zip(words, seen, strict=True) if _own(word.text)):
            break
    out = []
    for word, own in zip(words, seen, strict=True):
        beside = [
            (other, one)
            for other, one in zip(words, seen, strict=True)
            if other.line == word.line and other is not word
        ]
        text = _parted(word.text, own) if own.low else _level(word.text, own, *_beside(beside))
        out.append(replace(word, text=text) if text != word.text else word)
    return tuple(out)


def _letters(text: str) -> str:
    """Return the letters of a word that has no digits; none where it has."""
    return "" if any(map(str.isdigit, text)) else "".join(filter(str.isalpha, text))


def _own(text: str) -> bool:
    """Return whether a word is of Cyrillic letters."""
    return bool(_letters(text)) and _cyrillic(text)


def _seen(word: Piece, boxes: Floats) -> _Seen:
    """Return how high a word's letters stand; nothing where its strokes are not its letters."""
    letters = _letters(word.text)
    strokes = _strokes(word, boxes)
    if not letters or not len(strokes):
        return _NOTHING
    twos = sum(letter in _TWO for letter in letters)
    if len(strokes) == len(letters) + twos:
        parts = [2 if letter in _TWO else 1 for letter in letters]
    elif len(strokes) == len(letters):
        parts = [1] * len(letters)
    else:
        return _NOTHING
    firsts = np.cumsum([0, *parts[:-1]])
    own = np.array(
        [
            (one[:, 0].min(), one[:, 1].min(), one[:, 2].max(), one[:, 3].max())
            for one in (strokes[i : i + n] for i, n in zip(firsts, parts, strict=True))
        ]
    )
    flat = np.array([letter.lower() not in _DEEP for letter in letters])
    bottoms = own[flat, 3] if flat.any() else own[:, 3]
    tops = np.maximum(float(np.median(bottoms)) - own[:, 1], 1.0)
    tops[[letter in _TALL or letter in "ЙЁ" for letter in letters]] = np.nan
    pitch = np.diff((own[:, 0] + own[:, 2]) / 2)
    even = len(letters) >= _PITCHED and pitch.std() < _EVEN * pitch.mean()
    return _Seen(tops, *_levels(tops[~np.isnan(tops)]), float(pitch.mean()) if even else 0.0)


def _strokes(word: Piece, boxes: Floats) -> Floats:
    """Return the boxes of a word's strokes from the left, none where some hang together."""
    left, top, right, bottom = word.box
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    level = (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (middle > left - 2) & (middle < right + 2) & (level > top) & (level < bottom)
    own = boxes[inside]
    high = own[:, 3] - own[:, 1]
    own = own[high > _BODY * high.max(initial=0.0)]
    if not len(own) or (own[:, 2] - own[:, 0] > _WIDE * (own[:, 3] - own[:, 1])).any():
        return np.zeros((0, 4))
    return np.asarray(own[np.argsort(own[:, 0], kind="stable")], np.float64)


def _levels(tops: Floats) -> tuple[float, float]:
    """Return the height of the higher letters and of the lower, zeros where all are alike."""
    ordered = sorted(tops.tolist())
    gaps = [upper / max(lower, 1.0) for lower, upper in pairwise(ordered)]
    if not gaps or max(gaps) < _GAP:
        return 0.0, 0.0
    cut = int(np.argmax(gaps)) + 1
    low, high = float(np.median(ordered[:cut])), float(np.median(ordered[cut:]))
    return (high, low) if high >= _HIGHER * low else (0.0, 0.0)


def _parted(text: str, own: _Seen) -> str:
    """Return a word of capitals and small letters, each part between hyphens by itself."""
    high = own.tops > np.sqrt(own.high * own.low)
    known = ~np.isnan(own.tops)
    out, at = [], 0
    for part in text.split("-"):
        places = [i for i, char in enumerate(part) if char.isalpha()]
        mine = slice(at, at + len(places))
        out.append(_cased(part, places, high[mine], known[mine]))
        at += len(places)
    return "-".join(out)


def _cased(part: str, places: Sequence[int], high: Floats, known: Floats) -> str:
    """Return a word or its part: the first letter by its height, the others as most stand."""
    if not places:
        return part
    rest = high[1:][known[1:].astype(np.bool_)]
    share = float(rest.mean()) if len(rest) else 0.5
    chars = list(part)
    if known[0] and not high[0] and share >= _MOST:
        return part  # nothing is written so
    if known[0]:
        chars[places[0]] = _one(chars[places[0]], capital=bool(high[0]))
    # The English engine's odd capitals tell that it reads Cyrillic: they stay.
    if _cyrillic(part) and (share >= _MOST or share <= 1 - _MOST):
        for i in places[1:]:
            chars[i] = _one(chars[i], capital=share >= _MOST)
    return "".join(chars)


def _one(char: str, *, capital: bool) -> str:
    return char.upper() if capital else char.lower()


def _cyrillic(text: str) -> bool:
    return all(is_cyrillic(char) for char in text if char.isalpha())


def _beside(words: Sequence[tuple[Piece, _Seen]]) -> tuple[float, float]:
    """Return how high capitals and small letters stand in the other words of a line, or 0."""
    high, low = [], []
    for word, seen in words:
        if seen.low:
            high.append(seen.high)
            low.append(seen.low)
        elif len(seen.known) and _own_shape(word.text):
            (low if word.text.islower() else high).append(float(np.median(seen.known)))
    return (
        float(np.median(high)) if high else 0.0,
        float(np.median(low)) if low else 0.0,
    )


def _own_shape(text: str) -> bool:
    """Return whether a word is all small or all capitals, and a letter's shape says so."""
    return (text.islower() or text.isupper()) and any(char.lower() in _UNLIKE for char in text)


def _all_as_first(text: str, own: _Seen) -> bool:
    """Return whether a word was read as a capital and small letters that stand as high as it."""
    letters = _letters(text)
    if len(own.known) < _SEVERAL or len(own.tops) != len(letters) or np.isnan(own.tops[0]):
        return False
    rest = own.known[1:]
    alike = float(own.tops[0]) < _GAP * float(np.median(rest))
    return letters.istitle() and alike and bool(rest.max() < _GAP * rest.min())


def _level(text: str, own: _Seen, high: float, low: float) -> str:
    """Return a word whose letters are equally high, as others of its line are or it is spaced."""
    if not len(own.known) or _own_shape(text) or not _cyrillic(text):
        return text
    top = float(np.median(own.known))
    if low:
        capital, small = top >= _HIGH * low, top <= _LOW * low
    elif high:
        capital, small = top >= _FULL * high, top <= _LESS * high
    else:
        shaped = any(char in _UNLIKE for char in text)
        narrow = 0 < own.pitch < _NARROW * top
        capital, small = not shaped and (narrow or _all_as_first(text, own)), False
    if not (capital or small):
        return text
    return text.upper() if capital else text.lower()
