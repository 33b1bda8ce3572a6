"""Strokes of ink on a page: where they are, and their colour as on white paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Labels, Mask, Pixels, Plane
from docexam.aids.raster.blur import box_mean
from docexam.aids.raster.colour import darkest, lab
from docexam.aids.raster.labels import connected
from docexam.aids.raster.morphology import dilate, opened
from docexam.aids.raster.strokes import without_dark_strokes

_REACH_SHARE = 0.004
_CONTRAST = 26.0
_LEAST_AREA = 14
_CORE = 0.4
_THICK = 0.006
_TALL = 0.062
_JOIN = 0.006


@dataclass(frozen=True, slots=True)
class Strokes:
    """The connected strokes of a page: n of them.

    `colours` n × 3 L*a*b* of the darkest part of each, as if the paper were white; `weights`
    their pixels; `boxes` n × 4 left, top, right, bottom; `centres` n × 2; `tall` whether a stroke
    belongs to a group as large as a seal, which is no writing.
    """

    colours: Floats
    weights: Floats
    boxes: Floats
    centres: Floats
    tall: Mask

    def only(self, which: Mask) -> Strokes:
        """Return some of the strokes."""
        return Strokes(
            self.colours[which],
            self.weights[which],
            self.boxes[which],
            self.centres[which],
            self.tall[which],
        )


def strokes_of(rgb: Pixels, page: Mask) -> Strokes:
    """Return the strokes of ink within the mask `page` of a picture of some 1400 pixels."""
    longest = max(rgb.shape[:2])
    reach = max(2, round(_REACH_SHARE * longest))
    paper = without_dark_strokes(rgb, reach)
    contrast = darkest(paper) - darkest(rgb)
    thick = opened(darkest(_local_paper(paper, longest)) - darkest(paper) > _CONTRAST, reach)
    mask = (contrast > _CONTRAST) & page & ~dilate(thick, reach)
    parts = connected(mask)
    labels = parts.labels()
    keep = parts.areas >= _LEAST_AREA
    keep[0] = False
    numbers = np.flatnonzero(keep)
    if not numbers.size:
        none = np.zeros((0,))
        return Strokes(np.zeros((0, 3)), none, np.zeros((0, 4)), np.zeros((0, 2)), none > 0)
    boxes = parts.boxes[numbers].astype(np.float64)
    colours = _core_colours(rgb, paper, contrast, labels, parts.count)[numbers]
    return Strokes(
        colours,
        parts.areas[numbers].astype(np.float64),
        boxes,
        parts.centres[numbers],
        _in_tall(mask, parts.centres[numbers], boxes, longest),
    )


def _local_paper(paper: Pixels, longest: int) -> Pixels:
    wide = max(4, longest // 12)
    mean = box_mean(np.asarray(paper, np.float32), wide)
    return np.asarray(np.maximum(mean, paper), np.uint8)


def _core_colours(
    rgb: Pixels, paper: Pixels, contrast: Plane, labels: Labels, count: int
) -> Floats:
    """Return the mean colour of the darkest share of each part, on paper turned white."""
    flat = labels.ravel()
    on = np.flatnonzero(flat)
    number, dark = flat[on], contrast.ravel()[on]
    order = np.lexsort((-dark, number))
    number, on = number[order], on[order]
    sizes = np.bincount(number, minlength=count + 1)
    firsts = np.cumsum(sizes) - sizes
    rank = np.arange(len(number)) - firsts[number]
    core = rank < np.maximum(3, _CORE * sizes[number])
    number, on = number[core], on[core]
    ink = rgb.reshape(-1, 3)[on].astype(np.float32)
    white = np.maximum(paper.reshape(-1, 3)[on].astype(np.float32), 1.0)
    pure = np.asarray(np.clip(ink / white * 250.0, 0, 255), np.uint8)
    values = lab(pure[None])[0]
    total = np.stack([np.bincount(number, values[:, k], count + 1) for k in range(3)], axis=1)
    return np.asarray(total / np.maximum(np.bincount(number, minlength=count + 1), 1)[:, None])


def _in_tall(mask: Mask, centres: Floats, boxes: Floats, longest: int) -> Mask:
    """Return which parts belong to a group higher and wider than writing: seals, tables."""
    grown = dilate(mask, max(1, round(_JOIN * longest)))
    groups = connected(grown)
    number = groups.labels()
    at = number[centres[:, 1].astype(np.intp), centres[:, 0].astype(np.intp)]
    # The middle of a ring may be empty: ask at a corner run of its own instead.
    lost = at == 0
    left = boxes[lost, 0].astype(np.intp)
    row = ((boxes[lost, 1] + boxes[lost, 3]) / 2).astype(np.intp)
    at[lost] = number[row, left]
    sides = groups.boxes[:, 2:] - groups.boxes[:, :2]
    tall = sides.min(axis=1) > _TALL * longest
    tall[0] = False
    big: Mask = tall[at]
    return big
