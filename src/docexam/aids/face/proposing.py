"""From faces to proposals."""

from __future__ import annotations

from docexam.aids.face.finding import LANDMARKS, LEAST_FACE
from docexam.aids.face.looking import Spot, spots_in
from docexam.aids.protocol import Cancelled, CaptureImage, Ground, Material, Proposal, Run, Score
from docexam.domain.geometry import Quad, bounding_box, problem, quad
from docexam.errors import InputError

_MEANING = "how sure the last of three networks is that this is a face; not a probability"
_MOST = 20


def proposals(material: Material, run: Run, aid: str, version: str) -> tuple[Proposal, ...]:
    """Return a proposal for each face in the region or in the captures, or one that says none.

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
    """Tells how far one of several captures is, and stops when nobody waits any more.

    How many pictures are searched depends on what is found, so each moves the bar by a part of
    what is left.
    """

    def __init__(self, run: Run, number: int, count: int) -> None:
        self._run, self._number, self._count = run, number, count
        self._done = 0.0

    def __call__(self, share: float) -> None:
        if self._run.cancelled():
            raise Cancelled
        self._done += (1 - self._done) * 0.02
        self._run.progress((self._number + self._done) / self._count, "faces")


def _of(
    capture: CaptureImage, shape: Quad | None, step: _Step, aid: str, version: str
) -> list[Proposal]:
    if min(capture.width, capture.height) < LEAST_FACE:
        raise InputError(
            "DX-AID-SMALL",
            f"The picture is {capture.width} × {capture.height} pixels, too small for a face.",
            todo="Take a larger picture.",
        )
    found = spots_in(capture, shape, step)[:_MOST]
    return [_proposal(spot, capture.n, aid, version) for spot in found] or [
        _none(capture, aid, version)
    ]


def _none(capture: CaptureImage, aid: str, version: str) -> Proposal:
    says = (
        f"No face was found on capture {capture.n} where one could be seen; that is not the same "
        "as none there."
    )
    return Proposal(aid, version, "faces", says)


def _proposal(spot: Spot, number: int, aid: str, version: str) -> Proposal:
    spots = [(float(x), float(y)) for x, y in spot.corners]
    grounds: tuple[Ground, ...] = ()
    if not problem(spots):
        grounds = (Ground("The area of the face.", capture=number, shape=quad(spots)),)
    says = "This looks like a face."
    if spot.turned:
        says = f"This looks like a face, its top turned by {spot.turned}° clockwise in the picture."
    data = {
        "capture": number,
        "box": [round(v, 5) for v in bounding_box(spots)],
        "score": round(spot.score, 4),
        "landmarks": {
            name: [round(float(v), 5) for v in mark]
            for name, mark in zip(LANDMARKS, spot.landmarks, strict=True)
        },
        "turned": spot.turned,
    }
    score = Score(round(spot.score, 4), _MEANING)
    return Proposal(aid, version, "faces", says, grounds, score, data=data)
