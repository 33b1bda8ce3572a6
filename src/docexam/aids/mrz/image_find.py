"""Finding the one zone of a picture: likely places are tried until one is read well.

A place is a zone where its rows have fillers; the one whose characters are read best is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from docexam.aids.mrz.image_picture import Picture
from docexam.aids.mrz.image_place import Placed, places
from docexam.aids.mrz.image_strip import grids
from docexam.aids.mrz.image_window import Found, settled, straightened
from docexam.aids.protocol import Cancelled, Run
from docexam.aids.raster.arrays import Plane
from docexam.aids.raster.resize import fitted

_SEARCHED = (1100, 2000)  # pixels of the longer side: first quickly, then for small zones
_MOST_PLACES = 4
_LEAST_FILLERS = 3
_LEAST_SIDE = 60
_GOOD = 0.9  # share by which the cells of a zone are read that is looked for no further
_MOST_TRIED = 5  # zones that are settled


def find(picture: Picture, run: Run) -> Found | None:
    """Return the zone of a picture, or None. Raises Cancelled."""
    if min(picture.grey.shape) < _LEAST_SIDE:
        return None
    best, most = None, 0.0
    for found in islice(_zones(picture, run), _MOST_TRIED):
        read = float(found.read().mean())
        worth = read * found.grids[0].cells * len(found.grids)
        if worth > most:
            best, most = found, worth
        if read > _GOOD:
            break
    return best


def _zones(picture: Picture, run: Run) -> Iterator[Found]:
    for small in _sizes(picture):
        factor = picture.grey.shape[1] / small.shape[1]
        for zone in islice(places(small), _MOST_PLACES):
            if run.cancelled():
                raise Cancelled
            found = _zone(picture, zone, factor)
            if found is not None:
                yield found


def _zone(picture: Picture, zone: Placed, factor: float) -> Found | None:
    rows = grids(zone)
    first = straightened(picture, zone, rows, factor)
    if sum(int(row.sum()) for row in first.fillers) < _LEAST_FILLERS:
        return None
    return settled(picture, zone, rows, factor)


def _sizes(picture: Picture) -> Iterator[Plane]:
    last = 0
    for longest in _SEARCHED:
        small, _ = fitted(picture.grey, longest)
        if small.shape[1] != last:
            yield np.asarray(small, np.float32)
        last = small.shape[1]
