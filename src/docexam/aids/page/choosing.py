"""Which of the judged quads is the page: the one worth most, or a larger one its sides go on to."""

from __future__ import annotations

import numpy as np

from docexam.aids.page.quads import Quads, areas, followed
from docexam.aids.page.sides import Sides
from docexam.aids.raster.arrays import Floats, Mask

_AS_GOOD = 10.0
_LARGER = 1.05
_EDGE = 0.8


def chosen(sides: Sides, quads: Quads, values: Floats) -> int:
    """Return the number of the page among quads (n `values`, what each is worth).

    A coloured head or foot parts from the rest of its page as strongly as from the table, and the
    rest alone is worth more at times. But two edges of the page run along both, and they end where
    the page ends.
    """
    best = int(values.argmax())
    as_good = values >= values[best] - _AS_GOOD
    while (larger := as_good & _gone_on_to(sides, quads, best)).any():
        best = int(np.where(larger, values, -np.inf).argmax())
    return best


def _gone_on_to(sides: Sides, quads: Quads, number: int) -> Mask:
    """Return which larger quads differ in one side, to which edges bear the two beside it on.

    The new side must be an edge too, and not the picture's.
    """
    mine = quads.sides[number]
    new = ~(quads.sides[:, :, None] == mine).any(axis=2)
    edge = (quads.sides < len(sides.cos) - 4) & (quads.borne > _EDGE)
    area = areas(quads.corners)
    larger = (new.sum(axis=1) == 1) & (new & edge).any(axis=1) & (area > _LARGER * area[number])
    for other in np.flatnonzero(larger):
        theirs = quads.sides[other]
        here, there = int((~np.isin(mine, theirs)).argmax()), int(new[other].argmax())
        larger[other] = _borne_on(sides, quads, (number, here), (int(other), there))
    return np.asarray(larger)


def _borne_on(sides: Sides, quads: Quads, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether an edge follows both ways from a side of one quad to a side of another.

    Each is given as the quad's number and the side's; the two sides beside them must be the same.
    """
    (inner, here), (outer, there) = one, other
    # The side before a side ends at its first corner, the side after it starts at its second.
    ways = np.array(((-1, 0), (1, 1)))
    lines = quads.sides[inner, (here + ways[:, 0]) % 4]
    if (lines != quads.sides[outer, (there + ways[:, 0]) % 4]).any():
        return False
    if (lines >= len(sides.cos) - 4).any():
        return False  # the picture's borders are no edges
    start = sides.along(lines, quads.corners[inner, (here + ways[:, 1]) % 4])
    end = sides.along(lines, quads.corners[outer, (there + ways[:, 1]) % 4])
    return bool((followed(sides, sides.borne, lines, start, end) > _EDGE).all())
