"""One number against its kind: format, look-alikes, region, year of the blank against the issue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docexam.aids.lookalikes import TO_CYRILLIC, Lookalike, replaced
from docexam.aids.numbers.days import DIGITS_FOR
from docexam.aids.numbers.kinds import KINDS, Kind, kinds_that_fit
from docexam.aids.numbers.regions import OKATO, SUBJECTS, SURE
from docexam.aids.reading import tidy
from docexam.domain.dates import parse_date
from docexam.domain.text import visible
from docexam.errors import InputError

LONGEST = 60
FITS, DEPARTS, UNKNOWN = "fits", "departs", "unknown"
_WORDS = re.compile(r"\b(СЕРИЯ|НОМЕР|СЕР|НОМ|SERIES|NUMBER|NO)\b\.?|№")
_FIRST_SERIES = 1997
_OLD_BLANK = 4


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing seen in a number: a stable code, and a sentence."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number read as one kind.

    `verdict` is `fits`, `departs` or `unknown` (no kind was named and none fits). `plain` is the
    number with look-alikes exchanged; `kinds` are all kinds whose format it has; `parts` its parts.
    """

    text: str
    plain: str
    kind: str
    verdict: str
    kinds: tuple[str, ...]
    parts: dict[str, str]
    lookalikes: tuple[Lookalike, ...]
    remarks: tuple[Remark, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "text": self.text,
            "plain": self.plain,
            "kind": self.kind or None,
            "verdict": self.verdict,
            "kinds": list(self.kinds),
            "parts": dict(self.parts),
            "lookalikes": [
                {"at": one.at, "found": one.found, "looks_like": one.looks_like}
                for one in self.lookalikes
            ],
            "remarks": [{"code": one.code, "says": one.says} for one in self.remarks],
        }


def read_number(text: str, kind: str = "", issued: str = "") -> NumberReading:
    """Read a number; `kind` is an id of KINDS or empty, `issued` the date of issue as read.

    Raises InputError (DX-NUMBER-KIND) for a kind nobody knows.
    """
    if kind and kind not in KINDS:
        raise InputError(
            "DX-NUMBER-KIND",
            f"“{visible(kind[:60])}” is no kind of number.",
            todo=f"Known kinds: {', '.join(KINDS)}.",
        )
    tidied = tidy(text, LONGEST)
    spaced = " ".join(_WORDS.sub(" ", tidied.text.upper()).split())
    found = _lookalikes(spaced, kind)
    plain = replaced(spaced, found)
    fitting = kinds_that_fit(plain)
    chosen = kind or (fitting[0] if fitting else "")
    match = KINDS[chosen].pattern.fullmatch(plain) if chosen else None
    parts = {name: part for name, part in (match.groupdict() if match else {}).items() if part}
    verdict = FITS if match else DEPARTS if chosen else UNKNOWN
    remarks = [Remark("tidied", note) for note in tidied.notes()]
    remarks += _format_remarks(plain, kind, verdict)
    remarks += _lookalike_remarks(found)
    if chosen == "internal-passport" and match:
        remarks += passport_remarks(parts["region"], parts["year"], issued)
    if chosen == "issuer-code" and match:
        remarks += _office_remarks(parts["subject"])
    return NumberReading(
        tidied.given, plain, chosen, verdict, fitting, parts, found, tuple(remarks)
    )


def _lookalikes(text: str, kind: str) -> tuple[Lookalike, ...]:
    if kind and not KINDS[kind].cyrillic:
        return ()
    letters = [char for char in text if char.isalpha()]
    if not letters or not all("А" <= c <= "Я" or c == "Ё" or c in TO_CYRILLIC for c in letters):
        return ()
    return tuple(
        Lookalike(i, char, TO_CYRILLIC[char], "Latn")
        for i, char in enumerate(text)
        if char in TO_CYRILLIC
    )


def _lookalike_remarks(found: Iterable[Lookalike]) -> list[Remark]:
    letters = " ".join(dict.fromkeys(one.found for one in found))
    if not letters:
        return []
    says = f"Latin letters that look Cyrillic: {letters}. Transcribing causes them too."
    return [Remark("latin-lookalikes", says)]


def _format_remarks(plain: str, kind: str, verdict: str) -> list[Remark]:
    if verdict != DEPARTS:
        return []
    known: Kind = KINDS[kind]
    says = (
        f"“{visible(plain)}” does not have the format of a {known.title}: {known.shape} "
        f"({known.status}; {known.source})."
    )
    return [Remark("format", says), *_digit_remarks(plain, known)]


def _digit_remarks(plain: str, kind: Kind) -> list[Remark]:
    """A letter read where a digit belongs (О for 0, З for 3) may be all that is wrong."""
    for start in range(3):
        tail = plain[start:]
        if any(char in DIGITS_FOR for char in tail):
            mended = plain[:start] + "".join(DIGITS_FOR.get(char, char) for char in tail)
            if kind.pattern.fullmatch(mended):
                letters = " ".join(dict.fromkeys(char for char in tail if char in DIGITS_FOR))
                says = f"Letters stand where digits belong: {letters}. Read so it is {mended}."
                return [Remark("digit-lookalikes", says)]
    return []


def passport_remarks(region: str, year: str, issued: str = "") -> list[Remark]:
    """Return remarks on the series of an internal passport: region code, year of the blank.

    The blank's year equals or slightly precedes the year of issue; a later one is an anomaly
    (common knowledge of the field). Series begin with 1997.
    """
    remarks = [_region_remark(region)]
    made = 1900 + int(year) if int(year) >= _FIRST_SERIES % 100 else 2000 + int(year)
    span = parse_date(issued) if issued else None
    if span is None:
        return [*remarks, Remark("blank-year", f"The series says the blank was made in {made}.")]
    if made > span.last.year:
        says = f"The blank's year {made} is later than the year of issue: an anomaly (unverified)."
        return [*remarks, Remark("blank-after-issue", says)]
    if made < span.first.year - _OLD_BLANK:
        gap = span.first.year - made
        says = f"The blank's year {made} is {gap} years before the issue: unusual (unverified)."
        return [*remarks, Remark("blank-old", says)]
    says = f"The blank's year {made} goes with the date of issue."
    return [*remarks, Remark("blank-year", says)]


def _region_remark(region: str) -> Remark:
    name = OKATO.get(region)
    if name is None:
        says = f"No subject is known here with the OKATO code {region} (table unverified)."
        return Remark("region-unknown", says)
    status = "secondary" if name in SURE else "unverified"
    return Remark("region", f"OKATO code {region}: {name} ({status}).")


def _office_remarks(subject: str) -> list[Remark]:
    name = SUBJECTS.get(subject)
    if name is None:
        says = f"No subject is known here with the code {subject} (table unverified)."
        return [Remark("subject-unknown", says)]
    return [Remark("subject", f"Subject code {subject}: {name} (unverified).")]
