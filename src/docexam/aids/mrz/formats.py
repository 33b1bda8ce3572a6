"""The layouts of machine-readable zones: where each field lies and what each check covers.

TD1, TD2, TD3, MRV-A and MRV-B by ICAO Doc 9303, parts 4 to 7. The Russian internal passport by
secondary sources: its check digits follow TD3, with series digit 4, the date of issue and the
code of the office in the optional field. Positions count from 1, as in the documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Part = tuple[int, int, int]  # line (from 1), first and last position


@dataclass(frozen=True, slots=True)
class Check:
    """A check digit: its name, where it stands (line, position), and the parts it covers.

    `may_be_filler`: an empty field may carry `<` for its digit.
    """

    name: str
    at: tuple[int, int]
    covers: tuple[Part, ...]
    may_be_filler: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A layout: `lines` lines of `length` characters, its fields by name, its checks.

    `numeric` are the fields that hold digits (or fillers) only, `alphabetic` those with letters
    (or fillers) only.
    """

    id: str
    title: str
    lines: int
    length: int
    fields: dict[str, Part]
    checks: tuple[Check, ...]
    numeric: frozenset[str] = frozenset({"birth", "expiry"})
    alphabetic: frozenset[str] = frozenset({"type", "issuer", "nationality", "names", "sex"})


def _passport_like(optional_end: int) -> dict[str, Part]:
    """Return the second line that TD2, TD3 and the visas share, and their names line."""
    return {
        "type": (1, 1, 2),
        "issuer": (1, 3, 5),
        "number": (2, 1, 9),
        "nationality": (2, 11, 13),
        "birth": (2, 14, 19),
        "sex": (2, 21, 21),
        "expiry": (2, 22, 27),
        "optional": (2, 29, optional_end),
    }


_NUMBER = Check("number", (2, 10), ((2, 1, 9),))
_BIRTH = Check("birth", (2, 20), ((2, 14, 19),))
_EXPIRY = Check("expiry", (2, 28), ((2, 22, 27),))
_LINE_2 = ((2, 1, 10), (2, 14, 20))

TD3 = Format(
    "TD3",
    "passport, 2 × 44",
    2,
    44,
    _passport_like(42) | {"names": (1, 6, 44)},
    (
        _NUMBER,
        _BIRTH,
        _EXPIRY,
        Check("optional", (2, 43), ((2, 29, 42),), may_be_filler=True),
        Check("composite", (2, 44), (*_LINE_2, (2, 22, 43))),
    ),
)
TD2 = Format(
    "TD2",
    "card, 2 × 36",
    2,
    36,
    _passport_like(35) | {"names": (1, 6, 36)},
    (_NUMBER, _BIRTH, _EXPIRY, Check("composite", (2, 36), (*_LINE_2, (2, 22, 35)))),
)
TD1 = Format(
    "TD1",
    "card, 3 × 30",
    3,
    30,
    {
        "type": (1, 1, 2),
        "issuer": (1, 3, 5),
        "number": (1, 6, 14),
        "optional": (1, 16, 30),
        "birth": (2, 1, 6),
        "sex": (2, 8, 8),
        "expiry": (2, 9, 14),
        "nationality": (2, 16, 18),
        "optional-2": (2, 19, 29),
        "names": (3, 1, 30),
    },
    (
        Check("number", (1, 15), ((1, 6, 14),)),
        Check("birth", (2, 7), ((2, 1, 6),)),
        Check("expiry", (2, 15), ((2, 9, 14),)),
        Check("composite", (2, 30), ((1, 6, 30), (2, 1, 7), (2, 9, 15), (2, 19, 29))),
    ),
)
MRV_A = Format(
    "MRV-A",
    "visa, 2 × 44",
    2,
    44,
    _passport_like(44) | {"names": (1, 6, 44)},
    (_NUMBER, _BIRTH, _EXPIRY),
)
MRV_B = Format(
    "MRV-B",
    "visa, 2 × 36",
    2,
    36,
    _passport_like(36) | {"names": (1, 6, 36)},
    (_NUMBER, _BIRTH, _EXPIRY),
)
RU_INTERNAL = Format(
    "RU-internal",
    "Russian internal passport, 2 × 44",
    2,
    44,
    {
        "type": (1, 1, 2),
        "issuer": (1, 3, 5),
        "names": (1, 6, 44),
        "number": (2, 1, 9),
        "nationality": (2, 11, 13),
        "birth": (2, 14, 19),
        "sex": (2, 21, 21),
        "expiry": (2, 22, 27),
        "series-digit-4": (2, 29, 29),
        "issued": (2, 30, 35),
        "office": (2, 36, 41),
    },
    (
        _NUMBER,
        _BIRTH,
        Check("expiry", (2, 28), ((2, 22, 27),), may_be_filler=True),
        Check("optional", (2, 43), ((2, 29, 42),), may_be_filler=True),
        Check("composite", (2, 44), (*_LINE_2, (2, 22, 43))),
    ),
    frozenset({"number", "birth", "expiry", "series-digit-4", "issued", "office"}),
    frozenset({"type", "issuer", "nationality", "sex"}),
)
FORMATS = (TD3, TD2, TD1, MRV_A, MRV_B, RU_INTERNAL)


def format_of(lines: Sequence[str]) -> Format | None:
    """Return the layout of lines as they were read, one or two characters off allowed."""
    lengths = [len(line) for line in lines]
    if len(lines) == 3 and all(_about(n, 30) for n in lengths):
        return TD1
    if len(lines) != 2:
        return None
    visa = lines[0].startswith("V")
    if all(_about(n, 44) for n in lengths):
        if lines[0].startswith("PN") and lines[0][2:5] == "RUS" and lines[1][21:27] == "<<<<<<":
            return RU_INTERNAL
        return MRV_A if visa else TD3
    if all(_about(n, 36) for n in lengths):
        return MRV_B if visa else TD2
    return None


def _about(length: int, nominal: int) -> bool:
    return abs(length - nominal) <= 2


def text_of(lines: Sequence[str], part: Part) -> str:
    """Return what stands in a part of the zone; shorter where its line is."""
    line, first, last = part
    return lines[line - 1][first - 1 : last] if line <= len(lines) else ""
