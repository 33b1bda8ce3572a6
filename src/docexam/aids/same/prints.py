"""Prints of zones: small enough to keep for every exhibit, good enough to find what to look at.

`zone_prints` makes them, `matches` finds pairs of prints worth a look without any image, and
`confirm` lays the two zones on each other. A print holds a 256-bit hash and the zone itself at
64 × 64 levels.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from docexam.aids.protocol import Cancelled, CaptureImage, Run
from docexam.aids.raster.arrays import Pixels, Plane
from docexam.aids.raster.warp import unwarped
from docexam.aids.same import inkmap
from docexam.aids.same.agree import BLOCK, agreement
from docexam.aids.same.align import ANY, QUARTERS, lay, lay_closer
from docexam.aids.same.hashes import differing, quarters, turned_hash, upright_hash
from docexam.aids.same.rings import Rings, likeness_of, rings_of
from docexam.aids.same.zones import AREA, PAGE, SEAL, SIGNATURE, Zone, find_zones
from docexam.domain.geometry import Quad, overlap, quad
from docexam.errors import InputError

LONGEST = 2_000
FOUND = 0.74
_SMALL = 64
_PAGE_SIDE = 256
_CLOSE = 640
_WORTH_CLOSER = 0.5
_LEAST_BLOCKS = 12
# Letters of one hand resemble each other as two strikes of different stamps never do: of those, on
# drawn pages, none agreed to more than 0.62, and of strikes of one stamp none to less than 0.72.
_FOUND_IN = {SIGNATURE: 0.9, SEAL: 0.7}
_NEAR = {SEAL: 0.24, SIGNATURE: 0.8, AREA: 0.30}
_NEAR_BITS = 0.34
_INKED = (SEAL, SIGNATURE, AREA)


@dataclass(frozen=True, slots=True)
class ZonePrint:
    """A zone's print. `bits`: its hash; `coloured`: whether only coloured ink was taken;
    `small`: its 64 × 64 levels, row by row.
    """

    what: str
    capture: int
    sha256: str
    shape: Quad
    bits: int
    coloured: bool
    small: bytes

    @property
    def zone(self) -> Zone:
        """The zone the print was made of."""
        return Zone(self.what, self.capture, self.shape)

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form, which `print_from` reads."""
        return {
            "what": self.what,
            "capture": self.capture,
            "sha256": self.sha256,
            "shape": [list(point) for point in self.shape],
            "bits": f"{self.bits:064x}",
            "coloured": self.coloured,
            "small": base64.b64encode(self.small).decode("ascii"),
        }


@dataclass(frozen=True, slots=True)
class Match:
    """Two prints of a pair worth laying on each other: their places in the two lists.

    `likeness`: for seals the best correlation around the middle, else 1 less the share of bits
    that differ.
    """

    a: int
    b: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Two zones that match. `score`: three quarters of the places that both fill correlate at
    least so well. `bits`: share of differing bits of the two hashes once laid on each other.
    `inliers` of `places` correlate above one half. `transform`: 2 × 3, from the first zone's
    square to the second's, in fractions of the squares.
    """

    what: str
    a: Zone
    b: Zone
    score: float
    bits: float
    inliers: int
    places: int
    transform: tuple[tuple[float, float, float], tuple[float, float, float]]


def print_from(form: dict[str, Any]) -> ZonePrint:
    """Return a print from its JSON form. Raises InputError for one that is damaged."""
    try:
        small = base64.b64decode(form["small"], validate=True)
        bits = int(form["bits"], 16)
        made = ZonePrint(
            str(form["what"]),
            int(form["capture"]),
            str(form["sha256"]),
            quad(form["shape"]),
            bits,
            bool(form["coloured"]),
            small,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("DX-AID-PRINT", "A kept print of a zone is damaged.") from error
    if len(small) != _SMALL * _SMALL or not 0 <= bits < 1 << 256:
        raise InputError("DX-AID-PRINT", "A kept print of a zone is damaged.")
    return made


# --- making them -------------------------------------------------------------------------------


def zone_prints(
    capture: CaptureImage, run: Run, troubles: list[str] | None = None
) -> tuple[ZonePrint, ...]:
    """Find the zones of a capture and return their prints; raises Cancelled.

    `troubles` takes a sentence for each aid that could not look for zones.
    """
    zones = find_zones(capture, run, troubles)
    if run.cancelled():
        raise Cancelled
    return prints_of(capture, zones)


def prints_of(capture: CaptureImage, zones: Iterable[Zone]) -> tuple[ZonePrint, ...]:
    """Return the prints of zones of one capture; without empty ones and mere print."""
    pixels = capture.rgb(LONGEST)
    made = []
    for zone in zones:
        square = _square(pixels, zone)
        if zone.what == AREA and not inkmap.is_penned(square):
            continue
        coloured = zone.what in _INKED and inkmap.is_coloured(square)
        plane = _plane(square, zone.what, coloured)
        if float(plane.std()) < 1e-4:
            continue
        bits = turned_hash(plane) if zone.what in _NEAR else upright_hash(plane)
        made.append(
            ZonePrint(
                zone.what, zone.capture, capture.sha256, zone.shape, bits, coloured, _kept(plane)
            )
        )
    return tuple(made)


def _square(pixels: Pixels, zone: Zone, side: int = _PAGE_SIDE) -> Pixels:
    if zone.what == PAGE:
        height, width = pixels.shape[:2]
        corners = np.array(zone.shape) * (width, height)
        try:
            return unwarped(pixels, corners, side, side)
        except np.linalg.LinAlgError:
            return inkmap.patch(pixels, zone.box, side)
    return inkmap.patch(pixels, zone.box)


def _plane(square: Pixels, what: str, coloured: bool) -> Plane:
    return inkmap.ink_of(square, coloured) if what in _NEAR else inkmap.light_of(square)


def _kept(plane: Plane) -> bytes:
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    small = np.asarray(image.resize((_SMALL, _SMALL), Image.Resampling.BOX), np.float32)
    low, high = float(small.min()), float(np.percentile(small, 99.5))
    levels = (small - low) * (255.0 / max(high - low, 1e-6))
    return levels.clip(0, 255).round().astype(np.uint8).tobytes()


# --- finding pairs -----------------------------------------------------------------------------


def matches(first: Sequence[ZonePrint], second: Sequence[ZonePrint]) -> tuple[Match, ...]:
    """Return the pairs of prints worth a look, the likeliest first.

    Only prints of one kind are compared. Given one list twice, each pair is told once and
    nothing is paired with itself.
    """
    own = first is second
    wide = {i: _searched(p) for i, p in enumerate(first) if p.what in _NEAR}
    plain = {j: rings_of(_levels(p)) for j, p in enumerate(second) if p.what in _NEAR}
    turned = {i: quarters(_levels(p)) for i, p in enumerate(first) if p.what not in _NEAR}
    found = []
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            if one.what != other.what or (own and j <= i) or _not_compared(one, other):
                continue
            if one.what in _NEAR:
                likeness = likeness_of(wide[i], plain[j])
                near = likeness >= _NEAR[one.what]
            else:
                bits = upright_hash(_levels(other))
                likeness = 1.0 - min(differing(way, bits) for way in turned[i])
                near = likeness >= 1.0 - _NEAR_BITS
            if near:
                found.append(Match(i, j, round(likeness, 4)))
    return tuple(sorted(found, key=lambda m: (-m.likeness, m.a, m.b)))


def _searched(one: ZonePrint) -> list[Rings]:
    """Return the rings of a print about several middles and sizes: boxes are never exact."""
    plane = _levels(one)
    steps = (-3.0, -1.5, 0.0, 1.5, 3.0)
    sizes = (0.92, 1.0, 1.09)
    return [rings_of(plane, x, y, size) for size in sizes for y in steps for x in steps]


def _levels(one: ZonePrint) -> Plane:
    return np.frombuffer(one.small, np.uint8).reshape(_SMALL, _SMALL).astype(np.float32)


def _not_compared(one: ZonePrint, other: ZonePrint) -> bool:
    """Whether two prints are of one place, or areas of two captures: forms repeat their print."""
    same_capture = one.sha256 == other.sha256 and one.capture == other.capture
    if not same_capture:
        return one.what == AREA
    return overlap(one.shape, other.shape) > 0.2


# --- laying them on each other -----------------------------------------------------------------


def confirm(
    capture_a: CaptureImage, zone_a: Zone, capture_b: CaptureImage, zone_b: Zone, run: Run
) -> Confirmed | None:
    """Lay two zones on each other; None where they do not match. Raises Cancelled."""

    def told(share: float) -> None:
        if run.cancelled():
            raise Cancelled
        run.progress(share, "laying one on the other")

    told(0.0)
    pixels = capture_a.rgb(LONGEST), capture_b.rgb(LONGEST)
    squares = _square(pixels[0], zone_a), _square(pixels[1], zone_b)
    coloured = zone_a.what in _INKED and all(map(inkmap.is_coloured, squares))
    one, other = (_plane(square, zone_a.what, coloured) for square in squares)
    laid = lay(one, other, ANY if zone_a.what in _NEAR else QUARTERS, told)
    found = agreement(one, laid.moved, laid.inside, rings=zone_a.what in _NEAR)
    if zone_a.what == PAGE and found.low >= _WORTH_CLOSER:
        # Lines of different words look alike until the letters can be told apart.
        squares = _square(pixels[0], zone_a, _CLOSE), _square(pixels[1], zone_b, _CLOSE)
        one, other = (_plane(square, PAGE, coloured=False) for square in squares)
        laid = lay_closer(one, other, laid)
        found = agreement(one, laid.moved, laid.inside, step=BLOCK)
    if found.blocks < _LEAST_BLOCKS or found.low < _FOUND_IN.get(zone_a.what, FOUND):
        return None
    side = one.shape[0]
    rows = [(float(a), float(b), float(c) / side) for a, b, c in laid.matrix.tolist()]
    return Confirmed(
        what=zone_a.what,
        a=zone_a,
        b=zone_b,
        score=round(found.low, 3),
        bits=round(differing(upright_hash(one), upright_hash(laid.moved)), 3),
        inliers=round(found.share * found.blocks),
        places=found.blocks,
        transform=(_rounded(rows[0]), _rounded(rows[1])),
    )


def _rounded(row: tuple[float, float, float]) -> tuple[float, float, float]:
    return round(row[0], 4), round(row[1], 4), round(row[2], 4)
