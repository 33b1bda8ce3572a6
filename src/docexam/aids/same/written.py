"""Where something is written in coloured ink: a signature, a name, a date.

A pasted signature repeats to the pixel; a hand never repeats itself so. Black ink is not looked
at: print is black too, and repeats on every form.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from docexam.aids.ink.strokes import Strokes, strokes_of
from docexam.aids.page.outline import outline_on
from docexam.aids.protocol import CaptureImage
from docexam.aids.raster.arrays import Mask
from docexam.aids.raster.labels import connected
from docexam.aids.raster.morphology import dilate
from docexam.aids.raster.polygon import covered
from docexam.domain.geometry import Box

MOST = 8
_LONGEST = 1200
_LEAST_SIDE = 60
_COLOURED = 14.0
# Shares of the picture's longer side: the gaps that still belong to one piece, its least width
# and height, and the most it may be wide. What falls apart at the smaller gap may hang together
# at the larger one, where a name written closer to others does not stand alone.
_GAPS, _LEAST_WIDE, _LEAST_HIGH, _MOST_WIDE = (0.009, 0.018), 0.03, 0.012, 0.5
_LEAST_PIXELS = 60
_SAME = 0.1  # of a piece's longer side, by which another one may differ
_Extent: TypeAlias = tuple[int, int, int, int]


def written_in_colour(capture: CaptureImage) -> list[Box]:
    """Return the boxes (x, y, width, height in fractions) of pieces of writing.

    The pieces of one gap come after each other, those with most ink first; a piece may hold
    others.
    """
    if min(capture.width, capture.height) < _LEAST_SIDE:
        return []
    rgb = capture.rgb(longest=_LONGEST)
    height, width = rgb.shape[:2]
    page = covered(outline_on(capture).corners * (width, height), width, height)
    mask = _pen(strokes_of(rgb, page), width, height)
    return [
        (left / width, top / height, (right - left) / width, (bottom - top) / height)
        for left, top, right, bottom in _pieces(mask)
    ]


def _pen(strokes: Strokes, width: int, height: int) -> Mask:
    """Return where coloured strokes are, of seals too."""
    own = np.hypot(strokes.colours[:, 1], strokes.colours[:, 2]) > _COLOURED
    mask = np.zeros((height, width), np.bool_)
    mask[strokes.y[own].astype(np.intp), strokes.x[own].astype(np.intp)] = True
    return mask


def _pieces(mask: Mask) -> list[_Extent]:
    found: list[_Extent] = []
    for gap in _GAPS:
        found += [piece for piece in _joined(mask, gap) if not _known(piece, found)]
    return found[: MOST + MOST // 2]


def _known(piece: _Extent, found: list[_Extent]) -> bool:
    """Return whether a piece lies within a tenth of its longer side where another one does."""
    room = _SAME * max(piece[2] - piece[0], piece[3] - piece[1])
    return any(
        all(abs(a - b) <= room for a, b in zip(piece, other, strict=True)) for other in found
    )


def _joined(mask: Mask, gap: float) -> list[_Extent]:
    """Return left, top, right, bottom of the pieces that hang together over a gap."""
    longest = max(mask.shape)
    reach = max(1, round(gap * longest))
    groups = connected(dilate(mask, reach))
    inked = np.bincount(groups.labels()[mask], minlength=groups.count + 1)
    found = []
    for number in np.argsort(-inked, kind="stable"):
        left, top, right, bottom = (int(v) for v in groups.boxes[number])
        wide, high = right - left - 2 * reach, bottom - top - 2 * reach
        fits = _LEAST_WIDE * longest <= wide <= _MOST_WIDE * longest
        if number and inked[number] >= _LEAST_PIXELS and fits and high >= _LEAST_HIGH * longest:
            found.append((left + reach, top + reach, right - reach, bottom - reach))
    return found[:MOST]
