"""From what was seen to proposals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from docexam.aids.page.outline import NOTHING, outline_on
from docexam.aids.page.rectify import rectified
from docexam.aids.photo import place as places
from docexam.aids.photo.place import Place, place_of
from docexam.aids.photo.zones import LONGEST, Zone, like_photo, zones_of
from docexam.aids.protocol import Cancelled, CaptureImage, Ground, Material, Proposal, Run, Score
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.warp import corners_of, homography, mapped
from docexam.aids.remembering import remembered
from docexam.domain.geometry import Quad, bounding_box, problem, quad
from docexam.errors import InputError

_MEANING = (
    "from 0 (paper) to 1 (a straight-edged area with the tones of a picture); not a probability"
)
_SURE, _DOUBT = 0.5, 0.3
LEAST_SIDE = 60
_READ = 1000
_REGION_READ = 2000
_SAYS = {
    places.PRESENT: "This place looks like it holds a photograph.",
    places.EMPTY: (
        "This place looks like plain paper or an empty frame: no photograph is seen in it. Whether "
        "one was ever there this does not say."
    ),
    places.REMAINS: (
        "No photograph is seen in this place, but it is no plain paper either: remains of glue or "
        "paper, a seal or a stain could look like this."
    ),
    places.UNCLEAR: "It cannot be told whether a photograph is in this place.",
    places.SMALL: "The place is too small to tell whether a photograph is in it.",
    places.BLURRED: "The place is too blurred to tell whether a photograph is in it.",
    places.GLARE: "Glare hides the place: whether a photograph is in it cannot be told.",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is proposed: present or not or None, the kind, a score, corners (fractions), words."""

    present: bool | None
    kind: str
    score: float
    corners: Floats | None
    says: str


def proposals(material: Material, run: Run, aid: str, version: str) -> tuple[Proposal, ...]:
    """Return what is in the region, or a proposal for each capture.

    Raises InputError (DX-AID-SMALL, DX-AID-INPUT) and Cancelled.
    """
    region = material.region
    if region is not None:
        capture = next((c for c in material.captures if c.n == region.capture), None)
        if capture is None:
            raise InputError("DX-AID-INPUT", f"There is no capture {region.capture}.")
        return (_proposal(_at(capture, region.shape), capture.n, aid, version),)
    made = []
    for i, capture in enumerate(material.captures):
        run.progress(i / len(material.captures), "photograph")
        if run.cancelled():
            raise Cancelled
        made.append(_proposal(_anywhere(capture), capture.n, aid, version))
    return tuple(made)


def _at(capture: CaptureImage, shape: Quad) -> Seen:
    share = max(*bounding_box(shape)[2:], 1e-6)
    longest = min(max(capture.width, capture.height), max(400, round(_REGION_READ * 0.3 / share)))
    found: Place = place_of(capture.rgb(longest=min(longest, 4000)), shape)
    present = {places.PRESENT: True, places.EMPTY: False, places.REMAINS: False}.get(found.kind)
    return Seen(present, found.kind, found.score, np.array(shape), _SAYS[found.kind])


def _anywhere(capture: CaptureImage) -> Seen:
    if min(capture.width, capture.height) < LEAST_SIDE:
        raise InputError(
            "DX-AID-SMALL",
            f"The picture is {capture.width} × {capture.height} pixels: a photograph on the page "
            "could not be seen.",
            todo="Take a larger picture, or point at a region.",
        )
    seen = candidates(capture)
    if seen is None:
        says = "Hardly anything is seen in the picture: whether a photograph is there is not told."
        return Seen(None, places.UNCLEAR, 0.0, None, says)
    if not seen or seen[0].score < _DOUBT:
        return Seen(False, "not-found", seen[0].score if seen else 0.0, None, _not_found())
    return seen[0]


@remembered
def candidates(capture: CaptureImage) -> tuple[Seen, ...] | None:
    """Return what could be photographs on the page of a capture, the likeliest first.

    None: hardly anything is seen in the capture at all.
    """
    outline = outline_on(capture)
    if outline.kind == NOTHING:
        return None
    rgb = capture.rgb(longest=_READ)
    page = rectified(rgb, outline.corners, LONGEST)
    height, width = page.shape[:2]
    way = homography(corners_of(width, height), outline.corners)
    found = [_looked_at(rgb, zone, way) for zone in zones_of(page) if like_photo(zone) >= _DOUBT]
    return tuple(sorted(found, key=lambda seen: -seen.score))


def _looked_at(rgb: Pixels, zone: Zone, way: Floats) -> Seen:
    """Return what a candidate is, seen closer as a place that somebody points at is.

    A frame with glue and a seal in it has straight edges and tones, but nothing dark fills it.
    """
    left, top, right, bottom = zone.box
    box = np.array(((left, top), (right, top), (right, bottom), (left, bottom)), np.float64)
    corners = np.clip(mapped(way, box), 0.0, 1.0)
    found = place_of(rgb, corners.tolist())
    score = min(like_photo(zone), found.score)
    if found.kind in (places.BLURRED, places.SMALL, places.GLARE):
        score = min(like_photo(zone), _SURE - 0.01)
    if score < _SURE:
        says = "Something here could be a photograph; it cannot be told."
        return Seen(None, places.UNCLEAR, score, corners, says)
    return Seen(True, places.PRESENT, score, corners, "This looks like a photograph.")


def _not_found() -> str:
    return (
        "No photograph was found on the page. That is not the same as absent: it may be covered, "
        "pale, cut off or outside the picture. Point at its place to have that looked at."
    )


def _proposal(seen: Seen, number: int, aid: str, version: str) -> Proposal:
    data: dict[str, Any] = {
        "capture": number,
        "present": seen.present,
        "kind": seen.kind,
        "score": round(seen.score, 4),
        "box": None,
        "corners": None,
    }
    grounds: tuple[Ground, ...] = ()
    spots = [] if seen.corners is None else [(float(x), float(y)) for x, y in seen.corners]
    if spots:
        data["box"] = [round(v, 5) for v in bounding_box(spots)]
        data["corners"] = [[round(x, 5), round(y, 5)] for x, y in spots]
    if spots and not problem(spots):
        grounds = (Ground("The area that was judged.", capture=number, shape=quad(spots)),)
    score = Score(round(seen.score, 4), _MEANING)
    return Proposal(aid, version, "photo", seen.says, grounds, score, data=data)
