"""A zone read whole: its layout, fields, checks, what would repair them, and remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from docexam.aids.mrz.alphabet import DIGITS, FILLER
from docexam.aids.mrz.checks import CheckResult, Repair, checks_of, repairs_of
from docexam.aids.mrz.formats import RU_INTERNAL, TD1, TD2, Format, text_of
from docexam.aids.mrz.lines import Lines, lines_in
from docexam.aids.mrz.states import CODES, FORMER, SPECIMEN
from docexam.aids.transliteration import read_internal
from docexam.domain.text import visible

_DATES = ("birth", "expiry", "issued")
_TD2_FRENCH = "IDFRA"


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: layout, lines, fields without fillers, check results, repairs, remarks."""

    format: Format
    lines: tuple[str, ...]
    fields: dict[str, str]
    checks: tuple[CheckResult, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[str, ...]
    only_second: bool

    @property
    def ok(self) -> bool | None:
        """Return whether every check passes; None where one cannot be computed."""
        if any(check.ok is False for check in self.checks):
            return False
        return None if any(check.ok is None for check in self.checks) else True

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form: format, lines, checks, ok, fields, repairs, notes."""
        return {
            "format": self.format.id,
            "title": self.format.title,
            "lines": [line for line in self.lines if line],
            "checks": [check.as_json() for check in self.checks],
            "ok": self.ok,
            "fields": dict(self.fields),
            "repairs": [repair.as_json() for repair in self.repairs],
            "notes": list(self.notes),
        }


@lru_cache(maxsize=256)
def read_zone(text: str) -> Zone | None:
    """Return the zone in `text`, or None; see `lines_in` for what the text may look like."""
    found = lines_in(text)
    if found is None:
        return None
    fields = _fields(found.format, found.lines)
    checks = checks_of(found.format, found.lines)
    return Zone(
        found.format,
        found.lines,
        fields,
        checks,
        repairs_of(found.format, found.lines),
        (*found.notes, *_notes(found, fields, checks)),
        found.only_second,
    )


def _fields(format_: Format, lines: Sequence[str]) -> dict[str, str]:
    out = {
        name: text_of(lines, part).rstrip(FILLER).replace(FILLER, " ").strip()
        for name, part in format_.fields.items()
        if name != "names"
    }
    if format_.id in (TD1.id, TD2.id):
        out |= _whole_number(format_, lines)
    names = text_of(lines, format_.fields["names"])
    surname, _, given = names.partition("<<")
    words = given.strip(FILLER).split(FILLER)
    out["surname"] = surname.strip(FILLER).replace(FILLER, " ")
    if format_ is not RU_INTERNAL:
        return out | {"given": " ".join(word for word in words if word)}
    number = out["number"]
    out |= {
        "given": words[0],
        "patronymic": " ".join(words[1:]),
        "series": number[:3] + out["series-digit-4"],
        "number": number[3:],
    }
    return out | {
        f"{name}-cyrillic": read_internal(out[name]) for name in ("surname", "given", "patronymic")
    }


def _whole_number(format_: Format, lines: Sequence[str]) -> dict[str, str]:
    """Return number and optional field where the number runs on into the optional field."""
    check = next(c for c in checks_of(format_, lines) if c.name == "number")
    part, optional = format_.fields["number"], format_.fields["optional"]
    if len(check.covers) <= part[2] - part[1] + 1:
        return {}
    left = text_of(lines, (optional[0], check.position + 1, optional[2]))
    return {"number": check.covers, "optional": left.strip(FILLER).replace(FILLER, " ")}


def _notes(found: Lines, fields: dict[str, str], checks: Sequence[CheckResult]) -> list[str]:
    notes = []
    if found.only_second:
        notes.append("Only the second line was given: the names and the issuer are not known.")
    for name in ("issuer", "nationality"):
        notes += _state_note(name, fields.get(name, ""))
    for name in _DATES:
        notes += _date_note(name, fields.get(name, ""))
    notes += _names_notes(found)
    if fields.get("sex", "") not in ("M", "F", "X", ""):
        notes.append(f"“{visible(fields['sex'])}” stands where M, F or a filler belongs.")
    if found.format is TD2 and found.lines[0].startswith(_TD2_FRENCH):
        notes.append("The old French identity card has a layout of its own, not checked here.")
    if checks and all(check.ok for check in checks):
        notes.append("The digits agree with each other. That is consistency, not authenticity.")
    return notes


def _names_notes(found: Lines) -> list[str]:
    if found.only_second:
        return []
    line, first, _ = found.format.fields["names"]
    names = text_of(found.lines, found.format.fields["names"])
    notes = []
    digits = [] if found.format is RU_INTERNAL else [i for i, c in enumerate(names) if c in DIGITS]
    if digits:
        where = ", ".join(str(first + i) for i in digits[:6])
        notes.append(
            f"Line {line} has a digit among the names (position {where}); the names line has no "
            "check digit, so look again."
        )
    stray = [m.start() for m in re.finditer(r"(?<=<<)[KCESLX]{1,2}(?=<|$)", names)]
    if stray and stray[-1] > len(names.rstrip(FILLER)) - 3:
        notes.append(
            f"The last name on line {line} (position {first + stray[-1]}) may be a misread filler."
        )
    return notes


def _state_note(name: str, code: str) -> list[str]:
    if not code or code in CODES - FORMER - {SPECIMEN}:
        return []
    if code == SPECIMEN:
        return [f"The {name} is UTO, the code of specimens."]
    if code in FORMER:
        return [f"The {name} code {code} is of a state that no longer is."]
    return [f"The {name} code “{visible(code)}” is in no list of this aid."]


def _date_note(name: str, digits: str) -> list[str]:
    if not digits or digits.replace(" ", "") == "":
        return []
    if len(digits) == 6 and digits.isascii() and digits.isdigit():
        year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        # A date of birth may have an unknown month or day (00 is not allowed, `<` is).
        if _exists(1900 + year, month, day) or _exists(2000 + year, month, day):
            return []
    if name == "birth" and FILLER in digits:
        return []
    return [f"The {name} date {visible(digits)} is no day of the calendar (YYMMDD)."]


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
