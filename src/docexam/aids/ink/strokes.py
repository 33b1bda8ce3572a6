"""Strokes of ink on a page: where they are, and their colour as on white paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Indices, Mask, Pixels, Plane
from docexam.aids.raster.blur import box_mean
from docexam.aids.raster.colour import darkest, lab
from docexam.aids.raster.labels import connected
from docexam.aids.raster.morphology import dilate, opened
from docexam.aids.raster.resize import resized, resized_plane
from docexam.aids.raster.strokes import without_dark_strokes

_REACH_SHARE = 0.0036
_CONTRAST = 26.0
_CORE = 0.62
_COLOURED = 12.0
_TALL = 0.062
_JOIN = 0.007


@dataclass(frozen=True, slots=True)
class Strokes:
    """The darkest pixels of the strokes of a page: n of them.

    `colours` n × 3 L*a*b* as if the paper were white, averaged over neighbours of one stroke; `x`,
    `y` their place; `large` which belong to something coloured and larger than writing: a seal.
    """

    colours: Floats
    x: Floats
    y: Floats
    large: Mask

    def only(self, which: Mask) -> Strokes:
        """Return some of the pixels."""
        return Strokes(self.colours[which], self.x[which], self.y[which], self.large[which])


def strokes_of(rgb: Pixels, page: Mask) -> Strokes:
    """Return the strokes of ink within the mask `page` of a picture of some 1200 pixels."""
    longest = max(rgb.shape[:2])
    reach = max(2, round(_REACH_SHARE * longest))
    paper = without_dark_strokes(rgb, reach)
    contrast = darkest(paper) - darkest(rgb)
    mask = (contrast > _CONTRAST) & page & ~_masses(paper, reach)
    core = mask & (contrast >= _CORE * _highest(contrast, 2))
    colours = _on_white(rgb, paper, core)
    rows, columns = np.nonzero(core)
    large = _large(core, colours, longest)
    picked = np.asarray(colours[rows, columns], np.float64)
    across, down = (np.asarray(at + 0.5, np.float64) for at in (columns, rows))
    return Strokes(picked, across, down, large[rows, columns])


def _masses(paper: Pixels, reach: int) -> Mask:
    """Return where something darker than paper is wider than a stroke: pictures, bars, shade."""
    height, width = paper.shape[:2]
    small = darkest(resized(paper, width // 4, height // 4))
    wide = np.maximum(box_mean(small, max(2, max(small.shape) // 12)), small)
    dark = opened(wide - small > _CONTRAST, max(1, reach // 3))
    full = resized_plane(dilate(dark, 2).astype(np.float32), width, height)
    return np.asarray(full > 0.25)


def _highest(plane: Plane, reach: int) -> Plane:
    out = plane.copy()
    for axis in (0, 1):
        source = out.copy()
        for step in range(1, reach + 1):
            ahead = [slice(None), slice(None)]
            behind = [slice(None), slice(None)]
            ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
            a, b = tuple(ahead), tuple(behind)
            np.maximum(out[a], source[b], out=out[a])
            np.maximum(out[b], source[a], out=out[b])
    return out


def _on_white(rgb: Pixels, paper: Pixels, core: Mask) -> Plane:
    """Return the L*a*b* of the core pixels on paper turned white, meaned over 3 × 3 of them."""
    rows, columns = np.nonzero(core)
    ink = rgb[rows, columns].astype(np.float32)
    white = np.maximum(paper[rows, columns].astype(np.float32), 1.0)
    pure = np.asarray(np.clip(ink / white * 250.0, 0, 255), np.uint8)
    values = np.zeros((*core.shape, 3), np.float32)
    if rows.size:
        values[rows, columns] = _meaned(lab(pure[None])[0], core, rows, columns)
    return values


def _meaned(colours: Plane, core: Mask, rows: Indices, columns: Indices) -> Plane:
    """Return each core pixel's colour meaned over those of its 3 × 3 neighbours that are core."""
    numbers = np.zeros((core.shape[0] + 2, core.shape[1] + 2), np.int32)
    numbers[rows + 1, columns + 1] = np.arange(1, len(rows) + 1)
    known = np.vstack((np.zeros((1, 3), np.float32), colours))
    total, count = np.zeros_like(colours), np.zeros(len(rows), np.float32)
    for down in range(3):
        for across in range(3):
            near = numbers[rows + down, columns + across]
            total += known[near]
            count += near > 0
    return np.asarray(total / count[:, None], np.float32)


def _large(core: Mask, colours: Plane, longest: int) -> Mask:
    """Return which pixels belong to coloured groups higher and wider than writing: seals."""
    chroma = np.hypot(colours[..., 1], colours[..., 2])
    groups = connected(dilate(core & (chroma > _COLOURED), max(1, round(_JOIN * longest))))
    sides = groups.boxes[:, 2:] - groups.boxes[:, :2]
    big = sides.min(axis=1) > _TALL * longest
    big[0] = False
    return np.asarray(big[groups.labels()])
