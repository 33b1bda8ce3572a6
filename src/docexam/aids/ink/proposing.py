"""From strokes and inks to proposals."""

from __future__ import annotations

from typing import Any

import numpy as np

from docexam.aids.ink.inks import Ink, difference, inks_of
from docexam.aids.ink.strokes import Strokes, strokes_of
from docexam.aids.page.outline import outline_on
from docexam.aids.protocol import Cancelled, CaptureImage, Ground, Material, Proposal, Run, Score
from docexam.aids.raster.arrays import Floats, Mask
from docexam.aids.raster.polygon import covered
from docexam.domain.geometry import Quad, box_quad, problem
from docexam.errors import InputError

_LONGEST = 1200
_LEAST_SIDE = 60
_ALIKE, _OTHER = 7.5, 10.5
_LEAST_PIXELS = 60
_SHRUNK = 0.97
_WRITING = frozenset({"blue", "violet", "green"})
_MEANING = (
    "the difference of the two tints (CIEDE2000 without lightness): about 1 is what an eye tells "
    "apart side by side; not a probability"
)
_LIMITS = (
    "White is taken from the paper beside each stroke; mixed light and coloured paper mislead it.",
    "JPEG keeps colour at a quarter of the detail, so thin strokes look paler and greyer.",
    "The same colour is not the same pen, and another tint in a picture is no proof of another.",
)


def proposals(material: Material, run: Run, aid: str, version: str) -> tuple[Proposal, ...]:
    """Return the inks of the region against the others, or the inks of each capture.

    Raises InputError (DX-AID-SMALL, DX-AID-INPUT) and Cancelled.
    """
    region = material.region
    captures = [c for c in material.captures if region is None or c.n == region.capture]
    if region is not None and not captures:
        raise InputError("DX-AID-INPUT", f"There is no capture {region.capture}.")
    made = []
    for i, capture in enumerate(captures):
        run.progress(i / len(captures), "inks")
        if run.cancelled():
            raise Cancelled
        made.append(_proposal(capture, region.shape if region else None, aid, version))
    return tuple(made)


def _proposal(capture: CaptureImage, shape: Quad | None, aid: str, version: str) -> Proposal:
    if min(capture.width, capture.height) < _LEAST_SIDE:
        raise InputError(
            "DX-AID-SMALL",
            f"The picture is {capture.width} × {capture.height} pixels: strokes of ink could not "
            "be told from paper.",
            todo="Take a larger picture.",
        )
    rgb = capture.rgb(longest=_LONGEST)
    height, width = rgb.shape[:2]
    strokes = strokes_of(rgb, _page(outline_on(capture).corners, width, height))
    size = (width, height)
    if shape is None:
        return _listed(inks_of(strokes), size, capture.n, aid, version)
    return _compared(strokes, shape, size, capture.n, aid, version)


def _page(corners: Floats, width: int, height: int) -> Mask:
    """Return the mask of the page, a little inside its outline."""
    middle = corners.mean(axis=0)
    return covered((middle + (corners - middle) * _SHRUNK) * (width, height), width, height)


def _listed(
    inks: list[Ink], size: tuple[int, int], number: int, aid: str, version: str
) -> Proposal:
    names = ", ".join(dict.fromkeys(ink.name for ink in inks))
    says = f"Colours of ink on the page: {names}." if inks else "No strokes of ink were found."
    data = _data(inks, size, None, None, number)
    return Proposal(aid, version, "ink", says, _grounds(inks, size, number), data=data)


def _compared(
    strokes: Strokes, shape: Quad, size: tuple[int, int], number: int, aid: str, version: str
) -> Proposal:
    inside = covered(np.array(shape) * size, size[0], size[1])[
        strokes.y.astype(np.intp), strokes.x.astype(np.intp)
    ]
    mine = inks_of(strokes.only(inside))
    others = inks_of(strokes.only(~inside & ~strokes.large))
    if not mine or mine[0].pixels < _LEAST_PIXELS:
        says = "Too little ink was found in the region to describe its colour."
        data = _data(others, size, None, None, number)
        return Proposal(aid, version, "ink", says, data=data)
    own = mine[0]
    same, nearest, gap = _judged(own, others)
    data = _data(others, size, same, gap, number) | {"region": _ink_json(own, size)}
    grounds = (
        Ground(f"The region's ink: {own.name}.", capture=number, shape=shape),
        *_grounds(others, size, number),
    )
    score = None if gap is None else Score(round(gap, 2), _MEANING)
    return Proposal(aid, version, "ink", _says(own, nearest, same), grounds, score, data=data)


def _judged(own: Ink, others: list[Ink]) -> tuple[bool | None, Ink | None, float | None]:
    """Return whether an ink stands elsewhere too, the one compared with, and the difference.

    Black print stands on nearly every page: where other writing is coloured, a black stroke is
    compared with that.
    """
    coloured = [ink for ink in others if ink.name in _WRITING]
    pool = coloured if coloured and own.name in ("black", "grey") else others
    if not pool:
        return None, None, None
    nearest = min(pool, key=lambda ink: difference(own.lab, ink.lab))
    gap = difference(own.lab, nearest.lab)
    same = True if gap <= _ALIKE else False if gap >= _OTHER else None
    return same, nearest, gap


def _says(own: Ink, nearest: Ink | None, same: bool | None) -> str:
    first = f"The region's ink looks {own.name}"
    if nearest is None:
        return f"{first}; there is no writing outside it to compare with."
    if same:
        return f"{first}, like {nearest.name} strokes elsewhere on the page."
    if same is None:
        return f"{first}; whether the {nearest.name} strokes elsewhere differ cannot be told."
    return f"{first}, unlike the {nearest.name} strokes elsewhere, the nearest in colour."


def _data(
    inks: list[Ink], size: tuple[int, int], same: bool | None, gap: float | None, number: int
) -> dict[str, Any]:
    return {
        "capture": number,
        "inks": [_ink_json(ink, size) for ink in inks],
        "same": same,
        "difference": None if gap is None else round(gap, 2),
        "limits": list(_LIMITS),
    }


def _box(ink: Ink, size: tuple[int, int]) -> tuple[float, float, float, float]:
    left, top, right, bottom = ink.box
    return left / size[0], top / size[1], (right - left) / size[0], (bottom - top) / size[1]


def _ink_json(ink: Ink, size: tuple[int, int]) -> dict[str, Any]:
    return {
        "name": ink.name,
        "lab": [round(float(v), 1) for v in ink.lab],
        "share": round(ink.share, 3),
        "box": [round(v, 5) for v in _box(ink, size)],
    }


def _grounds(inks: list[Ink], size: tuple[int, int], number: int) -> tuple[Ground, ...]:
    made = []
    for ink in inks:
        x, y, w, h = _box(ink, size)
        if w > 0 and h > 0 and not problem(((x, y), (x + w, y), (x + w, y + h), (x, y + h))):
            says = f"Strokes of {ink.name} ink lie within this box."
            made.append(Ground(says, capture=number, shape=box_quad(x, y, w, h)))
    return tuple(made)
