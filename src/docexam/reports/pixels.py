"""Which pixels a report may not show, and what to put in their stead.

A plan says which captures are withheld whole and which boxes are filled in. Pixels are to be
replaced in a new picture, never covered in a layer above. The boxes are wider than what they
hide: the length of a name or a number is not kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docexam.domain.geometry import bounding_box
from docexam.domain.text import visible
from docexam.reports import model as m

SENSITIVE_FIELD = "sensitive-field"
SENSITIVE_PLACE = "sensitive-place"
NOT_LOCATED = "not-located"

Box = tuple[float, float, float, float]

_NOT_THERE = frozenset({"not-visible", "not-applicable"})
_LONG = 1.5
_MARGIN = 0.005
_LINES = 24
_EIGHTHS = 8


@dataclass(frozen=True, slots=True)
class Cover:
    """A box to be filled: fractions of the upright image, the rule, and what releases it."""

    box: Box
    rule: str
    key: str


@dataclass(frozen=True, slots=True)
class CapturePlan:
    """What of one capture may be shown.

    `missing`: what may be on it and was not located, by release key; not empty means that no
    pixel of it is shown. `covers`: boxes to fill. `exact`: what they hide, not to be published.
    """

    missing: tuple[str, ...] = ()
    covers: tuple[Cover, ...] = ()
    exact: tuple[Box, ...] = ()

    @property
    def withheld(self) -> bool:
        """Whether no pixel of the capture may be shown."""
        return bool(self.missing)

    def touches(self, box: Box) -> bool:
        """Whether a box meets something hidden."""
        return self.withheld or any(_meet(box, hidden) for hidden in self.exact)


@dataclass(frozen=True, slots=True)
class PixelPlan:
    """The plans of all captures, by number; a capture without one may be shown whole."""

    captures: Mapping[int, CapturePlan] = field(default_factory=dict)

    def of(self, n: int) -> CapturePlan:
        """Return the plan of a capture."""
        return self.captures.get(n, CapturePlan())


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something sensitive: where it is, and where it may be without anybody having said so."""

    key: str
    rule: str
    page: str
    located: tuple[m.RegionEntry, ...]
    more: tuple[m.RegionEntry, ...]
    not_there: bool


def pixel_plan(
    report: m.Report, released: frozenset[str] = frozenset(), withhold: frozenset[str] = frozenset()
) -> PixelPlan:
    """Return what of each capture has to stay hidden.

    Sensitive are the fields and places that the checklist says are, and the places in
    `withhold` (ids). `released` holds `pixels:N`, `place:ID` and `field-pixels:ID`.
    A capture that may show a sensitive thing which nobody located on it is withheld whole.
    """
    things = [t for t in _things(report, withhold) if t.key not in released]
    seen = {c.n: _pages_on(report, c.n) for c in report.captures}
    plans = {c.n: _plan(report, c, things, seen[c.n], released) for c in report.captures}
    return PixelPlan(plans)


def _things(report: m.Report, withhold: frozenset[str]) -> Iterator[_Thing]:
    marked = {p.id: p.marked for p in report.places}
    for spec in report.fields:
        if spec.sensitive:
            located = (*spec.regions, *marked.get(spec.place, ()))
            gone = spec.non_answer in _NOT_THERE
            key = f"field-pixels:{spec.id}"
            yield _Thing(key, SENSITIVE_FIELD, spec.page, located, (), gone)
    for place in report.places:
        if place.sensitive or place.id in withhold:
            found = [r for f in report.findings() if f.place == place.id for r in f.regions]
            key = f"place:{place.id}"
            yield _Thing(key, SENSITIVE_PLACE, place.page, place.marked, tuple(found), False)


def _pages_on(report: m.Report, n: int) -> frozenset[str]:
    """Return the pages that marks, readings and findings say a capture shows."""
    found: set[str] = set()
    for place in report.places:
        found |= {place.page for r in place.marked if r.capture == n}
    for spec in report.fields:
        found |= {spec.page for r in spec.regions if r.capture == n}
    for finding in report.findings():
        found |= {finding.page for r in finding.regions if r.capture == n}
    return frozenset(found - {""})


def _plan(
    report: m.Report,
    capture: m.CaptureEntry,
    things: Iterable[_Thing],
    pages: frozenset[str],
    released: frozenset[str],
) -> CapturePlan:
    missing: list[str] = []
    covers: list[Cover] = []
    exact: list[Box] = []
    for thing in things:
        here = [r for r in (*thing.located, *thing.more) if r.capture == capture.n]
        for box in _boxes(here):
            exact.append(box)
            covers.append(Cover(widened(box, capture.width, capture.height), thing.rule, thing.key))
        located = any(r.capture == capture.n for r in thing.located)
        if not located and _may_show(report, thing, pages):
            missing.append(thing.key)
    if f"pixels:{capture.n}" in released:
        missing = []
    return CapturePlan(tuple(missing), tuple(dict.fromkeys(covers)), tuple(exact))


def _may_show(report: m.Report, thing: _Thing, pages: frozenset[str]) -> bool:
    """Tell whether a capture may show a thing that was not located on it."""
    states = {p.id: p.shown for p in report.pages}
    if thing.not_there or states.get(thing.page) == "not-shown":
        return False
    if not thing.page:
        return not thing.located or not report.pages
    return thing.page in pages or not pages


def _boxes(regions: Iterable[m.RegionEntry]) -> Iterator[Box]:
    for region in regions:
        if isinstance(region.shape, m.Shape):
            yield bounding_box(region.shape.points)


def widened(box: Box, width: int, height: int) -> Box:
    """Return the box to fill for a hidden one: its own length cannot be told from it.

    A box that is clearly longer than wide in pixels (a line of text, a signature) is drawn out
    over the whole image along its length. Any other is grown to a grid of eighths.
    """
    x, y, w, h = box
    across, down = max(w * width, 1.0), max(h * height, 1.0)
    if across >= _LONG * down:
        top, height_out = _grown(y, h, _LINES)
        return (0.0, top, 1.0, height_out)
    if down >= _LONG * across:
        left, width_out = _grown(x, w, _LINES)
        return (left, 0.0, width_out, 1.0)
    left, width_out = _grown(x, w, _EIGHTHS)
    top, height_out = _grown(y, h, _EIGHTHS)
    return (left, top, width_out, height_out)


def _grown(start: float, length: float, parts: int) -> tuple[float, float]:
    low = max(math.floor((start - _MARGIN) * parts), 0)
    high = min(math.ceil((start + length + _MARGIN) * parts), parts)
    return low / parts, (high - low) / parts


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def explained(report: m.Report, plan: PixelPlan) -> tuple[str, ...]:
    """Return, for whoever writes the report, why images are withheld and what would show them."""
    labels = {f"field-pixels:{f.id}": f.label for f in report.fields}
    labels |= {f"place:{p.id}": p.title for p in report.places}
    return tuple(
        f"Image {n} is withheld whole: nobody located on it "
        f"{'; '.join(visible(labels.get(key, key)) for key in capture.missing)}. Mark the place, "
        f"answer “not visible”, or release pixels:{n} after looking at it."
        for n, capture in plan.captures.items()
        if capture.withheld
    )
