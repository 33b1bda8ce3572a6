"""The aid for machine-readable zones: proposals from text or fields, and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docexam.aids.mrz.card import CARD, whole_card
from docexam.aids.mrz.checks import CheckResult, Repair
from docexam.aids.mrz.comparison import DIFFERS, Match, compare_fields
from docexam.aids.mrz.zone import Zone, read_zone
from docexam.aids.protocol import Card, Gives, Ground, Material, Proposal, Reads, Run, Score
from docexam.aids.text import MOST_TEXTS
from docexam.aids.typed.tessdata import lacking
from docexam.domain.text import visible
from docexam.errors import InputError, LackingError

if TYPE_CHECKING:
    from docexam.aids.mrz.image import ZoneImage

ID = "mrz"
VERSION = CARD.version
_LINE_FIELDS = ("zone-line-1", "zone-line-2", "zone-line-3")
_NONE = "No machine-readable zone was found in the text."
_NONE_SEEN = (
    "No machine-readable zone was found where it could be seen; that is not the same as absent."
)
_SCORE = "share of the check digits that agree, from 0 to 1; agreement is no authenticity"


class ZoneAid:
    """Checks a zone's digits, proposes single misreadings, compares with the fields.

    The zone comes from text, or is read off a capture by Tesseract (an extra).
    """

    id = ID
    version = VERSION
    reads = frozenset({Reads.FIELDS, Reads.TEXT, Reads.CAPTURES, Reads.REGION})
    gives = (Gives("mrz"), Gives("repairs", many=True), Gives("compared", many=True))
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return whole_card()

    def missing(self) -> str:
        """Return an empty string: text needs nothing, captures say themselves what they need."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return what the checks say, what would repair them, and how the fields compare.

        A zone in the texts or in the fields of its lines comes first, else the captures are read,
        or the region. Raises InputError (DX-AID-MRZ-NONE) where captures show no zone,
        LackingError (DX-AID-OCR) where one cannot be read on this machine, and Cancelled.
        """
        zone = None if material.region else _zone_in(material)
        if zone is None and material.captures:
            return _seen(material, run)
        if zone is None and material.texts:
            raise InputError("DX-AID-MRZ-NONE", _NONE)
        return () if zone is None else _told(zone, material)


AID = ZoneAid()


def _told(zone: Zone, material: Material, image: ZoneImage | None = None) -> tuple[Proposal, ...]:
    out = [_zone_proposal(zone, image)]
    out += [_repair_proposal(zone, repair, image) for repair in zone.repairs]
    matches = compare_fields(zone, material.fields, material.issued)
    return (*out, *(_match_proposal(match) for match in matches))


def _seen(material: Material, run: Run) -> tuple[Proposal, ...]:
    """Return the proposals on the first capture, or the region, that shows a zone."""
    cannot = lacking(("eng",), "Reading a zone off a picture")
    if cannot:
        raise LackingError("DX-AID-OCR", cannot)
    from docexam.aids.mrz.image import read_capture
    from docexam.aids.mrz.image_proposals import line_proposals, unknown_zone

    region = material.region
    cut: tuple[Proposal, ...] = ()
    for capture in material.captures:
        if region and capture.n != region.capture:
            continue
        image = read_capture(capture, region, run)
        zone = read_zone("\n".join(image.lines)) if image and not image.cut else None
        if image and zone:
            lines = line_proposals(ID, VERSION, image)
            return (*_told(zone, material, image), *lines)
        if image and not cut:
            cut = (unknown_zone(ID, VERSION, image),)
    if not cut:
        raise InputError("DX-AID-MRZ-NONE", _NONE_SEEN)
    return cut


def zone_json(
    texts: Sequence[str], fields: Mapping[str, str] | None = None, issued: str = ""
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON form for `docexam aid mrz TEXT…`.

    Texts that are the lines of one zone count as one input. Each object has `text` and `mrz`
    (null where no zone was found, with a `reason`); with `fields` also `compared`.
    """
    inputs = _joined(texts[:MOST_TEXTS])
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
    for text in (*material.texts[:MOST_TEXTS], from_fields):
        zone = read_zone(text)
        if zone:
            return zone
    return None


def _zone_proposal(zone: Zone, image: ZoneImage | None) -> Proposal:
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
    grounds = [_check_ground(zone, check, image) for check in zone.checks]
    grounds += [Ground(note) for note in zone.notes]
    data = zone.as_json()
    if image:
        from docexam.aids.mrz.image_proposals import place_grounds, zone_data

        grounds += place_grounds(image)
        data = zone_data(zone, image)
    score = Score(round(passing, 2), _SCORE)
    return Proposal(ID, VERSION, "mrz", said, tuple(grounds), score, data=data)


def _check_ground(zone: Zone, check: CheckResult, image: ZoneImage | None) -> Ground:
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
    return _ground(says, line, check.line, check.position, image)


def _ground(says: str, text: str, line: int, position: int, image: ZoneImage | None) -> Ground:
    """Return a ground at one character: in the text, and on the capture it was read off."""
    span = (position - 1, position)
    if image is None:
        return Ground(says, span=span, of=text)
    return Ground(says, image.capture, image.cell(line, position), span, text)


def _repair_proposal(zone: Zone, repair: Repair, image: ZoneImage | None) -> Proposal:
    every = "every check agrees" if repair.all_pass else f"{', '.join(repair.repairs)} agree"
    said = (
        f"Read as {repair.instead} instead of {visible(repair.found)} at line {repair.line}, "
        f"position {repair.position}, {every}."
    )
    says = "One misreading of a character that is easily taken for another."
    line = zone.lines[repair.line - 1]
    ground = _ground(says, line, repair.line, repair.position, image)
    return Proposal(ID, VERSION, "repairs", said, (ground,), data=repair.as_json())


def _match_proposal(match: Match) -> Proposal:
    word = "differs from" if match.verdict == DIFFERS else f"is {match.verdict} against"
    said = f"The field {match.field}, “{visible(match.reading)}”, {word} the zone."
    return Proposal(ID, VERSION, "compared", said, (Ground(match.says),), data=match.as_json())
