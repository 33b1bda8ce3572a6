"""The places aid: proposals on the place of birth, and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docexam.aids.places.card import CARD
from docexam.aids.places.reading import KNOWN, NOT_THEN, PlaceReading, elsewhere, read_place
from docexam.aids.protocol import Card, Gives, Ground, Material, Proposal, Reads, Run
from docexam.aids.text import MOST_TEXTS
from docexam.domain.text import visible

ID = "places"
VERSION = CARD.version


class PlacesAid:
    """Whether a place is known in that spelling, in that region, at that date."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.FIELDS, Reads.TEXT})
    gives = (Gives("places", many=True),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return CARD

    def missing(self) -> str:
        """Return an empty string: nothing beyond Python is needed."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return what the table knows of the place of birth, or of each text."""
        dates = _dates(material)
        readings = [read_place(text, dates) for text in material.texts[:MOST_TEXTS]]
        if material.fields.get("birth-place"):
            readings.append(read_place(material.fields["birth-place"], dates))
        return tuple(_proposal(reading) for reading in readings)


AID = PlacesAid()


def places_json(
    texts: Sequence[str], dates: Mapping[str, str] | None = None
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON form for `docexam aid places TEXT…`: one object, a list for several."""
    forms = [
        {"aid": ID, "version": VERSION} | read_place(text, dates).as_json()
        for text in texts[:MOST_TEXTS]
    ]
    return forms[0] if len(forms) == 1 else forms


def _dates(material: Material) -> dict[str, str]:
    issued = material.issued or material.fields.get("issue-date", "")
    return {"birth": material.fields.get("birth-date", ""), "issue": issued}


def _proposal(reading: PlaceReading) -> Proposal:
    shown = f"“{visible(reading.text.strip())}”"
    known = [part.name for part in reading.parts if part.verdict == KNOWN]
    stale = [part.name for part in reading.parts if part.verdict == NOT_THEN]
    said = f"{shown}: "
    said += (
        f"known in the table: {', '.join(known)}. " if known else "nothing of it is in the table. "
    )
    if away := elsewhere(reading.parts):
        said += f"But the table has {', '.join(away)}, not in the region named. "
    if stale:
        said += f"Not in use on the dates given: {', '.join(stale)}."
    grounds = [Ground(part.says, span=part.span, of=reading.text) for part in reading.parts]
    grounds += [Ground(note) for note in reading.notes]
    return Proposal(ID, VERSION, "places", said.strip(), tuple(grounds), data=reading.as_json())
