"""What a zone read off a capture proposes: the zone with its checks, and a reading a line."""

from __future__ import annotations

from typing import Any

from docexam.aids.mrz.image import ZoneImage
from docexam.aids.mrz.image_read import UNREAD
from docexam.aids.mrz.zone import Zone
from docexam.aids.protocol import Ground, Proposal, Score
from docexam.domain.text import visible

_MOST_CHANGES = 20
_SURE = "mean confidence of Tesseract over the letters and digits, 0 to 1; no probability"


def zone_data(zone: Zone | None, image: ZoneImage) -> dict[str, Any]:
    """Return the JSON form of a zone read off a capture; without checks where it has no layout."""
    if zone is not None:
        return zone.as_json() | {"read": image.as_json()}
    note = "The rows found have no layout this aid knows; they may be cut off."
    return {
        "format": None,
        "lines": list(image.lines),
        "checks": [],
        "ok": None,
        "fields": {},
        "repairs": [],
        "notes": [note],
        "read": image.as_json(),
    }


def place_grounds(image: ZoneImage) -> list[Ground]:
    """Return where the zone lies, what could not be read, and what was read otherwise."""
    grounds = [Ground("The zone lies here.", image.capture, image.shape)]
    for number, line in enumerate(image.lines, 1):
        grounds += [
            Ground(
                f"What stands at line {number}, position {i} could not be read.",
                image.capture,
                image.cell(number, i),
            )
            for i, char in enumerate(line, 1)
            if char == UNREAD
        ]
    for change in image.changes[:_MOST_CHANGES]:
        says = (
            f"Line {change.line}, position {change.position} was read as "
            f"{visible(change.found)} and is taken for {change.instead}: {change.why}."
        )
        grounds.append(Ground(says, image.capture, image.cell(change.line, change.position)))
    return grounds


def unknown_zone(aid: str, version: str, image: ZoneImage) -> Proposal:
    """Return the proposal for rows that look like a zone and have no known layout."""
    counts = " and ".join(str(len(line)) for line in image.lines)
    says = (
        f"Something that looks like a machine-readable zone stands here, with rows of {counts} "
        "characters; it is cut off by the picture's edge or covered, or of a layout this aid does "
        "not know, and nothing was checked."
    )
    data = zone_data(None, image)
    return Proposal(aid, version, "mrz", says, tuple(place_grounds(image)), data=data)


def line_proposals(aid: str, version: str, image: ZoneImage) -> list[Proposal]:
    """Return a reading for each line that was read whole, for the field of that line."""
    out = []
    for number, line in enumerate(image.lines, 1):
        if UNREAD in line or image.cut:
            continue
        score = Score(round(image.confidence / 100, 2), _SURE)
        place = Ground("The zone lies here.", image.capture, image.shape)
        out.append(
            Proposal(
                aid,
                version,
                "mrz",
                f"Line {number} of the zone reads {line}.",
                (place,),
                score,
                fills=f"zone-line-{number}",
                reading=line,
            )
        )
    return out
