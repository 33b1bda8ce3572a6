"""From outlines to proposals."""

from __future__ import annotations

from typing import Any

import numpy as np

from docexam.aids.page.outline import FILLS, FOUND, LEAST_SIDE, LONGEST, Outline, outline_on
from docexam.aids.page.polygons import area, within
from docexam.aids.protocol import Cancelled, CaptureImage, Ground, Material, Proposal, Run, Score
from docexam.domain.geometry import problem, quad
from docexam.errors import InputError

_MEANING = (
    "how much the four sides look like the outline of a document, from 0 (in doubt) to 1 (every "
    "side stands out); not a probability"
)


_MIDDLE, _WIDTH = 6.0, 4.0


def proposals(material: Material, run: Run, aid: str, version: str) -> tuple[Proposal, ...]:
    """Return a proposal for each capture. Raises InputError (DX-AID-SMALL) and Cancelled."""
    made = []
    for i, capture in enumerate(material.captures):
        run.progress(i / len(material.captures), "outline of the page")
        if run.cancelled():
            raise Cancelled
        made.append(_proposal(capture, aid, version))
    return tuple(made)


def _proposal(capture: CaptureImage, aid: str, version: str) -> Proposal:
    narrow = min(capture.width, capture.height)
    longest = max(capture.width, capture.height)
    if narrow < LEAST_SIDE or narrow * LONGEST / max(longest, LONGEST) < LEAST_SIDE:
        raise InputError(
            "DX-AID-SMALL",
            f"The picture is {capture.width} × {capture.height} pixels, too narrow for an outline.",
            todo="Take a picture that shows more of the document.",
        )
    outline = outline_on(capture)
    corners = within(outline.corners)
    grounds = _grounds(outline, capture.n)
    return Proposal(
        aid,
        version,
        "page",
        _says(outline),
        grounds,
        Score(_score(outline), _MEANING),
        data=_data(outline, capture.n, area(corners)),
    )


def _score(outline: Outline) -> float:
    return (
        round(float(1 / (1 + np.exp((_MIDDLE - outline.worth) / _WIDTH))), 4)
        if outline.kind == FOUND
        else 0.0
    )


def _data(outline: Outline, number: int, fills: float) -> dict[str, Any]:
    return {
        "capture": number,
        "found": outline.kind == FOUND,
        "corners": [[round(float(x), 5), round(float(y), 5)] for x, y in outline.corners],
        "aspect": round(outline.aspect, 4),
        "fills": round(fills, 4),
        "cut": list(outline.cut),
        "orientation": "assumed",
        "score": _score(outline),
    }


def _says(outline: Outline) -> str:
    if outline.kind == FILLS:
        return (
            "No outline stands out: the document may fill the picture, or its edge cannot be "
            "seen. The corners are the picture's own."
        )
    if outline.kind != FOUND:
        return "No outline was found and hardly any content. The corners are the picture's own."
    said = "This looks like the outline of the document"
    if outline.worth < _MIDDLE:
        said = "This may be the outline of the document, in doubt"
    if outline.cut:
        said += f"; the picture's edge cuts it off at the {_listed(outline.cut)}"
    return f"{said}. Which side is the top is assumed from how it lies."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _grounds(outline: Outline, number: int) -> tuple[Ground, ...]:
    spots = [(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)) for x, y in outline.corners.tolist()]
    if problem(spots):
        return ()
    says = "The proposed outline"
    if (outline.corners < 0).any() or (outline.corners > 1).any():
        says += ", its corners outside the picture pulled onto the picture's edge"
    return (Ground(f"{says}.", capture=number, shape=quad(spots)),)
