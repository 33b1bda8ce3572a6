"""Which of two readings is followed, word by word: Tesseract's, or that of the letters' shapes.

Tesseract knows words and reads clear print well; the other reader knows none, and reads worn and
blurred type better. Where they differ, how sure Tesseract is of its words there, and how likely the
shapes make the line with them, is weighed. What either read otherwise is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from docexam.aids.lookalikes import is_cyrillic, is_latin
from docexam.aids.raster.arrays import Floats
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.reader import likelihood
from docexam.aids.typed.shapes import ShapeRead
from docexam.aids.typed.words import Read, mean_confidence

# How much likelier (natural logarithm) the shapes may make a line with their own words than with
# Tesseract's for Tesseract's to be followed: so much for each point of its confidence in them
# above the second number. Both were set by `training/choice.py` on development pages in faces of
# type that nothing had learnt from. The reader of shapes learnt little Latin, so that there
# Tesseract's may be less likely by so much more.
_LIKELIER, _FROM = 0.1, 55.0
_LATIN = 15.0
_DIFFER = 0.6  # of the follower's sureness, where the readers differ


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words that are followed, in reading order, and what both readers made of the place.

    `shapes` and `tesseract` are their texts, "" where nothing was read; `share` (0 to 1) and
    `confidence` (0 to 100) how sure each is of its own. `by_shapes` tells whose words they are, or
    at least most of them, and in whose picture they lie. `clear`, `pen` and `steps` are those of
    ShapeRead.
    """

    words: tuple[Piece, ...]
    by_shapes: bool
    shapes: str
    share: float
    tesseract: str
    confidence: float
    clear: float = 0.0
    pen: float = 0.0
    steps: int = 0

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def agreed(self) -> bool:
        """Return whether both readers read the same."""
        return bool(self.shapes) and self.shapes == self.tesseract

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Return who read something else, and what."""
        readers = (("Tesseract", self.tesseract), ("The reader of letters' shapes", self.shapes))
        return tuple((who, read) for who, read in readers if read not in ("", self.text))

    @property
    def alike(self) -> float:
        """Return how far both readers read the same, 0 to 1 (0 where one read nothing)."""
        if not self.shapes or not self.tesseract:
            return 0.0
        return SequenceMatcher(None, self.shapes, self.tesseract, autojunk=False).ratio()

    @property
    def sureness(self) -> float:
        """Return how sure the readers are, 0 to 1: the mean of both where they agree.

        Else that of the one that is followed, less where the other read something else.
        """
        if self.agreed:
            return (self.share + self.confidence / 100) / 2
        own = self.share if self.by_shapes else self.confidence / 100
        return own * (_DIFFER if self.others else 1.0)

    @property
    def script(self) -> str:
        """Return the script of most of its letters (ISO 15924), "" where it has none."""
        return script_of(self.text)


def choose(shapes: ShapeRead, tesseract: Read) -> Chosen:
    """Return what is followed of two readings of one picture, and both."""
    words, by_shapes = _followed(shapes, tesseract)
    texts = shapes.text, tesseract.text
    sure = shapes.share, texts[1], tesseract.confidence
    return Chosen(words, by_shapes, texts[0], *sure, shapes.clear, shapes.pen, shapes.steps)


def _followed(shapes: ShapeRead, tesseract: Read) -> tuple[tuple[Piece, ...], bool]:
    if not shapes.words or shapes.text == tesseract.text:  # Tesseract's boxes lie closer
        return tesseract.words, False
    own, other = _lines(shapes.words), _lines(tesseract.words)
    if len(own) != len(other) or len(own) != len(shapes.lines):
        return shapes.words, True
    found = [_merged(*line) for line in zip(shapes.lines, own, other, strict=True)]
    words = tuple(word for line in found for word in line)
    if " ".join(word.text for word in words) == tesseract.text:
        return tesseract.words, False
    return words, True


def _lines(words: Sequence[Piece]) -> list[list[Piece]]:
    return [list(line) for _, line in groupby(words, key=lambda word: word.line)]


def _merged(given: Floats, own: list[Piece], other: list[Piece]) -> list[Piece]:
    """Return the words of a line; `given` are its shares, the others what either reader read."""
    parts = SequenceMatcher(None, _texts(own), _texts(other), autojunk=False).get_opcodes()
    kept = [own[start:end] for _, start, end, _, _ in parts]
    likely = _likely(given, kept)
    for place, (way, _, _, start, end) in enumerate(parts):
        if way not in ("replace", "insert"):
            continue
        theirs = other[start:end]
        tried = [*kept[:place], _laid(theirs, kept, place), *kept[place + 1 :]]
        likely_so = _likely(given, tried)
        if likely - likely_so < _allowed(kept[place], theirs):
            kept, likely = tried, likely_so
    return [word for part in kept for word in part]


def _texts(words: Sequence[Piece]) -> list[str]:
    return [word.text for word in words]


def _likely(given: Floats, parts: list[list[Piece]]) -> float:
    return likelihood(given, " ".join(word.text for part in parts for word in part))


def _allowed(own: Sequence[Piece], theirs: Sequence[Piece]) -> float:
    """Return by how much likelier the shapes' own words may be than Tesseract's."""
    allowed = _LIKELIER * (mean_confidence(theirs) - _FROM)
    scripts = {script_of("".join(_texts(words))) for words in (own, theirs)}
    return allowed + _LATIN if allowed > 0 and scripts == {"Latn"} else allowed


def _laid(theirs: list[Piece], kept: list[list[Piece]], place: int) -> list[Piece]:
    """Return words with boxes where the words that they stand for lie, as long as they are."""
    instead = kept[place]
    before = [word for part in kept[:place] for word in part][-1:]
    after = [word for part in kept[place + 1 :] for word in part][:1]
    around = instead or before + after
    left = instead[0].box[0] if instead else before[0].box[2] if before else around[0].box[0]
    right = instead[-1].box[2] if instead else after[0].box[0] if after else around[-1].box[2]
    top, bottom = min(word.box[1] for word in around), max(word.box[3] for word in around)
    wide, long = max(1, right - left), sum(len(word.text) + 1 for word in theirs) - 1
    laid, start = [], 0
    for word in theirs:
        end = start + len(word.text)
        box = (left + wide * start // long, top, left + wide * end // long, bottom)
        laid.append(Piece(word.text, word.confidence, box, around[0].line))
        start = end + 1
    return laid


def script_of(text: str) -> str:
    """Return the script of most of a text's letters (ISO 15924), "" where it has none."""
    own, other = sum(map(is_cyrillic, text)), sum(map(is_latin, text))
    return "" if not own + other else "Cyrl" if own >= other else "Latn"
