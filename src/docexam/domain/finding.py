"""Findings, readings and the regions they rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docexam.domain import geometry
from docexam.domain.checklist import NON_ANSWERS, Indicator
from docexam.domain.exhibit import Capture
from docexam.domain.text import visible
from docexam.errors import InputError

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Answer = str | tuple[str, ...] | None

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Region:
    """Four points on a capture, in fractions of the upright image; `box` is the simple case.

    `capture` is the SHA-256 of the original. Exactly one of `box` and `polygon` is set.
    """

    capture: str
    box: Box | None = None
    polygon: tuple[Point, ...] | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """The four corners, clockwise from the upper left of a box."""
        if self.polygon is not None:
            return self.polygon
        x, y, w, h = self.box or (0.0, 0.0, 0.0, 0.0)
        return ((x, y), (x + w, y), (x + w, y + h), (x, y + h))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of the command-line contract."""
        if self.polygon is not None:
            return {"capture": self.capture, "polygon": [list(p) for p in self.polygon]}
        return {"capture": self.capture, "box": list(self.box or ())}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Region:
        """Build a region from its JSON form."""
        if "polygon" in data:
            points = tuple((float(x), float(y)) for x, y in data["polygon"])
            return Region(str(data["capture"]), polygon=points)
        x, y, w, h = (float(v) for v in data["box"])
        return Region(str(data["capture"]), box=(x, y, w, h))


def region_of(capture: str, points: Sequence[Point]) -> Region:
    """Return a checked region through four points; a box where the sides are upright."""
    rounded = tuple((round(x, _DIGITS), round(y, _DIGITS)) for x, y in points)
    region = checked_region(Region(capture, polygon=rounded), "")
    if geometry.is_box(rounded):
        xs, ys = [p[0] for p in rounded], [p[1] for p in rounded]
        left, top = min(xs), min(ys)
        box = (left, top, round(max(xs) - left, _DIGITS), round(max(ys) - top, _DIGITS))
        region = Region(capture, box=box)
    return checked_region(region, "")


def checked_region(region: Region, where: str) -> Region:
    """Return the region if its geometry can be one; raises InputError (DX-REGION)."""
    problem = geometry.problem(region.points)
    if problem:
        raise InputError(
            "DX-REGION",
            problem,
            where=where,
            todo="Write X,Y,W,H or X1,Y1;X2,Y2;X3,Y3;X4,Y4 in fractions of the image from 0 to 1.",
        )
    return region


def parse_region(text: str, captures: Sequence[Capture]) -> Region:
    """Read `CAPTURE:BOX` or `CAPTURE:POLYGON` as the command line writes it."""
    number, colon, shape = text.partition(":")
    capture = capture_number(number, captures) if colon else None
    if capture is None:
        raise InputError(
            "DX-REGION",
            f"“{visible(text[:120])}” names no region.",
            todo="Write CAPTURE:X,Y,W,H or CAPTURE:X1,Y1;X2,Y2;X3,Y3;X4,Y4, captures count from 1.",
        )
    return checked_region(_shape(capture.sha256, shape, text), visible(text[:120]))


def capture_number(text: str, captures: Sequence[Capture]) -> Capture:
    """Return the capture that a number on the command line means; raises InputError."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= number <= len(captures):
        raise InputError(
            "DX-CAPTURE",
            f"There is no capture “{visible(text[:20])}”.",
            todo=f"This exhibit has captures 1 to {len(captures)}.",
        )
    return captures[number - 1]


def _shape(capture: str, shape: str, text: str) -> Region:
    try:
        if ";" in shape:
            points = tuple(_numbers(p, 2) for p in shape.split(";"))
            if len(points) != 4:
                raise ValueError
            return Region(capture, polygon=tuple((p[0], p[1]) for p in points))
        x, y, w, h = _numbers(shape, 4)
        return Region(capture, box=(x, y, w, h))
    except ValueError:
        raise InputError(
            "DX-REGION",
            f"“{visible(text[:120])}” is not a region.",
            todo="A box is X,Y,W,H; a polygon has exactly four points X,Y joined by “;”.",
        ) from None


def _numbers(text: str, count: int) -> tuple[float, ...]:
    values = tuple(float(part) for part in text.split(","))
    if len(values) != count or not all(math.isfinite(v) for v in values):
        raise ValueError(text)
    return values


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one indicator or fact, and what it rests on.

    `answer`: a choice id, a non-answer, the value of a text, number or date item, a tuple of
    choice ids for a `many` item, or None while open. `first`: the answer that stood before a
    reveal or a close, once it was changed. `by_fact`: the fact that gave the answer, empty when
    the examiner did. `reference`: the SHA-256 of the specimen compared with. `view`: what was on
    the screen when it was said. `aided`: `triage` where the aids were open when it was answered,
    `shown` where a proposal on it had been shown, else empty.
    """

    item: str
    answer: Answer = None
    complete: bool = False
    note: str = ""
    cause: str = ""
    reason: str = ""
    regions: tuple[Region, ...] = ()
    view: Mapping[str, Any] | None = None
    crop_seen: bool = False
    first: Answer = None
    has_first: bool = False
    by_fact: str = ""
    reference: str = ""
    entered_by: str = ""
    aided: str = ""
    examiner: str = ""
    at: str = ""
    seq: int = 0

    @property
    def non_answer(self) -> str:
        """The non-answer given, or an empty string."""
        return self.answer if isinstance(self.answer, str) and self.answer in NON_ANSWERS else ""

    @property
    def answered(self) -> bool:
        """Whether this counts: a complete answer or a non-answer."""
        return self.answer is not None and self.complete

    def chosen(self, item: Indicator) -> tuple[str, ...]:
        """Return the ids of the choices given; empty for non-answers and typed values."""
        if self.answer is None or self.non_answer or item.type in ("text", "number", "date"):
            return ()
        return self.answer if isinstance(self.answer, tuple) else (self.answer,)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was transcribed from a field: the raw reading kept as typed, a corrected one beside it.

    `answer` is a non-answer where the field could not be read, else empty. `aided` as in a
    finding; `aid` names the aid and version whose reading the examiner took over, if one.
    """

    field: str
    raw: str = ""
    corrected: str = ""
    answer: str = ""
    cause: str = ""
    reason: str = ""
    note: str = ""
    regions: tuple[Region, ...] = ()
    first: str = ""
    has_first: bool = False
    by_fact: str = ""
    aided: str = ""
    aid: str = ""
    examiner: str = ""
    at: str = ""
    seq: int = 0

    @property
    def value(self) -> str:
        """The reading that comparisons use: the corrected one, else the raw one."""
        return self.corrected or self.raw


def lacks(item: Indicator, finding: Finding, captures: Sequence[Capture]) -> str:
    """Return what a finding still lacks to be complete, in words; empty when nothing.

    A choice with `evidence = "region"` needs a region, at least `min_px` pixels of the original
    on its shorter side where the indicator asks for that.
    """
    demands = [c for c in map(item.choice, finding.chosen(item)) if c and c.evidence == "region"]
    if not demands:
        return ""
    if not finding.regions:
        return f"“{demands[0].label}” needs a marked region."
    widest = max((_shorter_side(r, captures) for r in finding.regions), default=0.0)
    if widest < item.min_px:
        return (
            f"The region is {widest:.0f} pixels of the original on its shorter side; "
            f"“{demands[0].label}” needs at least {item.min_px}. "
            "If the picture holds no more, “not visible” is the answer it supports."
        )
    return ""


def _shorter_side(region: Region, captures: Sequence[Capture]) -> float:
    capture = next((c for c in captures if c.sha256 == region.capture), None)
    if capture is None:
        return 0.0
    return geometry.shorter_side_px(region.points, capture.width, capture.height)
