"""Growing outlines to the outermost ring of a seal.

A seal has rings in rings, and the ends of the letters between them look like one more. The
outermost may be the thinnest or the palest of them.
"""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats
from docexam.aids.seals.fit import along, angles, fitted, settled
from docexam.aids.seals.glance import promise
from docexam.aids.seals.outline import Pyramid

_ANGLES = 48
_FAR = np.arange(0.80, 2.50, 0.03)
_AS_STRONG = 0.5  # of the strongest ring an outer one must be
_LEAST_GROWTH = 1.06
_LARGER = (1.07, 1.12, 1.17, 1.23)  # where a pale line may stand around letters
_BETTER = 0.5  # promise that it must have more


def grown(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return the outlines of the outermost rings around the same centres."""
    return _paler(pyramid, _stronger(pyramid, rows))


def _stronger(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return the outlines of the outermost rings that are about as strong as the strongest."""
    rows = rows.copy()
    for _ in range(3):
        factor = _outer(pyramid, rows)
        more = factor >= _LEAST_GROWTH
        if not more.any():
            return rows
        larger = rows[more]
        larger[:, 2:] *= factor[more, None]
        rows[more] = fitted(pyramid, larger)
    return rows


def _paler(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return the outlines of rings close around that promise more, however pale they are."""
    if not len(rows):
        return rows
    tries = [rows]
    for factor in _LARGER:
        larger = rows.copy()
        larger[:, 2:] *= factor
        tries.append(settled(pyramid, larger))
    promised = np.stack([promise(pyramid, one) for one in tries])
    promised[0] += _BETTER
    return np.asarray(np.stack(tries)[np.argmax(promised, axis=0), np.arange(len(rows))])


def _outer(pyramid: Pyramid, rows: Floats) -> Floats:
    """Return how much larger than each outline the outermost ring around it is."""
    strips, inside = pyramid.strips(rows, _FAR, angles(_ANGLES), 20.0)
    level = along(strips, 3)
    drop = np.maximum(level[:, :-2] - level[:, 2:], 0.0).sum(axis=2)
    profile = drop / np.maximum(inside[:, 1:-1].sum(axis=2), _ANGLES // 4)
    peak = (profile[:, 1:-1] >= profile[:, :-2]) & (profile[:, 1:-1] >= profile[:, 2:])
    strong = peak & (profile[:, 1:-1] >= _AS_STRONG * profile.max(axis=1, keepdims=True))
    last = strong.shape[1] - 1 - np.argmax(strong[:, ::-1], axis=1)
    return np.asarray(np.where(strong.any(axis=1), _FAR[2:-2][last], 1.0))
