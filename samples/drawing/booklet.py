"""What a booklet says and what happened to it; the spread it is drawn on and its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from .lettering import Hand
from .paper import Colour, Sheet
from .portrait import Face
from .seals import Stamp, Strike

Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A date scraped off and written again: the field, its first reading, the second hand."""

    field: str
    first: str
    second: Hand


@dataclass(frozen=True, slots=True)
class Booklet:
    """Everything that was filled in, by whom, and how the booklet has fared."""

    seed: int
    entries: Mapping[str, str]
    hand: Hand
    signature: str
    signer: Hand
    stamp: Stamp
    unit_stamp: Stamp
    strikes: Mapping[str, Strike] = field(default_factory=dict)
    signed: bool = True
    photo: Face | None = None
    photo_turn: float = 0.0
    photo_shift: Point = (0.0, 0.0)
    second_strike: Strike | None = None
    overwritten: Overwritten | None = None
    typed: frozenset[str] = frozenset()
    service: tuple[tuple[str, str, str, str], ...] = ()
    weapons: tuple[tuple[str, str, str], ...] = ()
    ranks: tuple[tuple[str, str], ...] = ()
    wear: float = 0.4
    tint: Colour = (0.84, 0.90, 0.85)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs on the sheet (millimetres) and what is true of it."""

    id: str
    page: str
    holds: str
    state: str
    corners: tuple[Point, Point, Point, Point]


def turned(box: Box, degrees: float) -> tuple[Point, Point, Point, Point]:
    """Return the four corners of ``box`` turned counter-clockwise about its middle."""
    left, top, right, bottom = box
    cx, cy, a = (left + right) / 2, (top + bottom) / 2, np.radians(-degrees)
    cos, sin = float(np.cos(a)), float(np.sin(a))

    def at(x: float, y: float) -> Point:
        dx, dy = x - cx, y - cy
        return (cx + dx * cos - dy * sin, cy + dx * sin + dy * cos)

    return (at(left, top), at(right, top), at(right, bottom), at(left, bottom))


@dataclass(slots=True)
class Spread:
    """A sheet with the places that were marked while it was drawn."""

    page: str
    sheet: Sheet
    places: list[Place] = field(default_factory=list)

    def mark(
        self, name: str, holds: str, box: Box, state: str = "present", turn: float = 0
    ) -> None:
        """Remember the place ``name``: a box, turned by ``turn`` degrees about its middle."""
        corners = turned(box, turn)
        self.places.append(Place(name, self.page, holds, state, corners))

    def unite(self, name: str, holds: str, parts: tuple[str, ...]) -> None:
        """Remember ``name`` as the box round the places ``parts``, in the worst of their states."""
        found = [place for place in self.places if place.id in parts]
        xs = [x for place in found for x, _ in place.corners]
        ys = [y for place in found for _, y in place.corners]
        states = {place.state for place in found}
        state = (
            "altered" if "altered" in states else "absent" if states == {"absent"} else "present"
        )
        self.mark(name, holds, (min(xs), min(ys), max(xs), max(ys)), state)

    def restate(self, name: str, state: str) -> None:
        """Change what is true of the place ``name``."""
        self.places = [
            replace(place, state=state) if place.id == name else place for place in self.places
        ]
