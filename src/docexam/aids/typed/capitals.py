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
from docexam.aids.raster.arrays import Floats
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.strokes import DARKER, Inked, letter_strokes

_UNLIKE = frozenset("абеёфabdefghijlnqrt")  # small letters that have a shape of their own
_TALL = frozenset("бёйфbdfhijklt")  # … whose height tells nothing
_DEEP = frozenset("дрруфцщgjpqy")  # letters that may reach below the line
_TWO = "ыЫ"  # letters of two strokes
_GAP, _HIGHER = 1.1, 1.15  # between the heights of small letters and of capitals
_HIGH, _LOW = 1.15, 1.06  # against small letters: capitals, and no capitals
_FULL, _LESS = 0.95, 0.88  # against capitals: the same, and small letters
_MOST = 0.7  # share of a word's letters that must agree
_BROKEN = 0.75  # of the height that strokes had in lighter ink
_LEAST, _MOST_HIGH = 0.55, 1.8  # of the usual height of a word's letters
_EVEN = 0.07  # spread of the distances between letters of a typewriter
_NARROW = 0.94  # these distances in heights of capitals; small letters stand wider apart
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


def with_capitals(words: Sequence[Piece], inked: Inked) -> tuple[Piece, ...]:
    """Return words whose letters are capitals where they stand as high as capitals do.

    `inked` is what is inked on the picture they were read on, the boxes in its pixels.
    """
    if not any(_letters(word.text) for word in words):
        return tuple(words)
    looks = _looks(words, inked)
    out = []
    for at, word in enumerate(words):
        own = next((look[at] for look in looks if look[at].tops.size), _NOTHING)
        text = _parted(word.text, own) if own.low else _as_beside(at, words, looks)
        out.append(replace(word, text=text) if text != word.text else word)
    return tuple(out)


def _as_beside(at: int, words: Sequence[Piece], looks: Sequence[Sequence[_Seen]]) -> str:
    """Return a word of equally high letters; heights are compared at one level of ink only."""
    text, line = words[at].text, words[at].line
    seen = [look for look in looks if look[at].tops.size]
    for look in seen:
        pairs = zip(words, look, strict=True)
        beside = [pair for i, pair in enumerate(pairs) if i != at and pair[0].line == line]
        high, low = _beside(beside)
        if high or low:
            return _level(text, look[at], high, low)
    return _level(text, seen[0][at], 0.0, 0.0) if seen else text


def _looks(words: Sequence[Piece], inked: Inked) -> list[list[_Seen]]:
    """Return what is seen of every word at each level of ink that is needed."""
    seekers = [_Seeker(word) for word in words]
    looks: list[list[_Seen]] = []
    for share in DARKER:
        boxes = inked.boxes(share)
        letters = [one.letters(boxes) for one in seekers]
        looks.append(
            [
                _seen(word, own, _base(i, words, letters))
                for i, (word, own) in enumerate(zip(words, letters, strict=True))
            ]
        )
        seen = (any(look[i].tops.size for look in looks) for i in range(len(words)))
        if all(found for word, found in zip(words, seen, strict=True) if _own(word.text)):
            break
    return looks


class _Seeker:
    """Looks for the letters of a word at one level of ink after another, until they break."""

    def __init__(self, word: Piece) -> None:
        """Begin to look for the letters of `word`."""
        self._word = word
        self._parts = [2 if letter in _TWO else 1 for letter in _letters(word.text)]
        self._high = 0.0
        self._broken = not self._parts

    def letters(self, boxes: Floats) -> Floats:
        """Return a box for each letter, none where the strokes are not the letters."""
        strokes = np.zeros((0, 4)) if self._broken else letter_strokes(self._word, boxes)
        if not len(strokes):
            return strokes
        high = float(np.median(strokes[:, 3] - strokes[:, 1]))
        # More strokes than letters, or lower ones: darker ink would only break them further.
        self._broken = len(strokes) > sum(self._parts) or high < _BROKEN * self._high
        self._high = high
        return np.zeros((0, 4)) if self._broken else self._joined(strokes)

    def _joined(self, strokes: Floats) -> Floats:
        """Return the strokes, those of a letter of two as one."""
        if len(strokes) == len(self._parts):
            return strokes
        if len(strokes) != sum(self._parts):
            return np.zeros((0, 4))
        starts = np.cumsum([0, *self._parts[:-1]])
        low, high = np.minimum.reduceat(strokes, starts), np.maximum.reduceat(strokes, starts)
        return np.hstack([low[:, :2], high[:, 2:]])


def _flat(word: Piece) -> list[bool]:
    """Return for every letter whether it stands on the line and never reaches below."""
    return [letter.lower() not in _DEEP for letter in _letters(word.text)]


def _base(at: int, words: Sequence[Piece], letters: Sequence[Floats]) -> float:
    """Return where the line runs under a word: by its own letters, else by the nearest word's.

    NaN where nothing tells it.
    """
    near = sorted(
        (i for i, word in enumerate(words) if word.line == words[at].line),
        key=lambda i: abs(words[i].box[0] - words[at].box[0]),
    )
    for i in near:
        if len(letters[i]) and any(_flat(words[i])):
            return float(np.median(letters[i][_flat(words[i]), 3]))
    return float("nan")


def _letters(text: str) -> str:
    """Return the letters of a word that has no digits; none where it has."""
    return "" if any(map(str.isdigit, text)) else "".join(filter(str.isalpha, text))


def _own(text: str) -> bool:
    """Return whether a word is of Cyrillic letters."""
    return bool(_letters(text)) and _cyrillic(text)


def _seen(word: Piece, own: Floats, base: float) -> _Seen:
    """Return how high a word's letters stand over the line, of which `own` has the boxes."""
    letters = _letters(word.text)
    if not len(own):
        return _NOTHING
    bottom = float(np.median(own[:, 3])) if np.isnan(base) else base
    tops = np.maximum(bottom - own[:, 1], 1.0)
    tops[[letter in _TALL or letter in "ЙЁ" for letter in letters]] = np.nan
    tops = _whole(tops)
    pitch = np.diff((own[:, 0] + own[:, 2]) / 2)
    even = len(letters) >= _PITCHED and pitch.std() < _EVEN * pitch.mean()
    return _Seen(tops, *_levels(tops[~np.isnan(tops)]), float(pitch.mean()) if even else 0.0)


def _whole(tops: Floats) -> Floats:
    """Return heights without those that no letter of the word can have: of broken letters."""
    if np.isnan(tops).all():
        return tops
    usual = np.nanmedian(tops)
    return np.asarray(np.where((tops < _LEAST * usual) | (tops > _MOST_HIGH * usual), np.nan, tops))


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
    if known[0] and not high[0] and (share >= _MOST or _struck_over(part, high)):
        return part  # nothing is written so
    if known[0]:
        chars[places[0]] = _one(chars[places[0]], capital=bool(high[0]))
    # The English engine's odd capitals tell that it reads Cyrillic: they stay.
    if _cyrillic(part) and (share >= _MOST or share <= 1 - _MOST):
        for i in places[1:]:
            chars[i] = _one(chars[i], capital=share >= _MOST)
    return "".join(chars)


def _struck_over(part: str, high: Floats) -> bool:
    """Return whether a word read in capitals is that, and a stroke over it made a letter higher.

    Not where that letter is one whose small form reaches up, or the first.
    """
    letters = [char for char in part.lower() if char.isalpha()]
    reaches = any(up and char in _TALL for char, up in zip(letters, high, strict=True))
    return part.isupper() and _own_shape(part) and not reaches


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
    if capital:
        return text.upper()
    return text[0] + text[1:].lower() if np.isnan(own.tops[0]) else text.lower()
