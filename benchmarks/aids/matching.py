"""The arithmetic of comparing what was proposed with what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .truth import Box, Point, Quad, bounds


def overlap(a: Box, b: Box) -> float:
    """Return intersection over union of two boxes."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    both = wide * high
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def centre(box: Box) -> Point:
    """Return the middle of a box."""
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def paired(found: Sequence[Box], true: Sequence[tuple[Box, float]]) -> list[tuple[int, int]]:
    """Return pairs (index of found, index of true), each used once, the nearest first.

    A found box matches a true one whose centre lies within half that one's radius of its own, or
    with which it has an intersection over union of 0.5. `true` gives box and radius.
    """
    near: list[tuple[float, int, int]] = []
    for i, box in enumerate(found):
        for k, (aim, radius) in enumerate(true):
            (x, y), (u, v) = centre(box), centre(aim)
            away = float(np.hypot(x - u, y - v))
            if away <= radius / 2 or overlap(box, aim) >= 0.5:
                near.append((away / max(radius, 1.0), i, k))
    pairs: list[tuple[int, int]] = []
    for _, i, k in sorted(near):
        if all(i != a and k != b for a, b in pairs):
            pairs.append((i, k))
    return pairs


def corner_error(found: Sequence[Point], true: Quad) -> tuple[float, bool]:
    """Return the largest distance of a corner in pixels, whichever corner comes first, and
    whether the first found corner is the first true one."""
    if len(found) != 4:
        return float("inf"), False
    errors = []
    for turn in range(4):
        turned = [*found[turn:], *found[:turn]]
        errors.append(
            max(
                float(np.hypot(p[0] - q[0], p[1] - q[1])) for p, q in zip(turned, true, strict=True)
            )
        )
    best = int(np.argmin(errors))
    return errors[best], best == 0


def inside(point: Point, quad: Quad) -> bool:
    """Return whether a point lies in a convex quad."""
    ring = [*quad, quad[0]]
    sides = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        for a, b in pairwise(ring)
    ]
    return all(s >= 0 for s in sides) or all(s <= 0 for s in sides)


def touches(quad: Quad, other: Quad) -> bool:
    """Return whether two quads overlap (tested on a grid of points of the first)."""
    a, b, c, d = (np.asarray(p) for p in quad)
    for u in np.linspace(0, 1, 9):
        for v in np.linspace(0, 1, 5):
            x, y = (a * (1 - u) + b * u) * (1 - v) + (d * (1 - u) + c * u) * v
            if inside((float(x), float(y)), other):
                return True
    return False


def distance(a: str, b: str) -> int:
    """Return the edit distance (Levenshtein) of two texts."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, row[0] = row[0], i
        for k, other in enumerate(b, 1):
            before, row[k] = row[k], min(row[k] + 1, row[k - 1] + 1, before + (letter != other))
    return row[-1]


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive scores above a negative; ties count half."""
    if not positive or not negative:
        return float("nan")
    p, q = np.asarray(positive)[:, None], np.asarray(negative)[None, :]
    return float((p > q).mean() + 0.5 * (p == q).mean())


def caught(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the share of positives above every negative: true positives at no false one."""
    if not positive:
        return float("nan")
    limit = max(negative, default=float("-inf"))
    return float(np.mean(np.asarray(positive) > limit))


def box_of(quad: Quad) -> Box:
    """Return the upright box around a quad."""
    return bounds(quad)
