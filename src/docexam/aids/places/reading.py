"""A place of birth as read: what the table knows of it, in which region, at which date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from docexam.aids.lookalikes import latin_among_cyrillic, replaced
from docexam.aids.places.forms import SUBJECT, TOWN, Place, forms, key_of, subject_names, things
from docexam.aids.places.table import EQUIVALENT
from docexam.aids.reading import tidy
from docexam.domain.dates import parse_date
from docexam.domain.text import visible

LONGEST = 300
KNOWN, NOT_THEN, UNKNOWN = "known", "not-then", "unknown"
_MOST_TOKENS = 40
_LONGEST_FORM = 5
_LONGEST_WORD = 40
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# Words that say what kind of place follows, and such as name none.
_KIND_WORDS = """
г гор город с село п пос поселок пгт рп д дер деревня ст ст-ца станица х хутор аул а аал м
место рождения р-н р-на район района кожуун кожууна обл область области край края респ
республика республики в ж/д станции станция сумон сумона сельсовет совхоз отделение ферма №
и
"""
_KINDS = frozenset(_KIND_WORDS.split())


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the reading: what it is, whether the table knows it, at that date.

    `verdict`: `known`; `not-then` (known, but the name was not in use on any of the dates given);
    `unknown` (not in the table, which says nothing more). `others` are names of the same place.
    """

    text: str
    span: tuple[int, int]
    verdict: str
    kind: str
    name: str
    code: str
    says: str
    others: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "text": self.text,
            "span": list(self.span),
            "verdict": self.verdict,
            "kind": self.kind or None,
            "name": self.name or None,
            "code": self.code or None,
            "says": self.says,
            "others": list(self.others),
        }


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place of birth: its parts, and remarks on how they go together."""

    text: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form: text, parts, notes."""
        return {
            "text": self.text,
            "parts": [part.as_json() for part in self.parts],
            "notes": list(self.notes),
        }


def read_place(text: str, dates: Mapping[str, str] | None = None) -> PlaceReading:
    """Read a place; `dates` maps what a date is (`birth`, `issue`) to the date as read.

    A name in use on any of the dates counts: documents name a birthplace as it was called at
    birth or at issue.
    """
    tidied = tidy(text, LONGEST)
    found = latin_among_cyrillic(tidied.text)
    plain = replaced(tidied.text, found).replace("\n", " ")
    years = _years(dates or {})
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(plain)][:_MOST_TOKENS]
    matches = list(_matches(tokens))
    codes = {place.code for _, places in matches if len(places) == 1 for place in places}
    parts = tuple(_part(plain, span, places, codes, years) for span, places in matches)
    notes = list(tidied.notes())
    if found:
        letters = " ".join(dict.fromkeys(one.found for one in found))
        notes.append(f"Latin letters that look Cyrillic: {letters}; read here as Cyrillic.")
    return PlaceReading(tidied.given, parts, (*notes, *_together(parts)))


def _years(dates: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    spans = {what: parse_date(text) for what, text in dates.items() if text}
    return {what: (s.first.year, s.last.year) for what, s in spans.items() if s}


def _matches(
    tokens: Sequence[tuple[str, int, int]],
) -> Iterator[tuple[tuple[int, int], tuple[Place, ...]]]:
    at = 0
    known = forms()
    while at < len(tokens):
        for length in range(min(_LONGEST_FORM, len(tokens) - at), 0, -1):
            run = tokens[at : at + length]
            places = known.get(key_of(" ".join(word for word, _, _ in run)))
            if places:
                yield (run[0][1], run[-1][2]), places
                at += length
                break
        else:
            word, start, end = tokens[at]
            if key_of(word) not in _KINDS and not word.isdigit():
                yield (start, end), ()
            at += 1


def _part(
    text: str,
    span: tuple[int, int],
    places: tuple[Place, ...],
    codes: set[str],
    years: Mapping[str, tuple[int, int]],
) -> Part:
    shown = text[span[0] : span[1]]
    if not places:
        return Part(shown, span, UNKNOWN, "", "", "", _unknown(shown), ())
    here = [place for place in places if place.code in codes] or list(places)
    then = [place for place in here if _in_use(place, years)]
    place = (then or here)[0]
    verdict = KNOWN if then or not years else NOT_THEN
    others = tuple(
        f"{other.name} {_span(other)}".strip()
        for other in dict.fromkeys(things()[place.thing])
        if other.name != place.name
    )
    says = _says(place, verdict, len({p.code for p in here}) > 1, years)
    return Part(shown, span, verdict, place.kind, place.name, place.code, says, others)


def _in_use(place: Place, years: Mapping[str, tuple[int, int]]) -> bool:
    return any(place.since <= last and first <= place.until for first, last in years.values())


def _span(place: Place) -> str:
    if place.since == 0 and place.until == 9999:
        return ""
    since = str(place.since) if place.since else ""
    until = str(place.until) if place.until != 9999 else ""
    return f"({since}–{until})"


def _says(place: Place, verdict: str, several: bool, years: Mapping[str, tuple[int, int]]) -> str:
    where = subject_names().get(place.code, place.code)
    said = f"{place.name} is in the table" + (f", in {where}" if place.kind != SUBJECT else "")
    said += f" ({place.status})."
    if several:
        said += " Other regions have a place of this name."
    if verdict == NOT_THEN:
        dates = ", ".join(
            f"{what} {first}" + (f"–{last}" if last != first else "")
            for what, (first, last) in years.items()
        )
        said += f" This name was in use {_span(place)}; not then ({dates})."
    return said


def _unknown(word: str) -> str:
    near = _near(key_of(word)[:_LONGEST_WORD])
    said = f"“{visible(word)}” is not in the offline table, which knows few villages."
    if near:
        said += f" Near it: {', '.join(sorted({forms()[key][0].name for key in near}))}."
    return said


@lru_cache(maxsize=512)
def _near(key: str) -> tuple[str, ...]:
    # difflib is slow over the whole table; a slip seldom touches the first two letters.
    alike = [form for form in forms() if form[:2] == key[:2] and abs(len(form) - len(key)) < 3]
    return tuple(get_close_matches(key, alike, n=2, cutoff=0.8))


def elsewhere(parts: Sequence[Part]) -> list[str]:
    """Return “Кызыл in Республика Тыва” for each place the table has outside the region named."""
    regions = _regions(parts)
    return [
        f"{part.name} in {subject_names().get(part.code, part.code)}"
        for part in parts
        if part.kind not in ("", SUBJECT) and regions and part.code not in regions
    ]


def _regions(parts: Sequence[Part]) -> set[str]:
    return {part.code for part in parts if part.kind == SUBJECT and part.code.startswith("RU-")}


def _together(parts: Sequence[Part]) -> list[str]:
    notes = []
    regions = _regions(parts)
    notes += [
        f"The table has {place}, not in the region named; a smaller place of the same name may "
        "exist there."
        for place in elsewhere(parts)
    ]
    for code in sorted(regions & set(EQUIVALENT)):
        names, why = EQUIVALENT[code]
        if any(part.name in names for part in parts):
            notes.append(why)
    if len(regions) > 1:
        notes.append("More than one region is named.")
    if not any(part.kind in (SUBJECT, TOWN) for part in parts):
        notes.append("Nothing of this is in the table; that says nothing about the place.")
    return notes
