"""The aids that docexam ships, as far as rules about them go, and which aid belongs to what.

An aid is a program that proposes. The rules here need three things of one: whether its proposals
may stand beside notes only, whether what it says holds words of the document, and where it looks.
A test holds this table to the aids themselves. An id that is not in it is a third party's, of
which nothing is assumed in its favour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docexam.domain.checklist import Checklist, Field, Indicator


@dataclass(frozen=True, slots=True)
class KnownAid:
    """What the rules must know of an aid.

    `notes_only`: never beside an answer that bears. `speaks`: its sentences may hold words,
    numbers or metadata of the document. `within`: it looks inside the region or place that the
    examiner marked, if one is marked; else it is handed whole captures. `reads_off`: it reads
    text off captures, so that what it says may tell what a field still to be read holds.
    """

    notes_only: bool = False
    speaks: bool = True
    within: bool = False
    reads_off: bool = False


_FOREIGN = KnownAid(reads_off=True)


KNOWN_AIDS: Mapping[str, KnownAid] = {
    "names": KnownAid(notes_only=True),
    "places": KnownAid(),
    "numbers": KnownAid(),
    "mrz": KnownAid(reads_off=True),
    "typed": KnownAid(within=True, reads_off=True),
    "file": KnownAid(),
    "page": KnownAid(speaks=False),
    "seals": KnownAid(speaks=False),
    "photo": KnownAid(speaks=False, within=True),
    "face": KnownAid(speaks=False, within=True),
    "script": KnownAid(speaks=False, within=True),
    "ink": KnownAid(speaks=False, within=True),
    "same": KnownAid(speaks=False),
}

_BY_TYPE: Mapping[str, str] = {"date": "numbers", "number": "numbers"}
_BY_PLACE: Mapping[str, str] = {"name": "names", "number": "numbers"}


def aids_of(checklist: Checklist, subject: str) -> tuple[str, ...]:
    """Return the ids of the aids that belong to an item or a field; often none.

    An item names its own. A field names its own, else they follow from its type and from what
    its place holds; a machine reading is never offered unless the checklist says so, since
    handwriting is not read by programs here.
    """
    item = checklist.item(subject)
    if item is not None:
        return (item.aid,) if item.aid else ()
    spec = checklist.field_of(subject)
    return _aids_of_field(checklist, spec) if spec else ()


def _aids_of_field(checklist: Checklist, spec: Field) -> tuple[str, ...]:
    if spec.aids:
        return spec.aids
    place = checklist.place_of(spec.place) if spec.place else None
    found = _BY_TYPE.get(spec.type) or _BY_PLACE.get(place.holds if place else "")
    return (found,) if found and spec.type != "choice" else ()


def fields_of(checklist: Checklist, aid: str) -> tuple[str, ...]:
    """Return the ids of the fields that an aid belongs to."""
    return tuple(f.id for f in checklist.fields if aid in _aids_of_field(checklist, f))


def bears(item: Indicator) -> bool:
    """Tell whether any answer of an item speaks for or against a proposition."""
    return any(choice.bears for choice in item.choices)


def is_notes_only(aid: str, declared: bool = False) -> bool:
    """Tell whether an aid's proposals may stand beside notes only; `declared` by the aid itself."""
    return declared or KNOWN_AIDS.get(aid, _FOREIGN).notes_only


def speaks(aid: str) -> bool:
    """Tell whether an aid's sentences may hold words of the document; yes where unknown."""
    return KNOWN_AIDS.get(aid, _FOREIGN).speaks


def reads_off(aid: str) -> bool:
    """Tell whether an aid reads text off captures; yes where unknown."""
    return KNOWN_AIDS.get(aid, _FOREIGN).reads_off
