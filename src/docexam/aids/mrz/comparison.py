"""The zone against the transcribed fields, names through the transliteration table of the date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docexam.aids.lookalikes import is_cyrillic
from docexam.aids.mrz.formats import RU_INTERNAL, text_of
from docexam.aids.mrz.zone import Zone
from docexam.aids.transliteration import INTERNAL, INTERNATIONAL, letters_only
from docexam.domain.dates import parse_date
from docexam.domain.text import visible

SAME, DIFFERS, OPEN = "same", "differs", "open"
_MALE = ("m", "м", "муж", "male", "мужской", "ч", "чол")
_FEMALE = ("f", "ж", "жен", "female", "женский", "w")


@dataclass(frozen=True, slots=True)
class Match:
    """One field of the page against the zone.

    `verdict` is `same`, `differs` or `open` (nothing to compare, or it cannot be told); `says` is
    the reason, with the table that leads from the page's letters to the zone's.
    """

    field: str
    zone: str
    reading: str
    verdict: str
    says: str

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "field": self.field,
            "zone": self.zone,
            "reading": self.reading,
            "verdict": self.verdict,
            "says": self.says,
        }


def compare_fields(zone: Zone, fields: Mapping[str, str], issued: str = "") -> tuple[Match, ...]:
    """Compare the fields that both have: names, number, dates, sex, state.

    `fields` has ids as in the shipped checklists (`surname`, `given-name`, `birth-date`, …);
    `issued` is the date of issue as read, else the field `issue-date`.
    """
    when = issued or fields.get("issue-date", "")
    out = [_name_match(zone, key, names, fields, when) for key, names in _NAMES]
    out += [_date_match(zone, key, name, fields) for key, name in _DATES]
    out += [_number_match(zone, fields), _sex_match(zone, fields), _state_match(zone, fields)]
    if zone.format is RU_INTERNAL:
        out.append(_office_match(zone, fields))
    return tuple(match for match in out if match is not None)


_NAMES = (("surname", "surname"), ("given-name", "given"), ("patronymic", "patronymic"))
_DATES = (("birth-date", "birth"), ("expiry-date", "expiry"), ("issue-date", "issued"))


def _name_match(
    zone: Zone, key: str, name: str, fields: Mapping[str, str], issued: str
) -> Match | None:
    reading, written = fields.get(key, "")[:200], zone.fields.get(name, "")
    if not reading or not written:
        return None
    wanted = letters_only(written)
    cut = _cut_off(zone)
    if not any(is_cyrillic(char) for char in reading):
        same = _agrees(letters_only(reading), wanted, cut)
        return Match(key, written, reading, SAME if same else DIFFERS, _plain_reason(same))
    if zone.format is RU_INTERNAL:
        return _internal_match(key, written, reading, cut)
    return _through_tables(key, written, reading, wanted, cut, issued)


def _cut_off(zone: Zone) -> bool:
    """Return whether the names fill their field to its end, so that they may be cut short."""
    return not text_of(zone.lines, zone.format.fields["names"]).endswith("<")


def _agrees(one: str, wanted: str, cut: bool) -> bool:
    return one == wanted or (cut and bool(wanted) and one.startswith(wanted))


def _plain_reason(same: bool) -> str:
    return "The letters are the same." if same else "The letters differ."


def _internal_match(key: str, written: str, reading: str, cut: bool) -> Match:
    upper = reading.upper()
    one = letters_only("".join(INTERNAL.get(char, char) for char in upper))
    same = _agrees(one, letters_only(written), cut)
    table = "the internal passport's own table"
    says = (
        f"Written by {table} (secondary)."
        if same
        else (f"By {table} “{visible(reading)}” is {one}, the zone has {visible(written)}.")
    )
    return Match(key, written, reading, SAME if same else DIFFERS, says)


def _through_tables(
    key: str, written: str, reading: str, wanted: str, cut: bool, issued: str
) -> Match:
    fitting = [
        table for table in INTERNATIONAL if _agrees(letters_only(table.write(reading)), wanted, cut)
    ]
    if not fitting:
        tried = letters_only(INTERNATIONAL[0].write(reading))
        says = f"No table of this aid writes it so; by {INTERNATIONAL[0].title} it is {tried}."
        return Match(key, written, reading, DIFFERS, says)
    in_use = [table for table in fitting if table.in_use(issued)]
    possible = [table for table in fitting if table.in_use(issued) is not False]
    if in_use:
        says = f"Written by {in_use[0].title}, in use on that date ({in_use[0].status})."
    elif possible:
        says = f"Written by {possible[0].title} ({possible[0].status})."
    else:
        says = (
            f"Written by {fitting[0].title}, which was not in use on that date (dates unverified)."
        )
        return Match(key, written, reading, OPEN, says)
    return Match(key, written, reading, SAME, says)


def _date_match(zone: Zone, key: str, name: str, fields: Mapping[str, str]) -> Match | None:
    reading, digits = fields.get(key, "")[:100], zone.fields.get(name, "")
    if not reading or not digits:
        return None
    span = parse_date(reading)
    if span is None or not re.fullmatch(r"\d{6}", digits):
        return Match(key, digits, reading, OPEN, "One of the two cannot be read as a date.")
    written = parse_date(f"{digits[4:]}.{digits[2:4]}.{digits[:2]}")
    if written is None:
        return Match(key, digits, reading, DIFFERS, "The zone's date is no day of the calendar.")
    if not span.meets(written):
        return Match(key, digits, reading, DIFFERS, "The dates differ.")
    exact = span.exact
    says = "The dates agree; the zone has no century." if exact else "The dates can be the same."
    return Match(key, digits, reading, SAME if exact else OPEN, says)


def _number_match(zone: Zone, fields: Mapping[str, str]) -> Match | None:
    reading = fields.get("number", "")[:100]
    written = zone.fields.get("series", "") + zone.fields.get("number", "")
    if not reading or not written:
        return None
    one = "".join(char for char in reading.upper() if char.isalnum())
    same = letters_only(one) == letters_only(written)
    says = "The numbers agree." if same else "The numbers differ."
    return Match("number", written, reading, SAME if same else DIFFERS, says)


def _sex_match(zone: Zone, fields: Mapping[str, str]) -> Match | None:
    reading, written = fields.get("sex", "")[:20], zone.fields.get("sex", "")
    if not reading or not written:
        return None
    said = _sex_of(reading)
    if not said:
        return Match(
            "sex", written, reading, OPEN, "The page's word for the sex is not known here."
        )
    same = said == written
    says = "The sex agrees." if same else "The sex differs."
    return Match("sex", written, reading, SAME if same else DIFFERS, says)


def _sex_of(reading: str) -> str:
    words = [word.strip(".") for word in re.split(r"[\s/]+", reading.casefold())]
    if any(word in _MALE for word in words):
        return "M"
    return "F" if any(word in _FEMALE for word in words) else ""


def _state_match(zone: Zone, fields: Mapping[str, str]) -> Match | None:
    reading, written = fields.get("nationality", "")[:60], zone.fields.get("nationality", "")
    if not reading or not written:
        return None
    if letters_only(reading) == written:
        return Match("nationality", written, reading, SAME, "The codes agree.")
    if re.fullmatch(r"[A-Z]{3}", reading.strip()):
        return Match("nationality", written, reading, DIFFERS, "The codes differ.")
    says = "The page has a word, the zone a code; compare them yourself."
    return Match("nationality", written, reading, OPEN, says)


def _office_match(zone: Zone, fields: Mapping[str, str]) -> Match | None:
    reading, written = fields.get("issuer-code", "")[:20], zone.fields.get("office", "")
    if not reading or not written:
        return None
    same = _digits(reading) == _digits(written)
    says = "The codes of the office agree." if same else "The codes of the office differ."
    return Match("issuer-code", written, reading, SAME if same else DIFFERS, says)


def _digits(text: str) -> Sequence[str]:
    return [char for char in text if char.isdigit()]
