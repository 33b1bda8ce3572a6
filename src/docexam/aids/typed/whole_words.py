"""Words out of the shares of letters along a line: of one script, with capitals as words have.

А and A are one shape; what tells them apart is the word they stand in. Each word is read as
Cyrillic and as Latin, the shares of letters that look the same put together, and the likelier
reading is kept; as mixed only where neither script gives nearly as likely a word. И and и are one
shape in two sizes: a word with capitals inside is read as one in capitals, in small letters or
with a first capital, where that is nearly as likely.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from docexam.aids.lookalikes import TO_CYRILLIC, is_cyrillic, is_latin
from docexam.aids.raster.arrays import Floats
from docexam.aids.typed.reader import ALPHABET, Letter, letters, likelihood

_MIXED = 3.0  # by how much (natural logarithm) letters of two scripts in one word must be likelier
_ODD_CASE = 2.0  # by how much a capital inside a word must be likelier than such as words have
# Small letters whose capitals are the same shape, larger.
_SCALED = frozenset("вгджзийклмнопрстухцчшщъыьэюяcopsvwxz")
_RUN = re.compile(r"[^\W\d_]+")
_BLANK = 1 + ALPHABET.index(" ")
_OWN = {
    "Cyrl": np.array([False, *map(is_cyrillic, ALPHABET)]),
    "Latn": np.array([False, *map(is_latin, ALPHABET)]),
}
_TWINS = tuple(
    (1 + ALPHABET.index(latin), 1 + ALPHABET.index(own))
    for latin, own in TO_CYRILLIC.items()
    if latin in ALPHABET
)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together, and how likely they are there (natural logarithm)."""

    letters: tuple[Letter, ...]
    likelihood: float

    @property
    def text(self) -> str:
        """Return the word."""
        return "".join(letter.text for letter in self.letters)


def words(given: Floats) -> tuple[Word, ...]:
    """Return the words of a line, from the left; `given` is steps × kinds of `shares`."""
    found = (_word(given, first, last) for first, last in _between_blanks(given))
    return tuple(word for word in found if word.letters)


def _between_blanks(given: Floats) -> list[tuple[int, int]]:
    blank = given.argmax(axis=1) == _BLANK
    edges = np.flatnonzero(np.diff(np.concatenate(([True], blank, [True])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _word(given: Floats, first: int, last: int) -> Word:
    part = given[first:last]
    mixed = _read(part, first)
    if not any(own[_kinds(mixed)].any() for own in _OWN.values()):
        return mixed
    given_one = {script: _only(part, script) for script in _OWN}
    of_one = {script: _read(shares, first) for script, shares in given_one.items()}
    script, best = max(of_one.items(), key=lambda pair: pair[1].likelihood)
    if mixed.likelihood > best.likelihood + _MIXED:
        return _cased(mixed, part)
    return _cased(best, given_one[script])


def _cased(word: Word, part: Floats) -> Word:
    """Return a word with capitals as words have them, where that is nearly as likely."""
    text = word.text
    for run in _RUN.finditer(text):
        others = [text[: run.start()] + other + text[run.end() :] for other in _usual(run[0])]
        likely = {other: likelihood(part, other) for other in others}
        best = max(others, key=lambda other: likely[other], default=text)
        odd = _ODD_CASE * sum(old != new for old, new in zip(text, best, strict=True))
        if likely.get(best, -np.inf) >= likelihood(part, text) - odd:
            text = best
    if text == word.text:
        return word
    changed = zip(word.letters, text, strict=True)
    return Word(tuple(replace(old, text=new) for old, new in changed), likelihood(part, text))


def _usual(run: str) -> list[str]:
    """Return letters that stand together in the cases that words have; none where they do.

    Only such letters are changed as are one shape in two sizes.
    """
    ways = run.upper(), run.lower(), run.capitalize()
    if run in ways:
        return []
    pairs = [(way, zip(run, way, strict=True)) for way in ways]
    return [way for way, two in pairs if all(o == n or o.lower() in _SCALED for o, n in two)]


def _kinds(word: Word) -> list[int]:
    return [1 + ALPHABET.index(letter.text) for letter in word.letters]


def _only(part: Floats, script: str) -> Floats:
    """Return shares with the letters of other scripts left out, look-alikes put together."""
    out = part.copy()
    for latin, cyrillic in _TWINS:
        both = part[:, latin] + part[:, cyrillic]
        out[:, latin] = out[:, cyrillic] = both
    others = [own for name, own in _OWN.items() if name != script]
    out[:, np.any(others, axis=0)] = 0.0
    return out


def _read(part: Floats, first: int) -> Word:
    found = letters(part, first)
    text = "".join(letter.text for letter in found)
    return Word(found, likelihood(part, text))
