"""Where rings of ink may be: matching of edge directions with circles, by Fourier transform.

At a ring the edges run across the radius. The doubled angle of the edge's direction makes both
edges of a line count alike, so a ring adds up while text and handwriting cancel out. Maps are
halved again and again, so that every radius is matched where it is 10 to 20 pixels. The spectrum
of a ring is a Bessel function, of order 2 for doubled directions, so no kernel is transformed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.resize import resized_plane
from docexam.aids.seals.outline import Outline, Pyramid

_FINEST = 640  # pixels along the longer side of the map that all levels are made from
_BASE = 368  # pixels along the longer side, on the finest level
_LEAST_RADIUS = 8.7
_STEPS = 7  # they make an octave
_LEAST_MATCH = 0.06
_LEVELS = 4
_PALEST = 0.15  # ink as soft as that counts half
_SMEAR = 0.08  # of the radius
_BEYOND = 1.28  # of the radius: where less ink is expected than on the ring
_OUTSIDE = 0.35  # weight of that expectation
_AROUND = 1.2  # of the radius: how far around edges are counted
_BARE = 0.3  # steepness that counts as nothing there
_EACH = 14  # candidates of each level
_MOST_WAVES, _FINENESS = 90.0, 0.02  # of the table of Bessel functions


_Spectrum = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a ring may be, and how well it matched."""

    outline: Outline
    match: float


def rings(softs: Sequence[Pyramid]) -> list[list[Match]]:
    """Return for each of several soft ink maps of one size where rings may be, best first.

    Ovals match as circles, less well, and are drawn out when an outline is fitted.
    """
    height, width = softs[0].shape
    # All levels are made from one smaller map: the way from the full one is long.
    small = [_alike(soft.reduced(_FINEST)[0]) for soft in softs]
    factor = min(1.0, _BASE / max(height, width))
    found: list[list[Match]] = [[] for _ in softs]
    for _ in range(_LEVELS):
        columns, rows = round(width * factor), round(height * factor)
        if min(columns, rows) < _LEAST_RADIUS:
            break
        planes = [resized_plane(soft, columns, rows) for soft in small]
        for matches, peaks in zip(found, _on_level(planes), strict=True):
            matches += [_match(peak, factor) for peak in peaks]
        factor /= 2
    return [sorted(one, key=lambda m: (-m.match, m.outline.x, m.outline.y)) for one in found]


def _alike(soft: Plane) -> Plane:
    """Return ink that counts nearly the same however pale it is: here the form alone tells."""
    return np.asarray(soft / (soft + np.float32(_PALEST) * (np.float32(1.0001) - soft)))


def _match(peak: tuple[float, float, float, float], factor: float) -> Match:
    x, y, radius, match = peak
    return Match(Outline(x, y, radius, 0.0, radius).in_picture(1.0 / factor), match)


def _on_level(planes: Sequence[Plane]) -> list[list[tuple[float, float, float, float]]]:
    """Return for each plane the places and radii of the strongest rings of one octave."""
    height, width = planes[0].shape
    radii = _LEAST_RADIUS * 2.0 ** (np.arange(_STEPS) / _STEPS)
    reach = int(radii[-1] * 1.35) + 2
    waves = _Waves((_fast(height + reach), _fast(width + reach)))
    parts = [_spectra(plane, waves) for plane in planes]
    best = [np.full((height, width), -np.inf, np.float32) for _ in planes]
    which = [np.zeros((height, width), np.int16) for _ in planes]
    for index, radius in enumerate(radii):
        against, tangent = waves.ring(float(radius))
        for k, (amounts, turned, _) in enumerate(parts):
            answer = np.fft.irfft2(amounts * against - turned * tangent, waves.grid)
            better = answer[:height, :width] > best[k]
            np.copyto(best[k], answer[:height, :width], where=better, casting="same_kind")
            which[k][better] = index
    out = []
    for high, index_of, (_, _, steep) in zip(best, which, parts, strict=True):
        # Against all edges around: a faint ring on bare paper is as good as one in clutter.
        high /= _mean_around(steep, round(_AROUND * float(radii.mean()))) + np.float32(_BARE)
        out.append(list(_peaks(high, index_of, radii)))
    return out


def _mean_around(plane: Plane, radius: int) -> Plane:
    """Return box means: on planes as small as these by running sums in both directions."""
    total = np.pad(plane, ((radius + 1, radius), (radius + 1, radius)), mode="edge")
    size = 2 * radius + 1
    for _ in range(2):
        total = np.cumsum(total, axis=0, dtype=np.float32)
        total = (total[size:] - total[:-size]).T
    return np.asarray(total / np.float32(size * size))


class _Waves:
    """The waves of a grid of rows and columns, and the spectra of rings on it."""

    def __init__(self, grid: tuple[int, int]) -> None:
        self.grid = grid
        y = (np.fft.fftfreq(grid[0])[:, None] * (2 * np.pi)).astype(np.float32)
        x = (np.fft.rfftfreq(grid[1])[None, :] * (2 * np.pi)).astype(np.float32)
        square = np.maximum(x * x + y * y, np.float32(1e-12))
        self.cosine, self.sine = (x * x - y * y) / square, 2 * x * y / square
        self._square, self._length = square, np.sqrt(square)

    def ring(self, radius: float) -> tuple[Plane, Plane]:
        """Return the spectra of a ring against one beyond it, and of a ring of directions."""
        evenly, doubled = _bessel()
        smear = np.exp(np.float32(-0.5 * (_SMEAR * radius) ** 2) * self._square)
        near, far = (_nearest(self._length, r) for r in (radius, radius * _BEYOND))
        against = smear * np.float32(_OUTSIDE) * (evenly[near] - evenly[far])
        return against, smear * doubled[near]


def _spectra(plane: Plane, waves: _Waves) -> tuple[_Spectrum, _Spectrum, Plane]:
    """Return the spectrum of the ink, that of its edge directions, and how steep edges are."""
    along, aslant, steep = _directions(plane)
    turned = np.fft.rfft2(along, waves.grid) * waves.cosine
    turned += np.fft.rfft2(aslant, waves.grid) * waves.sine
    ink = np.fft.rfft2(plane, waves.grid)
    return ink.astype(np.complex64), turned.astype(np.complex64), steep


def _directions(plane: Plane) -> tuple[Plane, Plane, Plane]:
    """Return cosine and sine of the doubled slope's direction times its steepness, and that."""
    across, down = np.zeros_like(plane), np.zeros_like(plane)
    across[:, 1:-1] = plane[:, 2:] - plane[:, :-2]
    down[1:-1] = plane[2:] - plane[:-2]
    steep = np.hypot(across, down) + np.float32(1e-6)
    cosine = (across * across - down * down) / steep
    return np.asarray(cosine), np.asarray(2 * across * down / steep), np.asarray(steep)


@lru_cache(maxsize=1)
def _bessel() -> tuple[Plane, Plane]:
    """Return a table of the Bessel functions of the first kind, orders 0 and 2 (their integral)."""
    at = np.arange(0.0, _MOST_WAVES, _FINENESS)
    turn = (np.arange(160) + 0.5) * (np.pi / 160)
    wave = at[:, None] * np.sin(turn)
    both = np.cos(wave).mean(axis=1), np.cos(2 * turn - wave).mean(axis=1)
    return np.asarray(both[0], np.float32), np.asarray(both[1], np.float32)


def _nearest(length: Plane, radius: float) -> npt.NDArray[np.int32]:
    """Return where in the table the waves of these lengths stand for a ring of a radius."""
    last = len(_bessel()[0]) - 1
    place = np.minimum(length * np.float32(radius / _FINENESS) + np.float32(0.5), last)
    return np.asarray(place, np.int32)


def _peaks(
    best: Plane, which: npt.NDArray[np.int16], radii: Floats
) -> Iterator[tuple[float, float, float, float]]:
    """Yield x, y, radius and match of the strongest places, a third of a radius apart."""
    left = best.copy()
    width = best.shape[1]
    for _ in range(_EACH):
        row, column = divmod(int(np.argmax(left)), width)
        match = float(left[row, column])
        if match <= _LEAST_MATCH:
            return
        radius = float(radii[which[row, column]])
        yield float(column), float(row), radius, match
        reach = max(2, int(0.5 * radius))
        left[
            max(0, row - reach) : row + reach + 1,
            max(0, column - reach) : column + reach + 1,
        ] = 0


def _fast(size: int) -> int:
    """Return the next size that is quick to transform: 2, 3, 5 as its only factors."""
    while True:
        rest = size
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 1
