"""Invented emblems for the middle of a stamp and for the print of a page."""

from __future__ import annotations

import numpy as np

from .sheet import Plane, Rng


def emblem(split: str, xy: tuple[Plane, Plane], rng: Rng) -> Plane:
    """Return an emblem that fills the unit disc; each split has its own."""
    x, y = xy
    r, angle = np.hypot(x, y), np.arctan2(x, -y)
    makers = (_star, _sun, _shield) if split != "test" else (_gear, _tree, _wreath, _tower)
    shape = makers[int(rng.integers(len(makers)))]((x, y), (r, angle), rng)
    return np.where(r < 0.92, shape, 0).astype(np.float32)


def _soft(distance: Plane, edge: float = 0.03) -> Plane:
    return np.clip(distance / edge + 0.5, 0, 1).astype(np.float32)


def _star(_: tuple[Plane, Plane], polar: tuple[Plane, Plane], rng: Rng) -> Plane:
    r, angle = polar
    points = int(rng.choice((5, 5, 6)))
    wedge = np.abs(((angle * points / (2 * np.pi) + 0.5) % 1) - 0.5) * 2
    reach = 0.80 - 0.46 * np.minimum(1, wedge * 1.02)
    solid = _soft(reach - r)
    return solid if rng.random() < 0.5 else solid - _soft(reach * 0.72 - r)


def _sun(_: tuple[Plane, Plane], polar: tuple[Plane, Plane], rng: Rng) -> Plane:
    r, angle = polar
    rays = int(rng.integers(9, 17))
    ray = _soft(np.cos(rays * angle) - 0.25, 0.4) * _soft(0.82 - r) * _soft(r - 0.48)
    return np.maximum(ray, _soft(0.06 - np.abs(r - 0.36)))


def _shield(xy: tuple[Plane, Plane], _: tuple[Plane, Plane], rng: Rng) -> Plane:
    x, y = xy
    half = np.where(y < 0.1, 0.55, 0.55 * np.sqrt(np.clip(1 - ((y - 0.1) / 0.75) ** 2, 0, 1)))
    body = _soft(np.minimum(half - np.abs(x), y + 0.65))
    inside = _soft(np.minimum(half * 0.84 - np.abs(x), y + 0.55))
    bars = int(rng.integers(2, 5))
    stripes = _soft(np.sin(bars * np.pi * (x if rng.random() < 0.5 else y) * 2), 0.5)
    return body - inside + inside * stripes


def _gear(_: tuple[Plane, Plane], polar: tuple[Plane, Plane], rng: Rng) -> Plane:
    r, angle = polar
    teeth = int(rng.integers(8, 15))
    reach = 0.62 + 0.12 * np.tanh(4 * np.cos(teeth * angle))
    return _soft(reach - r) - _soft(0.44 - r) + _soft(0.16 - r)


def _tree(xy: tuple[Plane, Plane], _: tuple[Plane, Plane], rng: Rng) -> Plane:
    x, y = xy
    tiers = int(rng.integers(2, 5))
    shape = _soft(np.minimum(0.07 - np.abs(x), 0.75 - y)) * _soft(y + 0.3)
    for k in range(tiers):
        top = -0.78 + 0.36 * k
        fall = (y - top) * 0.62
        tier = _soft(np.minimum(fall - np.abs(x), top + 0.55 - y))
        shape = np.maximum(shape, tier)
    return shape


def _wreath(_: tuple[Plane, Plane], polar: tuple[Plane, Plane], rng: Rng) -> Plane:
    r, angle = polar
    leaves = int(rng.integers(14, 24))
    leaf = 0.1 * np.abs(np.sin(leaves * angle / 2 + 5 * (r - 0.6)))
    ring = _soft(leaf + 0.01 - np.abs(r - 0.66)) * _soft(np.abs(angle) - 0.35, 0.1)
    wedge = np.abs(((angle * 4 / (2 * np.pi) + 0.5) % 1) - 0.5) * 2
    return np.maximum(ring, _soft(0.42 - 0.3 * wedge - r))


def _tower(xy: tuple[Plane, Plane], _: tuple[Plane, Plane], rng: Rng) -> Plane:
    x, y = xy
    body = _soft(np.minimum(0.3 + 0.1 * (y > 0.3) - np.abs(x), np.minimum(0.7 - y, y + 0.35)))
    teeth = _soft(np.sin(14 * x), 0.3) * _soft(
        np.minimum(0.38 - np.abs(x), 0.15 - np.abs(y + 0.45))
    )
    gate = _soft(np.minimum(0.12 - np.abs(x), y - 0.25))
    flag = _soft(np.minimum(0.02 - np.abs(x), 0.2 - np.abs(y + 0.7))) if rng.random() < 0.5 else 0
    return np.maximum(np.maximum(body - gate, teeth), flag)
