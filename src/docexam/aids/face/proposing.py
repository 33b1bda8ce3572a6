"""From faces to proposals; the picture is tried in four turns where it shows none upright."""

from __future__ import annotations

from functools import partial

import numpy as np

from docexam.aids.face.finding import LANDMARKS, LEAST_FACE, Face, faces_in
from docexam.aids.protocol import Cancelled, CaptureImage, Ground, Material, Proposal, Run, Score
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.domain.geometry import Quad, bounding_box, problem, quad
from docexam.errors import InputError

_LONGEST = 900
_MEANING = "how sure the last of three networks is that this is a face; not a probability"
_MOST = 20


def proposals(material: Material, run: Run, aid: str, version: str) -> tuple[Proposal, ...]:
    """Return a proposal for each face in the region or in the captures; none is an empty tuple.

    Raises InputError (DX-AID-SMALL, DX-AID-INPUT), MachineError (DX-AID-EXTRA) and Cancelled.
    """
    region = material.region
    captures = [c for c in material.captures if region is None or c.n == region.capture]
    if region is not None and not captures:
        raise InputError("DX-AID-INPUT", f"There is no capture {region.capture}.")
    made: list[Proposal] = []
    for i, capture in enumerate(captures):
        step = _Step(run, i, len(captures))
        made += _of(capture, region.shape if region else None, step, aid, version)
    return tuple(made)


class _Step:
    """Tells how far one of several captures is, and stops when nobody waits any more."""

    def __init__(self, run: Run, number: int, count: int) -> None:
        self._run, self._number, self._count = run, number, count

    def __call__(self, share: float) -> None:
        if self._run.cancelled():
            raise Cancelled
        self._run.progress((self._number + share) / self._count, "faces")


def _of(
    capture: CaptureImage, shape: Quad | None, step: _Step, aid: str, version: str
) -> list[Proposal]:
    if min(capture.width, capture.height) < LEAST_FACE:
        raise InputError(
            "DX-AID-SMALL",
            f"The picture is {capture.width} × {capture.height} pixels, too small for a face.",
            todo="Take a larger picture.",
        )
    rgb, offset, scale = _looked_at(capture, shape)
    for turns in range(4):
        tell = partial(_told, step, turns)
        found = faces_in(np.ascontiguousarray(np.rot90(rgb, turns)), tell)
        if found:
            turned = [_upright(face, turns, rgb.shape[0], rgb.shape[1]) for face in found[:_MOST]]
            return [_proposal(f, offset, scale, turns, capture.n, aid, version) for f in turned]
    return []


def _told(step: _Step, turns: int, share: float) -> None:
    step((turns + share) / 4)


def _looked_at(capture: CaptureImage, shape: Quad | None) -> tuple[Pixels, Floats, Floats]:
    """Return the pixels to search, where they start and how large they are, in fractions."""
    if shape is None:
        return capture.rgb(longest=_LONGEST), np.zeros(2), np.ones(2)
    x, y, w, h = bounding_box(shape)
    share = max(w, h, 0.02)
    rgb = capture.rgb(longest=min(4000, round(_LONGEST / 2 / share)))
    height, width = rgb.shape[:2]
    margin = 0.1
    left, top = max(0, int((x - margin * w) * width)), max(0, int((y - margin * h) * height))
    right = min(width, max(left + 1, int((x + (1 + margin) * w) * width)))
    bottom = min(height, max(top + 1, int((y + (1 + margin) * h) * height)))
    size = np.array((width, height), np.float64)
    piece = rgb[top:bottom, left:right]
    return piece, np.array((left, top)) / size, np.array((right - left, bottom - top)) / size


def _upright(face: Face, turns: int, height: int, width: int) -> Face:
    """Return a face found in a picture turned counter-clockwise `turns` times, turned back."""
    box = _turned_back(face.box.reshape(2, 2), turns, height, width)
    low, high = box.min(axis=0), box.max(axis=0)
    marks = _turned_back(face.landmarks, turns, height, width)
    size = np.array((width, height), np.float64)
    return Face(np.concatenate((low / size, high / size)), face.score, marks / size)


def _turned_back(points: Floats, turns: int, height: int, width: int) -> Floats:
    x, y = points[:, 0], points[:, 1]
    if turns == 1:
        return np.stack((width - y, x), axis=1)
    if turns == 2:
        return np.stack((width - x, height - y), axis=1)
    if turns == 3:
        return np.stack((y, height - x), axis=1)
    return points


def _proposal(
    face: Face, offset: Floats, scale: Floats, turns: int, number: int, aid: str, version: str
) -> Proposal:
    low = np.clip(offset + face.box[:2] * scale, 0, 1)
    high = np.clip(offset + face.box[2:] * scale, 0, 1)
    marks = np.clip(offset + face.landmarks * scale, 0, 1)
    (x0, y0), (x1, y1) = low.tolist(), high.tolist()
    spots = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    grounds: tuple[Ground, ...] = ()
    if not problem(spots):
        grounds = (Ground("The area of the face.", capture=number, shape=quad(spots)),)
    says = "This looks like a face."
    if turns:
        says = f"This looks like a face, its top turned by {90 * turns}° clockwise in the picture."
    data = {
        "capture": number,
        "box": [round(v, 5) for v in (x0, y0, x1 - x0, y1 - y0)],
        "score": round(face.score, 4),
        "landmarks": {
            name: [round(float(v), 5) for v in spot]
            for name, spot in zip(LANDMARKS, marks, strict=True)
        },
        "turned": 90 * turns,
    }
    score = Score(round(face.score, 4), _MEANING)
    return Proposal(aid, version, "faces", says, grounds, score, data=data)
