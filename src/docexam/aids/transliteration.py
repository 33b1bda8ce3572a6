"""Tables by which Russian names were written in Latin letters, and when each was in use.

The ICAO table is the domain's; the others are here because only the aids compare by them. The
table of the internal passport's zone is its own and can be read back letter by letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docexam.domain.dates import parse_date
from docexam.domain.transliteration import TS_IN_2010, transliterate

_1997: Mapping[str, str] = {"Й": "Y", "Ю": "YU", "Я": "YA", "Ъ": "", "Ё": "E", "Э": "E"}
_FRENCH: Mapping[str, str] = {
    "Ж": "J", "У": "OU", "Ц": "TS", "Ч": "TCH", "Ш": "CH", "Щ": "CHTCH", "Ъ": "", "Ю": "IOU",
    "Я": "IA", "Й": "I", "Ё": "E", "Э": "E",
}  # fmt: skip
# The letters of the internal passport's zone ("modernised Clair"); Й and Ь read in a secondary
# source, the other special ones common knowledge.
INTERNAL: Mapping[str, str] = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
        "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678",
        strict=True,
    )
)
_INTERNAL_BACK = {latin: cyrillic for cyrillic, latin in INTERNAL.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its id, what people call it, how sure we are, and the years it was in use.

    `since` and `until` are ISO dates (until is the first day no longer), empty for open.
    """

    id: str
    title: str
    write: Callable[[str], str]
    status: str
    since: str = ""
    until: str = ""

    def in_use(self, issued: str) -> bool | None:
        """Return whether the table was in use on a date as read; None where that is open."""
        span = parse_date(issued) if issued else None
        if span is None:
            return None
        after = not self.since or span.last.isoformat() >= self.since
        before = not self.until or span.first.isoformat() < self.until
        if not (after and before):
            return False
        certain_after = not self.since or span.first.isoformat() >= self.since
        certain_before = not self.until or span.last.isoformat() < self.until
        return True if certain_after and certain_before else None


def _through(letters: Mapping[str, str]) -> Callable[[str], str]:
    def write(text: str) -> str:
        upper = unicodedata.normalize("NFC", text).upper()
        return "".join(_letter(letters, char) for char in upper)

    return write


def _letter(letters: Mapping[str, str], char: str) -> str:
    if char in letters:
        return letters[char]
    return "" if char == "Ь" else transliterate(char, "") or char


def _through_internal(text: str) -> str:
    upper = unicodedata.normalize("NFC", text).upper()
    return "".join(INTERNAL.get(char, char) for char in upper)


TABLES: tuple[Table, ...] = (
    Table(
        "icao", "ICAO Doc 9303", lambda t: transliterate(t, "").upper(), "verified", "2013-08-01"
    ),
    Table(
        "icao-2010",
        "the table of 2010, with TC for Ц",
        lambda t: transliterate(t, "", ts=TS_IN_2010).upper(),
        "secondary",
        "2010-03-01",
        "2014-09-01",
    ),
    Table(
        "1997",
        "the table of 1997, with YU and YA",
        _through(_1997),
        "unverified",
        "1997-05-01",
        "2010-06-01",
    ),
    Table(
        "french",
        "the French-like table before 1997",
        _through(_FRENCH),
        "unverified",
        "",
        "2000-01-01",
    ),
    Table(
        "internal",
        "the internal passport's own table",
        _through_internal,
        "secondary",
        "2011-07-01",
    ),
)
INTERNATIONAL = tuple(table for table in TABLES if table.id != "internal")


def read_internal(text: str) -> str:
    """Return letters of an internal passport's zone back in Cyrillic; others stay."""
    return "".join(_INTERNAL_BACK.get(char, char) for char in text)


def letters_only(text: str) -> str:
    """Return the Latin letters and digits of `text` as capitals, marks and the rest dropped."""
    plain = unicodedata.normalize("NFKD", text.upper())
    return "".join(c for c in plain if c.isascii() and c.isalnum())
