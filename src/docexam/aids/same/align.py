"""Laying one square plane on another: turn, size and place by correlation, then exactly.

Every turn of a coarse circle and a few sizes are correlated at once in the frequency domain; the
best few are refined to an affine map (Lucas and Kanade 1981), since two captures see one stamp
from two sides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from PIL import Image

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.blur import gaussian

Turns: TypeAlias = tuple[float, ...]

_COARSE = 64
_TURN = 5.0
ANY: Turns = tuple(np.arange(0.0, 360.0, _TURN).tolist())
QUARTERS: Turns = (0.0, 90.0, 180.0, 270.0)
SIZES = (1.0, 0.92, 1.09)
_STARTS = 6
_FINISHED = 2
_CLOSER = 5
_PADDED = 96
_ROUNDS = 14
_MOST_STRETCH = 1.6
_EDGE = 3


@dataclass(frozen=True, slots=True)
class Laid:
    """`matrix`: 2 × 3, takes a point of the first square to the second's, in pixels.

    `likeness`: correlation of the two where they overlap, -1 to 1. `moved`: the second plane seen
    in the first one's place; `inside`: where that has pixels.
    """

    matrix: Floats
    likeness: float
    moved: Plane
    inside: Plane


def lay(
    one: Plane, other: Plane, turns: Turns = ANY, told: Callable[[float], None] | None = None
) -> Laid:
    """Return the best way to lay `other` on `one`, both square and of one size.

    `turns`: the rotations in degrees that are tried at first.
    """
    side = one.shape[0]
    wide = gaussian(one, side / 50), gaussian(other, side / 50)
    found: list[Laid] = []
    starts = _coarse(one, other, turns)
    for index, start in enumerate(starts):
        found.append(_seen(one, other, _refined(*wide, start, _ROUNDS // 2)))
        if told:
            told(0.8 * (index + 1) / len(starts))
    found.sort(key=lambda laid: -laid.likeness)
    near = gaussian(one, side / 128), gaussian(other, side / 128)
    closer = [_seen(one, other, _refined(*near, laid.matrix)) for laid in found[:_FINISHED]]
    return max((*closer, found[0]), key=lambda laid: laid.likeness)


def lay_closer(one: Plane, other: Plane, laid: Laid) -> Laid:
    """Return `laid`, found on smaller squares of the same zones, made exact on larger ones."""
    factor = one.shape[0] / laid.moved.shape[0]
    matrix = laid.matrix * np.array(((1.0, 1.0, factor), (1.0, 1.0, factor)))
    blur = factor
    return _seen(one, other, _refined(gaussian(one, blur), gaussian(other, blur), matrix, _CLOSER))


# --- the coarse search -------------------------------------------------------------------------


def _coarse(one: Plane, other: Plane, turns: Turns) -> list[Floats]:
    first = _reduced(one)
    padded = np.fft.rfft2(_even(first), s=(_PADDED, _PADDED))
    small = Image.fromarray(_reduced(other))
    found: list[tuple[float, float, float, int, int]] = []
    for size in SIZES:
        ways = np.stack([_even(_spun(small, turn, size)) for turn in turns])
        spectra = np.conj(np.fft.rfft2(ways, s=(_PADDED, _PADDED)))
        maps = np.fft.irfft2(padded * spectra, s=(_PADDED, _PADDED))
        maps = np.concatenate((maps[:, -_COARSE // 4 :], maps[:, : _COARSE // 4]), axis=1)
        maps = np.concatenate((maps[:, :, -_COARSE // 4 :], maps[:, :, : _COARSE // 4]), axis=2)
        flat = maps.reshape(len(turns), -1)
        at = flat.argmax(axis=1)
        for index, place in enumerate(at):
            down, across = divmod(int(place), _COARSE // 2)
            value = float(flat[index, place])
            moved = (across - _COARSE // 4, down - _COARSE // 4)
            found.append((value, turns[index], size, *moved))
    side = one.shape[0]
    return [_start(side, *f[1:]) for f in _apart(sorted(found, reverse=True))]


def _reduced(plane: Plane) -> Plane:
    image = Image.fromarray(np.ascontiguousarray(gaussian(plane, 1.0), np.float32))
    return np.asarray(image.resize((_COARSE, _COARSE), Image.Resampling.BOX), np.float32)


def _even(plane: Plane) -> Plane:
    """Return the plane without its mean and of length 1, so that products are correlations."""
    free = plane - plane.mean()
    return np.asarray(free / max(float(np.sqrt((free * free).sum())), 1e-6), np.float32)


def _spun(small: Image.Image, turn: float, size: float) -> Plane:
    way = tuple(_start(_COARSE, turn, size, 0, 0).ravel().tolist())
    spun = small.transform(small.size, Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
    return np.asarray(spun, np.float32)


def _start(side: int, turn: float, size: float, across: int, down: int) -> Floats:
    """Return the map of the first square to the second: spun about the middle, then moved."""
    angle = np.radians(turn)
    spin = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))) * size
    middle = np.full(2, side / 2)
    shift = np.array((across, down)) * (side / _COARSE)
    return np.column_stack((spin, middle - spin @ (middle + shift)))


def _apart(
    found: list[tuple[float, float, float, int, int]],
) -> list[tuple[float, float, float, int, int]]:
    kept: list[tuple[float, float, float, int, int]] = []
    for one in found:
        near = any(abs((one[1] - k[1] + 180) % 360 - 180) <= 2 * _TURN for k in kept)
        if not near:
            kept.append(one)
        if len(kept) == _STARTS:
            break
    return kept


# --- exactly -----------------------------------------------------------------------------------


def _refined(one: Plane, other: Plane, matrix: Floats, rounds: int = _ROUNDS) -> Floats:
    """Return the affine map that makes `other` most like `one` in its neighbourhood."""
    side = one.shape[0]
    down, across = np.mgrid[0:side, 0:side]
    x, y = ((place + 0.5 - side / 2).ravel() / side for place in (across, down))
    gain_of = _even(one).ravel()
    for _ in range(rounds):
        moved = _warp(other, matrix)
        slope_y, slope_x = (s.ravel() for s in np.gradient(moved))
        steps = np.stack((slope_x * x, slope_x * y, slope_x, slope_y * x, slope_y * y, slope_y))
        level = _even(moved).ravel()
        scale = float(np.sqrt(((moved - moved.mean()) ** 2).sum()))
        error = (gain_of - level) * scale
        normal = steps @ steps.T + 1e-3 * np.diag((steps * steps).sum(axis=1) + 1e-6)
        change = np.linalg.solve(normal, steps @ error)
        step = np.array(((change[0], change[1]), (change[3], change[4]))) / side
        shift = np.array((change[2], change[5])) - step @ np.full(2, side / 2)
        # The change is made in the first square's frame, before the map found so far.
        whole = np.column_stack((np.eye(2) + step, shift))
        matrix = np.column_stack(
            (matrix[:, :2] @ whole[:, :2], matrix[:, :2] @ whole[:, 2] + matrix[:, 2])
        )
        if not _sane(matrix):
            return matrix
        if float(np.abs(change).max()) < 0.02:
            break
    return matrix


def _sane(matrix: Floats) -> bool:
    sizes = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return bool(sizes[0] < _MOST_STRETCH and sizes[1] > 1 / _MOST_STRETCH)


def _warp(plane: Plane, matrix: Floats) -> Plane:
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    way = tuple(matrix.ravel().tolist())
    seen = image.transform(image.size, Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
    return np.asarray(seen, np.float32)


def _seen(one: Plane, other: Plane, matrix: Floats) -> Laid:
    if not _sane(matrix):
        return Laid(matrix, -1.0, np.zeros_like(one), np.zeros_like(one))
    moved = _warp(other, matrix)
    inside = _warp(np.ones_like(other), matrix).copy()
    inside[:_EDGE], inside[-_EDGE:], inside[:, :_EDGE], inside[:, -_EDGE:] = 0, 0, 0, 0
    return Laid(matrix, likeness(one, moved, inside), moved, inside)


def likeness(one: Plane, other: Plane, weight: Plane) -> float:
    """Return the correlation of two planes under a weight; 0 where one is even."""
    total = float(weight.sum())
    if total < 1:
        return 0.0
    a = one - float((one * weight).sum()) / total
    b = other - float((other * weight).sum()) / total
    spread = float((a * a * weight).sum()) * float((b * b * weight).sum())
    return float((a * b * weight).sum()) / float(np.sqrt(spread)) if spread > 1e-9 else 0.0
