"""Where the cells of rows lie, by the gaps between the characters.

Strokes that hang together or were not seen leave a grid of strokes alone off by half a cell at an
end. Between the characters of a zone there is paper all along, so that a comb whose teeth fall
into the gaps is looked for: of one spacing in all rows first, then each row by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from docexam.aids.mrz.image_place import Placed
from docexam.aids.mrz.image_strip import Grid, lean_of, reach_of, sampled, shifted
from docexam.aids.raster.arrays import Floats, Pixels, Plane
from docexam.aids.raster.blur import box_mean

_FINE = 20  # samples a cell
_AROUND = 2  # cells looked at beyond the ends
_ACROSS = 0.5  # of a cell above and below the row's middle
_PHASES = 20
_SPACINGS = np.linspace(-0.05, 0.05, 31)
_CHANGES = np.linspace(-0.12, 0.12, 9)  # of the spacing from the middle to an end
_OWN_SPACINGS = np.linspace(-0.012, 0.012, 13)
_OWN_CHANGES = np.linspace(-0.02, 0.02, 5)
_COARSE, _DEEP = 8, 14  # samples a cell, and down to a side, where its middle is looked for
_HIGH = 0.85  # of a cell, up and down
_ENOUGH = 10  # cells with ink
_SEEN = 0.8  # share of a row's strokes that tell well enough how it runs
_STIFF = 0.02  # what the whole range of spacings costs, in parts of the ink


@dataclass(frozen=True, slots=True)
class _Profile:
    """The ink along a row, `_FINE` samples a cell; `start` is the place of the first one."""

    ink: Floats
    start: float
    unit: float

    def at(self, along: Floats) -> Floats:
        """Return the ink at places along the zone."""
        spots = np.rint((along - self.start) / self.unit).astype(np.int64)
        return np.asarray(self.ink[np.clip(spots, 0, len(self.ink) - 1)])


def combed(
    grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], factor: float
) -> tuple[Grid, ...]:
    """Return the grids with their cells between the gaps of the rows.

    `grey` may be larger than the image the zone was found on, by `factor`.
    """
    count = rows[0].cells
    seen = [_profile(grey, zone, rows, n, factor) for n in range(len(rows))]
    middle = (count - 1) / 2
    best = max(rows, key=lambda row: len(row.row.along))
    unit = float(np.polyval(np.polyder(best.step), middle))
    places = [float(row.along(middle)) for row in rows]
    spacing, change = _shared(seen, places, unit, count)
    return tuple(
        replace(row, step=_own(profile, place, spacing, change, count))
        for row, profile, place in zip(rows, seen, places, strict=True)
    )


def _shared(
    seen: list[_Profile], places: list[float], unit: float, count: int
) -> tuple[float, float]:
    """Return the spacing in the middle and its change to an end that suit all rows together."""
    spacings = unit * (1 + _SPACINGS)
    total = sum(
        _inks(profile, place, spacings, _CHANGES, count).min(axis=2)
        for profile, place in zip(seen, places, strict=True)
    )
    total = np.asarray(total) + _STIFF * np.abs(_CHANGES) / _CHANGES.max()
    at, which = np.unravel_index(int(np.argmin(total)), total.shape)
    return float(spacings[at]), float(_CHANGES[which])


def _own(profile: _Profile, place: float, spacing: float, change: float, count: int) -> Floats:
    """Return the coefficients (highest first) of the place of a cell's number, from 0."""
    spacings, changes = spacing * (1 + _OWN_SPACINGS), change + _OWN_CHANGES
    inks = _inks(profile, place, spacings, changes, count)
    a, b, c = np.unravel_index(int(np.argmin(inks)), inks.shape)
    unit, bend = float(spacings[a]), float(changes[b] * spacings[a] / (count - 1))
    about = np.array([bend, unit, place + unit * (int(c) / _PHASES - 0.5)])
    return shifted(about, -(count - 1) / 2)


def _inks(profile: _Profile, place: float, spacings: Floats, changes: Floats, count: int) -> Floats:
    """Return the mean ink at the gaps: spacings × changes × phases, of the row's mean ink."""
    teeth = np.arange(count + 1) - count / 2
    bends = changes[None, :, None] * spacings[:, None, None] / max(count - 1, 1)
    run = spacings[:, None, None] * teeth + bends * teeth * teeth
    phases = (np.arange(_PHASES) / _PHASES - 0.5)[None, None, :, None]
    along = place + run[:, :, None, :] + phases * spacings[:, None, None, None]
    return np.asarray(profile.at(along).mean(axis=3) / max(float(profile.ink.mean()), 1e-6))


def _profile(
    grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], number: int, factor: float
) -> _Profile:
    row = rows[number]
    unit = abs(float(np.polyval(np.polyder(row.step), row.cells / 2)))
    first = min(float(one.along(0.0)) for one in rows) - _AROUND * unit
    last = max(float(one.along(row.cells - 1.0)) for one in rows) + _AROUND * unit
    along = np.arange(first, last, unit / _FINE)
    offsets = np.linspace(-_ACROSS, _ACROSS, 15) * unit
    ink = ink_of(grey, zone, rows, number, factor, along, offsets).mean(axis=0)
    return _Profile(np.asarray(ink, np.float64), first, unit / _FINE)


def levelled(
    grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], factor: float
) -> tuple[Grid, ...]:
    """Return the grids with their rows through the middle of the ink of their cells."""
    return tuple(_levelled(grey, zone, rows, n, factor) for n in range(len(rows)))


def _levelled(
    grey: Plane | Pixels, zone: Placed, rows: tuple[Grid, ...], number: int, factor: float
) -> Grid:
    row = rows[number]
    if len(row.row.along) > _SEEN * row.cells:
        return row
    unit = abs(float(np.polyval(np.polyder(row.step), row.cells / 2)))
    cells = (np.arange(row.cells * _COARSE, dtype=np.float64) + 0.5) / _COARSE - 0.5
    high = min(_HIGH, reach_of(rows) / 0.54 * 0.5)
    offsets = np.linspace(-high, high, 2 * _DEEP + 1) * unit
    ink = ink_of(grey, zone, rows, number, factor, row.along(cells), offsets)
    each = ink.reshape(len(offsets), row.cells, _COARSE).mean(axis=2)
    off = _middles(each, offsets)
    use = np.isfinite(off)
    places = row.along(np.arange(row.cells, dtype=np.float64))
    for _ in range(3):
        if use.sum() < _ENOUGH:
            return row
        bend = np.polyfit(places[use] - places[0], off[use], 2)
        apart = np.abs(np.polyval(bend, places - places[0]) - off)
        use = np.isfinite(off) & (apart < max(0.12 * unit, 2.0 * float(np.median(apart[use]))))
    moved = np.polyfit(places, row.row.at(places) + np.polyval(bend, places - places[0]), 2)
    return replace(row, row=replace(row.row, bend=moved))


def _middles(ink: Floats, offsets: Floats) -> Floats:
    """Return how far below the row's middle the ink of each cell lies, NaN where there is none."""
    own = np.clip(ink - 0.5 * np.median(ink, axis=0), 0.0, None) ** 2
    total = own.sum(axis=0)
    middle = (own * offsets[:, None]).sum(axis=0) / np.maximum(total, 1e-9)
    return np.where(total > 0.15 * np.median(total), middle, np.nan)


def ink_of(
    grey: Plane | Pixels,
    zone: Placed,
    rows: tuple[Grid, ...],
    number: int,
    factor: float,
    along: Floats,
    offsets: Floats,
) -> Floats:
    """Return the ink of a row, 0 to 1, at places along it and so far below its middle."""
    x = along[None] + lean_of(zone, rows) * offsets[:, None]
    y = rows[number].row.at(along)[None] + offsets[:, None]
    cos, sin = np.cos(zone.angle) * factor, np.sin(zone.angle) * factor
    strip = sampled(grey, x * cos - y * sin, x * sin + y * cos)
    paper = box_mean(np.asarray(np.quantile(strip, 0.85, axis=0)[None], np.float32), 3 * _FINE)
    return np.asarray(np.clip(1.0 - strip / np.maximum(paper, 1.0), 0.0, 1.0), np.float64)
