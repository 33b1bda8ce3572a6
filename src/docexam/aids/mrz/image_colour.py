"""A zone under a seal of coloured ink: that ink is taken out where the zone reads better then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from docexam.aids.mrz.image_picture import Picture
from docexam.aids.mrz.image_place import LENGTHS
from docexam.aids.mrz.image_strip import spots
from docexam.aids.mrz.image_window import LAYOUTS, Found, settled
from docexam.aids.typed.coloured import without_coloured_ink

_ROOM = 2.0  # cells around the zone that are looked at
_CLEAR = 0.9  # share by which every cell of a zone is read that nothing lies over
_BETTER = 0.3  # by how many cells more must be read


def uncoloured(picture: Picture, found: Found) -> tuple[Picture, Found]:
    """Return the picture and the zone without coloured ink, or both as they are."""
    if found.read().min() > _CLEAR and _known(found):
        return picture, found
    x0, y0, x1, y1 = _box(picture, found)
    part = without_coloured_ink(picture.rgb[y0:y1, x0:x1]) if x1 > x0 and y1 > y0 else None
    if part is None:
        return picture, found
    grey = picture.grey.copy()
    grey[y0:y1, x0:x1] = part[..., 0]
    clean = replace(picture, grey=grey)
    again = settled(clean, found.zone, found.grids, found.factor)
    if not _known(again):
        return picture, found
    better = float(again.read().sum()) > float(found.read().sum()) + _BETTER
    return (clean, again) if better else (picture, found)


def _known(found: Found) -> bool:
    """Return whether a layout has rows of this number and length."""
    return (len(found.grids), found.grids[0].cells) in LAYOUTS


def _box(picture: Picture, found: Found) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the zone in pixels of the picture."""
    # A seal may have hidden the end of the rows.
    count = found.grids[0].cells
    room = _ROOM if _known(found) else max(_ROOM, max(LENGTHS) - count)
    ends = np.array([-room, count - 1 + room])
    beside = np.array([-_ROOM, _ROOM])
    places = [spots(found.zone, found.grids, n, ends, beside) for n in range(len(found.grids))]
    x = np.concatenate([one[0].ravel() for one in places]) * found.factor
    y = np.concatenate([one[1].ravel() for one in places]) * found.factor
    high, wide = picture.grey.shape
    left, right = (int(np.clip(v, 0, wide)) for v in (x.min(), x.max()))
    top, bottom = (int(np.clip(v, 0, high)) for v in (y.min(), y.max()))
    return left, top, right, bottom
