"""Finding the seals of a picture: ink, what the network takes for seals, and their outlines."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.seals.closer import likeness
from docexam.aids.seals.density import Ink, ink_of
from docexam.aids.seals.fit import angles
from docexam.aids.seals.naming import ink_name
from docexam.aids.seals.seal import Seal
from docexam.aids.seals.sightings import Sighting, apart, sightings
from docexam.aids.seals.tracing import Found, traced
from docexam.domain.geometry import Quad, problem, within_image

LONGEST = 1280
LEAST_SCORE = 0.62
GLANCE = 0.3  # of the first look, from which a closer one is taken
_CLOSER_COUNTS, _NEVER = 0.5, 1e-4
# What asks for more at the first look. A ring without letters is rather an emblem, a cup, a button.
_LEAST_BARE_RING, _BARE = 0.8, 0.14
# Black so much paler than the page's print is rather the grey of an emblem in print.
_LEAST_GREY, _AS_DARK = 0.95, 0.35
# What fills so much of the picture (pixels of the radius) is rather a part of the page.
_LEAST_LARGE, _LARGE = 0.75, 180.0
_NO_INK = 0.03  # density, at which a strike is no darker than the paper
_CALM = 0.1  # grain makes rings and frames of anything: more of it asks for more
_TENTH = math.log(10.0)

Tick = Callable[[float, str], None]


def found_on(rgb: Pixels, tick: Tick) -> list[Found]:
    """Return the seals of a picture of at most `LONGEST` pixels, the most seal-like first."""
    tick(0.1, "ink")
    return found_in(ink_of(rgb), tick)


def found_in(ink: Ink, tick: Tick) -> list[Found]:
    """Return what `found_on` does of the densities of a picture."""
    tick(0.2, "looking for seals")
    seen = _looked_at(ink, sightings(ink.dense, GLANCE))
    found: list[Found] = []
    for number, (score, one) in enumerate(seen):
        tick(0.6 + 0.4 * number / len(seen), "drawing outlines")
        drawn = traced(ink, one)
        apart_from_all = all(apart(drawn.outline, other.outline) for other in found)
        inked = drawn.shade.strength > _NO_INK
        if inked and apart_from_all and one.score >= _least_glance(drawn, ink):
            found.append(replace(drawn, score=score))
    return found


def _looked_at(ink: Ink, seen: list[Sighting]) -> list[tuple[float, Sighting]]:
    """Return those sightings that stand a closer look, with the score of both, the best first."""
    scored = [(_of_both(one.score, likeness(ink.dense, one.outline)), one) for one in seen]
    return sorted((pair for pair in scored if pair[0] >= LEAST_SCORE), key=lambda pair: -pair[0])


def _of_both(first: float, closer: float) -> float:
    """Return the score of both looks: their odds multiplied, the closer one's counting less."""
    said = _odds(first) + _CLOSER_COUNTS * _odds(closer)
    return 1.0 / (1.0 + math.exp(-said))


def _odds(score: float) -> float:
    """Return the logarithm of the odds of a score."""
    inside = min(max(score, _NEVER), 1 - _NEVER)
    return math.log(inside / (1 - inside))


def _least_glance(one: Found, ink: Ink) -> float:
    """Return the least score of the first look that will do."""
    least = GLANCE
    if one.outline.radius > _LARGE:
        least = _LEAST_LARGE
    if one.lettering < _BARE and not one.corners:
        least = _LEAST_BARE_RING
    if ink_name(one.shade) == "black" and one.shade.strength < _AS_DARK * ink.print_density:
        least = _LEAST_GREY
    grain = max(0.0, min(ink.noise.values()) - _CALM)
    return least + grain


def seal_of(found: Found, size: tuple[int, int], crossing: bool | None) -> Seal:
    """Return a found seal in fractions; `size` is width and height of the picture it was on."""
    width, height = size
    left, top, right, bottom = _reach(found)
    cut = left < 0 or top < 0 or right > width or bottom > height
    left, right = max(0.0, left), min(float(width), right)
    top, bottom = max(0.0, top), min(float(height), bottom)
    long, short, angle = found.outline.axes
    return Seal(
        box=(left / width, top / height, (right - left) / width, (bottom - top) / height),
        centre=((found.outline.x + 0.5) / width, (found.outline.y + 0.5) / height),
        shape=found.shape,
        ink=ink_name(found.shade),
        score=found.score,
        strength=found.shade.strength / _TENTH,
        ring=found.ring,
        gaps=found.gaps,
        outline=_quad(found, size),
        axes=(long / width, short / width),
        angle=math.degrees(angle),
        crosses_photo=crossing,
        cut_off=cut,
    )


def spots_within(found: Found, size: tuple[int, int]) -> Floats:
    """Return points spread over a found seal, in fractions."""
    angle = angles(48)
    spots = [found.outline.points(np.full(48, share), angle) for share in (0.35, 0.65, 0.97)]
    return np.concatenate([np.column_stack((x / size[0], y / size[1])) for x, y in spots])


def _reach(found: Found) -> tuple[float, float, float, float]:
    if found.corners:
        xs, ys = [x + 0.5 for x, _ in found.corners], [y + 0.5 for _, y in found.corners]
        return min(xs), min(ys), max(xs), max(ys)
    across, down = found.outline.reach
    x, y = found.outline.x + 0.5, found.outline.y + 0.5
    return x - across, y - down, x + across, y + down


def _quad(found: Found, size: tuple[int, int]) -> Quad:
    """Return the four corners of a frame, or of the rectangle around an ellipse or a triangle."""
    spots = list(found.corners) if len(found.corners) == 4 else _around(found)
    a, b, c, d = (within_image(((x + 0.5) / size[0], (y + 0.5) / size[1])) for x, y in spots)
    return (a, b, c, d) if not problem((a, b, c, d)) else _box_of(found, size)


def _around(found: Found) -> list[tuple[float, float]]:
    if found.corners:
        left, top, right, bottom = (v - 0.5 for v in _reach(found))
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    long, short, angle = found.outline.axes
    c, s = math.cos(angle), math.sin(angle)
    x, y = found.outline.x, found.outline.y
    return [
        (x + u * long * c - v * short * s, y + u * long * s + v * short * c)
        for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def _box_of(found: Found, size: tuple[int, int]) -> Quad:
    left, top, right, bottom = _reach(found)
    a, c = (within_image((x / size[0], y / size[1])) for x, y in ((left, top), (right, bottom)))
    return a, (c[0], a[1]), c, (a[0], c[1])
