"""The numbers aid: proposals on numbers, dates and their order, and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docexam.aids.numbers.card import CARD
from docexam.aids.numbers.days import Day, read_day
from docexam.aids.numbers.kinds import KINDS
from docexam.aids.numbers.order import Order, order_of_fields
from docexam.aids.numbers.reading import DEPARTS, FITS, NumberReading, read_number
from docexam.aids.numbers.regions import OKATO, SUBJECTS, same_region
from docexam.aids.protocol import Card, Gives, Ground, Material, Proposal, Reads, Run
from docexam.aids.text import MOST_TEXTS
from docexam.domain.text import visible

ID = "numbers"
VERSION = CARD.version
# Field id → kind of number, where the field's name alone says it.
_KIND_OF_FIELD = {"personal-number": "personal-number", "issuer-code": "issuer-code"}
_NUMBER_FIELDS = ("number", "number-repeat", "personal-number", "issuer-code")
_PASSPORT = "internal-passport"


class NumbersAid:
    """Formats by kind, impossible days, weekday of issue, series against year, order of entries."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.FIELDS, Reads.TEXT})
    gives = (Gives("numbers", many=True), Gives("dates", many=True), Gives("order", many=True))
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return CARD

    def missing(self) -> str:
        """Return an empty string: nothing beyond Python is needed."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return what numbers, dates and their order show."""
        fields, issued = material.fields, _issued(material)
        kind = material.kind if material.kind in KINDS else ""
        out = [_number_proposal("", read_number(text)) for text in material.texts[:MOST_TEXTS]]
        for key in _NUMBER_FIELDS:
            if fields.get(key):
                of_field = _KIND_OF_FIELD.get(key, kind)
                out.append(_number_proposal(key, read_number(fields[key], of_field, issued)))
        out += [
            _date_proposal(key, read_day(text))
            for key, text in fields.items()
            if key.endswith("-date") and text
        ]
        passport = kind == _PASSPORT
        out += [_order_proposal(order) for order in order_of_fields(fields, passport=passport)]
        return (*out, *_region_proposals(fields, passport=passport))


AID = NumbersAid()


def numbers_json(
    texts: Sequence[str], kind: str = "", issued: str = ""
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON form for `docexam aid numbers TEXT…`: each text as number and as date."""
    forms = [
        {
            "aid": ID,
            "version": VERSION,
            "text": text[:200],
            "number": read_number(text, kind, issued).as_json(),
            "date": read_day(text).as_json(),
        }
        for text in texts[:MOST_TEXTS]
    ]
    return forms[0] if len(forms) == 1 else forms


def _issued(material: Material) -> str:
    return material.issued or material.fields.get("issue-date", "")


def _number_proposal(field: str, reading: NumberReading) -> Proposal:
    shown = f"“{visible(reading.text.strip())}”"
    title = KINDS[reading.kind].title if reading.kind else ""
    said = {
        FITS: f"{shown} has the format of a {title}.",
        DEPARTS: f"{shown} departs from the format of a {title}.",
    }.get(reading.verdict, f"{shown} has none of the formats known here.")
    grounds = tuple(Ground(remark.says, of=reading.text) for remark in reading.remarks)
    data = {"field": field} | reading.as_json()
    return Proposal(ID, VERSION, "numbers", said, grounds, data=data)


def _date_proposal(field: str, day: Day) -> Proposal:
    shown = f"{field}, “{visible(day.text.strip())}”"
    said = day.problem or (
        f"{shown} was a {day.weekday}." if day.weekday else f"{shown} is not one day."
    )
    grounds = tuple(Ground(note, of=day.text) for note in day.notes)
    return Proposal(ID, VERSION, "dates", said, grounds, data={"field": field} | day.as_json())


def _order_proposal(order: Order) -> Proposal:
    said = f"{order.earlier} and {order.later}: {order.verdict}."
    return Proposal(ID, VERSION, "order", said, (Ground(order.says),), data=order.as_json())


def _region_proposals(fields: Mapping[str, str], *, passport: bool) -> list[Proposal]:
    """The region of a passport's series against that of the issuing office's code."""
    if not (passport and fields.get("number") and fields.get("issuer-code")):
        return []
    series = read_number(fields["number"], _PASSPORT).parts.get("region", "")
    office = read_number(fields["issuer-code"], "issuer-code").parts.get("subject", "")
    if same_region(series, office) is not False:
        return []
    says = (
        f"The series is of {OKATO[series]}, the office's code of {SUBJECTS[office]}; blanks are "
        "made for a region, so ask why (tables unverified)."
    )
    data = {"series": series, "office": office, "says": says}
    return [
        Proposal(
            ID,
            VERSION,
            "numbers",
            "Series and office differ in region.",
            (Ground(says),),
            data=data,
        )
    ]
