"""A name's words: tidied, bounded, with the scripts they are in."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.aids.lookalikes import is_cyrillic, is_latin
from docexam.aids.names.hangul import is_hangul
from docexam.aids.reading import Tidied, tidy

LONGEST = 200
_MOST_WORDS = 8
_LONGEST_WORD = 40
_EDGES = ".,;:!?()[]{}«»\"“”„/\\|*'"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a name, and which scripts its letters are in."""

    text: str
    words: tuple[str, ...]
    cyrillic: bool
    latin: bool
    hangul: bool
    tidied: Tidied


def words_of(text: str) -> Words:
    """Return the words of `text`; words longer than any name's are left out."""
    tidied = tidy(text, LONGEST)
    parts = [part.strip(_EDGES) for part in tidied.text.replace(",", " ").split()]
    words = tuple(part for part in parts if part and len(part) <= _LONGEST_WORD)[:_MOST_WORDS]
    joined = " ".join(words)
    return Words(
        joined,
        words,
        any(is_cyrillic(char) for char in joined),
        any(is_latin(char) for char in joined),
        any(is_hangul(char) for char in joined),
        tidied,
    )
