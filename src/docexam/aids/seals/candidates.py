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
from docexam.aids.seals.fit import fitted, grown, held, refined
from docexam.aids.seals.outline import Outline, Pyramid, as_rows, of_rows
from docexam.aids.seals.rings import Match, rings

_SQUEEZES = ((1.0, 1.0), (0.67, 1.0))  # across, down: round ones, and lying ovals
_OF_CLUMP = 0.3  # stands for a match where there was none
_MOST_LOOKED_AT = 12
_LEAST_HELD = 0.25
_FLATTEST = 0.42
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

    @property
    def features(self) -> Floats:
        """Return everything the verdict looks at."""
        s = self.shade
        extra = (self.match, self.held, s.strength, s.colourfulness, s.share, *_hue(s))
        return np.concatenate((self.evidence.features, extra))


def _hue(s: Shade) -> tuple[float, float]:
    """Return which way the ink leans: red against blue, and green against both."""
    unit = max(s.strength, 0.02)
    return (s.red - s.blue) / unit, (s.green - (s.red + s.blue) / 2) / unit


def candidates(ink: Ink, clumps: Mapping[Direction, Clumps]) -> list[Candidate]:
    """Return the candidates of every direction of ink."""
    softs = [ink.soft[direction] for direction in DIRECTIONS]
    matches: list[list[Match]] = [[] for _ in softs]
    for squeeze in _SQUEEZES:
        for mine, more in zip(matches, rings(softs, squeeze), strict=True):
            mine += more
    out: list[Candidate] = []
    for direction, mine in zip(DIRECTIONS, matches, strict=True):
        mine += [Match(outline, _OF_CLUMP) for outline in clumps[direction].ellipses()]
        out += _of_direction(ink, direction, mine)
    return out


def _of_direction(ink: Ink, direction: Direction, matches: list[Match]) -> list[Candidate]:
    soft = ink.soft[direction]
    pyramid = Pyramid(soft)
    rows = fitted(pyramid, as_rows([m.outline for m in matches]))
    shares = held(pyramid, rows)
    order = [
        int(i)
        for i in np.argsort(-shares, kind="stable")
        if shares[i] >= _LEAST_HELD and _sane(Outline(*rows[i]), ink)
    ]
    order = _apart(rows, order)[:_MOST_LOOKED_AT]
    tight = refined(pyramid, grown(pyramid, rows[order]))
    stay = _unlike(tight, [k for k in range(len(order)) if _sane(Outline(*tight[k]), ink)])
    return [
        Candidate(
            direction,
            outline := of_rows(tight[k : k + 1])[0],
            matches[order[k]].match,
            float(shares[order[k]]),
            evidence(pyramid, outline),
            shade(ink, soft, outline),
            ink.noise[direction],
        )
        for k in stay
    ]


def _sane(outline: Outline, ink: Ink) -> bool:
    height, width = ink.shape
    long, short, _ = outline.axes
    share = outline.radius / max(height, width)
    inside = 0 <= outline.x < width and 0 <= outline.y < height
    return inside and short >= _FLATTEST * long and _LEAST_RADIUS <= share <= _MOST_RADIUS


def alike(one: Outline, other: Outline, closeness: float = 0.12) -> bool:
    """Return whether two outlines are about the same."""
    size = max(one.radius, other.radius)
    apart = np.hypot(one.x - other.x, one.y - other.y)
    return bool(apart < closeness * size and abs(one.radius - other.radius) < closeness * size)


def _apart(rows: Floats, order: list[int], closeness: float = 0.12) -> list[int]:
    """Return `order` without outlines that are about the same as an earlier one."""
    kept: list[int] = []
    for index in order:
        outline = Outline(*rows[index])
        if not any(alike(outline, Outline(*rows[other]), closeness) for other in kept):
            kept.append(index)
    return kept


def _unlike(rows: Floats, order: list[int]) -> list[int]:
    return _apart(rows, order, 0.06)
