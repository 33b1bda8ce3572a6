"""The characters of a machine-readable zone, their values, and which are misread for which.

Source: ICAO Doc 9303, part 3: weights 7-3-1 repeating, modulo 10; `<` is 0, digits are
themselves, A to Z are 10 to 35.
"""

from __future__ import annotations

FILLER = "<"
DIGITS = frozenset("0123456789")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
CHARACTERS = DIGITS | LETTERS | {FILLER}
_WEIGHTS = (7, 3, 1)
_VALUES = {FILLER: 0} | {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}

# Pairs that people and machines take for one another in OCR-B and in photographs, likelier first.
_PAIRS = (
    "O0 I1 B8 S5 Z2 G6 Q0 D0 L1 A4 T7 U0 C0 E3 "
    "17 38 68 08 56 35 49 06 89 OQ OD CG UV VY MN HN EF PR KX IL IJ IT "
    "<K <C <E <S <L <X <("
)
_CONFUSED: dict[str, list[str]] = {}
for _pair in _PAIRS.split():
    if set(_pair) <= CHARACTERS:
        _CONFUSED.setdefault(_pair[0], []).append(_pair[1])
        _CONFUSED.setdefault(_pair[1], []).append(_pair[0])


def value(char: str) -> int:
    """Return the value of a character; raises KeyError for one that no zone has."""
    return _VALUES[char]


def check_digit(text: str) -> int:
    """Return the check digit over `text`, 0 to 9; raises KeyError for a foreign character."""
    return sum(_VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text)) % 10


def misread_for(char: str) -> tuple[str, ...]:
    """Return the characters that `char` may be a misreading of, likelier first."""
    return tuple(_CONFUSED.get(char, ()))


def invisible_pairs() -> tuple[str, ...]:
    """Return the confusable pairs that no check digit can tell apart (same value modulo 10)."""
    found = []
    for char, others in sorted(_CONFUSED.items()):
        found += [char + o for o in others if char < o and (_VALUES[char] - _VALUES[o]) % 10 == 0]
    return tuple(found)
