"""The names aid: proposals from the name fields or from text, and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docexam.aids.names.card import CARD
from docexam.aids.names.comparison import UNLINKED, compare
from docexam.aids.names.parse import FIT_MEANING, Parse
from docexam.aids.names.reading import NameReading, read_name, sentence
from docexam.aids.protocol import Card, Gives, Ground, Material, Proposal, Reads, Run, Score
from docexam.aids.text import MOST_TEXTS
from docexam.domain.text import visible

ID = "names"
VERSION = CARD.version
_ROLES = (("surname", "family-name"), ("given-name", "given-names", "name"), ("patronymic",))
_WHOLE = ("full-name", "owner-name")
# Fields that hold the same name in another script or by another hand.
_OTHERS = ("signature-reading", "name-latin", "surname-latin", "zone-name", "owner-signature")


class NamesAid:
    """Tests a name against naming systems; never feeds an answer that bears on a proposition."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.FIELDS, Reads.TEXT})
    gives = (
        Gives("parses", many=True),
        Gives("lookalikes", many=True),
        Gives("compared", many=True),
    )
    notes_only = True

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return CARD

    def missing(self) -> str:
        """Return an empty string: nothing beyond Python is needed."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return the parses of each name, its look-alike letters, and comparisons in pairs."""
        names = [*material.texts[:MOST_TEXTS], *_names_in(material.fields)]
        out: list[Proposal] = []
        for name in names:
            out += _proposals(read_name(name))
        for i, one in enumerate(names[:6]):
            out += [_compared(one, other, material.issued) for other in names[i + 1 : 6]]
        return tuple(out)


AID = NamesAid()


def names_json(texts: Sequence[str], issued: str = "") -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON form for `docexam aid names TEXT…`: one object, a list for several texts.

    Each object has `text`, `parses`, `parts`, `lookalikes`, `notes`, and with several texts
    `compared`: how its spelling relates to each of the others.
    """
    kept = list(texts[:MOST_TEXTS])
    forms = [{"aid": ID, "version": VERSION} | read_name(text).as_json() for text in kept]
    if len(forms) == 1:
        return forms[0]
    for i, form in enumerate(forms):
        others = [other for j, other in enumerate(kept[:6]) if j != i]
        form["compared"] = [compare(kept[i], other, issued).as_json() for other in others]
    return forms


def _names_in(fields: Mapping[str, str]) -> list[str]:
    parts = [_first(fields, ids) for ids in _ROLES]
    whole = " ".join(part for part in parts if part)
    named = [fields[key] for key in (*_WHOLE, *_OTHERS) if fields.get(key)]
    return ([whole] if whole else []) + named


def _first(fields: Mapping[str, str], ids: Sequence[str]) -> str:
    return next((fields[key] for key in ids if fields.get(key)), "")


def _proposals(reading: NameReading) -> list[Proposal]:
    out = [_parse_proposal(reading, parse) for parse in reading.parses]
    if not reading.parses:
        out.append(Proposal(ID, VERSION, "parses", sentence(reading)))
    out += [
        Proposal(
            ID,
            VERSION,
            "lookalikes",
            f"“{visible(one.found)}” at {one.at + 1} is a Latin letter that looks Cyrillic.",
            (Ground("A keyboard can cause this.", span=(one.at, one.at + 1), of=reading.text),),
            data={"at": one.at, "found": one.found, "looks_like": one.looks_like},
        )
        for one in reading.lookalikes
    ]
    return out


def _parse_proposal(reading: NameReading, parse: Parse) -> Proposal:
    manner = f" ({parse.manner})" if parse.manner else ""
    grounds = tuple(Ground(word.says, of=reading.text) for word in parse.words)
    notes = tuple(Ground(note) for note in parse.notes)
    return Proposal(
        ID,
        VERSION,
        "parses",
        f"“{visible(reading.text.strip())}” parses as {parse.system}{manner}.",
        grounds + notes,
        Score(parse.fit, FIT_MEANING),
        data=parse.as_json(),
    )


def _compared(one: str, other: str, issued: str) -> Proposal:
    found = compare(one, other, issued)
    shown = f"“{visible(one[:80])}” and “{visible(other[:80])}”"
    said = "have no rule between them" if found.verdict == UNLINKED else f"are {found.verdict}"
    grounds = tuple(Ground(reason) for reason in found.reasons)
    data = {"one": one[:200]} | found.as_json()
    return Proposal(ID, VERSION, "compared", f"{shown} {said}.", grounds, data=data)
