"""How much each candidate quad looks like the outline of a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.page.edges import Edges
from docexam.aids.page.quads import Quads, areas
from docexam.aids.page.sides import Sides
from docexam.aids.raster.arrays import Floats, Mask, Plane

_ALONG = np.linspace(0.06, 0.94, 17)
_AWAY = np.array((2.5, 4.5, 7.5))
_CELL = 8
_CONTRAST = 2.5
_BEYOND = (3.0, 18.0)
FEATURES = (
    "least borne",
    "mean borne",
    "least parted",
    "mean parted",
    "contrast",
    "size",
    "inner spread",
    "outer spread",
    "borders",
    "one polarity",
    "content inside",
    "content outside",
    "skew",
    "goes on",
    "most goes on",
)


@dataclass(frozen=True, slots=True)
class Strips:
    """The plain colour beside each side of quads, `inner` and `outer` n × 4 × along × 3, and
    whether the outer one is in view, n × 4 × along."""

    inner: Floats
    outer: Floats
    seen: Mask


def strips_of(edges: Edges, quads: Quads) -> Strips:
    """Return what lies along the sides of each quad."""
    inner, _ = _strip(edges, quads, 1.0)
    return Strips(inner, *_strip(edges, quads, -1.0))


def features(edges: Edges, sides: Sides, quads: Quads, strips: Strips) -> Floats:
    """Return the features of each quad, n × len(FEATURES)."""
    width, height = edges.width, edges.height
    border = quads.sides >= len(sides.cos) - 4
    inner, outer = strips.inner, strips.outer
    seen = strips.seen & ~border[..., None]
    parted, contrast, polarity = _parted(inner, outer, seen)
    borne = np.where(border, np.nan, quads.borne)
    on = _goes_on(sides, quads, border)
    size = np.clip(areas(quads.corners) / (width * height), 1e-3, 1.0)
    within, without = _content(edges, quads.corners, size)
    columns = (
        _least(borne),
        _mean(borne),
        _least(parted),
        _mean(parted),
        contrast,
        np.log(size),
        _spread(inner, np.ones_like(seen)),
        _spread(outer, seen),
        border.sum(axis=1),
        polarity,
        within,
        without,
        _skew(quads.corners),
        _mean(on),
        -_least(-on),
    )
    return np.stack([np.asarray(c, np.float64) for c in columns], axis=1)


def _least(values: Floats) -> Floats:
    return np.asarray(np.where(np.isnan(values), np.inf, values).min(axis=1).clip(-1, 1))


def _mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.asarray(np.where(known, values, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _strip(edges: Edges, quads: Quads, sense: float) -> tuple[Floats, Mask]:
    """Return the plain colour beside each side, n × 4 × along × 3, and whether it is in view.

    `sense` 1 looks into the quad, -1 out of it.
    """
    start = quads.corners
    step = np.roll(start, -1, axis=1) - start
    length = np.maximum(np.hypot(step[..., 0], step[..., 1]), 1e-6)
    # Clockwise on the screen: the inside lies to the right of the way, which is (-dy, dx).
    normal = np.stack((-step[..., 1], step[..., 0]), axis=-1) / length[..., None]
    at = start[:, :, None] + step[:, :, None] * _ALONG[:, None]
    spots = at[:, :, :, None] + sense * normal[:, :, None, None] * _AWAY[:, None]
    x, y = spots[..., 0], spots[..., 1]
    seen = (x >= 0) & (x < edges.width) & (y >= 0) & (y < edges.height)
    colour = _middle(*np.moveaxis(edges.plain_at(x, y), 3, 0))
    return np.asarray(colour, np.float64), seen.all(axis=3)


def _middle(one: Plane, other: Plane, third: Plane) -> Plane:
    """Return the median of three, element by element: many times faster than sorting."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    return np.asarray(np.maximum(low, np.minimum(high, third)))


def _parted(inner: Floats, outer: Floats, seen: Mask) -> tuple[Floats, Floats, Floats]:
    gap = inner - outer
    far = np.sqrt((gap * gap).sum(axis=-1))
    count = seen.sum(axis=2)
    share = ((far > _CONTRAST) & seen).sum(axis=2) / np.maximum(count, 1)
    share = np.where(count > 3, share, np.nan)
    total = np.maximum(seen.sum(axis=(1, 2)), 1)
    contrast = (np.log1p(np.minimum(far, 40)) * seen).sum(axis=(1, 2)) / total
    sign = np.abs((np.sign(gap[..., 0]) * seen).sum(axis=(1, 2))) / total
    return share, contrast, sign


def _spread(colour: Floats, seen: Mask) -> Floats:
    """Return how far the colours beside a quad's sides are from their common median."""
    flat = colour.reshape(len(colour), -1, 3)
    away = np.abs(flat - np.median(flat, axis=1, keepdims=True)).sum(axis=-1)
    weight = seen.reshape(len(colour), -1)
    return np.asarray(np.log1p((away * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1)))


def _goes_on(sides: Sides, quads: Quads, border: Mask) -> Floats:
    """Return the share of an edge that follows each side's line beyond its two corners."""
    lines = quads.sides
    one = sides.along(lines, quads.corners)
    other = sides.along(lines, np.roll(quads.corners, -1, axis=1))
    low, high = np.minimum(one, other), np.maximum(one, other)
    total = np.zeros(lines.shape)
    for a, b in ((low - _BEYOND[1], low - _BEYOND[0]), (high + _BEYOND[0], high + _BEYOND[1])):
        total += sides.borne[lines, sides.place(b)] - sides.borne[lines, sides.place(a)]
    return np.where(border, np.nan, total / (2 * (_BEYOND[1] - _BEYOND[0])))


def _content(edges: Edges, corners: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Return how dense edges are well inside each quad, and in the rest of the picture."""
    dense = edges.density(_CELL)
    share = np.linspace(0.1, 0.9, 10)
    u, v = (a.ravel() for a in np.meshgrid(share, share))
    weights = np.stack(((1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v), axis=1)
    spots = weights @ corners
    column = np.clip((spots[..., 0] / _CELL).astype(np.intp), 0, dense.shape[1] - 1)
    row = np.clip((spots[..., 1] / _CELL).astype(np.intp), 0, dense.shape[0] - 1)
    inside = dense[row, column].mean(axis=1)
    rest = (float(dense.mean()) - inside * size) / np.maximum(1 - size, 0.1)
    return np.minimum(inside, 0.4), np.clip(rest, 0, 0.4)


def _skew(corners: Floats) -> Floats:
    """Return how far the quad is from a parallelogram, as shares of its sides."""
    step = np.roll(corners, -1, axis=1) - corners
    length = np.hypot(step[..., 0], step[..., 1])
    lean = np.hypot(*(step[:, 0] + step[:, 2]).T) / np.maximum(length[:, 0] + length[:, 2], 1e-6)
    other = np.hypot(*(step[:, 1] + step[:, 3]).T) / np.maximum(length[:, 1] + length[:, 3], 1e-6)
    unit = step / np.maximum(length, 1e-6)[..., None]
    square = np.abs((unit * np.roll(unit, -1, axis=1)).sum(axis=-1)).max(axis=1)
    return np.asarray(lean + other + square)


# Fitted by conditional logistic regression (which of a scene's quads is right) on drawn scenes.
_WEIGHTS = np.array(
    (
        20.803,
        18.877,
        0.723,
        1.365,
        5.251,
        5.021,
        -3.679,
        -2.294,
        -3.722,
        1.556,
        12.132,
        -22.702,
        -4.929,
        -10.022,
        -1.17,
    )
)
_BIAS = -18.728 - 9.0
_INSET, _SMALL, _BRIGHT, _DARKER = 20.0, 0.16, 70.0, 18.0


def worth(edges: Edges, sides: Sides, quads: Quads) -> Floats:
    """Return for each quad how much it looks like a document's outline; 0 is in doubt."""
    if not len(quads.rough):
        return np.zeros(0)
    strips = strips_of(edges, quads)
    value = features(edges, sides, quads, strips) @ _WEIGHTS + _BIAS
    return np.asarray(value - _INSET * _inset(edges, quads, strips))


def _inset(edges: Edges, quads: Quads, strips: Strips) -> Mask:
    """Return which quads are small and much darker than a bright ground: pictures on a page.

    The logistic features cannot tell a photograph on a page that fills the view from a small
    dark document on a light table; the first is by far the commoner.
    """
    dark = np.median(strips.inner[..., 0], axis=(1, 2))
    light = np.median(strips.outer[..., 0], axis=(1, 2))
    small = areas(quads.corners) < _SMALL * edges.width * edges.height
    return np.asarray(small & (light > _BRIGHT) & (light - dark > _DARKER))
