"""Whose quantisation tables these are, as far as that can be said, and what quality they mean.

The example tables are those of ITU-T T.81, annex K, scaled as the Independent JPEG Group's
library does; the second family is the default of mozjpeg (after N. Robidoux). Cameras, phones
and Adobe's programs have tables of their own, for which only the nearest quality is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_LUMINANCE = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMINANCE = (
    *(17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99),
    *(24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99),
    *([99] * 32),
)
_ROBIDOUX = (
    *(16, 16, 16, 18, 25, 37, 56, 85, 16, 17, 20, 27, 34, 40, 53, 75),
    *(16, 20, 24, 31, 43, 62, 91, 135, 18, 27, 31, 40, 53, 74, 106, 156),
    *(25, 34, 43, 53, 69, 94, 131, 189, 37, 40, 62, 74, 94, 124, 169, 238),
    *(56, 53, 91, 106, 131, 169, 226, 311, 85, 75, 135, 156, 189, 238, 311, 418),
)
_BASES = {
    "standard luminance": _LUMINANCE,
    "standard chrominance": _CHROMINANCE,
    "mozjpeg": _ROBIDOUX,
}


@dataclass(frozen=True, slots=True)
class TableFacts:
    """`family`: whose table it is, empty for a table of its own. `quality`: 1 to 100, the exact
    one for a known family, else the nearest on the standard scale.
    """

    family: str
    quality: int


@cache
def scaled(base: str, quality: int) -> tuple[int, ...]:
    """Return a family's table at a quality of 1..100, row by row, 8 bits a value."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return tuple(min(max((v * scale + 50) // 100, 1), 255) for v in _BASES[base])


def recognise(values: Sequence[int], chroma: bool = False) -> TableFacts:
    """Return the family and quality of a table; `chroma` says which standard one it is near."""
    wanted = tuple(values)
    for base in _BASES:
        for quality in range(1, 101):
            if scaled(base, quality) == wanted:
                return TableFacts(base, quality)
    base = "standard chrominance" if chroma else "standard luminance"
    return TableFacts("", nearest(wanted, base))


def nearest(values: Sequence[int], base: str) -> int:
    """Return the quality at which a family's table differs least (in any order of values)."""
    wanted = sorted(values)

    def distance(quality: int) -> tuple[int, int]:
        table = sorted(scaled(base, quality))
        return sum(abs(a - b) for a, b in zip(wanted, table, strict=True)), quality

    return min(range(1, 101), key=distance)
