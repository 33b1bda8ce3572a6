"""Letters of one script that look like letters of another."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Latin letter and digit forms that print like a Cyrillic letter. Lower-case ones only where the
# printed shapes agree (no k, m, t, h: their small Cyrillic forms look otherwise).
_LATIN = "ABEKMHOPCTXYaeopcxyëË"
_CYRILLIC = "АВЕКМНОРСТХУаеорсхуёЁ"
TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
TO_LATIN = {c: latin for latin, c in TO_CYRILLIC.items()}


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A letter of the wrong script: where it stands, what it is and what it looks like."""

    at: int
    found: str
    looks_like: str
    script: str


def is_latin(char: str) -> bool:
    """Return whether `char` is a Latin letter."""
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN")


def is_cyrillic(char: str) -> bool:
    """Return whether `char` is a Cyrillic letter."""
    return char.isalpha() and unicodedata.name(char, "").startswith("CYRILLIC")


def latin_among_cyrillic(text: str) -> tuple[Lookalike, ...]:
    """Return the Latin letters that look Cyrillic, in words that hold Cyrillic letters too.

    A word wholly in Latin letters is no mixture and is left alone, unless the text's other words
    are Cyrillic and every letter of it has a Cyrillic look-alike.
    """
    some = any(is_cyrillic(char) for char in text)
    found: list[Lookalike] = []
    for start, word in _words(text):
        mixed = any(is_cyrillic(char) for char in word)
        letters = [char for char in word if char.isalpha()]
        disguised = some and bool(letters) and all(char in TO_CYRILLIC for char in letters)
        if mixed or disguised:
            found += [
                Lookalike(start + i, char, TO_CYRILLIC[char], "Latn")
                for i, char in enumerate(word)
                if char in TO_CYRILLIC
            ]
    return tuple(found)


def cyrillic_among_latin(text: str) -> tuple[Lookalike, ...]:
    """Return the Cyrillic letters that look Latin, anywhere in the text."""
    return tuple(
        Lookalike(i, char, TO_LATIN[char], "Cyrl")
        for i, char in enumerate(text)
        if char in TO_LATIN
    )


def replaced(text: str, found: tuple[Lookalike, ...]) -> str:
    """Return `text` with each found letter as what it looks like."""
    chars = list(text)
    for one in found:
        chars[one.at] = one.looks_like
    return "".join(chars)


def _words(text: str) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    start = -1
    for i, char in enumerate(text + " "):
        if char.isspace() or char == ",":
            if start >= 0:
                out.append((start, text[start:i]))
            start = -1
        elif start < 0:
            start = i
    return out
