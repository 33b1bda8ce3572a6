"""Which letters a view shows: a second task in training, dropped when the weights are written.

A network of this size told hands apart rather than letters; asked which letters it sees, it learns
their shapes, which is what Cyrillic and Latin differ by. Capital and small letters count as two,
accents are dropped, Hangul is taken apart into its letters, Han has none.
"""

from __future__ import annotations

import unicodedata

import numpy as np

_CYRL = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LATN = "abcdefghijklmnopqrstuvwxyz"
_ARAB = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىپچژگ"
# Initial, medial and final letters of a syllable, by their code points when taken apart.
_JAMO = "".join(
    chr(first + n)
    for first, count in ((0x1100, 19), (0x1161, 21), (0x11A8, 27))
    for n in range(count)
)
LETTERS = _CYRL + _CYRL.upper() + _LATN + _LATN.upper() + _ARAB + _JAMO
_SAME = {"ی": "ي", "ک": "ك"}
_AT = {letter: n for n, letter in enumerate(LETTERS)}


def shown(text: str) -> np.ndarray:
    """Return 1 for every letter of `LETTERS` that the text has, else 0 (8 bits)."""
    row = np.zeros(len(LETTERS), np.uint8)
    for letter in text:
        for part in (letter,) if letter in _AT else _apart(letter):
            if part in _AT:
                row[_AT[part]] = 1
    return row


def _apart(letter: str) -> list[str]:
    """Return a letter without its accent, or a syllable's letters."""
    return [_SAME.get(part, part) for part in unicodedata.normalize("NFD", letter)]
