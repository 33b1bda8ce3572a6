"""What is known of a drawn scene; points are pixels of the image, quads clockwise."""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
Box = tuple[float, float, float, float]


def bounds(points: Quad) -> Box:
    """Return x, y, width and height of the upright box around points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def area(points: Quad) -> float:
    """Return the area of a quad."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return abs((cx - ax) * (dy - by) - (dx - bx) * (cy - ay)) / 2


def rect(x: float, y: float, width: float, height: float) -> Quad:
    """Return an upright rectangle clockwise from its top left corner."""
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


@dataclass(frozen=True, slots=True)
class Seal:
    """One strike. `quad` holds the design upright on its stamp, `box` is the upright box of what
    it covers of the picture. `strength` is the mean density of ink on the lines of the design,
    `ring` the share of its outline that carries ink, `clear` whether both are high enough to be
    seen at once. Strikes of one `design` are of one stamp."""

    centre: Point
    quad: Quad
    box: Box
    ink: str
    shape: str
    strength: float
    ring: float
    clear: bool
    crosses_photo: bool
    text: str
    design: int

    @property
    def radius(self) -> float:
        """Return half the side of a square as large as the quad, in pixels."""
        return area(self.quad) ** 0.5 / 2


@dataclass(frozen=True, slots=True)
class Field:
    """One entry: `made` is typed, printed or written, `script` Cyrl or Latn.

    `face` is the file or family it is set in.
    """

    id: str
    quad: Quad
    text: str
    script: str
    made: str
    face: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A machine-readable zone.

    `format` is TD1, TD2, TD3, MRV-A, MRV-B or RUS, `face` the file or family it is printed in.
    """

    format: str
    lines: tuple[str, ...]
    quad: Quad
    face: str


@dataclass(frozen=True, slots=True)
class Photo:
    """The place for a photograph: `place` says whether there is one, `present` whether it is
    filled; `face` whether a face can be seen in it."""

    place: bool
    present: bool
    quad: Quad | None = None
    face: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """The owner's signature: its script (ISO 15924) and whether its ink is the entries' ink."""

    quad: Quad
    script: str
    ink: str
    same_ink: bool
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Lure:
    """Something that must not be taken for a seal."""

    kind: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is known of one scene. `entries_ink` is the ink of the written entries, empty
    where none are written by hand."""

    split: str
    n: int
    layout: str
    difficulty: str
    corners: Quad
    photo: Photo = Photo(False, False)
    seals: tuple[Seal, ...] = ()
    fields: tuple[Field, ...] = ()
    mrz: Zone | None = None
    signature: Signature | None = None
    entries_ink: str = ""
    lures: tuple[Lure, ...] = field(default_factory=tuple)
