"""Which characters of a straightened row are fillers, and which way round the row stands.

A filler is two straight arms that meet at the left: nothing else in a zone looks like it, and
Tesseract, which reads it as K, E, S or C or leaves it out, does not know it. So the fillers are
found by their shape, first against drawn ones, then against those of the zone itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from docexam.aids.mrz.image_strip import HALF, MARGIN, PITCH
from docexam.aids.raster.arrays import Floats, Mask, Plane

_SURE = 0.80  # correlation with a drawn filler that makes a pattern for the zone's own
_LIKE = 0.70  # both ways round
_FILLER = 0.75  # mean of both correlations, or the first where there is only that
_NO_K = 0.80  # above which nothing but a filler was ever seen
_STEM = 0.75  # share of a character's height that stands at its left edge in K, never in a filler
# Down and across, in pixels of cells at half size: of drawn patterns, of the zone's own.
_WIDE = tuple((down, across) for down in (-2, -1, 0, 1, 2) for across in (-2, -1, 0, 1, 2))
_NEAR = tuple((down, across) for down in (-1, 0, 1) for across in (-1, 0, 1))
_INK = 0.045  # share of a cell's ink below which nothing stands in it


def cells_of(strip: Plane) -> Plane:
    """Return the cells of a strip as ink: count × 2·HALF × PITCH, 0 (paper) to 1 (ink)."""
    inside = 1.0 - strip[:, MARGIN * PITCH : strip.shape[1] - MARGIN * PITCH]
    count = inside.shape[1] // PITCH
    return np.asarray(inside.reshape(2 * HALF, count, PITCH).transpose(1, 0, 2), np.float32)


def inked(cells: Plane) -> Mask:
    """Return for every cell whether anything stands in it."""
    return np.asarray(cells.mean(axis=(1, 2)) > _INK, np.bool_)


def upside_down(rows: list[Plane]) -> bool:
    """Return whether more fillers point to the right than to the left."""
    cells = np.concatenate([cells_of(strip) for strip in rows])
    left, right = likeness(cells), likeness(cells[:, :, ::-1])
    apart = np.where(np.maximum(left, right) > _LIKE, left - right, 0.0)
    return bool(apart.sum() < 0)


def fillers(rows: list[Plane]) -> list[Mask]:
    """Return for the cells of every row which hold a filler."""
    cells = np.concatenate([cells_of(strip) for strip in rows])
    like = likeness(cells)
    sure = like > _SURE
    if sure.sum() >= 3:
        own = cells[sure].mean(axis=0)
        like = 0.5 * (like + matched(cells, own[None], _WIDE)[:, 0])
    found = (like > _FILLER) & inked(cells)
    for i in np.flatnonzero(found & (like < _NO_K)):
        found[i] = _left_edge(cells[i]) < _STEM
    ends = np.cumsum([cells_of(strip).shape[0] for strip in rows])[:-1]
    return list(np.split(found, ends))


def _left_edge(cell: Plane) -> float:
    """Return how much of a character's height its left quarter spans, 0 to 1."""
    ink = cell > 0.5
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if not len(columns):
        return 0.0
    quarter = columns[0] + max(1, (columns[-1] - columns[0] + 1) // 4)
    left = np.flatnonzero(ink[:, columns[0] : quarter].any(axis=1))
    return float((left[-1] - left[0] + 1) / (rows[-1] - rows[0] + 1))


def likeness(cells: Plane) -> Floats:
    """Return the best correlation of every cell with a drawn filler, −1 to 1."""
    return np.asarray(matched(cells, _drawn(), _WIDE).max(axis=1))


def matched(cells: Plane, patterns: Plane, shifts: Sequence[tuple[int, int]] = _NEAR) -> Floats:
    """Return the best correlation of every cell with every pattern, small shifts allowed.

    Both are stacks as `cells_of` gives them; the result is cells × patterns, −1 to 1.
    """
    flat = _standard(_half(cells))
    small = _half(patterns)
    best = np.full((len(cells), len(patterns)), -1.0)
    for down, across in shifts:
        best = np.maximum(best, flat @ _standard(np.roll(small, (down, across), axis=(1, 2))).T)
    return best


def matched_each(cells: Plane, patterns: Plane) -> Floats:
    """Return the best correlation of every cell with its own pattern, of stacks of one length."""
    flat = _standard(_half(cells))
    small = _half(patterns)
    best = np.full(len(cells), -1.0)
    for down, across in _NEAR:
        moved = _standard(np.roll(small, (down, across), axis=(1, 2)))
        best = np.maximum(best, (flat * moved).sum(axis=1))
    return best


def _half(cells: Plane) -> Plane:
    """Return cells at half the size: enough to tell shapes, at a quarter of the work."""
    rows, columns = cells.shape[1] // 2, cells.shape[2] // 2
    return np.asarray(cells.reshape(-1, rows, 2, columns, 2).mean(axis=(2, 4)), np.float32)


def _standard(stack: Plane) -> Plane:
    flat = stack.reshape(len(stack), -1)
    centred = flat - flat.mean(axis=1, keepdims=True)
    norm = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(norm, 1e-6), np.float32)


@lru_cache(maxsize=1)
def _drawn() -> Plane:
    """Return fillers of several heights, widths and strokes, drawn as two arms."""
    y, x = np.mgrid[0 : 2 * HALF, 0:PITCH].astype(np.float32) + 0.5
    down, across = np.abs(y - HALF), x - PITCH / 2
    out = []
    for high in (6.5, 8.5, 10.5):
        for wide in (7.0, 8.5, 10.5):
            for thick in (1.0, 1.6, 2.4):
                # Distance from the arm that runs from (-wide, 0) to (wide, high).
                length = np.hypot(2 * wide, high)
                along = ((across + wide) * 2 * wide + down * high) / length
                aside = np.abs((across + wide) * high - down * 2 * wide) / length
                beyond = np.maximum(0.0, np.maximum(-along, along - length))
                far = np.hypot(aside, beyond)
                out.append(np.clip(thick + 0.5 - far, 0.0, 1.0))
    return np.asarray(np.stack(out), np.float32)
