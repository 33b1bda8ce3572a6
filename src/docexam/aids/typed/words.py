"""What Tesseract reads in a prepared picture, in the language that suits it better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from PIL import Image

from docexam.aids.lookalikes import TO_CYRILLIC, is_cyrillic, is_latin
from docexam.aids.raster.arrays import Pixels
from docexam.aids.typed import tessdata
from docexam.aids.typed.capitals import with_capitals
from docexam.aids.typed.engine import BLOCK, LINE, Piece, engine, pieces
from docexam.aids.typed.prepare import evened
from docexam.aids.typed.stops import without_stray_stop
from docexam.aids.typed.strokes import Inked
from docexam.aids.typed.tessdata import folder_of
from docexam.aids.typed.zeros import with_zeros

LANGUAGES = ("rus", "eng")
_SURE = 88.0  # mean confidence at which no other preparation is asked
_SETTLED = 93.0  # … at which a Russian reading needs no English one beside it
_OWN = 12.0  # by how much English must be surer than Russian
_SURE_OWN = 87.0  # confidence that the English engine hardly ever has in Cyrillic letters
_SURE_CASE = 40.0  # confidence at which another look's capitals are followed
_SURE_TWICE = 60.0  # confidence at which the same Russian reading twice is followed
_UNSURE, _SEVERAL = 70.0, 3  # an English word's confidence, against so many Russian ones alike
_CLEAR_OWN = frozenset("БДЖИЛПФЦЧШЩЪЫЬЭЮЯ")  # capitals that look like nothing Latin
_CLEAR = 2  # Latin letters without a Cyrillic twin
_ODD = 30.0  # what capitals inside words cost: so the English engine reads Cyrillic
_EITHER = 10.0  # what it costs that every letter could be Cyrillic
_INSIDE = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z][0-9][A-Za-z]|[\\|{}~^]")
# Gaussian and whether ruled lines stay, the best first; the others where that one is unsure.
_PREPARED = ((0.7, True), (0.7, False), (0.0, True), (1.2, True))
# Marks that no entry begins or ends with.
_BEFORE, _AFTER = ".,;:'‘’‚`_-–—/\\|*=~", ",;:'‘’‚`_-–—/\\|*=~"
_SMALL = 38  # pixels of a line's picture, its margins included
_CONTRAST = 12  # grey levels
_HOPELESS = 3.0  # after two preparations, at which the others are not tried
_DATE = re.compile(r"^[0-3][0-9]\.[01][0-9]\.[12][0-9]{3}$")
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
        """Return Tesseract's confidence, 0 to 100."""
        return mean_confidence(self.words)


def mean_confidence(words: Sequence[Piece]) -> float:
    """Return the mean confidence of words, 0 to 100, each as much as it is long."""
    weight = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / weight if weight else 0.0


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that Tesseract can read here, Russian first; none where it is not."""
    if not tessdata.has_engine():
        return ()
    return tuple(language for language in LANGUAGES if folder_of(language))


def read_field(picture: Pixels, *, lines: int = 1) -> Read:
    """Return what stands in an upright picture of a field; no words where nothing does.

    Raises MachineError where Tesseract cannot be started.
    """
    mode = LINE if lines == 1 else BLOCK
    best = Read((), "")
    if blank(picture):
        return best
    small = picture.shape[0] / lines < _SMALL
    texts: list[str] = []
    reads: list[Read] = []
    for number, (soften, rules) in enumerate(_PREPARED):
        # Small letters read better enlarged, others do not; the second look is at the true size.
        true_size = not small or number == 1
        factor = 1 if true_size else 2
        grey = evened(_enlarged(picture, factor), soften, rules=rules or small)
        for language in languages():
            read = _looked(grey, language, mode, factor)
            if _twice(read, texts):
                return _capital_seen([*reads, read], read)
            texts.append(read.text)
            reads.append(read)
            if better(read, best):
                best = read
            if language == "rus" and best is read and _settled(read):
                return _capital_seen(reads, best)
        if best.confidence >= _SURE or (number and best.confidence < _HOPELESS):
            break
    return _capital_seen(reads, _agreed(reads, best))


def _capital_seen(reads: Sequence[Read], best: Read) -> Read:
    """Return a reading in small letters with the capitals that another preparation showed.

    Blurred letters tell no heights; where a look at the same words tells them, that is followed:
    the surest one's, where it is sure enough and its words are written as words are.
    """
    if not best.text.islower() or _settled(best):
        return best
    small = [word.text for word in best.words]
    others = [
        read
        for read in reads
        if read.confidence >= _SURE_CASE
        and [word.text.lower() for word in read.words] == small
        and not read.text.islower()
        and all(
            word.text.istitle() or word.text.isupper() or word.text.islower() for word in read.words
        )
    ]
    if not others:
        return best
    seen = max(others, key=lambda read: read.confidence)
    pairs = zip(best.words, seen.words, strict=True)
    return replace(best, words=tuple(replace(one, text=other.text) for one, other in pairs))


def _agreed(reads: Sequence[Read], best: Read) -> Read:
    """Return the Russian reading that several preparations gave where English is unsure.

    Its confidence is then that of the English reading.
    """
    if best.language != "eng" or best.confidence >= _UNSURE or not best.text.isalpha():
        return best
    own = [read for read in reads if read.language == "rus" and _cyrillic_word(read.text)]
    if not own:
        return best
    (text, times) = Counter(read.text for read in own).most_common(1)[0]
    if times < _SEVERAL:
        return best
    # Both engines read the same print: else a region that one is sure of would be turned over.
    read = next(read for read in own if read.text == text)
    sure = best.confidence
    return replace(read, words=tuple(replace(word, confidence=sure) for word in read.words))


def _cyrillic_word(text: str) -> bool:
    """Return whether a text is Cyrillic letters only, one of them like no Latin one."""
    return all(map(is_cyrillic, text)) and not _NO_TWIN.isdisjoint(text)


def _twice(read: Read, before: list[str]) -> bool:
    """Return whether a Russian reading came out of another preparation too, and is no other text.

    The English engine is often surer of capitals than the Russian one that reads them right.
    """
    own = sum(char.upper() in _CLEAR_OWN for char in read.text)
    letters = all(is_cyrillic(char) for char in read.text if char.isalpha())
    digits = any(char.isdigit() for char in read.text)
    clear = own >= _CLEAR and letters and not digits and read.confidence >= _SURE_TWICE
    return read.language == "rus" and clear and read.text in before


def blank(picture: Pixels) -> bool:
    """Return whether a picture is all of one shade, so that there is nothing to read."""
    dark, bright = np.quantile(picture.max(axis=2), (0.005, 0.995))
    return bool(bright - dark < _CONTRAST)


def read_line(picture: Pixels) -> Read:
    """Return what stands in an upright picture of a line, by one look in each language needed."""
    factor = 2 if picture.shape[0] < _SMALL else 1
    grey = evened(_enlarged(picture, factor))
    best = Read((), "")
    for language in languages():
        read = _looked(grey, language, LINE, factor)
        if better(read, best):
            best = read
        if best is read and language == "rus" and _settled(read):
            break
    return best


def _enlarged(picture: Pixels, factor: int) -> Pixels:
    if factor == 1:
        return picture
    high, wide = picture.shape[:2]
    image = Image.fromarray(np.ascontiguousarray(picture))
    return np.asarray(image.resize((wide * factor, high * factor), Image.Resampling.BICUBIC))


def _looked(grey: Pixels, language: str, mode: str, factor: int) -> Read:
    inked = Inked(grey)
    words = with_capitals(_trimmed(_read(grey, language, mode)), inked)
    words = _dated(with_zeros(without_stray_stop(words, inked), inked))
    if factor != 1:
        words = tuple(replace(word, box=_smaller(word.box, factor)) for word in words)
    return Read(words, language)


def _smaller(box: tuple[int, int, int, int], factor: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(value / factor) for value in box)
    return left, top, right, bottom


def _read(grey: Pixels, language: str, mode: str) -> tuple[Piece, ...]:
    with engine(language, mode) as api:
        return pieces(api, grey)


def better(read: Read, best: Read) -> bool:
    """Return whether a reading is to be followed rather than the best one so far."""
    return bool(read.words) and merit(read) > merit(best)


def merit(read: Read) -> float:
    """Return the confidence, less for English, which takes Cyrillic letters for odd words."""
    if read.language == "rus" or not any(is_latin(char) for char in read.text):
        return read.confidence
    clear = sum(is_latin(char) and char not in TO_CYRILLIC for char in read.text) >= _CLEAR
    own = 0.0 if clear and read.confidence >= _SURE_OWN else _OWN
    odd = _ODD if _INSIDE.search(read.text) else 0.0
    either = all(char in TO_CYRILLIC for char in read.text if is_latin(char))
    return read.confidence - own - odd - (_EITHER if either else 0.0)


def _settled(read: Read) -> bool:
    """Return whether a Russian reading needs no English one beside it."""
    letters = [char for char in read.text if char.isalpha()]
    if any(is_latin(char) for char in letters):
        return False
    own = any(char in _NO_TWIN for char in letters)
    return read.confidence >= _SETTLED and (own or not letters)


# Cyrillic letters that no Latin one looks like: a word with one is Cyrillic.
_NO_TWIN = frozenset("БГДЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯбвгджзийклмнптфцчшщъыьэюя")


def _trimmed(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Drop specks at the ends that Tesseract took for marks."""
    words = list(found)
    while words and _STRAY.match(words[0].text):
        words.pop(0)
    while words and _STRAY.match(words[-1].text) and words[-1].text not in (".", ")"):
        words.pop()
    if words:
        words[0] = replace(words[0], text=words[0].text.lstrip(_BEFORE))
        words[-1] = replace(words[-1], text=words[-1].text.rstrip(_AFTER))
        words[-1] = _closed(words[-1], "".join(word.text for word in words))
    return tuple(words)


def _closed(last: Piece, text: str) -> Piece:
    """Return the last word without a closing bracket that nothing opened."""
    if text.endswith("]") and "[" not in text:
        return replace(last, text=last.text.rstrip("]"))
    return last


def _dated(words: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a date as one word: typewriters set its parts apart, and stops look like commas."""
    text = "".join(word.text for word in words).replace(",", ".")
    if len(words) < 2 and "," not in "".join(word.text for word in words):
        return words
    if not _DATE.match(text):
        return words
    left, top, right, bottom = zip(*(word.box for word in words), strict=True)
    sure = min(word.confidence for word in words)
    box = (min(left), min(top), max(right), max(bottom))
    return (Piece(text, sure, box, words[0].line),)


def mixed(text: str) -> str:
    """Return the Latin letters inside words that are otherwise Cyrillic, as they stand there."""
    found = []
    for word in text.split():
        if any(is_cyrillic(char) for char in word):
            found += [char for char in word if is_latin(char)]
    return "".join(dict.fromkeys(found))


def in_either_script(text: str) -> tuple[str, ...]:
    """Return the words of Latin capitals only that could as well be Cyrillic, letter by letter."""
    words = [(word, [char for char in word if char.isalpha()]) for word in text.split()]
    return tuple(
        word
        for word, letters in words
        if letters
        and word.isupper()
        and all(is_latin(char) and char in TO_CYRILLIC for char in letters)
    )
