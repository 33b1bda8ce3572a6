"""Outlines that may be seals, in one direction of ink: matched, fitted, grown, and looked into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats
from docexam.aids.seals.clumps import Clumps
from docexam.aids.seals.colour import Shade, shade
from docexam.aids.seals.density import DIRECTIONS, Direction, Ink
from docexam.aids.seals.evidence import Evidence, evidence
from docexam.aids.seals.fit import fitted, held, refined
from docexam.aids.seals.glance import promise
from docexam.aids.seals.growth import grown
from docexam.aids.seals.outline import Outline, Pyramid, as_rows, of_rows
from docexam.aids.seals.rings import Match, rings

_OF_CLUMP = 0.3  # stands for a match where there was none
_MOST_LOOKED_AT = 9
_LEAST_HELD = 0.12
_FLATTEST = 0.50
_LEAST_RADIUS = 0.018  # of the longer side
_MOST_RADIUS = 0.62


@dataclass(frozen=True, slots=True)
class Candidate:
    """An outline, what speaks for it, and the shade of its ink."""

    direction: Direction
    outline: Outline
    match: float
    held: float
    evidence: Evidence
    shade: Shade
    noise: float
    print_density: float


def candidates(
    ink: Ink, pyramids: Mapping[Direction, Pyramid], clumps: Mapping[Direction, Clumps]
) -> list[Candidate]:
    """Return the candidates of every direction of ink; `pyramids` are those of its soft maps."""
    matches = rings([pyramids[direction] for direction in DIRECTIONS])
    out: list[Candidate] = []
    for direction, mine in zip(DIRECTIONS, matches, strict=True):
        mine += [Match(outline, _OF_CLUMP) for outline in clumps[direction].ellipses()]
        out += _of_direction(ink, direction, pyramids[direction], mine)
    return out


def _of_direction(
    ink: Ink, direction: Direction, pyramid: Pyramid, matches: list[Match]
) -> list[Candidate]:
    rows = fitted(pyramid, as_rows([m.outline for m in matches]))
    shares = held(pyramid, rows)
    order = [
        int(i)
        for i in np.argsort(-promise(pyramid, rows), kind="stable")
        if shares[i] >= _LEAST_HELD and _sane(Outline(*rows[i]), ink)
    ]
    order = _apart(rows, order, most=_MOST_LOOKED_AT)
    tight = refined(pyramid, grown(pyramid, rows[order]))
    stay = _unlike(tight, [k for k in range(len(order)) if _sane(Outline(*tight[k]), ink)])
    return [
        Candidate(
            direction,
            outline := of_rows(tight[k : k + 1])[0],
            matches[order[k]].match,
            float(shares[order[k]]),
            evidence(pyramid, outline),
            shade(ink, ink.soft[direction], outline),
            ink.noise[direction],
            ink.print_density,
        )
        for k in stay
    ]


def _sane(outline: Outline, ink: Ink) -> bool:
    height, width = ink.shape
    long, short, _ = outline.axes
    share = outline.radius / max(height, width)
    inside = 0 <= outline.x < width and 0 <= outline.y < height
    return inside and short >= _FLATTEST * long and _LEAST_RADIUS <= share <= _MOST_RADIUS


def _apart(rows: Floats, order: list[int], closeness: float = 0.12, most: int = 99) -> list[int]:
    """Return the first `most` of `order` that are not about the same as an earlier one."""
    kept: list[int] = []
    for index in order:
        if len(kept) == most:
            break
        if not kept or not _any_alike(rows[index], rows[kept], closeness):
            kept.append(index)
    return kept


def _any_alike(row: Floats, others: Floats, closeness: float) -> bool:
    """Return whether an outline is about the same as any of the others; rows as in `outline`."""
    radius, radii = _radius(row[None]), _radius(others)
    size = np.maximum(radius, radii) * closeness
    apart = np.hypot(others[:, 0] - row[0], others[:, 1] - row[1])
    return bool(((apart < size) & (np.abs(radii - radius) < size)).any())


def _radius(rows: Floats) -> Floats:
    return np.asarray(np.sqrt(np.maximum(rows[:, 2] * rows[:, 4] - rows[:, 3] ** 2, 1e-9)))


def _unlike(rows: Floats, order: list[int]) -> list[int]:
    return _apart(rows, order, 0.06)
