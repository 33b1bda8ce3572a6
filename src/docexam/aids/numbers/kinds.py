"""Number formats by kind of document.

Each says how sure it is: `verified` (read in a source), `secondary`, `unverified` (common
knowledge of the field: compare with a reference specimen). A number that does not fit is a remark:
a slip in transcribing gives the same departure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from re import Pattern


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: its pattern over tidied capitals, and what the pattern rests on.

    `cyrillic` kinds have Cyrillic letters, so that Latin look-alikes are exchanged before the
    pattern is tried. The pattern's named groups are the parts.
    """

    id: str
    title: str
    pattern: Pattern[str]
    shape: str
    status: str
    source: str
    cyrillic: bool = False


_TAX = "tax authority's document-code table"
KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "military-booklet",
            "military booklet",
            re.compile(r"(?P<series>[А-ЯЁ]{2}) ?(?P<number>\d{6,7})"),
            "two Cyrillic capitals and six digits, a seventh optional",
            "verified",
            f"{_TAX}, code 07",
            cyrillic=True,
        ),
        Kind(
            "officer-card",
            "officer's identity card",
            re.compile(r"(?:(?P<series>[А-ЯЁ]{2}) ?)?(?P<number>\d{6,7})"),
            "six or seven digits, after a series of two Cyrillic capitals where one is given",
            "verified",
            f"{_TAX}, code 04",
            cyrillic=True,
        ),
        Kind(
            "personal-number",
            "personal number (tag)",
            re.compile(r"(?P<series>[А-ЯЁ]{1,2})-(?P<number>\d{6})"),
            "one or two Cyrillic capitals, a hyphen, six digits",
            "verified",
            "published description of the tag",
            cyrillic=True,
        ),
        Kind(
            "internal-passport",
            "internal passport",
            re.compile(r"(?P<region>\d{2}) ?(?P<year>\d{2}) ?(?P<number>\d{6})"),
            "99 99 999999: region, year of the blank, number",
            "verified",
            "published format",
        ),
        Kind(
            "foreign-passport",
            "Russian passport for travel abroad",
            re.compile(r"(?P<series>\d{2}) ?(?P<number>\d{7})"),
            "two digits of series and seven of number",
            "unverified",
            "common knowledge of the field",
        ),
        Kind(
            "issuer-code",
            "code of the issuing office",
            re.compile(r"(?P<subject>\d{2})(?P<level>\d)-(?P<office>\d{3})"),
            "999-999, the first two digits the region",
            "unverified",
            "common knowledge of the field",
        ),
    )
}


def kinds_that_fit(text: str) -> tuple[str, ...]:
    """Return the ids of the kinds whose pattern takes `text` whole."""
    return tuple(kind.id for kind in KINDS.values() if kind.pattern.fullmatch(text))
