"""Finding the seals of a picture: ink, candidates, verdict, choice."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.seals.candidates import Candidate, candidates
from docexam.aids.seals.choice import chosen
from docexam.aids.seals.clumps import clumps_of
from docexam.aids.seals.colour import Shade
from docexam.aids.seals.density import DIRECTIONS, ink_of
from docexam.aids.seals.fit import angles
from docexam.aids.seals.naming import ink_name, shape_name
from docexam.aids.seals.outline import Outline, Pyramid
from docexam.aids.seals.photographs import held_by
from docexam.aids.seals.seal import Seal
from docexam.aids.seals.stamps import Stamp, stamps
from docexam.aids.seals.verdict import score
from docexam.domain.geometry import Quad, problem, within_image

LONGEST = 1280
LEAST_SCORE, LEAST_IN_PHOTO = 0.5, 0.9
_LEAST_ANGULAR = 0.7  # strokes of handwriting make small frames, too
_WHOLLY = 0.93  # share of a seal within a photograph
_TENTH = math.log(10.0)

Tick = Callable[[float, str], None]
Photographs = Callable[[], Sequence[Floats]]


@dataclass(frozen=True, slots=True)
class Found:
    """A seal in pixels of the picture it was found on."""

    outline: Outline
    corners: tuple[tuple[float, float], ...]
    shape: str
    shade: Shade
    score: float
    ring: float
    gaps: tuple[tuple[float, float], ...]


def found_on(rgb: Pixels, tick: Tick, photographs: Photographs) -> list[Found]:
    """Return the seals of a picture of at most `LONGEST` pixels, the most seal-like first.

    `photographs` gives the corners of those on it and is asked only where there is something to
    propose: what lies wholly within one, or is one, is hardly a seal.
    """
    tick(0.1, "ink")
    ink = ink_of(rgb)
    pyramids = {direction: Pyramid(ink.soft[direction]) for direction in DIRECTIONS}
    clumps = {direction: clumps_of(pyramids[direction]) for direction in DIRECTIONS}
    tick(0.3, "rings of ink")
    every = [_round(score(one), one) for one in candidates(ink, pyramids, clumps)]
    tick(0.7, "frames of ink")
    every += [_angular(one) for one in stamps(ink, clumps) if one.score >= _LEAST_ANGULAR]
    size = (rgb.shape[1], rgb.shape[0])
    every = [one for one in every if one.score >= LEAST_SCORE]
    zones = photographs() if any(one.score < LEAST_IN_PHOTO for one in every) else []
    every = [one for one in every if one.score >= _least(one, size, zones)]
    return [every[index] for index in chosen([(one.score, one.outline) for one in every])]


def _least(one: Found, size: tuple[int, int], zones: Sequence[Floats]) -> float:
    """Return the least score that will do: more in a photograph, where heads and collars are."""
    spots = spots_within(one, size)
    held = max((held_by(corners, spots) for corners in zones), default=0.0)
    return LEAST_IN_PHOTO if held > _WHOLLY else LEAST_SCORE


def _angular(one: Stamp) -> Found:
    return Found(
        one.outline, one.frame.corners, one.shape, one.shade, one.score, one.frame.sides, ()
    )


def _round(points: float, one: Candidate) -> Found:
    return Found(
        one.outline,
        (),
        shape_name(one.outline),
        one.shade,
        points,
        one.evidence.coverage,
        one.evidence.gaps,
    )


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
