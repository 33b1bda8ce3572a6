"""The aid for machine-readable zones: proposals from text or fields, and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docexam.aids.mrz.card import CARD
from docexam.aids.mrz.checks import CheckResult, Repair
from docexam.aids.mrz.comparison import DIFFERS, Match, compare_fields
from docexam.aids.mrz.zone import Zone, read_zone
from docexam.aids.protocol import Card, Gives, Ground, Material, Proposal, Reads, Run, Score
from docexam.domain.text import visible

ID = "mrz"
VERSION = CARD.version
_MOST_TEXTS = 50
_LINE_FIELDS = ("zone-line-1", "zone-line-2", "zone-line-3")
_NONE = "No machine-readable zone was found in the text."
_SCORE = "share of the check digits that agree, from 0 to 1; agreement is no authenticity"


class ZoneAid:
    """Checks a zone's digits, proposes single misreadings, compares with the fields."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.FIELDS, Reads.TEXT})
    gives = (Gives("mrz"), Gives("repairs", many=True), Gives("compared", many=True))
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return CARD

    def missing(self) -> str:
        """Return an empty string: nothing beyond Python is needed."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return what the checks say, what would repair them, and how the fields compare."""
        zone = _zone_in(material)
        if zone is None:
            return ()
        out = [_zone_proposal(zone)]
        out += [_repair_proposal(zone, repair) for repair in zone.repairs]
        matches = compare_fields(zone, material.fields, material.issued)
        return (*out, *(_match_proposal(match) for match in matches))


AID = ZoneAid()


def zone_json(
    texts: Sequence[str], fields: Mapping[str, str] | None = None, issued: str = ""
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON form for `docexam aid mrz TEXT…`.

    Texts that are the lines of one zone count as one input. Each object has `text` and `mrz`
    (null where no zone was found, with a `reason`); with `fields` also `compared`.
    """
    inputs = _joined(texts[:_MOST_TEXTS])
    forms = [_form(text, fields or {}, issued) for text in inputs]
    return forms[0] if len(forms) == 1 else forms


def _joined(texts: Sequence[str]) -> list[str]:
    if 2 <= len(texts) <= 3 and all("\n" not in text and len(text) < 60 for text in texts):
        whole = "\n".join(texts)
        zone = read_zone(whole)
        if zone and not zone.only_second:
            return [whole]
    return list(texts)


def _form(text: str, fields: Mapping[str, str], issued: str) -> dict[str, Any]:
    zone = read_zone(text)
    form: dict[str, Any] = {"aid": ID, "version": VERSION, "text": text[:2000]}
    form["mrz"] = zone.as_json() if zone else None
    if zone is None:
        form["reason"] = _NONE
    elif fields:
        form["compared"] = [match.as_json() for match in compare_fields(zone, fields, issued)]
    return form


def _zone_in(material: Material) -> Zone | None:
    from_fields = "\n".join(material.fields.get(key, "") for key in _LINE_FIELDS).strip()
    for text in (*material.texts[:_MOST_TEXTS], from_fields):
        zone = read_zone(text)
        if zone:
            return zone
    return None


def _zone_proposal(zone: Zone) -> Proposal:
    failing = [check.name for check in zone.checks if check.ok is False]
    open_ones = [check.name for check in zone.checks if check.ok is None]
    said = f"{zone.format.id}: "
    if failing:
        said += f"these check digits do not agree: {', '.join(failing)}."
    elif open_ones:
        said += f"these check digits could not be computed: {', '.join(open_ones)}."
    else:
        said += f"all {len(zone.checks)} check digits agree."
    passing = sum(check.ok is True for check in zone.checks) / len(zone.checks)
    grounds = [_check_ground(zone, check) for check in zone.checks]
    grounds += [Ground(note) for note in zone.notes]
    score = Score(round(passing, 2), _SCORE)
    return Proposal(ID, VERSION, "mrz", said, tuple(grounds), score, data=zone.as_json())


def _check_ground(zone: Zone, check: CheckResult) -> Ground:
    line = zone.lines[check.line - 1] if check.line <= len(zone.lines) else ""
    place = f"line {check.line}, position {check.position}"
    if check.ok is None:
        says = f"The {check.name} check ({place}) cannot be computed."
    elif check.ok:
        says = f"The {check.name} check ({place}) agrees: {visible(check.found)}."
    else:
        says = (
            f"The {check.name} check ({place}) has {visible(check.found)}; over what it covers "
            f"{check.computed} belongs there."
        )
    return Ground(says, span=(check.position - 1, check.position), of=line)


def _repair_proposal(zone: Zone, repair: Repair) -> Proposal:
    every = "every check agrees" if repair.all_pass else f"{', '.join(repair.repairs)} agree"
    said = (
        f"Read as {repair.instead} instead of {visible(repair.found)} at line {repair.line}, "
        f"position {repair.position}, {every}."
    )
    line = zone.lines[repair.line - 1]
    ground = Ground(
        "One misreading of a character that is easily taken for another.",
        span=(repair.position - 1, repair.position),
        of=line,
    )
    return Proposal(ID, VERSION, "repairs", said, (ground,), data=repair.as_json())


def _match_proposal(match: Match) -> Proposal:
    word = "differs from" if match.verdict == DIFFERS else f"is {match.verdict} against"
    said = f"The field {match.field}, “{visible(match.reading)}”, {word} the zone."
    return Proposal(ID, VERSION, "compared", said, (Ground(match.says),), data=match.as_json())
