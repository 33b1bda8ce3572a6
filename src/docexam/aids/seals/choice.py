"""Which of the candidates stand, where several lie on one seal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from docexam.aids.seals.outline import Outline

_SAME = 0.55  # of the larger radius: centres nearer than this are of one seal
_SHARED = 0.5  # of the smaller one's area: more than that in common is being part of it


def chosen(scored: Sequence[tuple[float, Outline]]) -> list[int]:
    """Return the indices of those that stand, best first.

    A better one takes all that share its centre, lie within it or hold it; two that merely
    overlap both stand.
    """
    order = sorted(
        range(len(scored)), key=lambda i: (-scored[i][0], scored[i][1].x, scored[i][1].y)
    )
    kept: list[int] = []
    for index in order:
        if not any(clashes(scored[index][1], scored[other][1]) for other in kept):
            kept.append(index)
    return kept


def clashes(one: Outline, other: Outline) -> bool:
    """Return whether two outlines cannot both be seals."""
    large, small = sorted((one.radius, other.radius), reverse=True)
    apart = math.hypot(one.x - other.x, one.y - other.y)
    return apart < _SAME * large or _common(large, small, apart) > _SHARED * math.pi * small * small


def _common(large: float, small: float, apart: float) -> float:
    """Return the area that two circles have in common."""
    if apart >= large + small:
        return 0.0
    if apart <= large - small:
        return math.pi * small * small
    first = (apart * apart + small * small - large * large) / (2 * apart * small)
    second = (apart * apart + large * large - small * small) / (2 * apart * large)
    edge = (small + large - apart) * (apart + small - large)
    edge *= (apart - small + large) * (apart + small + large)
    lens = small * small * math.acos(min(1.0, max(-1.0, first)))
    lens += large * large * math.acos(min(1.0, max(-1.0, second)))
    return lens - 0.5 * math.sqrt(max(edge, 0.0))
