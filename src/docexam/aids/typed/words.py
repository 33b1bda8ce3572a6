"""What Tesseract reads in a prepared picture, in the language that suits it better."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from docexam.aids.lookalikes import TO_CYRILLIC, is_cyrillic, is_latin
from docexam.aids.raster.arrays import Pixels
from docexam.aids.typed.engine import BLOCK, LINE, Piece, engine, pieces
from docexam.aids.typed.prepare import evened
from docexam.aids.typed.tessdata import folder_of

LANGUAGES = ("rus", "eng")
_SURE = 88.0  # mean confidence at which no other preparation is asked
_OWN = 12.0  # by how much English must be surer than Russian
_ODD = 30.0  # what capitals inside words cost: so the English engine reads Cyrillic
_EITHER = 10.0  # what it costs that every letter could be Cyrillic
_INSIDE = re.compile(r"[a-z][A-Z]|[A-Za-z][0-9][A-Za-z]|[\\|{}~^]")
# Gaussian and whether ruled lines stay, the best first; the others where that one is unsure.
_PREPARED = ((0.7, True), (0.7, False), (0.0, True), (1.2, True))
# Marks that no entry begins or ends with.
_BEFORE, _AFTER = ".,;:'‘’‚`_-–—/\\|*=~", ",;:'‘’‚`_-–—/\\|*=~"
_STRAY = re.compile(r"^[\W_]+$")


@dataclass(frozen=True, slots=True)
class Read:
    """Words as read, in reading order, the language they were read in, the mean confidence."""

    words: tuple[Piece, ...]
    language: str

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Return Tesseract's confidence, 0 to 100, each word as much as it is long."""
        weight = sum(len(word.text) for word in self.words)
        if not weight:
            return 0.0
        return sum(word.confidence * len(word.text) for word in self.words) / weight


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that can be read here, Russian first."""
    return tuple(language for language in LANGUAGES if folder_of(language))


def read_field(picture: Pixels, *, lines: int = 1) -> Read:
    """Return what stands in an upright picture of a field; no words where nothing does.

    Raises MachineError where Tesseract cannot be started.
    """
    mode = LINE if lines == 1 else BLOCK
    best = Read((), "")
    for soften, rules in _PREPARED:
        grey = evened(picture, soften, rules=rules)
        for language in languages():
            read = _trimmed(Read(_read(grey, language, mode), language))
            if _better(read, best):
                best = read
            if language == "rus" and best is read and _settled(read):
                return best
        if best.confidence >= _SURE:
            break
    return best


def read_line(picture: Pixels) -> Read:
    """Return what stands in an upright picture of a line, by one look in each language needed."""
    grey = evened(picture)
    best = Read((), "")
    for language in languages():
        read = _trimmed(Read(_read(grey, language, LINE), language))
        if _better(read, best):
            best = read
        if best is read and language == "rus" and _settled(read):
            break
    return best


def _read(grey: Pixels, language: str, mode: str) -> tuple[Piece, ...]:
    with engine(language, mode) as api:
        return pieces(api, grey)


def _better(read: Read, best: Read) -> bool:
    return bool(read.words) and _merit(read) > _merit(best)


def _merit(read: Read) -> float:
    """Return the confidence, less for English, which takes Cyrillic letters for odd words."""
    if read.language == "rus" or not any(is_latin(char) for char in read.text):
        return read.confidence
    odd = _ODD if _INSIDE.search(read.text) else 0.0
    either = all(char in TO_CYRILLIC for char in read.text if is_latin(char))
    return read.confidence - _OWN - odd - (_EITHER if either else 0.0)


def _settled(read: Read) -> bool:
    """Return whether a Russian reading needs no English one beside it."""
    letters = [char for char in read.text if char.isalpha()]
    if any(is_latin(char) for char in letters):
        return False
    own = any(char in _NO_TWIN for char in letters)
    return read.confidence >= _SURE and (own or not letters)


# Cyrillic letters that no Latin one looks like: a word with one is Cyrillic.
_NO_TWIN = frozenset("БГДЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯбвгджзийклмнптфцчшщъыьэюя")


def _trimmed(read: Read) -> Read:
    """Drop specks at the ends that Tesseract took for marks."""
    words = list(read.words)
    while words and _STRAY.match(words[0].text):
        words.pop(0)
    while words and _STRAY.match(words[-1].text) and words[-1].text not in (".", ")"):
        words.pop()
    if words:
        words[0] = replace(words[0], text=words[0].text.lstrip(_BEFORE))
        words[-1] = replace(words[-1], text=words[-1].text.rstrip(_AFTER))
    return Read(tuple(words), read.language)


def mixed(text: str) -> str:
    """Return the Latin letters inside words that are otherwise Cyrillic, as they stand there."""
    found = []
    for word in text.split():
        if any(is_cyrillic(char) for char in word):
            found += [char for char in word if is_latin(char)]
    return "".join(dict.fromkeys(found))
