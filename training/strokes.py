"""Strokes: paths of a pen, scribbles made of them, and inking a skeleton as a pen would."""

from __future__ import annotations

import cv2
import numpy as np
from skimage.morphology import skeletonize

Rng = np.random.Generator


def spline(points: np.ndarray, steps: int = 12) -> np.ndarray:
    """Return a smooth path (Catmull–Rom) through points, rows of x and y."""
    p = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        parts.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return np.vstack([*parts, points[-1:]])


def smooth_noise(rng: Rng, shape: tuple[int, int], cells: float) -> np.ndarray:
    """Return a smooth field of about unit spread, with features of `cells` pixels."""
    rows, columns = (max(2, round(side / cells) + 1) for side in shape)
    grid = rng.standard_normal((rows, columns)).astype(np.float32)
    return cv2.resize(
        grid, shape[::-1], interpolation=cv2.INTER_CUBIC if cells > 6 else cv2.INTER_LINEAR
    )


def draw_path(mask: np.ndarray, path: np.ndarray, width: float) -> None:
    """Draw a path on a mask."""
    points = np.round(path * 8).astype(np.int32)
    cv2.polylines(mask, [points], False, 255, max(1, round(width)), cv2.LINE_AA, 3)


# --- scribbles ----------------------------------------------------------------------------------


def trail(rng: Rng, long: float, tall: float) -> np.ndarray:
    """Return a wavy line from (0, 0) to the right that stands for the rest of a name.

    `long` and about `tall` units; sharp or rounded, dying away or even, rising or falling.
    """
    n = int(rng.integers(4, 15))
    x = np.concatenate([[0.0], np.cumsum(rng.uniform(0.6, 1.4, n))])
    high = tall / 2 * np.linspace(1, rng.uniform(0.2, 1.1), n + 1) * rng.uniform(0.6, 1.2, n + 1)
    y = high * np.where(np.arange(n + 1) % 2, 1, -1)
    y += np.linspace(0, rng.normal(0, 0.15) * long, n + 1)
    points = np.stack([x * long / x[-1], y - y[0]], 1)
    return points if rng.random() < 0.25 else spline(points)


def scribble(rng: Rng) -> list[np.ndarray]:
    """Return the paths of a scribble without letters, about 100 units high."""
    makers = (
        _zigzag,
        _loops,
        _coil,
        _coil,
        _peaks,
        _peaks,
        _wander,
        _wander,
        _ellipses,
        _hatching,
        _waves,
        _star,
        _spiral,
        _signature,
        _signature,
        _signature,
        _cloud,
        _strokes,
        _knot,
        _knot,
    )
    paths = makers[int(rng.integers(len(makers)))](rng)
    if rng.random() < 0.3:
        paths = paths + [_tail(rng, paths[-1])]
    if rng.random() < 0.2:
        paths = paths + makers[int(rng.integers(len(makers)))](rng)
    if rng.random() < 0.25:
        paths = paths + [_underline(rng, paths)]
    return paths


def _zigzag(rng: Rng) -> list[np.ndarray]:
    n = int(rng.integers(5, 22))
    x = np.cumsum(rng.uniform(2, 24, n))
    high = rng.uniform(10, 50) * np.linspace(1, rng.uniform(0.1, 1.3), n) * rng.uniform(0.5, 1.2, n)
    y = 50 + high * np.where(np.arange(n) % 2, 1, -1) + rng.uniform(-30, 30) * np.linspace(0, 1, n)
    points = np.stack([x, y], 1)
    return [points if rng.random() < 0.4 else spline(points)]


def _loops(rng: Rng) -> list[np.ndarray]:
    turns = rng.uniform(2, 11)
    t = np.linspace(0, 2 * np.pi * turns, int(turns * 24))
    grow = np.linspace(1, rng.uniform(0.2, 1.6), len(t))
    wobble = 1 + 0.3 * np.interp(t, np.linspace(0, t[-1], 12), rng.standard_normal(12))
    a, b, step = rng.uniform(8, 35), rng.uniform(15, 50), rng.uniform(1.5, 8)
    x = t * step + a * np.cos(t) * grow * wobble + rng.uniform(0, 12) * np.sin(t / 3)
    y = 50 + b * np.sin(t + rng.uniform(0, 2)) * grow * wobble
    return [np.stack([x, y * (1 if rng.random() < 0.5 else -1)], 1)]


def _coil(rng: Rng) -> list[np.ndarray]:
    """Even loops along a line, as in writing exercises."""
    turns = rng.uniform(2, 9)
    t = np.linspace(0, 2 * np.pi * turns, int(turns * 26))
    tall, step = rng.uniform(20, 50), rng.uniform(2, 9)
    way = 1 if rng.random() < 0.5 else -1
    round_ = tall * rng.uniform(0.3, 1.0)
    shrink = np.linspace(1, rng.uniform(0.4, 1.1), len(t))
    x = t * step + round_ * np.sin(t) * shrink
    return [np.stack([x, 50 + way * tall * np.cos(t) * shrink + x * rng.normal(0, 0.06)], 1)]


def _peaks(rng: Rng) -> list[np.ndarray]:
    """Even peaks, sharp or rounded, as m and u without end."""
    n = int(rng.integers(4, 22))
    x = np.arange(n) * rng.uniform(6, 22) + rng.normal(0, 1.5, n)
    tall = rng.uniform(15, 50) * np.linspace(1, rng.uniform(0.4, 1), n)
    y = 50 + tall * np.where(np.arange(n) % 2, 1, -1) * np.exp(rng.normal(0, 0.1, n))
    points = np.stack([x, y + x * rng.normal(0, 0.06)], 1)
    return [points if rng.random() < 0.4 else spline(points)]


def _wander(rng: Rng) -> list[np.ndarray]:
    n = int(rng.integers(5, 24))
    wide = rng.uniform(40, 320)
    points = np.stack([rng.uniform(0, wide, n), rng.uniform(0, 100, n)], 1)
    if rng.random() < 0.6:
        points[:, 0] = np.sort(points[:, 0]) * 0.7 + points[:, 0] * 0.3
    return [spline(points)]


def _knot(rng: Rng) -> list[np.ndarray]:
    t = np.linspace(0, 2 * np.pi, 260)
    x, y = np.zeros_like(t), np.zeros_like(t)
    for k in range(1, int(rng.integers(3, 8))):
        x += rng.normal(0, 60 / k**0.7) * np.cos(k * t + rng.uniform(0, 6))
        y += rng.normal(0, 32 / k**0.7) * np.cos(k * t + rng.uniform(0, 6))
    part = slice(0, int(rng.integers(130, 261)))
    return [np.stack([x[part] + t[part] * rng.uniform(0, 40), 50 + y[part]], 1)]


def _ellipses(rng: Rng) -> list[np.ndarray]:
    paths = []
    for _ in range(int(rng.integers(1, 6))):
        t = np.linspace(0, 2 * np.pi * rng.uniform(0.6, 3), 70) + rng.uniform(0, 6)
        r = 1 + 0.08 * np.sin(t * rng.uniform(0.3, 1.7))
        x = rng.uniform(0, 130) + rng.uniform(12, 90) * np.cos(t) * r
        y = 50 + rng.uniform(-25, 25) + rng.uniform(8, 45) * np.sin(t) * r
        paths.append(np.stack([x, y], 1))
    return paths


def _hatching(rng: Rng) -> list[np.ndarray]:
    n, lean = int(rng.integers(4, 16)), rng.uniform(-40, 40)
    gap = rng.uniform(5, 16)
    lines = []
    for i in range(n):
        at = i * gap + rng.normal(0, 2)
        bend = rng.normal(0, 5)
        points = [
            [at, rng.uniform(0, 15)],
            [at + lean / 2 + bend, 50],
            [at + lean, rng.uniform(85, 100)],
        ]
        lines.append(spline(np.array(points, float)))
    if rng.random() < 0.5:
        y = rng.uniform(30, 70)
        lines.append(np.array([[-10, y], [n * gap + 10, y + rng.uniform(-20, 20)]], float))
    return lines


def _waves(rng: Rng) -> list[np.ndarray]:
    x = np.linspace(0, rng.uniform(80, 340), 200)
    y = 50.0 + sum(
        rng.uniform(4, 26) * np.sin(x / rng.uniform(4, 30) + rng.uniform(0, 6)) for _ in range(2)
    )
    return [np.stack([x, y * np.linspace(1, rng.uniform(0.9, 1.1), 200)], 1)]


def _star(rng: Rng) -> list[np.ndarray]:
    n = int(rng.integers(3, 10))
    angle = (
        rng.uniform(0, 6) + np.arange(n + 1) * 2 * np.pi * int(rng.integers(1, max(2, n // 2))) / n
    )
    r = rng.uniform(30, 55, n + 1)
    points = np.stack([60 + r * np.cos(angle) * rng.uniform(0.8, 2), 50 + r * np.sin(angle)], 1)
    return [points]


def _spiral(rng: Rng) -> list[np.ndarray]:
    t = np.linspace(0, 2 * np.pi * rng.uniform(2, 6), 160)
    r = np.linspace(2, 48, 160)
    return [np.stack([60 + r * np.cos(t) * rng.uniform(0.8, 2.4), 50 + r * np.sin(t)], 1)]


def _signature(rng: Rng) -> list[np.ndarray]:
    """A big first stroke, a trembling line after it, perhaps a flourish: no letter in it."""
    first = _knot(rng)[0] if rng.random() < 0.5 else _wander(rng)[0]
    first = (
        (first - first.min(0)) / np.maximum(np.ptp(first, axis=0), 1) * [rng.uniform(30, 90), 100]
    )
    n = int(rng.integers(6, 34))
    x = first[-1, 0] + np.cumsum(rng.uniform(2, 16, n))
    high = rng.uniform(4, 26) * np.linspace(1, rng.uniform(0.05, 1), n)
    y = rng.uniform(40, 75) + high * rng.standard_normal(n)
    tail = spline(np.stack([x, y], 1), 6)
    return [np.vstack([first, tail])] if rng.random() < 0.7 else [first, tail]


def _cloud(rng: Rng) -> list[np.ndarray]:
    n = int(rng.integers(30, 90))
    points = np.cumsum(rng.normal(0, 22, (n, 2)) * [1.3, 0.9], axis=0)
    points -= np.linspace(0, 1, n)[:, None] * (points[-1] * [0.3, 1.0])
    return [spline(points, 5)]


def _strokes(rng: Rng) -> list[np.ndarray]:
    paths = []
    for _ in range(int(rng.integers(1, 7))):
        start = rng.uniform(0, 1, 2) * [160, 100]
        points = start + np.cumsum(rng.normal(0, 40, (int(rng.integers(2, 5)), 2)), axis=0)
        paths.append(spline(points) if len(points) > 2 else points)
    return paths


def _tail(rng: Rng, path: np.ndarray) -> np.ndarray:
    return flourish(rng, path[-1], np.ptp(path, axis=0)[0] + 40)


def _underline(rng: Rng, paths: list[np.ndarray]) -> np.ndarray:
    every = np.vstack(paths)
    low, high = every.min(0), every.max(0)
    n = int(rng.integers(2, 5))
    x = np.linspace(low[0] - 10, high[0] + 15, n)
    return spline(np.stack([x, high[1] - rng.uniform(-8, 15) + rng.normal(0, 4, n)], 1))


def flourish(rng: Rng, start: np.ndarray, length: float) -> np.ndarray:
    """Return a sweep that starts at a point and runs on, back or under."""
    n = int(rng.integers(3, 6))
    way = 1 if rng.random() < 0.6 else -1
    x = start[0] + way * np.linspace(0, rng.uniform(0.2, 0.9) * length, n) + rng.normal(0, 10, n)
    y = start[1] + np.cumsum(rng.normal(0, 14, n))
    points = np.stack([x, y], 1)
    points[0] = start
    return spline(points)


# --- inking -------------------------------------------------------------------------------------


def reinked(rng: Rng, mask: np.ndarray, width: float) -> np.ndarray:
    """Return the strokes of a mask drawn anew along their middle, by a pen of about `width`."""
    bone = skeletonize(mask > 110).astype(np.uint8)
    if rng.random() < 0.3:
        bone = _nib(rng, bone, width)
        width *= 0.6
    far = cv2.distanceTransform(1 - bone, cv2.DIST_L2, 5)
    pressure = smooth_noise(rng, mask.shape, rng.uniform(14, 60))
    half = 0.5 * width * np.exp(rng.uniform(0.0, 0.4) * pressure)
    ink = np.clip(half - far + 0.5, 0, 1) * 255
    return cv2.GaussianBlur(ink.astype(np.uint8), (0, 0), 0.8)


def _nib(rng: Rng, bone: np.ndarray, width: float) -> np.ndarray:
    """Widen a skeleton along one direction, as a broad nib does."""
    reach = max(1.0, width * rng.uniform(0.5, 1.1))
    side = 2 * int(np.ceil(reach)) + 1
    kernel = np.zeros((side, side), np.uint8)
    angle, middle = rng.uniform(0, np.pi), side // 2
    by = np.array([np.cos(angle), np.sin(angle)]) * reach / 2
    a, b = (tuple(round(v) for v in middle + s * by) for s in (1, -1))
    cv2.line(kernel, a, b, 1, 1)
    return cv2.dilate(bone, kernel)


def worn(rng: Rng, ink: np.ndarray) -> np.ndarray:
    """Return ink with the gaps and grain of a pen that gives unevenly."""
    grain = smooth_noise(rng, ink.shape, rng.uniform(1.5, 5)) + 0.6 * smooth_noise(
        rng, ink.shape, 25
    )
    keep = np.clip(rng.uniform(0.9, 2.2) - grain, rng.uniform(0, 0.6), 1)
    return (ink * keep).astype(np.uint8)
