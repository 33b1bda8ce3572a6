"""The proposal on the script of handwriting: views, scores, grounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.aids.protocol import Cancelled, Ground, Material, Proposal, Run, Score
from docexam.aids.script.finding import Spot, spots
from docexam.aids.script.forward import CLASSES, shares
from docexam.aids.script.judging import NAMES, NOTHING, Judgement, judged
from docexam.aids.script.normalise import Ink, find_ink, view
from docexam.domain.geometry import Quad, problem, quad

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEANING = (
    "How far the ink resembles this script more than the other six outcomes, 0 to 1, scaled on "
    "drawn handwriting. It orders readings; it is no probability."
)
# Radians added to the levelling, and looseness, of the views that are averaged.
_VIEWS = ((0.0, 0.0), (0.07, 0.04), (-0.07, 0.04), (0.0, 0.1))
_STEEP = 1.3
_DOUBTFUL = 0.6
_CLEARER = 0.2
_OF_PERSON = "The script of a signature says nothing about where its writer is from."


@dataclass(frozen=True, slots=True)
class Reading:
    """Scores of one way up (`turned` degrees clockwise from upright)."""

    scores: NDArray[np.float64]
    turned: int


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
    ink = find_ink(crop)
    return _json(*_read(ink))


def _read(ink: Ink | None) -> tuple[Judgement, dict[str, float], int]:
    if ink is None:
        scores = dict.fromkeys(CLASSES, 0.0) | {NOTHING: 1.0}
        return judged(scores), scores, 0
    reading = _best_way_up(ink)
    scores = {code: float(value) for code, value in zip(CLASSES, reading.scores, strict=True)}
    return judged(scores), scores, reading.turned


def _best_way_up(ink: Ink) -> Reading:
    """Return the scores upright; turned only where that is doubtful and a turn far clearer."""
    upright = _reading(ink, 0)
    left, top, right, bottom = ink.box
    steep = bottom - top > _STEEP * (right - left)
    if not steep and upright.scores.max() >= _DOUBTFUL:
        return upright
    turns = (90, -90) if steep else (180,)
    others = [_reading(ink, turn) for turn in turns]
    best = max(others, key=lambda one: _lettered(one.scores))
    clearer = _lettered(best.scores) > _lettered(upright.scores) + _CLEARER
    return best if clearer else upright


def _lettered(scores: NDArray[np.float64]) -> float:
    """Return the best score of a script; scribble and nothing look alike every way up."""
    return float(scores[:5].max())


def _reading(ink: Ink, turned: int) -> Reading:
    by = math.radians(turned)
    views = np.stack([view(ink, by + turn, loose) for turn, loose in _VIEWS])
    return Reading(shares(views).mean(axis=0), turned)


def _json(judgement: Judgement, scores: dict[str, float], turned: int) -> dict[str, Any]:
    form: dict[str, Any] = {
        "code": judgement.code,
        "scores": {code: round(value, 4) for code, value in scores.items()},
        "says": judgement.says,
    }
    if judgement.merged:
        form["merged"] = list(judgement.merged)
    if turned:
        form["turned"] = turned
    return form


def _proposal(spot: Spot, aid_id: str, version: str) -> Proposal:
    ink = find_ink(spot.crop)
    judgement, scores, turned = _read(ink)
    data = _json(judgement, scores, turned) | {"capture": spot.capture}
    return Proposal(
        aid_id,
        version,
        "script",
        judgement.says,
        _grounds(spot, ink, judgement, scores, turned),
        Score(round(judgement.score, 4), MEANING),
        data=data,
    )


def _grounds(
    spot: Spot, ink: Ink | None, judgement: Judgement, scores: dict[str, float], turned: int
) -> tuple[Ground, ...]:
    if ink is None:
        said = "Nothing darker or lighter than the paper around it stands out here."
        return (Ground(said, spot.capture, spot.shape),)
    grounds = [Ground(_looked_at(ink, turned), spot.capture, _place(spot, ink))]
    order = sorted(scores, key=lambda code: -scores[code])
    if judgement.code == order[0]:
        grounds.append(Ground(f"The next nearest is {NAMES[order[1]]}."))
    grounds.append(Ground(_OF_PERSON))
    return tuple(grounds)


def _looked_at(ink: Ink, turned: int) -> str:
    said = "This ink was looked at"
    if ink.inverted:
        said += ", lighter than what it stands on"
    degrees = round(math.degrees(ink.tilt))
    if degrees:
        said += f", levelled by {abs(degrees)} degrees"
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
