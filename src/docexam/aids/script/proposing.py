"""The proposal on the script of handwriting: views, scores, grounds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from docexam.aids.protocol import Cancelled, Ground, Material, Proposal, Run, Score
from docexam.aids.script.finding import Spot, spots
from docexam.aids.script.judging import NAMES
from docexam.aids.script.normalise import Ink
from docexam.aids.script.reading import Read, read_crop
from docexam.domain.geometry import Quad, problem, quad

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEANING = (
    "How far the ink resembles this script more than the other six outcomes, 0 to 1, scaled on "
    "drawn handwriting. It orders readings; it is no probability."
)
_OF_PERSON = "The script of a signature says nothing about where its writer is from."


def proposals(material: Material, run: Run, aid_id: str, version: str) -> tuple[Proposal, ...]:
    """Return one proposal for the region, or for each capture that is a crop of writing."""
    run.progress(0.0, "cutting out the writing")
    looked = spots(material)
    made = []
    for n, spot in enumerate(looked):
        if run.cancelled():
            raise Cancelled
        run.progress((n + 0.5) / len(looked), "comparing the ink with scripts")
        made.append(_proposal(spot, aid_id, version))
    return tuple(made)


def script_json(crop: NDArray[np.uint8]) -> dict[str, Any]:
    """Return the JSON form for a crop (rows × columns × 3): code, scores, merged, says."""
    return _json(read_crop(crop))


def _json(read: Read) -> dict[str, Any]:
    judgement, reading = read.reading.judgement, read.reading
    form: dict[str, Any] = {
        "code": judgement.code,
        "scores": {code: round(value, 4) for code, value in reading.scores.items()},
        "says": judgement.says,
    }
    if judgement.merged:
        form["merged"] = list(judgement.merged)
    if reading.turned:
        form["turned"] = reading.turned
    if read.alone:
        form["inks"] = [
            {
                "ink": part.name,
                "share": round(part.share, 3),
                "code": one.judgement.code,
                "score": round(one.judgement.score, 4),
            }
            for part, one in read.alone
        ]
    return form


def _proposal(spot: Spot, aid_id: str, version: str) -> Proposal:
    read = read_crop(spot.crop)
    judgement = read.reading.judgement
    return Proposal(
        aid_id,
        version,
        "script",
        judgement.says,
        _grounds(spot, read),
        Score(round(judgement.score, 4), MEANING),
        data=_json(read) | {"capture": spot.capture},
    )


def _grounds(spot: Spot, read: Read) -> tuple[Ground, ...]:
    reading = read.reading
    if reading.ink is None:
        said = "Nothing darker or lighter than the paper around it stands out here."
        return (Ground(said, spot.capture, spot.shape),)
    said = _looked_at(reading.ink, reading.turned)
    grounds = [Ground(said, spot.capture, _place(spot, reading.ink))]
    if read.alone:
        grounds.append(Ground(_of_inks(read)))
    order = sorted(reading.scores, key=lambda code: -reading.scores[code])
    if reading.judgement.code == order[0]:
        grounds.append(Ground(f"The next nearest is {NAMES[order[1]]}."))
    grounds.append(Ground(_OF_PERSON))
    return tuple(grounds)


def _of_inks(read: Read) -> str:
    """Return what each ink reads alone: a seal or print may be one of them."""
    each = "; ".join(
        f"the {part.name} alone: {NAMES.get(one.judgement.code, 'cannot be told')}"
        for part, one in read.alone
    )
    return f"Ink of several colours stands here, one of them perhaps a seal or print: {each}."


def _looked_at(ink: Ink, turned: int) -> str:
    said = "This ink was looked at"
    if ink.inverted:
        said += ", lighter than what it stands on"
    degrees = round(math.degrees(ink.tilt))
    if degrees:
        said += f", levelled by {abs(degrees)} degree{'s' if abs(degrees) > 1 else ''}"
    if turned:
        said += f", turned by {abs(turned)} degrees because it is clearer that way up"
    return said + "."


def _place(spot: Spot, ink: Ink) -> Quad:
    """Return the ink's box on the capture; the whole part where rounding leaves no box."""
    rows, columns = ink.share.shape
    left, top, right, bottom = ink.box
    ends = ((left, top), (right, top), (right, bottom), (left, bottom))
    corners = tuple(spot.place(x / columns, y / rows) for x, y in ends)
    return spot.shape if problem(corners) else quad(corners)
