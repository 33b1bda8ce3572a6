"""The table's names in the forms in which they stand on documents, ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docexam.aids.places import table

SUBJECT, DISTRICT, TOWN = "subject", "district", "town"
_STATUS = {"v": "verified", "s": "secondary", "u": "unverified"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place under one name: `since` and `until` are years (0 and 9999 for open).

    `code` is the subject's ISO 3166-2 code (a country's ISO 3166-1 code abroad); `thing` groups
    the names of one place.
    """

    name: str
    kind: str
    code: str
    thing: str
    since: int
    until: int
    status: str


def key_of(text: str) -> str:
    """Return the key under which a form is looked up: small letters, е for ё, plain hyphens."""
    return " ".join(re.sub(r"[^\w-]+", " ", text.lower().replace("ё", "е")).split())


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Place, ...]]:
    """Return form → the places it may name."""
    out: dict[str, list[Place]] = {}
    for place in (*_subjects(), *_tuva(), *_renamed(), *_towns()):
        for form in _declined(place):
            out.setdefault(form, []).append(place)
    for code, name in _short():
        for place in _current(code):
            for form in (name, f"республика {name}", f"республики {name}"):
                cell = out.setdefault(key_of(form), [])
                if place not in cell and not any(p.code == code for p in cell):
                    cell.append(place)
    return {form: tuple(dict.fromkeys(places)) for form, places in out.items()}


@lru_cache(maxsize=1)
def things() -> dict[str, tuple[Place, ...]]:
    """Return thing → all its names."""
    out: dict[str, list[Place]] = {}
    for place in (*_subjects(), *_tuva(), *_renamed(), *_towns()):
        out.setdefault(place.thing, []).append(place)
    return {thing: tuple(places) for thing, places in out.items()}


@lru_cache(maxsize=1)
def subject_names() -> dict[str, str]:
    """Return ISO code → the subject's name today."""
    out: dict[str, str] = {}
    for place in _subjects():
        if place.until == 9999:
            out.setdefault(place.code, place.name)
    return out


def _years(text: str) -> tuple[int, int]:
    since, _, until = text.partition("..")
    return int(since or 0), int(until or 9999)


@lru_cache(maxsize=1)
def _subjects() -> tuple[Place, ...]:
    out = []
    for row, line in enumerate(table.SUBJECTS.strip().splitlines()):
        code, _, names = line.partition(" | ")
        for cell in names.split("; "):
            name, years, status = cell.rsplit(" ", 2)
            since, until = _years(years)
            thing = f"{code}/{row}"
            out.append(Place(name, SUBJECT, code, thing, since, until, _STATUS[status]))
    return tuple(out)


def _tuva() -> Iterator[Place]:
    for cell in table.TUVA_DISTRICTS.strip().replace("\n", "; ").split("; "):
        district, centre = cell.split()
        title = f"{district} район"
        yield Place(title, DISTRICT, "RU-TY", f"RU-TY/{district}", 0, 9999, "secondary")
        if centre not in table.TUVA_TOWNS:
            yield Place(centre, TOWN, "RU-TY", f"RU-TY/{centre}", 0, 9999, "secondary")
    for cell in table.TUVA_TOWNS.split("; "):
        name, _, years = cell.partition(" ")
        since, until = _years(years) if years else (0, 9999)
        thing = "RU-TY/Кызыл" if name == "Хем-Белдыр" else f"RU-TY/{name}"
        yield Place(name, TOWN, "RU-TY", thing, since, until, "secondary")


def _renamed() -> Iterator[Place]:
    for row, line in enumerate(table.RENAMED.strip().splitlines()):
        code, _, names = line.partition(" | ")
        for cell in names.split(", "):
            name, _, years = cell.rpartition(" ")
            since, until = _years(years)
            yield Place(name, TOWN, code, f"{code}/renamed-{row}", since, until, "unverified")


def _towns() -> Iterator[Place]:
    for cell in table.TOWNS.strip().replace("\n", "; ").split("; "):
        code, _, names = cell.partition(" ")
        for name in names.split(", "):
            yield Place(name, TOWN, code, f"{code}/{name}", 0, 9999, "unverified")


def _short() -> Iterator[tuple[str, str]]:
    for cell in table.SHORT.strip().replace("\n", "; ").split("; "):
        code, _, name = cell.partition(" ")
        yield code, name


def _current(code: str) -> Iterator[Place]:
    for place in _subjects():
        if place.code == code and place.until == 9999:
            yield place
            return


# --- declension --------------------------------------------------------------------------------

_GENITIVES = (
    (r"ая автономная область$", ("ой автономной области", "ая ао", "ой ао", "ая а о")),
    (r"ая область$", ("ой области", "ая обл", "ой обл", "ую область")),
    (r"ий край$", ("ого края", "ом крае", "ий кр")),
    (r"ый автономный округ$", ("ого автономного округа", "ый ао", "ий ао")),
    (r"ий автономный округ$", ("ого автономного округа", "ий ао", "ого ао")),
    (r"ий национальный округ$", ("ого национального округа", "ий но")),
    (r"ая народная республика$", ("ой народной республики", "ая нр")),
    (r"ая республика$", ("ой республики", "ой республике", "ая респ", "ой респ")),
    (r"ая асср$", ("ой асср",)),
    (r"ая сср$", ("ой сср",)),
    (r"ий район$", ("ого района", "ом районе", "ий р-н", "ого р-на", "ий кожуун", "ого кожууна")),
)


def _declined(place: Place) -> Iterator[str]:
    key = key_of(place.name)
    yield key
    if key.startswith("республика "):
        rest = key.removeprefix("республика ")
        yield from (f"{word} {rest}" for word in ("республики", "республике", "респ"))
    for pattern, endings in _GENITIVES:
        match = re.search(pattern, key)
        if match:
            stem = key[: match.start()]
            yield from (stem + ending for ending in endings)
            # An adjective before the last one declines with it (Агинский Бурятский округ).
            declined = re.sub(r"ий( |$)", r"ого\1", stem)
            if declined != stem:
                yield from (declined + ending for ending in endings)
            return
