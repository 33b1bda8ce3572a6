"""Where to look: seals, the portrait and the page as other aids propose them, writing, captures.

The other aids are asked through the registry, so that one that is missing or broken only means
fewer zones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docexam.aids.protocol import Cancelled, CaptureImage, Material, Run
from docexam.aids.registry import load_aid
from docexam.aids.running import run_aid
from docexam.domain.geometry import Box, Quad, area, bounding_box, overlap, problem, quad
from docexam.errors import DocexamError

MOST_SEALS = 12
_LEAST_PIXELS = 24
_STAMPED = 0.4
SEAL, PORTRAIT, SIGNATURE, PAGE, AREA = "seal", "portrait", "signature", "page", "area"


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a capture: what it is, its number's capture, and its corners in fractions."""

    what: str
    capture: int
    shape: Quad

    @property
    def box(self) -> Box:
        """The upright box around it, in fractions."""
        return bounding_box(self.shape)


@dataclass(frozen=True, slots=True)
class _Part:
    """A `Run` for one aid of several: its share of the whole, the cancel of the whole."""

    run: Run
    start: float
    length: float

    def progress(self, share: float, what: str = "") -> None:
        """Tell the share of the whole."""
        self.run.progress(self.start + self.length * share, what)

    def cancelled(self) -> bool:
        """Return whether the whole should stop."""
        return self.run.cancelled()


def part_of(run: Run, start: float, length: float) -> Run:
    """Return a run that covers a part of another one's progress."""
    return _Part(run, start, length)


def find_zones(
    capture: CaptureImage, run: Run, troubles: list[str] | None = None
) -> tuple[Zone, ...]:
    """Return the zones of one capture, seals first. Raises Cancelled.

    `troubles` takes a sentence for each aid that could not look.
    """
    zones: list[Zone] = []
    readers: tuple[tuple[str, Callable[[CaptureImage, list[dict[str, Any]]], list[Zone]]], ...] = (
        ("seals", _seals),
        ("photo", _portrait),
        ("page", _page),
    )
    for index, (name, read) in enumerate(readers):
        part = part_of(run, index / len(readers), 1 / len(readers))
        found, trouble = _asked(name, capture, part)
        zones += read(capture, found)
        if trouble and troubles is not None:
            troubles.append(f"capture {capture.n}: {trouble}")
    return (*zones, *_written(capture, zones))


def _written(capture: CaptureImage, zones: list[Zone]) -> list[Zone]:
    """Return the writing in coloured ink that is no part of a seal, a portrait included."""
    from docexam.aids.same.written import written_in_colour

    boxed = [_boxed(SIGNATURE, capture, box) for box in written_in_colour(capture)]
    others = [zone for zone in zones if zone.what != PAGE]
    return [
        zone
        for zone in boxed
        if zone is not None and all(share_within(zone.shape, o.shape) < _STAMPED for o in others)
    ]


def share_within(shape: Quad, other: Quad) -> float:
    """Return the share of a quad that lies within another."""
    share, own = overlap(shape, other), area(shape)
    common = share * (own + area(other)) / (1 + share)
    return common / own if own > 0 else 0.0


def _asked(name: str, capture: CaptureImage, run: Run) -> tuple[list[dict[str, Any]], str]:
    try:
        outcome = run_aid(load_aid(name), Material(captures=(capture,)), run)
    except DocexamError as error:
        return [], error.what
    if outcome.cancelled:
        raise Cancelled
    return [dict(p.data) for p in outcome.proposals if p.data], outcome.reason


def _seals(capture: CaptureImage, found: list[dict[str, Any]]) -> list[Zone]:
    zones = [_boxed(SEAL, capture, one.get("box")) for one in found]
    return [zone for zone in zones if zone is not None][:MOST_SEALS]


def _portrait(capture: CaptureImage, found: list[dict[str, Any]]) -> list[Zone]:
    zones = [_boxed(PORTRAIT, capture, one.get("box")) for one in found if one.get("present")]
    return [zone for zone in zones if zone is not None][:4]


def _page(capture: CaptureImage, found: list[dict[str, Any]]) -> list[Zone]:
    for one in found:
        corners = one.get("corners") or ()
        spots = [tuple(min(max(float(v), 0.0), 1.0) for v in pair) for pair in corners]
        if len(spots) == 4 and not problem(spots):
            return [Zone(PAGE, capture.n, quad(spots))]
    return [Zone(PAGE, capture.n, ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))]


def _boxed(what: str, capture: CaptureImage, box: Any) -> Zone | None:
    if not isinstance(box, (list, tuple)) or len(box) != 4:
        return None
    x, y, w, h = (float(v) for v in box)
    left, top, right, bottom = max(x, 0.0), max(y, 0.0), min(x + w, 1.0), min(y + h, 1.0)
    small = (right - left) * capture.width, (bottom - top) * capture.height
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    if min(small) < _LEAST_PIXELS or problem(corners):
        return None
    return Zone(what, capture.n, quad(corners))
