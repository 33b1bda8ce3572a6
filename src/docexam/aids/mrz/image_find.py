"""Finding the one zone of a picture: likely places are tried until one has fillers in its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from docexam.aids.mrz.image_fillers import fillers, upside_down
from docexam.aids.mrz.image_picture import Picture
from docexam.aids.mrz.image_place import Placed, places
from docexam.aids.mrz.image_strip import Grid, grids, strips
from docexam.aids.protocol import Cancelled, Run
from docexam.aids.raster.arrays import Mask, Plane
from docexam.aids.raster.resize import fitted

_SEARCHED = (1100, 2000)  # pixels of the longer side: first quickly, then for small zones
_MOST_PLACES = 4
_LEAST_FILLERS = 3
_LEAST_SIDE = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A zone in a picture.

    `grids` lie as on the picture; `rows` are their straightened pictures as they are read (turned
    over where `upside_down`), `fillers` the fillers in them. `factor` is how many of the
    picture's pixels one of the searched image is.
    """

    zone: Placed
    grids: tuple[Grid, ...]
    factor: float
    rows: tuple[Plane, ...]
    fillers: tuple[Mask, ...]
    upside_down: bool

    @property
    def pitch(self) -> float:
        """Return the width of a character in pixels of the picture."""
        return float(np.median([row.pitch for row in self.zone.rows])) * self.factor


def find(picture: Picture, run: Run) -> Found | None:
    """Return the zone of a picture, or None. Raises Cancelled."""
    if min(picture.grey.shape) < _LEAST_SIDE:
        return None
    for small in _sizes(picture):
        factor = picture.grey.shape[1] / small.shape[1]
        for zone in islice(places(small), _MOST_PLACES):
            if run.cancelled():
                raise Cancelled
            found = straightened(picture, zone, grids(zone), factor)
            if sum(int(row.sum()) for row in found.fillers) >= _LEAST_FILLERS:
                return found
    return None


def straightened(picture: Picture, zone: Placed, rows: tuple[Grid, ...], factor: float) -> Found:
    """Return a zone with its rows made straight from the pixels of `picture`, the right way up."""
    straight = strips(picture.grey, zone, rows, factor)
    turned = upside_down(straight)
    if turned:
        straight = [row[::-1, ::-1] for row in reversed(straight)]
    return Found(zone, rows, factor, tuple(straight), tuple(fillers(straight)), turned)


def _sizes(picture: Picture) -> Iterator[Plane]:
    last = 0
    for longest in _SEARCHED:
        small, _ = fitted(picture.grey, longest)
        if small.shape[1] != last:
            yield np.asarray(small, np.float32)
        last = small.shape[1]
